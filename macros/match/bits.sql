{# How much a ratio of two probabilities tells, as its logarithm to base 2. #}
{% macro bits(numerator, denominator) -%}
    ln(1.0 * {{ numerator }} / {{ denominator }}) / ln(2.0)
{%- endmacro %}

{# A currency as its three-letter code in upper case; null for any other text. #}
{% macro currency_code(expr) -%}
    case when {{ regex_matches(expr, '^ *[A-Za-z]{3} *$') }} then upper(trim({{ expr }})) end
{%- endmacro %}

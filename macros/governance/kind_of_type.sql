{# What values of a column's type are: numbers of any size are of one kind, days and moments are not. #}
{% macro kind_of_type(expr) -%}
    case
        when {{ regex_matches(expr, '^(int|bigint|double|decimal|numeric)') }} then 'number'
        else {{ expr }}
    end
{%- endmacro %}

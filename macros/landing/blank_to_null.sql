{# A text that says "nothing here", by the pattern of blank_pattern, is null. #}
{% macro blank_to_null(expression) -%}
    case
        when {{ regex_matches(expression, '(?i)^' ~ blank_pattern() ~ '$') }} then null
        else {{ expression }}
    end
{%- endmacro %}

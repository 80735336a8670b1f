{# A text that says "nothing here", by the pattern of blank_pattern, is null. `may_be` is a condition
   without which it is not looked at. #}
{% macro blank_to_null(expression, may_be) -%}
    case
        when {{ may_be }} and length({{ expression }}) <= 32
            and {{ regex_matches(expression, '(?i)^' ~ blank_pattern() ~ '$') }} then null
        else {{ expression }}
    end
{%- endmacro %}

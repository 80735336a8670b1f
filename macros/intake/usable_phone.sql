{# A telephone number as digits with the leading plus that it has; null if it can be none. #}
{% macro usable_phone(expr) -%}
    {%- set digits = regex_replace(expr, '[^0-9]', '') -%}
    case when {{ is_phone(expr) }} then
        case when {{ regex_matches(expr, '^ *([+]|00)') }}
            then '+' || {{ regex_replace(digits, '^00', '') }}
            else {{ digits }}
        end
    end
{%- endmacro %}

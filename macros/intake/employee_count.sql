{# A number of employees given as a number ('120', '1,200', '1.200'); null for bands, 0 and all else. #}
{% macro employee_count(expr) -%}
    case when {{ regex_matches(expr, '^ *[0-9]{1,3}([.,]?[0-9]{3})* *$') }}
        then nullif({{ try_cast(regex_replace(expr, '[^0-9]', ''), 'int') }}, 0)
    end
{%- endmacro %}

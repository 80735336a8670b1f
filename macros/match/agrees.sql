{# 1 where a pair agrees in a field at one of the levels, and that speaks for it; else 0. #}
{% macro agrees(field, levels) -%}
    case when {{ field }}_level in ('{{ levels | join("', '") }}') and {{ field }}_weight > 0 then 1 else 0 end
{%- endmacro %}

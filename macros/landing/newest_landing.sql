{# The landing of the rows that the model at hand has just written, as an expression. #}
{% macro newest_landing() -%}
    {{ return('(select coalesce(max(_landing), 1) from ' ~ this ~ ')') }}
{%- endmacro %}

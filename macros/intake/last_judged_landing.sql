{# The landing up to which an incremental intake model has judged its rows, as an expression. #}
{% macro last_judged_landing() -%}
    {{ return('(select coalesce(max(_landing), 0) from ' ~ this ~ ')') }}
{%- endmacro %}

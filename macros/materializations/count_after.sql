{# How many rows a relation has once these statements have run. #}
{% macro count_after(relation, statements=[]) -%}
    {{ return(number_after('select count(*) from ' ~ relation, statements)) }}
{%- endmacro %}

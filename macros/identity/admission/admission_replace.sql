{# Put the select's rows in the place of a work table that the select reads. #}
{% macro admission_replace(model_relation, step, select_sql) -%}
    {%- set current = components_work(model_relation, step) -%}
    {%- set next = components_work(model_relation, step ~ '_next') -%}
    {%- do components_make(model_relation, step ~ '_next', select_sql) -%}
    {%- do adapter.drop_relation(current) -%}
    {%- do adapter.rename_relation(next, current) -%}
{%- endmacro %}

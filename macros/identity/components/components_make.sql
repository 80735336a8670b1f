{# The statements that make one work table. #}
{% macro components_make(model_relation, step, select_sql) -%}
    {{ return(work_table(components_work(model_relation, step), select_sql)) }}
{%- endmacro %}

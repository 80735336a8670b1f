{# Make one work table. #}
{% macro components_make(model_relation, step, select_sql) -%}
    {%- call statement('components_' ~ step) -%}
        {{ create_table_as(False, components_work(model_relation, step), select_sql) }}
    {%- endcall -%}
{%- endmacro %}

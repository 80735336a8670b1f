{# Build a select as a table beside the one that a model has now, and return it. #}
{% macro built_beside(target_table, existing, select_sql) -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- do drop_relation_if_exists(load_cached_relation(finished)) -%}
    {%- do drop_relation_if_exists(load_cached_relation(backup_of(target_table, existing))) -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, finished, select_sql) }}
    {%- endcall -%}
    {{ return(finished) }}
{%- endmacro %}

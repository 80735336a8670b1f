{#- The statements that make a work table of a select, in the place of one that a killed run left. -#}
{% macro work_table(relation, select_sql) %}
    {{- return(adapter.dispatch('work_table', 'customer_data_model')(relation, select_sql)) -}}
{% endmacro %}

{% macro default__work_table(relation, select_sql) -%}
    {{ return(['drop table if exists ' ~ relation, 'create table ' ~ relation ~ ' as ' ~ select_sql]) }}
{%- endmacro %}

{% macro duckdb__work_table(relation, select_sql) -%}
    {{ return(['create or replace temporary table ' ~ relation ~ ' as ' ~ select_sql]) }}
{%- endmacro %}

{# Which landing this is, counted over all appended objects so that a later one is always higher;
   null for objects that arrive whole. #}
{% macro landing_number(table) -%}
    {%- if table.get('load') != 'append' -%}
        {{ return('cast(null as ' ~ dbt.type_int() ~ ')') }}
    {%- endif -%}
    {%- set newest = 0 -%}
    {%- if has_ledgers() -%}
        {%- set newest = run_query(
            'select coalesce(max(landing), 0) from ' ~ landing_ledger()
        ).rows[0][0] -%}
    {%- endif -%}
    {{ return('cast(' ~ (newest | int + 1) ~ ' as ' ~ dbt.type_int() ~ ')') }}
{%- endmacro %}

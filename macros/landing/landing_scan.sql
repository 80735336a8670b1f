{# Reads one scan: the declared columns of its raw rows in their types and as text, and the landing
   columns. A required column that is not there stops the build. #}
{% macro landing_scan(table, scan) -%}
    {%- set found = resolve_columns(table, scan) -%}
    {%- for column in found.missing if column.get('required') and scan.columns -%}
        {{ exceptions.raise_compiler_error(missing_column_message(table, column, scan)) }}
    {%- endfor -%}
    {{ landing_typed(
        table, landing_texts(table, scan, found), found.numbers, has_sync_time=found.loaded_at is not none
    ) }}
{%- endmacro %}

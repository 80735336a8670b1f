{# The declared columns that a staging model writes: all of them, but of an appended object, which has many
   rows, only what one of its scans has, what is required and what tells whose row it is. To write a
   column of nulls takes a third of the time of a filled one, and an export has half of the columns that
   are declared. What is left out is null to those who read (landed_rows), and is added when a scan has it. #}
{% macro written_columns(table, scans) -%}
    {%- if table.get('load') != 'append' -%}{{ return(table.columns) }}{%- endif -%}
    {%- set found, written = [], [] -%}
    {%- for scan in scans -%}
        {%- do found.extend(resolve_columns(table, scan).declared) -%}
    {%- endfor -%}
    {%- for column in table.columns if column.get('required') or column.name in found
        or (erasure_kind(column) or 'text') != 'text' -%}
        {%- do written.append(column) -%}
    {%- endfor -%}
    {{ return(written) }}
{%- endmacro %}

{#- A text, or a list of columns as one text. -#}
{% macro joined_columns(expr) -%}
    {%- set columns = [expr] if expr is string else expr -%}
    {%- if columns | length == 1 -%}
    {{ columns[0] }}
    {%- else -%}
    {%- for column in columns -%}
    {{ " || '|' || " if not loop.first -}}
    coalesce(cast({{ column }} as {{ dbt.type_string() }}), '')
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

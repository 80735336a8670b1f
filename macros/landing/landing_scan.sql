{# Reads one scan: the declared columns as text, undeclared ones kept aside, and the row's hash.
   A required column that is not there stops the build. #}
{% macro landing_scan(table, scan) -%}
    {%- set found = resolve_columns(table, scan) -%}
    {%- for column in found.missing if column.get('required') and scan.columns -%}
        {{ exceptions.raise_compiler_error(missing_column_message(table, column, scan)) }}
    {%- endfor -%}
    {%- set hashed = [] -%}
    select
    {%- for column in table.columns %}
        {%- set expression = found.declared.get(column.name, 'cast(null as ' ~ dbt.type_string() ~ ')') %}
        {%- if column.name in found.declared %}{% do hashed.append((column.name, expression)) %}{% endif %}
        {{ blank_to_null(expression, column.data_type) }} as {{ column.name }}__raw,
    {%- endfor %}
    {%- for column in found.undeclared %}{% do hashed.append((column.name, column.expression)) %}{% endfor %}
        {{ scan.file }} as _source_file,
        {{ row_hash(hashed) }} as _content_hash,
    {%- if found.undeclared and table.get('undeclared', 'keep') == 'keep' %}
        {{ undeclared_values(found.undeclared) }} as _undeclared,
    {%- else %}
        cast(null as {{ dbt.type_string() }}) as _undeclared,
    {%- endif %}
        {{ scan.unparsable or 'cast(null as ' ~ dbt.type_string() ~ ')' }} as _unparsable,
        {{ found.loaded_at or 'cast(null as ' ~ dbt.type_string() ~ ')' }} as loaded_at__raw
    from {{ scan.scan }}
{%- endmacro %}

{# Reads one scan: the declared columns as text, undeclared ones kept aside, and the row's hash.
   A required column that is not there stops the build. #}
{% macro landing_scan(table, scan) -%}
    {%- set found = resolve_columns(table, scan) -%}
    {%- for column in found.missing if column.get('required') and scan.columns -%}
        {{ exceptions.raise_compiler_error(missing_column_message(table, column, scan)) }}
    {%- endfor -%}
    {%- set hashed, filled = [], blank_to_null('<value>') -%}
    select
    {%- for column in table.columns %}
        {%- set expression = found.declared.get(column.name) %}
        {%- if expression is none %}
        cast(null as {{ dbt.type_string() }}) as {{ column.name }}__raw,
        {%- else %}
        {%- do hashed.append((column.name, expression)) %}
        {{ expression if column.data_type == 'json' else filled | replace('<value>', expression) }}
            as {{ column.name }}__raw,
        {%- endif %}
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

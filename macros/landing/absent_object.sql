{# An object that no export holds: an empty list of scans, or the end of the build if it is
   declared as required. `unread` is what stands where it was looked for, and nobody reads. #}
{% macro absent_object(table, looked_for, unread=[]) -%}
    {%- if table.get('required') -%}
        {%- set beside -%}
            {%- if unread %} {{ unread | join(', ') }} {{ 'is' if unread | length == 1 else 'are' }} there, but empty, no CSV, JSON or Parquet file, or called after no object.{% endif -%}
        {%- endset -%}
        {{ exceptions.raise_compiler_error(
            table.connector ~ '.' ~ table.object ~ ' is required and was not found. Looked for '
            ~ looked_for ~ '.' ~ beside ~ ' Put the export there, or leave ' ~ table.connector
            ~ ' out of CDM_CONNECTORS. Nothing was published.'
        ) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}

{# An object that no export holds: an empty list of scans, or the end of the build if it is
   declared as required. #}
{% macro absent_object(table, looked_for) -%}
    {%- if table.get('required') -%}
        {{ exceptions.raise_compiler_error(
            table.connector ~ '.' ~ table.object ~ ' is required and was not found. Looked for '
            ~ looked_for ~ '. Put the export there, or leave ' ~ table.connector
            ~ ' out of CDM_CONNECTORS. Nothing was published.'
        ) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}

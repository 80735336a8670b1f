{# The files of a connector's folder that belong to none of its objects; none where the raw objects
   are tables. #}
{% macro unread_files(connector, names) -%}
    {{ return(adapter.dispatch('unread_files', 'customer_data_model')(connector, names)) }}
{%- endmacro %}

{% macro default__unread_files(connector, names) -%}{{ return([]) }}{%- endmacro %}

{% macro duckdb__unread_files(connector, names) -%}
    {{ return(export_files({'connector': connector, 'names': names, 'unread': true}).unread) }}
{%- endmacro %}

{# What stands in the folder of exports and is the folder of none of these connectors; nothing where the
   raw objects are tables. #}
{% macro unread_folders(connectors) -%}
    {{ return(adapter.dispatch('unread_folders', 'customer_data_model')(connectors)) }}
{%- endmacro %}

{% macro default__unread_folders(connectors) -%}{{ return([]) }}{%- endmacro %}

{% macro duckdb__unread_folders(connectors) -%}
    {{ return(export_files({'names': connectors, 'unread': true}).unread) }}
{%- endmacro %}

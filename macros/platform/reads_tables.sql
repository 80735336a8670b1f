{# Whether raw objects are tables that a loader wrote, as everywhere but on DuckDB, where they are
   files unless CDM_SOURCES says otherwise. #}
{% macro reads_tables() -%}
    {{ return(adapter.dispatch('reads_tables', 'customer_data_model')()) }}
{%- endmacro %}

{% macro default__reads_tables() -%}{{ return(true) }}{%- endmacro %}

{% macro duckdb__reads_tables() -%}
    {{ return(env_var('CDM_SOURCES', 'files') == 'tables') }}
{%- endmacro %}

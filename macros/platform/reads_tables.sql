{# Whether raw objects are tables that a loader wrote, as everywhere but on DuckDB, where they are
   files unless CDM_SOURCES says otherwise. #}
{% macro reads_tables() -%}
    {{ return(adapter.dispatch('reads_tables', 'customer_data_model')()) }}
{%- endmacro %}

{% macro default__reads_tables() -%}{{ return(true) }}{%- endmacro %}

{% macro duckdb__reads_tables() -%}
    {%- set sources = env_var('CDM_SOURCES', '') or 'files' -%}
    {%- if sources not in ('files', 'tables') -%}
        {{ exceptions.raise_compiler_error('CDM_SOURCES is "' ~ sources ~ '"; set it to files or tables.') }}
    {%- endif -%}
    {{ return(sources == 'tables') }}
{%- endmacro %}

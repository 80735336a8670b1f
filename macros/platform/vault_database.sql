{# The database of the schemas that may hold somebody's name in clear: on DuckDB the vault's file,
   which cdm.database attaches; elsewhere the one of all others, where grants keep them apart. #}
{% macro vault_database() -%}
    {{ return(adapter.dispatch('vault_database', 'customer_data_model')()) }}
{%- endmacro %}

{% macro default__vault_database() -%}
    {{ return(target.database) }}
{%- endmacro %}

{% macro duckdb__vault_database() -%}
    {{ return('cdm_vault') }}
{%- endmacro %}

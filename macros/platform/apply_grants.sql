{# dbt's own macro, which materializations call: gives and takes rights as `+grants` says. #}
{% macro apply_grants(relation, grant_config, should_revoke=True) -%}
    {{ return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) }}
{%- endmacro %}

{# DuckDB has no roles: the rights of the two files are what grants are elsewhere. dbt-duckdb's own
   would complain of it in each build. #}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) -%}
{%- endmacro %}

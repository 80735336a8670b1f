{# dbt's own macro, which materializations call: gives and takes rights as `+grants` says. #}
{% macro apply_grants(relation, grant_config, should_revoke=True) -%}
    {{ return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) }}
{%- endmacro %}

{# DuckDB has no roles: the rights of the two files are what grants are elsewhere. dbt-duckdb's own
   would complain of it in each build. #}
{% macro duckdb__apply_grants(relation, grant_config, should_revoke=True) -%}
{%- endmacro %}

{# A right to read a table is worth nothing without one to enter its schema, which dbt does not give.
   One model at a time: PostgreSQL refuses two grants on one schema at once. #}
{% macro postgres__apply_grants(relation, grant_config, should_revoke=True) -%}
    {%- do dbt.default__apply_grants(relation, grant_config, should_revoke) -%}
    {%- for role in (grant_config or {}).get('select', []) -%}
        {%- do run_query("select pg_advisory_xact_lock(hashtext('grants of schemas'))") -%}
        {%- if not run_query("select has_schema_privilege(" ~ text_literal(role) ~ ", "
            ~ text_literal(relation.schema) ~ ", 'usage')").rows[0][0] -%}
            {%- do run_query('grant usage on schema ' ~ adapter.quote(relation.schema)
                ~ ' to ' ~ adapter.quote(role)) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{# Materialization `view` on DuckDB: takes the place of what stands in one statement, as `table` does. #}
{% materialization view, adapter='duckdb' -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_view = this.incorporate(type='view') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- call statement('main') -%}
        {{ drop_statement(existing) }}
        {{ get_create_view_as_sql(target_view, sql) }}
    {%- endcall -%}
    {%- do persist_docs(target_view, model) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_view]}) }}
{%- endmaterialization %}

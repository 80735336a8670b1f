{#
  Materialization `table` on DuckDB: the new table is built beside the one that stands and takes its name,
  as dbt-duckdb has it, but sent as one statement. Of a small table most is what dbt does around it, and
  one rename or drop more costs as much as the table. Without foreign keys and Python models.
#}
{% materialization table, adapter='duckdb' -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- do drop_relation_if_exists(load_cached_relation(finished)) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- call statement('main') -%}
        {{ create_table_as(False, finished, sql) }}
        {{ drop_statement(existing) }}
        alter table {{ finished }} rename to {{ adapter.quote(target_table.identifier) }}
    {%- endcall -%}
    {%- do create_indexes(target_table) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do persist_docs(target_table, model) -%}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

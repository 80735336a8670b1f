{#
  Materialization `table` on DuckDB: the new table is built beside the one that stands and takes its name,
  as dbt-duckdb has it, but sent as one statement. Of a small table most is what dbt does around it, and
  one rename or drop more costs as much as the table. Models that declare keys are left to dbt-duckdb, which
  knows what hangs on them. A Python model is a job of its own, not a statement.
#}
{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] -%}
    {%- if declares_keys(model) -%}
        {{ return(dbt.materialization_table_duckdb()) }}
    {%- endif -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- do drop_relation_if_exists(load_cached_relation(finished)) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if model.language == 'python' -%}
        {%- call statement('main', language='python') -%}
            {{- create_table_as(False, finished, compiled_code, 'python') -}}
        {%- endcall -%}
    {%- endif -%}
    {%- call statement('main' if model.language == 'sql' else 'placed') -%}
        {% if model.language == 'sql' %}{{ create_table_as(False, finished, sql) }}{% endif %}
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

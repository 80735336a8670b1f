{#
  Materialization `connected_components`: which nodes hang together.

  The model selects edges (node_a text, node_b text); the table it becomes is (node text, component
  text), one row per node, where component is the smallest node of its component. A row whose ends
  are equal, or of which one end is null, is a node without a neighbour. docs/identity.md explains
  the algorithm. Config: max_rounds (40), permute_after (6), and incremental (false): the model then
  says of each edge in a third column, change, whether it `stays` since the last build, was `written`
  in this one or was `replaced` since, and only what changed is looked at. An edge that was replaced
  and written again is no change. What comes out is the same.
#}
{% materialization connected_components, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set max_rounds = config.get('max_rounds', 40) | int -%}
    {%- set permute_after = config.get('permute_after', 6) | int -%}
    {%- set incremental = config.get('incremental', false) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if incremental and components_grow(this, sql, existing) -%}
        {%- do components_make(this, 'changes', components_changed(this, sql)) -%}
        {%- set edges_sql = 'select node_a, node_b from ' ~ components_work(this, 'changes') -%}
        {%- set contraction = components_contract(this, edges_sql, max_rounds, permute_after) -%}
        {%- do components_make(
            this, 'labels', components_labels(this, edges_sql, contraction.rounds)) -%}
        {%- do components_check(this, components_work(this, 'labels'), contraction) -%}
        {%- do components_make(this, 'moved', components_moved(this)) -%}
        {%- do components_replace(this) -%}
        {% call statement('main') -%}
            insert into {{ target_table }} (node, component)
            select node, component from {{ components_work(this, 'moved') }}
        {%- endcall %}
        {%- do components_drop(this, contraction.rounds) -%}
    {%- else -%}
        {%- set finished = make_intermediate_relation(target_table) -%}
        {%- set backup = make_backup_relation(
            target_table, existing.type if existing else 'table') -%}
        {{ drop_relation_if_exists(load_cached_relation(finished)) }}
        {{ drop_relation_if_exists(load_cached_relation(backup)) }}
        {%- set edges_sql = components_standing(sql) if incremental else sql -%}
        {%- set contraction = components_contract(this, edges_sql, max_rounds, permute_after) -%}
        {% call statement('main') -%}
            {{ create_table_as(False, finished, components_labels(this, edges_sql, contraction.rounds)) }}
        {%- endcall %}
        {%- do components_check(this, finished, contraction) -%}
        {%- do components_drop(this, contraction.rounds) -%}
        {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
        {% do adapter.rename_relation(finished, target_table) %}
    {%- endif %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(load_cached_relation(make_backup_relation(target_table, 'table'))) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

{#
  Materialization `connected_components`: which nodes hang together.

  The model selects edges (node_a text, node_b text); the table it becomes is (node text, component
  text), one row per node, where component is the smallest node of its component. A row whose ends
  are equal, or of which one end is null, is a node without a neighbour. docs/identity.md explains
  the algorithm. Config: max_rounds (40), permute_after (6), and incremental (false): the edges are
  then kept beside the table, and a later build looks only at what was added to them and at the
  components that lost one. What comes out is the same.
#}
{% materialization connected_components, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- set backup = make_backup_relation(target_table, existing.type if existing else 'table') -%}
    {%- set max_rounds = config.get('max_rounds', 40) | int -%}
    {%- set permute_after = config.get('permute_after', 6) | int -%}
    {%- set keeps_edges = config.get('incremental', false) -%}
    {{ drop_relation_if_exists(load_cached_relation(finished)) }}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set edges_sql = sql -%}
    {%- if keeps_edges -%}
        {%- set edges_sql = components_keep(this, sql) -%}
    {%- endif -%}
    {%- set grows = keeps_edges and components_grow(this, existing) -%}
    {%- if grows -%}
        {%- set edges_sql = components_changed(this) -%}
    {%- endif -%}
    {%- set rounds = components_contract(this, edges_sql, max_rounds, permute_after) -%}

    {%- set labels = components_labels(this, rounds) -%}
    {% call statement('main') -%}
        {{ create_table_as(False, finished, components_grown(this, labels) if grows else labels) }}
    {%- endcall %}
    {%- do components_drop(this, rounds) -%}
    {%- if keeps_edges -%}{%- do components_forget(this) -%}{%- endif -%}
    {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
    {% do adapter.rename_relation(finished, target_table) %}
    {%- if keeps_edges -%}{%- do components_remember(this) -%}{%- endif -%}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

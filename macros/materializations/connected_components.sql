{#
  Materialization `connected_components`: which nodes hang together.

  The model selects edges (node_a text, node_b text); the table it becomes is (node text, component
  text), one row per node, where component is the smallest node of its component. A row whose ends
  are equal, or of which one end is null, is a node without a neighbour. docs/identity.md explains
  the algorithm. Config: max_rounds (40), permute_after (6, at least 1), costly_edges (false): the
  model's select is run once and its rows are kept meanwhile, and incremental (false): the model then
  says in a third column, change, which edges there are (`stands`), and once more which of them were
  `written` since the last build and which it had that were `replaced` since; only what changed is
  looked at. An edge that was replaced and written again is no change. What comes out is the same.
  With compared (false), which goes without incremental, a third column, component_before, has the
  component that the node had in the last build; a node that is gone stays for one build, without one.
#}
{% materialization connected_components, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set max_rounds = config.get('max_rounds', 40) | int -%}
    {%- set permute_after = [config.get('permute_after', 6) | int, 1] | max -%}
    {%- set incremental = config.get('incremental', false) -%}
    {%- set costly_edges = config.get('costly_edges', false) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if incremental and components_grow(this, sql, existing) -%}
        {%- set edges_sql = 'select node_a, node_b from ' ~ components_work(this, 'changes') -%}
        {%- do count_after(components_work(this, 'changes'),
            components_make(this, 'changes', components_changed(this, sql))) -%}
        {%- set rounds = components_contract(this, edges_sql, max_rounds, permute_after) -%}
        {%- do run_statements(
            components_make(this, 'labels', components_labels(this, rounds))
                + components_make(this, 'moved', components_moved(this))
                + components_replace(this)) -%}
        {% call statement('main') -%}
            insert into {{ target_table }} (node, component)
            select node, component from {{ components_work(this, 'moved') }}
        {%- endcall %}
        {%- do run_statements(components_drop(this, rounds)) -%}
    {%- else -%}
        {%- set edges_sql = components_standing(sql) if incremental else sql -%}
        {%- if costly_edges -%}
            {%- do run_statements(components_make(this, 'edges', edges_sql)) -%}
            {%- set edges_sql = 'select node_a, node_b from ' ~ components_work(this, 'edges') -%}
        {%- endif -%}
        {%- set rounds = components_contract(this, edges_sql, max_rounds, permute_after) -%}
        {%- set labels_sql = components_labels(this, rounds) -%}
        {%- if config.get('compared', false) -%}
            {%- set labels_sql = components_compared(labels_sql, existing) -%}
        {%- endif -%}
        {%- set finished = built_beside(target_table, existing, labels_sql) -%}
        {%- do run_statements(components_drop(this, rounds)) -%}
        {%- do put_in_place(finished, target_table, existing) -%}
    {%- endif -%}
    {{ return(end_of_build(target_table, existing, post_hooks)) }}
{%- endmaterialization %}

{#
  Materialization `connected_components`: which nodes hang together.

  The model selects edges (node_a text, node_b text); the table it becomes is (node text,
  component text), one row per node, where component is the smallest node of its component. A row
  whose ends are equal, or of which one end is null, is a node without a neighbour.

  Contraction: every node is hooked to its smallest neighbour, pointers jump twice, edges are
  relabelled and the inner ones dropped, until no edge is left. "Smallest" is taken over a 64-bit
  hash of the node: along a chain in the order of its names the rounds would be linear. From round
  `permute_after` + 1 on each round has a new order. Past `max_rounds` the build fails and the old
  table stays; a partial labelling never comes out. docs/identity.md has the reasons.

  Config: max_rounds (40), permute_after (6).
#}
{% materialization connected_components, default -%}
    {%- set max_rounds = config.get('max_rounds', 40) | int -%}
    {%- set permute_after = config.get('permute_after', 6) | int -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- set backup = make_backup_relation(target_table, existing.type if existing else 'table') -%}
    {{ drop_relation_if_exists(load_cached_relation(finished)) }}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}
    {%- do components_drop_leftovers(this, max_rounds) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- do components_make(this, 'edges_1', components_input(sql)) -%}
    {%- do components_make(this, 'nodes', components_nodes(components_work(this, 'edges_1'))) -%}
    {%- set run = namespace(rounds=0, collisions=0, edges_left=0) -%}
    {%- set run.collisions = components_count(
        components_work(this, 'nodes'), 'node <> largest_node') -%}
    {%- if run.collisions == 0 -%}
        {%- set run.edges_left = components_count(components_work(this, 'edges_1'), 'a <> b') -%}
    {%- endif -%}

    {%- for round in range(1, max_rounds + 1) -%}
        {%- if run.edges_left == 0 -%}{%- break -%}{%- endif -%}
        {%- do components_round(this, round, permute_after) -%}
        {%- set run.rounds = round -%}
        {%- set run.edges_left = components_count(components_work(this, 'edges_' ~ (round + 1))) -%}
    {%- endfor -%}

    {%- if run.collisions > 0 or run.edges_left > 0 -%}
        {%- do components_drop(this, run.rounds) -%}
        {%- if run.collisions > 0 -%}
            {%- do exceptions.raise_compiler_error(
                model.name ~ ": " ~ run.collisions ~ " node hash(es) stand for two nodes or more") -%}
        {%- endif -%}
        {%- do exceptions.raise_compiler_error(
            model.name ~ ": " ~ run.edges_left ~ " edge(s) left after " ~ run.rounds
            ~ " rounds (max_rounds); the table was not changed") -%}
    {%- endif -%}

    {% call statement('main') -%}
        {{ create_table_as(False, finished, components_labels(this, run.rounds)) }}
    {%- endcall %}
    {%- do components_drop(this, run.rounds) -%}
    {%- do log(model.name ~ ": components after " ~ run.rounds ~ " round(s)") -%}
    {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
    {% do adapter.rename_relation(finished, target_table) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

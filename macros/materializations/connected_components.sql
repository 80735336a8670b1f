{#
  Materialization `connected_components`: which nodes hang together.

  The model selects edges (node_a text, node_b text); the table it becomes is (node text, component
  text), one row per node, where component is the smallest node of its component. A row whose ends
  are equal, or of which one end is null, is a node without a neighbour. docs/identity.md explains
  the algorithm. Config: max_rounds (40), permute_after (6).
#}
{% materialization connected_components, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- set backup = make_backup_relation(target_table, existing.type if existing else 'table') -%}
    {{ drop_relation_if_exists(load_cached_relation(finished)) }}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set rounds = components_contract(
        this, sql, config.get('max_rounds', 40) | int, config.get('permute_after', 6) | int) -%}

    {% call statement('main') -%}
        {{ create_table_as(False, finished, components_labels(this, rounds)) }}
    {%- endcall %}
    {%- do components_drop(this, rounds) -%}
    {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
    {% do adapter.rename_relation(finished, target_table) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

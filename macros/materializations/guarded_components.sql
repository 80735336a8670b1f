{#
  Materialization `guarded_components`: which nodes hang together when no group may have more of
  something than it is allowed.

  The model selects reasons to join two nodes (node_a text, node_b text, place bigint) and, in rows of
  their own, values that a node holds (node_a text, value_type text, value text, value_limit int). The
  table it becomes is (node text, cluster text), where cluster is the smallest node of its group. It is
  what comes out when the reasons are heard one after the other in the order of place, and each joins
  its two groups unless they would then hold more than value_limit different values of a type. Places
  must differ. docs/identity.md explains the algorithm. Config: max_rounds (100).
#}
{% materialization guarded_components, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- set backup = make_backup_relation(target_table, existing.type if existing else 'table') -%}
    {{ drop_relation_if_exists(load_cached_relation(finished)) }}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- do admission_contract(this, sql, config.get('max_rounds', 100) | int) -%}

    {% call statement('main') -%}
        {{ create_table_as(False, finished, admission_named(this)) }}
    {%- endcall %}
    {%- do admission_drop(this) -%}
    {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
    {% do adapter.rename_relation(finished, target_table) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

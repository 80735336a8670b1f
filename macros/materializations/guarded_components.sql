{#
  Materialization `guarded_components`: which nodes hang together when no group may have more of
  something than it is allowed, or values that contradict each other.

  The model selects reasons to join two nodes (node_a text, node_b text, place bigint) and, in rows of
  their own, values that a node holds (node_a text, value_type text, value text, value_limit int). Values
  without a limit are all of one kind and contradict each other unless a row of its own says that two agree
  (value_type, value, other_value text; once in each direction). The table it becomes is (node text, cluster text), where
  cluster is the smallest node of its group. It is what comes out when the reasons are heard one after
  the other in the order of place, and each joins its two groups unless they would then hold more than
  value_limit different values of a type, or a value of one contradicts one of the other. Places must
  differ. docs/identity.md explains the algorithm. Config: max_rounds (100).
#}
{% materialization guarded_components, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set rounds = admission_contract(this, sql, config.get('max_rounds', 100) | int) -%}
    {%- set finished = built_beside(target_table, existing, admission_named(this, rounds)) -%}
    {%- do run_statements(admission_drop(this, rounds)) -%}
    {%- do put_in_place(finished, target_table, existing) -%}
    {{ return(end_of_build(target_table, existing, post_hooks)) }}
{%- endmaterialization %}

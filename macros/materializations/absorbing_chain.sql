{#
  Materialization `absorbing_chain`: how often a walk visits each state before it ends.

  The model selects steps (chain text, from_state text, to_state text, probability double) between
  the states of independent chains; what is missing to 1 from a state ends the walk. The table it
  becomes is (chain, from_state, to_state, visits double): the fundamental matrix 1 + P + P² + …,
  summed by repeated squaring, so that 20 rounds cover a million steps. A walk that does not end
  fails the build after max_rounds (40).
#}
{% materialization absorbing_chain, default -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target_table = this.incorporate(type='table') -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set rounds = chain_sum(this, sql, config.get('max_rounds', 40) | int) -%}
    {%- set finished = built_beside(
        target_table, existing, chain_visits(chain_work(this, 'visits', rounds))) -%}
    {%- do run_statements(chain_drop(this, rounds)) -%}
    {%- do put_in_place(finished, target_table, existing) -%}
    {{ return(end_of_build(target_table, existing, post_hooks)) }}
{%- endmaterialization %}

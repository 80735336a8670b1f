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
    {%- set finished = make_intermediate_relation(target_table) -%}
    {%- set backup = make_backup_relation(target_table, existing.type if existing else 'table') -%}
    {{ drop_relation_if_exists(load_cached_relation(finished)) }}
    {{ drop_relation_if_exists(load_cached_relation(backup)) }}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set rounds = chain_sum(this, sql, config.get('max_rounds', 40) | int) -%}

    {% call statement('main') -%}
        {{ create_table_as(False, finished, chain_visits(chain_work(this, 'visits', rounds))) }}
    {%- endcall %}
    {%- do chain_drop(this, rounds) -%}
    {% if existing is not none %}{% do adapter.rename_relation(existing, backup) %}{% endif %}
    {% do adapter.rename_relation(finished, target_table) %}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do persist_docs(target_table, model) %}
    {{ adapter.commit() }}
    {{ drop_relation_if_exists(backup) }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmaterialization %}

{# What every materialization of this project ends with: hooks, commit, and the old table's end. #}
{% macro end_of_build(target_table, existing, hooks) -%}
    {{ run_hooks(hooks, inside_transaction=True) }}
    {%- do persist_docs(target_table, model) -%}
    {%- do adapter.commit() -%}
    {%- do drop_relation_if_exists(load_cached_relation(backup_of(target_table, existing))) -%}
    {{ run_hooks(hooks, inside_transaction=False) }}
    {{ return({'relations': [target_table]}) }}
{%- endmacro %}

{#- A table that a materialization works on and drops: temporary where the engine has temporary tables (on
    Spark they are views), beside the model elsewhere, and named after the model. -#}
{% macro work_relation(model_relation, name) %}
    {{- return(adapter.dispatch('work_relation', 'customer_data_model')(model_relation, name)) -}}
{% endmacro %}

{% macro default__work_relation(model_relation, name) -%}
    {{ return(api.Relation.create(
        database=model_relation.database,
        schema=model_relation.schema,
        identifier=model_relation.identifier ~ '__' ~ name,
        type='table',
    )) }}
{%- endmacro %}

{% macro duckdb__work_relation(model_relation, name) -%}
    {{ return(api.Relation.create(identifier=model_relation.identifier ~ '__' ~ name, type='table')) }}
{%- endmacro %}

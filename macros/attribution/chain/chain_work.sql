{# A work table of the materialization `absorbing_chain`; none is left behind. #}
{% macro chain_work(model_relation, step, round) -%}
    {{ return(api.Relation.create(
        database=model_relation.database,
        schema=model_relation.schema,
        identifier=model_relation.identifier ~ '__ac_' ~ step ~ '_' ~ round,
        type='table',
    )) }}
{%- endmacro %}

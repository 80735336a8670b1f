{# A work table of the materialization `connected_components`: a real table, since a temporary one
   is a view on Spark; named after the model, and none is left behind. #}
{% macro components_work(model_relation, step) -%}
    {{ return(api.Relation.create(
        database=model_relation.database,
        schema=model_relation.schema,
        identifier=model_relation.identifier ~ '__cc_' ~ step,
        type='table',
    )) }}
{%- endmacro %}

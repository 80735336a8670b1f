{# Each node with the smallest node of its component. #}
{% macro components_labels(model_relation, rounds) -%}
    select labelled.node, named.component
    from (
        {{ components_labelled(model_relation, rounds) }}
    ) as labelled
    inner join {{ components_work(model_relation, 'named') }} as named on named.label = labelled.label
{%- endmacro %}

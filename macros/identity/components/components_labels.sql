{# Each node with the smallest node of its component. #}
{% macro components_labels(model_relation) -%}
    select labelled.node, named.component
    from {{ components_work(model_relation, 'labelled') }} as labelled
    inner join {{ components_work(model_relation, 'named') }} as named on named.label = labelled.label
{%- endmacro %}

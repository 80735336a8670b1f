{# The name of each component, its smallest node, which has no smaller neighbour. #}
{% macro components_named(model_relation, rounds) -%}
    select label, min(node) as component
    from (
        {{ components_labelled(model_relation, rounds) }}
    ) as labelled
    where rep is null
    group by label
{%- endmacro %}

{# The name of each component, its smallest node, which has no smaller neighbour. #}
{% macro components_named(model_relation) -%}
    select label, min(node) as component
    from {{ components_work(model_relation, 'labelled') }}
    where is_first
    group by label
{%- endmacro %}

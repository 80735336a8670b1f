{# The components that lost an edge: they are looked at anew, from their edges. #}
{% macro components_shrunk(model_relation) -%}
    select distinct labelled.component
    from {{ model_relation }} as labelled
    inner join {{ components_work(model_relation, 'differing') }} as removed
        on removed.node_a = labelled.node
    where removed.change = 'replaced'
{%- endmacro %}

{# The group of each node after a round. #}
{% macro admission_relabelled(labels, reps) -%}
    select labels.node_id, coalesce(reps.rep, labels.label) as label
    from {{ labels }} as labels
    left join {{ reps }} as reps on reps.v = labels.label
{%- endmacro %}

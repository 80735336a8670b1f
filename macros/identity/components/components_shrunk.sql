{# The components that lost an edge: they are looked at anew, from their edges. #}
{% macro components_shrunk(removed_sql, existing) -%}
    select distinct labelled.component
    from {{ existing }} as labelled
    inner join (
        {{ removed_sql }}
    ) as removed on removed.node_a = labelled.node
{%- endmacro %}

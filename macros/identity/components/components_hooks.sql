{# For each node with a smaller neighbour one of these, that of the smallest hash. The smaller end of an edge
   stands first; a node that is the smallest of its neighbours hooks to nothing. #}
{% macro components_hooks(edges) -%}
    select b as v, min(a) as rep
    from {{ edges }}
    group by b
{%- endmacro %}

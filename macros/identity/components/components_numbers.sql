{# The remaining nodes numbered 1..n: small enough for modular arithmetic in 64 bits. #}
{% macro components_numbers(edges) -%}
    select node_id, row_number() over (order by node_id) as number
    from (
        select a as node_id from {{ edges }}
        union
        select b as node_id from {{ edges }}
    ) as ends
{%- endmacro %}

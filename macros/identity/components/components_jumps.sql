{# Hooks, then two jumps: with each a node points to the node that its representative names. Who has no
   representative is its own. #}
{% macro components_jumps(hooks) -%}
    with jumped_0 as (
        {{ hooks }}
    )
    {%- for jump in range(1, 3) %},

    jumped_{{ jump }} as (
        select near.v, coalesce(further.rep, near.rep) as rep
        from jumped_{{ jump - 1 }} as near
        left join jumped_{{ jump - 1 }} as further on further.v = near.rep
    )
    {%- endfor %}

    select v, rep from jumped_2
{%- endmacro %}

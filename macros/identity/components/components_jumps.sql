{# Hooks, then two jumps: each node points to the node its representative's representative names. Who has no
   representative is its own. #}
{% macro components_jumps(hooks) -%}
    with hooked as (
        {{ hooks }}
    ),

    jumped_once as (
        select hooked.v, coalesce(further.rep, hooked.rep) as rep
        from hooked
        left join hooked as further on further.v = hooked.rep
    )

    select jumped_once.v, coalesce(further.rep, jumped_once.rep) as rep
    from jumped_once
    left join jumped_once as further on further.v = jumped_once.rep
{%- endmacro %}

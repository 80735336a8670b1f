{# Hooks, then two jumps: each node points to the node its representative's representative names. #}
{% macro components_jumps(hooks) -%}
    with hooked as (
        {{ hooks }}
    ),

    jumped_once as (
        select hooked.v, further.rep
        from hooked
        inner join hooked as further on further.v = hooked.rep
    )

    select jumped_once.v, further.rep
    from jumped_once
    inner join jumped_once as further on further.v = jumped_once.rep
{%- endmacro %}

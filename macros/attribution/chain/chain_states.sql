{# Before its first step a walk has been where it starts, once. #}
{% macro chain_states(steps) -%}
    select chain, state as from_state, state as to_state, cast(1 as {{ sql_type('double') }}) as visits
    from (
        select chain, from_state as state from {{ steps }}
        union
        select chain, to_state as state from {{ steps }}
    ) as states
{%- endmacro %}

{# The visits of walks twice as long: those of the first half, and those of the second half from
   where the first one ended. Decimals are summed, so that no order of rows shows. #}
{% macro chain_longer(steps, visits) -%}
    select
        chain, from_state, to_state,
        cast(sum(cast(visits as decimal(38, 18))) as {{ sql_type('double') }}) as visits
    from (
        select chain, from_state, to_state, visits from {{ visits }}
        union all
        select
            steps.chain,
            steps.from_state,
            visits.to_state,
            steps.probability * visits.visits as visits
        from {{ steps }} as steps
        inner join {{ visits }} as visits
            on steps.chain = visits.chain
                and steps.to_state = visits.from_state
    ) as parts
    group by chain, from_state, to_state
{%- endmacro %}

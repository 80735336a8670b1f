{# Two times as many steps at once. What is less likely than 1e-18 is not followed. Decimals are summed,
   so that no order of rows shows. #}
{% macro chain_squared(steps) -%}
    select
        first_half.chain,
        first_half.from_state,
        second_half.to_state,
        cast(sum(cast(
            first_half.probability * second_half.probability as decimal(38, 18)
        )) as {{ sql_type('double') }}) as probability
    from {{ steps }} as first_half
    inner join {{ steps }} as second_half
        on first_half.chain = second_half.chain
            and first_half.to_state = second_half.from_state
    group by first_half.chain, first_half.from_state, second_half.to_state
    having sum(cast(
        first_half.probability * second_half.probability as decimal(38, 18)
    )) > 1e-18
{%- endmacro %}

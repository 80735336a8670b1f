{# Two times as many steps at once. What is less likely than 1e-18 is not followed. #}
{% macro chain_squared(steps) -%}
    select
        first_half.chain,
        first_half.from_state,
        second_half.to_state,
        sum(first_half.probability * second_half.probability) as probability
    from {{ steps }} as first_half
    inner join {{ steps }} as second_half
        on first_half.chain = second_half.chain
            and first_half.to_state = second_half.from_state
    group by first_half.chain, first_half.from_state, second_half.to_state
    having sum(first_half.probability * second_half.probability) > 1e-18
{%- endmacro %}

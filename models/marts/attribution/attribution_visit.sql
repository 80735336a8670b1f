-- Grain: one pair of channels and how often a walk from the first one is expected at the second.
{{ config(materialized='absorbing_chain') }}

select
    conversion_type || ':' || level as chain,
    from_state,
    to_state,
    cast(probability as {{ sql_type('double') }}) as probability
from {{ ref('attribution_step') }}

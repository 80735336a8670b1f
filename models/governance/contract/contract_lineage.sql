-- Grain: one arrow from a producer to a consumer.
with arrows as (
    {{ contract_edges() }}
)

select
    grain,
    producer_kind,
    producer,
    consumer_kind,
    consumer,
    '{{ var("contract_version") }}' as _contract_version
from arrows

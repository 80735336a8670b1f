-- I15. What is won is closed, with its time; what has a value has a currency. A deal may lack its time
-- or currency only if the CRM does, which intake has then noted. If this fails, the connector's map
-- or the resolution lost the value.
with opportunities as (
    select * from {{ ref('opportunity') }}
),

noted as (
    select source_system, source_record_id, max(reason_codes) as reason_codes
    from {{ ref('int_opportunity__checked') }}
    where is_current
    group by source_system, source_record_id
),

judged as (
    select
        opportunities.opportunity_id,
        case
            when opportunities.is_won and not opportunities.is_closed then 'won, but open'
            when opportunities.is_won and opportunities.closed_at is null
                and coalesce(noted.reason_codes, '') not like '%opportunity.closed_at.missing%'
                and coalesce(noted.reason_codes, '') not like '%opportunity.closed_at.unparsable%'
                then 'won, but when?'
            when opportunities.amount is not null and opportunities.currency is null
                and coalesce(noted.reason_codes, '') not like '%opportunity.currency.missing%'
                then 'a value without a currency'
        end as problem
    from opportunities
    left join noted
        on opportunities._source_system = noted.source_system
            and opportunities._source_record_id = noted.source_record_id
)

select opportunity_id, problem
from judged
where problem is not null

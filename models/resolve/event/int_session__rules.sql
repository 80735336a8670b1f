-- Grain: one system that records events, and one period in which the same session policy holds.
with systems as (
    select distinct source_system
    from {{ ref('int_event__checked') }}
    where is_current
),

policies as (
    select * from {{ ref('policy_session') }}
),

own as (
    select distinct source_system from policies
),

rules as (
    select
        systems.source_system,
        policies.timeout_minutes,
        policies.uses_vendor_session,
        policies.splits_at_midnight,
        policies.splits_at_campaign_change,
        policies.time_zone,
        policies.engaged_seconds,
        policies.engaged_page_views,
        min(case
            when policies.uses_vendor_session
                and not policies.splits_at_midnight
                and not policies.splits_at_campaign_change
                then 1
            else 0
        end) over (partition by systems.source_system) = 1 as keeps_vendor_sessions,
        policies.valid_from,
        policies.valid_to,
        {{ joined_text([
            'policies.timeout_minutes',
            "case when policies.splits_at_midnight then 'midnight in ' || policies.time_zone end",
            "case when policies.splits_at_campaign_change then 'campaign' end",
        ], ', ') }} as session_rule
    from systems
    left join own
        on systems.source_system = own.source_system
    inner join policies
        on coalesce(own.source_system, '*') = policies.source_system
)

select * from rules

-- Grain: one thing that is wrong with the tracking of one event, or with the words of one source.
with parameters as (
    select * from {{ ref('event_parameter') }}
    where status <> 'given'
),

rules as (
    select * from {{ ref('policy_event_parameter') }}
),

sources as (
    select * from {{ ref('source') }}
),

media as (
    select distinct value from {{ ref('policy_utm_value') }} as policy
    where field = 'medium' and {{ in_force('policy') }}
),

found as (
    select
        'event' as subject_type,
        parameters.event_id as subject_id,
        parameters.parameter,
        parameters.status as problem,
        parameters.event_at as found_at,
        parameters.event_name || ': ' || parameters.parameter || ' is ' || parameters.status
            as message,
        rules.approved_by as responsible
    from parameters
    inner join rules
        on parameters.event_name = rules.event_name
            and parameters.parameter = rules.parameter
            and {{ in_force('rules', 'parameters.event_at') }}
    union all
    select
        'source' as subject_type,
        sources.source_id as subject_id,
        'medium' as parameter,
        'unknown' as problem,
        cast(null as {{ dbt.type_timestamp() }}) as found_at,
        'the medium ' || sources.medium || ' is not agreed on; its channel is '
            || sources.channel_group as message,
        'marketing_operations' as responsible
    from sources
    left join media
        on sources.medium = media.value
    where sources.medium is not null and media.value is null
)

select
    subject_type,
    subject_id,
    parameter,
    problem,
    found_at,
    message,
    responsible,
    '{{ var("contract_version") }}' as _contract_version
from found

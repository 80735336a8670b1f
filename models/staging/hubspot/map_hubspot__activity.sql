-- Grain: one raw row of HubSpot's calls, e-mails, meetings, notes, tasks or messages.
{{ config(materialized='view') }}

-- Kind, type, time, direction, outcome, sequence. A task's timestamp is when it is due.
{% set kinds = [
    ['_call', "'call'", 'hs_timestamp', 'hs_call_direction', 'call_outcome', 'null'],
    ['_email', "'email'", 'hs_timestamp', 'hs_email_direction', 'hs_email_status', 'hs_sequence_id'],
    ['_meeting', "'meeting'", 'hs_meeting_start_time, hs_timestamp', 'null', 'hs_meeting_outcome', 'null'],
    ['_note', "'note'", 'hs_timestamp', 'null', 'null', 'null'],
    ['_task', "'task'", 'hs_task_completion_date, hs_createdate', 'null', 'hs_task_status', 'null'],
    ['_communication', "'message'", 'hs_timestamp', 'null', 'null', 'null'],
    ['', 'lower(type)', 'hs_timestamp', 'null', 'null', 'null'],
] %}

-- The common part has time, seller and direction in older exports. One row for each id.
with bases as (
    select engagement_id as base_id, max(type) as base_type,
        max(hs_timestamp) as base_timestamp, max(hubspot_owner_id) as base_owner_id
    from {{ ref('stg_hubspot__engagement') }}
    group by engagement_id
),

activities as (
    {% for kind, type, times, direction, outcome, sequence_id in kinds %}
    select
        {{ provenance(
            'hubspot', 'engagement' ~ kind, record_id='engagement_id', derived=not kind,
            updated_at='hs_lastmodifieddate', is_deleted='is_deleted'
        ) }},
        {{ type }} as activity_type, coalesce({{ direction }}, base_type) as direction,
        cast({{ outcome }} as {{ dbt.type_string() }}) as outcome,
        {{ sequence_id }} is not null or coalesce(hs_engagement_source, '')
            in ('SEQUENCES', 'WORKFLOWS', 'AUTOMATION_PLATFORM', 'BOT') as is_automated,
        coalesce({{ times }}, base_timestamp) as occurred_at,
        coalesce(hubspot_owner_id, base_owner_id) as owner_record_id
    from {{ ref('stg_hubspot__engagement' ~ kind) }}
    left join bases on engagement_id = base_id
    {{ 'union all' if not loop.last }}{% endfor %}
),

counted as (
    select
        *,
        sum(case when is_derived then 0 else 1 end) over (partition by source_record_id) as details
    from activities
)

select
    {{ provenance_columns() | join(', ') }},
    case
        when activity_type like '%email' then 'email'
        when activity_type in ('call', 'meeting', 'note', 'task') then activity_type
        when activity_type is not null then 'message'
    end as activity_type,
    case when direction in ('INBOUND', 'INCOMING_EMAIL') then 'inbound'
        when direction in ('OUTBOUND', 'EMAIL') then 'outbound' end as direction,
    outcome, is_automated, occurred_at, owner_record_id
from counted
-- An engagement whose detail no table has is itself the activity.
where not is_derived or (details = 0 and source_record_id is not null)

-- Grain: one raw row of HubSpot's calls, e-mails, meetings, notes, tasks or messages.
{{ config(materialized='view') }}

-- Object, type, time, direction, outcome and sequence. A task's own timestamp is when it is due,
-- so it counts from when it was done or, while it is open, written.
{% set details = [
    ['call', 'call', 'hs_timestamp', 'hs_call_direction', 'hs_call_disposition, hs_call_status', 'null'],
    ['email', 'email', 'hs_timestamp', 'hs_email_direction', 'hs_email_status', 'hs_sequence_id'],
    ['meeting', 'meeting', 'hs_meeting_start_time, hs_timestamp', 'null', 'hs_meeting_outcome', 'null'],
    ['note', 'note', 'hs_timestamp', 'null', 'null', 'null'],
    ['task', 'task', 'hs_task_completion_date, hs_createdate', 'null', 'hs_task_status', 'null'],
    ['communication', 'message', 'hs_timestamp', 'null', 'null', 'null'],
] %}

with

-- The common part, which has time, seller and direction in older exports. One row for each id.
bases as (
    select
        id as base_id,
        max(type) as base_type,
        max(hs_timestamp) as base_timestamp,
        max(hubspot_owner_id) as base_owner_id
    from {{ ref('stg_hubspot__engagement') }}
    group by id
),

detailed as (
    {% for object, type, times, direction, outcomes, sequence_id in details %}
    select
        {{ provenance('hubspot', 'engagement_' ~ object, record_id='engagement_id', updated_at='hs_lastmodifieddate', is_deleted='is_deleted') }},
        '{{ type }}' as activity_type,
        coalesce({{ direction }}, base_type) as vendor_direction,
        coalesce({{ outcomes }}, null) as vendor_outcome,
        cast({{ sequence_id }} as {{ dbt.type_string() }}) as sequence_id,
        hs_engagement_source as recorded_by,
        coalesce({{ times }}, base_timestamp) as occurred_at,
        coalesce(hubspot_owner_id, base_owner_id) as owner_record_id
    from {{ ref('stg_hubspot__engagement_' ~ object) }}
    left join bases on engagement_id = base_id
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

-- An engagement whose detail no table has is itself the activity.
bare as (
    select
        {{ provenance('hubspot', 'engagement', record_id='id', updated_at='last_updated', is_deleted='is_deleted', derived=true) }},
        case
            when type in ('EMAIL', 'INCOMING_EMAIL', 'FORWARDED_EMAIL') then 'email'
            when type in ('CALL', 'MEETING', 'NOTE', 'TASK') then lower(type)
            when type is not null then 'message'
        end as activity_type,
        type as vendor_direction,
        null as vendor_outcome,
        null as sequence_id,
        null as recorded_by,
        hs_timestamp as occurred_at,
        hubspot_owner_id as owner_record_id
    from {{ ref('stg_hubspot__engagement') }}
    where id not in (select source_record_id from detailed where source_record_id is not null)
),

activities as (
    select * from detailed
    union all
    select * from bare
)

select
    {{ provenance_columns() | join(',\n    ') }},
    activity_type,
    case
        when vendor_direction in ('INBOUND', 'INCOMING_EMAIL') then 'inbound'
        when vendor_direction in ('OUTBOUND', 'EMAIL') then 'outbound'
    end as direction,
    -- HubSpot's own call outcomes come as ids that are the same in every portal.
    case vendor_outcome
        when '9d9162e7-6cf3-4944-bf63-4dff82258764' then 'Busy'
        when 'f240bbac-87c9-4f6e-bf70-924b57d47db7' then 'Connected'
        when 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff' then 'Left live message'
        when 'b2cf5968-551e-4856-9783-52b3da59a7d0' then 'Left voicemail'
        when '73a0d17f-1163-4015-bdd5-ec830791da20' then 'No answer'
        when '17b47fee-58de-441e-a44c-c6300d46f273' then 'Wrong number'
        else vendor_outcome
    end as outcome,
    case
        when sequence_id is not null then true
        when recorded_by in ('SEQUENCES', 'WORKFLOWS', 'AUTOMATION_PLATFORM', 'BOT') then true
        when recorded_by is not null then false
    end as is_automated,
    occurred_at,
    owner_record_id
from activities

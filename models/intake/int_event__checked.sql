-- Grain: one raw row of an object that holds events.
{{ config(
    materialized='incremental',
    incremental_strategy='replace_known',
    unique_key='_content_hash',
    on_schema_change='append_new_columns',
    post_hook=["{{ tell_copies_apart(this, 'event') }}", "{{ drop_vanished_rows(this) }}"],
) }}
{% set rules, numbered = declared_rules('event'), record_numbers_hold() %}

with {{ rows_to_judge(ref('int_event__records'), 'event', rules, numbered) }},

event_names as (
    select * from {{ ref('policy_event_name') }} as policy
    where {{ in_force('policy') }}
),

excluded_traffic as (
    select * from {{ ref('policy_excluded_traffic') }} as policy
    where {{ in_force('policy') }}
),

robots as (
    select agents.user_agent, max(policy.traffic) as traffic
    from (
        select distinct user_agent from {{ ref('int_event__records') }}
        where user_agent is not null
    ) as agents
    inner join {{ ref('policy_user_agent') }} as policy
        on {{ regex_matches_column('lower(agents.user_agent)', 'policy.agent_pattern') }}
            and {{ in_force('policy') }}
    group by agents.user_agent
),

joined as (
    select
        records.*,
        event_names.event_name is not null as is_known_name,
        coalesce(excluded_traffic.traffic, robots.traffic) as traffic
    from records
    left join event_names
        on {{ event_word('records.event_name') }} = event_names.alias
    left join excluded_traffic
        on case when records.properties like '%traffic%'
            then {{ json_text('records.properties', '$.traffic_type') }} end
        = excluded_traffic.traffic_type
    left join robots
        on records.user_agent = robots.user_agent
),

judged as (
    select
        *,
        {{ reasons(row_reasons('event', rules, [
            ('event.event_name.missing', '_unparsable is null and event_name is null'),
            ('event.event_name.unknown', 'event_name is not null and not is_known_name'),
            ('event.event_at.missing', '_unparsable is null and event_at is null
                and not ' ~ unreadable(event_time_columns())),
            ('event.event_at.unparsable', 'event_at is null and ' ~ unreadable(event_time_columns())),
            ('event.event_at.in_future', 'event_at > ' ~ as_of() ~ '
                and coalesce(received_at, event_at) > ' ~ as_of()),
            ('event.properties.malformed', 'length(properties) > 1000000
                or not ' ~ is_valid_json('properties')),
        ])) }} as hold_reasons,
        {{ reasons([
            ('event.row.bot', "traffic = 'bot'"),
            ('event.row.internal', "traffic = 'internal'"),
        ]) }} as exclude_reasons,
        {{ reasons(row_notes('event', rules, [
            ('event.event_at.skewed', clock_skew('joined') ~ ' > 60
                or (sent_at is not null and ' ~ clock_skew('joined') ~ ' < -60)'),
            ('event.event_at.late',
                seconds_between('event_at', 'coalesce(sent_at, received_at)') ~ ' > 86400'),
        ])) }} as notes
    from joined
    {{ rule_joins(rules, 'joined') }}
),

-- The event's id and its touch are made here, once, for the many models that read them.
{{ placed('event', rules, named='case when source_record_id is not null then '
    ~ surrogate_key('evt', ['source_system', 'source_object', 'source_record_id'])
    ~ ' end as event_id', many=true) }},

{{ numbered_judgements('placed', 'event') }},

-- The hosts are columns of their own here: within its conditions the engine would find out each
-- several times.
addressed as (
    select
        *,
        {{ address_host('referrer') }} as referrer_host,
        {{ address_host('page_location') }} as page_host
    from numbered
)

select
    {{ provenance_columns() | join(', ') }},
    {{ entity_columns('event') | join(', ') }},
    event_id,
    {{ record_number('addressed') if numbered else 'cast(null as ' ~ dbt.type_bigint() ~ ')' }}
        as record_number,
    copy_number,
    duplicate_of,
    reason_codes,
    disposition,
    is_current,
    _judged,
    {{ touch_key('addressed') }} as touch_key
from addressed

-- Grain: one thing beside their rows that events and sessions are made of, as it is now.
{{ config(materialized='view') }}

with events as (
    select * from {{ ref('int_event__checked') }}
),

-- A cookie's period holds its last moment too, a login's ends before it. One that ends before it
-- begins links nothing.
links as (
    select
        kind,
        source_system,
        link_key,
        {{ content_hash(['person_id', 'linked_by', 'account_id']) }} as value,
        linked_from,
        case kind
            when 'cookie' then {{ add_microseconds('linked_until', 1) }}
            else linked_until
        end as linked_until
    from {{ ref('int_event__links') }}
    where linked_from <= linked_until
),

inputs as (
    select kind, source_system, link_key, value, linked_from, linked_until from links
    union all
    select
        'touch', null, touch_key,
        {{ content_hash(['source_id', dbt.cast('is_entry', dbt.type_string())]) }}, null, null
    from {{ ref('int_event__touches') }}
    union all
    select
        'channel', null, source_key || ' ' || cast(valid_from as {{ dbt.type_string() }}),
        {{ content_hash(['channel_group', dbt.cast('valid_to', dbt.type_string())]) }}, null, null
    from {{ ref('int_source__channels') }}
    union all
    select
        'session_rule', source_system, cast(valid_from as {{ dbt.type_string() }}),
        {{ content_hash([
            'session_rule', dbt.cast('uses_vendor_session', dbt.type_string()),
            dbt.cast('engaged_seconds', dbt.type_string()),
            dbt.cast('engaged_page_views', dbt.type_string()),
            dbt.cast('valid_to', dbt.type_string()),
        ]) }}, null, null
    from {{ ref('int_session__rules') }}
    union all
    select
        'event_name', null, written_name, {{ content_hash(['canonical_name', 'intent']) }},
        null, null
    from {{ ref('int_event__named') }}
    union all
    select
        'event_type', null, event_name || ' ' || cast(valid_from as {{ dbt.type_string() }}),
        {{ content_hash([
            dbt.cast('keeps_session', dbt.type_string()),
            dbt.cast('is_page_view', dbt.type_string()),
            dbt.cast('is_conversion', dbt.type_string()),
            dbt.cast('valid_to', dbt.type_string()),
        ]) }}, null, null
    from {{ ref('policy_event_type') }}
    union all
    select 'judged', null, null, cast(max(_judged) as {{ dbt.type_string() }}), null, null
    from events
    union all
    select 'current', null, null, cast(count(*) as {{ dbt.type_string() }}), null, null
    from events
    where is_current
)

select * from inputs

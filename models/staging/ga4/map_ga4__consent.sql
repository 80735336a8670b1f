-- Grain: one change of what a browser or app may store, as consent mode reports it with each event;
-- the first answer is a change too.
{{ config(materialized='view') }}

-- A token that is forgotten after the visit is used where analytics cookies were refused. Who
-- refused them has no id of a browser; a login, where there was one, says whose answer it is.
{% set answers = [
    ('analytics', "case when lower(privacy_info_uses_transient_token) = 'yes' then 'no'
            else lower(privacy_info_analytics_storage) end",
        'privacy_info_analytics_storage is not null'),
    ('analytics', "'no'", "privacy_info_analytics_storage is null
        and privacy_info_uses_transient_token is not null
        and lower(privacy_info_uses_transient_token) = 'yes'"),
    ('advertising', 'lower(privacy_info_ads_storage)', 'privacy_info_ads_storage is not null'),
] %}

-- Each column is asked for by itself, so that where none of it is filled nothing else is read.
with answered as (
    {%- for purpose, answer, is_told in answers %}
    select
        {{ provenance('ga4', 'event', derived=true, record_id=surrogate_key('signal', [
            row_salt(), 'coalesce(user_pseudo_id, user_id)', "'" ~ purpose ~ "'", answer,
            seconds_between("cast('1970-01-01' as timestamp)", 'event_timestamp'),
        ])) }},
        user_pseudo_id as contact_point,
        case when user_pseudo_id is null then user_id end as person_record_id,
        '{{ purpose }}' as purpose,
        {{ answer }} as answer,
        event_timestamp as captured_at
    from {{ landed_rows(ref('stg_ga4__event')) }} as landed
    where {{ is_told }}
        and coalesce(user_pseudo_id, user_id) is not null
        and {{ answer }} <> 'unset'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

{{ consent_signals('consent_mode') }}

-- Grain: one scope, or all of them, of which a consent event of Snowplow says something.
{{ config(materialized='view') }}
{% set columns = provenance_columns() | list + [
    'name', 'browser', 'user_id', 'captured_at', 'answer', 'lawful_basis', 'expiry', 'policy_version',
] %}

with events as (
    {{ snowplow_events() }}
),

{{ snowplow_answers() }},

-- A selection names what was chosen; what any answer names and this one leaves out was refused.
offered as (
    select {{ ordered_list('scope') }} as scopes
    from named
    where answer in ('allow_all', 'allow_selected')
),

asked as (
    {{ split_rows('(select * from answers cross join offered)', 'scopes', ';') }}
),

stated as (
    select {{ columns | join(', ') }}, scope as purpose, answer as action
    from named
    where answer not in ('deny_all', 'withdrawn', 'expired')
    union all
    select {{ columns | join(', ') }}, '*', answer
    from answers
    where answer in ('deny_all', 'withdrawn')
        or (answer <> 'expired' and source_record_id not in (
            select named.source_record_id from named
        ))
    union all
    select {{ columns | join(', ') }}, part, case answer when 'expired' then 'expire' else 'deny' end
    from asked
    where answer = 'expired'
        or (answer = 'allow_selected' and source_record_id || ':' || part not in (
            select named.source_record_id || ':' || named.scope from named
        ))
)

select
    {{ provenance_columns() | reject('equalto', 'source_record_id') | join(', ') }},
    source_record_id || ':' || purpose as source_record_id,
    'cookie' as contact_point_type,
    browser as contact_point,
    user_id as person_record_id,
    purpose,
    'web' as channel,
    action,
    lawful_basis,
    captured_at,
    {{ parse_timestamp('expiry', 'UTC') }} as effective_to,
    name as method,
    source_record_id as evidence_ref,
    policy_version
from stated

{# What persons did and what was done with them, in one shape for scoring, as a CTE body. Automatic mail
   is left out; a confirmation counts while the person is reached at the address that was confirmed. #}
{% macro scored_happenings(standing) %}
    select
        person_id,
        event_name as happening,
        event_at as happened_at,
        cast(null as {{ dbt.type_timestamp() }}) as ends_at,
        'event' as trigger_type,
        event_id as trigger_id,
        page_location as page,
        cast(null as {{ dbt.type_string() }}) as outcome,
        case event_name when 'technology_detected' then {{ json_text('properties', 'technology') }} end
            as technology,
        case event_name when 'external_score' then {{ json_text('properties', 'score') }} end as score
    from {{ ref('event') }}
    where person_id is not null
    union all
    select
        activity.person_id,
        case
            when activity.type = 'email' then activity.type || '_' || activity.direction
            else activity.type
        end as happening,
        activity.occurred_at as happened_at,
        null as ends_at,
        'activity' as trigger_type,
        activity.activity_id as trigger_id,
        null as page, activity.outcome, null as technology, null as score
    from {{ ref('activity') }} as activity
    where activity.person_id is not null and not activity.is_automated
    union all
    select
        person_id, 'consent_withdrawn' as happening, counts_from as happened_at, null as ends_at,
        'consent' as trigger_type, consent_event_id as trigger_id,
        null as page, null as outcome, null as technology, null as score
    from {{ ref('consent_event') }}
    where person_id is not null and action in ('withdraw', 'object', 'deny')
    union all
    select
        consents.person_id,
        'consent_confirmed' as happening,
        {{ greatest_of([
            "case consents.action when 'grant' then consents.double_opt_in_at
                else consents.counts_from end", 'addresses.valid_from',
        ]) }} as happened_at,
        addresses.replaced_at as ends_at,
        'consent' as trigger_type,
        consents.consent_event_id as trigger_id,
        null as page, null as outcome, null as technology, null as score
    from {{ ref('consent_event') }} as consents
    inner join {{ standing }} as addresses
        on consents.person_id = addresses.person_id
            and consents.contact_point_hash = addresses.value
    where addresses.attribute = 'email_key' and (
        consents.action = 'confirm'
        or (consents.action = 'grant' and consents.double_opt_in_at is not null)
    )
{%- endmacro %}

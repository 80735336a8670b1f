{# What persons did and what was done with them, in one shape for scoring, as a CTE body. Automatic mail
   is left out; a confirmation counts only for the address that the person is reached at. #}
{% macro scored_happenings(persons) %}
    select
        person_id,
        event_name as happening,
        event_at as happened_at,
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
        'activity' as trigger_type,
        activity.activity_id as trigger_id,
        null as page,
        activity.outcome,
        null as technology,
        null as score
    from {{ ref('activity') }} as activity
    where activity.person_id is not null and not activity.is_automated
    union all
    select
        consents.person_id,
        case
            when consents.action in ('withdraw', 'object', 'deny') then 'consent_withdrawn'
            else 'consent_confirmed'
        end as happening,
        case consents.action when 'grant' then consents.double_opt_in_at else consents.counts_from end
            as happened_at,
        'consent' as trigger_type,
        consents.consent_event_id as trigger_id,
        null as page,
        null as outcome,
        null as technology,
        null as score
    from {{ ref('consent_event') }} as consents
    inner join {{ persons }} as persons
        on consents.person_id = persons.person_id
    where consents.action in ('withdraw', 'object', 'deny')
        or (
            consents.contact_point_hash = persons.email_key
            and (
                consents.action = 'confirm'
                or (consents.action = 'grant' and consents.double_opt_in_at is not null)
            )
        )
{%- endmacro %}

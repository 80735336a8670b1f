-- Grain: one pair of a cookie and what its events say about who it is; the cookie may be null.
with events as (
    select * from {{ ref('int_event__checked') }}
    where is_current
        and coalesce(user_id, person_record_id, email) is not null
),

logins as (
    select
        source_system,
        anonymous_id,
        user_id,
        person_record_id,
        email,
        {{ login_key('events') }} as login_key,
        count(*) as event_count,
        min({{ event_moment('events') }}) as first_event_at,
        max({{ event_moment('events') }}) as last_event_at,
        min(_judged) as first_judged
    from events
    group by
        source_system,
        anonymous_id,
        user_id,
        person_record_id,
        email
)

select * from logins

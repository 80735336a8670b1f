{# CTE body: the moments whose B(t) make a time, each with its sign: the end less the start, and each
   pause the other way round. `spans` has started_at, measured_to, calendar_id and `columns`, `pauses`
   is made of it by paused_stretches. Where the calendar does not reach, utc_day is null. #}
{% macro clock_moments(spans, pauses, columns) -%}
    select
        moments.*,
        days.utc_day,
        {{ business_seconds('moments.moment', 'days') }} as business_at,
        {{ seconds_between(epoch(), 'moments.moment') }} as calendar_at
    from (
        {%- for relation, kind, sign, moment in [
            (spans, 'start', -1, 'started_at'), (spans, 'end', 1, 'measured_to'),
            (pauses, 'pause', 1, 'paused_from'), (pauses, 'pause', -1, 'paused_to'),
        ] %}
        select
            {{ columns | join(', ') }}, calendar_id,
            '{{ kind }}' as kind, {{ sign }} as sign, {{ moment }} as moment
        from {{ relation }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ) as moments
    left join {{ ref('business_day') }} as days
        on moments.calendar_id = days.calendar_id
            and cast(moments.moment as date) = days.utc_day
{%- endmacro %}

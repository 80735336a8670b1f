{# Query: the newest denials until a moment that cover each of the `subjects`: those made at the contact
   point itself, and those that the person made anywhere. #}
{% macro consent_coverage(moment) -%}
    select
        subjects.contact_point_hash,
        subjects.purpose,
        subjects.channel,
        max(newest.own_denial_at) as own_denial_at,
        max(newest.any_denial_at) as any_denial_at
    from subjects
    inner join (
        select
            contact_point_hash,
            purpose,
            channel,
            max(counts_from) as any_denial_at,
            max(case when is_own then counts_from end) as own_denial_at
        from denials
        where counts_from <= {{ moment }}
        group by contact_point_hash, purpose, channel
    ) as newest
        on subjects.contact_point_hash = newest.contact_point_hash
            and newest.purpose in ('*', subjects.purpose)
            and newest.channel in ('*', subjects.channel)
    group by subjects.contact_point_hash, subjects.purpose, subjects.channel
{%- endmacro %}

{# Query: the newest denial until a moment that covers each of the `subjects`. One that was made
   elsewhere by the same person covers too, unless each contact point stands for itself. #}
{% macro consent_coverage(moment) -%}
    select
        subjects.contact_point_hash,
        subjects.purpose,
        subjects.channel,
        max(case
            when coalesce(rules.resolution, '') = 'per_contact_point' then newest.own_denial_at
            else newest.any_denial_at
        end) as last_denial_at
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
    left join rules
        on subjects.contact_point_hash = rules.contact_point_hash
            and subjects.purpose = rules.purpose
            and subjects.channel = rules.channel
    group by subjects.contact_point_hash, subjects.purpose, subjects.channel
{%- endmacro %}

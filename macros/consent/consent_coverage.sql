{# Query: the newest denial until a moment that covers each contact point, purpose and channel. One
   that was made elsewhere by the same person covers too, unless each contact point stands for itself. #}
{% macro consent_coverage(moment) -%}
    select
        subjects.contact_point_hash,
        subjects.purpose,
        subjects.channel,
        max(denials.counts_from) as last_denial_at
    from ({{ consent_subjects(moment) }}) as subjects
    inner join denials
        on subjects.contact_point_hash = denials.contact_point_hash
            and denials.purpose in ('*', subjects.purpose)
            and denials.channel in ('*', subjects.channel)
    left join rules
        on subjects.contact_point_hash = rules.contact_point_hash
            and subjects.purpose = rules.purpose
            and subjects.channel = rules.channel
    where denials.counts_from <= {{ moment }}
        and (denials.is_own or coalesce(rules.resolution, '') <> 'per_contact_point')
    group by subjects.contact_point_hash, subjects.purpose, subjects.channel
{%- endmacro %}

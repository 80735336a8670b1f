{# Query: of the answers for browsers that a tracker sends with each event, those that are other than the
   one before; the first is a change too. Reads the CTE `answered`: the provenance, contact_point,
   person_record_id where there is no browser, purpose, answer (yes, no, unset) and captured_at. #}
{% macro consent_signals(method) -%}
    select
        {{ provenance_columns() | join(', ') }},
        'cookie' as contact_point_type,
        contact_point,
        person_record_id,
        purpose,
        'web' as channel,
        case answer when 'yes' then 'grant' when 'no' then 'deny' else answer end as action,
        case when answer = 'yes' then 'consent' end as lawful_basis,
        captured_at,
        '{{ method }}' as method
    from (
        select *, lag(answer) over (
            partition by purpose, contact_point, person_record_id
            order by captured_at, answer desc, _content_hash
        ) as answer_before
        from answered
    ) as ordered
    where coalesce(answer_before, 'unset') <> answer
{%- endmacro %}

{# CTEs: `firms` has for each handoff the firm that its person belonged to at that moment, the primary
   one first. A row is missing where nobody knows. #}
{% macro firms_then(handoffs) -%}
    {{ employers() }},

    firms as (
        select
            {{ handoffs }}.handoff_id,
            {{ last_by('employers.account_id', ['case when employers.is_primary then 1 else 0 end',
                'employers.valid_from', 'employers.account_id']) }} as account_id
        from {{ handoffs }}
        inner join employers
            on {{ handoffs }}.person_id = employers.person_id
                and {{ employed_at('employers', handoffs ~ '.handed_at') }}
        group by {{ handoffs }}.handoff_id
    )
{%- endmacro %}

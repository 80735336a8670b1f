{# Query: the persons who refuse a purpose on a channel, alone or with all others, and allow it at none of
   their contact points. #}
{% macro who_refuses(purpose, channel) -%}
    select person_id
    from {{ ref('consent_current') }}
    where purpose in ('*', '{{ purpose }}') and channel in ('*', '{{ channel }}')
        and person_id is not null
    group by person_id
    having max(case when state = 'denied' then 1 else 0 end) = 1
        and max(case when state = 'allowed' then 1 else 0 end) = 0
{%- endmacro %}

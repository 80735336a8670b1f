{# Query: the newest standing grants of each person, purpose and channel of the CTE `ruled`, where the
   policy is that the person's newest statement counts for all contact points. #}
{% macro consent_latest_grants() -%}
    select
        person_id, purpose, channel,
        max(own_consent_at) as person_consent_at,
        max(own_interest_at) as person_interest_at
    from ruled
    where resolution = 'latest' and person_id is not null
    group by person_id, purpose, channel
{%- endmacro %}

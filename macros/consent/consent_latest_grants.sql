{# Query: the newest standing grant of the person of each of the `subjects`, where the policy is that the
   person's newest statement counts for all contact points. #}
{% macro consent_latest_grants() -%}
    select
        rules.contact_point_hash,
        rules.purpose,
        rules.channel,
        max(subjects.own_grant_at) as person_grant_at
    from rules
    inner join subjects
        on rules.person_id = subjects.person_id
            and rules.purpose = subjects.purpose
            and rules.channel = subjects.channel
    where rules.resolution = 'latest'
    group by rules.contact_point_hash, rules.purpose, rules.channel
{%- endmacro %}

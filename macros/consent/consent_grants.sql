{# Query: the newest grant that stands at a moment. It has begun and not expired, is confirmed where it
   has to be, and is for one purpose. Where the newest statement of the person counts (`latest`), a
   grant at any of the person's contact points does. #}
{% macro consent_grants(moment) -%}
    select contact_point_hash, purpose, channel, max(granted_at) as last_grant_at
    from (
        select contact_point_hash, purpose, channel, counts_from as granted_at
        from statements
        where {{ is_standing_grant(moment) }}
        union all
        select rules.contact_point_hash, rules.purpose, rules.channel, elsewhere.counts_from
        from rules
        inner join (
            select person_id, purpose, channel, max(counts_from) as counts_from
            from statements
            where {{ is_standing_grant(moment) }} and person_id is not null
            group by person_id, purpose, channel
        ) as elsewhere
            on rules.person_id = elsewhere.person_id
                and rules.purpose = elsewhere.purpose
                and rules.channel = elsewhere.channel
        where rules.resolution = 'latest'
    ) as granted
    group by contact_point_hash, purpose, channel
{%- endmacro %}

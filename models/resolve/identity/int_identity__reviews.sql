-- Grain: one reason to take two records for one person that was refused, for each limit it would
-- break, for people to review.
with refused_values as (
    select record_key, id_type, id_value, reason from {{ ref('int_identifier__refused') }}
    where reason like '%.hub' or reason like '%.shared' or reason like '%.unconfirmed'
),

refused_joins as (
    select * from {{ ref('int_identity__refused') }}
),

-- Of these values many may have something. The same value can be another kind of claim where its
-- record is better known.
claimed as (
    select distinct asked.id_type, asked.id_value, claims.record_key
    from (
        select id_type, id_value from refused_values
        union
        select id_type, id_value from refused_joins where conflict_type = 'person'
    ) as asked
    inner join {{ ref('int_identifier__claims') }} as claims
        on asked.id_value = claims.id_value
),

members as (
    select record_key, person_id, source_system, source_record_id
    from {{ ref('int_person__members') }}
),

clusters as (
    select cluster, min(record_key) as record_key from {{ ref('int_identity__clusters') }}
    group by cluster
),

holders as (
    select
        claimed.id_type,
        claimed.id_value,
        count(distinct members.person_id) as person_count,
        min(members.person_id) as first_person_id,
        max(members.person_id) as last_person_id
    from claimed
    inner join members
        on claimed.record_key = members.record_key
    group by claimed.id_type, claimed.id_value
),

reviews as (
    select
        refused_values.record_key,
        refused_values.id_type,
        refused_values.id_value,
        refused_values.reason,
        cast(null as {{ dbt.type_string() }}) as conflict_type,
        cast(null as {{ dbt.type_string() }}) as conflicting_values,
        cast(null as {{ dbt.type_string() }}) as other_conflicting_values,
        case
            when holders.person_count <> 2 then null
            when holders.first_person_id = members.person_id then holders.last_person_id
            else holders.first_person_id
        end as other_person_id,
        holders.person_count
    from refused_values
    inner join holders
        on refused_values.id_type = holders.id_type and refused_values.id_value = holders.id_value
    inner join members
        on refused_values.record_key = members.record_key
    where holders.person_count > 1
    union all
    select
        refused_joins.record_key,
        refused_joins.id_type,
        refused_joins.id_value,
        case
            when refused_joins.conflict_type like 'override:%' then 'identity.override.never_merge'
            when refused_joins.conflict_type like 'record:%' then 'identity.record.exceeded'
            when refused_joins.conflict_type = 'first_name' then 'identity.first_name.contradicted'
            else 'identity.' || refused_joins.conflict_type || '.exceeded'
        end as reason,
        refused_joins.conflict_type,
        refused_joins.conflicting_values,
        refused_joins.other_conflicting_values,
        others.person_id as other_person_id,
        coalesce(holders.person_count, 2) as person_count
    from refused_joins
    left join holders
        on refused_joins.id_type = holders.id_type and refused_joins.id_value = holders.id_value
    left join clusters on refused_joins.other_cluster = clusters.cluster
    left join members as others on clusters.record_key = others.record_key
    union all
    select
        alike.left_record_key as record_key,
        'similar_record' as id_type,
        alike.right_record_key as id_value,
        alike.reason,
        cast(null as {{ dbt.type_string() }}) as conflict_type,
        cast(null as {{ dbt.type_string() }}) as conflicting_values,
        cast(null as {{ dbt.type_string() }}) as other_conflicting_values,
        others.person_id as other_person_id,
        2 as person_count
    from {{ ref('int_match__decided') }} as alike
    inner join members on alike.left_record_key = members.record_key
    inner join members as others on alike.right_record_key = others.record_key
    where alike.decision = 'review' and members.person_id <> others.person_id
),

keyed as (
    select
        {{ surrogate_key('rev', ['reviews.record_key', 'reviews.id_type', 'reviews.id_value',
            'reviews.reason', "coalesce(reviews.conflict_type, '')"]) }} as identity_review_id,
        members.source_system,
        members.source_record_id,
        members.person_id,
        reviews.*
    from reviews
    inner join members
        on reviews.record_key = members.record_key
)

select * from keyed

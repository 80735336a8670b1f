-- Grain: one measure of how well records were put together, of all or of one part.
with records as (
    select * from {{ ref('int_person__members') }}
    where not is_merged_away
),

claims as (
    select
        count(*) as claim_count,
        sum(case when judged.verdict = 'refused' then 1 else 0 end) as refused_count
    from {{ ref('int_identifier__claims') }} as claimed
    inner join {{ ref('int_identifier__judged') }} as judged
        on claimed.id_type = judged.id_type and claimed.id_value = judged.id_value
),

sizes as (
    select
        person_id,
        count(*) as record_count,
        count(distinct source_system) as system_count
    from records
    group by person_id
),

in_systems as (
    select
        records.source_system,
        records.person_id,
        count(*) as record_count,
        max(sizes.system_count) as system_count
    from records
    inner join sizes
        on records.person_id = sizes.person_id
    group by records.source_system, records.person_id
),

sized as (
    select
        *,
        case
            when record_count = 1 then '1'
            when record_count = 2 then '2'
            when record_count <= 5 then '3 to 5'
            when record_count <= 10 then '6 to 10'
            when record_count <= 25 then '11 to 25'
            else '26 and more'
        end as size_class,
        count(*) over () as person_count
    from sizes
),

measured as (
    select
        'duplicate_rate' as metric,
        source_system as scope,
        sum(record_count - 1) as numerator,
        sum(record_count) as denominator
    from in_systems
    group by source_system
    union all
    select
        'match_rate' as metric,
        source_system as scope,
        sum(case when system_count > 1 then 1 else 0 end) as numerator,
        count(*) as denominator
    from in_systems
    group by source_system
    union all
    select
        'persons_by_size' as metric,
        size_class as scope,
        count(*) as numerator,
        max(person_count) as denominator
    from sized
    group by size_class
    union all
    select
        'largest_person' as metric,
        'all' as scope,
        max(record_count) as numerator,
        1 as denominator
    from sizes
    union all
    select
        'refused_rate' as metric,
        'all' as scope,
        refused_count as numerator,
        claim_count as denominator
    from claims
    union all
    select
        'probabilistic_rate' as metric,
        'all' as scope,
        sum(case when match_tier = 'probabilistic' then 1 else 0 end) as numerator,
        count(*) as denominator
    from records
)

select * from measured

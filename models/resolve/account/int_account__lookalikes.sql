-- Grain: one pair of live company records of one place whose names are the same or alike.
with records as (
    select
        record_key,
        source_system,
        {{ company_name_key('name') }} as name_key,
        {{ regex_replace(company_name_key('name'), '[^0-9]', '') }} as name_digits,
        {{ host_of('domain') }} as host,
        {{ compared_text('postcode') }} as postcode,
        {{ compared_text('city') }} as city,
        lower(trim(country)) as country
    from {{ ref('int_account__checked') }}
    where is_current and not coalesce(is_deleted, false)
),

policy as (
    select is_for, method, confidence
    from {{ ref('policy_account_match') }} as policy
    where is_on and {{ in_force('policy') }}
),

-- Firms of one town whose names begin alike; where that is a crowd, it tells nothing.
blocks as (
    select record_key, city as block_key from records where city is not null
    union all
    select record_key, postcode as block_key from records where postcode is not null
),

keyed as (
    select
        records.*,
        blocks.block_key,
        substr(records.name_key, 1, 4) as name_start,
        count(*) over (partition by blocks.block_key, substr(records.name_key, 1, 4)) as block_size
    from records
    inner join blocks
        on records.record_key = blocks.record_key
    where records.name_key is not null
),

pairs as (
    select distinct
        left_side.record_key as left_record_key,
        right_side.record_key as right_record_key,
        left_side.source_system as left_system,
        right_side.source_system as right_system,
        coalesce(left_side.host <> right_side.host, false) as has_two_domains,
        case when left_side.name_key = right_side.name_key then 'name_and_place'
            else 'similar_name_and_place'
        end as method
    from keyed as left_side
    inner join keyed as right_side
        on left_side.block_key = right_side.block_key
            and left_side.name_start = right_side.name_start
            and left_side.record_key < right_side.record_key
    where left_side.block_size <= 100
        and {{ same_place('left_side', 'right_side') }}
        and (
            left_side.name_key = right_side.name_key
            or {{ company_names_alike('left_side', 'right_side') }}
        )
),

counted as (
    select
        *,
        count(*) over (partition by left_record_key, right_system) as left_count,
        count(*) over (partition by right_record_key, left_system) as right_count
    from pairs
),

-- People decide on two records of one system, on two web domains, and where a third is alike too.
lookalikes as (
    select
        counted.left_record_key,
        counted.right_record_key,
        counted.method,
        coalesce(merging.confidence, reviewing.confidence) as confidence,
        case when merging.method is not null then 'merge' else 'review' end as decision
    from counted
    left join policy as merging
        on merging.is_for = 'account_merge'
            and counted.method = merging.method
            and counted.left_system <> counted.right_system
            and not counted.has_two_domains
            and counted.left_count = 1
            and counted.right_count = 1
    left join policy as reviewing
        on reviewing.is_for = 'account_review' and counted.method = reviewing.method
    where coalesce(merging.method, reviewing.method) is not null
)

select * from lookalikes

-- Grain: one identifier, with what it may do and why.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_replaced(ref('int_identifier__rejudged'), ['identifier_key']) }}",
) }}

with grown as (
    select * from {{ ref('int_identifier__grown') }}
),

bearers as (
    select bearers.*
    from {{ ref('int_identifier__bearers') }} as bearers
    left join grown
        on bearers.identifier_key = grown.identifier_key
    where grown.identifier_key is null
),

unusable as (
    select
        claims.id_type,
        claims.id_value,
        claims.identifier_key,
        count(*) as record_count,
        min(claims.problem) as problem
    from {{ ref('int_identifier__claims') }} as claims
    inner join {{ ref('int_identifier__rejudged') }} as rejudged
        on claims.identifier_key = rejudged.identifier_key
    where claims.problem is not null
    group by claims.id_type, claims.id_value, claims.identifier_key
),

conflicts as (
    select * from {{ ref('int_identifier__name_conflicts') }}
),

counted as (
    select
        id_type,
        id_value,
        identifier_key,
        min(tier) as tier,
        min(priority) as priority,
        max(case when may_merge then 1 else 0 end) = 1 as may_merge,
        max(max_anchors) as max_anchors,
        count(*) as record_count,
        count(distinct anchor) as anchor_count,
        min(record_key) as first_record_key,
        max(given_name) as given_name,
        coalesce({{ names_differ('given_name') }}, false) as names_differ
    from bearers
    group by id_type, id_value, identifier_key
),

judged as (
    select
        counted.id_type,
        counted.id_value,
        counted.identifier_key,
        counted.tier,
        counted.priority,
        counted.record_count,
        counted.first_record_key,
        counted.given_name,
        counted.names_differ,
        case
            when counted.anchor_count > counted.max_anchors
                then 'identifier.' || counted.id_type || '.hub'
            when conflicts.id_value is not null
                then 'identifier.' || counted.id_type || '.shared'
        end as reason,
        case
            when not counted.may_merge then 'recorded'
            when counted.anchor_count > counted.max_anchors or conflicts.id_value is not null
                then 'refused'
            else 'admitted'
        end as verdict
    from counted
    left join conflicts
        on counted.id_type = conflicts.id_type and counted.id_value = conflicts.id_value
    union all
    select
        id_type,
        id_value,
        identifier_key,
        cast(null as {{ dbt.type_int() }}) as tier,
        cast(null as {{ dbt.type_int() }}) as priority,
        record_count,
        cast(null as {{ dbt.type_string() }}) as first_record_key,
        cast(null as {{ dbt.type_string() }}) as given_name,
        false as names_differ,
        problem as reason,
        'refused' as verdict
    from unusable
    union all
    select
        id_type,
        id_value,
        identifier_key,
        tier,
        priority,
        record_count,
        first_record_key,
        given_name,
        false as names_differ,
        cast(null as {{ dbt.type_string() }}) as reason,
        verdict
    from grown
)

select * from judged

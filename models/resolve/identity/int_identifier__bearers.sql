-- Grain: one usable identifier that is judged in this build, of one person record, with the
-- record's anchor and name.
with claims as (
    select
        claimed.record_key,
        claimed.id_type,
        claimed.id_value,
        claimed.identifier_key
    from {{ ref('int_identifier__claims') }} as claimed
    inner join {{ ref('int_identifier__rejudged') }} as rejudged
        on claimed.identifier_key = rejudged.identifier_key
    where claimed.problem is null
),

types as (
    select * from {{ ref('policy_identifier_type') }} as policy
    where {{ in_force('policy') }}
),

anchors as (
    select * from {{ ref('int_identity__anchors') }}
),

named as (
    select distinct claims.record_key
    from claims
    inner join types
        on claims.id_type = types.id_type
    where types.names_must_agree
),

records as (
    select
        checked.record_key,
        min(lower(trim(checked.first_name))) as first_name,
        min(lower(trim(checked.last_name))) as last_name
    from {{ ref('int_person__checked') }} as checked
    inner join named
        on checked.record_key = named.record_key
    where checked.is_current
    group by checked.record_key
),

written_names as (
    select first_name as written from records
    union
    select last_name as written from records
),

names as (
    select written, {{ given_name('written') }} as name
    from written_names
    where written is not null
),

bearers as (
    select
        claims.record_key,
        claims.id_type,
        claims.id_value,
        claims.identifier_key,
        types.tier,
        types.priority,
        types.may_merge,
        types.max_anchors,
        -- What tier 0 joined is counted once, except where tier 0 itself is judged.
        case
            when types.tier = 0 then claims.record_key
            else coalesce(anchors.component, claims.record_key)
        end as anchor,
        case when types.names_must_agree then given_names.name end as given_name,
        case when types.names_must_agree then last_names.name end as last_name
    from claims
    inner join types
        on claims.id_type = types.id_type
    left join anchors
        on claims.record_key = anchors.node
    left join records
        on claims.record_key = records.record_key
    left join names as given_names
        on records.first_name = given_names.written
    left join names as last_names
        on records.last_name = last_names.written
)

select * from bearers

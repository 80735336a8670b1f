-- Grain: one usable identifier that is judged in this build, of one person record, with the
-- record's anchor and name. Of identifiers that only grew the newcomers are enough.
-- depends_on: {{ ref('int_identifier__grown') }}, {{ ref('int_identity__changed') }}
{{ config(packed='where_whole') }}

with claims as (
    select
        claimed.record_key,
        claimed.id_type,
        claimed.id_value,
        claimed.identifier_key
    from {{ ref('int_identifier__claims') }} as claimed
    where claimed.problem is null
        and claimed.identifier_key in (
            select rejudged.identifier_key
            from {{ ref('int_identifier__rejudged') }} as rejudged
            {%- if is_anything_settled() %}
            left join {{ ref('int_identifier__grown') }} as grown
                on rejudged.identifier_key = grown.identifier_key
            where grown.identifier_key is null
            {%- endif %}
        )
    {%- if is_anything_settled() %}
    union all
    {{ claims_of_pending() }}
        and claimed.identifier_key in (
            select identifier_key from {{ ref('int_identifier__grown') }}
        )
    {%- endif %}
),

types as (
    select * from {{ ref('policy_identifier_type') }} as policy
    where {{ in_force('policy') }}
),

anchors as (
    select * from {{ ref('int_identity__anchors') }}
),

{{ bearer_names('claims', ref('int_person__checked')) }},

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
        case when types.names_must_agree then names.given_name end as given_name,
        case when types.names_must_agree then names.last_name end as last_name
    from claims
    inner join types
        on claims.id_type = types.id_type
    left join anchors
        on claims.record_key = anchors.node
    left join names
        on claims.record_key = names.record_key
)

select * from bearers

-- Grain: one pair of records that are alike, with what follows from it and why no more does.
with scored as (
    select * from {{ ref('int_match__scored') }}
),

thresholds as (
    {{ match_active() }}
),

-- What a guard refused for these two records, likeness does not give back.
refused as (
    select record_key, id_type, id_value
    from {{ ref('int_identifier__refused') }}
    where reason like 'identifier.%.shared' or reason like 'identifier.%.hub'
),

guarded as (
    select distinct scored.left_record_key, scored.right_record_key
    from scored
    inner join refused as left_claim
        on scored.left_record_key = left_claim.record_key
    inner join refused as right_claim
        on scored.right_record_key = right_claim.record_key
            and left_claim.id_type = right_claim.id_type
            and left_claim.id_value = right_claim.id_value
),

-- The reason why a pair is not merged, whatever its probability.
judged as (
    select
        scored.*,
        case
            when scored.has_two_logins then 'match.two_logins'
            when guarded.left_record_key is not null then 'match.refused_identifier'
            when scored.agreeing_names < 2 then 'match.one_name_only'
            when scored.weight_besides_names < merging.min_bits_besides_names
                then 'match.names_only'
            when scored.is_one_system and merging.is_across_systems_only then 'match.one_system'
        end as hindrance,
        scored.match_probability >= merging.min_probability as is_sure,
        scored.match_probability >= reviewing.min_probability
        -- People of one household or firm are alike in half of what is compared.
        and (scored.agreeing_names > 1 or scored.own_weight > 0) as is_worth_a_look
    from scored
    left join guarded
        on scored.left_record_key = guarded.left_record_key
            and scored.right_record_key = guarded.right_record_key
    left join thresholds as merging
        on merging.decision = 'merge'
    left join thresholds as reviewing
        on reviewing.decision = 'review'
),

decided as (
    select
        left_record_key,
        right_record_key,
        rule_id,
        match_weight,
        match_probability,
        case when is_sure and hindrance is null then 'merge' else 'review' end as decision,
        case
            when is_sure and hindrance is null then 'match.likely'
            else coalesce(hindrance, 'match.unsure')
        end as reason
    from judged
    where (is_sure and hindrance is null) or is_worth_a_look
)

select * from decided

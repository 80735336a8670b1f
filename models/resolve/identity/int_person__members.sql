-- Grain: one person record, or one record id that its system merged away, with its one person.
with clusters as (
    select *, {{ root_record() }} as root_record_key
    from {{ ref('int_identity__clusters') }}
),

registered as (
    select record_key, person_id from {{ ref('int_identity__registry') }}
    where to_run is null
),

claims as (
    select
        claimed.record_key,
        claimed.id_type,
        claimed.id_value,
        judged.priority
    from {{ ref('int_identifier__claims') }} as claimed
    inner join {{ ref('int_identifier__judged') }} as judged
        on claimed.id_type = judged.id_type and claimed.id_value = judged.id_value
    left join {{ ref('int_identity__refused') }} as refused
        on claimed.record_key = refused.record_key
            and claimed.id_type = refused.id_type
            and claimed.id_value = refused.id_value
    where judged.verdict = 'admitted'
        and refused.record_key is null
        and (
            judged.record_count > 1
            or (claimed.id_type = 'crm_id' and claimed.id_value <> claimed.record_key)
        )
),

pairs as (
    select
        put_together.node_a,
        put_together.node_b,
        put_together.rule_id,
        put_together.match_tier,
        put_together.priority
    from {{ ref('int_identity__pairs') }} as put_together
    left join {{ ref('int_identity__refused') }} as refused
        on put_together.node_a = refused.record_key
            and put_together.rule_id = refused.id_type
            and put_together.node_b = refused.id_value
    where refused.record_key is null
),

reasons as (
    select
        record_key,
        'same_' || id_type as rule_id,
        'deterministic' as match_tier,
        priority,
        id_value
    from claims
    union all
    select node_a as record_key, rule_id, match_tier, priority, node_b as id_value
    from pairs
    union all
    select node_b as record_key, rule_id, match_tier, priority, node_a as id_value
    from pairs
),

-- Why a record is where it is: the strongest reason that it has.
links as (
    select
        record_key,
        rule_id,
        match_tier,
        row_number() over (
            partition by record_key
            order by priority, rule_id, id_value
        ) as place
    from reasons
),

members as (
    select
        clusters.record_key,
        registered.person_id,
        clusters.root_record_key,
        coalesce(clusters.source_system, {{ record_system('clusters.record_key') }})
            as source_system,
        coalesce(
            clusters.source_record_id,
            substr(clusters.record_key, {{ string_position("':'", 'clusters.record_key') }} + 1)
        ) as source_record_id,
        coalesce(links.match_tier, 'deterministic') as match_tier,
        case
            when clusters.is_merged_away then 'same_crm_id'
            else coalesce(links.rule_id, 'own_record')
        end as rule_id,
        clusters.record_key = clusters.root_record_key as is_root,
        clusters.is_merged_away,
        clusters.is_deleted,
        clusters.known_since as valid_from
    from clusters
    left join registered
        on clusters.record_key = registered.record_key
    left join links
        on clusters.record_key = links.record_key and links.place = 1
)

select * from members

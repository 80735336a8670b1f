-- Grain: one person record, or one record id that its system merged away, with its one person.
with components as (
    select * from {{ ref('int_identity__components') }}
),

records as (
    select
        record_key,
        min(source_system) as source_system,
        min(source_record_id) as source_record_id,
        min(created_at) as created_at,
        min(coalesce(created_at, record_updated_at)) as known_since,
        min(case when is_deleted then 1 else 0 end) = 1 as is_deleted
    from {{ ref('int_person__checked') }}
    where is_current
    group by record_key
),

shared as (
    select
        claims.record_key,
        judged.priority,
        claims.id_type,
        'same_' || claims.id_type as rule_id
    from {{ ref('int_identifier__claims') }} as claims
    inner join {{ ref('int_identifier__judged') }} as judged
        on claims.id_type = judged.id_type and claims.id_value = judged.id_value
    where judged.verdict = 'admitted'
        and (
            judged.record_count > 1
            or (claims.id_type = 'crm_id' and claims.id_value <> claims.record_key)
        )
    union all
    select alike.record_key, 1000 as priority, 'likeness' as id_type, 'similar_record' as rule_id
    from ({{ alike_records() }}) as alike
),

-- Why a record is where it is: the strongest value it shares with another.
links as (
    select
        record_key,
        rule_id,
        row_number() over (partition by record_key order by priority, id_type) as place
    from shared
),

-- The person is named after its oldest record: newer ones join it, they do not rename it.
ranked as (
    select
        components.component,
        components.node as record_key,
        records.source_system,
        records.source_record_id,
        records.created_at,
        records.known_since,
        records.is_deleted,
        records.record_key is null as is_merged_away,
        row_number() over (
            partition by components.component
            order by
                case when records.record_key is null then 1 else 0 end,
                records.created_at nulls last,
                components.node
        ) as place
    from components
    left join records
        on components.node = records.record_key
),

roots as (
    select component, record_key as root_record_key
    from ranked
    where place = 1
),

members as (
    select
        ranked.record_key,
        {{ surrogate_key('per', ['roots.root_record_key']) }} as person_id,
        roots.root_record_key,
        coalesce(
            ranked.source_system,
            substr(ranked.record_key, 1, {{ string_position("':'", 'ranked.record_key') }} - 1)
        ) as source_system,
        coalesce(
            ranked.source_record_id,
            substr(ranked.record_key, {{ string_position("':'", 'ranked.record_key') }} + 1)
        ) as source_record_id,
        case
            when links.rule_id = 'similar_record' then 'probabilistic'
            else 'deterministic'
        end as match_tier,
        case
            when ranked.is_merged_away then 'same_crm_id'
            else coalesce(links.rule_id, 'own_record')
        end as rule_id,
        ranked.place = 1 as is_root,
        ranked.is_merged_away,
        coalesce(ranked.is_deleted, false) as is_deleted,
        ranked.known_since as valid_from
    from ranked
    inner join roots
        on ranked.component = roots.component
    left join links
        on ranked.record_key = links.record_key and links.place = 1
)

select * from members

-- Grain: one company record, or one record id that its system merged away, with its one account.
with components as (
    select * from {{ ref('int_account__components') }}
),

records as (
    select
        record_key,
        min(source_system) as source_system,
        min(source_record_id) as source_record_id,
        min(created_at) as created_at,
        min(coalesce(created_at, record_updated_at)) as known_since,
        min(case when is_deleted then 1 else 0 end) = 1 as is_deleted
    from {{ ref('int_account__checked') }}
    where is_current
    group by record_key
),

ends as (
    select node_a as record_key, id_type from {{ ref('int_account__edges') }} where node_a <> node_b
    union all
    select node_b as record_key, id_type from {{ ref('int_account__edges') }} where node_a <> node_b
),

-- 'crm_id' comes before 'domain', and that before 'likeness', in every sense.
links as (
    select record_key, min(id_type) as id_type
    from ends
    group by record_key
),

ranked as (
    select
        components.component,
        components.node as record_key,
        records.source_system,
        records.source_record_id,
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
        {{ surrogate_key('acc', ['roots.root_record_key']) }} as account_id,
        roots.root_record_key,
        coalesce(
            ranked.source_system,
            substr(ranked.record_key, 1, {{ string_position("':'", 'ranked.record_key') }} - 1)
        ) as source_system,
        coalesce(
            ranked.source_record_id,
            substr(ranked.record_key, {{ string_position("':'", 'ranked.record_key') }} + 1)
        ) as source_record_id,
        coalesce('same_' || links.id_type, 'own_record') as rule_id,
        ranked.place = 1 as is_root,
        ranked.is_merged_away,
        coalesce(ranked.is_deleted, false) as is_deleted,
        ranked.known_since as valid_from
    from ranked
    inner join roots
        on ranked.component = roots.component
    left join links
        on ranked.record_key = links.record_key
)

select * from members

-- Grain: one company record, or one record id that its system merged away, with its one account.
with components as (
    select node as record_key, component as cluster from {{ ref('int_account__components') }}
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

{{ recorded_nodes('components', ref('int_account__checked')) }},

rooted as (
    select *, {{ root_record() }} as root_record_key from recorded
),

members as (
    select
        rooted.record_key,
        {{ surrogate_key('acc', ['rooted.root_record_key']) }} as account_id,
        rooted.root_record_key,
        coalesce(rooted.source_system, {{ record_system('rooted.record_key') }}) as source_system,
        coalesce(
            rooted.source_record_id,
            substr(rooted.record_key, {{ string_position("':'", 'rooted.record_key') }} + 1)
        ) as source_record_id,
        coalesce('same_' || links.id_type, 'own_record') as rule_id,
        rooted.record_key = rooted.root_record_key as is_root,
        rooted.is_merged_away,
        rooted.is_deleted,
        rooted.known_since as valid_from
    from rooted
    left join links
        on rooted.record_key = links.record_key
)

select * from members

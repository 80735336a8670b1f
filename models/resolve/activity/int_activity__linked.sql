-- Grain: one activity record in its current version, with the records that it is linked to.
with activities as (
    select * from {{ ref('int_activity__checked') }}
    where is_current and not is_deleted
),

links as (
    select * from {{ ref('int_link__checked') }}
    where disposition = 'accepted' and from_object = 'activity' and not is_deleted
),

-- An activity with several contacts is shown at the first of them; its links keep all.
first_links as (
    select
        source_system,
        from_record_id,
        min(case when to_object = 'person' then to_record_id end) as person_record_id,
        min(case when to_object = 'account' then to_record_id end) as account_record_id,
        min(case when to_object = 'opportunity' then to_record_id end) as opportunity_record_id
    from links
    group by source_system, from_record_id
),

linked as (
    select
        {{ surrogate_key('act', [
            'activities.source_system', 'activities.source_object', 'activities.source_record_id',
        ]) }} as activity_id,
        activities.source_system,
        activities.source_record_id,
        activities.activity_type,
        activities.direction,
        activities.outcome,
        activities.is_automated,
        activities.occurred_at,
        activities.owner_record_id,
        activities._content_hash,
        activities._loaded_at,
        activities.source_system || ':'
            || coalesce(activities.person_record_id, first_links.person_record_id) as person_key,
        activities.source_system || ':'
            || coalesce(activities.account_record_id, first_links.account_record_id) as account_key,
        coalesce(activities.opportunity_record_id, first_links.opportunity_record_id)
            as opportunity_record_id
    from activities
    left join first_links
        on activities.source_system = first_links.source_system
            and activities.source_record_id = first_links.from_record_id
)

select * from linked

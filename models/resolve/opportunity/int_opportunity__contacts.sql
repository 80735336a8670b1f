-- Grain: one opportunity, person and role.
with opportunities as (
    select * from {{ ref('int_opportunity__linked') }}
),

links as (
    select * from {{ ref('int_link__checked') }}
    where disposition = 'accepted' and from_object = 'opportunity' and to_object = 'person'
        and not is_deleted
),

named as (
    select
        opportunities.opportunity_id,
        opportunities.source_system,
        opportunities.source_record_id,
        links.to_record_id as person_record_id,
        links.role,
        coalesce(links.is_primary, false) as is_primary,
        links._loaded_at
    from opportunities
    inner join links
        on opportunities.source_system = links.source_system
            and opportunities.source_record_id = links.from_record_id
    union all
    select
        opportunity_id,
        source_system,
        source_record_id,
        person_record_id,
        null as role,
        true as is_primary,
        _loaded_at
    from opportunities
    where person_record_id is not null
),

contacts as (
    select
        named.opportunity_id,
        members.person_id,
        coalesce(lower(named.role), 'contact') as role,
        min(named.source_system) as source_system,
        min(named.source_record_id) as source_record_id,
        max(case when named.is_primary then 1 else 0 end) = 1 as is_primary,
        max(named._loaded_at) as _loaded_at
    from named
    inner join {{ ref('int_person__members') }} as members
        on named.source_system || ':' || named.person_record_id = members.record_key
    group by named.opportunity_id, members.person_id, coalesce(lower(named.role), 'contact')
),

ranked as (
    select
        *,
        row_number() over (
            partition by opportunity_id
            order by is_primary desc, person_id, role
        ) = 1 as is_primary_contact
    from contacts
)

select * from ranked

-- Grain: one stay of an address with a person, of an address that went from one person to another:
-- nobody got it before the one before had given it up. Of any other address there is no row.
with held as (
    select
        checked.record_key,
        emails.match_hash as address_key,
        members.person_id
    from {{ ref('int_person__checked') }} as checked
    inner join {{ ref('int_email__normalised') }} as emails
        on checked.email = emails.written
    inner join {{ ref('int_person__members') }} as members
        on checked.record_key = members.record_key
    where checked.disposition = 'accepted' and emails.problem is null
),

of_several as (
    select address_key from held
    group by address_key
    having min(person_id) <> max(person_id)
),

holders as (
    select distinct held.record_key
    from held
    inner join of_several
        on held.address_key = of_several.address_key
),

records as (
    select
        checked.record_key,
        checked.email,
        checked.created_at,
        checked.record_updated_at,
        checked.is_deleted,
        checked._loaded_at,
        checked._content_hash
    from {{ ref('int_person__checked') }} as checked
    inner join holders
        on checked.record_key = holders.record_key
    where checked.disposition = 'accepted'
),

-- A record has its address from one version to the next; a deleted one gave it up that day.
versions as (
    select
        record_key,
        email,
        case
            when lag(record_key) over (
                partition by record_key
                order by record_updated_at nulls first, _loaded_at nulls first, _content_hash
            ) is null then coalesce(created_at, record_updated_at)
            else record_updated_at
        end as held_from,
        coalesce(
            lead(record_updated_at) over (
                partition by record_key
                order by record_updated_at nulls first, _loaded_at nulls first, _content_hash
            ),
            case when is_deleted then record_updated_at end
        ) as held_until
    from records
),

stays as (
    select
        emails.match_hash as address_key,
        members.person_id,
        min(versions.held_from) as held_from,
        case when count(*) = count(versions.held_until) then max(versions.held_until) end
            as held_until
    from versions
    inner join {{ ref('int_email__normalised') }} as emails
        on versions.email = emails.written
    inner join {{ ref('int_person__members') }} as members
        on versions.record_key = members.record_key
    where emails.problem is null
    group by emails.match_hash, members.person_id
),

in_turn as (
    select
        stays.*,
        lag(held_until) over (
            partition by address_key order by held_from nulls first, held_until, person_id
        ) as given_up_at,
        row_number() over (
            partition by address_key order by held_from nulls first, held_until, person_id
        ) as turn,
        count(*) over (partition by address_key) as owner_count
    from stays
),

-- Where two had it at a time, or nobody knows since when, it is not known whose it was on a day.
handed_on as (
    select address_key
    from in_turn
    where owner_count > 1
    group by address_key
    having min(case when turn = 1 or given_up_at <= held_from then 1 else 0 end) = 1
)

select
    in_turn.address_key,
    in_turn.person_id,
    case when in_turn.turn = 1 then {{ unknown_start() }} else in_turn.held_from end as owned_from,
    case
        when in_turn.turn = in_turn.owner_count then {{ unknown_end() }}
        else in_turn.held_until
    end as owned_until
from in_turn
inner join handed_on
    on in_turn.address_key = handed_on.address_key

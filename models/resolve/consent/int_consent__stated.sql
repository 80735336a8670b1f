-- Grain: one accepted statement about consent, with its person and contact point.
with statements as (
    select *, {{ contact_point_key('contact_point') }} as contact_key
    from {{ ref('int_consent__ledger') }}
),

members as (
    select * from {{ ref('int_person__members') }}
),

addresses as (
    select * from {{ ref('int_identifier__person') }}
    where id_type in ('email', 'phone')
),

-- A system may say only whose consent it is: then it is that record's own address, and where it has
-- none the record itself stands for it, so that a denial still covers the person.
record_addresses as (
    select record_key, max({{ email_address('email') }}) as email
    from {{ ref('int_person__checked') }}
    where is_current
    group by record_key
),

-- What a browser says is said by the one person who is known to use it.
browsers as (
    select
        'cookie' as contact_point_type,
        {{ contact_point_key('anonymous_id') }} as contact_key,
        min(person_id) as person_id
    from {{ ref('int_anonymous__person') }}
    where person_id is not null
    group by {{ contact_point_key('anonymous_id') }}
    having count(distinct person_id) = 1
),

joined as (
    select
        statements.*,
        coalesce(members.person_id, addresses.person_id, browsers.person_id) as person_id,
        {{ keyed_hash(
            "coalesce(statements.contact_key, record_addresses.email, "
            ~ "statements.source_system || ':' || statements.person_record_id)"
        ) }} as contact_point_hash
    from statements
    left join members
        on statements.source_system || ':' || statements.person_record_id = members.record_key
    left join record_addresses
        on statements.source_system || ':' || statements.person_record_id
            = record_addresses.record_key
    left join addresses
        on {{ keyed_hash('statements.contact_key') }} = addresses.id_value
            and coalesce(statements.contact_point_type, 'email') = addresses.id_type
    left join browsers
        on statements.contact_point_type = browsers.contact_point_type
            and statements.contact_key = browsers.contact_key
),

-- The id is made of the keyed hash: all else in it is published, and an address could be tried out.
stated as (
    select
        {{ surrogate_key('con', [
            'source_system', 'source_object', 'source_record_id', 'contact_point_hash', 'purpose',
            'channel', 'action', 'captured_at',
        ]) }} as consent_event_id,
        contact_point_hash,
        coalesce(contact_point_type, 'email') as contact_point_type,
        person_id,
        {{ stated_purpose() }} as purpose,
        coalesce(
            lower(channel),
            case when action in ('deny', 'withdraw', 'object', 'gpc') then '*' else 'email' end
        ) as channel,
        action,
        lower(lawful_basis) as lawful_basis,
        upper(jurisdiction) as jurisdiction,
        captured_at,
        effective_from,
        effective_to,
        double_opt_in_at,
        method,
        evidence_ref,
        policy_version,
        actor,
        -- A denial that lay in the future or has no time counts from when it was heard of, a grant
        -- never early.
        case
            when action in ('deny', 'withdraw', 'object', 'gpc')
                and (captured_at is null or captured_at > heard_at) then heard_at
            else {{ greatest_of(['captured_at', 'effective_from']) }}
        end as counts_from,
        source_system,
        source_record_id,
        _loaded_at,
        record_updated_at,
        raw_row_id
    from joined
),

-- Two versions of a source row that state the same are one statement, told as the newer one has it.
versions as (
    select
        *,
        row_number() over (
            partition by consent_event_id
            order by record_updated_at desc nulls last, raw_row_id
        ) as version_number
    from stated
)

select * from versions
where version_number = 1

-- Grain: one live person record, with what it is compared by; no row where likeness is not in use.
with active as (
    select count(*) as decision_count from ({{ match_active() }}) as decisions
),

records as (
    select * from {{ ref('int_person__checked') }}
    where is_current and not coalesce(is_deleted, false)
),

emails as (
    select
        written,
        email,
        {{ compared_text(regex_extract('email', '^([^@+]+)')) }} as mailbox
    from {{ ref('int_email__normalised') }}
    where problem is null
),

cleaned as (
    select
        records.record_key,
        records.source_system,
        nullif(trim(records.user_id), '') as user_id,
        {{ given_name('records.first_name') }} as given_name,
        {{ compared_text('records.last_name') }} as family_name,
        replace(cast(records.date_of_birth as {{ dbt.type_string() }}), '-', '') as birth_date,
        {{ dbt.datediff("cast('1900-01-01' as date)", 'records.date_of_birth', 'day') }}
            as birth_date_number,
        {{ compared_text(regex_replace('records.street', '[0-9]+', '')) }} as street,
        {{ regex_extract('records.street', '([0-9]+)') }} as house_number,
        {{ compared_text('records.postcode') }} as postcode,
        {{ compared_text('records.city') }} as city,
        {{ compared_text('records.region') }} as region,
        emails.email,
        emails.mailbox,
        {{ regex_replace(usable_phone('records.phone'), '[+]', '') }} as phone,
        {{ company_name_key('records.company_name') }} as company
    from records
    inner join active
        on active.decision_count > 0
    left join emails
        on records.email = emails.written
),

sounded as (
    select
        *,
        {{ name_skeleton('given_name') }} as given_skeleton,
        {{ name_skeleton('family_name') }} as family_skeleton,
        {{ name_skeleton('street') }} as street_skeleton,
        {{ name_skeleton('mailbox') }} as mailbox_skeleton
    from cleaned
),

features as (
    select
        *,
        count(*) over () as record_count,
        {%- for field in match_fields() %}
        count({{ field }}) over (partition by {{ field }}) as {{ field }}_count,
        {%- endfor %}
        case
            when given_skeleton < family_skeleton then given_skeleton || ' ' || family_skeleton
            else family_skeleton || ' ' || given_skeleton
        end as both_skeletons,
        substr(birth_date, 1, 4) as birth_year,
        substr(birth_date, 5, 4) as birth_day
    from sounded
)

select * from features

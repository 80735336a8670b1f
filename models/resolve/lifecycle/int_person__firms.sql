-- Grain: one time from which a person belonged to other firms, with the primary one of them.
{{ config(materialized='view') }}

-- The first firm that is known of a person stands for the time before.
with employments as (
    select
        *,
        case
            when valid_from = min(valid_from) over (partition by person_id)
                then {{ unknown_start() }}
            else valid_from
        end as begun_at
    from {{ ref('int_person_account__relations') }}
    where valid_from <= {{ as_of() }}
),

beginnings as (
    select distinct person_id, begun_at from employments
),

firms as (
    select
        beginnings.person_id,
        beginnings.begun_at as valid_from,
        {{ last_by('employments.account_id', [
            'case when employments.is_primary then 1 else 0 end', 'employments.begun_at',
            'employments.account_id',
        ]) }} as account_id
    from beginnings
    inner join employments
        on beginnings.person_id = employments.person_id
            and employments.begun_at <= beginnings.begun_at
            and beginnings.begun_at < coalesce(
                employments.valid_to, cast('9999-12-31' as {{ dbt.type_timestamp() }})
            )
    group by beginnings.person_id, beginnings.begun_at
)

select * from firms

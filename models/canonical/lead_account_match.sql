-- Grain: one account that a person without an account would match.
with candidates as (
    select * from {{ ref('int_person__account_candidates') }}
),

methods as (
    select method, confidence
    from {{ ref('policy_account_match') }} as policy
    where is_for = 'lead' and is_on and {{ in_force('policy') }}
),

-- The best method speaks for a pair.
judged as (
    select
        candidates.person_id,
        candidates.account_id,
        candidates.method,
        methods.confidence,
        row_number() over (
            partition by candidates.person_id, candidates.account_id
            order by methods.confidence desc, candidates.method
        ) as place
    from candidates
    inner join methods
        on candidates.method = methods.method
),

ranked as (
    select
        *,
        rank() over (partition by person_id order by confidence desc) as match_rank,
        count(*) over (partition by person_id, confidence) as equal_count
    from judged
    where place = 1
)

select
    person_id,
    account_id,
    method,
    cast(confidence as decimal(9, 4)) as confidence,
    cast(match_rank as {{ dbt.type_int() }}) as match_rank,
    match_rank = 1 and equal_count = 1 as is_best,
    '{{ var("contract_version") }}' as _contract_version
from ranked

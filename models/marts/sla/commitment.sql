-- Grain: one thing that was promised, or agreed to mend a measure, by a day.
with agreed as (
    select
        commitment_id, kind, measure, reason as what, business_owner,
        valid_from as agreed_on, due_date, done_date
    from {{ ref('policy_commitment') }}
    where due_date is not null
    union all
    select
        action_id, 'corrective_action', measure, action, business_owner,
        valid_from, due_date, done_date
    from {{ ref('policy_corrective_action') }}
),

-- What was agreed anew counts as it was agreed last.
numbered as (
    select
        *,
        row_number() over (partition by commitment_id order by agreed_on desc) as times_ago
    from agreed
    where agreed_on <= {{ as_of() }}
)

select
    commitment_id,
    kind,
    measure,
    what,
    business_owner,
    agreed_on,
    due_date,
    done_date,
    case
        when done_date <= due_date then 'kept'
        when done_date is not null then 'late'
        when due_date < cast({{ as_of() }} as date) then 'overdue'
        else 'open'
    end as state,
    '{{ var("contract_version") }}' as _contract_version
from numbered
where times_ago = 1

-- Nobody's data is kept for longer than policy_retention and its days of grace allow, where the policy is
-- to erase it. An open deal excuses it. If this fails, run `cdm retention apply`.
select person_id, field_class, due_at
from {{ ref('retention_due') }}
where is_overdue and action in ('erase', 'erase_in_build')

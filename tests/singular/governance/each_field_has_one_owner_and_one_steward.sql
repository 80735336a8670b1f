-- I16. Each field has a business owner and a steward who are known and still there. If this fails,
-- name an owner in the field's YAML, or add the owner to seeds/policy/policy_owner.csv.
select field_id, gap, message
from {{ ref('contract_gap') }}
where gap in ('no_owner', 'unknown_owner', 'departed_owner', 'no_definition', 'no_workflow')
    and not is_waived

-- A firm that owns its owner, perhaps through others: one link of the circle is left out of
-- canonical.account. Correct parent_record_id of one of the firms in the CRM.
{{ config(severity='warn') }}

select account_id, parent_account_id, is_cut
from {{ ref('int_account__parents') }}
where problem = 'account.parent_account_id.circular'

-- Grain: one account.
select 'acc_' || range as account_id, 'per_' || range as main_person_id from range(5)

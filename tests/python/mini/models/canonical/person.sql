-- Grain: one person.
select
    'per_' || person_number as person_id,
    'acc_' || (person_number % {{ env_var('MINI_ACCOUNTS', '5') }}) as account_id,
    nullif('per_' || (person_number - 1), 'per_-1') as referred_by,
    {{ env_var('MINI_EMAIL', 'md5(email)') }} as email_hash,
from {{ ref('stg_person') }}
order by hash(person_number)

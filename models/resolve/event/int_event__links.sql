-- Grain: one statement of events about who they are, or one cookie, that stands for a person for a
-- time.
{{ config(materialized='view') }}

with logins as (
    select * from {{ ref('int_login__person') }}
    where person_id is not null
),

cookies as (
    select * from {{ ref('int_anonymous__person') }}
    where person_id is not null
),

primary_accounts as (
    select person_id, account_id
    from {{ ref('int_person_account__relations') }}
    where is_primary
),

links as (
    select
        'login' as kind, source_system, login_key as link_key, person_id, linked_by, linked_from,
        linked_until
    from logins
    union all
    select
        'cookie', source_system, anonymous_id, person_id, 'anonymous_id', linked_from, linked_until
    from cookies
)

select
    links.*,
    primary_accounts.account_id
from links
left join primary_accounts
    on links.person_id = primary_accounts.person_id

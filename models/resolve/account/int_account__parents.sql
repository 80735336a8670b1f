-- Grain: one account that its system says another account owns.
with accounts as (
    select * from {{ ref('int_account__resolved') }}
),

members as (
    select * from {{ ref('int_account__members') }}
),

parents as (
    select
        accounts.account_id as node,
        members.account_id as next_node
    from accounts
    inner join members
        on accounts.parent_key = members.record_key
    where accounts.account_id <> members.account_id
),

{{ followed_pointers('parents') }},

on_circle as (
    select distinct last_node as node from followed
),

-- A circle of owners has no top. It is cut above its account with the smallest id, whatever the
-- order of the rows.
judged as (
    select
        parents.node as account_id,
        parents.next_node as parent_account_id,
        on_circle.node is not null and followed.least_node = parents.node as is_cut,
        case when on_circle.node is not null then 'account.parent_account_id.circular' end as problem
    from parents
    left join followed
        on parents.node = followed.node
    left join on_circle
        on parents.node = on_circle.node
)

select * from judged

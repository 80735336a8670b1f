-- Grain: one account, with its place among the companies that it belongs to and that belong to it.
with accounts as (
    select account_id, parent_account_id from {{ ref('account') }}
),

{{ ancestor_steps('accounts', 6) }},

-- Whoever still has a parent after that many steps is in a circle or too deep: no top is known.
topped as (
    select
        ancestors.account_id,
        case when tops.parent_account_id is null then ancestors.ancestor_id end as top_account_id,
        case when tops.parent_account_id is null then ancestors.level end as level
    from ancestors
    inner join accounts as tops
        on ancestors.ancestor_id = tops.account_id
),

children as (
    select parent_account_id as account_id, count(*) as child_count
    from accounts
    where parent_account_id is not null
    group by parent_account_id
),

groups as (
    select top_account_id as account_id, count(*) as group_size
    from topped
    where top_account_id is not null
    group by top_account_id
)

select
    accounts.account_id,
    accounts.parent_account_id,
    topped.top_account_id,
    cast(topped.level as {{ dbt.type_int() }}) as level,
    cast(coalesce(children.child_count, 0) as {{ dbt.type_int() }}) as child_count,
    cast(groups.group_size as {{ dbt.type_int() }}) as group_size,
    '{{ var("contract_version") }}' as _contract_version
from accounts
inner join topped
    on accounts.account_id = topped.account_id
left join children
    on accounts.account_id = children.account_id
left join groups
    on topped.top_account_id = groups.account_id

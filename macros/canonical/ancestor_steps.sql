{# CTEs step_1 … step_<times>: from each account to an ancestor, first its parent or itself, then with
   each step twice as far. `relation` has account_id and parent_account_id; five steps reach the 16th
   ancestor. The last CTE is called `ancestors` (account_id, ancestor_id, level). #}
{% macro ancestor_steps(relation, times) -%}
    step_1 as (
        select
            account_id,
            coalesce(parent_account_id, account_id) as ancestor_id,
            case when parent_account_id is null then 0 else 1 end as level
        from {{ relation }}
    ),
    {%- for step in range(2, times + 1) %}

    {{ 'ancestors' if step == times else 'step_' ~ step }} as (
        select
            near.account_id,
            far.ancestor_id,
            near.level + far.level as level
        from step_{{ step - 1 }} as near
        inner join step_{{ step - 1 }} as far
            on near.ancestor_id = far.account_id
    ){{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

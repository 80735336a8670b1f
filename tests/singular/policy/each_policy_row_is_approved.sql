-- Every rule says who agreed to it, why, and since when. If this fails, complete the row in the seed;
-- a rule that nobody approved is not in force.
{%- for policy in policy_keys() %}
select '{{ policy }}' as policy, count(*) as row_count
from {{ ref(policy) }}
where nullif(trim(approved_by), '') is null
    or nullif(trim(reason), '') is null
    or valid_from is null
    or valid_to <= valid_from
having count(*) > 0
{{ 'union all' if not loop.last }}
{%- endfor %}

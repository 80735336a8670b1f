-- The rules of likeness can be applied as they are written. If this fails, correct the seed that is
-- named: a probability lies between 0 and 1, a blocking rule is made of known parts, a compared field
-- has a weight, and whoever switches likeness on says on what lawful basis.
{%- set parts = "'" ~ match_parts() | join("', '") ~ "'" %}
{%- set fields = "'" ~ match_fields() | join("', '") ~ "'" %}
select 'policy_match_threshold' as policy, decision as rule, 'on without a lawful basis' as problem
from {{ ref('policy_match_threshold') }}
where is_on and nullif(trim(lawful_basis), '') is null
union all
select 'policy_match_threshold' as policy, decision as rule, 'unknown or out of bounds' as problem
from {{ ref('policy_match_threshold') }}
where decision not in ('merge', 'review') or not min_probability between 0 and 1
union all
select 'policy_match_weight' as policy, field || ' ' || level as rule, 'unknown or out of bounds' as problem
from {{ ref('policy_match_weight') }}
where field not in ('prior', 'place', {{ fields }})
    or coalesce(m_probability, 0) <= 0
    or coalesce(u_probability, 0) <= 0
    or (field in ({{ fields }}) and (m_probability > 1 or u_probability > 1))
union all
select 'policy_match_blocking' as policy, rule_id as rule, 'unknown part or no limit' as problem
from {{ ref('policy_match_blocking') }}
where part_1 is null
    or part_1 not in ({{ parts }})
    or part_2 not in ({{ parts }})
    or part_3 not in ({{ parts }})
    or coalesce(max_block_size, 0) < 2
union all
select 'policy_match_weight' as policy, needed.field as rule, 'has no row in force' as problem
from (
    {%- for field in ['prior', 'place'] + match_fields() %}
    select '{{ field }}' as field{{ ' union all' if not loop.last }}
    {%- endfor %}
) as needed
left join {{ ref('policy_match_weight') }} as policy
    on needed.field = policy.field and {{ in_force('policy') }}
where policy.field is null

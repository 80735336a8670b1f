-- The rules of likeness can be applied as they are written. If this fails, correct the seed that is
-- named: a probability lies between 0 and 1, a blocking rule is made of known parts, each level at which
-- a compared field can agree has a weight, and whoever switches likeness on says on what lawful basis.
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
select
    'policy_match_weight' as policy,
    needed.field || ' ' || needed.level as rule,
    'has no row in force' as problem
from (
    select 'prior' as field, 'duplicates_per_record' as level
    union all
    select 'place' as field, 'of_household' as level
    union all
    select 'place' as field, 'of_colleagues' as level
    {%- for field, sql in match_levels().items() %}
    {%- for level in modules.re.findall("(?:then|else) '([a-z_]+)'", sql) | unique %}
    union all
    select '{{ field }}' as field, '{{ level }}' as level
    {%- endfor %}
    {%- endfor %}
) as needed
left join {{ ref('policy_match_weight') }} as policy
    on needed.field = policy.field and needed.level = policy.level and {{ in_force('policy') }}
where policy.field is null

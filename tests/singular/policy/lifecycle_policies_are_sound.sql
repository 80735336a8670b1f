-- Every criterion can give its points, every definition can be met, and sales agreed to what it is held to. If
-- this fails, correct the row that is named: what happens is an event's canonical name in policy_event_name, or a
-- word of policy_score_criterion.happening; a level that a later word replaces can't stand in a group that fades.
with criteria as (
    select * from {{ ref('policy_score_criterion') }}
)

select 'happening that nothing is called' as finding, criteria.criterion_id as row_id
from criteria
left join {{ ref('policy_event_name') }} as names
    on criteria.happening = names.event_name
where names.event_name is null
    and criteria.happening not in (
        'attribute', 'call', 'meeting', 'message', 'email_inbound', 'email_outbound',
        'consent_confirmed', 'consent_withdrawn'
    )
union all
select 'level in a group that fades', criteria.criterion_id
from criteria
inner join {{ ref('policy_score_group') }} as score_groups
    on criteria.score_group = score_groups.score_group
where criteria.is_level and score_groups.half_life_days is not null
union all
select 'definition without conditions', definitions.definition_id
from {{ ref('policy_definition') }} as definitions
left join {{ ref('policy_definition_condition') }} as conditions
    on definitions.definition_id = conditions.definition_id
        and definitions.definition_version = conditions.definition_version
where conditions.definition_id is null
{%- for policy, row_id in [
    ('policy_lifecycle_stage', 'vendor_stage'), ('policy_stage_transition', 'to_stage'),
    ('policy_routing_rule', 'rule_id'), ('policy_sla', 'policy_id'),
] %}
union all
select '{{ policy }} without sales', {{ row_id }}
from {{ ref(policy) }}
where ';' || approved_by || ';' not like '%;sales_operations;%'
{%- endfor %}

-- Every criterion can give its points, every definition can be met, every clock can start and stop, every lead
-- finds its way, and sales agreed to what it is held to. If this fails, correct the row that is named: what
-- happens is an event's canonical name in policy_event_name, or a word of policy_score_criterion.happening; a level
-- that a later word replaces can't stand in a group that fades; an attribute that a criterion looks at has a row of
-- policy_score_input on the criterion's first day; the words of the others stand in their descriptions.
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
-- Whether and how often an attribute may change is decided, not forgotten.
select 'attribute without a rule of input', criteria.criterion_id
from criteria
left join {{ ref('policy_score_input') }} as inputs
    on criteria.looks_at = inputs.attribute
        and {{ in_force('inputs', 'criteria.valid_from') }}
where criteria.happening = 'attribute' and inputs.attribute is null
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
{%- for policy, row_id, finding, is_wrong in [
    ('policy_sla', 'policy_id', 'clock that nothing starts',
        "coalesce(starts_with, '') not in ('handoff', 'acceptance', 'demo_request')"),
    ('policy_sla', 'policy_id', 'clock that nothing stops',
        "coalesce(stops_with, '') not in ('attempt', 'attempt_and_status', 'decision', 'opportunity')
        or (stops_with like 'attempt%' and attempt_types is null)"),
    ('policy_sla', 'policy_id', 'clock without a time',
        "coalesce(clock_type, '') not in ('business', 'calendar') or coalesce(target_minutes, 0) < 1"),
    ('policy_routing_rule', 'rule_id', 'rule that leads nowhere',
        "coalesce(method, '') not in ('account_owner', 'queue', 'fallback')
        or (method <> 'account_owner' and queue_id is null)"),
    ('policy_routing_rule', 'rule_id', 'rule that asks for what nothing has',
        "required_fields is not null and (method = 'fallback' or not "
        ~ regex_matches('required_fields', '^((' ~ lead_fields() | join('|') ~ ')(;|$))+$') ~ ")"),
    ('policy_routing_member', 'owner_record_id', 'member who gets no leads',
        "coalesce(weight, 0) < 1 or coalesce(daily_capacity, 0) not between 1 and 100"),
    ('policy_handoff', 'rule_id', 'condition that nothing checks',
        "rule_id not in ('score', 'job_title', 'company', 'country', 'contact_point', 'engagement',
        'consent', 'source', 'service_level', 'minimum_attempts', 'minimum_business_days')"),
] %}
union all
select '{{ finding }}', {{ row_id }}
from {{ ref(policy) }}
where {{ is_wrong }}
{%- endfor %}
union all
select 'routing without a fallback', 'policy_routing_rule'
from (
    select max(case when method = 'fallback' then 1 else 0 end) as has_fallback
    from {{ ref('policy_routing_rule') }} as rules
    where {{ in_force('rules') }}
) as routing
where coalesce(has_fallback, 0) = 0
union all
-- The fallback takes everybody: what is tried after it would decide a second time.
select 'rule after the fallback', later.rule_id
from {{ ref('policy_routing_rule') }} as later
inner join {{ ref('policy_routing_rule') }} as fallbacks
    on fallbacks.method = 'fallback'
        and later.rule_id <> fallbacks.rule_id
        and (
            later.rule_rank > fallbacks.rule_rank
            or (later.rule_rank = fallbacks.rule_rank and later.rule_id > fallbacks.rule_id)
        )
        and later.valid_from < coalesce(fallbacks.valid_to, cast('9999-12-31' as date))
        and fallbacks.valid_from < coalesce(later.valid_to, cast('9999-12-31' as date))

-- No published text holds an e-mail address, whole or as part of it. One pass per table over all its
-- text columns together. If this fails, find the column, mask it at staging (see
-- url_without_identifiers) or move it to the vault. A new published table is added to this list.
{%- set published = [
    'score_reason', 'score_history', 'qualification', 'stage_assertion', 'stage_verdict',
    'lead_score', 'lifecycle_finding', 'score_criterion_lift',
    'person', 'person_xref', 'account', 'account_domain', 'person_account', 'event', 'source',
    'consent_event', 'consent_current', 'lifecycle_history', 'lifecycle_current', 'opportunity',
    'opportunity_contact_role',
    'activity',
    'person_timeline',
    'activation_audience',
    'reconciliation',
    'quarantine',
    'session',
    'event_parameter',
    'tracking_completeness',
    'product_activation',
    'tracking_issue',
    'erasure',
    'retention_due',
    'opportunity_contact_role', 'activity', 'person_timeline', 'activation_audience', 'reconciliation', 'quarantine',
    'session', 'event_parameter', 'tracking_completeness', 'product_activation', 'tracking_issue',
    'consent_event', 'consent_current', 'score_reason', 'score_history', 'qualification',
    'stage_assertion', 'lifecycle_history', 'lifecycle_current', 'opportunity',
    'opportunity_contact_role', 'activity', 'person_timeline', 'activation_audience',
    'reconciliation', 'quarantine', 'session', 'lead_work_history', 'business_day', 'lead_handoff',
    'routing_decision', 'handoff_assignment', 'sla_clock', 'sla_response', 'sla_instance',
    'handoff_payload', 'handoff_check', 'handoff_return', 'handoff_quality', 'scorecard_fact',
    'sla_scorecard', 'lead_response', 'funnel_cohort', 'funnel_snapshot', 'routing_quality', 'alert',
    'task_outbox', 'notification_outbox', 'crm_writeback_outbox', 'lead_object',
    'export_column',
    'identity_event', 'person_register', 'identity_review',
    'quarantine_case', 'contract_field', 'contract_rule', 'contract_lineage', 'contract_gap',
    'field_completeness', 'source_profile', 'rule_result', 'quality_history', 'quality_alert',
    'steward_queue',
] %}
{%- for name in published %}
{%- set texts = [] %}
{%- for column in (adapter.get_columns_in_relation(ref(name)) if execute else []) if column.is_string() %}
{%- do texts.append('coalesce(' ~ column.name ~ ", '')") %}
{%- endfor %}
select '{{ name }}' as table_name, count(*) as row_count
from (
    select {{ texts | join(" || ' ' || ") or "''" }} as texts
    from {{ ref(name) }}
) as whole_rows
where (texts like '%@%' or {{ string_position("'%40'", 'texts') }} > 0)
    and {{ regex_matches('texts', '[A-Za-z0-9._+-]+(@|%40)[A-Za-z0-9-]+[.][A-Za-z]{2}') }}
having count(*) > 0
{{ 'union all' if not loop.last }}
{%- endfor %}

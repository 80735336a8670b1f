-- No published text holds an e-mail address, whole or as part of it. One pass per table looks at
-- all its text columns. If this fails, find the column, mask it at staging (see
-- url_without_identifiers) or move it to the vault. A new published table is added to this list.
{%- set published = [
    'account', 'account_domain', 'account_hierarchy', 'activity', 'business_day', 'campaign_cost',
    'consent_current', 'consent_event', 'event', 'handoff_assignment', 'identity_event', 'lead_account_match',
    'lead_handoff', 'lead_profile', 'lead_work_history', 'lifecycle_current', 'lifecycle_history', 'opportunity',
    'opportunity_contact_role', 'opportunity_history', 'person', 'person_account', 'person_register',
    'person_xref',
    'qualification', 'routing_decision', 'score_history', 'score_input', 'score_reason', 'session', 'sla_clock',
    'sla_instance', 'sla_owner_segment', 'sla_response', 'source', 'stage_assertion', 'stage_verdict', 'touchpoint',
    'activation_audience', 'alert', 'attribution_comparison', 'attribution_credit',
    'attribution_removal_effect', 'attribution_step', 'attribution_visit', 'campaign_funnel',
    'campaign_return', 'commitment', 'measure_watch', 'reverse_funnel',
    'conversion', 'conversion_path', 'conversion_person', 'crm_writeback_outbox', 'event_parameter',
    'funnel_cohort', 'funnel_snapshot', 'handoff_check', 'handoff_payload', 'handoff_quality',
    'handoff_return', 'lead_object', 'lead_response', 'lead_score', 'lifecycle_finding',
    'notification_outbox', 'opportunity_origin', 'person_summary', 'person_timeline', 'pipeline_velocity',
    'product_activation', 'revenue_flow', 'routing_quality', 'score_criterion_lift',
    'scorecard_fact', 'segment_audience', 'segment_member', 'segment_size', 'sla_scorecard', 'task_outbox',
    'tracking_completeness',
    'account_review', 'contract_field', 'contract_gap', 'contract_lineage', 'contract_rule',
    'contract_waiver', 'tool_overlap', 'tool_reconciliation',
    'erasure', 'export_column', 'field_completeness', 'identity_quality', 'identity_review',
    'quality_alert', 'quality_history', 'quarantine', 'quarantine_case', 'reconciliation',
    'retention_due', 'rule_result', 'source_profile', 'steward_queue', 'tracking_issue',
] %}
{%- set text_columns = {} %}
{%- for node in published_nodes() %}
{%- do text_columns.update({
    node.name: node.columns.values() | selectattr('data_type', 'equalto', 'string') | map(attribute='name') | list
}) %}
{%- endfor %}
{%- set holds_an_address = "(said like '%@%' or " ~ string_position("'%40'", 'said') ~ " > 0) and "
    ~ regex_matches('said', '[A-Za-z0-9._+-]+(@|%40)[A-Za-z0-9-]+[.][A-Za-z]{2}') %}
{%- for name in published %}
{%- set named = [] %}
{%- for column in text_columns.get(name, []) %}
{%- do named.append(holds_an_address | replace('said', column)) %}
{%- endfor %}
select '{{ name }}' as table_name, count(*) as row_count
from {{ ref(name) }}
where {{ named | join(' or ') or '1 = 0' }}
having count(*) > 0
{{ 'union all' if not loop.last }}
{%- endfor %}

{# The policies, each with the columns that name a rule; one row of a rule is in force on a day. #}
{% macro policy_keys() -%}
    {{ return({
        'policy_blocked_identifier': ['id_type', 'match', 'value'],
        'policy_jurisdiction': ['jurisdiction', 'channel'],
        'policy_consent_purpose': ['purpose', 'channel'],
        'policy_consent_resolution': ['purpose'],
        'policy_business_calendar': ['calendar_id'],
        'policy_business_holiday': ['calendar_id', 'holiday_date'],
        'policy_business_window': ['calendar_id', 'iso_weekday', 'opens_at'],
        'policy_change_source': ['asserted_by'],
        'policy_channel_group': ['rule_rank'],
        'policy_email_alias': ['domain'],
        'policy_event_name': ['alias'],
        'policy_event_type': ['event_name'],
        'policy_excluded_traffic': ['traffic_type'],
        'policy_exclusive_system': ['source_system'],
        'policy_identifier_type': ['id_type'],
        'policy_identity_override': ['override_id'],
        'policy_lifecycle_stage': ['vendor_stage'],
        'policy_match_blocking': ['rule_id'],
        'policy_match_threshold': ['decision'],
        'policy_match_weight': ['field', 'level'],
        'policy_referrer': ['rule_rank'],
        'policy_role_mailbox': ['local_part'],
        'policy_session': ['source_system'],
        'policy_survivorship': ['entity', 'field', 'source_system'],
    }) }}
{%- endmacro %}

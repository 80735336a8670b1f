"""What breaks the tests of stages, scores and definitions, on purpose."""

SENTENCES: dict[str, dict[str, list[str]]] = {
    "lifecycle_policies_are_sound": {
        "a happening that no event is called": [
            "delete from policy.policy_event_name where event_name = 'external_score'"
        ],
        "a level that fades": [
            "update policy.policy_score_group set half_life_days = 30 "
            "where score_group = 'external'"
        ],
        "an attribute of which nobody said how often it may change": [
            "update policy.policy_score_input set valid_from = '2020-01-01' "
            "where attribute = 'industry'"
        ],
        "a definition that nothing is asked of": [
            "delete from policy.policy_definition_condition "
            "where definition_id = 'sql_conversation'"
        ],
        "a routing rule that sales never saw": [
            "update policy.policy_routing_rule set approved_by = 'revenue_operations' "
            "where rule_id = 'catch_all'"
        ],
        "a clock that nothing starts": [
            "update policy.policy_sla set starts_with = 'hand over' "
            "where policy_id = 'mql_first_response'"
        ],
        "a clock that nothing stops": [
            "update policy.policy_sla set attempt_types = null "
            "where policy_id = 'demo_first_response'"
        ],
        "a clock without a time": [
            "update policy.policy_sla set target_minutes = 0 where policy_id = 'lead_disposition'"
        ],
        "a rule that leads nowhere": [
            "update policy.policy_routing_rule set method = 'que' where method = 'queue'"
        ],
        "a rule that asks for what nothing has": [
            "update policy.policy_routing_rule set required_fields = 'company;budget' "
            "where rule_id = 'everybody'"
        ],
        "a fallback that does not take everybody": [
            "update policy.policy_routing_rule set required_fields = 'company' "
            "where method = 'fallback'"
        ],
        "a member beyond what a queue can count": [
            "update policy.policy_routing_member set daily_capacity = 500 "
            "where owner_record_id = '71000011'"
        ],
        "a condition that nothing checks": [
            "update policy.policy_handoff set rule_id = 'title' where rule_id = 'job_title'"
        ],
        "no fallback": [
            "update policy.policy_routing_rule set valid_to = '2026-01-01' "
            "where method = 'fallback'"
        ],
        "a rule after the fallback": [
            "update policy.policy_routing_rule set rule_rank = 1 where method = 'fallback'"
        ],
    },
    "each_person_has_one_profile_at_a_time": {
        "a person without any": [
            "delete from canonical.lead_profile where person_id = "
            "(select min(person_id) from canonical.person)"
        ],
        "one that begins only today": [
            "update canonical.lead_profile set valid_from = timestamp '2026-06-30' "
            "where person_id = (select min(person_id) from canonical.person)"
        ],
        "a last one that ends": [
            "update canonical.lead_profile set valid_to = timestamp '2026-06-30' "
            "where person_id = (select max(person_id) from canonical.person)"
        ],
        "two that overlap": [
            "update canonical.lead_profile set valid_to = valid_to + interval 1 day "
            "where valid_to is not null"
        ],
    },
}

RULES: dict[str, dict[str, str]] = {
    "row_rules_lead_profile": {
        "a_time_has_a_length": "valid_to = valid_from",
        "a_word_of_the_title_needs_a_title": "job_title = null where seniority is not null",
        "a_country_is_a_two_letter_code": "country = 'Germany'",
    },
    "row_rules_lifecycle_history": {
        "a_stay_changes_the_stage": "from_stage = to_stage",
        "only_the_first_stay_comes_from_nowhere": "from_stage = null where seq > 1",
        "cycles_count_from_one": "cycle_no = 0",
        "a_correction_follows_a_slip": "transition_type = 'correction', is_allowed = false",
        "an_approved_move_is_allowed": "is_overridden = true, is_allowed = false",
        "what_our_definition_drives_has_one": "driver = 'definition', definition_version = null",
    },
    "row_rules_lifecycle_current": {
        "the_first_mql_is_not_after_the_current_one": (
            "first_mql_at = timestamp '2026-06-30', mql_at = timestamp '2026-06-29'"
        ),
        "in_the_first_cycle_both_are_the_same": (
            "mql_at = null where first_mql_at is not null and cycle_no = 1"
        ),
        "lead_status_is_of_persons": "subject_type = 'account', lead_status = 'open'",
        "the_disqualified_and_no_others_have_a_reason": (
            "disqualification_reason = 'price' where stage <> 'disqualified'"
        ),
    },
    "row_rules_policy_score_input": {
        "attribute_is_known": "attribute = 'weather'",
        "a_limit_has_a_number_and_a_time": "within_days = null",
        "a_limit_can_be_kept": "within_days = 0",
    },
    "row_rules_score_input": {
        "nothing_counts_before_it_was_said": "counts_from = timestamp '1969-12-31'",
        "what_counts_was_said_or_is_unknown": "counted_value = 'never said'",
        "what_does_not_count_has_a_reason_or_was_replaced": (
            "counts_from = null where valid_to is null"
        ),
    },
    "row_rules_score_history": {
        "nothing_is_counted_below_zero": "verification_count = -1",
        "all_groups_are_in_force": "fit_score = null",
        "intent_is_part_of_all_intent": "new_high_intent_count = high_intent_count + 1",
    },
    "row_rules_qualification": {
        "what_is_held_back_has_its_reason": (
            "verdict_reason = 'size_unknown' where verdict = 'qualified'"
        ),
    },
    "row_rules_score_criterion_lift": {
        "who_converts_is_among_those_who_came": "converted_with = n_with + 1",
        "the_interval_holds_the_difference": "difference_low = 1 where difference_low is not null",
    },
    "row_rules_person_summary": {
        "who_was_touched_has_both_ends": "last_touch_channel = null where touch_count > 0",
        "the_first_touch_is_not_after_the_last": "first_touch_at = last_touch_at + interval 1 day",
    },
    "row_rules_policy_definition_condition": {
        "operator_is_known": "operator = '='",
        "measure_is_known": "measure = 'luck'",
    },
    "row_rules_policy_score_group": {
        "kind_is_known": "score_kind = 'luck'",
        "there_is_a_cap": "cap = null",
        "what_fades_fades_slowly": "half_life_days = 1 where half_life_days is not null",
        "fit_does_not_fade": "half_life_days = 30 where score_kind = 'fit'",
    },
    "row_rules_policy_score_criterion": {
        "an_attribute_is_looked_at": "value_pattern = null where happening = 'attribute'",
        "what_is_looked_at_is_known": "looks_at = 'weather' where happening <> 'attribute'",
        "attribute_is_known": "looks_at = 'weather' where happening = 'attribute'",
        "counts_as_is_known": "counts_as = 'luck'",
        "points_are_said": "points = null",
    },
}

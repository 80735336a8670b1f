"""What breaks the checks of the probabilistic tier."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, list[str]]] = {
    "identity_quality_is_within_limits": {
        "an alert": ["update governance.identity_quality set status = 'alert' where rowid = 0"],
    },
    "match_policies_are_sound": {
        "on without a basis": ["update policy.policy_match_threshold set is_on = true"],
        "a chance above one": [
            "update policy.policy_match_weight set m_probability = 2 where field = 'city'"
        ],
        "a field that nobody compares": [
            "update policy.policy_match_weight set field = 'town' where field = 'city'"
        ],
        "a level that nobody weighs": [
            "update policy.policy_match_weight set level = 'weekly' where level = 'month'"
        ],
        "a part that no record has": [
            "update policy.policy_match_blocking set part_2 = 'town' where rowid = 0"
        ],
    },
}

RULES: dict[str, dict[str, str]] = {
    "row_rules_account_hierarchy": {
        "who_has_no_parent_is_its_own_top": "level = 1 where parent_account_id is null",
        "who_has_a_parent_is_below_the_top": (
            "top_account_id = account_id where parent_account_id is not null"
        ),
        "a_group_has_its_head_and_children": "child_count = 9 where group_size = 1",
    },
    "row_rules_lead_account_match": {
        "confidence_is_a_share": "confidence = 50",
        "the_best_is_first": "match_rank = 2 where is_best",
    },
    "row_rules_account_review": {
        "it_is_about_two_accounts": "left_account_id = right_account_id",
        "a_contested_domain_is_named": "reason = 'account.domain.ambiguous', domain = null",
        "it_says_what_to_do": "next_step = ''",
    },
    "row_rules_identity_quality": {
        "a_rate_is_a_share": "value = 1.5, status = 'ok' where metric = 'match_rate'",
        "an_alert_is_out_of_bounds": (
            "status = 'alert', reason = 'why' where max_value is null and min_value is null"
        ),
        "an_alert_says_why": "value = 1, status = 'alert' where max_value < 1",
    },
}

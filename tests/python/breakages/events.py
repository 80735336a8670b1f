"""What breaks the checks on events, sessions and their policies."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, list[str]]] = {
    "each_event_name_has_a_type": {
        "a name without a type": ["delete from policy.policy_event_type where rowid = 0"],
        "a type that begins later than its name": [
            "update policy.policy_event_type set valid_from = date '2030-01-01' where rowid = 0"
        ],
    },
}

RULES: dict[str, dict[str, str]] = {
    "row_rules_event": {
        "a_person_has_a_method_and_the_other_way_round": (
            "person_method = null where person_id is not null"
        ),
        "an_event_was_delivered": "delivery_count = 0",
        "skew_needs_both_times": "clock_skew_s = 5, received_at = null",
        "no_event_is_later_than_its_receipt": "received_at = event_at - interval 1 microsecond",
        "an_entry_has_a_source": "source_id = null where is_entry",
    },
    "row_rules_tracking_completeness": {
        "completeness_is_a_share": "completeness = 1.5",
        "no_more_are_complete_than_there_are": "complete_event_count = event_count + 1",
        "all_complete_means_one": "completeness = 1 where complete_event_count < event_count",
    },
    "row_rules_tracking_issue": {
        "somebody_is_responsible": "responsible = ' '",
    },
    "row_rules_session": {
        "a_session_ends_after_it_begins": "ended_at = started_at - interval 1 second",
        "a_session_has_events": "page_view_count = event_count + 1",
        "direct_means_no_source": "is_direct = not is_direct",
        "two_people_are_nobody": "has_several_persons = true where person_id is not null",
        "an_account_has_a_person": "person_id = null where account_id is not null",
        "landing_and_exit_come_together": "exit_page = null where landing_page is not null",
    },
}

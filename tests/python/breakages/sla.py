"""What breaks the checks of handoffs and service levels, for test_invariants_are_caught."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, list[str]]] = {
    "a_handoff_is_kept_once_a_cycle": {
        "a second one in the cycle": [
            "insert into canonical.lead_handoff select * replace ('hof_new' as handoff_id) "
            "from canonical.lead_handoff where superseded_by is null limit 1"
        ],
        "a pointer to nothing": [
            "update canonical.lead_handoff set superseded_by = 'hof_none' where handoff_id = "
            "(select min(handoff_id) from canonical.lead_handoff)"
        ],
        "handed over before it was qualified": [
            "update canonical.lead_handoff set handed_at = timestamp '2020-01-01' "
            "where handoff_id = (select min(handoff_id) from canonical.lead_handoff)"
        ],
    },
    "each_clock_has_one_agreement": {
        "a clock vanishes": [
            "delete from canonical.sla_instance where rowid = "
            "(select min(rowid) from canonical.sla_instance where policy_id = 'lead_disposition')"
        ],
        "a running clock gets the newer target": [
            "update canonical.sla_instance set target_s = 1 where policy_id = 'mql_first_response'"
        ],
        "an owner's time is lost": [
            "delete from canonical.sla_owner_segment where rowid = "
            "(select max(rowid) from canonical.sla_owner_segment where calendar_elapsed_s > 0)"
        ],
        "its calendar ended": [
            "update canonical.sla_instance set state = 'no_calendar', due_at = null "
            "where rowid = (select min(rowid) from canonical.sla_instance)"
        ],
    },
    "parts_add_up_to_the_whole": {
        "a handoff is not shown": ["update marts.handoff_quality set handed_count = 0"],
        "a segment is lost": [
            "delete from marts.sla_scorecard where rowid = "
            "(select min(rowid) from marts.sla_scorecard where cut_by = 'segment')"
        ],
        "a cohort counts one more": [
            "update marts.funnel_cohort set reached_count = reached_count + 1 where segment = 'all'"
        ],
    },
}

RULES: dict[str, dict[str, str]] = {
    "row_rules_lead_handoff": {
        "decided_means_decided_when": "decided_at = null where status = 'accepted'",
        "qualified_before_handed_before_decided": (
            "decided_at = handed_at - interval 1 day where status = 'accepted'"
        ),
        "only_accepted_leads_become_deals": (
            "opportunity_at = handed_at where status = 'pending'"
        ),
        "superseded_means_cancelled": "superseded_by = 'hof_x' where status = 'pending'",
    },
    "row_rules_routing_decision": {
        "who_decided_has_an_owner_or_says_so": "owner_id = null where is_decision",
        "what_is_missing_is_named": "missing_fields = 'company'",
    },
    "row_rules_handoff_assignment": {
        "released_after_assigned": "released_at = assigned_at - interval 1 hour",
    },
    "row_rules_business_day": {
        "a_day_has_room_for_its_stretches": "stretch_count = 5",
        "a_day_has_no_more_than_its_seconds": "seconds_open = 86401",
        "stretches_follow_each_other": "opens_2 = 1, closes_2 = 2, closes_1 = 3",
    },
    "row_rules_sla_instance": {
        "no_time_is_negative": "elapsed_s = -1",
        "business_time_is_part_of_all_time": "business_elapsed_s = calendar_elapsed_s + 1",
        "met_is_in_time": "stopped_at = due_at + interval 1 second where state = 'met'",
        "breached_is_late": "elapsed_s = target_s - 1 where state = 'breached_open'",
        "stopped_is_judged": "state = 'running' where stopped_at is not null",
        "stopped_after_started": "stopped_at = started_at - interval 1 second",
    },
    "row_rules_sla_owner_segment": {
        "no_time_is_negative": "business_elapsed_s = -1",
        "business_time_is_part_of_all_time": "business_elapsed_s = calendar_elapsed_s + 1",
        "ended_after_started": "ended_at = started_at - interval 1 second",
    },
    "row_rules_policy_business_holiday": {
        "it_falls_on_one_day": "holiday_date = date '2026-05-05'",
    },
    "row_rules_measure_watch": {
        "no_more_is_missed_than_seen": "missed_count = seen_count + 1",
        "escalated_means_missed_as_often": "is_escalated = not is_escalated",
    },
    "row_rules_handoff_check": {
        "each_condition_has_its_reason": "has_score = not has_score",
        "eligible_is_all_of_them": "is_eligible = not is_eligible",
    },
    "row_rules_funnel_cohort": {
        "reached_is_part_of_entered": "reached_count = entered_count + 1",
    },
    "row_rules_funnel_snapshot": {
        "a_stage_is_part_of_the_population": "person_count = population + 1",
    },
    "row_rules_handoff_quality": {
        "handed_is_what_became_of_it": "handed_count = handed_count + 1",
    },
    "row_rules_lead_object": {
        "lead_id_is_a_uuid": "lead_id = person_id",
    },
}

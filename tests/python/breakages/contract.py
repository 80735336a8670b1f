"""The registry of the contract, owners, waivers and the quarantine."""

SENTENCES = {
    "each_field_has_one_owner_and_one_steward": {
        "an owner has left": [
            "insert into governance.contract_gap values ('canonical.person.country', "
            "'departed_owner', 'The steward is nobody.', 'data_team', false, '1.0.0')"
        ],
    },
    "nothing_held_back_is_published": {
        f"{entity} is held and published": [
            f"update intake.int_{entity}__checked set disposition = 'quarantined' "
            f"where {key} = (select min({published}) from canonical.{table})"
        ]
        for entity, key, table, published in (
            ("person", "source_record_id", "person_xref", "source_record_id"),
            ("opportunity", "source_record_id", "opportunity", "_source_record_id"),
            ("activity", "source_record_id", "activity", "_source_record_id"),
            ("event", "_content_hash", "event", "_content_hash"),
            ("consent", "source_record_id", "consent_event", "_source_record_id"),
        )
    },
}
RULES = {
    "row_rules_quarantine_case": {
        "only_what_left_is_closed": "status = 'corrected'",
        "seen_in_order": "last_seen_at = timestamp '2020-01-01'",
    },
    "row_rules_tool_reconciliation": {
        "nothing_is_unexplained": "unexplained = 1",
        "the_parts_are_the_whole": "in_model = in_model + 1",
    },
    "row_rules_tool_overlap": {"the_parts_are_the_whole": "only_in_tool = only_in_tool + 1"},
    "row_rules_contract_waiver": {"its_rule_can_be_waived": "can_be_waived = false"},
    "row_rules_policy_review": {
        "it_comes_again": "every_days = 0",
        "it_was_held": "last_reviewed_on = date '2026-07-02'",
    },
    "row_rules_policy_owner": {
        "kind_is_known": "owner_kind = 'committee'",
        "somebody_can_be_asked": "contact = null",
        "what_waits_goes_to_another": "escalates_to = owner",
    },
    "no_waiver_outlives_its_end": {
        "it_has_an_end": "valid_to = null",
        "it_has_not_ended": "valid_to = date '2026-07-01'",
    },
}

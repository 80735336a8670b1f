"""What breaks the checks on erasure, legal holds and retention."""

from __future__ import annotations

# The demo has nobody who was erased, is held or is due: a row of each, for the checks to look at.
ROWS: list[str] = [
    "insert into governance.erasure values ('era_000001', timestamp '2026-06-01', 'asked for it', "
    "'command line', 'per_gone', 3, null, 'all', '1.0.0')",
    "insert into vault.legal_hold values ('era_000001', 'per_gone', 'won_opportunity', "
    "date '2036-01-01', 'invoices', 'Ann', 'Example', null, null, null, null, null, null)",
    "insert into governance.retention_due values ('per_old', 'all', timestamp '2020-01-01', "
    "timestamp '2023-01-01', 'erase', true, false, '1.0.0')",
]

SENTENCES: dict[str, dict[str, list[str]]] = {
    "nothing_is_kept_for_longer_than_agreed": {
        "the deal that held it was closed": [
            "update governance.retention_due set is_held_by_open_deal = false, is_overdue = true"
        ],
    },
}

RULES: dict[str, dict[str, str]] = {
    "row_rules_policy_legal_hold": {
        "the_hold_is_known": "hold = 'forever'",
        "the_days_are_counted": "days = -1",
    },
    "row_rules_policy_retention": {
        "the_entity_is_known": "entity = 'account'",
        "the_class_is_known": "field_class = 'hobbies'",
        "the_action_is_known": "action = 'hide'",
        "the_days_are_counted": "days = 0",
    },
}

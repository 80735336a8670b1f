"""What the contract fails to say of a field is found: each kind of gap, on fields made for it,
by the SQL that the demo's build compiled for its day, 1 July 2026."""

from __future__ import annotations

import json
from typing import Any

import duckdb
from conftest import Run

WHOLE = {
    "kind": "published", "data_type": "string", "definition": "A word.", "pii": "none",
    "business_owner": "finance", "steward": "data_team", "workflow": "reporting",
}  # fmt: skip
# Fields, what they have other than a whole one, and the gaps that are to be found.
FIELDS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "canonical.a.whole": ({}, set()),
    "canonical.a.nobodys": ({"business_owner": None}, {"no_owner"}),
    "canonical.a.no_steward": ({"steward": None}, {"no_owner"}),
    "canonical.a.strangers": ({"business_owner": "somebody"}, {"unknown_owner"}),
    "canonical.a.left": ({"steward": "left_in_june"}, {"departed_owner"}),
    "canonical.a.stays_until_today": ({"steward": "leaves_in_july"}, set()),
    "canonical.a.everybodys": ({"business_owner": "all_of_us"}, {"group_owner"}),
    "canonical.a.idle": ({"workflow": None}, {"no_workflow"}),
    "canonical.a.unsaid": ({"definition": None}, {"no_definition"}),
    "canonical.a.size": ({"data_type": "int"}, {"two_meanings"}),
    "canonical.b.size": ({}, {"two_meanings"}),
    "canonical.a.place": ({"pii": "indirect"}, {"two_classes"}),
    "canonical.b.place": ({}, {"two_classes"}),
    "canonical.a.amount": ({"data_type": "decimal(18, 2)"}, set()),
    "canonical.b.amount": ({"data_type": "bigint"}, set()),
    "canonical.a.since": ({"data_type": "date"}, {"two_meanings"}),
    "canonical.b.since": ({"data_type": "timestamp"}, {"two_meanings"}),
    "vault.a.since": ({"pii": "direct"}, set()),
    "crm.contact.size": ({"kind": "source", "workflow": None, "data_type": "int"}, set()),
}
OWNERS = [
    ("finance", "role", None),
    ("data_team", "role", None),
    ("left_in_june", "person", "2026-07-01"),
    ("leaves_in_july", "person", "2026-07-02"),
    ("all_of_us", "group", None),
]


def test_each_kind_of_gap_is_found_and_a_waiver_marks_it(demo_build: Run) -> None:
    manifest = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))
    [sql] = [
        node["compiled_code"]
        for node in manifest["nodes"].values()
        if node["name"] == "contract_gap"
    ]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo_build.warehouse.state}' as demo (read_only)")
        connection.execute("attach ':memory:' as cdm")
        for table in ("governance.contract_field", "policy.policy_owner", "policy.policy_waiver"):
            connection.execute(f"create schema if not exists cdm.{table.split('.')[0]}")
            connection.execute(f"create table cdm.{table} as from demo.{table} limit 0")
        for field, (other, _) in FIELDS.items():
            row = {"field_id": field, "table_name": field.rpartition(".")[0],
                "column_name": field.rpartition(".")[2], **WHOLE, **other}
            connection.execute(
                "insert into cdm.governance.contract_field by name select "
                + ", ".join(f"? as {name}" for name in row),
                list(row.values()),
            )
        connection.executemany(
            "insert into cdm.policy.policy_owner by name select ? as owner, ? as owner_kind, "
            "date '2020-01-01' as valid_from, cast(? as date) as valid_to",
            OWNERS,
        )
        connection.execute(
            "insert into cdm.policy.policy_waiver by name select rule_id, scope, "
            "date '2026-01-01' as valid_from, date '2027-01-01' as valid_to from (values "
            "('contract.field.two_classes', 'canonical.a.place'), "
            "('contract.field.two_meanings', '*.since')) as waivers (rule_id, scope)"
        )
        gaps = connection.execute(f"select field_id, gap, is_waived from ({sql})").fetchall()
    found: dict[str, set[str]] = {field: set() for field in FIELDS}
    for field, gap, _ in gaps:
        found[field].add(gap)
    assert found == {field: expected for field, (_, expected) in FIELDS.items()}
    waived = {field for field, _, is_waived in gaps if is_waived}
    assert waived == {"canonical.a.place", "canonical.a.since", "canonical.b.since"}

"""The demo's truth key against the build: each edge case has its expected outcome."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from itertools import combinations
from typing import Any

import duckdb
import pytest
from conftest import REPO, Run, member_key

from cdm.database import open_warehouse

TRUTH = REPO / "demo" / "truth"
pytestmark = pytest.mark.demo


def rows_of(name: str) -> list[dict[str, str]]:
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EXPECTED = rows_of("expected.csv")


@pytest.fixture(scope="module")
def state(demo_build: Run) -> duckdb.DuckDBPyConnection:
    """The demo's tables as the build left them, open for reading, with the keys of its hashes."""
    demo_build.check()
    with open_warehouse(demo_build.warehouse.state, read_only=True) as connection:
        connection.execute(
            "create temp macro keyed_hash(x) as sha256("
            "getvariable('cdm_hash_outer') || sha256(getvariable('cdm_hash_inner') || x))"
        )
        yield connection


def stored(record: str) -> str:
    """Return a record as the build names it: Mailchimp's member ids, hashes of the address, are
    hashed anew with the warehouse's key."""
    system, _, record_id = record.partition(":")
    list_id, _, member = record_id.partition(":")
    if system != "mailchimp" or not re.fullmatch("[0-9a-f]{32}", member[:32]):
        return record
    return f"{system}:{list_id}:{member_key(member[:32])}{member[32:]}"


def where(conditions: dict[str, Any]) -> tuple[str, list[Any]]:
    """Return a SQL condition and its parameters; `<column>_contains` looks inside a text."""
    tests, values = ["true"], []
    for column in {"source_record_id", "person_record_id"} & set(conditions):
        if re.match("[0-9a-f]{10}:", conditions[column]):
            named = stored(f"mailchimp:{conditions[column]}")
            conditions = conditions | {column: named.partition(":")[2]}
    for column, value in conditions.items():
        if column.endswith("_contains"):
            tests.append(f"contains({column.removesuffix('_contains')}, ?)")
            values.append(value)
        else:
            tests.append(f"{column} is not distinct from ?")
            values.append(value)
    return " and ".join(tests), values


def person_of(state: duckdb.DuckDBPyConnection, record: str) -> str | None:
    found = state.execute(
        "select person_id from resolve.int_person__members where record_key = ?", [stored(record)]
    ).fetchone()
    return found[0] if found else None


def account_of(state: duckdb.DuckDBPyConnection, record: str) -> str | None:
    found = state.execute(
        "select account_id from resolve.int_account__members where record_key = ?", [stored(record)]
    ).fetchone()
    return found[0] if found else None


def opportunity_of(state: duckdb.DuckDBPyConnection, record: str) -> tuple[Any, ...]:
    """Return (opportunity_id, account_id) of an opportunity record."""
    return state.execute(
        "select opportunity_id, account_id from canonical.opportunity"
        " where _source_system || ':' || _source_record_id = ?",
        [record],
    ).fetchone()


def events_of(state: duckdb.DuckDBPyConnection, subject: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return (event_id, person_id, source_id, session_id) of the events that raw words name."""
    condition, values = where({f"located.{column}": value for column, value in subject.items()})
    return state.execute(
        "select event_id, event.person_id, event.source_id, event.session_id"
        " from canonical.event as event"
        " inner join resolve.int_event__located as located using (event_id)"
        f" where {condition}",
        values,
    ).fetchall()


def check_disposition(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    entity = subject.pop("entity")
    condition, values = where(subject)
    found = state.execute(
        f"select disposition, coalesce(reason_codes, '') from intake.int_{entity}__checked"
        f" where {condition} and disposition <> 'duplicate'",
        values,
    ).fetchall()
    assert found, "no such raw row"
    assert {disposition for disposition, _ in found} == {expected["disposition"]}, found
    if expected.get("reason"):
        assert all(expected["reason"] in reasons.split(";") for _, reasons in found), found


def check_same_person(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    persons = [person_of(state, record) for record in subject["records"]]
    assert None not in persons, persons
    assert len(set(persons)) == expected["persons"], persons


def check_account(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    if "person_record" in subject:
        person = person_of(state, subject["person_record"])
        left = state.execute(
            "select primary_account_id from canonical.person where person_id = ?", [person]
        ).fetchone()[0]
        accounts = [left, account_of(state, subject["account_record"])]
    elif "opportunity_record" in subject:
        left = opportunity_of(state, subject["opportunity_record"])[1]
        accounts = [left, account_of(state, subject["account_record"])]
    else:
        records = subject.get("records") or subject["accounts"]
        accounts = [account_of(state, record) for record in records]
    if expected.get("same_or_none"):
        assert accounts[0] in (None, accounts[1]), accounts
    else:
        assert None not in accounts, accounts
        same = 1 if expected.get("same", True) else len(accounts)
        assert len(set(accounts)) == expected.get("accounts", same), accounts


def check_event_person(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    found = events_of(state, subject)
    assert found, "no such event"
    wanted = person_of(state, expected["record"]) if expected.get("record") else None
    assert {person for _, person, *_ in found} == {wanted}, found


def check_consent_state(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    found = state.execute(
        "select state, is_bounced from canonical.consent_current where purpose = ? and channel = ?"
        " and contact_point_hash = keyed_hash(?)",
        [subject["purpose"], subject["channel"], subject["contact_point"]],
    ).fetchone()
    stated = found[0] if found else "unknown"
    assert stated == expected.get("state", stated), found
    assert stated not in expected.get("state_not", []), found
    if "is_bounced" in expected:
        assert found[1] == expected["is_bounced"]


def check_stage(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    person = person_of(state, subject["record"])
    check_row(state, "canonical.lifecycle_current", {"subject_id": person}, expected)


def check_row(state: Any, table: str, keys: dict[str, Any], expected: dict[str, Any]) -> None:
    """Compare columns of the one row of a table that the keys name.

    `<column>_in` lists the values allowed; a row that is not there has null in every column.
    """
    condition, values = where(keys)
    columns = ", ".join(column.removesuffix("_in") for column in expected)
    found = state.execute(f"select {columns} from {table} where {condition}", values).fetchall()
    assert len(found) <= 1, found
    row = found[0] if found else [None] * len(expected)
    for value, (column, wanted) in zip(row, expected.items(), strict=True):
        shown = value.isoformat() if hasattr(value, "isoformat") else value
        allowed = wanted if column.endswith("_in") else [wanted]
        assert shown in allowed or str(shown) in map(str, allowed), (column, shown, wanted)


def keys_of(state: Any, subject: dict[str, Any]) -> dict[str, Any]:
    """Return the canonical key that a subject in raw words means."""
    table = subject["table"].split(".")[1]
    if "where" in subject and "record" not in subject:
        return subject["where"]
    if "opportunity_record" in subject:
        return {"opportunity_id": opportunity_of(state, subject["opportunity_record"])[0]}
    if "event" in subject:
        found = events_of(state, subject["event"])
        assert len(found) == 1, found
        place = {"source": 2, "session": 3}.get(table)
        return {f"{table}_id": found[0][place]} if place else {"event_id": found[0][0]}
    if table == "account":
        return {"account_id": account_of(state, subject["record"])}
    if table.startswith(("lifecycle_", "stage_assertion")):
        return {"subject_id": person_of(state, subject["record"])}
    if table == "account_domain":
        return {"account_id": account_of(state, subject["record"])}
    if table in ("opportunity", "activity") or "source_record" in subject:
        system, record_id = (subject.get("source_record") or subject["record"]).split(":", 1)
        prefix = "_" if table in ("opportunity", "activity") else ""
        return {f"{prefix}source_system": system, f"{prefix}source_record_id": record_id}
    return {"person_id": person_of(state, subject["record"])}


def check_field_value(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    check_row(state, subject["table"], keys_of(state, subject), expected)


def check_row_count(state: Any, subject: dict[str, Any], expected: dict[str, Any]) -> None:
    if "event" in subject:
        assert len(events_of(state, subject["event"])) == expected["rows"]
        return
    conditions = dict(subject.get("where", {}))
    if set(subject) - {"table", "where"}:
        conditions |= keys_of(state, {k: v for k, v in subject.items() if k != "where"})
    condition, values = where(conditions)
    count = state.execute(
        f"select count(*) from {subject['table']} where {condition}", values
    ).fetchone()[0]
    assert expected.get("rows_min", 0) <= count, count
    assert count == expected.get("rows", count), count


CHECKS = {
    "disposition": check_disposition,
    "same_person": check_same_person,
    "different_persons": check_same_person,
    "same_account": check_account,
    "not_merged_account": check_account,
    "event_person": check_event_person,
    "consent_state": check_consent_state,
    "stage": check_stage,
    "field_value": check_field_value,
    "row_count": check_row_count,
}


@pytest.mark.parametrize(
    "case", EXPECTED, ids=[f"{case['edge_case']}-{place}" for place, case in enumerate(EXPECTED)]
)
def test_each_edge_case_has_its_outcome(state: Any, case: dict[str, str]) -> None:
    subject = json.loads(case["subject"])
    CHECKS[case["check"]](state, subject, json.loads(case["expected"]))


def pairs_within(groups: dict[str, list[str]]) -> set[tuple[str, str]]:
    """Return all pairs of records that stand in one group."""
    return {pair for records in groups.values() for pair in combinations(sorted(set(records)), 2)}


def test_no_two_people_are_one_and_evidence_is_used(state: Any) -> None:
    truth = {
        stored(f"{row['source_system']}:{row['source_record_id']}"): row
        for row in rows_of("person_key.csv")
    }
    members = dict(
        state.execute("select record_key, person_id from resolve.int_person__members").fetchall()
    )
    found: dict[str, list[str]] = defaultdict(list)
    for record, person in members.items():
        if record in truth:
            found[person].append(record)
    together = pairs_within(found)
    false_merges = {
        (left, right)
        for left, right in together
        if truth[left]["person_key"] != truth[right]["person_key"] or not truth[left]["person_key"]
    }
    assert not false_merges, sorted(false_merges)
    evidence: dict[str, list[str]] = defaultdict(list)
    for record, row in truth.items():
        if row["evidence_group"] and record in members:
            evidence[row["evidence_group"]].append(record)
    reachable = pairs_within(evidence)
    assert len(reachable) > 200, len(reachable)
    recall = len(reachable & together) / len(reachable)
    missed = [f"{left} {right}" for left, right in sorted(reachable - together)[:20]]
    assert recall >= 0.98, missed


def test_every_raw_row_is_counted_as_the_files_hold_it(state: Any) -> None:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows_of("counts.csv"):
        counts[row["connector"], row["object"]] += int(row["rows"])
    placed = {
        (connector, source_object): (rows_in, difference)
        for connector, source_object, rows_in, difference in state.execute(
            "select connector, source_object, rows_in, difference from governance.reconciliation"
        ).fetchall()
    }
    assert {key: placed[key] for key in counts} == {key: (n, 0) for key, n in counts.items()}
    assert all(rows == 0 for key, (rows, _) in placed.items() if key not in counts)

"""Rules that fields declare in YAML: each is enforced by intake on the right rows, with its reason,
and again on the published table; and none is without a check."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest
from conftest import Run

from cdm.files import vault_of

# The types of rules, and the last word of the reason that each has.
WORDS = {
    "required": "missing", "format": "malformed", "range": "out_of_range",
    "allowed_values": "not_allowed", "unique": "not_unique", "reference": "unknown",
}  # fmt: skip
RULE_TYPES = set(WORDS)

# One row each of intake.int_opportunity__records, and what intake is to say of it. Every row is of
# a deal that is whole but for what is given.
DEALS: dict[str, tuple[dict[str, Any], str | None]] = {
    "whole": ({}, None),
    "the ends of a range": ({"stage_rank": 0, "amount": 0, "probability": 1}, None),
    "the other end": ({"probability": 0, "expected_close_date": "1990-01-01"}, None),
    "no amount": ({"amount": None}, "opportunity.amount.missing"),
    "an amount that can't be read": (
        {"amount": None, "_cast_failures": '{"amount":"much"}'},
        "opportunity.amount.unparsable",
    ),
    "a negative amount": ({"amount": -0.01}, "opportunity.amount.negative"),
    "too sure": ({"probability": 1.000001}, "opportunity.probability.out_of_range"),
    "before the first stage": ({"stage_rank": -1}, "opportunity.stage_rank.out_of_range"),
    "a year with a digit too many": (
        {"expected_close_date": "20260-01-01"},
        "opportunity.expected_close_date.out_of_range",
    ),
    "no stage": ({"stage": None, "is_closed": None}, "opportunity.stage.missing"),
    "closed, but when": ({"is_closed": True}, "opportunity.closed_at.missing"),
    "closed and said when": ({"is_closed": True, "closed_at": "2026-02-01"}, None),
    "an unknown firm": ({"account_record_id": "9"}, "opportunity.account_record_id.unknown"),
    "a firm of another system": (
        {"account_record_id": "2"},
        "opportunity.account_record_id.unknown",
    ),
    "deleted and empty": ({"stage": None, "amount": None, "is_deleted": True}, None),
}
FIRMS: dict[str, tuple[dict[str, Any], str | None]] = {
    "whole": ({"domain": "a.example"}, None),
    "no host": ({"domain": "none"}, "account.domain.invalid"),
    "shared": ({"domain": "b.example"}, "account.domain.not_unique"),
    "shared too": ({"domain": "b.example"}, "account.domain.not_unique"),
    "shared with a deleted one": ({"domain": "c.example"}, None),
    "deleted": ({"domain": "c.example", "is_deleted": True}, None),
    "a loss is no revenue": ({"annual_revenue": -1}, "account.annual_revenue.negative"),
}


@pytest.fixture(scope="module")
def nodes(demo_build: Run) -> dict[str, dict[str, Any]]:
    """The nodes of the demo's manifest, by name, with their compiled SQL."""
    manifest = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))
    return {node["name"]: node for node in manifest["nodes"].values()}


@pytest.fixture
def bench(demo_build: Run) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which `cdm` is empty but for the shapes of the tables of intake."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo_build.warehouse.state}' as demo (read_only)")
        vault = vault_of(demo_build.warehouse.state)
        connection.execute(f"attach '{vault}' as demo_vault (read_only)")
        connection.execute("attach ':memory:' as cdm; attach ':memory:' as cdm_vault")
        connection.execute("create schema cdm_vault.intake")
        connection.execute("create schema cdm_vault.staging")
        connection.execute(
            "create table cdm_vault.staging.quarantine_decision as "
            "from demo_vault.staging.quarantine_decision limit 0"
        )
        connection.execute("create schema cdm.policy")
        connection.execute(
            "create table cdm.policy.policy_waiver as from demo.policy.policy_waiver limit 0"
        )
        connection.execute(
            "create table cdm.policy.policy_lifecycle_stage as "
            "from demo.policy.policy_lifecycle_stage"
        )
        yield connection


def shape(connection: duckdb.DuckDBPyConnection, entity: str) -> str:
    """Create the empty table that an intake model reads, and return its name."""
    records = f"cdm_vault.intake.int_{entity}__records"
    connection.execute(
        f"create or replace table {records} as select * exclude (record_key, raw_row_id, "
        "copy_number, duplicate_of, reason_codes, disposition, is_current) "
        f"from demo_vault.intake.int_{entity}__checked limit 0"
    )
    return records


def judge(
    connection: duckdb.DuckDBPyConnection,
    nodes: dict[str, dict[str, Any]],
    entity: str,
    rows: dict[str, dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Run the intake model of an entity, as the demo compiled it, on rows; return what it makes of
    each, by record id."""
    records = shape(connection, entity)
    for name, values in rows.items():
        row = {
            "connector": "crm", "source_system": "crm", "source_object": entity,
            "source_record_id": name, "is_deleted": False, "is_derived": False,
            "_content_hash": name, **values,
        }  # fmt: skip
        connection.execute(
            f"insert into {records} by name select {', '.join(f'? as {n}' for n in row)}",
            list(row.values()),
        )
    answer = connection.execute(nodes[f"int_{entity}__checked"]["compiled_code"])
    names = [column[0] for column in answer.description or []]
    judged = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return {row["source_record_id"]: row for row in judged}


def test_exactly_the_rows_that_break_a_rule_say_so(
    bench: duckdb.DuckDBPyConnection, nodes: dict[str, dict[str, Any]]
) -> None:
    firms = {name: {"name": "Firm", **values} for name, (values, _) in FIRMS.items()}
    said = {n: row["reason_codes"] for n, row in judge(bench, nodes, "account", firms).items()}
    assert said == {name: reason for name, (_, reason) in FIRMS.items()}

    shape(bench, "account")
    bench.execute(
        "insert into cdm_vault.intake.int_account__records by name "
        "select 'crm' as source_system, '1' as source_record_id, false as is_deleted "
        "union all select 'other', '2', false"
    )
    whole = {
        "stage": "Open", "stage_rank": 1, "amount": 10, "currency": "EUR", "is_closed": False,
        "account_record_id": "1",
    }  # fmt: skip
    deals = {name: {**whole, **values} for name, (values, _) in DEALS.items()}
    said = {n: row["reason_codes"] for n, row in judge(bench, nodes, "opportunity", deals).items()}
    assert said == {name: reason for name, (_, reason) in DEALS.items()}


def test_a_value_that_is_warned_of_is_left_out_and_the_row_stays(
    bench: duckdb.DuckDBPyConnection, nodes: dict[str, dict[str, Any]]
) -> None:
    shape(bench, "account")
    rows = judge(
        bench,
        nodes,
        "opportunity",
        {"bad": {"amount": -5, "probability": 7, "stage": "Open"}, "good": {"amount": 5}},
    )
    assert {row["disposition"] for row in rows.values()} == {"accepted"}
    assert (rows["bad"]["amount"], rows["bad"]["probability"]) == (None, None)
    assert rows["bad"]["stage"] == "Open"
    assert rows["good"]["amount"] == 5


def test_a_value_that_is_not_allowed_holds_the_row(
    bench: duckdb.DuckDBPyConnection, nodes: dict[str, dict[str, Any]]
) -> None:
    for entity in ("person", "account"):
        bench.execute(
            f"create table cdm_vault.intake.int_{entity}__checked as "
            f"from demo_vault.intake.int_{entity}__checked where source_system = 'hubspot'"
        )
    known = bench.execute(
        "select min(source_record_id) from cdm_vault.intake.int_person__checked where is_current"
    ).fetchone()
    whole = {
        "source_system": "hubspot", "subject_record_id": (known or [None])[0], "to_stage": "lead",
        "changed_at": "2026-01-01",
    }  # fmt: skip
    rows = judge(
        bench,
        nodes,
        "lifecycle_change",
        {
            "good": {**whole, "subject_type": "person"},
            "bad": {**whole, "subject_type": "deal"},
        },
    )
    assert rows["good"]["disposition"] == "accepted"
    assert rows["bad"]["disposition"] == "quarantined"
    assert "lifecycle_change.subject_type.not_allowed" in rows["bad"]["reason_codes"].split(";")


def declared(nodes: dict[str, dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Each rule that a column of a model declares, with the model's node and the column."""
    for node in nodes.values():
        for column in node["columns"].values() if node["resource_type"] == "model" else ():
            for rule in column["config"]["meta"].get("rules") or []:
                yield node, column["name"], rule


def is_asked_when_published(rule: dict[str, Any]) -> bool:
    (kind,) = RULE_TYPES & set(rule)
    severity = rule.get("severity", "warn")
    asked = {"format", "range", "allowed_values"} if severity != "report" else set()
    if severity == "reject" or not rule.get("intake", True):
        asked |= {"required"}
    return kind in asked and rule.get("published", True)


def test_each_declared_rule_has_its_check(nodes: dict[str, dict[str, Any]]) -> None:
    """What a column declares stands in the compiled SQL of intake, of its table's row_rules test,
    or of both."""
    row_rules = {
        node["attached_node"]: node["compiled_code"]
        for node in nodes.values()
        if (node.get("test_metadata") or {}).get("name") == "row_rules"
    }
    intake = {
        name.removeprefix("int_").removesuffix("__checked"): node["compiled_code"]
        for name, node in nodes.items()
        if name.endswith("__checked")
    }
    seen = set()
    for node, column, rule in declared(nodes):
        seen |= RULE_TYPES & set(rule)
        meta = node["columns"][column]["config"]["meta"]
        entity = node["config"]["meta"].get("entity", node["name"])
        at_intake = entity in intake and rule.get("intake", True)
        if at_intake:
            field = meta.get("intake_field", column)
            assert f"';{entity}.{field}." in intake[entity], (node["name"], rule)
        if is_asked_when_published(rule):
            assert f"'{column}." in row_rules[node["unique_id"]], (
                f"{node['name']}.{column} declares {rule}, and the table has no row_rules test to "
                "check it"
            )
        assert at_intake or is_asked_when_published(rule), (node["name"], column, rule)
    assert seen == RULE_TYPES


def breakage(rule: dict[str, Any], data_type: str) -> str:
    """Return a value, as SQL, that breaks a rule."""
    if "required" in rule:
        return "null"
    if "range" not in rule:
        return "'?'"
    low, high = rule["range"]
    if data_type == "date":
        return f"date '{low}' - 1" if low is not None else f"date '{high}' + 1"
    return f"{low} - 1" if low is not None else f"{high} + 1"


def test_a_published_value_that_breaks_a_declared_rule_is_caught(
    demo_build: Run, nodes: dict[str, dict[str, Any]]
) -> None:
    """Each rule of each published column is broken in one row, which its check names."""
    broken: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for node, column, rule in declared(nodes):
        if is_asked_when_published(rule) and f"row_rules_{node['name']}" in nodes:
            broken.setdefault(node["name"], []).append((column, rule))
    assert len(broken) > 20
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo_build.warehouse.state}' as demo (read_only)")
        connection.execute("attach ':memory:' as cdm")
        for name, rules in broken.items():
            node, sql = nodes[name], nodes[f"row_rules_{name}"]["compiled_code"]
            table = f"{node['schema']}.{name}"
            connection.execute(f"create schema if not exists cdm.{node['schema']}")
            connection.execute(f"create table cdm.{table} as from demo.{table}")
            assert connection.execute(sql).fetchall() == []
            if not connection.execute(f"select count(*) from cdm.{table}").fetchall()[0][0]:
                key = ", ".join(node["config"]["meta"]["primary_key"])
                connection.execute(f"insert into cdm.{table} by name select null as {key}")
            for column, rule in rules:
                (kind,) = RULE_TYPES & set(rule)
                value = breakage(rule, node["columns"][column]["data_type"])
                if rule.get("when"):
                    continue
                connection.execute("begin")
                connection.execute(
                    f"update cdm.{table} set {column} = {value} "
                    f"where rowid = (select min(rowid) from cdm.{table})"
                )
                found = {rule: count for rule, count, _ in connection.execute(sql).fetchall()}
                connection.execute("rollback")
                word = rule.get("name", WORDS[kind])
                assert found.get(f"{column}.{word}") == 1, (name, column, rule, found)


def test_the_registry_lists_each_rule_once_and_each_reason_of_intake(demo_build: Run) -> None:
    rules = demo_build.query(
        "select rule_id, enforced_by, problem, next_step from governance.contract_rule "
        "where stage = 'intake' and rule_type not like 'expect%'"
    )
    assert all(problem and step and check for _, check, problem, step in rules)
    ids = {rule for rule, *_ in rules}
    found = demo_build.query(
        "select distinct unnest(string_split(reason_codes, ';')) from intake.int_row__placed "
        "where reason_codes is not null and disposition <> 'duplicate'"
    )
    assert {reason for (reason,) in found} <= ids

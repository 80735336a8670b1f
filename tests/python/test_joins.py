"""No join compares every row with every other: its cost would grow with the square of the data.

DuckDB hashes a join that has an equality between its two sides. Every other join compares all pairs
of rows, which is fine only where one side stays small: a policy, a reference list, one row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from conftest import Run

from cdm.database import open_warehouse
from cdm.duckdb_plugin import Plugin

PAIRWISE = {"BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN", "CROSS_PRODUCT", "PIECEWISE_MERGE_JOIN"}
LISTS = {"policy", "reference"}  # schemas of the seeds, which no export makes longer
CALENDAR = "date_day"  # nor this one
# The first two are joined by equalities throughout, but three at a time, where the demo's few rows
# let the planner begin with the inequality; the third counts stays at the ends of some months; the
# fourth puts what each tool knows beside each other tool, of which there are a handful, the fifth
# lists each campaign under each model, and the last asks each model for each conversion.
PLANNED_SO = {
    "conversion_path",
    "int_identity__refused",
    "funnel_snapshot",
    "tool_overlap",
    "campaign_return",
    "each_conversion_is_credited_once",
}


def operators(plan: dict) -> Iterator[dict]:
    """Yield a plan's operator and all below it."""
    yield plan
    for child in plan.get("children", []):
        yield from operators(child)


def is_small(plan: dict, ctes: dict[str, dict]) -> bool:
    """Tell whether a side of a join holds one row, or nothing but rows of seeds."""
    below = list(operators(plan))
    if below[0]["name"].strip() == "UNGROUPED_AGGREGATE":
        return True
    if below[0]["name"].strip() in ("PROJECTION", "CROSS_PRODUCT", "FILTER", "STREAMING_LIMIT"):
        return all(is_small(child, ctes) for child in below[0]["children"])
    for node in below:
        about = node.get("extra_info", {})
        if "CTE Index" in about and node["name"].strip() == "CTE_SCAN":
            if not is_small(ctes[about["CTE Index"]], ctes):
                return False
        elif "Table" in about:
            schema, table = about["Table"].replace('"', "").split(".")[-2:]
            if schema not in LISTS and table != CALENDAR:
                return False
    return True


def pairwise_joins(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """Return the conditions of the joins of a query that compare all pairs of large sides."""
    [(_, text)] = connection.execute(f"explain (format json) {sql}").fetchall()
    found = [node for plan in json.loads(text) for node in operators(plan)]
    ctes = {
        node["extra_info"]["Table Index"]: node["children"][0]
        for node in found
        if node["name"].strip() == "CTE"
    }
    return [
        str(node["extra_info"])
        for node in found
        if node["name"].strip() in PAIRWISE
        and not any(is_small(side, ctes) for side in node["children"])
    ]


@pytest.mark.parametrize("kind", ["model", "test"])
def test_every_join_of_large_sides_has_an_equality(demo_build: Run, kind: str) -> None:
    nodes = json.loads(demo_build.warehouse.manifest.read_text())["nodes"].values()
    compiled = {
        node["name"]: node
        for node in nodes
        if node["resource_type"] == kind and node.get("compiled_code")
    }
    assert len(compiled) > 100
    pairwise = {}
    with open_warehouse(demo_build.warehouse.state, read_only=True) as connection:
        Plugin.add_functions(connection)
        for name, node in compiled.items():
            if joins := pairwise_joins(connection, node["compiled_code"]):
                pairwise[name] = joins
    pairwise = {name: joins for name, joins in pairwise.items() if name not in PLANNED_SO}
    assert pairwise == {}, "These compare all rows with all; join by an equality."


@pytest.mark.parametrize(
    ("join", "condition", "is_pairwise"),
    [
        ("left", "one.kind = 'a' and one.id = two.id", True),
        ("full outer", "one.kind = 'a' and one.id = two.id", True),
        ("left", "one.id = two.id", False),
        ("left", "one.id like two.id", True),
        ("left", "one.id like rule.pattern", False),
    ],
)
def test_a_join_without_an_equality_is_found(
    tmp_path: Path, join: str, condition: str, is_pairwise: bool
) -> None:
    with duckdb.connect(str(tmp_path / "cdm.duckdb")) as connection:
        connection.execute("create schema policy; create schema intake")
        connection.execute("create table policy.rule as select '%' as pattern")
        connection.execute(
            "create table intake.row as select i::text as id, 'a' as kind from range(9) t(i)"
        )
        other = "policy.rule as rule" if "rule" in condition else "intake.row as two"
        sql = f"select 1 from intake.row as one {join} join {other} on {condition}"
        assert bool(pairwise_joins(connection, sql)) is is_pairwise

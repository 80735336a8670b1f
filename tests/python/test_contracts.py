"""What the contracts say of themselves: keys, workflows, and lists that name every table."""

from __future__ import annotations

import csv
import json
import re
from typing import Any

import pytest
from conftest import REPO, Run

from cdm.publish import PUBLISHED_SCHEMAS

WORKFLOWS = {"tracking", "scoring", "routing", "reporting"}


@pytest.fixture(scope="module")
def manifest(demo_build: Run) -> dict[str, Any]:
    """The manifest of the demo's build."""
    return json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def published(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The models with a contract, by name: the published schemas and the vault."""
    return {
        node["name"]: node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in (*PUBLISHED_SCHEMAS, "vault")
    }


def test_the_key_that_is_declared_is_the_key_that_is_tested(
    manifest: dict[str, Any], published: dict[str, dict[str, Any]]
) -> None:
    tested = {
        node["attached_node"]: node["test_metadata"]["kwargs"]["columns"]
        for node in manifest["nodes"].values()
        if (node.get("test_metadata") or {}).get("name") == "primary_key"
    }
    declared = {
        node["unique_id"]: node["config"]["meta"]["primary_key"]
        for node in published.values()
        if node["schema"] != "marts"
    }
    assert {name: tested.get(name) for name in declared} == declared


def test_each_column_says_what_it_is_for(published: dict[str, dict[str, Any]]) -> None:
    lacking = [
        f"{name}.{column}"
        for name, node in published.items()
        for column, about in node["columns"].items()
        if about["config"]["meta"].get("workflow") not in WORKFLOWS
        or not about["config"]["meta"].get("source_of_truth")
    ]
    assert lacking == []


def test_the_columns_stand_in_the_order_of_the_contract(
    demo_build: Run, published: dict[str, dict[str, Any]]
) -> None:
    found: dict[str, list[str]] = {}
    for name, column in demo_build.query(
        "select table_schema || '.' || table_name, column_name "
        "from information_schema.columns order by table_schema, table_name, ordinal_position"
    ):
        found.setdefault(name, []).append(column)
    for node in published.values():
        assert found[f"{node['schema']}.{node['name']}"] == list(node["columns"]), node["name"]


def test_the_scan_for_identifiers_reads_every_published_text(
    published: dict[str, dict[str, Any]],
) -> None:
    path = REPO / "tests/singular/vault/no_direct_identifier_outside_the_vault.sql"
    listed = re.search(r"set published = \[(.*?)\]", path.read_text(encoding="utf-8"), re.S)
    assert listed is not None
    with_text = {
        name
        for name, node in published.items()
        if node["schema"] != "vault"
        and [c for c in node["columns"] if node["columns"][c]["data_type"] == "string"]
    }
    assert with_text - {"date_day"} == set(re.findall(r"'(\w+)'", listed.group(1)))


def test_every_policy_is_looked_after() -> None:
    """Each policy seed is in the list that the tests of policies go through, under its own key."""
    macro = (REPO / "macros/governance/policy_keys.sql").read_text(encoding="utf-8")
    listed = {
        name: re.findall(r"'(\w+)'", key)
        for name, key in re.findall(r"'(policy_\w+)': \[([^\]]*)\]", macro)
    }
    seeds = {path.stem: path for path in (REPO / "seeds/policy").glob("*.csv")}
    assert set(listed) == set(seeds)
    for name, path in seeds.items():
        with path.open(encoding="utf-8", newline="") as file:
            columns = next(csv.reader(file))
        assert set(listed[name]) <= set(columns), name
        assert columns[-4:] == ["valid_from", "valid_to", "approved_by", "reason"], name


def test_each_threshold_of_completeness_is_measured(manifest: dict[str, Any]) -> None:
    """Of published columns in the tables that field_completeness counts; of raw ones in all."""
    [counts] = [n for n in manifest["nodes"].values() if n["name"] == "field_completeness"]
    asked = {
        node["unique_id"]
        for node in manifest["nodes"].values()
        for column in node["columns"].values()
        if (column["config"].get("meta") or {}).get("min_completeness")
    }
    assert asked and asked <= set(counts["depends_on"]["nodes"])

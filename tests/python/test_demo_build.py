"""The real project, built from the demo's exports as `make build` does."""

from __future__ import annotations

import json
import re

import duckdb
import pytest
import yaml
from conftest import REPO, Run

pytestmark = pytest.mark.demo


@pytest.fixture(scope="module")
def manifest(demo_build: Run) -> dict:
    """The manifest of the demo's build."""
    return json.loads(demo_build.warehouse.manifest.read_text())


def test_it_passes_and_every_row_is_somewhere(demo_build: Run) -> None:
    assert demo_build.rc in (0, 2)
    lines = demo_build.output.splitlines()
    assert any(line.startswith("OK") for line in lines)
    [balance] = [line for line in lines if " rows in = " in line]
    rows_in, *parts = (int(word.replace(",", "")) for word in balance.split() if word[0].isdigit())
    assert rows_in == sum(parts) > 0
    assert "DO NOT BALANCE" not in demo_build.output


def test_all_data_tests_and_unit_tests_pass(demo_build: Run, manifest: dict) -> None:
    data_tests = [name for name in manifest["nodes"] if name.startswith("test.")]
    written = [
        unit["name"]
        for path in (REPO / "tests" / "unit").rglob("*.yml")
        for unit in yaml.safe_load(path.read_text())["unit_tests"]
    ]
    assert sorted(unit["name"] for unit in manifest["unit_tests"].values()) == sorted(written)
    checks = len(data_tests) + len(written)
    [line] = [line for line in demo_build.output.splitlines() if line.startswith("Checks: ")]
    passed, warned, failed = re.findall(r"([\d,]+) (?:passed|warned|failed)", line)
    assert (int(passed) + int(warned), failed) == (checks, "0")


def test_every_published_table_is_documented_and_has_its_key(demo_build: Run) -> None:
    tables = demo_build.query(
        "select schema_name || '.' || table_name, comment, has_primary_key from duckdb_tables()",
        "published",
    )
    assert {"canonical.person", "canonical.account", "governance.reconciliation"} <= {
        name for name, _, _ in tables
    }
    assert [name for name, comment, _ in tables if not comment] == []
    assert [name for name, _, has_key in tables if not has_key] == []
    bare = demo_build.query(
        "select table_name, column_name from duckdb_columns() "
        "where comment is null and database_name = 'cdm' and not internal",
        "published",
    )
    assert bare == []


def test_every_relationship_is_a_foreign_key_or_says_why_not(
    demo_build: Run, manifest: dict
) -> None:
    published = dict(
        demo_build.query(
            "select table_name, coalesce(comment, '') from duckdb_tables()", "published"
        )
    )
    keys = set(
        demo_build.query(
            "select table_name, constraint_column_names[1] from duckdb_constraints() "
            "where constraint_type = 'FOREIGN KEY'",
            "published",
        )
    )
    assert len(keys) > 10
    for node in manifest["nodes"].values():
        if (node.get("test_metadata") or {}).get("name") != "relationships":
            continue
        table = manifest["nodes"][node["attached_node"]]["name"]
        column = node["test_metadata"]["kwargs"]["column_name"]
        if table in published:
            assert (table, column) in keys or f"{column} names " in published[table], node["name"]


def test_no_identifier_of_the_vault_is_published(demo_build: Run) -> None:
    """No e-mail address that the vault holds stands in any published text column."""
    addresses = {
        address.lower()
        for (address,) in demo_build.query(
            "select distinct email from vault.person_pii where email is not null"
        )
    }
    assert len(addresses) > 50
    columns = demo_build.query(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where data_type = 'VARCHAR' and database_name = 'cdm' and not internal",
        "published",
    )
    with duckdb.connect(str(demo_build.warehouse.published), read_only=True) as connection:
        for schema, table, column in columns:
            rows = connection.execute(
                f'select distinct lower("{column}") from {schema}."{table}" '
                f"where \"{column}\" like '%@%'"
            ).fetchall()
            leaked = [text for (text,) in rows if any(address in text for address in addresses)]
            assert leaked == [], f"{schema}.{table}.{column}"


def test_hashes_of_events_are_written_as_they_are(demo_build: Run) -> None:
    tables = ["staging.stg_ga4__event", "intake.int_event__checked", "canonical.event"]
    packed = {
        (table, column): how
        for table in tables
        for column, how in demo_build.query(
            f"select column_name, compression from pragma_storage_info('{table}') where "
            "segment_type = 'VARCHAR' and column_name in ('_content_hash', 'source_record_id', "
            "'event_id', 'event_params', 'event_name')"
        )
    }
    assert {column for _, column in packed} >= {"_content_hash", "source_record_id", "event_id"}
    for (table, column), how in packed.items():
        if column == "event_name":
            assert how not in ("Uncompressed", "ZSTD"), table  # as the engine has it
        else:
            assert how == ("ZSTD" if column == "event_params" else "Uncompressed"), (table, column)


def test_the_pii_marks_of_the_manifest_stay_out(manifest: dict) -> None:
    published = ("canonical", "marts", "governance")
    models = [n for n in manifest["nodes"].values() if n["resource_type"] == "model"]
    marked = {
        node["schema"]
        for node in models
        for column in node["columns"].values()
        if ((column.get("config") or {}).get("meta") or {}).get("pii") == "direct"
    }
    assert marked and not marked & set(published)

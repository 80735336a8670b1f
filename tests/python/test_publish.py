"""The published file: what is in it, what may not be, and who can read it while it changes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import Mini, Run

from cdm.database import open_warehouse
from cdm.files import CdmError, Warehouse
from cdm.publish import Key, Table, ordered, published_tables, write_published


def constraints(run: Run, table: str, kind: str) -> list[str]:
    """Return the text of a published table's constraints of one kind."""
    return [
        text
        for (text,) in run.query(
            "select constraint_text from duckdb_constraints() "
            f"where table_name = '{table}' and constraint_type = '{kind}' order by 1",
            "published",
        )
    ]


@pytest.fixture
def first(mini_first_build: tuple[Path, Run]) -> Run:
    return mini_first_build[1]


def test_only_tables_of_the_published_schemas(first: Run) -> None:
    found = first.query(
        "select table_schema, table_type from information_schema.tables group by all", "published"
    )
    assert {schema for schema, _ in found} <= {"canonical", "marts", "governance"}
    assert {kind for _, kind in found} == {"BASE TABLE"}
    # A view of the model is published as a table, and the vault is not.
    views = "select count(*), bool_and(has_key) from canonical.lead_object"
    assert first.query(views, "published") == [(50, True)]
    assert b"person7@example.org" not in first.warehouse.published.read_bytes()


def test_keys_and_comments_come_from_the_manifest(first: Run) -> None:
    assert constraints(first, "person", "PRIMARY KEY") == ["PRIMARY KEY(person_id)"]
    assert constraints(first, "person", "FOREIGN KEY") == [
        "FOREIGN KEY (account_id) REFERENCES canonical.account(account_id)"
    ]
    assert constraints(first, "event", "FOREIGN KEY") == [
        "FOREIGN KEY (person_id) REFERENCES canonical.person(person_id)"
    ]
    required = first.query(
        "select column_name from duckdb_columns() "
        "where table_name = 'person' and not is_nullable order by 1",
        "published",
    )
    # account_id by its not_null test; email_hash is only warned about.
    assert required == [("account_id",), ("person_id",)]
    comments = dict(
        first.query(
            "select column_name, comment from duckdb_columns() "
            "where table_name = 'person' and comment is not null",
            "published",
        )
    )
    assert comments["person_id"] == "Key of the person, `per_` and a number."
    person, account = (
        first.value(f"select comment from duckdb_tables() where table_name = '{name}'", "published")
        for name in ("person", "account")
    )
    assert person.startswith("One person: the customer's own record.")
    assert "referred_by names canonical.person.person_id, which is this table" in person
    assert "main_person_id names canonical.person.person_id, which in turn names" in account
    timeline = first.value(
        "select comment from duckdb_tables() where table_name = 'timeline'", "published"
    )
    assert "person_id names canonical.person.person_id, in another schema" in timeline


def test_the_same_data_is_published_as_the_same_rows(first: Run, mini: Mini) -> None:
    again = mini.cdm("build").check()
    for table in ("person", "account", "event", "lead_object"):
        rows = first.query(f"select * from canonical.{table}", "published")
        assert rows == again.query(f"select * from canonical.{table}", "published")
    ids = [row[0] for row in first.query("select person_id from canonical.person", "published")]
    unsorted = [row[0] for row in first.query("select person_id from canonical.person")]
    assert ids == sorted(ids) and unsorted != ids


def test_an_open_reader_keeps_its_file_and_a_new_one_sees_the_new(mini: Mini) -> None:
    warehouse = Warehouse(mini.warehouse)
    count = "select count(*) from canonical.person"
    with duckdb.connect(str(warehouse.published), read_only=True) as reader:
        before = reader.execute(count).fetchall()
        mini.cdm("build", MINI_PERSONS="20").check()
        assert reader.execute(count).fetchall() == before == [(50,)]
    with duckdb.connect(str(warehouse.published), read_only=True) as reader:
        assert reader.execute(count).fetchall() == [(20,)]


def test_the_format_is_one_that_older_clients_read(first: Run) -> None:
    [(tags,)] = first.query(
        "select tags from duckdb_databases() where database_name = 'cdm'", "published"
    )
    assert tags["storage_version"] == "v1.0.0+"


def test_duckdb_1_1_reads_the_published_file(first: Run, tmp_path: Path) -> None:
    """Install the old client aside and read with it; skipped where no package index is in reach."""
    old = tmp_path / "old"
    uv = shutil.which("uv")
    installer = (
        [uv, "pip", "install", "--python", sys.executable]
        if uv
        else [sys.executable, "-m", "pip", "install", "-qq"]
    )
    installed = subprocess.run(
        [*installer, "--no-deps", "--target", str(old), "duckdb==1.1.3"],
        capture_output=True,
        text=True,
        timeout=240,
    )
    if installed.returncode:
        pytest.skip("duckdb 1.1.3 can't be installed here: " + installed.stderr[-300:])
    code = (
        "import duckdb, sys\n"
        "connection = duckdb.connect(sys.argv[1], read_only=True)\n"
        "print(duckdb.__version__, *connection.execute("
        "'select count(*), count(a.account_id) from canonical.person as p "
        "inner join canonical.account as a using (account_id)').fetchone())"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, str(first.warehouse.published)],
        env={"PYTHONPATH": str(old), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert answer.stdout.split() == ["1.1.3", "50", "50"], answer.stderr


def test_a_direct_identifier_stops_publishing(mini: Mini) -> None:
    warehouse = Warehouse(mini.warehouse)
    before = warehouse.published.read_bytes(), warehouse.state.read_bytes()
    run = mini.cdm("build", MINI_PII="direct")
    assert run.rc == 1
    assert "canonical.person has columns marked `pii: direct`: email_hash" in run.output
    assert (warehouse.published.read_bytes(), warehouse.state.read_bytes()) == before
    assert warehouse.failed.exists()
    assert not warehouse.published.with_name("cdm.duckdb.tmp").exists()


def test_a_mart_that_reads_the_vault_stops_publishing(mini: Mini) -> None:
    """Also by way of a model that is not published, and whatever its YAML says."""
    manifest = manifest_of(mini)
    nodes = manifest["nodes"]
    mart, canonical = nodes["model.mini.timeline"], nodes["model.mini.person"]
    between = {
        **canonical,
        "schema": "elsewhere",
        "depends_on": {"nodes": ["model.mini.person_pii"]},
    }
    nodes["model.mini.between"] = between
    mart["depends_on"]["nodes"].append("model.mini.between")
    with pytest.raises(CdmError, match=r"marts\.timeline reads vault\.person_pii, where names"):
        published_tables(manifest)
    mart["depends_on"]["nodes"].remove("model.mini.between")
    canonical["depends_on"]["nodes"].append("model.mini.person_pii")
    assert published_tables(manifest)  # it says of each column what it is
    canonical["columns"] = {}
    with pytest.raises(CdmError, match=r"canonical\.person reads .*vault\.person_pii"):
        published_tables(manifest)


def test_a_table_that_no_model_makes_stops_publishing(mini: Mini) -> None:
    database = Warehouse(mini.warehouse).state
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table main.elsewhere as select 1 as x")
        connection.execute("create table canonical.leak as select 'a@example.org' as email")
    with pytest.raises(CdmError, match=r"canonical\.leak is in a published schema, but no"):
        write_published(database, database.with_name("part.duckdb"), manifest_of(mini))


def test_what_a_former_model_published_goes(mini: Mini) -> None:
    """A table of an earlier build whose model is gone is dropped; it would go stale otherwise."""
    with open_warehouse(Warehouse(mini.warehouse).state) as connection:
        connection.execute("create table canonical.former as select 1 as x")
        connection.execute("create view canonical.former_view as select 1 as x")
        connection.execute("create table vault.kept as select 1 as x")
    run = mini.cdm("build").check()
    assert "canonical.former is no longer in the project and was dropped" in run.output
    for which in ("state", "published"):
        names = run.query("select table_name from information_schema.tables", which)
        assert ("former",) not in names and ("former_view",) not in names
    assert run.value("select count(*) from vault.kept") == 1


def test_a_large_table_has_no_foreign_keys(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdm.publish.MOST_ROWS_WITH_FOREIGN_KEYS", 49)
    run = mini.cdm("publish").check()
    assert constraints(run, "person", "FOREIGN KEY") == []
    assert constraints(run, "person", "PRIMARY KEY") == ["PRIMARY KEY(person_id)"]
    assert len(constraints(run, "event", "FOREIGN KEY")) == 1
    [(comment,)] = run.query(
        "select comment from duckdb_tables() where table_name = 'person'", "published"
    )
    assert "canonical.account.account_id, left out for the table's size" in comment


def test_a_broken_key_stops_publishing(mini: Mini) -> None:
    """The keys are real: rows that break one cannot be published, tests or no tests."""
    manifest = manifest_of(mini)
    database = Warehouse(mini.warehouse).state
    part = database.with_name("part.duckdb")
    with duckdb.connect(str(database)) as connection:
        connection.execute("update canonical.event set person_id = 'per_999'")
    with pytest.raises(CdmError, match=r"(?s)canonical\.event.*per_999"):
        write_published(database, part, manifest)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update canonical.event set person_id = 'per_1'")
        connection.execute("insert into canonical.account from canonical.account limit 1")
    with pytest.raises(CdmError, match=r"(?s)canonical\.account.*[Dd]uplicate key"):
        write_published(database, part, manifest)


def manifest_of(mini: Mini) -> dict[str, Any]:
    """Return the manifest of the last build."""
    return json.loads((Path(f"{mini.warehouse}-target") / "manifest.json").read_text())


def table(name: str, *keys: tuple[str, str]) -> Table:
    """Return a table with foreign keys (column, parent)."""
    return Table(name, name, "", ["id"], keys=[Key(c, parent, "id") for c, parent in keys])


def test_tables_are_created_after_those_they_name() -> None:
    tables = {t.name: t for t in (table("a", ("b_id", "b")), table("b", ("c_id", "c")), table("c"))}
    order = ordered(tables)
    assert [t.name for t in order] == ["c", "b", "a"]
    assert not any(t.remarks for t in order)


def test_a_circle_loses_one_key_and_no_other() -> None:
    tables = {
        t.name: t
        for t in (
            table("a", ("b_id", "b"), ("d_id", "d")),
            table("b", ("a_id", "a")),
            table("c", ("a_id", "a"), ("c_id", "c")),
            table("d"),
        )
    }
    order = ordered(tables)
    position = {t.name: place for place, t in enumerate(order)}
    kept = {(t.name, key.parent) for t in order for key in t.keys}
    assert kept == {("a", "d"), ("b", "a"), ("c", "a")}
    assert all(position[parent] < position[child] for child, parent in kept)
    assert tables["a"].remarks == ["b_id names b.id, which in turn names this table"]
    assert tables["c"].remarks == ["c_id names c.id, which is this table"]


def test_a_relationship_with_a_condition_is_no_foreign_key() -> None:
    def model(name: str) -> dict[str, Any]:
        return {
            "resource_type": "model",
            "schema": "canonical",
            "name": name,
            "unique_id": f"model.p.{name}",
            "config": {"materialized": "table", "meta": {"primary_key": ["id"]}},
            "columns": {},
        }

    def relationship(column: str, **config: Any) -> dict[str, Any]:
        return {
            "resource_type": "test",
            "schema": "tests",
            "unique_id": f"test.p.{column}",
            "attached_node": "model.p.child",
            "test_metadata": {
                "name": "relationships",
                "kwargs": {"column_name": column, "field": "id", "to": "ref('parent')"},
            },
            "depends_on": {"nodes": ["model.p.parent", "model.p.child"]},
            "config": config,
        }

    nodes = [
        model("parent"),
        model("child"),
        relationship("always", severity="ERROR"),
        relationship("sometimes", severity="ERROR", where="kind = 'x'"),
        relationship("hopefully", severity="warn"),
    ]
    tables = published_tables({"nodes": {node["unique_id"]: node for node in nodes}})
    child = tables["canonical.child"]
    assert [key.column for key in child.keys] == ["always"]
    assert len(child.remarks) == 2

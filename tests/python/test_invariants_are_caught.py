"""Every data test can fail: each one is seen to catch a table that is broken on purpose.

What breaks them stands in `breakages/`, a file a topic. The demo is built once; each breakage is a
change inside a transaction on a copy of its file, the compiled SQL of the test runs on it, and the
change is rolled back. What is untouched must pass.
"""

from __future__ import annotations

import contextlib
import json
import runpy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import REPO, Run, environment

from cdm.database import open_warehouse
from cdm.files import copy
from cdm.project import Project, run_dbt

BREAKAGES = [
    runpy.run_path(str(path)) for path in sorted((Path(__file__).parent / "breakages").glob("*.py"))
]
# Singular tests: what is broken, and by which statements.
SENTENCES: dict[str, dict[str, list[str]]] = {
    test: broken for topic in BREAKAGES for test, broken in topic.get("SENTENCES", {}).items()
}
# Row rules: for each rule an update of one row that breaks it.
RULES: dict[str, dict[str, str]] = {
    test: broken for topic in BREAKAGES for test, broken in topic.get("RULES", {}).items()
}
# Rows for tables that the demo leaves empty, so that there is something to break.
ROWS: list[str] = [statement for topic in BREAKAGES for statement in topic.get("ROWS", [])]


@dataclass
class Checks:
    """The demo's file, to be broken, and the data tests with their compiled SQL.

    `tests` maps names to nodes of the manifest, `relations` unique ids to `schema.table`;
    `reconciliation` is the compiled SQL of that model.
    """

    connection: duckdb.DuckDBPyConnection
    tests: dict[str, dict[str, Any]]
    relations: dict[str, str]
    reconciliation: str

    def failures(self, test: str) -> list[tuple[Any, ...]]:
        """Return the failing rows of a test."""
        return self.connection.execute(self.tests[test]["compiled_code"]).fetchall()

    def failures_when(self, test: str, statements: list[str]) -> list[tuple[Any, ...]]:
        """Return the failing rows of a test after some statements, which are then undone.

        One transaction writes to one of the two files: reconciliation is built beside them.
        """
        sql = self.tests[test]["compiled_code"]
        self.connection.execute("begin")
        try:
            for statement in statements:
                if statement == "{reconcile}":
                    statement = f"create temp table reconciled as {self.reconciliation}"
                    sql = sql.replace('"cdm"."governance"."reconciliation"', "temp.reconciled")
                changed = self.connection.execute(statement).fetchone()
                assert changed and changed[0] > 0, f"changes nothing: {statement}"
            return self.connection.execute(sql).fetchall()
        finally:
            self.connection.execute("rollback")

    def relation(self, test: str) -> str:
        """Return `schema.table` of the table that a generic test belongs to."""
        return self.relations[self.tests[test]["attached_node"]]

    def kind(self, test: str) -> str | None:
        """Return the name of the generic test that a test is one of; None for a singular test."""
        return (self.tests[test].get("test_metadata") or {}).get("name")

    def keyed_tables(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any], str]]:
        """Yield name, arguments and table of the tests of keys. A view has the key of the table
        that it reads, and can't be broken by itself."""
        views = {
            f"{schema}.{name}"
            for schema, name in self.connection.execute(
                "select schema_name, view_name from duckdb_views()"
            ).fetchall()
        }
        for name, about in self.of_kind(*kinds):
            if self.relation(name) not in views:
                yield name, about, self.relation(name)

    def of_kind(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield name and arguments of each generic test of some kinds."""
        for name, node in self.tests.items():
            if self.kind(name) in kinds:
                yield name, node["test_metadata"]["kwargs"]


@contextlib.contextmanager
def warehouse_in(
    demo_build: Run, session_folder: Path, folder: Path
) -> Iterator[tuple[Path, Path]]:
    """Copy the demo's file into a folder and let dbt work there; yield the file and dbt's target.

    dbt sees the path that builds are made under, a link, and so need not read the project anew.
    """
    database = folder / "build" / "cdm.duckdb"
    database.parent.mkdir()
    copy(demo_build.warehouse.state, database)
    link = session_folder / "current"
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    with environment(
        CDM_WAREHOUSE=str(link),
        CDM_EXPORTS=str(REPO / "demo" / "exports"),
        CDM_AS_OF="2026-07-01T00:00:00",
        DBT_PROFILES_DIR=str(REPO / "profiles"),
        DBT_TARGET_PATH=f"{link}-target",
        DBT_LOG_PATH=f"{link}-logs",
    ):
        yield database, Path(f"{link}-target")


@pytest.fixture(scope="module")
def checks(
    demo_build: Run, session_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Checks]:
    """Copy the demo's file and compile all tests, and the one model that a breakage needs anew."""
    folder = tmp_path_factory.mktemp("broken")
    with warehouse_in(demo_build, session_folder, folder) as (database, target):
        selected = ["--select", "test_type:data", "reconciliation"]
        selected += ["--exclude", "path:tests/singular/platform"]  # tests of macros, not of tables
        outcome = run_dbt(Project(REPO), ["compile", *selected])
        assert outcome.success, outcome.exception
        nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    compiled = [node for node in nodes.values() if node.get("compiled_code")]
    with open_warehouse(database) as connection:
        for statement in ROWS:
            connection.execute(statement)
        yield Checks(
            connection,
            {node["name"]: node for node in compiled if node["resource_type"] == "test"},
            {name: f"{node['schema']}.{node['alias']}" for name, node in nodes.items()},
            next(n["compiled_code"] for n in compiled if n["name"] == "reconciliation"),
        )


def update_one(table: str, assignment: str) -> str:
    """Return an update of one row; `assignment` may end in a condition on the row to take."""
    values, _, condition = assignment.partition(" where ")
    return (
        f"update {table} set {values} where rowid = "
        f"(select min(rowid) from {table} where {condition or 'true'})"
    )


def test_what_is_whole_passes(checks: Checks) -> None:
    """Checks that only warn may have something to say of the demo, which has each kind of mess."""
    failing = [name for name in checks.tests if checks.failures(name)]
    assert [name for name in failing if checks.tests[name]["config"]["severity"] != "warn"] == []


@pytest.mark.parametrize(
    ("test", "breakage"),
    [(test, breakage) for test, breakages in SENTENCES.items() for breakage in breakages],
)
def test_a_broken_promise_is_caught(checks: Checks, test: str, breakage: str) -> None:
    assert checks.failures_when(test, SENTENCES[test][breakage])


@pytest.mark.parametrize(
    ("test", "rule"), [(test, rule) for test, rules in RULES.items() for rule in rules]
)
def test_a_broken_row_rule_is_caught_and_named(checks: Checks, test: str, rule: str) -> None:
    table = checks.relation(test)
    broken = checks.failures_when(test, [update_one(table, RULES[test][rule])])
    assert (rule, 1) in [tuple(row)[:2] for row in broken]


def test_each_row_rule_and_each_sentence_is_broken_here(checks: Checks) -> None:
    """Rules that columns declare are broken in test_declared_rules."""
    written = {name: list(about.get("rules", {})) for name, about in checks.of_kind("row_rules")}
    rules = {name: listed for name, listed in written.items() if listed}
    assert {test: list(broken) for test, broken in RULES.items()} == rules
    singular = {name for name in checks.tests if checks.kind(name) is None}
    assert set(SENTENCES) == singular


def test_a_key_that_stands_twice_is_caught(checks: Checks) -> None:
    kinds = list(checks.keyed_tables("primary_key", "unique"))
    assert len(kinds) > 20
    for name, _, table in kinds:
        twice = f"insert into {table} select * from {table} order by rowid limit 1"
        assert checks.failures_when(name, [twice]), name


def test_a_key_without_a_value_is_caught(checks: Checks) -> None:
    """Published keys are not null by contract; the seeds' keys by the test alone."""
    for name, about, table in checks.keyed_tables("primary_key", "not_null"):
        for column in about.get("columns") or [about["column_name"]]:
            try:
                caught = bool(checks.failures_when(name, [update_one(table, f"{column} = null")]))
            except duckdb.ConstraintException:
                caught = True
            assert caught, f"{table}.{column}"


def test_a_row_that_names_nothing_is_caught(checks: Checks) -> None:
    kinds = list(checks.of_kind("relationships"))
    assert kinds
    for name, about in kinds:
        column = about["column_name"]
        orphan = update_one(
            checks.relation(name), f"{column} = 'nobody' where {column} is not null"
        )
        assert checks.failures_when(name, [orphan]), name


def test_a_value_outside_its_set_pattern_or_range_is_caught(checks: Checks) -> None:
    broken = {
        "expect_column_values_to_be_in_set": "'?'",
        "accepted_values": "'?'",
        "expect_column_values_to_match_regex": "'?'",
        "expect_column_values_to_be_between": "-1",
    }
    kinds = list(checks.of_kind(*broken))
    assert kinds
    for name, about in kinds:
        kind = checks.kind(name)
        condition = about.get("row_condition") or "true"
        wrong = f"{about['column_name']} = {broken[kind]} where {condition}"
        assert checks.failures_when(name, [update_one(checks.relation(name), wrong)]), name


def test_a_second_primary_and_a_missing_day_are_caught(checks: Checks) -> None:
    for name, about in checks.of_kind("expect_compound_columns_to_be_unique"):
        table, condition = checks.relation(name), about.get("row_condition") or "true"
        second = f"insert into {table} select * from {table} where {condition} limit 1"
        if not checks.connection.execute(f"from {table}").fetchone():
            columns = about["column_list"]  # of a table that the demo leaves empty
            ones = ", ".join(["1"] * len(columns))
            second = f"insert into {table} ({', '.join(columns)}) select {ones} from range(2)"
        assert checks.failures_when(name, [second]), name
    for name, _ in checks.of_kind("expect_table_row_count_to_equal"):
        table = checks.relation(name)
        missing = f"delete from {table} where rowid = (select min(rowid) from {table})"
        assert checks.failures_when(name, [missing]), name


def test_every_kind_of_test_is_broken_here(checks: Checks) -> None:
    assert {checks.kind(name) for name in checks.tests} <= {
        None,
        "primary_key",
        "unique",
        "not_null",
        "row_rules",
        "relationships",
        "accepted_values",
        "expect_column_values_to_be_in_set",
        "expect_column_values_to_match_regex",
        "expect_column_values_to_be_between",
        "expect_compound_columns_to_be_unique",
        "expect_table_row_count_to_equal",
    }


def test_a_build_of_a_broken_file_fails(
    demo_build: Run, session_folder: Path, tmp_path: Path
) -> None:
    """What the compiled SQL finds, dbt counts as a failure of the build."""
    with warehouse_in(demo_build, session_folder, tmp_path) as (database, _):
        with duckdb.connect(str(database)) as connection:
            connection.execute("delete from canonical.person_xref where rowid = 0")
        outcome = run_dbt(Project(REPO), ["test", "--select", "each_record_is_one_person"])
    assert not outcome.success
    assert str(outcome.result[-1].status) == "fail"

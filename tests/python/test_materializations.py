"""How tables and views are built on DuckDB, with their contracts: a project that is built twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import pytest
from dbt.cli.main import dbtRunner

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = {
    "name": "customer_data_model",
    "version": "1.0",
    "profile": "customer_data_model",
    "flags": {"send_anonymous_usage_stats": False},
    "models": {"customer_data_model": {"+materialized": "table"}},
}
# Spellings of types in contracts, each with a column that keeps it and one that does not.
KEPT = {
    "text": ("'a'", "1"),
    "string": ("'a'", "null::json"),
    "int": ("1", "1::bigint"),
    "decimal(18, 2)": ("1::decimal(18, 2)", "1::decimal(18, 3)"),
    "numeric(9,4)": ("1::decimal(9, 4)", "1::double"),
    "timestamp": ("timestamp '2026-01-01'", "timestamptz '2026-01-01'"),
    "float": ("1::real", "1::double"),
    "struct(a int)": ("{'a': 1}", "{'b': 1}"),
}
MISSHAPEN = {
    "another_name": "select 1 as numbers",
    "one_too_many": "select 1 as number, 2 as other",
    "twice_the_same": "select 1 as number, 1 as number",
}
# A table that goes on from its own rows, and one of which dbt checks the contract as well.
GROWING = """
{% set earlier = load_relation(this) %}
select 1 as number
{% if earlier %}union all select number + 1 from {{ earlier }}{% endif %}
"""
# A model in Python, as users may add one.
COMPUTED = """
def model(dbt, session):
    dbt.config(materialized="table")
    return session.sql("select {} as number")
"""
# The strategy that appends where counts say that nothing that comes stands there. How many rows
# there shall be, each of these models says itself.
STRATEGY = REPOSITORY / "macros" / "event" / "get_incremental_replace_known_sql.sql"
ROWS_IN_ALL = """
{% macro rows_in_all() %}select cast({{ config.get('meta').shall_be }} as bigint){% endmacro %}
"""
KNOWN = """
{{{{ config(materialized='incremental', incremental_strategy='replace_known',
    unique_key='number', meta={{'shall_be': '{}'}}) }}}}
select {} as number, {} as build
"""
FIRST = {
    "computed": COMPUTED.format(1),
    "referred": "select 1 as number",
    "referring": "select number from {{ ref('referred') }}",
    "growing": GROWING,
    "growing_agreed": GROWING,
    "turned_to_view": "select 1 as number",
    "turned_to_table": "{{ config(materialized='view') }} select 1 as number",
    "still_a_view": "{{ config(materialized='view') }} select 1 as number",
    "failing": "select 1 as number",
    "failing_agreed": "select 1 as number",
    **{f"kept_{at}": f"select {kept} as number" for at, (kept, _) in enumerate(KEPT.values())},
    **dict.fromkeys(MISSHAPEN, "select 1 as number"),
    **dict.fromkeys(["known", "known_new", "known_miscounted"], KNOWN.format("null", 1, 1)),
    "hooked": "{{ config(post_hook='insert into {{ this }} values (2)', "
    "indexes=[{'columns': ['number']}]) }} select 1 as number",
}
SECOND = {
    **FIRST,
    "computed": COMPUTED.format(2),
    "referred": "select 2 as number",
    "turned_to_view": "{{ config(materialized='view') }} select 2 as number",
    "turned_to_table": "select 2 as number",
    "still_a_view": "{{ config(materialized='view') }} select 2 as number",
    "failing": "select error('no')::int as number",
    "failing_agreed": "select null::int as number",
    **{f"kept_{at}": f"select {broken} as number" for at, (_, broken) in enumerate(KEPT.values())},
    **MISSHAPEN,
    "known": KNOWN.format("1", 1, 2),
    "known_new": KNOWN.format("2", 2, 2),
    "known_miscounted": KNOWN.format("2", 1, 2),
}
KEYS = {
    "referred": {"type": "primary_key"},
    "referring": {"type": "foreign_key", "to": "ref('referred')", "to_columns": ["number"]},
}
BROKEN = {name for name in FIRST if name.startswith("kept_")} | set(MISSHAPEN)
TYPES = {
    **dict.fromkeys(("growing_agreed", "failing_agreed", *MISSHAPEN, *KEYS), "integer"),
    **{f"kept_{at}": data_type for at, data_type in enumerate(KEPT)},
}


def agreed(name: str, data_type: str) -> dict[str, object]:
    """A model's contract: one column, which is never null, or a key."""
    constraint = KEYS.get(name, {"type": "not_null"})
    column = {"name": "number", "data_type": data_type, "constraints": [constraint]}
    return {"name": name, "config": {"contract": {"enforced": True}}, "columns": [column]}


class Twice:
    """The project and what two builds in a row gave, models by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(REPOSITORY / "macros" / "platform", folder / "macros")
        for file in (folder / "macros").glob("*.yml"):
            file.unlink()
        shutil.copy(STRATEGY, folder / "macros")
        (folder / "macros" / "rows_in_all.sql").write_text(ROWS_IN_ALL)
        (folder / "models").mkdir()
        contracts = [agreed(name, data_type) for name, data_type in TYPES.items()]
        (folder / "models" / "models.yml").write_text(json.dumps({"models": contracts}))
        (folder / "dbt_project.yml").write_text(json.dumps(PROJECT))
        output = {"type": "duckdb", "path": str(folder / "file.duckdb"), "threads": 2}
        profile = {"customer_data_model": {"target": "dev", "outputs": {"dev": output}}}
        (folder / "profiles.yml").write_text(json.dumps(profile))
        self.messages: dict[str, str] = {}
        self.failed_at_first = self.run(FIRST)
        self.failed = self.run(SECOND)

    def run(self, models: dict[str, str]) -> set[str]:
        """Build the models; return those that failed."""
        for name, code in models.items():
            suffix = "py" if "def model" in code else "sql"
            (self.folder / "models" / f"{name}.{suffix}").write_text(code)
        folder = str(self.folder)
        done = dbtRunner().invoke(
            [
                *("run", "--project-dir", folder, "--profiles-dir", folder),
                *("--quiet", "--log-path", f"{folder}/logs"),
            ]
        )
        assert done.result is not None, done.exception
        self.messages = {row.node.name: str(row.message) for row in done.result}
        return {row.node.name for row in done.result if str(row.status) != "success"}

    def query(self, sql: str) -> list[tuple[object, ...]]:
        """Ask the file as it is after the second build."""
        with duckdb.connect(str(self.folder / "file.duckdb")) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Twice:
    """Both builds."""
    return Twice(tmp_path_factory.mktemp("materializations"))


def test_only_what_is_broken_fails(twice: Twice) -> None:
    assert twice.failed_at_first == set()
    assert twice.failed == {"failing", "failing_agreed", *BROKEN}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_contract_is_told_and_leaves_the_table(twice: Twice, name: str) -> None:
    assert "enforced contract" in twice.messages[name]
    assert twice.query(f"select count(*) from {name}") == [(1,)]


@pytest.mark.parametrize("name", ["failing", "failing_agreed"])
def test_a_build_that_fails_leaves_the_table_as_it_was(twice: Twice, name: str) -> None:
    assert twice.query(f"select number from {name}") == [(1,)]


@pytest.mark.parametrize("name", ["growing", "growing_agreed"])
def test_a_table_may_read_what_it_replaces(twice: Twice, name: str) -> None:
    assert twice.query(f"select number from {name} order by number") == [(1,), (2,)]


def test_a_known_row_is_replaced_and_one_that_only_came_is_appended(twice: Twice) -> None:
    assert twice.query("select number, build from known") == [(1, 2)]
    assert twice.query("select number, build from known_new order by number") == [(1, 1), (2, 2)]


def test_the_count_alone_decides_whether_a_known_row_is_looked_for(twice: Twice) -> None:
    assert twice.query("select number, build from known_miscounted order by build") == [
        (1, 1),
        (1, 2),
    ]


def test_a_model_in_python_takes_its_place_too(twice: Twice) -> None:
    assert twice.query("select number from computed") == [(2,)]


def test_tables_with_keys_are_built_with_what_hangs_on_them(twice: Twice) -> None:
    assert twice.query("select number from referring") == [(2,)]
    keys = twice.query(
        "select table_name, constraint_type from duckdb_constraints() where constraint_type "
        "in ('PRIMARY KEY', 'FOREIGN KEY') order by table_name"
    )
    assert ("referred", "PRIMARY KEY") in keys
    assert ("referring", "FOREIGN KEY") in keys


def test_hooks_and_indexes_are_those_of_one_build(twice: Twice) -> None:
    assert twice.query("select number from hooked order by number") == [(1,), (2,)]
    indexed = twice.query("select table_name from duckdb_indexes()")
    assert indexed == [("hooked",)]


def test_each_relation_is_what_its_model_says_and_nothing_else_is_left(twice: Twice) -> None:
    views = twice.query("select view_name, number from duckdb_views() cross join still_a_view "
                        "where not internal order by view_name")  # fmt: skip
    assert views == [("still_a_view", 2), ("turned_to_view", 2)]
    assert twice.query("select number from turned_to_table") == [(2,)]
    tables = twice.query("select table_name from duckdb_tables() order by table_name")
    assert tables == [(name,) for name in sorted({*FIRST} - {"still_a_view", "turned_to_view"})]

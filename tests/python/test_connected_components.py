"""The materialization `connected_components` against union-find, on a project of its own.

Every graph is one model of a miniature dbt project that uses the real macros, so a handful of dbt
runs cover all of them.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb
import pytest
from dbt.cli.main import dbtRunner

REPOSITORY = Path(__file__).resolve().parents[2]
Edge = tuple[str | None, str | None]
Change = tuple[str | None, str | None, str]  # an edge that stands, was written or was replaced

PROFILE = """
customer_data_model:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: '{path}'
      threads: {threads}
      settings: {{threads: {threads}}}
"""

PROJECT = """
name: customer_data_model
version: '1.0'
profile: customer_data_model
flags: {send_anonymous_usage_stats: false}
models:
  customer_data_model:
    +materialized: connected_components
"""


def union_find(edges: Iterable[Edge]) -> dict[str, str]:
    """The oracle: node -> smallest node of its component."""
    parent: dict[str, str] = {}

    def find(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for left, right in edges:
        if left is None and right is None:
            continue
        first = find(left if left is not None else right)
        second = find(right if right is not None else left)
        if first != second:
            parent[max(first, second)] = min(first, second)
    return {node: find(node) for node in list(parent)}


def random_graph(seed: int) -> list[Edge]:
    """A sparse random graph with self loops, duplicates in both directions and null ends."""
    draw = random.Random(seed)
    nodes = [f"n{number}" for number in range(draw.randint(2, 120))]
    edges: list[Edge] = [
        (draw.choice(nodes), draw.choice(nodes)) for _ in range(draw.randint(1, len(nodes)))
    ]
    edges += [(right, left) for left, right in edges[::5]] + edges[::7]
    edges += [(draw.choice(nodes), None), (None, draw.choice(nodes)), (None, None)]
    draw.shuffle(edges)
    return edges


def chain(length: int) -> list[Edge]:
    """A path in the order of its names: the worst case for hooking without hashed ids."""
    return [(f"c{number:05d}", f"c{number + 1:05d}") for number in range(length - 1)]


GRAPHS: dict[str, list[Edge]] = {
    "chain": chain(10_000),
    "star": [("hub", f"leaf{number}") for number in range(100_000)],
    "clique": [(f"k{a}", f"k{b}") for a in range(150) for b in range(a)],
    "empty": [],
    "only_loops": [("a", "a"), ("b", "b"), ("b", "b"), (None, "c"), (None, None)],
    "two_ends_meet": [("b", "a"), ("a", "b"), ("c", "d"), ("d", "e"), ("e", "c")],
    **{f"random_{seed}": random_graph(seed) for seed in range(12)},
}


class Miniature:
    """A dbt project in a temporary folder whose models are connected_components over Parquet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "components.duckdb"
        for part in ("models", "macros", "data"):
            (folder / part).mkdir()
        macros = REPOSITORY / "macros"
        for path in (
            *(macros / "identity" / "components").glob("*.sql"),
            *(macros / "materializations").glob("*.sql"),
            *(macros / "platform").glob("*.sql"),
        ):
            shutil.copy(path, folder / "macros" / path.name)
        (folder / "dbt_project.yml").write_text(PROJECT)
        self.threads(1)

    def threads(self, count: int) -> None:
        """Set the threads of dbt and of the engine."""
        profile = PROFILE.format(path=self.warehouse, threads=count)
        (self.folder / "profiles.yml").write_text(profile)

    def edges(self, name: str, edges: Sequence[Edge | Change]) -> None:
        """Write a graph's edges where its model reads them."""
        # JSON keeps order and nulls; DuckDB reads 100,000 rows of it at once.
        source = self.folder / "data" / f"{name}.json"
        columns = ("node_a", "node_b", "change")
        rows = [json.dumps(dict(zip(columns, edge, strict=False))) for edge in edges]
        source.write_text("\n".join(rows))

    def model(self, name: str, edges: Sequence[Edge | Change], **config: object) -> None:
        """Write a graph and the model over it; one that is incremental tells what changed."""
        self.edges(name, edges)
        options = ", ".join(f"{key}={value!r}" for key, value in config.items())
        path = self.folder / "data" / f"{name}.json"
        selected = "node_a, node_b" + (", change" if config.get("incremental") else "")
        columns = "columns={'node_a': 'varchar', 'node_b': 'varchar', 'change': 'varchar'}"
        source = f"read_json('{path}', {columns}, format='newline_delimited')"
        (self.folder / "models" / f"{name}.sql").write_text(
            (f"{{{{ config({options}) }}}}\n" if options else "")
            + f"select {selected} from {source}"
        )

    def run(self, *selection: str) -> tuple[bool, dict[str, str]]:
        """Run dbt; returns success and each failed model's message."""
        arguments = ["run", "--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        arguments += ["--quiet", "--no-use-colors", "--log-path", str(self.folder / "logs")]
        if selection:
            arguments += ["--select", *selection]
        result = dbtRunner().invoke(arguments)
        failed = {
            row.node.name: row.message
            for row in (result.result or [])
            if str(row.status) != "success"
        }
        return result.success, failed

    def table(self, name: str) -> dict[str, str]:
        """The finished table: node -> component; fails on a node that is there twice."""
        with duckdb.connect(str(self.warehouse)) as connection:
            rows = connection.execute(f'select node, component from main."{name}"').fetchall()
        assert len(rows) == len(dict(rows)), f"{name}: a node is there twice"
        return dict(rows)

    def tables(self) -> set[str]:
        """Names of all relations in the file."""
        with duckdb.connect(str(self.warehouse)) as connection:
            rows = connection.execute("select table_name from information_schema.tables").fetchall()
        return {name for (name,) in rows}


@pytest.fixture(scope="module")
def miniature(tmp_path_factory: pytest.TempPathFactory) -> Miniature:
    """The project with every graph built once."""
    project = Miniature(tmp_path_factory.mktemp("components"))
    for name, edges in GRAPHS.items():
        # Half of the random graphs take the permuted rounds as soon as they can.
        config = {"permute_after": 1} if name.startswith("random") and name[-1] in "13579" else {}
        project.model(name, edges, **config)
    success, failed = project.run()
    assert success, failed
    return project


@pytest.mark.parametrize("name", GRAPHS)
def test_components_equal_union_find(miniature: Miniature, name: str) -> None:
    assert miniature.table(name) == union_find(GRAPHS[name])


def test_no_work_table_is_left(miniature: Miniature) -> None:
    assert not [name for name in miniature.tables() if "__" in name]


def test_row_order_threads_and_a_second_run_change_nothing(miniature: Miniature) -> None:
    names = ["chain", "clique", "two_ends_meet", "random_1", "random_2"]
    before = {name: miniature.table(name) for name in names}
    draw = random.Random(7)
    for name in names:
        turned = [draw.choice([(left, right), (right, left)]) for left, right in GRAPHS[name]]
        draw.shuffle(turned)
        miniature.edges(name, turned)
    miniature.threads(3)
    try:
        success, failed = miniature.run(*names)
    finally:
        miniature.threads(1)
        for name in names:
            miniature.edges(name, GRAPHS[name])
    assert success, failed
    assert {name: miniature.table(name) for name in names} == before
    assert not [name for name in miniature.tables() if "__" in name]


def test_past_the_cap_the_build_fails_and_the_old_table_stays(miniature: Miniature) -> None:
    miniature.model("capped", chain(40))
    assert miniature.run("capped")[0]
    before = miniature.table("capped")
    miniature.model("capped", chain(2_000), max_rounds=1)
    success, failed = miniature.run("capped")
    assert not success
    assert "capped: " in failed["capped"]
    assert "edge(s) left after 1 rounds" in failed["capped"]
    assert miniature.table("capped") == before
    assert not [name for name in miniature.tables() if "__" in name]


def test_a_hash_collision_is_caught(tmp_path: Path) -> None:
    project = Miniature(tmp_path)
    (tmp_path / "macros" / "working_hash.sql").write_text(
        "{% macro working_hash(expression) %}"
        "cast(length({{ expression }}) as bigint)"
        "{% endmacro %}"
    )
    collisions: dict[str, list[Edge]] = {
        "two_last": [("a", "bb"), ("ccc", "dd")],
        "two_first": [("aa", "bbb"), ("cc", "dddd")],
        "a_first_and_a_last": [("a", "bb"), ("cc", "ddd")],
        "two_ends": [("aa", "bb"), ("c", "ddd")],
        "two_alone": [("aa", None), ("bb", "bb")],
        "a_circle": [("aa", "b"), ("c", "dd")],
    }
    for name, edges in collisions.items():
        project.model(name, edges)
    project.model("lucky", [("a", "bb"), ("ccc", "bb")])
    success, failed = project.run()
    assert not success
    assert failed.keys() == collisions.keys()
    assert all(
        f"{2 if name == 'a_circle' else 1} node(s) have the hash of another one" in message
        for name, message in failed.items()
    )
    assert project.tables() == {"lucky"}
    assert project.table("lucky") == {"a": "a", "bb": "a", "ccc": "a"}

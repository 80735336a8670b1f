"""`connected_components` that go on from the last build, against union-find over random histories.

Histories share no node, so that all of them are one model and one run is a build of each.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from test_connected_components import Edge, Miniature, union_find

HISTORIES = 80
BUILDS = 10


def random_history(number: int) -> list[list[Edge]]:
    """Edges of each build: some are added, some are gone, nodes stay alone, appear and vanish."""
    draw = random.Random(1_000 + number)
    nodes = [f"h{number:02d}:{place:02d}" for place in range(draw.randint(2, 40))]
    edges: set[Edge] = set()
    builds: list[list[Edge]] = []
    for _ in range(BUILDS):
        kind = draw.choice(["nothing", "grow", "grow", "shrink", "both", "both", "anew"])
        if kind == "anew":
            edges = set()
        if kind in ("shrink", "both"):
            edges -= set(draw.sample(sorted(edges, key=str), len(edges) // draw.choice([2, 5, 9])))
        if kind != "shrink" and kind != "nothing":
            for _ in range(draw.randint(1, len(nodes) // 2 + 1)):
                left, right = draw.choice(nodes), draw.choice(nodes)
                edges.add(draw.choice([(left, right), (left, left), (None, right)]))
        rows = [edge if draw.random() < 0.7 else edge[::-1] for edge in sorted(edges, key=str)]
        builds.append(rows + rows[: draw.randint(0, 3)])
    return builds


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Miniature, list[list[Edge]]]:
    """The project, and the edges of all histories in each build."""
    project = Miniature(tmp_path_factory.mktemp("grown"))
    histories = [random_history(number) for number in range(HISTORIES)]
    return project, [
        [edge for history in histories for edge in history[build]] for build in range(BUILDS)
    ]


def test_each_build_equals_one_from_nothing(grown: tuple[Miniature, list[list[Edge]]]) -> None:
    project, builds = grown
    for number, edges in enumerate(builds):
        project.model("grown", edges, incremental=True)
        success, failed = project.run("grown")
        assert success, failed
        assert project.table("grown") == union_find(edges), number
    assert project.tables() == {"grown", "grown__cc_seen"}


def test_what_shrinks_and_grows_at_once(grown: tuple[Miniature, list[list[Edge]]]) -> None:
    """A long chain breaks in its middle while its ends are tied to others; then it is mended."""
    project, _ = grown
    chain: list[Edge] = [(f"c{place:04d}", f"c{place + 1:04d}") for place in range(600)]
    other: list[Edge] = [("a", "b"), ("d", "e"), ("z", "z")]
    tied: list[Edge] = [("b", "c0000"), ("e", "c0600"), ("e", "z")]
    for edges in (
        chain + other,
        chain[:300] + chain[301:] + other + tied,
        chain + other[1:] + tied,
        [],
        chain,
    ):
        project.model("chained", edges, incremental=True)
        success, failed = project.run("chained")
        assert success, failed
        assert project.table("chained") == union_find(edges)


def test_without_remembered_edges_it_starts_from_nothing(
    grown: tuple[Miniature, list[list[Edge]]], tmp_path: Path
) -> None:
    """A killed build can leave the table without its edges, or the other way round."""
    import duckdb

    project, _ = grown
    for lost in ("lost__cc_seen", "lost"):
        for edges in ([("a", "b"), ("b", "c")], [("a", "b"), ("d", "c")]):
            project.model("lost", edges, incremental=True)
            assert project.run("lost")[0]
            assert project.table("lost") == union_find(edges)
            with duckdb.connect(str(project.warehouse)) as connection:
                connection.execute(f'drop table "{lost}"')


def test_an_unchanged_input_is_not_contracted_again(
    grown: tuple[Miniature, list[list[Edge]]],
) -> None:
    """With one round allowed a chain fails; without a change there is nothing to do."""
    project, _ = grown
    chain: list[Edge] = [(f"k{place:03d}", f"k{place + 1:03d}") for place in range(200)]
    project.model("same", chain, incremental=True)
    assert project.run("same")[0]
    project.model("same", [*chain, ("m", "n")], incremental=True, max_rounds=1)
    success, failed = project.run("same")
    assert success, failed
    assert project.table("same") == union_find([*chain, ("m", "n")])
    assert not project.run("same", "--full-refresh")[0]

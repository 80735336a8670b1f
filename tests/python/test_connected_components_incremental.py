"""`connected_components` that go on from the last build, against union-find over random histories.

Histories share no node, so that all of them are one model and one run is a build of each.
"""

from __future__ import annotations

import random

import pytest
from test_connected_components import Change, Edge, Miniature, union_find

HISTORIES = 80
BUILDS = 7


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


def changes(before: list[Edge], now: list[Edge], looked_at: float = 0.0) -> list[Change]:
    """What a model says of its edges; a share of those that stay is looked at and written anew."""
    draw = random.Random(7)
    stays = {edge for edge in sorted(set(before) & set(now), key=str) if draw.random() >= looked_at}
    return [
        *((*edge, "stands") for edge in now),
        *((*edge, "written") for edge in now if edge not in stays),
        *((*edge, "replaced") for edge in before if edge not in stays),
    ]


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
    before: list[Edge] = []
    for number, edges in enumerate(builds):
        project.model("grown", changes(before, edges, 0.2), incremental=True)
        success, failed = project.run("grown")
        assert success, failed
        assert project.table("grown") == union_find(edges), number
        before = edges
    assert project.tables() == {"grown"}


def test_what_shrinks_and_grows_at_once(grown: tuple[Miniature, list[list[Edge]]]) -> None:
    """A long chain breaks in its middle while its ends are tied to others; then it is mended."""
    project, _ = grown
    chain: list[Edge] = [(f"c{place:04d}", f"c{place + 1:04d}") for place in range(600)]
    other: list[Edge] = [("a", "b"), ("d", "e"), ("z", "z")]
    tied: list[Edge] = [("b", "c0000"), ("e", "c0600"), ("e", "z")]
    before: list[Edge] = []
    for edges in (
        chain + other,
        chain[:300] + chain[301:] + other + tied,
        chain + other[1:] + tied,
        [],
        chain,
    ):
        project.model("chained", changes(before, edges), incremental=True)
        success, failed = project.run("chained")
        assert success, failed
        assert project.table("chained") == union_find(edges)
        before = edges


def test_a_star_gets_another_middle(grown: tuple[Miniature, list[list[Edge]]]) -> None:
    """Its leaves stay together, but for one that the new middle does not know."""
    project, _ = grown
    leaves = [f"m{place:02d}" for place in range(9)]
    old: list[Edge] = [("m00", leaf) for leaf in leaves]
    new: list[Edge] = [("l00", leaf) for leaf in leaves[:-1]]
    other: list[Edge] = [("m08", "n"), ("x", "y")]
    before: list[Edge] = []
    for edges in (old + other, new + other, old[:3] + new[:2] + other, old + new + other, other):
        project.model("starred", changes(before, edges), incremental=True)
        success, failed = project.run("starred")
        assert success, failed
        assert project.table("starred") == union_find(edges)
        before = edges


def test_without_a_table_or_an_edge_that_stays_it_starts_from_nothing(
    grown: tuple[Miniature, list[list[Edge]]],
) -> None:
    """What was replaced does not count then: a killed build may have left anything."""
    project, _ = grown
    wrong: list[Change] = [
        ("a", "z", "replaced"),
        *((*edge, change) for edge in (("a", "b"), ("b", "c")) for change in ("stands", "written")),
    ]
    for _ in range(2):
        project.model("lost", wrong, incremental=True)
        assert project.run("lost")[0]
        assert project.table("lost") == union_find([("a", "b"), ("b", "c")])


def test_an_unchanged_input_is_not_contracted_again(
    grown: tuple[Miniature, list[list[Edge]]],
) -> None:
    """With one round allowed a chain fails; without a change there is nothing to do."""
    project, _ = grown
    chain: list[Edge] = [(f"k{place:03d}", f"k{place + 1:03d}") for place in range(200)]
    project.model("same", changes([], chain), incremental=True)
    assert project.run("same")[0]
    longer: list[Edge] = [*chain, ("m", "n")]
    project.model("same", changes(chain, longer), incremental=True, max_rounds=1)
    success, failed = project.run("same")
    assert success, failed
    assert project.table("same") == union_find(longer)
    assert not project.run("same", "--full-refresh")[0]

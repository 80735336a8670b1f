"""The materialization `guarded_components` against an oracle that hears one reason after the other.

All random graphs are one model: they share no node, so that one run covers them.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from test_connected_components import REPOSITORY, Miniature

GRAPHS = 600
COLUMNS = ("node_a", "node_b", "place", "value_type", "value", "value_limit", "other_value")
Row = tuple[str | None, str | None, int | None, str | None, str | None, int | None, str | None]


@dataclass
class Graph:
    """Reasons (left, right) in the order in which they are heard, what each node holds, how many of
    a kind a group may have, and pairs of values (both directions) of a kind without a limit that
    agree; any other two of it contradict each other."""

    reasons: list[tuple[str, str]] = field(default_factory=list)
    held: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    limits: dict[str, int] = field(default_factory=dict)
    agreed: set[tuple[str, str]] = field(default_factory=set)

    def rows(self, first_place: int = 0) -> list[Row]:
        reasons: list[Row] = [
            (left, right, first_place + place, None, None, None, None)
            for place, (left, right) in enumerate(self.reasons)
        ]
        values: list[Row] = [
            (node, None, None, kind, value, self.limits.get(kind), None)
            for node, values in self.held.items()
            for kind, value in sorted(values)
        ]
        return [*reasons, *values] + [
            (None, None, None, "name", left, None, right) for left, right in sorted(self.agreed)
        ]

    def contradict(self, left: set[tuple[str, str]], right: set[tuple[str, str]]) -> bool:
        """Whether a value of one side contradicts one of the other."""
        return any(
            kind == other_kind and value != other and (value, other) not in self.agreed
            for kind, value in left
            for other_kind, other in right
            if kind not in self.limits
        )


def heard_one_by_one(graph: Graph) -> dict[str, str]:
    """The oracle: node -> smallest node of its group."""
    nodes = {node for reason in graph.reasons for node in reason} | set(graph.held)
    group = {node: {node} for node in nodes}
    held = {node: set(graph.held.get(node, ())) for node in nodes}
    for left, right in graph.reasons:
        if group[left] is group[right]:
            continue
        together = held[left] | held[right]
        counts: dict[str, int] = defaultdict(int)
        for kind, _ in together:
            counts[kind] += 1
        if any(count > graph.limits.get(kind, count) for kind, count in counts.items()):
            continue
        if graph.contradict(held[left], held[right]):
            continue
        merged = group[left] | group[right]
        for node in merged:
            group[node], held[node] = merged, together
    return {node: min(group[node]) for node in nodes}


def random_graph(number: int) -> Graph:
    """Records that claim identifiers, logins of which a person has one, pairs that must stay apart,
    names that agree or contradict each other (ann with a, a with alice, ann not with alice), and a
    value of which one may have two. Some nodes hold too much on their own."""
    draw = random.Random(number)
    graph = Graph(limits={"login": 1, "address": 2})
    names, named = [f"n{n}" for n in range(draw.randint(1, 5))], draw.choice([0, 0.3, 0.7])
    for left, right in itertools.combinations(names, 2):
        if draw.random() < 0.4:
            pair = (f"g{number:03d}:{left}", f"g{number:03d}:{right}")
            graph.agreed |= {pair, pair[::-1]}
    records = [f"g{number:03d}:r{n:02d}" for n in range(draw.randint(2, 30))]
    identifiers = [f"~g{number:03d}:i{n:02d}" for n in range(draw.randint(1, 20))]
    for record in records:
        count = min(len(identifiers), draw.choice([1, 1, 2, 3]))
        for identifier in draw.sample(identifiers, count):
            graph.reasons.append((record, identifier))
        if draw.random() < 0.4:
            graph.held[record].add(("login", f"u{draw.randrange(4)}"))
        if draw.random() < named:
            graph.held[record].add(("name", f"g{number:03d}:{draw.choice(names)}"))
        for _ in range(draw.choice([0, 0, 1, 1, 2, 3])):
            graph.held[record].add(("address", f"a{draw.randrange(5)}"))
    for _ in range(draw.choice([0, 0, 2])):
        graph.reasons.append(tuple(draw.sample(records, 2)))
    for pair in range(draw.choice([0, 0, 1, 3])):
        left, right = draw.sample(records, 2)
        graph.limits[f"pair{pair}"] = 1
        graph.held[left].add((f"pair{pair}", "left"))
        graph.held[right].add((f"pair{pair}", "right"))
    draw.shuffle(graph.reasons)
    return graph


def one_login_in_many_records(count: int) -> Graph:
    """A star whose leaves and hub all hold the same value: no round may take one leaf alone."""
    graph = Graph([(f"star:{n:05d}", "~star:hub") for n in range(count)], limits={"login": 1})
    for n in range(count):
        graph.held[f"star:{n:05d}"].add(("login", "u"))
    graph.held["star:00007"] = {("login", "other")}
    return graph


def chain(count: int) -> Graph:
    """Two logins at the ends of a chain: it breaks at its last reason."""
    graph = Graph([(f"chain:{n:04d}", f"chain:{n + 1:04d}") for n in range(count)])
    graph.limits = {"login": 1}
    graph.held["chain:0000"].add(("login", "one"))
    graph.held[f"chain:{count:04d}"].add(("login", "two"))
    return graph


GRAPHS_BY_NAME: dict[str, list[Graph]] = {
    "random": [random_graph(number) for number in range(GRAPHS)],
    "star": [one_login_in_many_records(3_000)],
    "chain": [chain(400)],
    "nothing": [Graph()],
    "only_values": [Graph(held={"a": {("login", "u")}}, limits={"login": 1})],
}


class Guarded(Miniature):
    """The miniature project with the admission macros; models read Parquet written by DuckDB."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        macros = REPOSITORY / "macros"
        for path in (macros / "identity" / "admission").glob("*.sql"):
            shutil.copy(path, folder / "macros" / path.name)

    def write(self, name: str, graphs: list[Graph], order: random.Random | None = None) -> None:
        """Write the rows of some graphs to a file, in another order if one is given."""
        rows: list[Row] = []
        for graph in graphs:
            rows += graph.rows(len(rows))
        if order:
            order.shuffle(rows)
        lines = ["\t".join("" if part is None else str(part) for part in row) for row in rows]
        path = self.folder / "data" / f"{name}.tsv"
        path.write_text("\n".join(["\t".join(COLUMNS), *lines, ""]))

    def guarded(self, name: str, graphs: list[Graph], **config: object) -> None:
        """Write graphs and the model over them."""
        self.write(name, graphs)
        options = "".join(f", {key}={value!r}" for key, value in config.items())
        types = "'VARCHAR', 'VARCHAR', 'BIGINT', 'VARCHAR', 'VARCHAR', 'INT', 'VARCHAR'"
        columns = ", ".join(f"'{c}': {t}" for c, t in zip(COLUMNS, types.split(", "), strict=True))
        (self.folder / "models" / f"{name}.sql").write_text(
            f"{{{{ config(materialized='guarded_components'{options}) }}}}\n"
            f"select * from read_csv('{self.folder}/data/{name}.tsv', delim='\\t', header=true, "
            f"columns={{{columns}}})"
        )

    def clusters(self, name: str) -> dict[str, str]:
        """The finished table: node -> cluster."""
        import duckdb

        with duckdb.connect(str(self.warehouse)) as connection:
            rows = connection.execute(f'select node, cluster from main."{name}"').fetchall()
        assert len(rows) == len(dict(rows))
        return dict(rows)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Guarded:
    """The project with every graph built once."""
    project = Guarded(tmp_path_factory.mktemp("guards"))
    for name, graphs in GRAPHS_BY_NAME.items():
        project.guarded(name, graphs)
    success, failed = project.run()
    assert success, failed
    return project


@pytest.mark.parametrize("name", GRAPHS_BY_NAME)
def test_guards_equal_the_sequential_oracle(guarded: Guarded, name: str) -> None:
    expected: dict[str, str] = {}
    for graph in GRAPHS_BY_NAME[name]:
        expected |= heard_one_by_one(graph)
    found = guarded.clusters(name)
    wrong = {node for node in expected if found.get(node) != expected[node]}
    assert not wrong and found.keys() == expected.keys(), (len(wrong), sorted(wrong)[:5])


def test_the_random_graphs_try_what_they_should(guarded: Guarded) -> None:
    """Most have a reason that is refused, in many the order of the reasons matters, and in many
    it matters which names contradict each other."""
    refusing = order_matters = names_matter = agreeing_matters = 0
    for graph in GRAPHS_BY_NAME["random"]:
        found = heard_one_by_one(graph)
        refusing += any(found[left] != found[right] for left, right in graph.reasons)
        turned = Graph(graph.reasons[::-1], graph.held, graph.limits, graph.agreed)
        order_matters += heard_one_by_one(turned) != found
        of_one_name = Graph(graph.reasons, graph.held, {**graph.limits, "name": 99})
        names_matter += heard_one_by_one(of_one_name) != found
        agreeing_matters += heard_one_by_one(replace(graph, agreed=set())) != found
    assert refusing > 0.6 * GRAPHS and order_matters > 0.5 * GRAPHS, (refusing, order_matters)
    assert names_matter > 0.2 * GRAPHS and agreeing_matters > 0.15 * GRAPHS


def test_no_group_holds_too_much_and_no_work_table_is_left(guarded: Guarded) -> None:
    clusters = guarded.clusters("random")
    for graph in GRAPHS_BY_NAME["random"]:
        values: dict[tuple[str, str], set[str]] = defaultdict(set)
        members: dict[str, int] = defaultdict(int)
        for node, held in graph.held.items():
            members[clusters[node]] += 1
            for kind, value in held:
                values[clusters[node], kind].add(value)
        for (cluster, kind), found in values.items():
            limit = graph.limits.get(kind, len(found))
            assert len(found) <= limit or members[cluster] == 1, cluster
            held = {(kind, value) for value in found}
            assert not graph.contradict(held, held), cluster
    assert not [name for name in guarded.tables() if "__" in name]


def test_row_order_and_threads_change_nothing(guarded: Guarded) -> None:
    before = guarded.clusters("random")
    guarded.write("random", GRAPHS_BY_NAME["random"], random.Random(3))
    guarded.threads(4)
    try:
        success, failed = guarded.run("random")
    finally:
        guarded.threads(1)
    assert success, failed
    assert guarded.clusters("random") == before


def test_past_the_cap_the_build_fails_and_the_old_table_stays(guarded: Guarded) -> None:
    guarded.guarded("capped", [chain(5)])
    assert guarded.run("capped")[0]
    before = guarded.clusters("capped")
    guarded.guarded("capped", [chain(400)], max_rounds=1)
    success, failed = guarded.run("capped")
    assert not success
    assert "reason(s) not heard after 1 rounds (max_rounds)" in failed["capped"]
    assert guarded.clusters("capped") == before
    assert not [name for name in guarded.tables() if "__" in name]

"""Attribution against other ways to compute it, and the materialization `absorbing_chain` alone."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from conftest import REPO, Run
from dbt.cli.main import dbtRunner
from test_invariants_are_caught import warehouse_in

from cdm.project import Project, run_dbt

demo = pytest.mark.demo

PROFILE = """
customer_data_model:
  target: dev
  outputs: {{dev: {{type: duckdb, path: '{path}', threads: 1}}}}
"""
PROJECT = """
name: customer_data_model
version: '1.0'
profile: customer_data_model
vars: {contract_version: '1'}
flags: {send_anonymous_usage_stats: false}
models: {customer_data_model: {+materialized: absorbing_chain}}
"""
Steps = dict[tuple[str, str], float]


def fundamental(steps: Steps) -> dict[tuple[str, str], float]:
    """The expected visits by an exact solve: the inverse of one less the transition matrix."""
    states = sorted({state for pair in steps for state in pair})
    place = {state: number for number, state in enumerate(states)}
    matrix = np.zeros((len(states), len(states)))
    for (before, after), probability in steps.items():
        matrix[place[before], place[after]] = probability
    visits = np.linalg.solve(np.eye(len(states)) - matrix, np.eye(len(states)))
    return {
        (before, after): visits[place[before], place[after]]
        for before in states
        for after in states
    }


def converts(steps: Steps, without: str | None = None) -> float:
    """How likely a walk from the start converts, if it ends where it comes by a channel."""
    kept = {pair: value for pair, value in steps.items() if without not in pair}
    return fundamental(kept).get(("(start)", "(conversion)"), 0.0)


@pytest.fixture(scope="module")
def chains(demo_build: Run) -> dict[tuple[str, str], Steps]:
    """The demo's steps by type of conversion and level."""
    found: dict[tuple[str, str], Steps] = defaultdict(dict)
    for kind, level, before, after, probability in demo_build.query(
        "select conversion_type, level, from_state, to_state, probability"
        " from marts.attribution_step"
    ):
        found[kind, level][before, after] = probability
    assert len(found) >= 8
    return found


@demo
def test_removal_effects_equal_an_exact_solve(demo_build: Run, chains: Any) -> None:
    effects = demo_build.query(
        "select conversion_type, level, channel_group, removal_effect, share"
        " from marts.attribution_removal_effect"
    )
    shares: dict[tuple[str, str], float] = defaultdict(float)
    for kind, level, channel, effect, share in effects:
        steps = chains[kind, level]
        expected = 1 - converts(steps, channel) / converts(steps)
        assert float(effect) == pytest.approx(expected, abs=1e-9), (kind, level, channel)
        shares[kind, level] += float(share)
    assert len(effects) > 40
    assert all(total == pytest.approx(1, abs=1e-9) for total in shares.values())
    assert set(shares) == {key for key, steps in chains.items() if converts(steps) > 0}


@demo
def test_probabilities_out_of_a_state_are_at_most_one(chains: Any) -> None:
    for steps in chains.values():
        out: dict[str, float] = defaultdict(float)
        for (before, _), probability in steps.items():
            out[before] += probability
        assert max(out.values()) <= 1 + 1e-9
        assert out["(start)"] == pytest.approx(1, abs=1e-9)


@demo
def test_shapley_equals_all_coalitions(demo_build: Run) -> None:
    """The value of a coalition of channels is the conversions that it made without any other."""
    paths: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for kind, level, conversion, channel in demo_build.query(
        "select conversion_type, level, conversion_id, channel_group from marts.conversion_path"
        " inner join marts.conversion using (conversion_id) where touchpoint_id is not null"
    ):
        paths[kind, level][conversion].add(channel)
    compared = 0
    for (kind, level), conversions in paths.items():
        sets = [frozenset(channels) for channels in conversions.values()]
        players = sorted(set().union(*sets))
        n = len(players)
        value = {
            coalition: sum(path <= coalition for path in sets)
            for size in range(n + 1)
            for coalition in map(frozenset, itertools.combinations(players, size))
        }
        credits = dict(
            demo_build.query(
                "select channel_group, sum(credit) from marts.attribution_credit inner join"
                f" marts.conversion using (conversion_id) where conversion_type = '{kind}' and"
                f" level = '{level}' and model = 'shapley' and touchpoint_id is not null group by 1"
            )
        )
        for player in players:
            others = [name for name in players if name != player]
            expected = sum(
                (value[coalition | {player}] - value[coalition])
                / (n * len(list(itertools.combinations(others, size))))
                for size in range(n)
                for coalition in map(frozenset, itertools.combinations(others, size))
            )
            assert float(credits[player]) == pytest.approx(expected, abs=1e-6), (kind, player)
            compared += 1
    assert compared > 40


MODELS = [
    # model, kind, first, lead, deal, last, middle, half-life, leaves out direct visits
    ("first_touch", "position", 1, 0, 0, 0, 0, None, False),
    ("last_non_direct", "position", 0, 0, 0, 1, 0, None, True),
    ("linear", "position", 0, 0, 0, 0, 1, None, False),
    ("full_path", "position", 0.225, 0.225, 0.225, 0.225, 0.1, None, False),
    ("known_w", "position", 0.3, 0.3, 0.3, 0, 0.1, None, True),
    ("deal_only", "position", 0, 0, 1, 0, 0, None, False),
    ("time_decay", "time_decay", *[None] * 5, 7, False),
    ("shapley", "shapley", *[None] * 6, True),
]
ORIGIN = datetime(2026, 1, 1)
CREDIT = "attribution_credit"


def random_path(draw: random.Random) -> dict[str, Any]:
    """A conversion with its touches: none, one, or hundreds, many of them at one moment."""
    count = draw.choice([0, 1, 1, 2, 3, 5, 40, 300])
    times = sorted(ORIGIN + timedelta(hours=draw.choice([0, 1, 24, 7000])) for _ in range(count))
    near = [ORIGIN + timedelta(hours=hours) for hours in (-1, 0, 1, 25, 9000)]
    channels = [draw.choice(["Direct", "Email", "Paid Search", "Referral"]) for _ in times]
    return {
        "touches": list(zip(times, channels, strict=True)),
        "lead_at": draw.choice([None, *near]),
        "deal_at": draw.choice([None, *near]),
        "amount": draw.choice([None, "0.00", "0.01", "99999999999999.99", "1234.57"]),
    }


def credits_by_hand(path: dict[str, Any], model: tuple[Any, ...]) -> dict[int, float]:
    """What each touch of a path has by one model, from the weights alone."""
    _, kind, first, lead, deal, last, middle, half_life, leaves_out_direct = model
    placed = list(enumerate(path["touches"], start=1)) or [(1, (None, "(none)"))]
    known = [touch for touch in placed if touch[1][1] != "Direct"]
    placed = known if leaves_out_direct and known else placed

    def last_before(moment: datetime | None) -> int | None:
        before = [place for place, (at, _) in placed if moment and at and at <= moment]
        return max(before, default=None)

    weights: dict[int, float] = {}
    leading, created = last_before(path["lead_at"]), last_before(path["deal_at"])
    touches_of = Counter(channel for _, (_, channel) in placed)
    for place, (at, channel) in placed:
        if kind == "time_decay":
            days = (placed[-1][1][0] - at) / timedelta(days=1) if at else 0
            weights[place] = 0.5 ** (days / half_life)
        elif kind == "shapley":
            weights[place] = 1 / touches_of[channel]
        else:
            weights[place] = (
                first * (place == placed[0][0])
                + last * (place == placed[-1][0])
                + lead * (place == leading)
                + deal * (place == created)
            )
    between = [place for place, weight in weights.items() if weight == 0]
    if kind == "position":
        weights |= {place: middle / len(between) for place in between}
    total = sum(weights.values())
    return {
        place: weight / total if total else 1 / len(weights) for place, weight in weights.items()
    }


@demo
def test_credits_of_random_paths_are_what_the_weights_say(demo_build: Run) -> None:
    """The model's own SQL in memory: paths without a touch and with hundreds, touches at one
    moment, milestones before and after all of them, amounts of nothing, a cent and trillions."""
    nodes = json.loads(demo_build.warehouse.manifest.read_text())["nodes"]
    [sql] = [node["compiled_code"] for node in nodes.values() if node["name"] == CREDIT]
    draw = random.Random(7)
    paths = [random_path(draw) for _ in range(80)]
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as cdm; create schema cdm.marts")
        connection.execute("create schema cdm.policy; use cdm.marts")
        connection.execute(
            "create table policy.policy_attribution_model (model text, kind text, first_weight"
            " double, lead_weight double, opportunity_weight double, last_weight double,"
            " middle_weight double, half_life_days int, leaves_out_direct bool, valid_from date,"
            " valid_to date);"
            " create table conversion (conversion_id text, converted_at timestamp,"
            " opportunity_created_at timestamp, amount decimal(18, 2), currency text);"
            " create table conversion_person (conversion_id text, level text, lead_at timestamp);"
            " create table conversion_path (conversion_id text, level text, position int,"
            " touchpoint_id text, touched_at timestamp, source_id text, campaign text,"
            " channel_group text, is_direct bool)"
        )
        connection.executemany(
            "insert into policy.policy_attribution_model values"
            " (?, ?, ?, ?, ?, ?, ?, ?, ?, date '2020-01-01', null)",
            MODELS,
        )
        names = [f"c{number}" for number in range(len(paths))]
        connection.execute(
            "insert into conversion select unnest(?), '2027-06-01', unnest(?), unnest(?), 'EUR'",
            [names, [path["deal_at"] for path in paths], [path["amount"] for path in paths]],
        )
        connection.execute(
            "insert into conversion_person select unnest(?), 'person', unnest(?)",
            [names, [path["lead_at"] for path in paths]],
        )
        touches = [
            (name, place, at, channel)
            for name, path in zip(names, paths, strict=True)
            for place, (at, channel) in enumerate(path["touches"] or [(None, "(none)")], start=1)
        ]
        connection.execute(
            "insert into conversion_path select name, 'person', position, null, touched_at, null,"
            " null, channel, channel = 'Direct' from (select unnest(?) as name,"
            " unnest(?) as position, unnest(?) as touched_at, unnest(?) as channel)",
            [list(column) for column in zip(*touches, strict=True)],
        )
        found: dict[tuple[str, str], dict[int, tuple[float, Any]]] = defaultdict(dict)
        for conversion, model, place, credit, revenue in connection.execute(
            f"select conversion_id, model, position, credit, revenue from ({sql})"
        ).fetchall():
            found[conversion, model][place] = float(credit), revenue
    assert len(found) == len(paths) * len(MODELS)
    for number, path in enumerate(paths):
        for model in MODELS:
            shares = found[f"c{number}", model[0]]
            expected = credits_by_hand(path, model)
            assert shares.keys() == expected.keys(), (number, model[0])
            apart = max(abs(shares[place][0] - share) for place, share in expected.items())
            assert apart < 1e-9, (number, model[0])
            assert sum(share for share, _ in shares.values()) == pytest.approx(1, abs=1e-9)
            if path["amount"] is None:
                assert {revenue for _, revenue in shares.values()} == {None}
            else:
                assert sum(revenue for _, revenue in shares.values()) == Decimal(path["amount"])


@demo
def test_identity_and_lifecycle_are_checked_before_anything_is_credited(demo_build: Run) -> None:
    """dbt runs a check before all models that stand on everything the check looks at."""
    nodes = json.loads(demo_build.warehouse.manifest.read_text())["nodes"]
    names = {node["name"]: key for key, node in nodes.items()}

    above: set[str] = set()
    queue = [names["attribution_credit"]]
    while queue:
        depends_on = nodes.get(queue.pop(), {}).get("depends_on", {})
        for key in depends_on.get("nodes", []):
            if key not in above:
                above.add(key)
                queue.append(key)
    for check in (
        "each_record_is_one_person",
        "a_merge_never_chains",
        "lifecycle_history_is_contiguous",
        "row_rules_person",
    ):
        assert set(nodes[names[check]]["depends_on"]["nodes"]) <= above, check


@demo
def test_nothing_is_credited_while_a_check_of_identity_fails(
    demo_build: Run, session_folder: Path, tmp_path: Path
) -> None:
    with warehouse_in(demo_build, session_folder, tmp_path) as (state, _):
        with duckdb.connect(str(state)) as connection:
            connection.execute("delete from canonical.person_xref where rowid = 0")
        selected = ["each_record_is_one_person", "conversion", "attribution_credit"]
        outcome = run_dbt(Project(REPO), ["build", "--select", *selected])
    states = {result.node.name: str(result.status) for result in outcome.result.results}
    assert {name: states[name] for name in selected} == {
        "each_record_is_one_person": "fail",
        "conversion": "skipped",
        "attribution_credit": "skipped",
    }


class Chains:
    """A project of its own whose models are chains in JSON files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("models", "macros", "data"):
            (folder / part).mkdir()
        macros = REPO / "macros"
        for path in (
            *(macros / "attribution" / "chain").glob("*.sql"),
            *(macros / "materializations").glob("*.sql"),
            *(macros / "platform").glob("*.sql"),
        ):
            shutil.copy(path, folder / "macros" / path.name)
        (folder / "dbt_project.yml").write_text(PROJECT)
        (folder / "profiles.yml").write_text(PROFILE.format(path=folder / "chains.duckdb"))

    def model(self, name: str, steps: Steps, **config: object) -> None:
        """Write a chain and the model over it."""
        rows = [
            {"chain": name, "from_state": a, "to_state": b, "probability": p}
            for (a, b), p in steps.items()
        ]
        data = self.folder / "data" / f"{name}.json"
        data.write_text(json.dumps(rows))
        options = ", ".join(f"{key}={value!r}" for key, value in config.items())
        (self.folder / "models" / f"{name}.sql").write_text(
            (f"{{{{ config({options}) }}}}\n" if options else "") + f"select * from '{data}'"
        )

    def run(self, *names: str) -> tuple[bool, dict[str, str]]:
        """Run dbt; return success and each failed model's message."""
        folders = ["--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        logs = ["--log-path", str(self.folder / "logs")]
        selection = ["--select", *names] if names else []
        result = dbtRunner().invoke(["--quiet", "run", *folders, *logs, *selection])
        failed = {
            row.node.name: str(row.message)
            for row in result.result or []
            if str(row.status) != "success"
        }
        return result.success, failed

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.folder / "chains.duckdb")) as connection:
            return connection.execute(sql).fetchall()

    def tables(self) -> set[str]:
        return {name for (name,) in self.query("select table_name from duckdb_tables()")}


def random_chain(seed: int) -> Steps:
    """A chain of up to twelve channels; from each state at least a hundredth of the walks end."""
    draw = random.Random(seed)
    channels = [f"c{number}" for number in range(draw.randint(1, 12))]
    steps: Steps = {}
    for before in ["(start)", *channels]:
        after = draw.sample([*channels, "(conversion)"], draw.randint(1, len(channels) + 1))
        weights = [draw.random() for _ in after]
        going_on = draw.choice([0.3, 0.9, 0.99]) / sum(weights)
        steps |= {(before, name): w * going_on for name, w in zip(after, weights, strict=True)}
    return steps


@pytest.fixture(scope="module")
def own_chains(tmp_path_factory: pytest.TempPathFactory) -> Chains:
    project = Chains(tmp_path_factory.mktemp("chains"))
    for seed in range(12):
        project.model(f"random_{seed}", random_chain(seed))
    project.model("turning", {("(start)", "a"): 1.0, ("a", "a"): 0.9999, ("a", "b"): 0.00005})
    project.model("empty", {})
    (project.folder / "models" / "empty.sql").write_text(
        "select '' as chain, '' as from_state, '' as to_state, cast(1 as double) as probability"
        " where false"
    )
    success, failed = project.run()
    assert success, failed
    return project


@pytest.mark.parametrize("name", [*(f"random_{seed}" for seed in range(12)), "turning"])
def test_visits_equal_an_exact_solve(own_chains: Chains, name: str) -> None:
    rows = own_chains.query(f"select from_state, to_state, visits from {name}")
    found = {(before, after): visits for before, after, visits in rows}
    steps = json.loads((own_chains.folder / "data" / f"{name}.json").read_text())
    expected = fundamental({(s["from_state"], s["to_state"]): s["probability"] for s in steps})
    for pair, visits in expected.items():
        assert found.get(pair, 0) == pytest.approx(visits, rel=1e-9, abs=1e-9), pair
    assert set(found) <= set(expected)


def test_no_chain_is_no_row_and_no_work_table_is_left(own_chains: Chains) -> None:
    assert own_chains.query("select count(*) from empty") == [(0,)]
    assert not [name for name in own_chains.tables() if "__" in name]


def test_a_walk_without_an_end_fails_and_the_old_table_stays(own_chains: Chains) -> None:
    own_chains.model("endless", {("(start)", "a"): 0.5})
    assert own_chains.run("endless")[0]
    before = own_chains.query("select * from endless order by all")
    own_chains.model("endless", {("(start)", "a"): 1.0, ("a", "a"): 1.0}, max_rounds=5)
    success, failed = own_chains.run("endless")
    assert not success
    assert "endless: a walk does not end within 5 rounds" in failed["endless"]
    assert own_chains.query("select * from endless order by all") == before
    assert not [name for name in own_chains.tables() if "__" in name]

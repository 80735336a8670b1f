"""The registry of person ids over many random histories, against an oracle in Python.

Histories share no record, so that all of them live in one warehouse and one dbt run is one build of
each. The models are the real ones; only the clusters are made up.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import environment
from dbt.cli.main import dbtRunner
from test_connected_components import PROFILE, REPOSITORY

HISTORIES = 60
BUILDS = 12
FULL_REFRESH = {4, 9}  # builds with --full-refresh: the registry has to survive them
Clusters = dict[str, frozenset[str]]  # cluster -> records; its root is its smallest record

PROJECT = """
name: customer_data_model
version: '1.0'
profile: customer_data_model
flags: {send_anonymous_usage_stats: false}
vars: {contract_version: '1'}
models: {customer_data_model: {+materialized: table}}
"""


def person_id(*parts: object) -> str:
    """The id that the macro surrogate_key makes of a root record, and of a run where needed."""
    text = "".join(f"{len(str(part))}:{part}" for part in parts)
    return "per_" + hashlib.md5(text.encode()).hexdigest()


@dataclass
class Oracle:
    """Who is who in one history, told one cluster at a time."""

    standing: dict[str, str] = field(default_factory=dict)  # record -> id
    first_run: dict[str, int] = field(default_factory=dict)
    last_members: dict[str, set[str]] = field(default_factory=dict)  # of ended ids
    events: set[tuple[int, str, str, str | None]] = field(default_factory=set)

    def build(self, clusters: Clusters, run: int) -> bool:
        """Take the clusters of one build; returns whether anything changed."""
        before = dict(self.standing)
        named = self.survivors(clusters)
        for cluster, records in clusters.items():
            if cluster not in named:
                named[cluster] = self.revived(records) or self.minted(min(records), run)
        after = {record: named[cluster] for cluster, of in clusters.items() for record in of}
        if after == before:
            return False
        self.note(before, after, run)
        self.standing = after
        return True

    def survivors(self, clusters: Clusters) -> dict[str, str]:
        members: dict[str, set[str]] = defaultdict(set)
        for record, person in self.standing.items():
            members[person].add(record)
        comers: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for person, records in members.items():
            homes = [
                (-len(records & of), min(records & of), cluster)
                for cluster, of in clusters.items()
                if records & of
            ]
            if homes:
                size, _, cluster = min(homes)
                comers[cluster].append((size, self.first_run[person], person))
        return {cluster: min(of)[2] for cluster, of in comers.items()}

    def revived(self, records: frozenset[str]) -> str | None:
        found = [
            (-len(records & last), self.first_run[person], person)
            for person, last in self.last_members.items()
            if 2 * len(records & last) > len(last)
        ]
        return min(found)[2] if found else None

    def minted(self, root: str, run: int) -> str:
        plain = person_id(root)
        return person_id(root, run) if plain in self.first_run else plain

    def note(self, before: dict[str, str], after: dict[str, str], run: int) -> None:
        for person in set(after.values()) - set(before.values()):
            action = "revive" if person in self.first_run else "create"
            self.first_run.setdefault(person, run)
            self.last_members.pop(person, None)
            self.events.add((run, action, person, None))
        for person in set(before.values()):
            records = sorted(record for record, of in before.items() if of == person)
            went = Counter(after[r] for r in records if after.get(r, person) != person)
            ended = person not in after.values()
            if ended:
                self.last_members[person] = set(records)
                order = [after.get(record) for record in records]
                heir = min(went, key=lambda to: (-went[to], order.index(to)), default=None)
                self.events.add((run, "merge" if heir else "retire", person, heir))
                went.pop(heir, None)
            self.events |= {(run, "split", person, other) for other in went}


def random_history(number: int) -> list[Clusters]:
    """The clusters of each build: records come, go and come back, groups merge, split and swap."""
    draw = random.Random(number)
    records = [f"h{number:02d}:{place:02d}" for place in range(draw.randint(3, 16))]
    groups = {record: draw.randrange(max(2, len(records) // 2)) for record in records}
    present = set(draw.sample(records, max(1, len(records) // 2)))
    history: list[Clusters] = []
    for _ in range(BUILDS):
        for _ in range(draw.choice([0, 0, 1, 1, 2, 4])):
            change = draw.choice(["come", "go", "merge", "split", "move", "undo"])
            record, other = draw.choice(records), draw.choice(records)
            if change == "come":
                present |= set(draw.sample(records, min(3, len(records))))
            elif change == "go":
                present.discard(record)
            elif change == "merge":
                gone = groups[other]
                groups = {r: groups[record] if g == gone else g for r, g in groups.items()}
            elif change == "split":
                fresh = max(groups.values()) + 1
                for member in [r for r, g in groups.items() if g == groups[record]]:
                    groups[member] = fresh if draw.random() < 0.5 else groups[member]
            elif change == "move":
                groups[record] = groups[other]
            elif history:
                past = draw.choice(history)
                for place, members in enumerate(past.values()):
                    for member in members:
                        groups[member] = 1_000 + place
        clusters: dict[int, set[str]] = defaultdict(set)
        for record in present:
            clusters[groups[record]].add(record)
        history.append({min(of): frozenset(of) for of in clusters.values()})
    return history


class Registry:
    """A dbt project with the real registry and what is read from it, over made-up clusters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "registry.duckdb"
        (folder / "models").mkdir()
        (folder / "macros").mkdir()
        macros, models = REPOSITORY / "macros", REPOSITORY / "models"
        for path in (
            *(macros / "identity" / "registry").glob("*.sql"),
            macros / "identity" / "root_record.sql",
            macros / "identity" / "changes" / "no_rows.sql",
            *(macros / "platform" / f"{n}.sql" for n in ("surrogate_key", "content_hash")),
            *(macros / "platform" / f"{n}.sql" for n in ("sql_type", "unsupported_on_engine")),
            macros / "as_of.sql",
        ):
            shutil.copy(path, folder / "macros" / path.name)
        for path in (
            models / "resolve" / "identity" / "int_identity__registry.sql",
            models / "canonical" / "identity_event.sql",
            models / "canonical" / "person_register.sql",
        ):
            shutil.copy(path, folder / "models" / path.name)
        # Neither erasure nor the list of changed records is a part of what is looked at here.
        (folder / "macros" / "left_out.sql").write_text(
            "{% macro forget_erased_records() %}{% endmacro %}"
            "{% macro settle_changes() %}{% endmacro %}"
            "{% macro is_anything_settled() %}{{ return(not flags.FULL_REFRESH) }}{% endmacro %}"
        )
        (folder / "models" / "int_identity__clusters.sql").write_text(
            "select * from read_json('" + str(folder / "clusters.json") + "', columns={"
            "'record_key': 'varchar', 'cluster': 'varchar', 'is_merged_away': 'boolean', "
            "'created_at': 'timestamp'})"
        )
        (folder / "models" / "int_identity__reclustered.sql").write_text(
            "select * from read_json('" + str(folder / "reclustered.json") + "', columns={"
            "'record_key': 'varchar', 'cluster': 'varchar', 'cluster_before': 'varchar'})"
        )
        self.of_record: dict[str, str] = {}  # record -> cluster
        (folder / "dbt_project.yml").write_text(PROJECT)
        (folder / "profiles.yml").write_text(PROFILE.format(path=self.warehouse, threads=1))

    def write_reclustered(self, clusters: Clusters, everything: bool) -> None:
        """Write what changed since the last build, which is all that the registry looks at."""
        of_record = {record: min(of) for of in clusters.values() for record in of}
        rows = [
            {"record_key": record, "cluster": of_record.get(record),
             "cluster_before": self.of_record.get(record)}
            for record in sorted(set(self.of_record) | set(of_record))
            if everything or self.of_record.get(record) != of_record.get(record)
        ]
        text = "\n".join(map(json.dumps, rows))
        (self.folder / "reclustered.json").write_text(text or "[]")
        self.of_record = of_record

    def build(self, clusters: Clusters, as_of: str, full_refresh: bool = False) -> None:
        rows = [
            {"record_key": record, "cluster": cluster, "is_merged_away": False}
            for cluster, of in clusters.items()
            for record in of
        ]
        (self.folder / "clusters.json").write_text("\n".join(map(json.dumps, rows)) or "[]")
        self.write_reclustered(clusters, full_refresh)
        arguments = ["run", "--project-dir", str(self.folder), "--profiles-dir", str(self.folder)]
        arguments += ["--quiet", "--no-use-colors", "--log-path", str(self.folder / "logs")]
        arguments += ["--full-refresh"] * full_refresh
        with environment(CDM_AS_OF=as_of):
            result = dbtRunner().invoke(arguments)
        assert result.success, [row.message for row in result.result]

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse)) as connection:
            return connection.execute(sql).fetchall()

    def standing(self) -> dict[str, str]:
        rows = self.query(
            "select record_key, person_id from int_identity__registry where to_run is null"
        )
        assert len(rows) == len(dict(rows)), "a record is two persons"
        return dict(rows)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Registry, list[dict[str, Any]]]:
    """All histories built; for each build what was asked for and what was there afterwards."""
    registry = Registry(tmp_path_factory.mktemp("registry"))
    histories = [random_history(number) for number in range(HISTORIES)]
    oracle, run, builds = Oracle(), 1, []
    for place in range(BUILDS):
        clusters = {name: of for history in histories for name, of in history[place].items()}
        registry.build(clusters, f"2026-01-{place + 1:02d}T00:00:00", place in FULL_REFRESH)
        run += oracle.build(clusters, run)
        builds.append(
            {
                "clusters": clusters,
                "expected": dict(oracle.standing),
                "found": registry.standing(),
                "ended": registry.query(
                    "select person_id, merged_into from person_register where status <> 'live'"
                ),
                "events": len(oracle.events),
            }
        )
    builds[-1]["oracle"] = oracle
    return registry, builds


def test_ids_are_those_of_the_oracle(told: tuple[Registry, list[dict[str, Any]]]) -> None:
    for place, build in enumerate(told[1]):
        wrong = {
            record: (person, build["found"].get(record))
            for record, person in build["expected"].items()
            if build["found"].get(record) != person
        }
        assert not wrong and len(build["found"]) == len(build["expected"]), (place, wrong)


def test_what_must_hold_in_every_build(told: tuple[Registry, list[dict[str, Any]]]) -> None:
    """One id a cluster and one cluster an id; an unchanged cluster keeps its id; an ended id
    leads to a living one at once, or nowhere, and no living id leads elsewhere."""
    before: dict[frozenset[str], str] = {}
    for build in told[1]:
        found = build["found"]
        ids = {of: {found[record] for record in of} for of in build["clusters"].values()}
        assert all(len(people) == 1 for people in ids.values())
        now = {of: people.pop() for of, people in ids.items()}
        assert len(set(now.values())) == len(now)
        assert all(now[of] == person for of, person in before.items() if of in now)
        living = set(found.values())
        for person, merged_into in build["ended"]:
            assert person not in living and (merged_into is None or merged_into in living)
        before = now


def test_events_are_those_of_the_oracle(told: tuple[Registry, list[dict[str, Any]]]) -> None:
    registry, builds = told
    events = registry.query("select run, action, person_id, other_person_id from identity_event")
    oracle: Oracle = builds[-1]["oracle"]
    assert len(events) == len(set(events))
    assert set(events) == oracle.events
    kinds = Counter(action for _, action, _, _ in events)
    assert min(kinds[k] for k in ("create", "merge", "split", "revive", "retire")) >= 20, kinds


def test_who_was_who_on_a_day(told: tuple[Registry, list[dict[str, Any]]]) -> None:
    """The stays of the registry give back every past build."""
    registry, builds = told
    for place, build in enumerate(builds):
        rows = registry.query(
            "select record_key, person_id from int_identity__registry"
            f" where from_at <= timestamp '2026-01-{place + 1:02d}'"
            f" and (to_at is null or to_at > timestamp '2026-01-{place + 1:02d}')"
        )
        assert len(rows) == len(dict(rows)) and dict(rows) == build["found"], place


def test_an_unchanged_input_writes_nothing(told: tuple[Registry, list[dict[str, Any]]]) -> None:
    registry, builds = told
    tables = ("int_identity__registry", "identity_event", "person_register")
    before = [registry.query(f"select * from {table} order by all") for table in tables]
    for full_refresh in (False, True):
        registry.build(builds[-1]["clusters"], "2026-03-01T00:00:00", full_refresh)
        assert before == [registry.query(f"select * from {table} order by all") for table in tables]

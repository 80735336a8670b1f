"""Guards and all, identity resolution that looks only at what changed against one from nothing.

Random histories of records: they come, lose and swap identifiers, get other names and vanish,
values cross their limits, people decide. Histories share nothing, so that all of them live in one
warehouse and a build is one of each.
"""

from __future__ import annotations

import itertools
import random
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import environment
from identity_engine import AS_OF, Engine

HISTORIES = 120
BUILDS = 7
COMPARED = {2, 6}  # what is wrong once stays wrong until a rule changes
DECIDING = 3  # people decide, and fewer records may share an address: all is looked at
MOST_ANCHORS = 3
PARTING = 6  # nobody is alike any more; who was put together by people besides stays so
INTERRUPTED = 4  # this build ends before its components, and the next one has to make up for it
TABLES = {
    "int_identifier__claims": "* exclude (build_number)",
    "int_identifier__judged": "*",
    "int_identity__edges": "*",
    "int_identity__components": "*",
    "int_identity__exclusives": "*",
    "int_identity__agreements": "*",
    "int_identity__admitted": "*",
    "int_identity__guarded": "*",
    "int_identity__refused": "*",
    "int_identity__clusters": "*",
}
LOOKED_AT = ("int_identity__admitted", "int_identity__guarded")  # hold what this build looked at
# Clusters and persons are the same sets of records, whatever the registry looked at.
ASTRAY = """
    with told as (
        select coalesce(clusters.record_key, registry.record_key) as record_key, cluster, person_id
        from int_identity__clusters as clusters
        full join (from int_identity__registry where to_run is null) as registry
            using (record_key)
    )
    select min(record_key) from told group by cluster having count(distinct person_id) <> 1
    union all
    select min(record_key) from told group by person_id having count(distinct cluster) <> 1
    union all
    select record_key from told where cluster is null or person_id is null
"""
FIRST_NAMES = ("ann", "anna", "ben", "benjamin", "cat", "")
Record = dict[str, Any]


def policies(max_anchors: int) -> list[dict[str, Any]]:
    """The kinds of identifiers, with a limit of the addresses."""
    rows = [
        ("crm_id", 0, 10, None, None, True, False),
        ("user_id", 0, 20, 6, 1, True, False),
        ("email", 1, 30, max_anchors, None, True, True),
        ("phone", 2, 40, 8, 2, False, True),
    ]
    columns = ("id_type", "tier", "priority", "max_anchors", "exclusive_limit")
    columns += ("joins_same_system", "names_must_agree")
    return [
        {**dict(zip(columns, row, strict=True)), "may_merge": True, "valid_from": "2020-01-01"}
        for row in rows
    ] + [{"id_type": "person", "max_anchors": MOST_ANCHORS, "valid_from": "2020-01-01"}]


class History:
    """A few records and what is said about them."""

    keys, values, first_names = 12, 5, FIRST_NAMES

    def __init__(self, number: int) -> None:
        self.draw = random.Random(number)
        self.name = f"h{number:02d}"
        self.records: dict[str, Record] = {}
        self.override: list[dict[str, str]] = []
        self.alike: set[tuple[str, str]] = set()
        for _ in range(self.draw.randint(2, 8)):
            self.come()

    def value(self, kind: str) -> str:
        return f"{self.name}{kind[0]}{self.draw.randrange(self.values)}"

    def come(self) -> None:
        """Somebody new, or somebody who was there before."""
        system = self.draw.choice(["crm", "news", "shop"])
        key = f"{system}:{self.name}x{self.draw.randrange(self.keys)}"
        record: Record = {
            "first_name": self.draw.choice(self.first_names),
            "last_name": self.draw.choice(["lee", "ray", ""]),
            "created_at": f"202{self.draw.randrange(5)}-01-0{self.draw.randint(1, 9)}",
            "is_deleted": self.draw.random() < 0.1,
            "claims": {("crm_id", key)},
        }
        for kind, chance in (("email", 0.8), ("user_id", 0.3), ("phone", 0.4), ("email", 0.3)):
            if self.draw.random() < chance:
                record["claims"].add((kind, self.value(kind)))
        if self.draw.random() < 0.15:
            other = f"{system}:{self.name}x{self.draw.randrange(self.keys)}"
            record["claims"].add(("crm_id", other))
        self.records[key] = record

    def decide(self) -> None:
        """People decide about somebody."""
        keys = sorted(self.records)
        if len(keys) > 1 and self.draw.random() < 0.5:
            left, right = self.draw.choice(sorted(self.alike) or [self.draw.sample(keys, 2)])
            action = self.draw.choice(["force_merge", "never_merge", "split"])
            self.override = [
                {"override_id": self.name, "action": action, "record_a": left,
                 "record_b": "" if action == "split" else right, "valid_from": "2026-01-01"}
            ]  # fmt: skip

    def change(self) -> None:
        """One thing that happens between two builds."""
        kind = self.draw.choice(["come", "come", "go", "claim", "drop", "name", "alike"])
        keys = sorted(self.records)
        if kind == "come" or not keys:
            self.come()
            return
        key = self.draw.choice(keys)
        record = self.records[key]
        if kind == "go":
            del self.records[key]
            self.alike = {pair for pair in self.alike if key not in pair}
        elif kind == "alike" and len(keys) > 1:
            self.alike ^= {tuple(sorted(self.draw.sample(keys, 2))), *sorted(self.alike)[:1]}
        elif kind == "claim":
            identifier = self.draw.choice(["email", "user_id", "phone"])
            record["claims"] = record["claims"] | {(identifier, self.value(identifier))}
        elif kind == "drop":
            kept = sorted(record["claims"] - {("crm_id", key)})[1:]
            record["claims"] = {("crm_id", key), *kept}
        else:
            record["first_name"] = self.draw.choice(self.first_names)


class Growing(History):
    """Records only come, of few values and mostly one name: verdicts stand, or one is too many."""

    keys, values, first_names = 60, 3, ("ann", "ann", "ann", "a", "", "ben")

    def change(self) -> None:
        self.come()


class GivenUp(History):
    """A number that two of different names have counts for nobody. Where one gives it up, the other
    has a number too many and is parted from her newsletter, though nothing of hers changed."""

    def __init__(self) -> None:
        self.draw = random.Random(HISTORIES)
        self.override, self.alike = [], set()
        self.records = {
            "crm:up1": self.record("ann", ("phone", "upp1"), ("phone", "upp2"), ("phone", "upp3")),
            "news:up2": self.record(""),
            "shop:up3": self.record("ben", ("phone", "upp1")),
        }
        for key in ("crm:up1", "news:up2"):
            self.records[key]["claims"].add(("email", "upe1"))
        for key, record in self.records.items():
            record["claims"].add(("crm_id", key))

    def record(self, first_name: str, *claims: tuple[str, str]) -> Record:
        return {"first_name": first_name, "last_name": "", "created_at": "2020-01-01",
                "is_deleted": False, "claims": set(claims)}  # fmt: skip

    def change(self) -> None:
        """Nothing changes at random."""

    def decide(self) -> None:
        """Nobody decides."""

    def turn(self) -> None:
        """What happens before the first build that is compared."""
        self.records["shop:up3"]["claims"] = {("crm_id", "shop:up3")}


class Merged(GivenUp):
    """One address of two names counts for both while a third record, which has none, says that they
    were merged. In one case the third record vanishes, in the other it turns up; of those who have
    the address nothing changes but their anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.records = {
            "crm:pt1": self.record("ann", ("crm_id", "crm:pt1"), ("email", "pte1")),
            "crm:pt2": self.record("ben", ("crm_id", "crm:pt2"), ("email", "pte1")),
            "crm:pt3": self.merging("crm:pt3", "crm:pt1", "crm:pt2"),
            "crm:jn1": self.record("ann", ("crm_id", "crm:jn1"), ("email", "jne1")),
            "crm:jn2": self.record("ben", ("crm_id", "crm:jn2"), ("email", "jne1")),
        }

    def merging(self, *keys: str) -> Record:
        return self.record("", *(("crm_id", key) for key in keys))

    def turn(self) -> None:
        del self.records["crm:pt3"]
        self.records["crm:jn3"] = self.merging("crm:jn3", "crm:jn1", "crm:jn2")


def write(engine: Engine, histories: list[History], build: int) -> None:
    """Write the inputs of a build."""
    people, claims = [], []
    for history in histories:
        for key, record in history.records.items():
            system, name = key.split(":")
            told = {column: record[column] for column in record if column != "claims"}
            people.append(
                {"record_key": key, "source_system": system, "source_record_id": name,
                 "is_current": True, **told}
            )  # fmt: skip
            for kind, value in sorted(record["claims"]):
                problem = f"identifier.{kind}.blocked" if value.endswith("e4") else None
                claims.append(
                    {"record_key": key, "id_type": kind, "id_value": value, "problem": problem}
                )
    random.Random(build).shuffle(claims)
    engine.fill("int_person__checked", people)
    engine.fill("int_identifier__hashed", claims)
    alike = [pair for history in histories for pair in sorted(history.alike)]
    engine.fill("int_match__decided", [
        {"left_record_key": left, "right_record_key": right, "rule_id": "names",
         "decision": "merge"} for left, right in alike
    ])  # fmt: skip
    decided = [row for history in histories for row in history.override]
    engine.fill("policy_identity_override", decided)
    engine.fill("policy_identifier_type", policies(2 if build >= DECIDING else 3))
    engine.fill("policy_exclusive_system", [{"source_system": "crm", "valid_from": "2020-01-01"}])
    engine.fill("ref_nickname", [{"name": "benjamin", "nickname": "ben"}])


def nodes_looked_at(growing: Engine, anew: Engine) -> set[str]:
    """The records that the build that grew looked at, with the identifiers that reasons name."""
    records = {node for (node,) in growing.query("select node from int_identity__stirred")}
    reasons = anew.query("select node_a, node_b from int_identity__disputed")
    return records | {identifier for record, identifier in reasons if record in records}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """Each compared build: the tables as they grew, and as they are from nothing."""
    with environment(CDM_AS_OF=AS_OF):
        growing = Engine(tmp_path_factory.mktemp("growing"))
        anew = Engine(tmp_path_factory.mktemp("anew"))
        turning = [GivenUp(), Merged()]
        kinds = [Growing if number % 3 == 0 else History for number in range(HISTORIES)]
        histories = [*(kind(number) for number, kind in enumerate(kinds)), *turning]
        builds = []
        for build in range(BUILDS):
            for history in histories:
                for _ in range(history.draw.choice([0, 1, 1, 3]) if build else 0):
                    history.change()
                if build == DECIDING:
                    history.decide()
                if build == PARTING:
                    history.alike.clear()
            if build == min(COMPARED):
                before = growing.persons()
                assert before["crm:up1"] == before["news:up2"]
                assert before["crm:pt1"] == before["crm:pt2"]
                assert before["crm:jn1"] != before["crm:jn2"]
                for history in turning:
                    history.turn()
            write(growing, histories, build)
            cut = ["--exclude", "int_identity__components+"] if build == INTERRUPTED else []
            success, failed = growing.build(*cut)
            assert success, failed
            if build != INTERRUPTED:
                assert growing.query(ASTRAY) == [], build
            if build not in COMPARED:
                continue
            shutil.copytree(growing.folder / "inputs", anew.folder / "inputs", dirs_exist_ok=True)
            anew.warehouse.unlink(missing_ok=True)
            success, failed = anew.build()
            assert success, failed
            tables = {
                name: [
                    engine.query(f"select {columns} from {table} order by all")
                    for table, columns in TABLES.items()
                ]
                for name, engine in (("grown", growing), ("anew", anew))
            }
            looked_at = growing.query("select count(*) from int_identifier__rejudged")[0][0]
            grown = growing.query("select count(*) from int_identifier__grown")[0][0]
            stirred = nodes_looked_at(growing, anew)
            for place in map(list(TABLES).index, LOOKED_AT):
                tables["anew"][place] = [r for r in tables["anew"][place] if r[0] in stirred]
            builds.append(
                {"build": build, "looked_at": looked_at, "only_grew": grown, "stirred": stirred}
                | {"engine": growing, "engine_anew": anew, **tables}
            )
        yield builds


@pytest.mark.parametrize("table", TABLES)
def test_what_grew_is_what_comes_from_nothing(told: list[dict[str, Any]], table: str) -> None:
    place = list(TABLES).index(table)
    for build in told:
        grown, anew = build["grown"][place], build["anew"][place]
        assert grown == anew, (build["build"], sorted(map(str, set(grown) ^ set(anew)))[:5])


def test_the_histories_try_what_they_should(told: list[dict[str, Any]]) -> None:
    """Only a part is looked at; reasons are refused, values are too many's or two people's."""
    kinds = set()
    for build in told:
        tables = dict(zip(TABLES, build["anew"], strict=True))
        judged = tables["int_identifier__judged"]
        assert 0.15 * len(judged) < build["looked_at"] < 0.8 * len(judged)
        assert 5 <= build["only_grew"] < 0.5 * build["looked_at"]
        assert {"hub", "shared", "blocked"} <= {str(row[-2]).rsplit(".", 1)[-1] for row in judged}
        assert len(tables["int_identity__admitted"]) > 20
        clusters = tables["int_identity__clusters"]
        assert 0.2 * len(clusters) < len(build["stirred"]) < 0.8 * len(clusters)
        assert len({cluster for _, cluster, *_ in clusters}) < 0.8 * len(clusters)
        assert len(tables["int_identity__refused"]) > 20
        kinds |= {row[-3] for row in tables["int_identity__refused"]}
    assert {"user_id", "first_name", "person"} <= kinds


def test_a_value_that_counts_again_parts_whom_it_is_too_much_for(
    told: list[dict[str, Any]],
) -> None:
    first = dict(zip(TABLES, told[0]["grown"], strict=True))
    clusters = {record: cluster for record, cluster, *_ in first["int_identity__clusters"]}
    assert clusters["crm:up1"] != clusters["news:up2"]


def test_who_carries_a_value_is_judged_anew_where_anchors_part_or_join(
    told: list[dict[str, Any]],
) -> None:
    tables = dict(zip(TABLES, told[0]["grown"], strict=True))
    clusters = {record: cluster for record, cluster, *_ in tables["int_identity__clusters"]}
    assert clusters["crm:pt1"] != clusters["crm:pt2"]
    assert clusters["crm:jn1"] == clusters["crm:jn2"]
    verdicts = {value: verdict for _, value, *_, verdict in tables["int_identifier__judged"]}
    assert (verdicts["pte1"], verdicts["jne1"]) == ("refused", "admitted")


def clearly_different(left: str, right: str) -> bool:
    """Whether two of FIRST_NAMES are two people's: none begins the other, and ben is benjamin."""
    return not (left.startswith(right) or right.startswith(left))


def test_nobody_has_two_names_or_too_many_anchors(told: list[dict[str, Any]]) -> None:
    """R47, by a plain loop: first names of two anchors contradict each other in no cluster, unless
    an anchor close by bears both, and a cluster that would have too many anchors is cut into these
    and nothing else is."""
    engine = told[-1]["engine"]
    anchored = "from int_identity__anchors where component is not null"
    anchor = dict(engine.query(f"select node, component {anchored}"))
    name = dict(engine.query("select record_key, first_name from int_person__checked"))
    component = dict(engine.query("select node, component from int_identity__components"))
    heard = dict(
        told[-1]["engine_anew"].query("select node, cluster from int_identity__admitted")
    )
    borne: dict[tuple[str, str], set[str]] = {}
    for record, first_name in name.items():
        if first_name and record in component:
            place = (component[record], anchor.get(record, record))
            borne.setdefault(place, set()).add(first_name)
    together = {
        (near, *pair)
        for (near, _), names in borne.items()
        for pair in itertools.permutations(names, 2)
    }
    clusters: dict[str, set[str]] = {}
    crowds: dict[str, set[str]] = {}
    for record, cluster in engine.query("select record_key, cluster from int_identity__clusters"):
        clusters.setdefault(cluster, set()).add(record)
        if record in heard:
            crowds.setdefault(heard[record], set()).add(record)
    for records in clusters.values():
        names: dict[str, set[str]] = {}
        near = component[min(records)]
        for record in records:
            if name.get(record):
                names.setdefault(anchor.get(record, record), set()).add(name[record])
        for left, right in itertools.combinations(names.values(), 2):
            assert not all(
                clearly_different(a, b) and (near, a, b) not in together
                for a in left
                for b in right
            ), records
        assert len({anchor.get(record, record) for record in records}) <= MOST_ANCHORS
    for records in crowds.values():
        parts: dict[str, set[str]] = {}
        for record in records:
            parts.setdefault(anchor.get(record, record), set()).add(record)
        whole = [records] if len(parts) <= MOST_ANCHORS else list(parts.values())
        assert all(clusters[min(part)] == part for part in whole), records


def test_a_table_that_carries_rows_is_not_built_anew_alone(told: list[dict[str, Any]]) -> None:
    """It would hold what changed and nothing else."""
    engine = told[-1]["engine"]
    with environment(CDM_AS_OF=AS_OF):
        success, failed = engine.build("--full-refresh", "--select", "int_identity__edges")
    assert not success
    assert "Select int_identity__changed+ too" in failed["int_identity__edges"]

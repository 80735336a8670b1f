"""How right the persons are, by labels that people made: precision, recall and F1 by tier."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cdm.database import open_warehouse
from cdm.files import CdmError

PAIRS = ("record_a", "record_b", "is_same")
PERSONS = ("record_key", "person")
YES = {"1", "true", "t", "yes", "y"}
NO = {"0", "false", "f", "no", "n"}
LIKENESS_TIER = 4
NAMES = {
    0: "merges, logins and decisions by hand",
    1: "and e-mail addresses",
    2: "and phone numbers",
    3: "and devices",
    4: "and likeness",
}


@dataclass(frozen=True)
class Score:
    """What the tiers up to `tier` get right: numbers of pairs of records.

    `joined` are in one person, `wanted` should be, `right` are and should be.
    """

    tier: int
    joined: int
    wanted: int
    right: int

    @property
    def precision(self) -> float | None:
        return self.right / self.joined if self.joined else None

    @property
    def recall(self) -> float | None:
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        total = self.joined + self.wanted
        return 2 * self.right / total if total else None


class Sets:
    """Disjoint sets of texts."""

    def __init__(self) -> None:
        self.leader: dict[str, str] = {}

    def find(self, item: str) -> str:
        """Return the leader of the set that an item is in; an unknown item is its own."""
        path = []
        while (leader := self.leader.get(item, item)) != item:
            path.append(item)
            item = leader
        for passed in path:
            self.leader[passed] = item
        return item

    def join(self, left: str, right: str) -> None:
        self.leader[self.find(left)] = self.find(right)


class Labels:
    """What people say: pairs that are one person or are not, or the person of each record."""

    def __init__(self, pairs: list[tuple[str, str, bool]], persons: dict[str, str]) -> None:
        self.pairs, self.persons = pairs, persons

    @property
    def records(self) -> set[str]:
        return set(self.persons) | {r for left, right, _ in self.pairs for r in (left, right)}

    def score(self, tier: int, sets: Sets) -> Score:
        """Compare the sets with the labels; only labelled records count."""
        if self.persons:
            found = Counter(map(sets.find, self.persons))
            both = Counter((sets.find(record), person) for record, person in self.persons.items())
            return Score(
                tier, pairs_in(found), pairs_in(Counter(self.persons.values())), pairs_in(both)
            )
        judged = [(sets.find(left) == sets.find(right), same) for left, right, same in self.pairs]
        return Score(
            tier,
            sum(joined for joined, _ in judged),
            sum(same for _, same in judged),
            sum(joined and same for joined, same in judged),
        )


def pairs_in(counts: Counter) -> int:
    """Return how many pairs there are in groups of these sizes."""
    return sum(count * (count - 1) // 2 for count in counts.values())


def read_labels(path: Path) -> Labels:
    """Read labels: columns record_a, record_b, is_same, or record_key, person. Others are ignored.

    Raises CdmError where neither is there or a value can't be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names = set(reader.fieldnames or [])
        rows = list(reader)
    if names >= set(PERSONS):
        return Labels([], {row["record_key"]: row["person"] for row in rows if row["person"]})
    if not names >= set(PAIRS):
        raise CdmError(
            f"{path} needs the columns {', '.join(PAIRS)}, or {' and '.join(PERSONS)}; "
            "a record is written system:id."
        )
    pairs = []
    for number, row in enumerate(rows, start=2):
        said = (row["is_same"] or "").strip().lower()
        if said not in YES | NO:
            raise CdmError(f"{path}, line {number}: is_same is neither yes nor no.")
        pairs.append((row["record_a"], row["record_b"], said in YES))
    return Labels(pairs, {})


def measure(database: Path, labels: Labels) -> list[Score]:
    """Return a score for each tier with all stronger ones, as the build joined the records.

    A reason to join counts only where its two records are one person in the end: what guards
    refused is left out. Raises CdmError when no labelled record is known.
    """
    if not database.exists():
        raise CdmError("Nothing has been built yet to measure. Run `cdm build`.")
    with open_warehouse(database, read_only=True) as connection:
        known = {
            record
            for (record,) in connection.execute(
                "select record_key from resolve.int_person__members"
            ).fetchall()
        }
        edges = connection.execute(
            """
            select distinct edges.node_a, edges.node_b,
                case
                    when edges.id_type in ('similar_record', 'likeness') then $1
                    else coalesce(policy.tier, 0)
                end as tier
            from resolve.int_identity__edges as edges
            inner join resolve.int_person__members as a on edges.node_a = a.record_key
            inner join resolve.int_person__members as b on edges.node_b = b.record_key
            left join policy.policy_identifier_type as policy on edges.id_type = policy.id_type
            where a.person_id = b.person_id and edges.node_a <> edges.node_b
            order by tier, edges.node_a, edges.node_b
            """,
            [LIKENESS_TIER],
        ).fetchall()
    missing = labels.records - known
    if len(missing) == len(labels.records):
        raise CdmError("No record of the labels is known. A record is written system:id.")
    sets, scores = Sets(), []
    for tier in sorted({0, *(tier for _, _, tier in edges)}):
        for left, right, of_tier in edges:
            if of_tier == tier:
                sets.join(left, right)
        scores.append(labels.score(tier, sets))
    return scores

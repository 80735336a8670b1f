"""Precision, recall and F1 by labels: on the demo's truth key, and of the measure itself."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from conftest import REPO, Run, cdm
from test_demo_truth import rows_of, stored

from cdm.files import CdmError
from cdm.match_quality import Labels, Sets, measure, read_labels


def truth(column: str) -> dict[str, str]:
    """Return the demo's records, each with a column of its truth key."""
    return {
        stored(f"{row['source_system']}:{row['source_record_id']}"): row[column]
        for row in rows_of("person_key.csv")
        if row[column]
    }


@pytest.mark.demo
def test_the_demo_has_no_false_merge_and_finds_what_evidence_reaches(demo_build: Run) -> None:
    last = measure(demo_build.warehouse.state, Labels([], truth("person_key")))[-1]
    assert last.precision == 1.0
    reachable = measure(demo_build.warehouse.state, Labels([], truth("evidence_group")))
    assert reachable[-1].recall >= 0.98
    recalls = [score.recall for score in reachable]
    assert recalls == sorted(recalls) and recalls[0] < recalls[-1]  # each tier adds


@pytest.mark.demo
def test_labels_of_a_user_are_scored_by_the_command(demo_build: Run, tmp_path: Path) -> None:
    members = defaultdict(list)
    for record, person in truth("evidence_group").items():
        members[person].append(record)
    pair = next(records for records in members.values() if len(records) > 1)[:2]
    labels = tmp_path / "labels.csv"
    with labels.open("w", newline="") as file:
        csv.writer(file).writerows(
            [("record_a", "record_b", "is_same"), (*pair, "yes"),
             ("hubspot:90000401", "helpdesk:360900000401", "no")]
        )  # fmt: skip
    warehouse = demo_build.warehouse.root
    said = cdm(REPO, warehouse, ["identity", "quality", "--labels", str(labels)]).check().output
    assert said.splitlines()[-1].split()[-3:] == ["1.0000", "1.0000", "1.0000"]
    assert "duplicate_rate" in cdm(REPO, warehouse, ["identity", "quality"]).check().output


def test_pairs_and_persons_score_alike() -> None:
    sets = Sets()
    sets.join("a", "b")
    sets.join("c", "d")
    persons = Labels([], {"a": "1", "b": "1", "c": "2", "d": "3", "e": "3"}).score(1, sets)
    assert (persons.joined, persons.wanted, persons.right) == (2, 2, 1)
    assert (persons.precision, persons.recall, persons.f1) == (0.5, 0.5, 0.5)
    pairs = Labels(
        [("a", "b", True), ("c", "d", False), ("d", "e", True), ("a", "e", False)], {}
    ).score(1, sets)
    assert (pairs.joined, pairs.wanted, pairs.right) == (2, 2, 1)


def test_nothing_joined_has_no_precision() -> None:
    score = Labels([("a", "b", True)], {}).score(0, Sets())
    assert (score.precision, score.recall, score.f1) == (None, 0.0, 0.0)


def test_labels_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    file.write_text("left,right\na,b\n")
    with pytest.raises(CdmError, match="needs the columns record_a, record_b, is_same"):
        read_labels(file)
    file.write_text("record_a,record_b,is_same\na,b,maybe\n")
    with pytest.raises(CdmError, match="line 2: is_same is neither yes nor no"):
        read_labels(file)

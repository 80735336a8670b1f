"""`cdm explain`: the chain that makes records one person, and what was refused."""

from __future__ import annotations

import itertools
import random

import pytest
from conftest import REPO, Run, cdm

from cdm.explain import Link, chain, plain_email
from cdm.what_if import compare


@pytest.fixture(scope="module")
def ask(demo_build: Run):
    """Run `cdm explain` on the demo's state and return what it says."""

    def run(who: str) -> Run:
        return cdm(REPO, demo_build.warehouse.root, ["explain", who])

    return run


@pytest.mark.demo
def test_the_chain_of_six_records_is_told(ask) -> None:
    told = ask("hubspot:90000501").check().output
    assert "6 records" in told
    for number, record in ((1, "hubspot:90000501"), (2, "helpdesk:360900000501")):
        assert f"  {number}. {record}, known since" in told
    assert told.count("(same_email)") == 5


@pytest.mark.demo
def test_an_address_leads_to_its_persons_and_is_not_repeated(ask) -> None:
    run = ask(" Familie.Kessler.Demo@gmx.de")
    assert run.rc == 0
    assert "hubspot:90000401" in run.output and "helpdesk:360900000401" in run.output
    assert "identifier.email.shared, in 2 records" in run.output
    assert "kessler" not in run.output.lower()


@pytest.mark.demo
def test_a_record_id_alone_and_one_that_was_merged_away_are_found(ask) -> None:
    assert "merged away there" in ask("90001103").check().output
    assert ask("hubspot:90001101").output == ask("90001103").output


@pytest.mark.demo
def test_nobody_is_said_without_repeating_what_was_asked(ask) -> None:
    run = ask("nobody.at.all@nowhere.example")
    assert run.rc == 1 and "Nobody is known by that" in run.output
    assert "nowhere" not in run.output


def test_a_chain_takes_the_strongest_link_and_leaves_none_out() -> None:
    records = [("r", None, True), ("a", None, False), ("b", None, False), ("x", None, False)]
    links = [
        Link("b", "a", "same_user_id", ""),
        Link("a", "r", "same_email", ""),
        Link("b", "r", "similar_record", ""),
        Link("b", "gone", "same_crm_id", ""),
    ]
    steps = chain(records, links)
    assert [(s.record, s.link and (s.link.other, s.link.rule)) for s in steps] == [
        ("r", None),
        ("a", ("r", "same_email")),
        ("b", ("a", "same_user_id")),
        ("x", None),
    ]


def test_chains_of_random_graphs_link_each_record_to_one_before() -> None:
    dice = random.Random(7)
    for _ in range(200):
        names = [f"n{i}" for i in range(dice.randint(1, 12))]
        links = [Link(*dice.sample(names, 2), "rule", "") for _ in range(dice.randint(0, 20))
                 if len(names) > 1]  # fmt: skip
        steps = chain([(name, None, name == "n0") for name in names], links)
        assert sorted(step.record for step in steps) == sorted(names)
        for place, step in enumerate(steps):
            before = {earlier.record for earlier in steps[:place]}
            assert step.link is None or step.link.other in before


def test_an_address_is_read_as_the_build_reads_it() -> None:
    assert plain_email(" Ann.Lee​@ACME.com ") == "ann.lee@acme.com"
    assert plain_email("andré@acme.com") == "andré@acme.com"


def test_what_if_names_no_change_where_only_ids_differ() -> None:
    same = compare("person", {"a": "1", "b": "1", "c": "2"}, {"a": "9", "b": "9", "c": "8"})
    assert (same.count_before, same.count_after, same.groups) == (2, 2, [])


def test_what_if_tells_merge_split_and_move_apart() -> None:
    before = {"a": "1", "b": "2", "c": "3", "d": "3", "e": "4", "f": "4", "g": "5"}
    after = {"a": "1", "b": "1", "c": "3", "d": "x", "e": "4", "f": "5", "g": "5"}
    found = compare("person", before, after)
    assert [group.kind for group in found.groups] == ["merge", "move", "split"]
    assert found.of("merge")[0].before == {"1": ["a"], "2": ["b"]}
    assert found.of("split")[0].after == {"3": ["c"], "x": ["d"]}
    assert found.of("move")[0].after == {"4": ["e"], "5": ["f", "g"]}


def test_what_if_agrees_with_pairs_on_random_partitions() -> None:
    """A group is there exactly where some pair of records is together on one side only."""
    dice = random.Random(11)
    for _ in range(200):
        records = [f"r{i}" for i in range(dice.randint(1, 9))]
        before = {r: str(dice.randint(1, 4)) for r in records}
        after = {r: str(dice.randint(1, 4)) for r in records}
        changed = {
            record
            for pair in itertools.combinations(records, 2)
            if (before[pair[0]] == before[pair[1]]) != (after[pair[0]] == after[pair[1]])
            for record in pair
        }
        groups = compare("person", before, after).groups
        named = {r for group in groups for members in group.before.values() for r in members}
        assert changed <= named and bool(changed) == bool(groups)

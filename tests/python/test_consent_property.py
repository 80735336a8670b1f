"""Consent against an independent model, over 100,000 random histories.

Each history is of two people, `a` and `b`, with up to three contact points. It is decided twice:
with the two apart, and after they turned out to be one person, with all rows in another order and
some of them twice.
"""

from __future__ import annotations

import csv
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import pytest
from consent_sql import DOUBLE_OPT_IN_DAYS, REPO, model, render

HISTORIES = 100_000
NOW = datetime(2026, 7, 1)
DENIALS = ("deny", "withdraw", "object", "gpc")
GRANTS = ("grant", "confirm")
ACTIONS = (*DENIALS, *GRANTS, "grant", "confirm", "pending", "expire", "bounce", "unknown", "erase")
PERSONS = {"p1": "a", "p2": "a", "p3": "b"}  # whose contact point is whose


@dataclass(frozen=True)
class Statement:
    point: str
    purpose: str
    channel: str
    action: str
    at: datetime
    until: datetime | None
    basis: str | None = None


def histories() -> Iterator[tuple[str, str, list[Statement]]]:
    """Yield (regime of a, regime of b, statements), always the same ones."""
    dice = random.Random(20260701)
    for _ in range(HISTORIES):
        statements = []
        for _ in range(dice.randint(1, 7)):
            day = NOW - timedelta(days=dice.choice((0, 1, 2, 10, 29, 30, 31, 60, -5)))
            until = day + timedelta(days=dice.choice((5, 400))) if dice.random() < 0.2 else None
            statements.append(
                Statement(
                    dice.choice(tuple(PERSONS)),
                    dice.choice(("*", "marketing", "marketing", "news")),
                    dice.choice(("*", "email", "email", "sms")),
                    dice.choice(ACTIONS),
                    day,
                    until,
                    dice.choice((None, "consent", "legitimate_interest")),
                )
            )
        yield dice.choice(("opt_in", "opt_out")), dice.choice(("opt_in", "opt_out")), statements


def expected(
    statements: list[Statement], persons: dict[str, str], regimes: dict[str, str]
) -> dict[tuple[str, str, str], str]:
    """Decide by the words of the rule, statement by statement."""
    known = [one for one in statements if one.at <= NOW]
    states = {}
    for point, purpose, channel in {(one.point, one.purpose, one.channel) for one in known}:
        mine = [o for o in known if (o.point, o.purpose, o.channel) == (point, purpose, channel)]
        denials = [
            one for one in known
            if one.action in DENIALS
            and persons[one.point] == persons[point]
            and one.purpose in ("*", purpose)
            and one.channel in ("*", channel)
        ]
        objected = any(one.action == "object" for one in denials)
        grants = [
            one for one in mine
            if one.action in GRANTS and purpose != "*" and (one.until is None or one.until > NOW)
            and not (objected and one.basis == "legitimate_interest")
        ]
        ends = [one for one in mine if one.action in ("expire", "erase")]
        waiting = [one for one in mine if one.action == "pending"]
        over = [one for one in mine if one.until is not None and one.until <= NOW]
        newest = max((one.at for one in grants), default=None)
        if denials and not any(all(d.at < g.at for d in denials) for g in grants):
            state = "denied"
        elif grants:
            state = "unknown" if any(end.at >= newest for end in ends) else "allowed"
        elif any(NOW - one.at <= timedelta(days=DOUBLE_OPT_IN_DAYS) for one in waiting):
            state = "pending"
        elif (
            regimes[persons[point]] == "opt_out"
            and "*" not in (purpose, channel)
            and not (ends or waiting or over)
        ):
            state = "allowed"
        else:
            state = "unknown"
        states[(point, purpose, channel)] = state
    return states


def read(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: list[tuple]) -> None:
    """Make a table of rows by way of a file, which is the fastest way in."""
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
        file.flush()
        connection.execute(f"create table {name} ({columns})")
        connection.execute(f"copy {name} from '{file.name}' (format csv, header false)")


def decide(rows: list[tuple], rules: list[tuple]) -> dict[tuple[str, str, str], str]:
    """Decide with the project's own SQL, in memory."""
    with duckdb.connect() as connection:
        read(
            connection,
            "ledger",
            "contact_point_hash varchar, person_id varchar, purpose varchar, channel varchar, "
            "action varchar, counts_from timestamp, effective_to timestamp, lawful_basis varchar",
            rows,
        )
        connection.execute(
            "create table int_consent__stated as "
            "select *, cast(rowid as varchar) as consent_event_id, "
            "'email' as contact_point_type, cast(null as varchar) as jurisdiction from ledger"
        )
        read(connection, "regimes", "person_id varchar, regime varchar", rules)
        connection.execute(
            "create table int_consent__rules as select contact_point_hash, purpose, channel, "
            "stated.person_id, 'email' as contact_point_type, any_value(regime) as regime, "
            "'most_restrictive' as resolution, "
            "'XX' as jurisdiction from int_consent__stated as stated inner join regimes "
            "on stated.person_id = regimes.person_id group by all"
        )
        denials = model("int_consent__denials")
        connection.execute(f"create table int_consent__denials as {denials}")
        found = connection.execute(
            "select contact_point_hash, purpose, channel, state from "
            f"({model('int_consent__decided')}) as decided"
        ).fetchall()
    return {tuple(key): state for *key, state in found}


@dataclass
class Outcome:
    apart: dict[tuple[str, str, str], str]
    merged: dict[tuple[str, str, str], str]
    expected_apart: dict[tuple[str, str, str], str]
    expected_merged: dict[tuple[str, str, str], str]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    dice = random.Random(7)
    apart, merged, apart_rules, merged_rules = [], [], [], []
    expected_apart, expected_merged = {}, {}
    for number, (of_a, of_b, statements) in enumerate(histories()):
        both = min(of_a, of_b)  # opt_in is the stricter, and comes first
        for one in statements:
            row = (one.purpose, one.channel, one.action, one.at, one.until, one.basis)
            point = f"{number}:{one.point}"
            apart.append((point, f"{number}:{PERSONS[one.point]}", *row))
            merged += [(point, f"{number}:ab", *row)] * (1 + (dice.random() < 0.2))
        apart_rules += [(f"{number}:a", of_a), (f"{number}:b", of_b)]
        merged_rules.append((f"{number}:ab", both))
        regimes = {"a": of_a, "b": of_b, "ab": both}
        for into, persons in (
            (expected_apart, PERSONS),
            (expected_merged, dict.fromkeys(PERSONS, "ab")),
        ):
            for (point, *rest), state in expected(statements, persons, regimes).items():
                into[(f"{number}:{point}", *rest)] = state
    dice.shuffle(merged)
    return Outcome(
        decide(apart, apart_rules),
        decide(merged, merged_rules),
        expected_apart,
        expected_merged,
    )


def test_every_history_is_decided_by_the_rule(outcome: Outcome) -> None:
    assert len(outcome.expected_apart) > HISTORIES
    assert set(outcome.expected_apart.values()) == {"allowed", "denied", "pending", "unknown"}
    assert outcome.apart == outcome.expected_apart


def test_order_and_copies_change_nothing(outcome: Outcome) -> None:
    assert outcome.merged == outcome.expected_merged


def test_a_merge_never_allows_anything(outcome: Outcome) -> None:
    """I6: whoever is allowed after the merge was allowed before it, and denied stays denied."""
    wider = [
        key for key, state in outcome.merged.items()
        if state == "allowed" and outcome.apart[key] != "allowed"
    ]
    assert wider == []
    lifted = [
        key for key, state in outcome.apart.items()
        if state == "denied" and outcome.merged[key] != "denied"
    ]
    assert lifted == []
    narrower = sum(outcome.apart[key] != state for key, state in outcome.merged.items())
    assert narrower > 1000, "no merge changed anything: the histories test nothing"


def test_each_activation_mart_is_held_against_the_consent_of_its_rows() -> None:
    """I7: no mart that acts on people is left out of the check, and each names the consent."""
    folder = REPO / "models" / "marts" / "activation"
    check = (
        REPO / "tests" / "singular" / "marts" / "nobody_is_activated_without_consent.sql"
    ).read_text()
    lists = dict(re.findall(r"set (activation_marts|outboxes) = \[(.*?)\]", check))
    audiences, outboxes = (set(re.findall(r"'(\w+)'", lists[name])) for name in sorted(lists))
    assert {path.stem for path in folder.glob("*.sql")} == audiences | outboxes
    for mart in sorted(outboxes):
        described = (folder / f"{mart}.yml").read_text()
        column = described.partition("- name: consent_state\n")[2].partition("- name:")[0]
        assert "type: not_null" in column, mart


def test_how_it_was_on_an_earlier_day_is_told_as_it_is_known_today() -> None:
    """E29: a withdrawal that arrived late counts from when it was made, also in the past."""
    rows = [
        ("p1", "a", "news", "email", "grant", "2026-01-01", None, None),
        ("p1", "a", "news", "email", "withdraw", "2026-02-01", None, None),
        ("p1", "a", "news", "email", "grant", "2026-03-01", "2026-04-01", None),
    ]
    days = {"2025-12-31": None, "2026-01-15": "allowed", "2026-02-01": "denied"}
    days |= {"2026-03-15": "allowed", "2026-04-01": "denied", "2026-06-30": "denied"}
    with duckdb.connect() as connection:
        connection.execute(
            "create table int_consent__stated (contact_point_hash varchar, person_id varchar, "
            "purpose varchar, channel varchar, action varchar, counts_from timestamp, "
            "effective_to timestamp, lawful_basis varchar)"
        )
        connection.executemany(
            "insert into int_consent__stated values (?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
        connection.execute("alter table int_consent__stated add column consent_event_id varchar")
        connection.execute(
            "create table int_consent__rules as select distinct contact_point_hash, purpose, "
            "channel, person_id, 'email' as contact_point_type, 'opt_in' as regime, "
            "'most_restrictive' as resolution, 'DE' as jurisdiction from int_consent__stated"
        )
        denials = model("int_consent__denials")
        connection.execute(f"create table int_consent__denials as {denials}")
        for day, state in days.items():
            then = render(f"{{{{ consent_as_of(\"timestamp '{day}'\") }}}}")
            found = connection.execute(f"select state from ({then})").fetchone()
            assert (found[0] if found else None) == state, day

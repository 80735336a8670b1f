"""Sessions of random visitors by the model's own SQL, held against a plain reading of the policy.

The SQL is compiled once, as a full build, one that compares all events and one that looks at the
trails of new events alone have it, and runs in memory. Days arrive in any order, events change and
vanish; whatever happened, the table ends as a full build of what is there, and as the few lines of
Python below say.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from conftest import REPO, Run
from test_invariants_are_caught import warehouse_in

from cdm.database import open_warehouse
from cdm.project import Project, run_dbt

MODELS = "models/resolve/event"
SINCE = date(2026, 3, 2)
CLOCK_CHANGES = [date(2026, 3, 28), date(2026, 10, 24)]  # the days before those of Berlin
# Rules by system and day: timeout in minutes, tracker's own sessions, midnight's zone, campaigns.
RULES = {
    "plain": [(date(1970, 1, 1), None, 30, False, None, False)],
    "vendor": [(date(1970, 1, 1), None, 30, True, None, False)],
    "strict": [
        (date(1970, 1, 1), SINCE, 30, False, None, False),
        (SINCE, None, 10, True, "Europe/Berlin", True),
    ],
}


@dataclass(frozen=True)
class Event:
    """An event as int_event__located has it, as far as sessions ask."""

    event_id: str
    system: str
    cookie: str | None
    session_key: str | None
    at: datetime
    source: str | None
    is_entry: bool
    name: str


@pytest.fixture(scope="module")
def compiled(
    demo_build: Run, session_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The model's SQL in a full build, in one that compares all events and in one of new ones; and
    that of the model which says what there is to look at."""
    sql = {}
    folder = tmp_path_factory.mktemp("sql")
    with warehouse_in(demo_build, session_folder, folder) as (state, target):
        for kind, flags in {"full": ["--full-refresh"], "incremental": [], "new": []}.items():
            with open_warehouse(state) as connection:
                touched = "" if kind == "new" else "*"
                connection.execute("update resolve.int_event__touched set event_id = ?", [touched])
            models = ["int_event__sessioned", "int_event__touched"]
            outcome = run_dbt(Project(REPO), ["compile", "--select", *models, *flags])
            assert outcome.success, outcome.exception
            folder = target / "compiled" / "customer_data_model" / MODELS
            sessioned, touched = ((folder / f"{model}.sql").read_text() for model in models)
            sql[kind] = re.sub(r"_judged (>|<=) \d+", r"_judged \1 {upto}", sessioned)
    assert ["full outer join" in text for text in sql.values()] == [False, True, False]
    assert ["{upto}" in text for text in sql.values()] == [False, False, True]
    return {**sql, "touched": re.sub(r"(_judged\)? (?:>|<=)) \d+", r"\1 1", touched)}


def rule_of(event: Event) -> tuple[int, bool, str | None, bool]:
    for since, until, *rule in RULES[event.system]:
        if since <= event.at.date() and (until is None or event.at.date() < until):
            return tuple(rule)
    raise AssertionError(event)


def local_day(moment: datetime, zone: str | None) -> date | None:
    utc = moment.replace(tzinfo=ZoneInfo("UTC"))
    return utc.astimezone(ZoneInfo(zone)).date() if zone else None


def sessions_by_hand(events: list[Event]) -> dict[str, tuple[str, datetime]]:
    """Return trail and start of the session of each event that is part of one."""
    trails: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.name == "page_view" and (event.cookie or event.session_key):
            own = rule_of(event)[1] and event.session_key
            key = event.session_key if own else event.cookie or event.session_key
            trails[f"{event.system}|{'session' if own else 'visitor'}|{key}"].append(event)
    found = {}
    for trail, members in trails.items():
        before: Event | None = None
        campaign: str | None = None
        start = datetime.min
        for event in sorted(members, key=lambda one: (one.at, one.event_id)):
            timeout, _, zone, by_campaign = rule_of(event)
            entry = event.source if event.is_entry else None
            cut = before is None
            if before is not None:
                late = event.at - before.at > timedelta(minutes=timeout)
                cut = late and "|session|" not in trail
                days = local_day(before.at, rule_of(before)[2]), local_day(event.at, zone)
                cut = cut or (None not in days and days[0] != days[1])
                cut = cut or bool(by_campaign and entry and campaign and entry != campaign)
            if by_campaign and entry:
                campaign = entry
            start = event.at if cut else start
            found[event.event_id] = (trail, start)
            before = event
    return found


def random_event(rng: random.Random, number: int) -> Event:
    """Close in time to others, often on the very edge of a rule."""
    system = rng.choice(list(RULES))
    night = rng.choice([date(2026, 3, 1)] * 4 + CLOCK_CHANGES)
    base = datetime(night.year, night.month, night.day, 22) + timedelta(
        hours=rng.choice([0, 1, 2, 24, 25])
    )
    step = rng.choice([0, 1, 10, 30, 60]) * rng.randint(0, 4)
    edge = timedelta(microseconds=rng.choice([0, 0, 0, 1, -1]))
    return Event(
        event_id=f"e{number:05}", system=system,
        cookie=rng.choice([None, "a", "b", "c"]),
        session_key=rng.choice([None, None, "s1", "s2"]),
        at=base + timedelta(minutes=step) + edge,
        source=rng.choice([None, "x", "y"]), is_entry=rng.random() < 0.5,
        name=rng.choice(["page_view"] * 5 + ["email_open"]),
    )  # fmt: skip


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as cdm; attach ':memory:' as cdm_vault")
        connection.execute("set variable cdm_row_salt = 'salt'")
        connection.execute(
            "create schema cdm.policy; create schema cdm_vault.resolve;"
            " create schema cdm_vault.intake"
        )
        connection.execute(
            "set search_path = 'cdm.main,cdm_vault.resolve,cdm_vault.intake'; set timezone = 'UTC'"
        )
        connection.execute(
            "create table cdm_vault.intake.int_event__checked (event_id text, "
            "source_system text, anonymous_id text, session_key text, _judged int)"
        )
        connection.execute(
            "create table policy.policy_event_type as select * from (values "
            "('page_view', true, date '1970-01-01', null::date), "
            "('email_open', false, date '1970-01-01', null)) "
            "as t (event_name, keeps_session, valid_from, valid_to)"
        )
        connection.execute(
            "create table resolve.int_session__rules (source_system text, valid_from date, "
            "valid_to date, timeout_minutes int, uses_vendor_session boolean, time_zone text, "
            "splits_at_midnight boolean, splits_at_campaign_change boolean, session_rule text, "
            "keeps_vendor_sessions boolean)"
        )
        for system, rules in RULES.items():
            for since, until, timeout, vendor, zone, campaign in rules:
                connection.execute(
                    "insert into resolve.int_session__rules "
                    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, false)",
                    [system, since, until, timeout, vendor, zone or "UTC", zone is not None,
                     campaign, f"{timeout} {zone} {campaign}"],
                )  # fmt: skip
        connection.execute(
            "create table resolve.int_event__located (event_id text, source_system text, "
            "anonymous_id text, session_key text, happened_at timestamp, source_id text, "
            "is_entry boolean, canonical_name text, _judged int)"
        )
        yield connection


def hold(database: duckdb.DuckDBPyConnection, events: list[Event]) -> None:
    """Let the located events be these."""
    database.execute("delete from resolve.int_event__located")
    if events:
        database.executemany(
            "insert into resolve.int_event__located values (?, ?, ?, ?, ?, ?, ?, ?, null)",
            [[e.event_id, e.system, e.cookie, e.session_key, e.at, e.source, e.is_entry, e.name]
             for e in events],
        )  # fmt: skip
        database.execute(
            "update resolve.int_event__located as located set _judged = checked._judged"
            " from cdm_vault.intake.int_event__checked as checked"
            " where located.event_id = checked.event_id"
        )


def judge(database: duckdb.DuckDBPyConnection, events: list[Event], number: int) -> None:
    """Let intake have judged these events in its build of that number."""
    database.executemany(
        "insert into cdm_vault.intake.int_event__checked values (?, ?, ?, ?, ?)",
        [[e.event_id, e.system, e.cookie, e.session_key, number] for e in events],
    )


def build(database: duckdb.DuckDBPyConnection, sql: str, full: bool) -> None:
    """Do what dbt does with the model: create it, or delete, insert and run the hook."""
    if full:
        database.execute(f"create or replace table resolve.int_event__sessioned as {sql}")
        return
    database.execute(f"create or replace temp table fresh as {sql}")
    database.execute(
        "delete from resolve.int_event__sessioned where event_id in (select event_id from fresh)"
    )
    database.execute("insert into resolve.int_event__sessioned select * from fresh")
    database.execute(
        "delete from resolve.int_event__sessioned "
        "where event_id not in (select event_id from resolve.int_event__located "
        "where canonical_name = 'page_view' and coalesce(anonymous_id, session_key) is not null)"
    )


def table(database: duckdb.DuckDBPyConnection) -> list[tuple]:
    return database.execute(
        "select * exclude (_judged) from resolve.int_event__sessioned order by event_id"
    ).fetchall()


@pytest.mark.parametrize("seed", range(12))
def test_random_visits_are_cut_as_the_policy_says(
    compiled: dict[str, str], database: duckdb.DuckDBPyConnection, seed: int
) -> None:
    rng = random.Random(seed)
    events = [random_event(rng, number) for number in range(400)]
    expected = sessions_by_hand(events)
    assert len({start for _, start in expected.values()}) > 20
    rng.shuffle(events)
    hold(database, events)
    build(database, compiled["full"], full=True)
    found = {
        event: (trail, start)
        for event, trail, start in database.execute(
            "select event_id, trail, started_at from resolve.int_event__sessioned"
        ).fetchall()
    }
    assert found == expected
    named = database.execute(
        "select count(distinct trail), max(started_at) - min(started_at) "
        "from resolve.int_event__sessioned group by session_id"
    ).fetchall()
    assert all(trails == 1 and apart < timedelta(seconds=1) for trails, apart in named)
    starts = {(trail, start.replace(microsecond=0)) for trail, start in expected.values()}
    assert len(named) >= len(starts)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_arrives_when_the_table_ends_as_a_full_build(
    compiled: dict[str, str], database: duckdb.DuckDBPyConnection, seed: int
) -> None:
    rng = random.Random(1000 + seed)
    events = {f"e{number:05}": random_event(rng, number) for number in range(200)}
    there: dict[str, Event] = {}
    hold(database, [])
    build(database, compiled["full"], full=True)
    for _ in range(8):
        for name in rng.sample(sorted(events), 40):  # new ones, and others with another content
            there[name] = random_event(rng, int(name[1:])) if name in there else events[name]
        for name in rng.sample(sorted(there), 5):
            del there[name]
        hold(database, rng.sample(list(there.values()), len(there)))
        build(database, compiled["incremental"], full=False)
        incremental = table(database)
        build(database, compiled["full"], full=True)
        assert incremental == table(database)


@pytest.mark.parametrize("seed", range(12))
def test_where_events_only_come_their_trails_are_enough(
    compiled: dict[str, str], database: duckdb.DuckDBPyConnection, seed: int
) -> None:
    rng = random.Random(2000 + seed)
    events = [random_event(rng, number) for number in range(240)]
    hold(database, [])
    build(database, compiled["full"], full=True)
    for number in range(8):
        judge(database, events[30 * number : 30 * (number + 1)], number + 1)
        hold(database, events[: 30 * (number + 1)])
        build(database, compiled["new"].format(upto=number), full=False)
        (newest,) = database.execute(
            "select max(_judged) from resolve.int_event__sessioned"
        ).fetchone()
        assert newest == number + 1
    incremental = table(database)
    build(database, compiled["full"], full=True)
    assert incremental == table(database)


@dataclass(frozen=True)
class Link:
    """A period in which a login or a cookie stands for somebody, as int_event__inputs has it."""

    kind: str
    key: str
    whose: str
    since: datetime
    until: datetime

    @property
    def ends_before(self) -> datetime:
        """The first moment that is no part of it; a cookie's last one is."""
        return self.until + timedelta(microseconds=self.kind == "cookie")

    def holds(self, event: Visit) -> bool:
        written = event.cookie if self.kind == "cookie" else f"web|{event.user}||"
        return self.key == written and self.since <= event.at < self.ends_before


@dataclass(frozen=True)
class Visit:
    """An event of somebody, as int_event__checked has it, as far as links ask."""

    event_id: str
    cookie: str | None
    user: str | None
    at: datetime
    judged: int


def random_links(rng: random.Random) -> set[Link]:
    """Periods of a few minutes, often the same ones, and of a login two that meet."""
    links = set()
    for key in ["a", "b", "c"]:
        since, until = sorted(rng.choices(range(6), k=2))
        links.add(Link("cookie", key, rng.choice("pq"), minute(since), minute(until)))
    for user in ["u", "v"]:
        cut = rng.choice([2, 3])
        links.add(Link("login", f"web|{user}||", rng.choice("pq"), minute(0), minute(cut)))
        links.add(Link("login", f"web|{user}||", rng.choice("pq"), minute(cut), minute(9)))
    return {link for link in links if rng.random() < 0.8}


def minute(number: int) -> datetime:
    return datetime(2026, 3, 2, 12, number)


def keep_links(database: duckdb.DuckDBPyConnection, table: str, links: set[Link]) -> None:
    database.execute(
        f"create table cdm_vault.resolve.{table} (kind text, source_system text, link_key text,"
        " value text, linked_from timestamp, linked_until timestamp)"
    )
    database.executemany(
        f"insert into cdm_vault.resolve.{table} values (?, 'web', ?, ?, ?, ?)",
        [[link.kind, link.key, link.whose, link.since, link.ends_before] for link in links],
    )


def keep_visits(database: duckdb.DuckDBPyConnection, events: list[Visit]) -> None:
    """Let intake have judged these events, and int_event__logins hold their logins."""
    database.execute(
        "create or replace table cdm_vault.intake.int_event__checked (event_id text,"
        " source_system text, anonymous_id text, user_id text, person_record_id text, email text,"
        " event_at timestamp, sent_at timestamp, received_at timestamp, is_current boolean,"
        " _judged int)"
    )
    database.executemany(
        "insert into cdm_vault.intake.int_event__checked"
        " values (?, 'web', ?, ?, null, null, ?, null, null, true, ?)",
        [[e.event_id, e.cookie, e.user, e.at, e.judged] for e in events],
    )
    database.execute(
        "create table cdm_vault.resolve.int_event__logins as"
        " select 'web|' || user_id || '||' as login_key, min(event_at) as first_event_at,"
        " max(event_at) as last_event_at, min(_judged) as first_judged"
        " from cdm_vault.intake.int_event__checked where user_id is not null group by user_id"
    )


@pytest.mark.parametrize("seed", range(20))
def test_an_event_is_looked_at_again_where_its_own_moment_has_another_link(
    compiled: dict[str, str], database: duckdb.DuckDBPyConnection, seed: int
) -> None:
    rng = random.Random(3000 + seed)
    events = [
        Visit(f"e{number}", rng.choice([None, "a", "b", "c"]), rng.choice([None, None, "u", "v"]),
              minute(rng.randrange(6)), rng.choice([1, 1, 1, 2]))
        for number in range(120)
    ]  # fmt: skip
    before, now = random_links(rng), random_links(rng)
    now |= set(rng.sample(sorted(before, key=str), len(before) // 2))
    keep_links(database, "int_event__built", before)
    keep_links(database, "int_event__inputs", now)
    keep_visits(database, events)
    looked_at = f"select event_id, is_new from ({compiled['touched']})"
    found = dict(database.execute(looked_at).fetchall())

    def whose(event: Visit, links: set[Link]) -> list[tuple[str, str, str]]:
        return sorted((link.kind, link.key, link.whose) for link in links if link.holds(event))

    relinked = {event.event_id for event in events if whose(event, before) != whose(event, now)}
    new = {event.event_id for event in events if event.judged == 2}
    assert found == {name: name in new for name in relinked | new}

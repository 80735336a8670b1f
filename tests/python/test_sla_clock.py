"""The business clock against an independent one in Python, over calendars made to be difficult.

Only the macros, the calendar model and its seeds are compiled; the SQL then runs in memory.
"""

from __future__ import annotations

import random
import shutil
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import duckdb
import pytest
from conftest import REPO, environment
from dbt.cli.main import dbtRunner

PROJECT = """
name: customer_data_model
version: "1.0"
profile: customer_data_model
model-paths: [models]
macro-paths: [macros]
seed-paths: [seeds]
vars: {contract_version: "1.0.0"}
"""
ELAPSED = """
select given.number, {{ business_seconds('given.stops_at', 'stops') }}
    - {{ business_seconds('given.starts_at', 'starts') }} as elapsed
from given
inner join {{ ref('business_day') }} as starts
    on given.calendar_id = starts.calendar_id and cast(given.starts_at as date) = starts.utc_day
inner join {{ ref('business_day') }} as stops
    on given.calendar_id = stops.calendar_id and cast(given.stops_at as date) = stops.utc_day
"""
DUE = """
with buckets as (
    {{ business_buckets(ref('business_day')) }}
),

numbered as (
    select given.*, {{ business_seconds('given.starts_at', 'starts') }} + given.target as number_due
    from given
    inner join {{ ref('business_day') }} as starts
        on given.calendar_id = starts.calendar_id and cast(given.starts_at as date) = starts.utc_day
)

select numbered.number, {{ business_moment('numbered.number_due', 'dues') }} as due_at
from numbered
inner join buckets as dues
    on numbered.calendar_id = dues.calendar_id
        and {{ business_day_holds('numbered.number_due', 'dues') }}
"""

# calendar: its zone, its windows (weekdays, opening, closing) and its holidays.
CALENDARS: dict[str, tuple[str, list[tuple[str, str, str]], list[date]]] = {
    "office": (
        "Europe/Berlin",
        [("12345", "09:00", "17:00")],
        [date(2026, 5, 25), date(2026, 4, 6)],
    ),
    "lunch_and_saturday": (
        "America/New_York",
        [("12345", "08:30", "12:00"), ("12345", "13:00", "17:30"), ("6", "10:00", "14:00")],
        [date(2025, 11, 27), date(2026, 7, 3), date(2026, 7, 4), date(2026, 12, 25)],
    ),
    "night_shift": (
        "Europe/London",
        [("1234567", "22:00", "04:00")],
        [date(2026, 3, 27), date(2026, 12, 31)],
    ),
    "always": ("Asia/Kolkata", [("1234567", "00:00", "24:00")], []),
    "clock_changes": (  # half an hour of summer time, and windows that end inside the changes
        "Australia/Lord_Howe",
        [
            ("67", "01:00", "02:10"),
            ("67", "02:10", "02:20"),
            ("67", "02:40", "05:00"),
            ("12345", "23:30", "01:45"),
        ],
        [date(2026, 4, 11)],
    ),
    "far_east": (
        "Pacific/Auckland",
        [("12345", "08:00", "12:30"), ("12345", "13:15", "18:00")],
        [],
    ),
}
FIRST, LAST = date(2025, 1, 1), date(2028, 1, 1)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The compiled SQL of the calendar model and of the two questions above, by name."""
    folder = tmp_path_factory.mktemp("clock")
    (folder / "dbt_project.yml").write_text(PROJECT)
    for name in ("platform", "sla"):
        shutil.copytree(REPO / "macros" / name, folder / "macros" / name)
    for macro in ("identity/in_force.sql", "as_of.sql"):
        shutil.copy(REPO / "macros" / macro, folder / "macros")
    (folder / "models").mkdir()
    (folder / "seeds").mkdir()
    for model in ("canonical/business_day.sql", "resolve/sla/int_business__holidays.sql"):
        shutil.copy(REPO / "models" / model, folder / "models")
    for seed in sorted((REPO / "seeds" / "policy").glob("policy_business_*.csv")):
        shutil.copy(seed, folder / "seeds")
    (folder / "models" / "elapsed.sql").write_text(ELAPSED)
    (folder / "models" / "due.sql").write_text(DUE)
    with environment(
        CDM_WAREHOUSE=f"{folder}/warehouse",
        CDM_AS_OF="2026-07-01T00:00:00",
        DBT_PROFILES_DIR=str(REPO / "profiles"),
        DBT_TARGET_PATH=f"{folder}/target",
        DBT_LOG_PATH=f"{folder}/logs",
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        CDM_HASH_KEY="a key for tests",
    ):
        answer = dbtRunner().invoke(
            ["--quiet", "compile", "--select", "path:models", "--project-dir", str(folder)]
        )
    assert answer.exception is None, answer.exception
    return {result.node.name: result.node.compiled_code for result in answer.result.results}


class Desk:
    """A DuckDB file in memory with the calendars above, to put questions to."""

    def __init__(self, compiled: dict[str, str]) -> None:
        self.compiled = compiled
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        self.connection.execute("attach ':memory:' as cdm; use cdm")
        self.connection.execute(
            "create table policy_business_calendar"
            "(calendar_id text, time_zone text, valid_from date, valid_to date);"
            "create table policy_business_window(calendar_id text, iso_weekday int, opens_at text,"
            " closes_at text, valid_from date, valid_to date);"
            "create table policy_business_holiday(calendar_id text, holiday_date date,"
            " month_no int, day_no int, easter_days int, iso_weekday int, week_no int,"
            " moves_off_weekend boolean, valid_from date, valid_to date)"
        )
        for name, (zone, windows, holidays) in CALENDARS.items():
            self.add("calendar", (name, zone, FIRST, LAST))
            for weekdays, opens, closes in windows:
                for weekday in weekdays:
                    self.add("window", (name, int(weekday), opens, closes, FIRST, None))
            for day in holidays:
                self.add("holiday", (name, day, *[None] * 6, FIRST, None))

    def add(self, table: str, row: tuple[object, ...]) -> None:
        marks = ", ".join("?" * len(row))
        self.connection.execute(f"insert into policy_business_{table} values ({marks})", row)

    def open(self) -> None:
        """Build the holidays and the days of the calendars."""
        for name in ("int_business__holidays", "business_day"):
            sql = self.compiled[name]
            self.connection.execute(f"create or replace table {name} as {sql}")

    def ask(self, question: str, columns: str, rows: list[tuple[object, ...]]) -> dict[int, object]:
        """Answer `elapsed` or `due` for rows that begin with a number; by that number."""
        marks = ", ".join(f"unnest(?) as {column}" for column in columns.split())
        self.connection.execute(
            f"create or replace table given as select {marks}",
            [list(c) for c in zip(*rows, strict=True)],
        )
        answer = self.connection.execute(self.compiled[question]).fetchall()
        assert len(answer) == len({number for number, _ in answer})
        return dict(answer)


@pytest.fixture(scope="module")
def desk(compiled: dict[str, str]) -> Desk:
    one = Desk(compiled)
    one.open()
    return one


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """A wall clock as UTC: of two moments the later; moved forward where there is none."""
    for fold in (1, 0):
        aware = local.replace(tzinfo=zone, fold=fold)
        moment = aware.astimezone(UTC).replace(tzinfo=None)
        if aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local:
            return moment
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC).replace(tzinfo=None)


def clock(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def openings(calendar: str) -> list[tuple[datetime, datetime]]:
    """All open stretches of a calendar in UTC, joined where they touch or overlap."""
    name, windows, holidays = CALENDARS[calendar]
    zone = ZoneInfo(name)
    found = []
    for number in range((LAST - FIRST).days):
        day = FIRST + timedelta(days=number)
        for weekdays, opens, closes in windows:
            if str(day.isoweekday()) not in weekdays or day in holidays:
                continue
            end = clock(closes)
            if end <= clock(opens):
                end += timedelta(days=1)
            midnight = datetime.combine(day, time())
            found.append((instant(midnight + clock(opens), zone), instant(midnight + end, zone)))
    joined: list[tuple[datetime, datetime]] = []
    for opens_at, closes_at in sorted(found):
        if joined and opens_at <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes_at))
        elif opens_at < closes_at:
            joined.append((opens_at, closes_at))
    return joined


OPENINGS = {calendar: openings(calendar) for calendar in CALENDARS}


def open_time(calendar: str, start: datetime, stop: datetime) -> int:
    """Business seconds from start to stop, stretch by stretch."""
    stretches, total = OPENINGS[calendar], timedelta()
    place = max(0, bisect_right(stretches, (start, start)) - 1)
    while place < len(stretches) and stretches[place][0] < stop:
        opens_at, closes_at = stretches[place]
        total += max(timedelta(), min(stop, closes_at) - max(start, opens_at))
        place += 1
    return int(total.total_seconds())


def due(calendar: str, start: datetime, target: int) -> datetime:
    """The first moment by which `target` business seconds have passed since start."""
    left, stretches = timedelta(seconds=target), OPENINGS[calendar]
    for opens_at, closes_at in stretches[max(0, bisect_right(stretches, (start, start)) - 1) :]:
        there = closes_at - max(start, opens_at)
        if there <= timedelta():
            continue
        if there >= left:
            return max(start, opens_at) + left
        left -= there
    raise AssertionError("the calendar ends before")


def moments(chance: random.Random, calendar: str) -> Callable[[], datetime]:
    """A source of moments: anywhere, and often on or a second beside an edge of a stretch."""
    edges = [edge for stretch in OPENINGS[calendar] for edge in stretch]
    first, last = datetime(2025, 2, 1), datetime(2027, 6, 1)
    edges = [edge for edge in edges if first < edge < last] or [first]
    span = int((last - first).total_seconds())

    def one() -> datetime:
        if chance.random() < 0.4:
            return chance.choice(edges) + timedelta(seconds=chance.choice((-1, 0, 0, 1)))
        return first + timedelta(seconds=chance.randrange(span))

    return one


def test_elapsed_business_time_is_that_of_an_independent_clock(desk: Desk) -> None:
    chance = random.Random(90)
    given = []
    for calendar in CALENDARS:
        moment = moments(chance, calendar)
        for _ in range(4_000):
            start = moment()
            near = start + timedelta(seconds=chance.randrange(1_000_000))
            start, stop = sorted((start, near if chance.random() < 0.95 else moment()))
            given.append((len(given), calendar, start, stop))
    assert len(given) >= 20_000
    got = desk.ask("elapsed", "number calendar_id starts_at stops_at", given)
    expected = {number: open_time(*rest) for number, *rest in given}
    assert got == expected
    assert sum(1 for seconds in expected.values() if seconds > 0) > 15_000


def test_due_is_the_earliest_moment(desk: Desk) -> None:
    chance = random.Random(91)
    given = []
    for calendar in CALENDARS:
        moment = moments(chance, calendar)
        targets = [1, 300, 28_800, 86_400, 604_800]
        targets += [chance.randrange(1, 900_000) for _ in range(5)]
        given += [(len(given) + n, calendar, moment(), chance.choice(targets)) for n in range(800)]
    got = desk.ask("due", "number calendar_id starts_at target", given)
    assert got == {number: due(*rest) for number, *rest in given}


def test_the_cases_of_the_clock(desk: Desk) -> None:
    """E83 to E86, in UTC. Berlin is an hour ahead in winter and two in summer."""
    friday, saturday = datetime(2026, 2, 6, 15, 30), datetime(2026, 2, 7, 2, 0)
    before_holiday = datetime(2026, 5, 22, 14, 30)  # a Friday; Whit Monday is closed
    dues = desk.ask(
        "due",
        "number calendar_id starts_at target",
        [
            (83, "office", friday, 24 * 3600),
            (84, "office", saturday, 5 * 60),
            (85, "office", before_holiday, 24 * 3600),
        ],
    )
    assert dues == {
        83: datetime(2026, 2, 11, 15, 30),
        84: datetime(2026, 2, 9, 8, 5),
        85: datetime(2026, 5, 28, 14, 30),
    }
    passed = desk.ask(
        "elapsed",
        "number calendar_id starts_at stops_at",
        [
            (84, "office", saturday, datetime(2026, 2, 8, 12)),  # answered on Sunday
            (86, "night_shift", datetime(2026, 3, 28, 12), datetime(2026, 3, 29, 12)),
            (87, "night_shift", datetime(2026, 10, 24, 12), datetime(2026, 10, 25, 12)),
        ],
    )
    assert passed == {84: 0, 86: 5 * 3600, 87: 7 * 3600}


def test_outside_its_calendar_a_clock_has_no_answer(desk: Desk) -> None:
    """E98: no row, never 0; the check each_clock_has_its_calendar then stops the build."""
    inside, after = datetime(2027, 12, 30), datetime(2028, 1, 3)
    spans = [(1, "office", inside, after), (2, "nowhere", inside, inside)]
    assert desk.ask("elapsed", "number calendar_id starts_at stops_at", spans) == {}
    late = [(1, "office", inside, 900_000)]
    assert desk.ask("due", "number calendar_id starts_at target", late) == {}


def test_a_change_of_the_windows_counts_from_its_day(compiled: dict[str, str]) -> None:
    one = Desk(compiled)
    one.connection.execute("delete from policy_business_window where calendar_id = 'office'")
    for weekday in range(1, 6):
        one.add("window", ("office", weekday, "09:00", "17:00", FIRST, date(2026, 2, 4)))
        one.add("window", ("office", weekday, "08:00", "18:00", date(2026, 2, 4), None))
    one.open()
    week = [(1, "office", datetime(2026, 2, 2), datetime(2026, 2, 7))]
    got = one.ask("elapsed", "number calendar_id starts_at stops_at", week)
    assert got == {1: (2 * 8 + 3 * 10) * 3600}


def easter(year: int) -> date:
    """Easter Sunday by the rule of Meeus, which needs no exceptions."""
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, century_rest = divmod(century, 4)
    drift = century - leap - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + drift + 15) % 30
    wait = (32 + 2 * century_rest + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * wait) // 451
    month, day = divmod(moon + wait - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def test_easter_is_that_of_an_independent_rule(compiled: dict[str, str]) -> None:
    """And so are all holidays that are counted from it, in each year that there is."""
    one = Desk(compiled)
    one.connection.execute("delete from policy_business_holiday")
    rule = (None, None, None, 0, None, None, False, date(1900, 1, 1), None)
    one.add("holiday", ("office", *rule))
    found = one.connection.execute(
        f"select holiday_date from ({compiled['int_business__holidays']}) order by 1"
    ).fetchall()
    assert [day for (day,) in found] == [easter(year) for year in range(2015, 2100)]


def test_a_weekday_of_a_month_is_counted_from_either_end(compiled: dict[str, str]) -> None:
    """Against a walk over the days of each month."""
    one = Desk(compiled)
    one.connection.execute("delete from policy_business_holiday")
    expected = set()
    for month, weekday, week in ((1, 1, 3), (2, 7, 1), (5, 1, -1), (11, 4, 4), (12, 2, -2)):
        rule = (None, month, None, None, weekday, week, False, date(2024, 1, 1), date(2034, 1, 1))
        one.add("holiday", ("office", *rule))
        for year in range(2024, 2034):
            days = [date(year, month, 1) + timedelta(days=number) for number in range(31)]
            fitting = [d for d in days if d.month == month and d.isoweekday() == weekday]
            expected.add(fitting[week - 1 if week > 0 else week])
    found = one.connection.execute(
        f"select holiday_date from ({compiled['int_business__holidays']})"
    ).fetchall()
    assert {day for (day,) in found} == expected


def test_stretches_of_a_day_do_not_overlap_and_business_days_are_local(desk: Desk) -> None:
    overlaps = " or ".join(f"closes_{n + 1} > 0 and closes_{n} > opens_{n + 1}" for n in (1, 2, 3))
    assert desk.connection.execute(
        f"select count(*) from business_day where {overlaps}"
    ).fetchone() == (0,)
    # Auckland's office week lies in six UTC days, and has five business days.
    assert desk.connection.execute(
        "select max(open_days_before) - min(open_days_before) from business_day "
        "where calendar_id = 'far_east' and utc_day between '2026-02-14' and '2026-02-21'"
    ).fetchone() == (5,)


def test_a_broken_clock_is_noticed(desk: Desk) -> None:
    """The comparison can fail: a second more on each closing, and it does."""
    chance, calendar = random.Random(92), "lunch_and_saturday"
    moment = moments(chance, calendar)
    pairs = [sorted((moment(), moment())) for _ in range(200)]
    given = [(number, calendar, *pair) for number, pair in enumerate(pairs)]
    sound = desk.compiled["elapsed"]
    try:
        desk.compiled["elapsed"] = sound.replace(">= starts.closes_2", "> starts.closes_2 + 1")
        assert desk.compiled["elapsed"] != sound
        got = desk.ask("elapsed", "number calendar_id starts_at stops_at", given)
    finally:
        desk.compiled["elapsed"] = sound
    assert got != {number: open_time(*rest) for number, *rest in given}

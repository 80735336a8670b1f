"""Business time of two million intervals, beside a plain join and group by of the same rows.

The macros are compiled as models use them; the SQL runs in memory on the calendars of seeds/policy.
Exit code 1 when the clock takes more than LIMIT times the CPU of the plain query.
"""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

import duckdb
from dbt.cli.main import dbtRunner

ROWS, LIMIT, ROUNDS = 2_000_000, 3.0, 4
ROOT = Path(__file__).resolve().parents[1]
DAYS = "{{ ref('business_day') }}"
JOINED = f"""
from given
inner join {DAYS} as starts
    on given.calendar_id = starts.calendar_id and cast(given.starts_at as date) = starts.utc_day
inner join {DAYS} as stops
    on given.calendar_id = stops.calendar_id and cast(given.stops_at as date) = stops.utc_day
group by given.calendar_id, given.owner_number
"""
ELAPSED = (
    "{{ business_seconds('given.stops_at', 'stops') }}"
    " - {{ business_seconds('given.starts_at', 'starts') }}"
)
QUERIES = {
    "plain join and group by": (
        "select given.calendar_id, given.owner_number, "
        "sum(stops.utc_day - starts.utc_day) as elapsed, count(*) as intervals" + JOINED
    ),
    "business clock": (
        f"select given.calendar_id, given.owner_number, sum({ELAPSED}) as elapsed, "
        "count(*) as intervals" + JOINED
    ),
}
TYPES = {  # of columns whose values alone do not say it
    "window": {"opens_at": "varchar", "closes_at": "varchar"},
    "holiday": {"holiday_date": "date"},
}
GIVEN = f"""
create table given as
select
    ['emea_office', 'us_office', 'always'][1 + number % 3] as calendar_id,
    cast(hash(number) % 500 as int) as owner_number,
    timestamp '2025-02-01' + to_seconds(cast(hash(number, 1) % 60000000 as int)) as starts_at,
    starts_at + to_seconds(cast(hash(number, 2) % 2000000 as int)) as stops_at
from range({ROWS}) as numbers(number)
"""


def compiled(text: str) -> str:
    """Return inline SQL as dbt compiles it, without the database's name."""
    answer = dbtRunner().invoke(["--log-level", "none", "compile", "--inline", text])
    if answer.exception is not None:
        raise answer.exception
    return re.sub(r'"cdm(_vault)?"\."\w+"\.', "", answer.result.results[0].node.compiled_code)


def best_times(
    connection: duckdb.DuckDBPyConnection, queries: dict[str, str]
) -> dict[str, tuple[float, float]]:
    """Return the best time of a few runs of each query: seconds of CPU over all threads, and
    seconds that passed. They take turns, so that whatever else the machine does strikes both."""
    best = {name: (float("inf"), float("inf")) for name in queries}
    for _ in range(ROUNDS):
        for name, sql in queries.items():
            worked, begun = time.process_time(), time.perf_counter()
            connection.execute(f"create or replace temp table answer as {sql}")
            taken = time.process_time() - worked, time.perf_counter() - begun
            best[name] = min(best[name][0], taken[0]), min(best[name][1], taken[1])
    return best


def main() -> int:
    """Print both times and their ratio."""
    os.chdir(ROOT)
    view = "{{ config(materialized='view') }}"
    names = ("int_business__holidays", "business_day")
    models = {name: compiled(view + model(name)) for name in names}
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'; set threads = 2")
        for seed in ("calendar", "window", "holiday"):
            path = ROOT / "seeds" / "policy" / f"policy_business_{seed}.csv"
            names = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPES.get(seed, {}).items())
            types = f", types = {{{names}}}" if names else ""
            connection.execute(
                f"create table policy_business_{seed} as from read_csv('{path}'{types})"
            )
        for name, sql in models.items():
            connection.execute(f"create table {name} as {sql}")
        connection.execute(GIVEN)
        queries = {name: compiled(text) for name, text in QUERIES.items()}
        times = best_times(connection, queries)
    for name, (worked, passed) in times.items():
        print(f"{name:<25}{worked:8.2f} s of CPU{passed:8.2f} s passed")
    (plain, _), (clock, _) = times.values()
    print(f"{ROWS:,} intervals: {clock / plain:.2f} times the plain query (limit {LIMIT})")
    return 0 if clock <= LIMIT * plain else 1


def model(name: str) -> str:
    """Return the source text of a model."""
    return next((ROOT / "models").rglob(f"{name}.sql")).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

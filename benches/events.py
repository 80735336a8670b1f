"""What many events cost: a full build, one more day, and the memory of both, beside the floor.

The exports are GA4's as BigQuery exports them, one Parquet file a day, written by DuckDB: visits of
eight events, each with its list of parameters, one visitor in fifty with a login. Built is what
events become: all models up to canonical.touchpoint, persons and lifecycle with them; what marts
and governance cost is measured by bench-scale. The floor is DuckDB alone, in one process: it reads
and hashes all columns of the same files once, and writes all tables that the build leaves in
canonical and vault once, into a file, in order. What the build keeps for itself, from raw rows to
judged ones, is not in the floor. One more day is a file more. Off each build is taken what dbt
takes for the same nodes with hardly any data, one visit a day. Each is measured three times, full
builds and floors in turn, and the one in the middle counts.

    make bench-events [EVENTS=10000000]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb
from scale import FLOOR, REPO, Spent, spend

DAYS = 100
TIMES = 3
PATH = ["--select", "+touchpoint"]
VISITS = """
with visits as (
    select
        visit, step, {day} * 86400 + visit as session_number,
        hash(visit * 7 + {day}) % {visitors} as visitor,
        'https://www.firm.example/page/' || (visit * 3 + step) % 500 as page,
        epoch_us(timestamp '2026-01-01' + interval 1 day * {day})
            + 1000000 * (visit * 37 % 80000 + step * 45) as event_timestamp
    from range({visits}) as visits (visit)
    cross join range(8) as steps (step)
)

select
    strftime(make_timestamp(event_timestamp), '%Y%m%d') as event_date,
    event_timestamp,
    ['session_start', 'page_view', 'page_view', 'scroll', 'page_view', 'click', 'page_view',
     'form_submit'][step + 1] as event_name,
    [
        {page_location}, {page_referrer}, {page_title}, {ga_session_id}, {ga_session_number},
        {session_engaged}, {engagement_time_msec}
    ] || case step when 3 then [{percent_scrolled}] when 5 then [{link_url}] when 7 then [{form_id}]
        else [] end as event_params,
    {day} * 1000000 + visit as event_bundle_sequence_id,
    200000 as event_server_timestamp_offset,
    case when visitor % 50 = 0 and step > 3 then 'u' || visitor end as user_id,
    'c' || visitor as user_pseudo_id,
    struct_pack(category := 'desktop', operating_system := 'Windows', language := 'de-de',
        web_info := struct_pack(browser := 'Chrome', hostname := 'www.firm.example')) as device,
    struct_pack(country := 'Germany', region := 'Berlin', city := 'Berlin') as geo,
    case when step = 0 and visit % 4 <> 2 then struct_pack(
        manual_campaign_name := 'campaign_' || visit % 40,
        manual_source := ['google', 'newsletter', null, 'linkedin'][visit % 4 + 1],
        manual_medium := ['cpc', 'email', null, 'paid_social'][visit % 4 + 1]
    ) end as collected_traffic_source,
    'WEB' as platform,
    visit as batch_page_id, step as batch_ordering_id, step as batch_event_index
from visits
"""
PARAMETERS = {
    "page_location": "page",
    "page_referrer": "case when step = 0 and visit % 4 = 2 then 'https://www.google.com/'"
    " else 'https://www.firm.example/' end",
    "page_title": "'Page ' || (visit * 3 + step) % 500",
    "ga_session_id": "session_number",
    "ga_session_number": "visit % 9 + 1",
    "session_engaged": "'1'",
    "engagement_time_msec": "step * 1500",
    "percent_scrolled": "90",
    "link_url": "'https://www.partner.example/' || visit % 20",
    "form_id": "'contact'",
}


def parameter(key: str, value: str) -> str:
    """Return the SQL of one of GA4's parameters: its text or its number, by its kind."""
    text, number = (value, "null") if "'" in value or value == "page" else ("null", value)
    return (
        f"struct_pack(key := '{key}', value := struct_pack(string_value := cast({text} as varchar),"
        f" int_value := cast({number} as bigint), float_value := cast(null as double),"
        " double_value := cast(null as double)))"
    )


def write_day(folder: Path, day: int, events: int) -> None:
    """Write one day's file: a hundredth of the events, by visitors of whom most come again."""
    visits = events // DAYS // 8
    parameters = {key: parameter(key, value) for key, value in PARAMETERS.items()}
    sql = VISITS.format(day=day, visits=visits, visitors=max(50, events // 25), **parameters)
    folder.mkdir(parents=True, exist_ok=True)
    duckdb.sql(f"copy ({sql}) to '{folder}/events_{day:03}.parquet' (format parquet)")


def measure(events: int, folder: Path) -> dict[str, Spent]:
    """Write the files, build, add a day and build again; return what each step took."""
    exports, warehouse = folder / "exports", folder / "warehouse"
    environment = {
        **os.environ,
        "CDM_EXPORTS": str(exports),
        "CDM_WAREHOUSE": str(warehouse),
        "CDM_CONNECTORS": "ga4",
        "CDM_AS_OF": "2026-07-01T00:00:00",
        "CDM_HASH_KEY": "a key for measuring",
        "CDM_MEMORY_LIMIT": os.environ.get("CDM_MEMORY_LIMIT", "3GB"),
        "DBT_PROFILES_DIR": str(REPO / "profiles"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    for day in range(DAYS):
        write_day(exports / "ga4" / "event", day, events)
    dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet"]
    spend([*dbt, "parse"], environment)
    steps, rounds = {}, []
    database = warehouse / "build" / "cdm.duckdb"
    tables = [path.stem for path in (REPO / "models").glob("*/*.sql")]
    for _ in range(TIMES):
        shutil.rmtree(warehouse, ignore_errors=True)
        spend([*dbt, "seed"], environment)
        full, copy = spend([*dbt, "run", *PATH], environment), folder / "floor.duckdb"
        command = [sys.executable, "-c", FLOOR, str(exports), str(database), str(copy), *tables]
        rounds.append((full, spend(command, environment)))
        copy.unlink()
    for name, runs in zip(("full build", "floor"), zip(*rounds, strict=True), strict=True):
        steps[name] = middle(name, list(runs))
    days = []
    for day in range(DAYS, DAYS + TIMES):
        write_day(exports / "ga4" / "event", day, events)
        days.append(spend([*dbt, "run", *PATH], environment))
    steps["one more day"] = middle("one more day", days)
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select (select count(*) from canonical.event),"
            " (select count(*) from canonical.session)"
        ).fetchone()
    print(f"{rows[0]:,} events in {rows[1]:,} sessions.\n", flush=True)
    return steps


def middle(name: str, runs: list[Spent]) -> Spent:
    """Return the run in the middle by processor seconds, after telling those of all."""
    print(f"{name}, CPU s: {', '.join(f'{run.cpu:.1f}' for run in runs)}", flush=True)
    return sorted(runs, key=lambda run: run.cpu)[len(runs) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000_000, help="how many events")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="cdm-events-"))
    try:
        start = measure(DAYS * 8, folder / "small")
        steps = measure(arguments.events, folder / "large")
    finally:
        if not arguments.folder:
            shutil.rmtree(folder, ignore_errors=True)
    floor, full, more = steps["floor"], steps["full build"], steps["one more day"]
    print(f"{'step':<30}{'cpu s':>9}{'clock s':>9}{'peak MB':>9}")
    without = {f"({name}, without data)": start[name] for name in ("full build", "one more day")}
    for name, spent in {**without, **steps}.items():
        print(f"{name:<30}{spent.cpu:9.1f}{spent.clock:9.1f}{spent.megabytes:9.0f}")
    built, added = full.cpu - start["full build"].cpu, more.cpu - start["one more day"].cpu
    print(f"\nFull build: {built / floor.cpu:.2f} times the floor.")
    print(f"One more day: {added / built:.1%} of the full build.")
    print(
        json.dumps(
            {
                "events": arguments.events,
                "times_floor": round(built / floor.cpu, 2),
                "share_of_a_day": round(added / built, 4),
                "peak_mb": round(max(full.megabytes, more.megabytes)),
            }
        )
    )


if __name__ == "__main__":
    main()

"""Same input, same output: whatever the order of rows, the number of threads and the history.

These builds run no data tests: their tables are compared with those of the demo's build, which did.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import DEMO_EXPORTS, REPO, Run, start_cdm

from cdm.database import open_warehouse

pytestmark = pytest.mark.demo

# Where a row stood in its file is said for people to find it; it is no part of what is known.
LOCATIONS = {"source_row", "source_file", "message"}
# What earlier builds saw is kept on purpose.
HISTORIES = {
    "canonical.identity_event",
    "governance.quarantine_case",
    "governance.quality_history",
    "governance.quality_alert",
    "governance.steward_queue",
}


def contents(run: Run, left_out: set[str] = LOCATIONS) -> dict[str, tuple[int, str]]:
    """Return, for each table that a build publishes or seals, its row count and a digest of its
    rows in a fixed order, without the columns `left_out`, which only locate a row."""
    digests = {}
    with open_warehouse(run.warehouse.state, read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where schema_name in ('canonical', 'marts', 'vault', 'governance')"
        ).fetchall()
        for schema, table in tables:
            columns = connection.execute(
                "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
                " order by column_index",
                [schema, table],
            ).fetchall()
            kept = ", ".join(f'"{name}"' for (name,) in columns if name not in left_out)
            digests[f"{schema}.{table}"] = connection.execute(
                f"select count(*), coalesce(md5(string_agg(line, chr(10) order by line)), '')"
                f" from (select cast(({kept}) as varchar) as line from {schema}.{table})"
            ).fetchone()
    assert len(digests) >= 18
    return digests


def differences(left: Run, right: Run) -> dict[str, tuple]:
    ours, theirs = contents(left), contents(right)
    return {
        table: (ours.get(table), theirs.get(table))
        for table in sorted(set(ours) | set(theirs))
        if ours.get(table) != theirs.get(table)
    }


def shuffle_csv(path: Path, order: random.Random) -> None:
    """Shuffle the data rows of a CSV file; files with broken lines are left as they are."""
    text = path.read_bytes()
    try:
        decoded = text.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(decoded, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        return
    if len(rows) < 3 or any(len(row) != len(rows[0]) for row in rows):
        return
    header, body = rows[0], rows[1:]
    order.shuffle(body)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *body])


def shuffled_exports(folder: Path) -> Path:
    """Return a copy of the demo exports with the rows of each readable file in another order."""
    exports = folder / "exports"
    shutil.copytree(DEMO_EXPORTS, exports)
    order = random.Random(20260701)
    shuffled = 0
    for path in sorted(exports.rglob("*")):
        before = path.read_bytes() if path.is_file() else b""
        if path.suffix == ".csv":
            shuffle_csv(path, order)
        elif path.suffix == ".ndjson":
            lines = before.splitlines(keepends=True)
            order.shuffle(lines)
            path.write_bytes(b"".join(line.rstrip(b"\n") + b"\n" for line in lines))
        elif path.suffix == ".json":
            rows = json.loads(before)
            order.shuffle(rows)
            path.write_text(json.dumps(rows))
        elif path.suffix == ".parquet":
            copy = path.with_suffix(".copy")
            duckdb.execute(
                f"copy (select * from read_parquet('{path}') order by hash(event_timestamp),"
                f" hash(user_pseudo_id), hash(event_name)) to '{copy}' (format parquet)"
            )
            copy.replace(path)
        shuffled += path.is_file() and path.read_bytes() != before
    assert shuffled > 15
    return exports


def test_shuffled_rows_and_eight_threads_change_nothing(
    demo_build: Run, build: Callable[..., Run], tmp_path: Path
) -> None:
    threads = {"CDM_THREADS": "8", "CDM_DUCKDB_THREADS": "8"}
    run = build(exports=shuffled_exports(tmp_path), tests=False, **threads).check()
    assert differences(demo_build, run) == {}


def test_building_twice_changes_nothing(
    build: Callable[..., Run], demo_build: Run, tmp_path: Path
) -> None:
    """A second build on the same exports, from the state of the first, changes no row of the state
    and none of the published file, their order included."""
    warehouse = tmp_path / "warehouse"
    shutil.copytree(demo_build.warehouse.root, warehouse)
    again = build(warehouse=warehouse, tests=False).check()
    assert differences(demo_build, again) == {}
    for (table,) in demo_build.query(
        "select schema_name || '.' || table_name from duckdb_tables() order by 1", "published"
    ):
        first = demo_build.query(f"select * from {table}", "published")
        assert first == again.query(f"select * from {table}", "published"), table


def test_days_that_arrive_late_or_anew_end_as_one_full_build(
    demo_build: Run, build: Callable[..., Run], tmp_path: Path
) -> None:
    """A file of events is written anew with rows changed, added and gone, and another one, with
    other versions of the same events, is emptied; then one comes a month late, and with it the last
    event of the oldest visit of the other. After that the incremental tables hold what a full build
    of the same files holds. The last build only looks at the events that came, so it would not mend
    what the one before it got wrong."""
    exports = tmp_path / "exports"
    shutil.copytree(DEMO_EXPORTS, exports)
    events = exports / "ga4" / "event"
    late = sorted(events.iterdir())[-1]
    late.rename(tmp_path / late.name)
    anew = next(path for path in sorted(events.iterdir()) if path.suffix == ".ndjson")
    lines = anew.read_bytes().splitlines(keepends=True)
    changed = [line.replace(b"page_view", b"scroll") for line in lines[3:40]]
    foreign = [line.replace(b'"user_pseudo_id": "', b'"user_pseudo_id": "9') for line in lines[:5]]
    anew.write_bytes(b"".join(foreign + changed + lines[40:] + lines[50:60]))
    versions = events / "intraday.ndjson"
    versions.write_bytes(
        b"".join(line.replace(b'"platform": "WEB"', b'"platform": "APP"') for line in lines[60:90])
    )
    first = build(exports=exports, tests=False).check()
    assert "canonical.event" in differences(demo_build, first)

    session = re.search(rb'"ga_session_id","value":[^}]+', lines[0]).group()
    last = [line for line in lines if session in line][-1]
    assert last != lines[0]
    anew.write_bytes(b"".join(line for line in lines if line != last))
    versions.write_bytes(b"\n")  # anew, without rows; a file that is taken away keeps its events
    of_events = "stg_ga4__event int_event__records int_event__checked+,+session"
    second = build(
        exports=exports,
        warehouse=first.warehouse.root,
        select=of_events,
        publish=False,
        tests=False,
    ).check()
    touched = "select count(*), count(*) filter (event_id = '*') from resolve.int_event__touched"
    assert second.query(touched)[0][1] == 1

    (tmp_path / late.name).rename(events / late.name)
    (events / "straggler.ndjson").write_bytes(last)
    third = build(exports=exports, warehouse=first.warehouse.root, tests=False).check()
    (looked_at, all_of_them), (there,) = third.query(touched)[0], third.query(
        "select count(*) from canonical.event"
    )[0]
    assert all_of_them == 0 and 100 < looked_at < there / 2
    assert set(differences(demo_build, third)) <= HISTORIES


def test_a_build_killed_in_the_middle_leaves_no_trace(
    demo_build: Run, build: Callable[..., Run], tmp_path: Path
) -> None:
    """kill -9 while models are being built: the published file stays readable and complete, and the
    next build ends as if nothing had happened."""
    warehouse = tmp_path / "warehouse"
    shutil.copytree(demo_build.warehouse.root, warehouse)
    published = warehouse / "published" / "cdm.duckdb"
    before = published.read_bytes()
    process = start_cdm(
        REPO,
        warehouse,
        ["build", "--full-refresh", "--exclude", "resource_type:test"],
        CDM_EXPORTS=str(DEMO_EXPORTS),
        CDM_AS_OF="2026-07-01T00:00:00",
    )
    building = warehouse / "build" / "cdm.duckdb"
    started = building.stat().st_mtime if building.exists() else 0.0
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        wal = building.with_suffix(".duckdb.wal")
        files = [path for path in (building, wal) if path.exists()]
        if any(path.stat().st_mtime > started + 4 for path in files) and started:
            break
        started = started or (building.stat().st_mtime if building.exists() else 0.0)
        time.sleep(0.2)
    assert process.poll() is None, "the build ended before it could be killed"
    process.kill()
    process.wait()
    assert published.read_bytes() == before
    run = build(warehouse=warehouse, full_refresh=True, tests=False, CDM_THREADS="1").check()
    assert differences(demo_build, run) == {}

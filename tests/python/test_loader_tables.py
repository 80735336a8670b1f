"""`CDM_SOURCES=tables`: what a loader wrote into the database, in place of files.

The tables hold what the demo's files hold, each column under its normalised name, as a loader would
write them. GA4's events arrive in two instalments.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml
from conftest import REPO, Run
from test_reproducibility import HISTORIES, LOCATIONS, contents

from cdm.landing import describe

pytestmark = pytest.mark.demo
EXPORTS = REPO / "demo" / "exports"
CONNECTORS = ["hubspot", "mailchimp", "ga4", "generic"]
EVENTS = "ga4.event"
# Who is known by events alone is known since the first one that the first build read.
KNOWN_SINCE = {
    "canonical.lead_profile", "canonical.score_input", "canonical.score_reason",
    "canonical.score_history",
}  # fmt: skip


def load(connection: duckdb.DuckDBPyConnection, connector: str, table: dict) -> None:
    """Write the readable rows of one object's files into the table `<connector>.<object>`."""
    meta = table.get("config", {}).get("meta", {})
    names = [table["name"], *meta.get("object_aliases", [])]
    asked = {"exports": str(EXPORTS), "connector": connector, "names": names}
    groups = json.loads(describe(json.dumps(asked)))["groups"]
    parts = []
    for group in groups:
        columns = [f"{column['expression']} as \"{column['name']}\"" for column in group["columns"]]
        readable = f"({group['unparsable'] or 'null'}) is null"
        parts.append(f"select {', '.join(columns)} from {group['scan']} where {readable}")
    if parts:
        connection.execute(f"create schema if not exists {connector}")
        rows = " union all by name ".join(parts)
        connection.execute(f"create table {connector}.{table['name']} as {rows}")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse whose state is a database that a loader has filled; half the events wait."""
    folder = tmp_path_factory.mktemp("loader") / "warehouse"
    (folder / "state").mkdir(parents=True)
    with duckdb.connect(str(folder / "state" / "cdm.duckdb")) as connection:
        for connector in CONNECTORS:
            place = REPO / "models" / "staging" / connector / f"_{connector}__sources.yml"
            for source in yaml.safe_load(place.read_text())["sources"]:
                for table in source["tables"]:
                    load(connection, connector, table)
        connection.execute(f"create schema waiting; create table waiting.event as from {EVENTS}")
        connection.execute(f"delete from {EVENTS} where hash(event_timestamp) % 2 = 0")
    return folder


def change(warehouse: Path, sql: str) -> None:
    with duckdb.connect(str(warehouse / "state" / "cdm.duckdb")) as connection:
        connection.execute(sql)


def landings(run: Run, table: str) -> dict[int, int]:
    """How many rows of a table each landing brought."""
    return dict(
        run.query(f"select _landing, count(*) from {table} where connector = 'ga4' group by all")
        if table.startswith("intake")
        else run.query(f"select _landing, count(*) from {table} group by all")
    )


def test_tables_give_what_files_give_and_only_new_rows_are_landed(
    build: Callable[..., Run], demo_build: Run, warehouse: Path
) -> None:
    first = build(warehouse=warehouse, publish=False, tests=False, CDM_SOURCES="tables").check()
    [(half,)] = first.query(f"select count(*) from {EVENTS}")
    assert landings(first, "staging.stg_ga4__event") == {1: half}

    change(warehouse, f"truncate {EVENTS}; insert into {EVENTS} from waiting.event")
    second = build(warehouse=warehouse, publish=False, tests=False, CDM_SOURCES="tables").check()
    [(all_events,)] = second.query(f"select count(*) from {EVENTS}")
    assert landings(second, "staging.stg_ga4__event") == {1: half, 2: all_events - half}
    assert landings(second, "intake.int_event__checked") == {1: half, 2: all_events - half}

    # What stands twice in a file's header has another name in a table, hence the row another hash.
    left_out = LOCATIONS | {"_content_hash"}
    ours, theirs = contents(demo_build, left_out), contents(second, left_out)
    tables = [name for name in ours if name.startswith(("canonical.", "vault."))]
    tables = [name for name in tables if name not in HISTORIES | KNOWN_SINCE]
    assert len(tables) > 15
    assert [name for name in tables if ours[name] != theirs[name]] == []


def test_a_row_that_changes_goes_or_comes_twice_is_landed_anew(
    build: Callable[..., Run], warehouse: Path
) -> None:
    change(
        warehouse,
        f"""
        create temp table picked as select rowid as id from {EVENTS} order by rowid limit 3;
        insert into {EVENTS} select * from {EVENTS} where rowid = (select min(id) from picked);
        delete from {EVENTS} where rowid = (select max(id) from picked);
        """,
    )
    run = build(
        warehouse=warehouse, select="stg_ga4__event", publish=False, CDM_SOURCES="tables"
    ).check()
    [(rows,)] = run.query(f"select count(*) from {EVENTS}")
    by_landing = landings(run, "staging.stg_ga4__event")
    assert sum(by_landing.values()) == rows
    assert by_landing[max(by_landing)] == 2, "a copy is landed with the row that it repeats"

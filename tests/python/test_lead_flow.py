"""The lead flow on the demo: merged handoffs, the weekly page, numbers that can be traced."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import REPO, Run, cdm

from cdm.files import Warehouse, copy
from cdm.pack import write_pack


def handoffs(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[str, tuple[str, str | None]]:
    """Build lead_handoff from the tables as they stand; status and pointer by key."""
    rows = connection.execute(f"select handoff_id, status, superseded_by from ({sql})").fetchall()
    return {key: (status, pointer) for key, status, pointer in rows}


def test_a_merge_sends_no_second_task(demo_build: Run, tmp_path: Path) -> None:
    """E94. Two persons with an open handoff each become one: no key is new, the later one is
    cancelled and points to the earlier, and so no outbox has a message that was not there."""
    nodes = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))["nodes"]
    sql = next(node["compiled_code"] for node in nodes.values() if node["name"] == "lead_handoff")
    database = tmp_path / "cdm.duckdb"
    copy(demo_build.warehouse.state, database)
    with duckdb.connect(str(database)) as connection:
        before = handoffs(connection, sql)
        (kept, earlier), (lost, later) = connection.execute(
            "select person_id, handoff_id from canonical.lead_handoff "
            "where status = 'pending' and cycle_no = 1 order by handed_at limit 2"
        ).fetchall()
        for table, column in (
            ("canonical.lifecycle_history", "subject_id"),
            ("resolve.int_lifecycle__asserted", "subject_id"),
        ):
            connection.execute(f"update {table} set {column} = ? where {column} = ?", [kept, lost])
        after = handoffs(connection, sql)
    assert after.keys() == before.keys()
    assert after[earlier] == ("pending", None)
    assert after[later] == ("cancelled", earlier)
    assert {k: v for k, v in after.items() if k != later} == {
        k: v for k, v in before.items() if k != later
    }


def test_each_number_of_the_scorecard_is_traced_by_the_documented_query(demo_build: Run) -> None:
    text = (REPO / "docs" / "sla.md").read_text(encoding="utf-8")
    query = re.search(r"```sql\n(select facts.*?)```", text, re.S)
    assert query is not None
    for period, column in (("month", "month_start"), ("week", "week_start")):
        numbers = demo_build.query(
            "select measure, period_start, good_count, total_count from marts.sla_scorecard "
            f"where period_type = '{period}' and cut_by = 'all'"
        )
        assert len(numbers) > 30
        for measure, start, good, total in numbers:
            sql = query[1].replace("mql_first_response", measure)
            sql = re.sub(r"month_start = date '[0-9-]+'", f"{column} = date '{start}'", sql)
            assert demo_build.value(f"select count(*) from ({sql})") == total
            assert demo_build.value(f"select count(*) from ({sql} and is_good)") == good


def test_the_demo_has_every_kind_of_answer(demo_build: Run) -> None:
    statuses = dict(
        demo_build.query("select status, count(*) from canonical.lead_handoff group by status")
    )
    assert {"accepted", "pending"} <= set(statuses)
    states = {
        state
        for (state,) in demo_build.query(
            "select distinct state from canonical.sla_instance "
            "where policy_id = 'mql_first_response'"
        )
    }
    assert {"met", "breached", "breached_open"} <= states
    # Business time is never more than the clock on the wall shows.
    assert (
        demo_build.value(
            "select min(calendar_elapsed_s - business_elapsed_s) from canonical.sla_instance"
        )
        >= 0
    )


def test_the_page_is_whole_and_names_nobody(demo_build: Run, tmp_path: Path) -> None:
    written = write_pack(demo_build.warehouse, date(2026, 7, 1), tmp_path / "pack.html")
    text = written.read_text(encoding="utf-8")
    for title in ("This month", "First response", "Where leads leak", "How far each month"):
        assert title in text
    assert "<script" not in text and "src=" not in text and "href=" not in text
    assert "Content-Security-Policy" in text and "default-src 'none'" in text
    assert "@" not in text.replace("@media", "")
    good, total = demo_build.query(
        "select good_count, total_count from marts.sla_scorecard where period_type = 'month' "
        "and cut_by = 'all' and measure = 'mql_first_response' "
        "and period_start <= date '2026-07-01' order by period_start desc limit 1"
    )[0]
    assert f"({good:,} of {total:,})" in text


def test_the_same_target_changes_nothing_and_a_wider_one_meets_more(demo_build: Run) -> None:
    root = demo_build.warehouse.root

    def last_row(*options: str) -> list[str]:
        run = cdm(REPO, root, ["sla", "what-if", "opportunity_creation", *options])
        assert run.rc == 0, run.output
        return run.output.strip().splitlines()[-1].split()

    same = last_row("--target-minutes", "43200", "--clock", "calendar")
    assert same[0] == "all" and same[2:5] == same[5:8]
    wider = last_row("--target-minutes", "430000", "--clock", "calendar")
    assert int(wider[5]) == int(same[2]) < int(same[1])
    tighter = last_row("--target-minutes", "60", "--clock", "calendar")
    assert int(tighter[5]) < int(same[2])


def test_an_unknown_service_level_is_named(demo_build: Run) -> None:
    run = cdm(REPO, demo_build.warehouse.root, ["sla", "what-if", "fax", "--target-minutes", "1"])
    assert run.rc == 1 and "mql_first_response" in run.output


@pytest.mark.parametrize("command", [["pack"], ["sla", "what-if", "x", "--target-minutes", "1"]])
def test_without_a_build_the_next_step_is_named(tmp_path: Path, command: list[str]) -> None:
    run = cdm(REPO, Warehouse(tmp_path / "none").root, command)
    assert run.rc == 1 and "cdm build" in run.output

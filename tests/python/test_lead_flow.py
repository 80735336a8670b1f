"""The lead flow on the demo: merged handoffs, the weekly page, numbers that can be traced."""

from __future__ import annotations

import json
import re
from datetime import date
from html import escape
from pathlib import Path

import duckdb
import pytest
from conftest import REPO, Run, cdm

from cdm.agreement import write_agreement
from cdm.database import open_warehouse
from cdm.files import CdmError, Warehouse, copy
from cdm.pack import write_pack
from cdm.sla import Month, read_terms, what_if


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
    with open_warehouse(database) as connection:
        before = handoffs(connection, sql)
        (kept, earlier), (lost, later) = connection.execute(
            "select person_id, handoff_id from canonical.lead_handoff "
            "where status = 'pending' and cycle_no = 1 order by handed_at limit 2"
        ).fetchall()
        for table, column in (
            ("canonical.lifecycle_history", "subject_id"),
            ("canonical.stage_assertion", "subject_id"),
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
    """For all, and for each segment, owner and team: the query's rows are the number."""
    text = (REPO / "docs" / "sla.md").read_text(encoding="utf-8")
    query = re.search(r"```sql\n(select facts.*?)```", text, re.S)
    assert query is not None
    columns = {"all": "", "segment": "segment", "owner": "owner_id", "team": "team"}
    with duckdb.connect(str(demo_build.warehouse.state), read_only=True) as connection:
        connection.execute("create temp table facts as from marts.scorecard_fact")
        numbers = connection.execute(
            "select period_type, measure, period_start, cut_by, cut, good_count, total_count "
            "from marts.sla_scorecard where cut_by in ('all', 'segment', 'owner', 'team') "
            "and (cut_by = 'all' or (period_type = 'month' and period_start = date '2026-05-01'))"
        ).fetchall()
        assert len(numbers) > 300 and {cut_by for _, _, _, cut_by, *_ in numbers} == set(columns)
        for period, measure, start, cut_by, cut, good, total in numbers:
            sql = query[1].replace("mql_first_response", measure)
            sql = sql.replace("marts.scorecard_fact", "facts")
            sql = re.sub(r"month_start = date '[0-9-]+'", f"{period}_start = date '{start}'", sql)
            sql += f" and {columns[cut_by]} = '{cut}'" if columns[cut_by] else ""
            counted = f"select count(*) filter (where is_good), count(*) from ({sql})"
            assert connection.execute(counted).fetchone() == (good, total), (measure, start, cut)


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
    written = write_pack(demo_build.warehouse, path=tmp_path / "pack.html")
    text = written.read_text(encoding="utf-8")
    assert "week of 2026-07-01" in text  # the day of the build, not of the reading
    for title in (
        "This month", "First response", "What was missed lately", "What the plan takes",
        "Where leads leak", "How far each month",
    ):  # fmt: skip
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


def months(run: Run, policy: str, **terms: object) -> dict[str, Month]:
    """What other terms would have meant, by month."""
    asked = read_terms(f"{name}={value}" for name, value in terms.items())
    return {row.month: row for row in what_if(run.warehouse, policy, asked)}


def test_terms_in_force_change_nothing(demo_build: Run) -> None:
    """The clocks are judged by the same SQL: what is proposed as it is gives what was."""
    for policy, terms in (
        ("mql_first_response", {"stops_with": "attempt_and_status", "minimum_attempts": 6}),
        ("opportunity_creation", {"target_minutes": 43200, "clock_type": "calendar"}),
    ):
        rows = months(demo_build, policy, **terms)
        assert len(rows) > 8
        for row in rows.values():
            assert (row.would_be_met, row.would_be_judged) == (row.met, row.judged)
            assert row.would_be_early == row.early
        whole = rows.pop("all")
        assert whole.clocks == sum(row.clocks for row in rows.values())
        assert whole.met == demo_build.value(
            f"select count(*) from canonical.sla_instance "
            f"where policy_id = '{policy}' and state = 'met'"
        )


def test_another_target_is_that_of_the_times_taken(demo_build: Run) -> None:
    """Against the elapsed times, which know nothing of how due moments are found. None of these
    targets ends with a day, after which nothing elapses and all the same everything is late."""
    for minutes, clock in ((60, "calendar"), (500, "business"), (2000, "business")):
        row = months(
            demo_build, "mql_first_response", target_minutes=minutes, clock_type=clock
        )["all"]  # fmt: skip
        assert row.would_be_met == demo_build.value(
            f"select count(*) from canonical.sla_instance where policy_id = 'mql_first_response' "
            f"and stopped_at is not null and state <> 'cancelled' "
            f"and {clock}_elapsed_s <= {60 * minutes}"
        )


def test_other_conditions_calendars_and_minimums_can_be_proposed(demo_build: Run) -> None:
    now = months(demo_build, "mql_first_response", target_minutes=1440)["all"]
    tried = months(demo_build, "mql_first_response", target_minutes=1440, stops_with="attempt")
    assert tried["all"].would_be_met > now.would_be_met  # E90: called, and no status
    calls = months(demo_build, "mql_first_response", stops_with="attempt", attempt_types="call")
    assert 0 < calls["all"].would_be_met < tried["all"].would_be_met
    always = months(demo_build, "mql_first_response", target_minutes=1440, calendar_id="always")
    assert always["all"].would_be_met < now.would_be_met
    assert now.early == demo_build.value(
        "select count(*) from marts.handoff_return where is_premature"
    )
    lax = months(demo_build, "mql_first_response", minimum_attempts=0, minimum_business_days=0)
    assert (lax["all"].early, lax["all"].would_be_early) == (now.early, 0)
    assert now.early > 0


@pytest.mark.parametrize(
    ("terms", "named"),
    [
        (["calendar_id=mars"], "emea_office"),
        (["stops_with=fax"], "attempt_and_status"),
        (["weather=good"], "target_minutes"),
        (["target_minutes=soon"], "number"),
        (["target_minutes=0"], "at least 1"),
        (["early_days=-1"], "below 0"),
    ],
)
def test_what_no_policy_can_say_is_refused(demo_build: Run, terms: list[str], named: str) -> None:
    with pytest.raises(CdmError, match=named):
        what_if(demo_build.warehouse, "mql_first_response", read_terms(terms))


def test_the_answer_is_printed_by_month(demo_build: Run) -> None:
    root = demo_build.warehouse.root
    run = cdm(REPO, root, ["sla", "what-if", "opportunity_creation", "--target-minutes", "60"])
    assert run.rc == 0, run.output
    assert run.output.strip().splitlines()[-1].split()[0] == "all"


def test_the_agreement_says_every_rule_and_why(demo_build: Run, tmp_path: Path) -> None:
    """R133: levels, definitions, promises, routing, desks and roles, in words, with approvers."""
    path = write_agreement(demo_build.warehouse, date(2026, 7, 1), tmp_path / "agreement.html")
    text = path.read_text(encoding="utf-8")
    assert "within 24 business hours" in text and "within 5 business minutes" in text
    assert "80 % of them; missed in 3 of 4 weeks, the sponsor is told" in text
    assert "fit score more than 70; high intent count at least 1" in text
    assert "200 a month" in text and "Whit Monday" in text and "09:00 to 17:00" in text
    for table, column in (
        ("policy_sla", "reason"), ("policy_definition", "reason"), ("policy_handoff", "reason"),
        ("policy_routing_rule", "reason"), ("policy_owner", "contact"),
    ):  # fmt: skip
        for (said,) in demo_build.query(
            f"select distinct {column} from policy.{table} "
            "where valid_from <= date '2026-07-01' and coalesce(valid_to > date '2026-07-01', true)"
        ):
            assert escape(said) in text, said
    assert "48 business hours" not in text  # what was in force before is in the list of versions
    assert "what the team could hold" in text
    assert "<script" not in text and "href=" not in text and "@" not in text.replace("@media", "")


def test_a_definition_that_not_all_approved_is_shown_as_a_draft(
    demo_build: Run, tmp_path: Path
) -> None:
    database = tmp_path / "state" / "cdm.duckdb"
    database.parent.mkdir()
    copy(demo_build.warehouse.state, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update policy.policy_definition set approved_by = 'marketing_operations' "
            "where definition_id = 'mql_fit_and_intent'"
        )
    text = write_agreement(Warehouse(tmp_path), date(2026, 7, 1)).read_text(encoding="utf-8")
    assert "a draft: revenue operations has not approved" in text


def test_an_unknown_service_level_is_named(demo_build: Run) -> None:
    run = cdm(REPO, demo_build.warehouse.root, ["sla", "what-if", "fax", "--target-minutes", "1"])
    assert run.rc == 1 and "mql_first_response" in run.output


@pytest.mark.parametrize(
    "command",
    [["pack"], ["sla", "what-if", "x", "--target-minutes", "1"], ["sla", "agreement"]],
)
def test_without_a_build_the_next_step_is_named(tmp_path: Path, command: list[str]) -> None:
    run = cdm(REPO, Warehouse(tmp_path / "none").root, command)
    assert run.rc == 1 and "cdm build" in run.output

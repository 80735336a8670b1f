"""The quarantine as a queue: decisions let rows in or keep them out at the next build, a corrected
row closes its own case, and every row stays counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPO, Run, cdm

SELECTED = "+quarantine +reconciliation +policy_owner no_raw_row_is_lost each_reason_is_explained"
HEADER = "source_system,source_record_id,email,first_name\n"
# An address to find in nothing but the raw row.
HELD = "crm,p2,,\ncrm,p3,,\ncrm,p4,,\ncrm,,no.id@firm.example,Nora\n"


@pytest.fixture(scope="module")
def queue(build: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Three builds: with rows to hold, after decisions and a correction, and from the start."""
    exports = tmp_path_factory.mktemp("queue")
    persons = exports / "generic" / "person.csv"
    persons.parent.mkdir()
    persons.write_text(HEADER + "crm,p1,ann@firm.example,Ann\n" + HELD)

    def run(**more: object) -> Run:
        return build(
            exports=exports,
            connectors="generic",
            select=SELECTED,
            publish=False,
            DBT_INDIRECT_SELECTION="cautious",
            **more,
        ).check()  # type: ignore[arg-type]

    first = run()
    place = first.warehouse.root

    def command(*arguments: str) -> Run:
        return cdm(REPO, place, ["quarantine", *arguments])

    ids = dict(first.query("select source_record_id, quarantine_id from governance.quarantine"))
    by, why = ["--by", "revenue_operations"], ["--reason", "the fair's list says who it is"]
    seen = {
        "list": command("list"),
        "show": command("show", ids[None]),
        "nobody": command("release", ids["p2"], "--by", "somebody", *why),
        "no reason": command("release", ids["p2"], *by, "--reason", " "),
        "nothing to take": command("release", ids[None], *by, *why),
        "too short": command("release", ids["p2"][:6], *by, *why),
        "unknown": command("release", "row_ffffffffffff", *by, *why),
    }
    ledger = place / "ledger" / "quarantine.jsonl"
    assert not ledger.exists()
    (place / "state").rename(place / "failed")  # as if no build had passed yet
    seen["list of a failed build"] = command("list")
    (place / "failed").rename(place / "state")
    seen["release"] = command("release", ids["p2"][:14], *by, *why)
    seen["reject"] = command("reject", ids["p3"], *by, *why)
    persons.write_text(
        HEADER + "crm,p1,ann@firm.example,Ann\n" + HELD.replace("p4,,", "p4,eve@firm.example,Eve")
    )
    seen["second"] = run(warehouse=place, as_of="2026-07-11T00:00:00")
    seen["states"] = states(seen["second"])  # type: ignore[assignment]
    seen["balance"] = seen["second"].query(  # type: ignore[assignment]
        "select rows_in, accepted, quarantined, difference from governance.reconciliation "
        "where source_object = 'person'"
    )
    seen["third"] = run(warehouse=place, as_of="2026-07-12T00:00:00", full_refresh=True)
    seen["ledger"] = ledger  # type: ignore[assignment]
    seen["ids"] = ids  # type: ignore[assignment]
    return seen


def states(run: Run) -> dict[str, tuple]:
    """Return status, days from first to last seen, and what intake says, by record id."""
    rows = run.query(
        "select placed.source_record_id, cases.status, "
        "date_diff('day', cases.first_seen_at, cases.last_seen_at), placed.disposition, "
        "placed.reason_codes from governance.quarantine_case as cases "
        "left join intake.int_row__placed as placed on cases.quarantine_id = placed.raw_row_id"
    )
    return {name or "none": tuple(rest) for name, *rest in rows}


def test_the_queue_shows_what_waits_and_the_raw_row(queue: dict[str, Run]) -> None:
    assert queue["list"].rc == 0
    assert queue["list"].output.count("person.row.empty") == 3
    assert queue["list of a failed build"].output == queue["list"].output
    assert "no.id@firm.example" not in queue["list"].output
    assert "email = no.id@firm.example" in queue["show"].output


def test_a_decision_needs_a_role_a_reason_and_something_to_take(queue: dict[str, Run]) -> None:
    expected = {
        "nobody": "--by takes one of: ",
        "no reason": "--reason must not be empty",
        "nothing to take": "person.source_record_id.missing",
        "too short": "at least 8 characters",
        "unknown": "0 rows in quarantine",
    }
    for call, said in expected.items():
        assert (queue[call].rc, said in queue[call].output) == (1, True), queue[call].output


def test_a_released_row_flows_in_and_a_rejected_one_stays_out(queue: dict[str, Run]) -> None:
    assert queue["release"].rc == queue["reject"].rc == 0
    found = queue["states"]
    assert found["p2"] == ("released", 0, "accepted", "person.row.empty")
    assert found["p3"] == ("rejected", 10, "quarantined", "person.row.empty")


def test_a_corrected_row_closes_its_case(queue: dict[str, Run]) -> None:
    """The row of p4 is another one now: its old case is closed, the new row was never held."""
    run = queue["third"]
    statuses = run.query("select status, count(*) from governance.quarantine_case group by 1")
    assert dict(statuses) == {"released": 1, "rejected": 1, "corrected": 1, "open": 1}
    assert run.query(
        "select disposition from intake.int_person__checked where source_record_id = 'p4'"
    ) == [("accepted",)]


def test_every_row_is_counted_at_each_step(queue: dict[str, Run]) -> None:
    assert queue["balance"] == [(5, 3, 2, 0)]


def test_building_anew_forgets_neither_cases_nor_decisions(queue: dict[str, Run]) -> None:
    found = states(queue["third"])
    assert found["p2"][0] == "released"
    assert found["p3"] == ("rejected", 11, "quarantined", "person.row.empty")


def test_the_ledger_says_who_decided_what_and_why(queue: dict[str, Run]) -> None:
    path: Path = queue["ledger"]  # type: ignore[assignment]
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(line["decision"], line["decided_by"]) for line in lines] == [
        ("release", "revenue_operations"),
        ("reject", "revenue_operations"),
    ]
    assert {line["reason"] for line in lines} == {"the fair's list says who it is"}

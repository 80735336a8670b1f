"""Where our own definition moves stages, what it found stays found.

Builds that go on from one another: the demo with the policy changed, so that the MQL is ours; then
two leads that are one person, one that turns out to be a customer, an event that comes late and one
that is deleted; at last a full refresh. They are builds of all models between what changes and the
outboxes.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import DEMO_EXPORTS, Run
from test_dispatch import NOW, receiving
from test_erasure import append
from test_scores import DEFINITION_DRIVES

from cdm.database import open_warehouse
from cdm.dispatch import Target, dispatch
from cdm.files import Warehouse, copy

pytestmark = pytest.mark.demo
OUTBOXES = ("task_outbox", "notification_outbox", "crm_writeback_outbox")
READ = ("notification_outbox", "crm_writeback_outbox", "stage_verdict", "handoff_check")
# People of one contact each who met our definition by a form, and whom sales has not answered.
LEADS = """
select found.person_id, contacts.source_record_id, found.qualified_at
from canonical.qualification as found
inner join canonical.lifecycle_current as stands
    on found.person_id = stands.subject_id and stands.stage_rank between 10 and 30
inner join (
    select person_id, min(source_record_id) as source_record_id from canonical.person_xref
    where source_system = 'hubspot' group by person_id having count(*) = 1
) as contacts using (person_id)
inner join canonical.event as forms
    on found.trigger_id = forms.event_id and forms._source_system = 'hubspot'
where found.stage = 'mql' and found.is_selected and found.verdict = 'qualified'
    and contacts.source_record_id like '950%' and cycle_no = 1
order by found.qualified_at desc, found.person_id limit 5
"""
# Who became a customer in the week before such a form, never met our definition, and stays one.
CUSTOMER = """
select min(contacts.source_record_id) from canonical.lifecycle_current as stands
inner join canonical.person_xref as contacts on stands.subject_id = contacts.person_id
anti join canonical.qualification as found
    on stands.subject_id = found.person_id and found.stage = 'mql'
where stands.stage = 'customer' and contacts.source_system = 'hubspot'
    and stands.entered_at between timestamp '{0}' - interval 7 day and timestamp '{0}'
"""


@dataclass(frozen=True)
class Lead:
    """A person, its one contact in the CRM, and when it met our definition by its form."""

    person: str
    contact: str
    qualified_at: datetime


@dataclass
class Builds:
    """A state after each build, the leads that each change is about, and what was sent when."""

    before: Run
    after: Run
    anew: Run
    one: Lead
    other: Lead
    customer: Lead
    late: Lead
    gone: Lead
    sent: list[list[str]]

    def both(self, sql: str) -> tuple[set[Any], set[Any]]:
        """Return the rows of a query on the state before and after the changes."""
        return set(self.before.query(sql)), set(self.after.query(sql))


def keep(run: Run, folder: Path) -> Run:
    """Return the run with a copy of its state, which the next build does not touch."""
    kept = Warehouse(folder)
    kept.state.parent.mkdir(parents=True)
    copy(run.warehouse.state, kept.state)
    return Run(run.rc, run.output, kept)


def change_forms(path: Path, late: Lead, gone: Lead) -> None:
    """One more form of `late`, sent a day before the one that qualified it; those of `gone` go."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        columns, *rows = csv.reader(file)
    contact, number, time = (columns.index(c) for c in ("contact_id", "conversion_id", "timestamp"))
    [early] = [
        list(row) for row in rows
        if row[contact] == late.contact and datetime.fromisoformat(row[time]) == late.qualified_at
    ]  # fmt: skip
    early[number], early[time] = "f" * 32, str(late.qualified_at - timedelta(days=1))
    rows = [row for row in rows if row[contact] != gone.contact] + [early]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


@pytest.fixture(scope="module")
def builds(
    demo_build: Run, build: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory
) -> Builds:
    folder = tmp_path_factory.mktemp("found")
    place, exports = folder / "warehouse", folder / "exports"
    shutil.copytree(demo_build.warehouse.root, place, ignore=shutil.ignore_patterns("lock"))
    shutil.copytree(DEMO_EXPORTS, exports)
    one, other, customer, late, gone = (Lead(*row) for row in demo_build.query(LEADS))
    with open_warehouse(Warehouse(place).state) as connection:
        for statement in DEFINITION_DRIVES:
            connection.execute(statement)
    with open_warehouse(Warehouse(place).state) as connection:
        # Known only after the form: what makes them an MQL is no event but that they are known.
        for lead in (one, other):
            connection.execute(
                "update resolve.int_person__states set known_since = ? where person_id = ?",
                [lead.qualified_at + timedelta(hours=1), lead.person],
            )
    sent = []

    def go_on(changed: list[str], **options: Any) -> Run:
        """Build what lies between the changed models and those that are looked at, and send."""
        select = " ".join(f"{model}+,+{read}" for model in changed for read in READ)
        run = build(exports=exports, warehouse=place, select=select, publish=False, tests=False,
                    DBT_INDIRECT_SELECTION="cautious", **options).check()  # fmt: skip
        target = Target("desk", "webhook", desk.url, ("task", "notification", "crm_writeback"))
        report = dispatch(run.warehouse, [target], True, now=NOW, sleep=lambda _: None)
        sent.append(report.sent)
        return keep(run, folder / f"state{len(sent)}")

    with receiving() as desk:
        before = go_on(["lead_profile"])
        hubspot = exports / "hubspot"
        served = demo_build.value(CUSTOMER.format(customer.qualified_at))
        for kept, lost in ((one.contact, other.contact), (served, customer.contact)):
            append(hubspot / "contact_merge_audit.csv", canonical_vid=kept, contact_id=kept,
                   vid_to_merge=lost, timestamp="2026-06-30 09:00:00.000000",
                   _fivetran_synced="2026-06-30 10:00:00.000000")  # fmt: skip
        change_forms(hubspot / "contact_form_submission.csv", late, gone)
        changed = ["stg_hubspot__contact_merge_audit", "stg_hubspot__contact_form_submission"]
        after = go_on(changed)
        anew = go_on(["int_definition__found", "score_reason"], full_refresh=True)
    return Builds(before, after, anew, one, other, customer, late, gone, sent)


HANDOFFS = "select handoff_id, _qualified_record, handed_at from canonical.lead_handoff"


def handoff(run: Run, lead: Lead, delay: timedelta = timedelta()) -> tuple[Any, ...]:
    """The one handoff that our definition began at the lead's form, or a while after it."""
    [row] = run.query(
        "select handoff_id, status, superseded_by, reason from canonical.lead_handoff "
        "where _qualified_record like 'definition:%' "
        f"and handed_at = '{lead.qualified_at + delay}'"
    )
    return row


def test_without_an_event_a_definition_is_met_without_a_trigger(builds: Builds) -> None:
    """What the two leads of the merge were found by is an attribute; of others it is the form."""
    triggers = builds.before.query(
        "select trigger_id is null, count(*) from canonical.lifecycle_history "
        "where driver = 'definition' group by all order by all"
    )
    assert triggers[0][0] is False and triggers[0][1] > 20 and triggers[1] >= (True, 2)
    for lead in (builds.one, builds.other):
        assert handoff(builds.before, lead, timedelta(hours=1))[1:] == ("pending", None, None)


def test_a_merge_hands_nobody_over_again(builds: Builds) -> None:
    """E64, E94. Every handoff keeps its key, its record and its moment, and there is no other; of
    two in one cycle the earlier counts, and a customer is no lead again."""
    before, after = builds.both(HANDOFFS)
    assert before == after
    hour = timedelta(hours=1)
    kept, lost = sorted((builds.one, builds.other), key=lambda lead: lead.qualified_at)
    assert handoff(builds.after, kept, hour)[1:] == ("pending", None, None)
    assert handoff(builds.after, lost, hour)[1:3] == (
        "cancelled", handoff(builds.after, kept, hour)[0],
    )  # fmt: skip
    assert handoff(builds.before, builds.customer)[1] == "pending"
    assert handoff(builds.after, builds.customer)[1:] == (
        "cancelled", None, "the person stood elsewhere",
    )  # fmt: skip
    mqls = builds.after.query(
        "select subject_id, cycle_no from canonical.lifecycle_history "
        "where to_stage = 'mql' and driver = 'definition' and not is_corrected "
        "group by all having count(*) > 1"
    )
    assert mqls == []


def test_an_event_that_comes_late_is_found_and_moves_nobody(builds: Builds) -> None:
    """Today the definition is met a day earlier; the MQL and the handoff stay where they were."""
    lead = builds.late
    found = builds.after.query(
        "select qualified_at from canonical.qualification where stage = 'mql' and is_selected "
        f"and is_entry and person_id = '{lead.person}'"
    )
    assert (lead.qualified_at - timedelta(days=1),) in found
    assert builds.after.query(
        "select asserted_at, not_counted_because from canonical.stage_assertion "
        f"where subject_id = '{lead.person}' and _source_system = 'definition' and stage = 'mql' "
        "order by 1"
    )[:2] == [(lead.qualified_at - timedelta(days=1), "found_late"), (lead.qualified_at, None)]
    stays = f"select * from canonical.lifecycle_history where subject_id = '{lead.person}'"
    before, after = builds.both(stays)
    assert before == after and before
    assert handoff(builds.after, lead) == handoff(builds.before, lead)


def test_a_trigger_that_is_deleted_takes_nothing_back(builds: Builds) -> None:
    """Nothing in the exports makes the person an MQL any more; it was one, and stays so."""
    lead = builds.gone
    gone = f"select 1 from canonical.qualification where person_id = '{lead.person}' "
    gone += "and stage = 'mql' and is_selected"
    before, after = builds.both(gone)
    assert before and not after
    columns = "seq, to_stage, entered_at, driver, definition_id, definition_version, trigger_id"
    before, after = builds.both(
        f"select {columns} from canonical.lifecycle_history where subject_id = '{lead.person}'"
    )
    assert before == after and any(row[3] == "definition" and row[6] for row in after)
    key = handoff(builds.after, lead)[0]
    assert handoff(builds.after, lead) == handoff(builds.before, lead)
    for sql in (
        f"select has_score, score_reason from marts.handoff_check where handoff_id = '{key}'",
        "select seq, is_met, is_vetoed, needs_review from canonical.stage_verdict "
        f"where person_id = '{lead.person}' and driver = 'definition'",
    ):
        before, after = builds.both(sql)
        assert before == after and before


def test_no_past_verdict_changes(builds: Builds) -> None:
    merged = builds.after.query(
        "select handoff_id from canonical.lead_handoff where status = 'cancelled'"
    )
    besides = " and subject_id not in ('{}')".format("', '".join(key for (key,) in merged))
    before, after = builds.both(
        "select policy_id, subject_id, policy_version, due_at, stopped_at, state, elapsed_s "
        f"from canonical.sla_instance where subject_type = 'handoff' {besides}"
    )
    assert before == after and len(before) > 50
    before, after = builds.both("select subject_id from canonical.sla_instance")
    assert before <= after  # a form that came late is a request, with a clock of its own
    before, after = builds.both("select handoff_id, has_score from marts.handoff_check")
    assert after <= before and len(before - after) == 1


def test_nothing_is_sent_a_second_time(builds: Builds) -> None:
    for outbox in OUTBOXES:
        before, after = builds.both(f"select idempotency_key from marts.{outbox}")
        assert {key for key in after - before if "alert" not in key[0]} == set(), outbox
    unknown = "select count(*) from marts.task_outbox where crm_record like 'definition:%'"
    assert builds.after.value(unknown) == 0
    first, *later = builds.sent
    assert len(first) > 20
    assert [key for sent in later for key in sent if "alert" not in key] == []


def test_a_full_refresh_changes_nothing(builds: Builds) -> None:
    """What is remembered is not dropped, and what is told by it is the same."""
    for table in (
        "resolve.int_definition__found", "canonical.qualification", "canonical.stage_assertion",
        "canonical.lifecycle_history", "canonical.lead_handoff", "canonical.stage_verdict",
        "canonical.sla_instance", "marts.handoff_check", *(f"marts.{name}" for name in OUTBOXES),
    ):  # fmt: skip
        rows = f"select * from {table} order by all"
        assert builds.anew.query(rows) == builds.after.query(rows), table

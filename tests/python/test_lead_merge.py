"""Two leads with an open handoff each turn out to be one person, tools send their scores, and a
lead changes its title and its firm's size.

A whole build of the demo, then the CRM merges two contacts, two tools export what they think of a
lead and its firm, and the CRM shows another title, size, country and account owner. The second
build goes on from the state of the first; it is one of all models between these exports and the
outboxes.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import DEMO_EXPORTS, Run
from test_dispatch import NOW, Receiver, receiving
from test_erasure import append

from cdm.dispatch import Target, dispatch
from cdm.files import Warehouse

pytestmark = pytest.mark.demo
OUTBOXES = ("task_outbox", "notification_outbox", "crm_writeback_outbox")
# What lies between the changed exports and what is looked at here.
SELECT = " ".join(
    f"{changed}+,+{read}"
    for changed in ("stg_hubspot__contact_merge_audit", "stg_generic__person", "stg_generic__event",
                    "stg_hubspot__contact", "stg_hubspot__company")
    for read in ("notification_outbox", "crm_writeback_outbox", "stage_verdict", "lead_score",
                 "touchpoint")
)
TWO_LEADS = """
select handoffs.handoff_id, handoffs.person_id, split_part(_qualified_record, ':', 2) as record_id
from canonical.lead_handoff as handoffs
inner join (
    select person_id from canonical.person_xref group by person_id
    having count(*) filter (where source_system = 'hubspot') = 1
) as single using (person_id)
where status = 'pending' and cycle_no = 1 and superseded_by is null
    and _qualified_record like 'hubspot:950%'
order by handed_at desc limit 2
"""

CONVERTED = """
select min(person_id), count(*), count(distinct person_id) from resolve.int_person__members
where source_system = 'salesforce'
"""
AS_OF = "2026-07-01"
# A qualified lead that is good by its title and by the size of its firm, and that firm's record.
CHANGED_LEAD = """
select verdicts.person_id, split_part(_qualified_record, ':', 2), companies.source_record_id
from canonical.stage_verdict as verdicts
inner join canonical.lead_handoff as handoffs using (person_id, cycle_no)
inner join canonical.person as people using (person_id)
inner join (
    select person_id from canonical.person_xref group by person_id
    having count(*) filter (where source_system = 'hubspot') = 1
) as single using (person_id)
inner join (
    select account_id, min(source_record_id) as source_record_id from resolve.int_account__members
    where source_system = 'hubspot' group by account_id having count(*) = 1
) as companies on people.primary_account_id = companies.account_id
where verdicts.stage = 'mql' and is_met and _qualified_record like 'hubspot:950%'
    and exists (from canonical.score_reason as reasons
        where reasons.person_id = people.person_id and criterion_id = 'size_mid')
    and exists (from canonical.score_reason as reasons
        where reasons.person_id = people.person_id and criterion_id = 'geography_home')
order by handed_at, person_id limit 1
"""


@dataclass
class Merged:
    """The builds before and after, the two leads (earlier first), who got scores, who changed."""

    before: Run
    after: Run
    kept: tuple[str, str, str]
    lost: tuple[str, str, str]
    scored: str
    changed: str
    sent_before: list[str]
    sent_after: list[str]


def rewrite(path: Path, record_id: str, **values: str) -> None:
    """Change fields of the one row of a CSV file that has this id."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        columns, *rows = csv.reader(file)
    [row] = [row for row in rows if row[0] == record_id]
    for name, value in values.items():
        row[columns.index(name)] = value
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def write_converted_lead(exports: Path) -> list[dict[str, Any]]:
    """A lead that names the contact it was converted to, with nothing else in common; a campaign
    has it as a member, first as the lead and then, under the same id, as the contact."""
    persons = exports / "generic" / "person.csv"
    ida = {"source_system": "salesforce", "first_name": "Ida"}
    append(persons, **ida, source_record_id="00Q1", email="ida@first.example",
           created_at="2026-05-01T09:00:00Z", merged_into="0031")  # fmt: skip
    append(persons, **ida, source_record_id="0031", email="ida@second.example",
           created_at="2026-06-01T09:00:00Z")  # fmt: skip
    member = {"source_system": "salesforce", "source_record_id": "00v1",
              "event_name": "Campaign Member Responded", "event_at": "2026-05-02T09:00:00Z",
              "campaign": "Spring Fair", "medium": "Trade Fair"}  # fmt: skip
    return [
        {**member, "received_at": received, "person_record_id": record}
        for record, received in (("00Q1", "2026-05-02T09:00:00Z"), ("0031", "2026-06-01T10:00:00Z"))
    ]


def write_scores(exports: Path, record_id: str) -> None:
    """A tool that scores and one that looks at firms know the lead by its address."""
    with (exports / "hubspot" / "contact.csv").open(encoding="utf-8-sig", newline="") as file:
        contacts = list(csv.DictReader(file))
    [contact] = [c for c in contacts if c["id"] == record_id]
    email = contact["property_email"]
    append(exports / "generic" / "person.csv", source_system="oracle", source_record_id="o-1",
           email=email, created_at="2026-06-20T09:00:00Z")  # fmt: skip
    events = json.loads((exports / "generic" / "event.json").read_text(encoding="utf-8"))
    for number, (name, moment, properties) in enumerate(
        (
            ("external_score", "2026-06-21T09:00:00Z", {"score": 40}),
            ("Lead Score Updated", "2026-06-22T09:00:00Z", {"score": "90"}),
            ("external_score", "2026-06-23T09:00:00Z", {"score": 400}),  # no score from 0 to 100
            ("external_score", "2026-06-24T09:00:00Z", {"score": "high"}),
            ("technology_detected", "2026-06-22T10:00:00Z", {"technology": "Blue Yonder WMS"}),
            ("technology_detected", "2026-06-22T11:00:00Z", {"technology": "a fax machine"}),
        )
    ):
        events.append(
            {"source_system": "oracle", "source_record_id": f"s-{number}", "event_name": name,
             "event_at": moment, "received_at": moment, "person_record_id": "o-1",
             "properties": json.dumps(properties)}
        )  # fmt: skip
    events += write_converted_lead(exports)
    (exports / "generic" / "event.json").write_text(json.dumps(events), encoding="utf-8")


@pytest.fixture(scope="module")
def desk() -> Iterator[Receiver]:
    with receiving() as server:
        yield server


@pytest.fixture(scope="module")
def merged(
    demo_build: Run, build: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory,
    desk: Receiver,
) -> Merged:  # fmt: skip
    folder = tmp_path_factory.mktemp("merge")
    place, exports = folder / "warehouse", folder / "exports"
    shutil.copytree(demo_build.warehouse.root, place, ignore=shutil.ignore_patterns("lock"))
    shutil.copytree(DEMO_EXPORTS, exports)
    (lost, kept) = demo_build.query(TWO_LEADS)
    [(scored, scored_record)] = demo_build.query(
        "select person_id, split_part(_qualified_record, ':', 2) from canonical.lead_handoff "
        "where _qualified_record like 'hubspot:950%' and status = 'accepted' "
        "order by handed_at desc limit 1"
    )
    append(exports / "hubspot" / "contact_merge_audit.csv", canonical_vid=kept[2],
           contact_id=kept[2], vid_to_merge=lost[2], timestamp="2026-06-30 09:00:00.000000",
           _fivetran_synced="2026-06-30 10:00:00.000000")  # fmt: skip
    write_scores(exports, scored_record)
    [(changed, contact, company)] = demo_build.query(CHANGED_LEAD)
    assert changed not in (kept[1], lost[1], scored)
    rewrite(exports / "hubspot" / "contact.csv", contact, property_jobtitle="Student",
            property_lastmodifieddate="2026-06-29 09:00:00.000000")  # fmt: skip
    rewrite(exports / "hubspot" / "company.csv", company, property_numberofemployees="4",
            property_country="Brazil", property_hubspot_owner_id="71000016",
            property_hs_lastmodifieddate="2026-06-29 09:00:00.000000")  # fmt: skip

    def send() -> list[str]:
        outboxes = ("task", "notification", "crm_writeback")
        target = Target("desk", "webhook", desk.url, outboxes)
        return dispatch(Warehouse(place), [target], True, now=NOW, sleep=lambda _: None).sent

    sent_before = send()
    after = build(
        exports=exports, warehouse=place, select=SELECT, publish=False,
        DBT_INDIRECT_SELECTION="cautious",
    ).check()  # fmt: skip
    return Merged(demo_build, after, kept, lost, scored, changed, sent_before, send())


def both(merged: Merged, sql: str) -> tuple[set[Any], set[Any]]:
    """The rows of a query on the state before and after."""
    return set(merged.before.query(sql)), set(merged.after.query(sql))


def test_they_are_one_person_with_one_handoff(merged: Merged) -> None:
    """E94. No key is new, the later handoff is cancelled and points to the earlier."""
    of_both = "select person_id from canonical.lead_handoff where handoff_id in "
    of_both += f"('{merged.kept[0]}', '{merged.lost[0]}')"
    assert len(set(merged.before.query(of_both))) == 2
    assert len(set(merged.after.query(of_both))) == 1
    columns = "handoff_id, handed_at, status, superseded_by"
    before, after = both(merged, f"select {columns} from canonical.lead_handoff")
    assert {row[0] for row in before} == {row[0] for row in after}
    [(lost, _, status, pointer)] = after - before
    assert (lost, status, pointer) == (merged.lost[0], "cancelled", merged.kept[0])


def test_there_is_no_second_mql(merged: Merged) -> None:
    """One lead fewer was handed over, and nobody anew; the person has its first MQL once."""
    before, after = both(
        merged,
        "select subject_id from marts.scorecard_fact where measure = 'conforming_mqls'",
    )
    assert before - after == {(merged.lost[0],)} and after <= before
    twice = merged.after.query(
        "select person_id, cycle_no from canonical.lead_handoff where superseded_by is null "
        "group by all having count(*) > 1"
    )
    assert twice == []
    [(first, mqls)] = merged.after.query(
        "select min(first_mql_at), count(*) from canonical.lifecycle_current "
        f"where subject_id = (select person_id from canonical.lead_handoff "
        f"where handoff_id = '{merged.kept[0]}')"
    )
    [(handed,)] = merged.before.query(
        f"select handed_at from canonical.lead_handoff where handoff_id = '{merged.kept[0]}'"
    )
    assert (first, mqls) == (handed, 1)
    assert merged.after.query(
        "select person_id, criterion_id, trigger_id from canonical.score_reason "
        "where trigger_type <> 'attribute' group by all having count(*) > 1"
    ) == []


def test_no_past_verdict_changes(merged: Merged) -> None:
    """Of all other leads, clocks, verdicts of our definitions and routing stay as they were."""
    of_both = f"('{merged.kept[0]}', '{merged.lost[0]}')"
    columns = "policy_id, subject_id, policy_version, due_at, stopped_at, state, elapsed_s"
    before, after = both(
        merged, f"select {columns} from canonical.sla_instance where subject_id not in {of_both}"
    )
    assert before == after and len(before) > 400
    converted = merged.after.query(CONVERTED)[0][0]
    of_people = f"('{merged.kept[1]}', '{merged.lost[1]}', '{merged.scored}', '{converted}')"
    for table, others in (
        ("canonical.stage_verdict", f"person_id not in {of_people}"),
        ("canonical.qualification", f"person_id not in {of_people} and qualified_at < '{AS_OF}'"),
        ("canonical.score_history", f"person_id not in {of_people} and judged_at < '{AS_OF}'"),
        ("canonical.routing_decision", f"handoff_id not in {of_both}"),
        ("canonical.handoff_assignment", f"handoff_id not in {of_both}"),
        ("marts.handoff_payload", f"person_id not in {of_people}"),
        ("marts.handoff_check", f"person_id not in {of_people}"),
    ):
        before, after = both(merged, f"select * from {table} where {others}")
        assert before == after, table
    # What the lost one's clocks were about goes on under the kept one: cancelled, never breached.
    states = merged.after.query(
        f"select distinct state from canonical.sla_instance where subject_id = '{merged.lost[0]}'"
    )
    assert states == [("cancelled",)]


def test_a_changed_title_and_size_count_from_now_on(merged: Merged) -> None:
    """The score of today knows them, all of the past does not; other people stay as they were."""
    sql = f"select is_vetoed, fit_score from marts.lead_score where person_id = '{merged.changed}'"
    [before], [after] = merged.before.query(sql), merged.after.query(sql)
    assert not before[0] and after[0] and after[1] < before[1] - 20
    ended = merged.after.query(
        "select distinct criterion_id from canonical.score_reason "
        f"where person_id = '{merged.changed}' and counts_until = '{AS_OF}'"
    )
    assert {("size_mid",), ("geography_home",)} <= set(ended)
    columns = "person_id, valid_from, job_title, employee_band, country, account_owner_id"
    earlier, later = both(merged, f"select {columns} from canonical.lead_profile")
    converted = merged.after.query(CONVERTED)[0][0]
    new = {row for row in later - earlier if row[1] != datetime(1970, 1, 1) and row[0] != converted}
    assert {row[1] for row in new} == {datetime.fromisoformat(AS_OF)}
    [profile] = [row for row in new if row[0] == merged.changed]
    assert profile[2:5] == ("Student", "1-10", "BR")
    assert {row[0] for row in earlier - later} <= {merged.kept[1], merged.lost[1]}


def test_nothing_is_sent_a_second_time(merged: Merged) -> None:
    for outbox in OUTBOXES:
        before, after = both(merged, f"select idempotency_key from marts.{outbox}")
        assert after <= before, outbox
        assert any(merged.lost[0] in key for (key,) in before - after) or outbox.startswith("crm")
    assert len(merged.sent_before) > 50
    assert merged.sent_after == []


def test_a_score_of_another_tool_counts_as_it_last_stood(merged: Merged) -> None:
    """A tenth of 90, by whichever name it comes; what is no score from 0 to 100 is none."""
    reasons = merged.after.query(
        "select criterion_id, cast(points as double) from canonical.score_reason "
        f"where person_id = '{merged.scored}' "
        "and criterion_id in ('external_score', 'technology_wms') order by counts_from"
    )
    assert reasons == [("external_score", 4.0), ("external_score", 5.0), ("technology_wms", 10.0)]
    sql = (
        "select fit_score, engagement_score from marts.lead_score "
        f"where person_id = '{merged.scored}'"
    )
    [before], [after] = merged.before.query(sql), merged.after.query(sql)
    assert after[1] - before[1] == 9
    assert 0 <= after[0] - before[0] <= 10  # the firm's points are capped


def test_a_converted_lead_is_its_contact_and_a_campaign_member_once(merged: Merged) -> None:
    """E13."""
    [(person, records, persons)] = merged.after.query(CONVERTED)
    assert (records, persons) == (2, 1)
    assert merged.after.query(
        "select person_id, count(*) from canonical.event where _source_system = 'salesforce' "
        "group by person_id"
    ) == [(person, 1)]
    assert merged.after.query(
        "select name, channel_group, is_marketing from canonical.touchpoint "
        f"where person_id = '{person}' and _source_system = 'salesforce'"
    ) == [("campaign_response", "Offline", True)]

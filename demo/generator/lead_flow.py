"""Nine months of leads as sales would tell them: asked for, qualified, called back in time or not.

Every lead here has a course: what it did, when marketing handed it over, what sales made of it. The
rows come after all others and from random streams of their own, so that nothing else changes with
them. Contact ``950CCNNN`` is the n-th lead of the c-th course. Cases of docs/edge_cases.md that
need scores are here too, as contact ``9590EENN``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.generator import records, tokens
from demo.generator.edge_cases import Desk, at
from demo.generator.story import DISPOSITIONS
from demo.generator.tables import Exports
from demo.generator.vocabulary import FORMS, LISTS
from demo.generator.world import END, Firm, Person, World, fold, stream

CONNECTED, NO_ANSWER = DISPOSITIONS[0][0], DISPOSITIONS[1][0]
GUIDE, WEBINAR, DEMO, CONTACT = FORMS[1], FORMS[2], FORMS[3], FORMS[4]
TITLES = ("Head of Logistics", "Operations Director", "Facility Manager", "Energy Manager",
          "VP Operations", "Warehouse Manager", "Managing Director", "Procurement Manager")
SUMMER = datetime(2026, 3, 29, 1)
WINTER = datetime(2025, 10, 26, 1)


def office(day: datetime, hour: int, minute: int = 0) -> datetime:
    """A time of day in Berlin, as UTC."""
    berlin = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return berlin - timedelta(hours=1 if WINTER <= berlin < SUMMER else 2)


def workday(day: datetime, days: int = 1) -> datetime:
    """The day that many working days later (Monday to Friday)."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


@dataclass
class Lead:
    """One lead on its course, with short hands for what happens to it. Times are UTC."""

    exports: Exports
    person: Person
    rng: random.Random
    number: int
    steps: int = 0
    stages: list[tuple[str, datetime]] = field(default_factory=list)
    status: str = "NEW"

    def stage(self, stage: str, when: datetime, by: str = "CRM_UI", reason: str = "") -> None:
        """A change of the lifecycle stage, with the reason for ruling out."""
        self.stages.append((stage, when))
        records.history(self.exports, self.person.contact_id, "lifecyclestage", when, stage, by)
        if reason:
            records.history(self.exports, self.person.contact_id, "disqualification_reason", when,
                            reason, by)

    def set_status(self, status: str, when: datetime) -> None:
        """A change of the lead status by sales."""
        self.status = status
        records.history(self.exports, self.person.contact_id, "hs_lead_status", when, status,
                        "CRM_UI", f"userId:{self.person.owner}")

    def owner(self, owner: str, when: datetime) -> None:
        """A new owner."""
        records.history(self.exports, self.person.contact_id, "hubspot_owner_id", when, owner,
                        "CRM_UI")

    def form(self, form: tuple[str, str, str, str], when: datetime) -> None:
        """A form that the lead sent."""
        records.form_submission(self.exports, self.person.contact_id, form, when)

    def _engagement_id(self) -> str:
        self.steps += 1
        return str(29_500_000_000 + self.number * 100 + self.steps)

    def call(self, when: datetime, connected: bool = False) -> None:
        """A call by the owner."""
        records.engagement(
            self.exports, "call", self._engagement_id(), when, self.person.owner,
            [self.person.contact_id], self.person.firm.company_id,
            property_hs_call_direction="OUTBOUND", property_hs_call_status="COMPLETED",
            property_hs_call_disposition=CONNECTED if connected else NO_ANSWER,
            property_hs_call_duration="240000" if connected else "9000",
            property_hs_call_title=f"Call with {self.person.first}",
        )

    def mail(self, when: datetime, sequence: bool = False) -> None:
        """A mail of the owner, or of an automatic sequence."""
        records.engagement(
            self.exports, "email", self._engagement_id(), when, self.person.owner,
            [self.person.contact_id], self.person.firm.company_id,
            property_hs_email_direction="EMAIL", property_hs_email_status="SENT",
            property_hs_email_subject="Your enquiry",
            property_hs_sequence_id="48210017" if sequence else "",
        )

    def meeting(self, when: datetime) -> None:
        """A meeting that took place."""
        records.engagement(
            self.exports, "meeting", self._engagement_id(), when, self.person.owner,
            [self.person.contact_id], self.person.firm.company_id,
            property_hs_meeting_title="First conversation",
            property_hs_meeting_start_time=records.stamp(when),
            property_hs_meeting_end_time=records.stamp(when + timedelta(minutes=45)),
            property_hs_meeting_outcome="COMPLETED",
        )

    def deal(self, created: datetime, close: datetime, stage: str) -> None:
        """A deal that came of it."""
        deal_id = str(9_950_000_000 + self.number)
        changed = close if stage.startswith("closed") else created + timedelta(days=3)
        records.deal(self.exports, deal_id, stage, created, changed, close,
                     str(self.rng.randrange(12, 120) * 500), self.person.firm)
        records.deal_links(self.exports, deal_id, created, self.person.firm.company_id,
                           [self.person.contact_id])


Course = Callable[[Lead, datetime], None]


def asks(lead: Lead, when: datetime, form: tuple[str, str, str, str] = DEMO) -> datetime:
    """A guide first, then a form that means business; the CRM makes an MQL of it a minute later."""
    lead.form(GUIDE, when - timedelta(days=9, hours=3))
    lead.stage("lead", when - timedelta(days=9, hours=3), "FORM")
    lead.form(form, when)
    qualified = when + timedelta(minutes=1)
    lead.stage("marketingqualifiedlead", qualified, "AUTOMATION_PLATFORM")
    return qualified


def progresses(lead: Lead, since: datetime, won: bool | None) -> None:
    """SQL, a meeting, a deal; won, lost or still open."""
    sql = office(workday(since, 2), 14, 10)
    lead.stage("salesqualifiedlead", sql)
    lead.meeting(office(workday(since, 4), 10))
    created = office(workday(since, 5), 11, 30)
    lead.stage("opportunity", created)
    lead.set_status("OPEN_DEAL", created + timedelta(minutes=2))
    close = office(workday(created, 24), 15)
    if close > END or won is None:
        lead.deal(created, created + timedelta(days=70), "presentationscheduled")
    elif won:
        lead.deal(created, close, "closedwon")
        lead.stage("customer", close + timedelta(minutes=5))
    else:
        lead.deal(created, close, "closedlost")
        lead.stage("salesqualifiedlead", close + timedelta(minutes=5))


def answered_at_once(lead: Lead, day: datetime) -> None:
    """A demo in office hours, called back within five minutes, and won."""
    mql = asks(lead, office(day, 10, 20))
    lead.call(mql + timedelta(minutes=3), connected=True)
    lead.set_status("CONNECTED", mql + timedelta(minutes=9))
    progresses(lead, mql, won=True)


def answered_in_time(lead: Lead, day: datetime) -> None:
    """Called on the next working day, reached on the one after."""
    mql = asks(lead, office(day, 15, 40), CONTACT)
    lead.call(office(workday(day), 9, 30))
    lead.set_status("ATTEMPTED_TO_CONTACT", office(workday(day), 9, 34))
    lead.call(office(workday(day, 2), 11), connected=True)
    lead.set_status("CONNECTED", office(workday(day, 2), 11, 15))
    if lead.number % 3:
        progresses(lead, mql, won=lead.number % 3 == 1)


def answered_late(lead: Lead, day: datetime) -> None:
    """First called six working days after the MQL."""
    asks(lead, office(day, 11, 5), CONTACT)
    lead.call(office(workday(day, 6), 10, 15))
    lead.set_status("ATTEMPTED_TO_CONTACT", office(workday(day, 6), 10, 20))
    lead.mail(office(workday(day, 7), 9, 5))


def never_answered(lead: Lead, day: datetime) -> None:
    """A demo asked for on Friday afternoon or at night, and nobody called."""
    asks(lead, office(day, 16, 30) if lead.number % 2 else office(day, 3))


def sequence_only(lead: Lead, day: datetime) -> None:
    """Only the automatic sequence ever wrote."""
    mql = asks(lead, office(day, 13), CONTACT)
    for step in range(3):
        lead.mail(mql + timedelta(hours=1, days=3 * step), sequence=True)


def called_without_a_status(lead: Lead, day: datetime) -> None:
    """Called in time, and the status stayed as it was."""
    asks(lead, office(day, 9, 45), CONTACT)
    lead.call(office(day, 14))


def a_status_without_a_call(lead: Lead, day: datetime) -> None:
    """The status says attempted, and nobody called."""
    asks(lead, office(day, 9, 45), CONTACT)
    lead.set_status("ATTEMPTED_TO_CONTACT", office(day, 12))


def ruled_out(lead: Lead, day: datetime) -> None:
    """Six attempts over twelve working days, then ruled out with a reason."""
    asks(lead, office(day, 10), CONTACT)
    for attempt in range(6):
        lead.call(office(workday(day, 1 + 2 * attempt), 9 + attempt % 5, 25))
    lead.set_status("UNQUALIFIED", office(workday(day, 13), 16))
    reason = ("Unresponsive", "No budget", "Not a good fit")[lead.number % 3]
    lead.stage("disqualified", office(workday(day, 13), 16, 1), reason=reason)


def ruled_out_early(lead: Lead, day: datetime) -> None:
    """Ruled out after two attempts."""
    asks(lead, office(day, 10), CONTACT)
    lead.call(office(workday(day), 9, 25))
    lead.call(office(workday(day, 2), 13, 25))
    lead.set_status("UNQUALIFIED", office(workday(day, 2), 16))
    lead.stage("disqualified", office(workday(day, 2), 16, 1), reason="Unresponsive")


def recycled(lead: Lead, day: datetime) -> None:
    """Bad timing: back to marketing, and asks again three months later."""
    asks(lead, office(day, 11), CONTACT)
    lead.call(office(workday(day), 10, 5), connected=True)
    lead.set_status("BAD_TIMING", office(workday(day), 10, 30))
    lead.stage("nurture", office(workday(day), 10, 31))
    again = day + timedelta(days=91)
    if again + timedelta(days=20) > END:
        return
    lead.form(WEBINAR, office(again, 10) - timedelta(days=5))
    lead.form(DEMO, office(again, 10))
    lead.stage("marketingqualifiedlead", office(again, 10, 1), "AUTOMATION_PLATFORM")
    lead.call(office(again, 10, 4), connected=True)
    lead.set_status("CONNECTED", office(again, 10, 20))
    progresses(lead, again, won=None)


def handed_around(lead: Lead, day: datetime) -> None:
    """Two owners pass it on before the third one calls."""
    asks(lead, office(day, 9, 10), CONTACT)
    lead.owner("71000011", office(day, 9, 15))
    lead.owner("71000014", office(workday(day), 11))
    lead.owner(lead.person.owner, office(workday(day, 2), 10))
    lead.call(office(workday(day, 2), 15), connected=True)
    lead.set_status("CONNECTED", office(workday(day, 2), 15, 5))


def slipped(lead: Lead, day: datetime) -> None:
    """Set to SQL by a slip of the hand, and back within three minutes."""
    mql = asks(lead, office(day, 10, 30), CONTACT)
    lead.stage("salesqualifiedlead", mql + timedelta(hours=1))
    lead.stage("marketingqualifiedlead", mql + timedelta(hours=1, minutes=3))
    lead.call(office(workday(day), 9, 30))
    lead.set_status("ATTEMPTED_TO_CONTACT", office(workday(day), 9, 33))


# How many leads take each course.
COURSES: tuple[tuple[Course, int], ...] = (
    (answered_at_once, 9), (answered_in_time, 14), (answered_late, 7), (never_answered, 6),
    (sequence_only, 3), (called_without_a_status, 3), (a_status_without_a_call, 2), (ruled_out, 4),
    (ruled_out_early, 3), (recycled, 4), (handed_around, 1), (slipped, 1),
)


def add(exports: Exports, world: World) -> None:
    """Write all leads, and the cases that need scores."""
    desk = Desk(exports, world)
    rng = stream("lead_flow")
    firms = [firm for firm in world.firms if firm.key <= "F134" and firm.company_id
             and firm.employees > 60]
    taken = {person.email for person in world.people}
    number = 0
    for course_no, (course, count) in enumerate(COURSES, start=1):
        for place in range(count):
            number += 1
            day = workday(datetime(2025, 11, 10) + timedelta(days=(number * 37) % 205))
            if course is never_answered:
                day += timedelta(days=(4 if number % 2 else 5) - day.weekday())
            person = _person(desk, rng, rng.choice(firms), taken, day,
                             str(95_000_000 + course_no * 1000 + place + 1))
            lead = Lead(exports, person, rng, number)
            course(lead, day)
            _finish(desk, lead)
    _firms_move(desk)
    _cases(desk)


def _person(desk: Desk, rng: random.Random, firm: Firm, taken: set[str], day: datetime,
            contact_id: str) -> Person:
    while True:
        first, last = rng.choice(firm.country.first), rng.choice(firm.country.last)
        email = f"{fold(first)}.{fold(last)}@{firm.domain}"
        if email not in taken:
            break
    taken.add(email)
    return desk.someone(first, last, firm, email, rng.choice(TITLES),
                        started=str(day - timedelta(days=10)), contact_id=contact_id)


def _finish(desk: Desk, lead: Lead) -> None:
    """The records of the lead as they stand at the end: contact and newsletter."""
    lead.stages.sort(key=lambda step: step[1])
    lead.person.reached = lead.stages
    last = min(lead.stages[-1][1] + timedelta(days=1), END)
    records.contact(
        desk.exports, lead.person, lead.person.started, last,
        property_hubspot_owner_id=lead.person.owner, property_hs_lead_status=lead.status,
        property_lifecyclestage=lead.stages[-1][0],
        property_hs_analytics_source="PAID_SEARCH",
        property_hs_analytics_source_data_1="brand_search_eu",
    )
    records.member(desk.exports, lead.person, LISTS[0][0],
                   lead.person.started + timedelta(hours=5))


def _firms_move(desk: Desk) -> None:
    """The support tool says where three of its firms stand: a firm has a lifecycle too."""
    known = sorted(record.source_record_id for record in desk.exports.account_records
                   if record.source_system == "helpdesk")[:3]
    way = (("Lead", "2025-11-04T09:00:00Z"), ("Opportunity", "2026-01-19T10:00:00Z"),
           ("Customer", "2026-03-09T15:30:00Z"))
    for place, firm in enumerate(known):
        for stage, when in way[: 3 - place % 2]:
            desk.exports.generic("lifecycle_change").add(
                source_system="helpdesk",
                source_record_id=tokens.text_id(f"{firm}-{stage.lower()}"),
                updated_at=when, is_deleted="false", subject_type="account",
                subject_record_id=tokens.text_id(firm), to_stage=stage, changed_at=when,
                asserted_by="account_manager",
            )
    desk.expect("raw", "row_count",
                {"table": "canonical.lifecycle_history",
                 "where": {"subject_type": "account", "to_stage": "customer",
                           "asserted_by": "account_manager"}},
                {"rows": 2}, "A firm has a lifecycle of its own")


# ------------------------------------------------------------------------------------- cases


def _case(desk: Desk, case: int, first: str, last: str, firm: Firm | str, title: str,
          email: str = "", verified: str = "2026-02-02 08:00", number: int = 1) -> str:
    """A lead that asks for a demo on 2026-03-02; returns the key of its record."""
    place = desk.world.firm(firm) if isinstance(firm, str) else firm
    person = desk.someone(first, last, place, email or f"{fold(first)}.{fold(last)}@{place.domain}",
                          title, started="2026-02-01 10:00",
                          contact_id=str(95_900_000 + case * 100 + number))
    lead = Lead(desk.exports, person, stream(f"lead_flow:{case}"), 500 + case * 10 + number)
    lead.stage("lead", at("2026-02-01 10:00"), "FORM")
    lead.form(DEMO, at("2026-03-02 09:00"))
    person.reached = lead.stages
    records.contact(desk.exports, person, person.started, at("2026-03-02 09:10"))
    if verified:
        records.member(desk.exports, person, LISTS[0][0], at(verified))
    return f"hubspot:{person.contact_id}"


def _verdicts(desk: Desk, case: str, record: str, verdict: str | None, why: str) -> None:
    """How often the strict definition gave the record a verdict: once, or never."""
    where = {"definition_id": "mql_fit_and_intent"}
    if verdict:
        where["verdict"] = verdict
    desk.rows(case, "canonical.qualification", {"record": record, "where": where},
              {"rows": 1 if verdict else 0}, why)


def _firm(desk: Desk, number: int, stem: str, domain: str, industry: str, employees: str) -> Firm:
    firm = desk.firm("Nordlager", stem, f"{stem} GmbH", domain, str(8_959_000_000 + number))
    firm.industry = industry
    records.company(desk.exports, firm, property_numberofemployees=employees)
    return firm


def _cases(desk: Desk) -> None:
    near = _firm(desk, 1, "Kornspeicher", "kornspeicher.example", "FOOD_PRODUCTION", "120")
    core = _firm(desk, 2, "Rampenhof", "rampenhof.example", "WAREHOUSING", "400")
    rival = _firm(desk, 3, "Voltmeister", "voltmeister.example", "WAREHOUSING", "400")
    dark = _firm(desk, 4, "Schattenlager", "schattenlager.example", "WAREHOUSING", "")
    head = "Head of Logistics"
    # 15 (industry) + 20 (size) + 10 (geography) + 20 (function) + 5 (no team) = 70.
    _verdicts(desk, "E61", _case(desk, 61, "Torben", "Wieck", near, "Warehouse Planner"), None,
              "A fit of exactly 70 is not above 70")
    faded = _case(desk, 62, "Silke", "Brandis", core, head)
    _verdicts(desk, "E62", faded, "qualified", "What was met once stays met")
    desk.fields("E62", "marts.lead_score", faded, {"grade": "A3"},
                "while its engagement has faded")
    _verdicts(desk, "E69", _case(desk, 69, "Arne", "Tiedje", rival, head), "vetoed",
              "A competitor is vetoed, whatever the score")
    _verdicts(desk, "E70", _case(desk, 70, "Wiebke", "Lorenz", core, "Student Logistik"), "vetoed",
              "A student with an address of the firm is vetoed")
    unknown = _case(desk, 70, "Henrik", "Ahlers", dark, "Operations Director", number=2)
    _verdicts(desk, "E70", unknown, "review",
              "An unknown size is not below the minimum: a person looks at it")
    _verdicts(desk, "E73", _case(desk, 73, "Maren", "Petry", core, head,
                                 email="maren.petry.demo@gmail.com"), None,
              "A private address is none of the firm")
    _verdicts(desk, "E73", _case(desk, 73, "Jule", "Hansen", core, head, verified="", number=2),
              None, "An address that never answered is not verified")
    late = _case(desk, 74, "Kerstin", "Ohm", core, head, verified="2026-03-20 07:30")
    desk.rows("E74", "canonical.qualification",
              {"record": late, "where": {"definition_id": "mql_fit_and_intent",
                                         "qualified_at": "2026-03-20 07:34:11"}},
              {"rows": 1}, "Verified after the conversion: qualified from then on")

"""Dirt of raw files beside the edge cases: broken lines, copies, dangling links, typos."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

from demo.generator import records, tokens
from demo.generator.edge_cases import (
    Desk,
    at,
    company_id,
    contact_id,
    deal_id,
    helpdesk_id,
    hubspot,
    mailchimp,
)
from demo.generator.tables import Exports, RawLine
from demo.generator.vocabulary import FORMS
from demo.generator.world import World

NO_CASE = "raw"
UNKNOWN_CONTACT = "99999901"


def add(exports: Exports, world: World) -> None:
    """Add the dirt and what must come of it."""
    desk = Desk(exports, world)
    _unreadable_lines(desk)
    _exact_copies(desk)
    _people(desk)
    _accounts(desk)
    _deals(desk)
    _dangling_links(desk)
    _activities(desk)
    _events(desk)
    _consents(desk)
    _lifecycle(desk)
    _partner_portal(desk)
    desk.expect("E110", "row_count",
                {"table": "staging.stg_hubspot__engagement_task"}, {"rows": 0},
                "A file with a header and nothing below")


def _line(exports: Exports, name: str, row: dict[str, str]) -> str:
    """A row as an unquoted line of its file: whoever wrote it forgot the quotes."""
    table = exports.hubspot(name)
    return ",".join(row.get(column, "") for column in table.columns)


def _take_last(exports: Exports, name: str) -> dict[str, str]:
    """Take back the row that was added last, to write it as a broken line."""
    row = exports.hubspot(name).rows.pop()
    if isinstance(row, RawLine):
        raise TypeError("the last row is broken already")
    return row


def _forget_person(exports: Exports, record_id: str) -> None:
    """An unreadable line is no person record."""
    exports.person_records[:] = [
        record for record in exports.person_records if record.source_record_id != record_id
    ]


def _unreadable_lines(desk: Desk) -> None:
    exports = desk.exports
    person = desk.someone("Sören", "Vogt", "Heidkrug", "s.vogt@heidkrug.example",
                          contact_id=contact_id(0, 1))
    # The last column is filled: with a blank one, some readers take the line for a whole row.
    desk.contact(person, property_company="Fischer, Vogt & Partner",
                 property_hs_merged_object_ids="90000099")
    broken = _line(exports, "contact", _take_last(exports, "contact"))
    _forget_person(exports, person.contact_id)
    exports.hubspot("contact").rows.append(RawLine(broken))
    desk.disposition(NO_CASE, "person", {"source_object": "contact",
                                         "_unparsable_contains": "Fischer, Vogt & Partner"},
                     "quarantined", "A comma without quotes: one column too many",
                     "person.row.unparsable")

    firm = desk.firm("Neuwerk", "Kaeltewerk", "K\udce4ltewerk Ost GmbH", "kaeltewerk.example",
                     company_id(0, 1))
    records.company(exports, firm)
    row = {**_take_last(exports, "company"), "property_name": firm.name}
    exports.account_records.pop()
    exports.hubspot("company").rows.append(RawLine(_line(exports, "company", row)))
    desk.disposition(NO_CASE, "account", {"source_object": "company",
                                          "_unparsable_contains": "kaeltewerk.example"},
                     "quarantined", "One byte of another encoding", "account.row.unparsable")

    owner = "71000012"
    records.engagement(exports, "call", "28900000001", at("2026-03-24 10:00"), owner,
                       property_hs_call_title="Cut off while writing")
    row = _take_last(exports, "engagement_call")
    cut = ",".join(row.get(column, "") for column in exports.hubspot(
        "engagement_call").columns[:5])
    exports.hubspot("engagement_call").rows.append(RawLine(cut))
    desk.disposition(NO_CASE, "activity", {"source_object": "engagement_call",
                                           "_unparsable_contains": "28900000001"},
                     "quarantined", "A line that was cut off: columns missing",
                     "activity.row.unparsable")

    exports.hubspot("engagement_note").tail = (
        f"28900000002,NOTE,2026-06-29 10:00:00.000000,2026-06-29 10:00:00.000000,"
        f"2026-06-29 10:00:00.000000,{owner},\"Quote opened and never closed: the writer stopped"
    )
    desk.disposition(NO_CASE, "activity", {"source_object": "engagement_note",
                                           "_unparsable_contains": "never closed"},
                     "quarantined", "An unterminated quote at the end of the file",
                     "activity.row.unparsable")

    exports.events.append(RawLine(
        '{"event_date":"20251102","event_timestamp":"1762077600000000","event_name":"page_view",'
        '"event_params":[{"key":"page_location","value":{"string_value":"https://www.lumen'
    ))
    desk.disposition("E60", "event", {"source_object": "event",
                                      "_unparsable_contains": "1762077600000000"},
                     "quarantined", "A JSON line that was cut off", "event.row.unparsable")


def _exact_copies(desk: Desk) -> None:
    exports = desk.exports
    for connector, name, entity, key, places in (
        ("hubspot", "contact", "person", "id", (3, 77, 151)),
        ("mailchimp", "member", "person", "", (12, 40)),
        ("hubspot", "deal", "opportunity", "deal_id", (9,)),
        ("hubspot", "engagement_call", "activity", "engagement_id", (5, 31)),
        ("hubspot", "deal_contact", "link", "", (4, 50)),
        ("hubspot", "contact_property_history", "lifecycle_change", "", (10, 300, 700)),
        ("generic", "person", "person", "source_record_id", (6,)),
        ("hubspot", "owner", "reference", "owner_id", (1,)),
    ):
        table = exports.tables[connector, name]
        for place in places:
            row = table.rows[place]
            if isinstance(row, RawLine):
                raise TypeError("only readable rows are copied here")
            table.rows.append(dict(row))
            where: dict[str, Any] = {"source_object": name, "disposition": "duplicate"}
            if key:
                where["source_record_id"] = tokens.plain(row[key])
                desk.rows(NO_CASE, f"intake.int_{entity}__checked", {"where": where},
                          {"rows": 1}, "An exact copy of a row is counted once")
        if not key:
            desk.rows(NO_CASE, f"intake.int_{entity}__checked",
                      {"where": {"source_object": name, "disposition": "duplicate",
                                 "is_derived": False}},
                      {"rows": len(places)}, "Exact copies of rows are counted once")


def _people(desk: Desk) -> None:
    exports = desk.exports
    invalid = (("Ruben", "Kuipers", "Kortekade", "ruben.kuipers@@kortekade-example.nl"),
               ("Femke", "Bakker", "Kortekade", "femke bakker"),
               ("Daan", "Hoekstra", "Kortekade", "daan@kortekade"),
               ("Thijs", "van den Berg", "Kortekade", "@kortekade-example.nl"))
    for number, (first, last, stem, address) in enumerate(invalid, 2):
        person = desk.someone(first, last, stem, address, contact_id=contact_id(0, number))
        desk.contact(person, identifiers=[])
        desk.disposition(NO_CASE, "person", {"source_system": "hubspot",
                                             "source_record_id": contact_id(0, number)},
                         "accepted", f"No e-mail address: {address}", "person.email.invalid")
    typo = desk.someone("Noémie", "Chastain", "Trois-Chênes", "noemie.chastain(at)troischenes")
    desk.member(typo, "2026-02-02 12:00", identifiers=[])
    desk.disposition(NO_CASE, "person", {"source_system": "mailchimp",
                                         "source_record_id": mailchimp(typo.email)[10:]},
                     "accepted", "A member whose address is none", "person.email.invalid")

    cases: tuple[tuple[int, str, str, dict[str, str], str, str], ...] = (
        (10, "Jeppe", "Thorup", {"property_createdate": "1763548800000"}, "",
         "Epoch milliseconds among ISO times"),
        (11, "Mette", "Nørgaard", {"property_createdate": "2027-02-30 10:00:00"},
         "person.created_at.unparsable", "A date that does not exist"),
        (12, "Rasmus", "Kjær", {"property_createdate": "2031-01-01 00:00:00.000000"},
         "person.created_at.in_future", "Created in the future"),
        (13, "Kirsten", "Bæk", {"property_associatedcompanyid": "8999999999"}, "",
         "Company of another portal: no such record"),
        (14, "Lærke", "Holm", {"property_hubspot_owner_id": "71999999"}, "",
         "Owner that no list knows"),
        (15, "Rasmus", "Bæk", {"property_phone": "ask at the desk"}, "person.phone.invalid",
         "Words instead of a number"),
    )
    for number, first, last, changes, reason, why in cases:
        firm = desk.world.firm("Østerhavn")
        local = unicodedata.normalize("NFKD", f"{first}.{last}".lower())
        local = local.replace("ø", "oe").replace("æ", "ae")
        person = desk.someone(first, last, firm, f"{local}@{firm.domain}",
                              contact_id=contact_id(0, number))
        desk.contact(person, **changes)
        desk.disposition(NO_CASE, "person", {"source_system": "hubspot",
                                             "source_record_id": contact_id(0, number)},
                         "accepted", why, reason)
    desk.expect(NO_CASE, "field_value",
                {"table": "intake.int_person__checked",
                 "where": {"source_system": "hubspot", "source_record_id": contact_id(0, 10)}},
                {"created_at": "2025-11-19T10:40:00"}, "Epoch milliseconds are a time")

    nobody = desk.someone("", "", "Østerhavn", contact_id=contact_id(0, 20))
    blank = {column: "" for column in exports.hubspot("contact").columns
             if column not in {"id", "_fivetran_deleted", "_fivetran_synced",
                               "property_createdate", "property_lastmodifieddate"}}
    desk.contact(nobody, person_key="", identifiers=[], **blank)
    desk.disposition(NO_CASE, "person", {"source_system": "hubspot",
                                         "source_record_id": contact_id(0, 20)}, "quarantined",
                     "An id and nothing else", "person.row.empty")
    lost = desk.someone("Karim", "Benali", "Grand-Quai", "karim.benali@grandquai-example.fr",
                        contact_id=contact_id(0, 21))
    desk.contact(lost, id="")
    _forget_person(exports, "")
    desk.disposition(NO_CASE, "person", {"source_object": "contact", "email": lost.email},
                     "quarantined", "A row without its id", "person.source_record_id.missing")

    archived = desk.someone("Etienne", "Rousselot", "Beauséjour",
                            "e.rousselot@beausejour.example", contact_id=contact_id(0, 22))
    desk.contact(archived, modified="2026-03-03 10:00", _fivetran_deleted="true")
    desk.member(archived, "2025-12-15 12:00", "archived", "2026-03-03 10:05")
    desk.disposition(NO_CASE, "person", {"source_system": "hubspot", "is_deleted": True,
                                         "source_record_id": contact_id(0, 22)}, "accepted",
                     "A deleted contact stays as a tombstone")
    versions = desk.someone("Gaëlle", "Le Goff", "Lac-Noir", "gaelle.legoff@lacnoir.example",
                            contact_id=contact_id(0, 23), started="2025-10-22 09:00")
    for modified, title in (("2025-11-01 10:00", "Acheteuse"),
                            ("2026-01-09 10:00", "Responsable logistique"),
                            ("2026-05-19 10:00", "Directrice générale")):
        desk.contact(versions, modified=modified, property_jobtitle=title)
    desk.fields(NO_CASE, "canonical.person", hubspot(0, 23),
                {"job_title": "Directrice générale"}, "Of three versions the newest counts")


def _accounts(desk: Desk) -> None:
    exports = desk.exports
    changes: tuple[tuple[dict[str, str], str, str, str], ...] = (
        ({"property_annualrevenue": "-250000"}, "accepted", "account.annual_revenue.negative",
         "Nobody has a negative revenue"),
        ({"property_annualrevenue": "2,5 Mio"}, "accepted", "account.annual_revenue.unparsable",
         "A revenue in words"),
        ({"property_domain": "keine"}, "accepted", "account.domain.invalid",
         "A word instead of a domain"),
        ({"property_name": "", "property_domain": ""}, "quarantined", "account.row.empty",
         "Neither name nor domain"),
        ({"property_hs_parent_company_id": "8999999998"}, "accepted", "",
         "A parent that is not in the export"),
        ({"is_deleted": "true"}, "accepted", "", "A deleted company stays as a tombstone"),
    )
    for number, (change, disposition, reason, why) in enumerate(changes, 10):
        firm = desk.firm("Brückmann", f"Holmgrund {number}", f"Holmgrund {number} KG",
                         f"holmgrund{number}.example", company_id(0, number))
        records.company(exports, firm, **change)
        desk.disposition(NO_CASE, "account", {"source_system": "hubspot",
                                              "source_record_id": company_id(0, number)},
                         disposition, why, reason)


def _deals(desk: Desk) -> None:
    firm = desk.world.firm("Mühlstätt")
    changes: tuple[tuple[str, dict[str, str], str, str], ...] = (
        ("-4800", {}, "opportunity.amount.negative", "A negative amount"),
        ("12k", {}, "opportunity.amount.unparsable", "An amount that is no number"),
        ("7000", {"deal_pipeline_stage_id": "98765432"}, "opportunity.stage.unknown",
         "A stage that no pipeline has"),
        ("7000", {"owner_id": "71999999"}, "", "An owner that no list knows"),
    )
    for number, (amount, change, reason, why) in enumerate(changes, 1):
        stage = change.pop("deal_pipeline_stage_id", "qualifiedtobuy")
        desk.deal(deal_id(0, number), stage, "2026-03-02 09:00", "2026-03-30 09:00",
                  "2026-09-30 00:00", amount, firm, **change)
        records.deal_links(desk.exports, deal_id(0, number), at("2026-03-02 09:00"),
                           firm.company_id)
        desk.disposition(NO_CASE, "opportunity", {"source_system": "hubspot",
                                                  "source_record_id": deal_id(0, number)},
                         "accepted", why, reason)


def _dangling_links(desk: Desk) -> None:
    exports = desk.exports
    when = records.stamp(at("2026-03-02 12:00"))
    fixed = {"category": "HUBSPOT_DEFINED", "_fivetran_synced": when}
    exports.hubspot("deal_contact").add(
        fixed, deal_id=tokens.number(deal_id(0, 1)), contact_id=UNKNOWN_CONTACT, type_id="3")
    exports.hubspot("deal_company").add(
        fixed, deal_id="9899999999", company_id=tokens.number(company_id(0, 10)), type_id="5")
    exports.hubspot("engagement_contact").add(
        fixed, engagement_id="28999999999", contact_id="", engagement_type="CALL", type_id="194")
    for match, reason in (
        ({"source_object": "deal_contact", "to_record_id": UNKNOWN_CONTACT},
         "link.to_record_id.unknown"),
        ({"source_object": "deal_company", "from_record_id": "9899999999"},
         "link.from_record_id.unknown"),
        ({"source_object": "engagement_contact", "from_record_id": "28999999999"},
         "link.row.incomplete"),
    ):
        desk.disposition(NO_CASE, "link", match, "quarantined", "A link to nothing", reason)
    row = records.form_submission(exports, UNKNOWN_CONTACT, FORMS[0], at("2026-04-04 04:04:04"))
    row["contact_id"] = UNKNOWN_CONTACT
    desk.disposition(NO_CASE, "event", {"source_object": "contact_form_submission",
                                        "person_record_id": UNKNOWN_CONTACT}, "accepted",
                     "The form was sent, by a contact that is not in the export")
    exports.mailchimp("campaign_recipient").add(
        campaign_id="a1c04f9d12", member_id="ffffffffffffffffffffffffffffff01",
        list_id="5b9e1c04d7", _fivetran_synced=when)
    desk.disposition(NO_CASE, "event",
                     {"source_object": "campaign_recipient",
                      "person_record_id": "5b9e1c04d7:ffffffffffffffffffffffffffffff01"},
                     "accepted", "A mail to a member that is not in the export")


def _activities(desk: Desk) -> None:
    person = next(person for person in desk.world.people if person.contact_id)
    for number, (when, disposition, reason, why) in enumerate(
        (("", "quarantined", "activity.occurred_at.missing", "A call without a time"),
         ("yesterday, 3 pm", "quarantined", "activity.occurred_at.unparsable",
          "A time in words"),
         ("2062-03-03 10:00:00.000000", "quarantined", "activity.occurred_at.in_future",
          "A call in 36 years")), 10,
    ):
        engagement_id = str(28_900_000_000 + number)
        records.engagement(
            desk.exports, "call", engagement_id, at("2026-03-03 10:00"), person.owner,
            [person.contact_id], property_hs_timestamp=when,
            property_hs_call_direction="OUTBOUND", property_hs_call_title="Call",
        )
        desk.disposition(NO_CASE, "activity", {"source_object": "engagement_call",
                                               "source_record_id": engagement_id},
                         disposition, why, reason)
    start = at("2026-07-15 10:00")
    records.engagement(
        desk.exports, "meeting", "28900000020", start, person.owner, [person.contact_id],
        property_hs_meeting_title="Site visit", property_hs_meeting_outcome="SCHEDULED",
        property_hs_meeting_start_time=records.stamp(start),
        property_hs_meeting_end_time=records.stamp(start + timedelta(hours=2)),
        property_hs_createdate=records.stamp(at("2026-06-29 15:00")),
        property_hs_lastmodifieddate=records.stamp(at("2026-06-29 15:00")),
        _fivetran_synced=records.stamp(at("2026-06-29 17:00")),
    )
    desk.disposition(NO_CASE, "activity", {"source_object": "engagement_meeting",
                                           "source_record_id": "28900000020"}, "accepted",
                     "A meeting may lie ahead")
    desk.exports.generic("activity").add(
        source_system="helpdesk", source_record_id=tokens.text_id("act-fax"),
        activity_type="fax", direction="outbound", is_automated="false", is_deleted="false",
        occurred_at="2026-03-03T10:00:00Z", updated_at="2026-03-03T10:00:00Z",
    )
    desk.disposition(NO_CASE, "activity", {"source_system": "helpdesk",
                                           "source_record_id": "act-fax"}, "quarantined",
                     "A kind of activity that the model does not know",
                     "activity.activity_type.unknown")


def _events(desk: Desk) -> None:
    for number, (when, reason, why) in enumerate(
        (("", "event.event_at.missing", "A ticket without a time"),
         ("n. a. (phone)", "event.event_at.unparsable", "A time in words")), 1,
    ):
        desk.exports.generic("event").add(
            source_system="helpdesk", source_record_id=tokens.text_id(f"evt-raw-{number}"),
            event_name="ticket_created", event_at=when, properties='{"priority":"low"}',
        )
        desk.disposition(NO_CASE, "event", {"source_system": "helpdesk",
                                            "source_record_id": f"evt-raw-{number}"},
                         "quarantined", why, reason)


def _consents(desk: Desk) -> None:
    person = desk.someone("Resi", "Leitgeb", "Enzianhof", "resi.leitgeb@enzianhof-example.co.at",
                          contact_id=contact_id(0, 30))
    desk.contact(person)
    row_of = {"jurisdiction": "AT"}
    desk.consent(0, 1, person.email, "maybe", "2026-02-02T10:00:00Z", **row_of)
    desk.consent(0, 2, "", "grant", "2026-02-02T10:00:00Z", **row_of)
    desk.consent(0, 3, person.email, "grant", "31.02.2026", "product_updates",
                 double_opt_in_at="", updated_at="2026-02-28T10:00:00Z", **row_of)
    desk.consent(0, 4, person.email, "withdraw", "gestern", "product_updates",
                 updated_at="2026-03-28T10:00:00Z", **row_of)
    desk.consent(0, 5, person.email, "grant", "2026-04-02T10:00:00Z", "events", jurisdiction="")
    for number, disposition, reason, why in (
        (1, "quarantined", "consent.action.unknown", "Neither yes nor no"),
        (2, "quarantined", "consent.contact_point.invalid", "Consent of nobody"),
        (3, "quarantined", "consent.captured_at.unparsable", "A grant at no known time"),
        (4, "accepted", "consent.captured_at.unparsable",
         "A denial at no known time counts all the same"),
        (5, "accepted", "consent.jurisdiction.unknown", "Jurisdiction not known"),
    ):
        desk.disposition(NO_CASE, "consent", {"source_system": "preference_centre",
                                              "source_record_id": f"pc-000{number:02d}"},
                         disposition, why, reason)
    desk.consent_is(NO_CASE, person.email, {"state": "denied"},
                    "A malformed denial is honoured", "product_updates")


def _lifecycle(desk: Desk) -> None:
    person = desk.someone("Begoña", "Ibáñez", "Rocaverde", "begona.ibanez@rocaverde.example",
                          contact_id=contact_id(0, 40), started="2025-11-11 09:00")
    desk.contact(person)
    desk.stage(person.contact_id, "lead", "2025-11-11 09:00")
    history = desk.exports.hubspot("contact_property_history")
    desk.stage(UNKNOWN_CONTACT, "lead", "2026-01-02 10:00")
    last = history.rows[-1]
    if isinstance(last, dict):
        last["contact_id"] = UNKNOWN_CONTACT
    desk.stage(person.contact_id, "marketingqualifiedlead", "2033-01-02 10:00")
    for text in ("", "not recorded"):
        desk.stage(person.contact_id, "salesqualifiedlead", "2026-01-02 10:00")
        row = history.rows[-1]
        if isinstance(row, dict):
            row["timestamp"] = text
            row["source"] = "IMPORT" if text else "MIGRATION"
    subject = {"source_system": "hubspot", "subject_record_id": contact_id(0, 40)}
    for match, reason, why in (
        ({"source_system": "hubspot", "subject_record_id": UNKNOWN_CONTACT},
         "lifecycle_change.subject_record_id.unknown", "A stage of nobody"),
        ({**subject, "to_stage": "marketingqualifiedlead"},
         "lifecycle_change.changed_at.in_future", "A stage in seven years"),
        ({**subject, "asserted_by": "MIGRATION"}, "lifecycle_change.changed_at.missing",
         "A stage without a time"),
        ({**subject, "asserted_by": "IMPORT"}, "lifecycle_change.changed_at.unparsable",
         "A stage at an unreadable time"),
    ):
        desk.disposition(NO_CASE, "lifecycle_change", match, "quarantined", why, reason)
    records.history(desk.exports, person.contact_id, "jobtitle", at("2026-02-03 10:00"),
                    "Directora de compras", "CRM_UI", "userId:71000013")
    desk.disposition(NO_CASE, "lifecycle_change", {**subject, "field_name": "job_title"},
                     "accepted", "A title of the past")


def _partner_portal(desk: Desk) -> None:
    """A second system through the generic connector: a few rows of the objects not used above."""
    exports = desk.exports
    firm = desk.world.firm("Stonebridge Bay")
    exports.generic("account").add(
        source_system="partner_portal", source_record_id=tokens.text_id("acct-17"),
        updated_at="2026-02-20T15:00:00Z", is_deleted="false", name=tokens.firm(firm.name),
        domain=tokens.domain(firm.domain), industry="Warehousing", employees="201-500",
        annual_revenue="48000000", currency="USD", city=firm.city[0], country="US",
        created_at="2026-02-20T15:00:00Z",
    )
    records.note_account(exports, "partner_portal", "account", "acct-17", firm.key)
    for number, (first, last) in enumerate((("Shreya", "Castellanos"), ("DeShawn", "Whitaker")), 1):
        person = desk.someone(first, last, firm, f"{first}.{last}@{firm.domain}".lower(),
                              started="2026-02-21 15:00")
        records.helpdesk_person(
            exports, replace(person, helpdesk_id=helpdesk_id(0, number)),
            person.started, person.started + timedelta(days=3),
            source_system="partner_portal",
            source_record_id=tokens.text_id(f"lead-{number}"),
            company_record_id=tokens.text_id("acct-17"), job_title="Operations Director",
        )
        for stage, when in (("Lead", "2026-02-21T15:00:00Z"), ("MQL", "2026-03-02T15:00:00Z")):
            exports.generic("lifecycle_change").add(
                source_system="partner_portal",
                source_record_id=tokens.text_id(f"lead-{number}-{stage.lower()}"),
                updated_at=when, is_deleted="false", subject_type="person",
                subject_record_id=tokens.text_id(f"lead-{number}"), to_stage=stage,
                changed_at=when, asserted_by="partner_manager",
            )
        desk.expect(NO_CASE, "stage", {"record": f"partner_portal:lead-{number}"},
                    {"stage": "mql", "mql_at": "2026-03-02T15:00:00"},
                    "Another system's word for the same stage")
    for number, (stage, amount, closed, won) in enumerate(
        (("Proposal", "56000", "false", "false"), ("Won", "21500", "true", "true"),
         ("Lost", "9000", "true", "false")), 1,
    ):
        exports.generic("opportunity").add(
            source_system="partner_portal", source_record_id=tokens.text_id(f"opp-{number}"),
            updated_at="2026-05-30T12:00:00Z", is_deleted="false",
            account_record_id=tokens.text_id("acct-17"),
            person_record_id=tokens.text_id("lead-1"), owner_record_id="pm-3",
            pipeline="partner", stage=stage, stage_rank=str(number), amount=amount,
            currency="USD", probability={"Proposal": "0.5", "Won": "1", "Lost": "0"}[stage],
            type="new", created_at="2026-03-05T12:00:00Z", expected_close_date="2026-08-31",
            closed_at="2026-05-30T12:00:00Z" if closed == "true" else "", is_closed=closed,
            is_won=won,
        )
    desk.fields(NO_CASE, "canonical.opportunity", "partner_portal:opp-2",
                {"is_won": True, "amount": 21500, "currency": "USD"},
                "A deal of the partner portal")

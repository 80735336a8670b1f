"""The edge cases that raw exports can show, one function each, with what must come out.

Ids are readable: contact ``900EEENN`` belongs to edge case E, so a row found in a build leads back
to its function here. Case numbers are those of docs/edge_cases.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from demo.generator import records, tokens
from demo.generator.tables import Exports
from demo.generator.vocabulary import FORMS, LISTS
from demo.generator.world import Firm, Person, World

DIGEST, EVENTS_LIST = LISTS[0][0], LISTS[1][0]
FRESH = datetime(2026, 6, 20, 9, 12, 33, 250000)


def at(text: str) -> datetime:
    """``2026-03-02 10:15`` as a time."""
    return datetime.fromisoformat(text)


def contact_id(case: int, number: int) -> str:
    """The contact id of the n-th contact of an edge case."""
    return str(90_000_000 + case * 100 + number)


def hubspot(case: int, number: int) -> str:
    """The record key of that contact."""
    return f"hubspot:{contact_id(case, number)}"


def company_id(case: int, number: int) -> str:
    """The id of the n-th company of an edge case."""
    return str(8_900_000_000 + case * 100 + number)


def deal_id(case: int, number: int) -> str:
    """The id of the n-th deal of an edge case."""
    return str(9_800_000_000 + case * 100 + number)


def helpdesk_id(case: int, number: int) -> str:
    """The id of the n-th person of an edge case in the support tool."""
    return str(360_900_000_000 + case * 100 + number)


def login(case: int, number: int) -> str:
    """The login id of the n-th person of an edge case."""
    return f"usr_{case:03d}e5a1c{number:02x}"


class Desk:
    """Where an edge case is written: the exports, the world, and short hands for both."""

    def __init__(self, exports: Exports, world: World) -> None:
        self.exports = exports
        self.world = world

    def someone(
        self, first: str, last: str, firm: Firm | str, email: str = "", title: str = "",
        phone: tuple[str, str, str] | None = None, stages: tuple[str, ...] = ("lead",),
        started: str = "2026-01-12 09:30", **ids: str,
    ) -> Person:
        """A new true person; the e-mail is first.last at the firm unless given."""
        place = self.world.firm(firm) if isinstance(firm, str) else firm
        begin = at(started)
        person = Person(
            key=self.world.next_person_key(), first=first, last=last,
            title=title or "Operations Director", firm=place, email=email, phone=phone,
            stages=stages, started=begin, **ids,
        )
        person.reached = [(stage, begin) for stage in stages]
        self.world.people.append(person)
        return person

    def firm(
        self, like: str, stem: str, name: str, domain: str, company: str = "",
        employees: int = 120,
    ) -> Firm:
        """A new true firm in the country and city of another one."""
        model = self.world.firm(like)
        firm = replace(
            model, key=f"F{len(self.world.firms) + 1:03d}", stem=stem, name=name, domain=domain,
            company_id=company, employees=employees, revenue=employees * 150_000,
            created=at("2025-10-06 08:20"),
        )
        self.world.firms.append(firm)
        return firm

    def contact(
        self, person: Person, created: str = "", modified: str = "", **changes: Any
    ) -> dict[str, str]:
        """A HubSpot contact row."""
        begin = at(created) if created else person.started
        last = at(modified) if modified else begin + timedelta(days=2, minutes=3)
        return records.contact(self.exports, person, begin, last, **changes)

    def member(
        self, person: Person, signup: str, status: str = "subscribed", changed: str = "",
        list_id: str = DIGEST, **changes: Any,
    ) -> dict[str, str]:
        """A Mailchimp member row."""
        return records.member(
            self.exports, person, list_id, at(signup), status, at(changed) if changed else None,
            **changes,
        )

    def support(self, person: Person, created: str, **changes: Any) -> dict[str, str]:
        """A person row of the support tool."""
        begin = at(created)
        return records.helpdesk_person(
            self.exports, person, begin, begin + timedelta(days=1), **changes
        )

    def stage(self, contact: str, stage: str, when: str, source: str = "CRM_UI") -> None:
        """A change of the lifecycle stage; '' clears it."""
        records.history(self.exports, contact, "lifecyclestage", at(when), stage, source)

    def deal(
        self, number: str, stage: str, created: str, modified: str, close: str, amount: str,
        firm: Firm, **changes: str,
    ) -> dict[str, str]:
        """A HubSpot deal row."""
        return records.deal(
            self.exports, number, stage, at(created), at(modified), at(close) if close else None,
            amount, firm, **changes,
        )

    def consent(
        self, case: int, number: int, point: str, action: str, captured: str,
        purpose: str = "marketing", channel: str = "email", **changes: str,
    ) -> dict[str, str]:
        """A row of the preference centre. A grant is confirmed and has its proof."""
        phone = channel in {"sms", "phone"}
        row = {
            "source_system": "preference_centre",
            "source_record_id": tokens.text_id(f"pc-{case:03d}{number:02d}"),
            "updated_at": captured, "is_deleted": "false",
            "contact_point_type": "phone" if phone else "email",
            "contact_point": point if phone else tokens.email(point),
            "purpose": purpose, "channel": channel, "action": action,
            "lawful_basis": "consent", "jurisdiction": "DE", "captured_at": captured,
            "method": "preference_page", "policy_version": "2025-09",
            "actor": "data_subject",
        }
        if action == "grant":
            row["double_opt_in_at"] = captured
            row["evidence_ref"] = f"pc-log/{case:03d}-{number:02d}"
        row.update(changes)
        return self.exports.generic("consent").add(row)

    def visitor(
        self, number: int, first_seen: str, firm: Firm | str = "Hollowmere"
    ) -> records.Visitor:
        """A browser."""
        place = self.world.firm(firm) if isinstance(firm, str) else firm
        return records.Visitor(
            number=1_900_000_000 + number, first_seen=at(first_seen), country=place.country.name,
            region=place.city[1], city=place.city[0],
        )

    def event(
        self, visitor: records.Visitor, when: str, name: str = "page_view", page: str = "/product",
        session: str = "", **more: Any,
    ) -> dict[str, Any]:
        """One GA4 event."""
        visitor.sessions = visitor.sessions or 1
        return records.web_event(
            self.exports, visitor, at(when), name, at(session or when), page, "Product", **more
        )

    def expect(
        self, case: str, check: str, subject: dict[str, Any], expected: dict[str, Any], why: str
    ) -> None:
        """Note what must come out."""
        self.exports.expect(case, check, subject, expected, why)

    def same(self, case: str, keys: list[str], why: str) -> None:
        """These records are one person."""
        self.expect(case, "same_person", {"records": keys}, {"persons": 1}, why)

    def different(self, case: str, keys: list[str], why: str) -> None:
        """Each of these records is a person of its own."""
        self.expect(case, "different_persons", {"records": keys}, {"persons": len(keys)}, why)

    def consent_is(
        self, case: str, point: str, expected: dict[str, Any], why: str,
        purpose: str = "marketing", channel: str = "email",
    ) -> None:
        """The current consent of a contact point."""
        kind = "phone" if channel in {"sms", "phone"} else "email"
        self.expect(
            case, "consent_state",
            {"contact_point_type": kind, "contact_point": point, "purpose": purpose,
             "channel": channel},
            expected, why,
        )

    def fields(
        self, case: str, table: str, record: str, expected: dict[str, Any], why: str
    ) -> None:
        """Columns of the canonical row that this record ended in."""
        self.expect(case, "field_value", {"table": table, "record": record}, expected, why)

    def rows(
        self, case: str, table: str, subject: dict[str, Any], expected: dict[str, Any], why: str
    ) -> None:
        """Number of rows."""
        self.expect(case, "row_count", {"table": table, **subject}, expected, why)

    def disposition(
        self, case: str, entity: str, match: dict[str, Any], disposition: str, why: str,
        reason: str = "",
    ) -> None:
        """Where intake puts the rows that match."""
        expected = {"disposition": disposition}
        if reason:
            expected["reason"] = reason
        self.expect(case, "disposition", {"entity": entity, **match}, expected, why)

    def person_of(
        self, case: str, event: dict[str, Any], record: str | None, why: str
    ) -> None:
        """Whose a GA4 event is; ``None`` for nobody's."""
        self.expect(case, "event_person", web(event), {"record": record}, why)


def web(event: dict[str, Any]) -> dict[str, Any]:
    """A GA4 event as the intake table names it."""
    when = records.EPOCH + timedelta(microseconds=event["event_timestamp"])
    return {
        "source_system": "ga4", "anonymous_id": tokens.plain(event["user_pseudo_id"]),
        "event_name": event["event_name"], "event_at": when.isoformat(),
    }


def mailchimp(address: str, list_id: str = DIGEST) -> str:
    """The record key of a member."""
    return f"mailchimp:{list_id}:{tokens.md5_of_address(address)}"


# ---------------------------------------------------------------------------------- identity


def e1(desk: Desk) -> None:
    firm = desk.world.firm("Nordlager")
    marta = desk.someone("Marta", "Lindqvist", firm, f"marta.lindqvist@{firm.domain}",
                         contact_id=contact_id(1, 1))
    desk.contact(marta)
    desk.member(marta, "2025-12-02 11:05",
                email_address=tokens.email(f"  Marta.Lindqvist@{firm.domain.upper()} "))
    tagged = replace(marta, contact_id=contact_id(1, 2),
                     email=f"marta.lindqvist+expo@{firm.domain}")
    desk.contact(tagged, "2026-03-18 14:02")
    desk.same("E1", [hubspot(1, 1), mailchimp(marta.email)],
              "Case and blanks make no other address")
    desk.different("E1", [hubspot(1, 1), hubspot(1, 2)],
                   "A +tag stays a different address unless the provider's rule is on")


def e2(desk: Desk) -> None:
    ines = desk.someone("Inès", "Moreau", "Aubépine", "ines.moreau.demo@gmail.com",
                        contact_id=contact_id(2, 1))
    desk.contact(ines, property_associatedcompanyid="")
    desk.member(ines, "2026-01-03 18:40", address="inesmoreaudemo@gmail.com")
    desk.different("E2", [hubspot(2, 1), mailchimp("inesmoreaudemo@gmail.com")],
                   "Dots in a gmail address count by default")


def e3(desk: Desk) -> None:
    firm = desk.world.firm("Larkstone")
    box = desk.someone("", "", firm, f"info@{firm.domain}", contact_id=contact_id(3, 1))
    desk.contact(box, person_key="", property_firstname="", property_lastname="",
                 property_jobtitle="", property_phone="", identifiers=[])
    desk.member(box, "2025-11-20 08:15", merge_fname="", merge_lname="", person_key="",
                identifiers=[])
    owen = desk.someone("Owen", "Pryce", firm, f"info@{firm.domain}",
                        helpdesk_id=helpdesk_id(3, 1))
    desk.support(owen, "2026-02-10 10:00", identifiers=[])
    sian = desk.someone("Siân", "Llewellyn", firm, f"sales@{firm.domain}",
                        helpdesk_id=helpdesk_id(3, 2))
    desk.support(sian, "2026-02-11 10:00", identifiers=[])
    desk.different("E3", [hubspot(3, 1), f"helpdesk:{helpdesk_id(3, 1)}"],
                   "info@ is a shared mailbox: it joins nobody")
    desk.expect("E3", "same_account",
                {"person_record": hubspot(3, 1), "account_record": f"hubspot:{firm.company_id}"},
                {"same": True}, "A shared mailbox belongs to the firm of its domain")
    desk.disposition("E3", "person", {"source_system": "hubspot",
                                      "source_record_id": contact_id(3, 1)}, "accepted",
                     "A shared mailbox is kept")


def e4(desk: Desk) -> None:
    address = "familie.kessler.demo@gmx.de"
    jonas = desk.someone("Jonas", "Kessler", "Moorkamp", address, contact_id=contact_id(4, 1))
    desk.contact(jonas, identifiers=[])
    birgit = desk.someone("Birgit", "Kessler", "Moorkamp", address,
                          helpdesk_id=helpdesk_id(4, 1), title="Lagerleiterin")
    desk.support(birgit, "2026-03-04 07:55", identifiers=[])
    desk.different("E4", [hubspot(4, 1), f"helpdesk:{helpdesk_id(4, 1)}"],
                   "One family address, two given names: kept apart, for review")


def e5(desk: Desk) -> None:
    firm = desk.world.firm("Thornwick")
    kate = desk.someone(
        "Katherine", "Ormerod", firm, f"katherine.ormerod@{firm.domain}",
        phone=("44", "20", "79460981"), contact_id=contact_id(5, 1),
        helpdesk_id=helpdesk_id(5, 1), started="2025-10-20 10:00",
    )
    second = f"k.ormerod@{firm.domain}"
    desk.contact(kate, property_hs_additional_emails=tokens.email(second))
    desk.contact(replace(kate, contact_id=contact_id(5, 2), email=second.upper()),
                 "2026-02-01 12:00", property_firstname="K.", property_phone="")
    desk.member(kate, "2025-10-21 09:00")
    desk.member(kate, "2025-11-02 09:00", list_id=EVENTS_LIST, merge_fname="Kate")
    desk.member(kate, "2026-01-15 09:00", address=second, merge_fname="", merge_lname="")
    desk.support(kate, "2026-03-01 09:00", email=tokens.email(kate.email.upper()))
    keys = [hubspot(5, 1), hubspot(5, 2), mailchimp(kate.email),
            mailchimp(kate.email, EVENTS_LIST), mailchimp(second),
            f"helpdesk:{helpdesk_id(5, 1)}"]
    desk.same("E5", keys, "Three newsletter, two CRM and one support record are one person")
    desk.rows("E5", "canonical.person_xref", {"record": hubspot(5, 1)}, {"rows": 6},
              "One cross reference per source record")


def e7(desk: Desk) -> None:
    stems = ("Hainfurt", "Weidenau", "Larkstone", "Oakhanger", "Wolfpine", "Copper Mesa",
             "Lone Alder", "Rochebrune", "Zilverduin", "Puerto Lucero", "Valtresca", "Björkvik",
             "Żuraw", "Coolamine")
    names = (("Lukas", "Ahrens"), ("Jana", "Böhm"), ("Imogen", "Dunbar"), ("Rhys", "Garside"),
             ("Linh", "Tran"), ("Tyler", "Haskell"), ("Naomi", "Redfern"), ("Loïc", "Ferrand"),
             ("Fleur", "Kuipers"), ("Maite", "Llorente"), ("Dario", "Pavan"), ("Elin", "Öberg"),
             ("Piotr", "Wróbel"), ("Mei", "Hendricks"))
    for number, (stem, (first, last)) in enumerate(zip(stems, names, strict=True), 1):
        firm = desk.world.firm(stem)
        local = unicodedata.normalize("NFKD", f"{first}.{last}".lower())
        local = "".join(char for char in local if char.isascii())
        person = desk.someone(first, last, firm, f"{local}@{firm.domain}",
                              contact_id=contact_id(7, number),
                              started=f"2026-02-{number + 2:02d} 13:20")
        desk.contact(person, property_phone="0000000", property_hs_analytics_source="OFFLINE",
                     property_hs_analytics_source_data_1="IMPORT",
                     property_hs_additional_emails="test@test.com",
                     identifiers=[records.key_of_address(person.email)])
    desk.different("E7", [hubspot(7, number) for number in range(1, len(stems) + 1)],
                   "A placeholder phone and test@test.com in many records join nobody")
    desk.disposition("E7", "person", {"source_system": "hubspot",
                                      "source_record_id": contact_id(7, 1)}, "accepted",
                     "The placeholder is dropped, the person kept", "person.phone.invalid")


def e8(desk: Desk) -> None:
    old, new = desk.world.firm("Silbertal"), desk.world.firm("Altenhafen")
    before = f"florian.reinhardt@{old.domain}"
    florian = desk.someone("Florian", "Reinhardt", new, f"f.reinhardt@{new.domain}",
                           phone=("49", "30", "23125977"), contact_id=contact_id(8, 1),
                           helpdesk_id=helpdesk_id(8, 1), user_id=login(8, 1),
                           started="2025-10-14 08:30")
    identifiers = [records.key_of_address(florian.email), records.key_of_address(before),
                   f"user:{florian.user_id}"]
    desk.contact(florian, modified="2025-11-03 10:00", identifiers=identifiers,
                 property_email=tokens.email(before),
                 property_company=tokens.firm(old.name),
                 property_associatedcompanyid=tokens.number(old.company_id))
    desk.contact(florian, modified="2026-04-08 10:00",
                 property_hs_additional_emails=tokens.email(before))
    desk.member(florian, "2025-10-15 08:30", address=before,
                merge_company=tokens.firm(old.name))
    desk.support(florian, "2026-04-20 08:30")
    browser = desk.visitor(801, "2025-10-14 08:20", old)
    browser.user_id = florian.user_id
    desk.event(browser, "2025-10-16 08:21:10", "login")
    browser.sessions = 2
    desk.event(browser, "2026-05-04 09:02:44", "login")
    records.note_login(desk.exports, florian)
    for name, when, value in (("email", "2026-04-08 09:59", florian.email),
                              ("company", "2026-04-08 09:59", new.name)):
        records.history(desk.exports, florian.contact_id, name, at(when),
                        tokens.email(value) if name == "email" else tokens.firm(value))
    desk.same("E8", [hubspot(8, 1), mailchimp(before), f"helpdesk:{helpdesk_id(8, 1)}",
                     f"ga4:{florian.user_id}"],
              "New employer and new address, same login: same person")
    desk.expect("E8", "same_account",
                {"person_record": hubspot(8, 1), "account_record": f"hubspot:{new.company_id}"},
                {"same": True}, "The primary account is the new employer")


def e9(desk: Desk) -> None:
    firm = desk.world.firm("Granåsen")
    address = f"m.berg@{firm.domain}"
    maja = desk.someone("Maja", "Berg", firm, address, phone=("46", "31", "3900688"),
                        contact_id=contact_id(9, 1), started="2025-10-03 08:00")
    desk.contact(maja, modified="2026-01-16 16:00", _fivetran_deleted="true", identifiers=[])
    magnus = desk.someone("Magnus", "Berg", firm, address, phone=("46", "31", "3900688"),
                          contact_id=contact_id(9, 2), started="2026-03-02 08:00",
                          title="Facility Manager")
    desk.contact(magnus, modified="2026-03-20 11:00", identifiers=[])
    desk.different("E9", [hubspot(9, 1), hubspot(9, 2)],
                   "Address and extension went to the successor: two people")


def e11(desk: Desk) -> None:
    firm = desk.world.firm("Fernhurst Cross")
    survivor = desk.someone("Elizabeth", "Fairbairn", firm,
                            f"elizabeth.fairbairn@{firm.domain}",
                            contact_id=contact_id(11, 1), started="2025-10-09 09:00")
    merged = f"merge:{contact_id(11, 1)}"
    loser = replace(survivor, contact_id=contact_id(11, 2), email="liz.fairbairn.demo@gmail.com")
    gone = contact_id(11, 3)
    desk.contact(
        survivor, modified="2026-02-12 15:00",
        property_hs_merged_object_ids=f"{tokens.number(loser.contact_id)};{tokens.number(gone)}",
        identifiers=[records.key_of_address(survivor.email), merged],
    )
    desk.contact(loser, "2025-11-17 09:00", "2026-02-12 15:00", property_firstname="Liz",
                 identifiers=[records.key_of_address(loser.email), merged])
    desk.member(loser, "2025-11-17 09:05", merge_fname="Liz")
    for vid, when in ((loser.contact_id, "2026-02-12 14:58:07"), (gone, "2026-02-12 14:59:30")):
        desk.exports.hubspot("contact_merge_audit").add(
            canonical_vid=tokens.number(survivor.contact_id),
            contact_id=tokens.number(survivor.contact_id), vid_to_merge=tokens.number(vid),
            entity_id='{"mergeable":true}', num_properties_moved="4",
            timestamp=records.stamp(at(when)), _fivetran_synced=records.synced(at(when)),
        )
    form = records.form_submission(desk.exports, loser.contact_id, FORMS[1],
                                   at("2025-11-17 09:00:40"))
    lost = records.form_submission(desk.exports, gone, FORMS[2], at("2026-01-20 13:30:00"))
    desk.same("E11", [hubspot(11, 1), hubspot(11, 2), mailchimp(loser.email)],
              "The CRM merged them; the loser still stands in the export")
    for row, why in ((form, "A loser's event is the survivor's"),
                     (lost, "So is that of a loser that left the export")):
        desk.expect("E11", "event_person",
                    {"source_system": "hubspot",
                     "source_record_id": tokens.plain(row["conversion_id"])},
                    {"record": hubspot(11, 1)}, why)


def e12(desk: Desk) -> None:
    firm = desk.world.firm("Havsörn")
    back = desk.someone("Gösta", "Häggkvist", firm, f"gosta.haggkvist@{firm.domain}",
                        contact_id=contact_id(12, 1), started="2025-10-27 09:40")
    for modified, deleted in (("2025-11-10 10:00", "false"), ("2026-01-15 10:00", "true"),
                              ("2026-03-01 10:00", "false")):
        desk.contact(back, modified=modified, _fivetran_deleted=deleted)
    gone = desk.someone("Linnéa", "Wallin", firm, f"linnea.wallin@{firm.domain}",
                        contact_id=contact_id(12, 2), started="2025-10-28 09:40")
    desk.contact(gone, modified="2025-11-10 10:00")
    desk.contact(gone, modified="2026-02-15 10:00", _fivetran_deleted="true")
    desk.rows("E12", "canonical.person_xref", {"source_record": hubspot(12, 1)}, {"rows": 1},
              "Deleted and back again is one record of one person")
    desk.rows("E12", "intake.int_person__checked",
              {"where": {"source_system": "hubspot", "source_record_id": contact_id(12, 1),
                         "is_current": True, "is_deleted": False}}, {"rows": 1},
              "The version that came back is the current one")
    desk.rows("E12", "intake.int_person__checked",
              {"where": {"source_system": "hubspot", "source_record_id": contact_id(12, 2),
                         "is_current": True, "is_deleted": True}}, {"rows": 1},
              "A deleted record stays as a tombstone")


def e14(desk: Desk) -> None:
    firm = desk.world.firm("Valcombe")
    composed = f"rené.dupré@{firm.domain}"
    apart = unicodedata.normalize("NFD", composed)
    rene = desk.someone("René", "Dupré", firm, composed, contact_id=contact_id(14, 1))
    desk.contact(rene)
    desk.member(rene, "2026-01-15 07:10", address=apart)
    willow = desk.world.firm("Wierzbowa")
    latin = desk.someone("Pavel", "Gołąb", willow, f"pavel.golab@{willow.domain}",
                         contact_id=contact_id(14, 2))
    desk.contact(latin)
    lookalike = f"p\N{CYRILLIC SMALL LETTER A}vel.golab@{willow.domain}"
    other = desk.someone("Patryk", "Velt", willow, lookalike, contact_id=contact_id(14, 3))
    desk.contact(other)
    idn = desk.someone("Käthe", "Bücher", "Drosselberg", "kaethe@bücherlager.example",
                       contact_id=contact_id(14, 4))
    desk.contact(idn, property_associatedcompanyid="", property_company="Bücherlager")
    desk.same("E14", [hubspot(14, 1), mailchimp(apart)],
              "é in one or in two code points is the same letter")
    desk.different("E14", [hubspot(14, 2), hubspot(14, 3)],
                   "A Cyrillic letter only looks like an a: no merge")
    desk.disposition("E14", "person", {"source_system": "hubspot",
                                       "source_record_id": contact_id(14, 4)}, "accepted",
                     "A domain with an umlaut is valid")


def e15(desk: Desk) -> None:
    firm = desk.world.firm("Hollowmere")
    pair = []
    for number, (first, last) in enumerate((("Callum", "Tindall"), ("Nia", "Quayle")), 1):
        person = desk.someone(first, last, firm, f"{first}.{last}@{firm.domain}".lower(),
                              contact_id=contact_id(15, number), user_id=login(15, number))
        desk.contact(person)
        records.note_login(desk.exports, person)
        pair.append(person)
    kiosk = desk.visitor(1501, "2026-02-02 07:58:00")
    before = desk.event(kiosk, "2026-02-02 07:58:00", page="/pricing")
    kiosk.user_id = pair[0].user_id
    desk.event(kiosk, "2026-02-02 08:01:15", "login")
    first = desk.event(kiosk, "2026-02-02 08:03:40", page="/demo")
    kiosk.user_id, kiosk.sessions = pair[1].user_id, 2
    desk.event(kiosk, "2026-02-02 12:40:05", "login")
    second = desk.event(kiosk, "2026-02-02 12:44:18", page="/guides/energy-audit")
    desk.person_of("E15", before, None, "Two people use this browser: whose visit was it?")
    desk.person_of("E15", first, hubspot(15, 1), "After a login it is that person's")
    desk.person_of("E15", second, hubspot(15, 2), "After the other login the other's")
    desk.different("E15", [hubspot(15, 1), hubspot(15, 2)], "A shared browser merges nobody")


def e16(desk: Desk) -> None:
    firm = desk.world.firm("Dunmorrow")
    person = desk.someone("Hamish", "MacAllister", firm, f"hamish@{firm.domain}",
                          contact_id=contact_id(16, 1), user_id=login(16, 1),
                          started="2026-06-20 09:00")
    desk.contact(person)
    records.note_login(desk.exports, person)
    browser = desk.visitor(1601, "2025-04-22 10:10:00", firm)
    old = desk.event(browser, "2025-04-22 10:10:00", page="/blog/demand-peaks")
    browser.sessions = 2
    recent = desk.event(browser, "2026-06-19 15:20:00", page="/pricing")
    browser.sessions, browser.user_id = 3, person.user_id
    desk.event(browser, "2026-06-20 09:05:30", "login")
    desk.person_of("E16", old, None, "Fourteen months before the login the cookie is too old")
    desk.person_of("E16", recent, hubspot(16, 1),
                   "The day before, on a browser with one login, it is that person")


def e18(desk: Desk) -> None:
    for number, (first, last, blank) in enumerate(
        (("Cian", "Byrne", "-"), ("Órla", "O'Dowd", "N/A"), ("Niamh", "Fitzgerald", "null"),
         ("Seán", "Mac Cárthaigh", "-")), 1,
    ):
        person = desk.someone(first, last, "Corrigmore", contact_id=contact_id(18, number),
                              started=f"2026-01-{number + 19} 11:11")
        desk.contact(person, property_email=blank, property_phone=blank,
                     property_hs_additional_emails="" if number % 2 else blank,
                     property_user_id=blank, identifiers=[])
        desk.disposition("E18", "person", {"source_system": "hubspot",
                                           "source_record_id": contact_id(18, number)},
                         "accepted", "A written blank is a blank, no error")
    desk.different("E18", [hubspot(18, number) for number in range(1, 5)],
                   "Written blanks match nobody")


# ----------------------------------------------------------------------------------- account


def e19(desk: Desk) -> None:
    firm = desk.world.firm("Kiefernbach")
    hint = desk.someone("Uwe", "Petersen", firm, "uwe.petersen.demo@gmail.com",
                        contact_id=contact_id(19, 1))
    desk.contact(hint, property_associatedcompanyid="", property_phone="",
                 property_company="Kiefernbach")
    linked = desk.someone("Heike", "Lindner", firm, "heike.lindner.demo@gmail.com",
                          contact_id=contact_id(19, 2))
    desk.contact(linked)
    desk.fields("E19", "canonical.person", hubspot(19, 1), {"primary_account_id": None},
                "A free-mail address and a typed name are no proof of an employer")
    desk.expect("E19", "same_account",
                {"person_record": hubspot(19, 2), "account_record": f"hubspot:{firm.company_id}"},
                {"same": True}, "The CRM's own association is proof")
    free = desk.firm("Rotbuchen", "Erlenried", "Erlenried Kurier", "gmail.com",
                     company_id(19, 1), 4)
    records.company(desk.exports, free)
    visitor = desk.someone("Ute", "Winkler", free, "ute.winkler.demo@gmail.com",
                           contact_id=contact_id(19, 3))
    desk.contact(visitor, property_associatedcompanyid="", property_company="")
    desk.fields("E19", "canonical.person", hubspot(19, 3), {"primary_account_id": None},
                "A company with gmail.com as its domain does not own gmail.com")


def e20(desk: Desk) -> None:
    host = "quillmoor-example.com"
    group = desk.firm("Redhollow", "Quillmoor Group", "Quillmoor Group Inc.", host,
                      company_id(20, 0), 2400)
    freight = desk.firm("Redhollow", "Quillmoor Freight", "Quillmoor Freight LLC", host,
                        company_id(20, 1), 900)
    cold = desk.firm("Redhollow", "Quillmoor Cold", "Quillmoor Cold Chain LLC", host,
                     company_id(20, 2), 700)
    parent = tokens.number(group.company_id)
    records.company(desk.exports, group)
    records.company(desk.exports, freight, property_hs_parent_company_id=parent)
    records.company(desk.exports, cold, property_hs_parent_company_id=parent)
    shared = desk.someone("Hector", "Villanueva", group, f"hector.villanueva@{host}",
                          contact_id=contact_id(20, 1))
    desk.contact(shared, property_associatedcompanyid="", property_company="Quillmoor")
    own = desk.someone("Megan", "Sorensen", cold, f"megan.sorensen@{host}",
                       contact_id=contact_id(20, 2))
    desk.contact(own)
    keys = [f"hubspot:{company_id(20, number)}" for number in (0, 1, 2)]
    desk.expect("E20", "not_merged_account", {"records": keys}, {"accounts": 3},
                "Group and subsidiaries share a domain and stay apart")
    desk.expect("E20", "same_account",
                {"person_record": hubspot(20, 1), "account_record": keys[0]},
                {"same_or_none": True},
                "By domain alone it is the parent, or nobody until reviewed; never a random one")
    desk.expect("E20", "same_account",
                {"person_record": hubspot(20, 2), "account_record": keys[2]}, {"same": True},
                "The CRM's association decides between subsidiaries")
    twins = [desk.firm("Windrow", f"Pebbleford {part}", f"Pebbleford {part} Co.",
                       "pebbleford.example", company_id(20, number), 60)
             for number, part in ((3, "Mills"), (4, "Stores"))]
    for twin in twins:
        records.company(desk.exports, twin)
    nobody = desk.someone("Andre", "Baptiste", twins[0], "andre.baptiste@pebbleford.example",
                          contact_id=contact_id(20, 3))
    desk.contact(nobody, property_associatedcompanyid="", property_company="")
    desk.fields("E20", "canonical.person", hubspot(20, 3), {"primary_account_id": None},
                "Two firms on one domain without a parent: review, not a guess")


def e21(desk: Desk) -> None:
    old, new = "altwerk.example", "neuwerk-gruppe.example"
    firm = desk.firm("Neuwerk", "Altwerk", "Neuwerk Gruppe AG", new, company_id(21, 1), 430)
    records.company(desk.exports, firm, property_name=tokens.firm("Altwerk Logistik AG"),
                    property_domain=tokens.domain(old),
                    property_hs_lastmodifieddate=records.stamp(at("2025-11-04 09:00")))
    records.company(desk.exports, firm,
                    property_hs_lastmodifieddate=records.stamp(at("2026-03-16 09:00")))
    early = desk.someone("Thomas", "Zöllner", firm, f"thomas.zoellner@{old}",
                         contact_id=contact_id(21, 1), started="2025-11-12 09:00")
    late = desk.someone("Katrin", "Hübner", firm, f"katrin.huebner@{new}",
                        contact_id=contact_id(21, 2), started="2026-04-12 09:00")
    for person in (early, late):
        desk.contact(person, property_associatedcompanyid="")
        desk.expect("E21", "same_account",
                    {"person_record": f"hubspot:{person.contact_id}",
                     "account_record": f"hubspot:{company_id(21, 1)}"}, {"same": True},
                    "The firm changed its domain: the old one led to it at that time")
    desk.rows("E21", "canonical.account_domain", {"record": f"hubspot:{company_id(21, 1)}"},
              {"rows": 2}, "Both domains, each with its time")


def e22(desk: Desk) -> None:
    firm = desk.world.firm("Blue Larch")
    person = desk.someone("Kateri", "Begay", firm, f"kateri.begay@mail.eu.{firm.domain}",
                          contact_id=contact_id(22, 1))
    desk.contact(person, property_associatedcompanyid="", property_company="")
    desk.expect("E22", "same_account",
                {"person_record": hubspot(22, 1), "account_record": f"hubspot:{firm.company_id}"},
                {"same": True}, "mail.eu.<firm>.com belongs to <firm>.com")
    one, two = desk.world.firm("Ashcombe Vale"), desk.world.firm("Larkstone")
    desk.expect("E22", "not_merged_account",
                {"records": [f"hubspot:{one.company_id}", f"hubspot:{two.company_id}"]},
                {"accounts": 2}, "co.uk is a public suffix, no firm")


def e23(desk: Desk) -> None:
    first, second = desk.world.firm("Lavaux-Nord"), desk.world.firm("Seebrugg")
    celine = desk.someone("Céline", "Rochat", first, f"celine.rochat@{first.domain}",
                          contact_id=contact_id(23, 1), helpdesk_id=helpdesk_id(23, 1),
                          user_id=login(23, 1))
    desk.contact(celine)
    desk.exports.generic("account").add(
        source_system="helpdesk", source_record_id=tokens.text_id("org-e023"),
        updated_at="2026-02-01T09:00:00Z", is_deleted="false", name=tokens.firm(second.name),
        domain=tokens.domain(second.domain), country="CH", created_at="2026-02-01T09:00:00Z",
    )
    records.note_account(desk.exports, "helpdesk", "account", "org-e023", second.key)
    desk.support(celine, "2026-02-02 09:00", email=tokens.email(f"c.rochat@{second.domain}"),
                 company_name=tokens.firm(second.name),
                 company_domain=tokens.domain(second.domain),
                 company_record_id=tokens.text_id("org-e023"))
    desk.same("E23", [hubspot(23, 1), f"helpdesk:{helpdesk_id(23, 1)}"],
              "One login, two employers")
    desk.rows("E23", "canonical.person_account",
              {"record": hubspot(23, 1), "where": {"valid_to": None}}, {"rows": 2},
              "Two live jobs")
    desk.rows("E23", "canonical.person_account",
              {"record": hubspot(23, 1), "where": {"valid_to": None, "is_primary": True}},
              {"rows": 1}, "One of them is primary")
    desk.expect("E23", "same_account",
                {"accounts": [f"hubspot:{second.company_id}", "helpdesk:org-e023"]},
                {"same": True}, "The support tool's organisation is the CRM's company")


def e25(desk: Desk) -> None:
    sizes: tuple[tuple[str, dict[str, Any], str], ...] = (
        ("51-200", {"employee_count": None, "employee_band": "51-200"}, ""),
        ("1,000+", {"employee_count": None}, ""),
        ("120", {"employee_count": 120, "employee_band": "51-200"}, ""),
        ("about fifty", {"employee_count": None, "employee_band": None},
         "account.employees.unparsable"),
    )
    for number, (text, expected, reason) in enumerate(sizes, 1):
        firm = desk.firm("Steinmühl", f"Feldrain {number}", f"Feldrain Handel {number} GmbH",
                         f"feldrain{number}.example", company_id(25, number))
        records.company(desk.exports, firm, property_numberofemployees=text)
        desk.fields("E25", "canonical.account", f"hubspot:{company_id(25, number)}", expected,
                    f"Size as given: {text}")
        desk.disposition("E25", "account", {"source_system": "hubspot",
                                            "source_record_id": company_id(25, number)},
                         "accepted", "An unreadable size costs the field, not the row", reason)


# ----------------------------------------------------------------------------------- consent


def _subscriber(desk: Desk, case: int, first: str, last: str, stem: str, number: int = 1,
                **more: Any) -> Person:
    firm = desk.world.firm(stem)
    local = unicodedata.normalize("NFKD", f"{first}.{last}".lower().replace(" ", ""))
    local = "".join(char for char in local if char.isascii() and char != "'")
    person = desk.someone(first, last, firm, f"{local}@{firm.domain}",
                          contact_id=contact_id(case, number), **more)
    return person


def e26(desk: Desk) -> None:
    left = _subscriber(desk, 26, "Sabine", "Großmann", "Grünwalde")
    stayed = replace(left, contact_id=contact_id(26, 2), email="sabine.grossmann.demo@gmx.de")
    merged = f"merge:{left.contact_id}"
    desk.contact(left, "2025-10-13 10:00", "2026-04-14 10:00",
                 property_hs_merged_object_ids=tokens.number(stayed.contact_id),
                 identifiers=[records.key_of_address(left.email), merged])
    desk.contact(stayed, "2025-10-20 10:00", "2026-04-14 10:00",
                 identifiers=[records.key_of_address(stayed.email), merged])
    desk.exports.hubspot("contact_merge_audit").add(
        canonical_vid=tokens.number(left.contact_id), contact_id=tokens.number(left.contact_id),
        vid_to_merge=tokens.number(stayed.contact_id), entity_id='{"mergeable":true}',
        num_properties_moved="2", timestamp=records.stamp(at("2026-04-14 09:59")),
        _fivetran_synced=records.stamp(at("2026-04-14 12:00")),
    )
    desk.member(left, "2025-10-13 10:05", "unsubscribed", "2026-02-09 17:31")
    desk.member(stayed, "2025-11-20 10:05")
    for address in (left.email, stayed.email):
        desk.consent_is("E26", address, {"state": "denied"},
                        "One address left after the other had joined; merged, both are denied")


def e27(desk: Desk) -> None:
    person = _subscriber(desk, 27, "Franziska", "Köhler", "Löwenstieg")
    second = "franziska.koehler.demo@gmx.de"
    desk.contact(person, "2025-10-13 10:00", "2026-04-14 10:00",
                 property_hs_additional_emails=tokens.email(second))
    desk.member(person, "2025-10-13 10:05", "unsubscribed", "2026-01-12 08:08")
    desk.member(person, "2026-03-23 19:20", address=second)
    desk.consent_is("E27", second, {"state": "allowed"},
                    "Joined after the withdrawal, with this address")
    desk.consent_is("E27", person.email, {"state": "denied"},
                    "The other address has no newer grant of its own")


def e28(desk: Desk) -> None:
    person = _subscriber(desk, 28, "Moritz", "Jansen", "Hainfurt")
    desk.contact(person)
    desk.consent(28, 1, person.email, "grant", "2026-03-05T12:00:00Z")
    desk.consent(28, 2, person.email, "withdraw", "2026-03-05T12:00:00Z")
    desk.consent_is("E28", person.email, {"state": "denied"}, "A tie denies")


def e29(desk: Desk) -> None:
    person = _subscriber(desk, 29, "Jana", "Vogt", "Weidenau")
    desk.contact(person)
    desk.consent(29, 1, person.email, "grant", "2026-04-10T07:45:00Z")
    desk.consent(29, 2, person.email, "withdraw", "2026-01-05T16:00:00Z",
                 updated_at="2026-05-20T03:00:00Z")
    desk.consent_is("E29", person.email, {"state": "allowed"},
                    "A withdrawal that arrives late but is older does not undo a newer grant")


def e30(desk: Desk) -> None:
    person = _subscriber(desk, 30, "Moritz", "Reinhardt", "Tannhof")
    desk.contact(person, "2025-10-11 10:00", "2026-05-11 04:00",
                 property_hs_email_optout="false")
    desk.member(person, "2025-10-12 10:05", "unsubscribed", "2026-03-02 06:30")
    records.history(desk.exports, person.contact_id, "hs_email_optout",
                    at("2026-05-11 04:00"), "false", "INTEGRATION")
    desk.consent_is("E30", person.email, {"state": "denied"},
                    "The CRM's default 'not opted out' is no consent")
    out = _subscriber(desk, 30, "Björn", "Schröder", "Tannhof", 2)
    desk.contact(out, property_hs_email_optout="true")
    records.history(desk.exports, out.contact_id, "hs_email_optout", at("2026-02-20 13:00"),
                    "true", "EMAIL")
    desk.member(out, "2025-12-01 10:05")
    desk.consent_is("E30", out.email, {"state": "denied"},
                    "An opt-out in the CRM ends the newsletter tool's older subscription")


def e31(desk: Desk) -> None:
    person = _subscriber(desk, 31, "Anna", "Seidel", "Birkholz")
    desk.contact(person)
    desk.member(person, "2025-11-03 09:00", "unsubscribed", "2026-02-16 09:00")
    desk.consent(31, 1, person.email, "grant", "2026-03-30T08:00:00Z", method="list_import",
                 evidence_ref="", double_opt_in_at="", actor="fair_team")
    desk.disposition("E31", "consent", {"source_system": "preference_centre",
                                        "source_record_id": "pc-03101"}, "quarantined",
                     "Imported as subscribed after a withdrawal, without proof",
                     "consent.evidence.missing")
    desk.consent_is("E31", person.email, {"state": "denied"}, "The import changes nothing")


def e34(desk: Desk) -> None:
    old = _subscriber(desk, 34, "Theresa", "Moser", "Almkogel")
    desk.contact(old)
    desk.member(old, "2026-02-01 20:12", "pending")
    young = _subscriber(desk, 34, "Georg", "Pichler", "Almkogel", 2, started="2026-06-22 09:30")
    desk.contact(young)
    desk.member(young, "2026-06-22 20:12", "pending")
    desk.consent_is("E34", old.email, {"state_not": ["allowed", "pending"]},
                    "Not confirmed within 30 days: expired")
    desk.consent_is("E34", young.email, {"state": "pending"}, "Not confirmed yet: not allowed")


def e35(desk: Desk) -> None:
    person = _subscriber(desk, 35, "Chloé", "Garnier", "Clairmarais")
    desk.contact(person)
    desk.consent(35, 1, person.email, "grant", "2025-11-01T09:00:00Z", "newsletter",
                 jurisdiction="FR")
    desk.consent(35, 2, person.email, "grant", "2025-11-01T09:00:00Z", "product_updates",
                 jurisdiction="FR")
    desk.consent(35, 3, person.email, "withdraw", "2026-02-01T09:00:00Z", "*", jurisdiction="FR")
    desk.consent(35, 4, person.email, "grant", "2026-03-01T09:00:00Z", "newsletter",
                 jurisdiction="FR")
    desk.consent_is("E35", person.email, {"state": "allowed"}, "Granted again for this purpose",
                    "newsletter")
    desk.consent_is("E35", person.email, {"state": "denied"},
                    "The withdrawal of everything still stands here", "product_updates")


def e36(desk: Desk) -> None:
    person = _subscriber(desk, 36, "Joost", "de Vries", "Veerhaven")
    desk.contact(person)
    interest = {"lawful_basis": "legitimate_interest", "jurisdiction": "NL"}
    desk.consent(36, 1, person.email, "grant", "2025-10-10T09:00:00Z", **interest)
    desk.consent(36, 2, person.email, "object", "2026-01-20T09:00:00Z", jurisdiction="NL",
                 lawful_basis="")
    desk.consent(36, 3, person.email, "grant", "2026-04-02T02:00:00Z", actor="crm_sync",
                 **interest)
    desk.consent_is("E36", person.email, {"state": "denied"},
                    "Legitimate interest does not come back after an objection")
    desk.disposition("E36", "consent", {"source_system": "preference_centre",
                                        "source_record_id": "pc-03603"}, "quarantined",
                     "A new legitimate interest after an objection",
                     "consent.lawful_basis.not_allowed")


def e38(desk: Desk) -> None:
    early = _subscriber(desk, 38, "Bram", "Bakker", "Groenpolder")
    desk.contact(early)
    desk.consent(38, 1, early.email, "grant", "2027-02-01T00:00:00Z", jurisdiction="NL")
    stop = _subscriber(desk, 38, "Noor", "Hoekstra", "Groenpolder", 2)
    desk.contact(stop)
    desk.consent(38, 2, stop.email, "grant", "2026-01-10T10:00:00Z", jurisdiction="NL")
    desk.consent(38, 3, stop.email, "withdraw", "2026-12-31T00:00:00Z", jurisdiction="NL")
    reason = "consent.captured_at.in_future"
    desk.disposition("E38", "consent", {"source_system": "preference_centre",
                                        "source_record_id": "pc-03801"}, "quarantined",
                     "A grant from the future", reason)
    desk.disposition("E38", "consent", {"source_system": "preference_centre",
                                        "source_record_id": "pc-03803"}, "accepted",
                     "A denial from the future counts now", reason)
    desk.consent_is("E38", early.email, {"state_not": ["allowed"]}, "The grant does not count")
    desk.consent_is("E38", stop.email, {"state": "denied"}, "The denial counts now")


def e39(desk: Desk) -> None:
    person = _subscriber(desk, 39, "Aisha", "Chaudhary", "Juniper Dock")
    desk.contact(person, property_country="", property_state="", property_city="",
                 property_zip="", property_associatedcompanyid="")
    desk.consent(39, 1, person.email, "unknown", "2026-02-14T10:00:00Z", jurisdiction="",
                 lawful_basis="")
    desk.disposition("E39", "consent", {"source_system": "preference_centre",
                                        "source_record_id": "pc-03901"}, "excluded",
                     "'Not specified' is no statement", "consent.action.no_statement")
    desk.consent_is("E39", person.email, {"state_not": ["allowed"]},
                    "Nothing said and no jurisdiction known: the strictest rule, not allowed")


def e45(desk: Desk) -> None:
    person = _subscriber(desk, 45, "Chiara", "Bianchi", "Montechiaro")
    desk.contact(person)
    desk.member(person, "2025-10-30 12:00", "cleaned", "2026-03-11 09:02")
    who = {"campaign_id": "a1c04f9d15", "member_id": records.member_id(person.email),
           "list_id": DIGEST}
    desk.exports.mailchimp("campaign_recipient").add(
        who, _fivetran_synced="2026-03-11 12:00:00.000000")
    desk.exports.mailchimp("campaign_recipient_activity").add(
        who, action="bounce", timestamp="2026-03-11 09:02:10", bounce_type="hard",
        _fivetran_synced="2026-03-11 12:00:00.000000",
    )
    desk.consent_is("E45", person.email, {"state_not": ["denied"]},
                    "A bounce is not a withdrawal: the consent is as it was")


def e46(desk: Desk) -> None:
    person = _subscriber(desk, 46, "Gareth", "Bramley", "Easterly",
                         phone=("44", "7700", "900961"))
    desk.contact(person)
    number = tokens.phone(*person.phone, "e164") if person.phone else ""
    desk.consent(46, 1, person.email, "grant", "2026-01-18T10:00:00Z", jurisdiction="GB")
    desk.consent(46, 2, number, "grant", "2026-01-18T10:00:00Z", channel="sms",
                 jurisdiction="GB")
    desk.consent(46, 3, number, "deny", "2026-02-18T10:00:00Z", channel="sms",
                 jurisdiction="GB")
    desk.consent_is("E46", person.email, {"state": "allowed"}, "E-mail was not touched")
    desk.consent_is("E46", tokens.plain(number), {"state": "denied"}, "Text messages were denied",
                    channel="sms")


# ------------------------------------------------------------------------------------ events


def e47(desk: Desk) -> None:
    browser = desk.visitor(4701, "2026-01-08 09:00:00")
    event = desk.event(browser, "2026-01-08 09:00:00", "file_download")
    desk.exports.events.append(dict(event))
    desk.rows("E47", "canonical.event", {"event": web(event)}, {"rows": 1},
              "Delivered twice, happened once")
    desk.rows("E47", "intake.int_event__checked", {"where": {**web(event),
                                                             "disposition": "duplicate"}},
              {"rows": 1}, "The second delivery is counted")


def e48(desk: Desk) -> None:
    browser = desk.visitor(4801, "2025-11-18 14:30:00")
    one = desk.event(browser, "2025-11-18 14:30:00", "click")
    desk.event(browser, "2025-11-18 14:30:00", "click", index=2)
    desk.rows("E48", "canonical.event", {"event": web(one)}, {"rows": 2},
              "Two clicks in one instant with numbers of their own are two")


def _ticket_event(desk: Desk, case: int, number: int, **more: str) -> dict[str, str]:
    row = {
        "source_system": "helpdesk",
        "source_record_id": tokens.text_id(f"evt-e{case:03d}{number:02d}"),
        "event_name": "ticket_created", "event_at": "2026-03-03T10:15:00Z",
        "received_at": "2026-03-03T10:15:02Z", "email": "",
        "properties": '{"priority":"normal"}',
    }
    row.update(more)
    return desk.exports.generic("event").add(row)


def _helpdesk_event(case: int, number: int) -> dict[str, str]:
    return {"source_system": "helpdesk", "source_record_id": f"evt-e{case:03d}{number:02d}"}


def e49(desk: Desk) -> None:
    _ticket_event(desk, 49, 1, event_at="2028-03-03T10:15:00Z",
                  received_at="2026-03-03T10:15:02Z")
    desk.disposition("E49", "event", _helpdesk_event(49, 1), "accepted",
                     "The client's clock is two years ahead", "event.event_at.skewed")
    desk.expect("E49", "field_value",
                {"table": "canonical.event", "event": _helpdesk_event(49, 1)},
                {"event_at": "2026-03-03T10:15:02"}, "The time of receipt counts")
    browser = desk.visitor(4901, "2026-02-11 11:00:00")
    ahead = desk.event(browser, "2028-02-11 11:00:00", offset=-timedelta(days=730))
    ahead["_month"] = "2026-02"
    desk.disposition("E49", "event", {**web(ahead)}, "accepted",
                     "GA4 gives client time and the offset to the server's",
                     "event.event_at.skewed")
    desk.expect("E49", "field_value", {"table": "canonical.event", "event": web(ahead)},
                {"event_at": "2026-02-11T11:00:00"}, "Client time plus offset")


def e50(desk: Desk) -> None:
    browser = desk.visitor(5001, "2025-11-29 21:00:00")
    late = desk.event(browser, "2025-11-29 21:00:00", offset=timedelta(days=3, minutes=4))
    late["_month"] = "2025-12"
    desk.disposition("E50", "event", web(late), "accepted",
                     "Uploaded three days later, in the next month's file")
    desk.expect("E50", "field_value", {"table": "canonical.event", "event": web(late)},
                {"event_at": "2025-11-29T21:00:00"}, "Late is not skewed: it happened then")


def e51(desk: Desk) -> None:
    for number, (text, utc) in enumerate(
        (("2026-03-03 10:15:00", "2026-03-03T10:15:00"),
         ("2026-03-03T10:15:00+01:00", "2026-03-03T09:15:00"),
         ("2026-03-03T10:15:00-05:00", "2026-03-03T15:15:00")), 1,
    ):
        _ticket_event(desk, 51, number, event_at=text, received_at="")
        desk.expect("E51", "field_value",
                    {"table": "canonical.event", "event": _helpdesk_event(51, number)},
                    {"event_at": utc},
                    "A time without a zone is in the contract's zone, here UTC; an offset wins")


def e52(desk: Desk) -> None:
    for number, (text, utc) in enumerate(
        (("2025-10-26T02:30:00+02:00", "2025-10-26T00:30:00"),
         ("2025-10-26T02:30:00+01:00", "2025-10-26T01:30:00"),
         ("2026-03-29 02:30:00", "2026-03-29T02:30:00")), 1,
    ):
        _ticket_event(desk, 52, number, event_at=text, received_at="")
        desk.expect("E52", "field_value",
                    {"table": "canonical.event", "event": _helpdesk_event(52, number)},
                    {"event_at": utc},
                    "The hour that a clock change doubles or skips, read by its offset or as UTC")


def _campaign(source: str, medium: str, name: str = "spring_audit", **more: str) -> dict[str, str]:
    return {"manual_source": source, "manual_medium": medium, "manual_campaign_name": name, **more}


def _source_of(desk: Desk, case: str, event: dict[str, Any], expected: dict[str, Any],
               why: str) -> None:
    desk.expect(case, "field_value", {"table": "canonical.source", "event": web(event)},
                expected, why)


def e55(desk: Desk) -> None:
    click = "Cj0KCQiA5e5clickwithoututm"
    browser = desk.visitor(5501, "2026-04-07 10:00:00")
    paid = desk.event(browser, "2026-04-07 10:00:00", page=f"/pricing?gclid={click}",
                      campaign={"gclid": click}, referrer="https://www.google.com/")
    _source_of(desk, "E55", paid, {"channel_group": "Paid Search"},
               "No UTM, but the click id of a search ad")
    plain = desk.visitor(5502, "2026-04-07 11:00:00")
    nothing = desk.event(plain, "2026-04-07 11:00:00", page="/pricing")
    _source_of(desk, "E55", nothing, {"channel_group_in": ["Direct", "Unassigned", None]},
               "No evidence at all: nothing is invented")


def e56(desk: Desk) -> None:
    for number, medium in enumerate(("Email", "E-mail", "E-Mail%20", " email"), 1):
        browser = desk.visitor(5600 + number, f"2026-03-1{number} 10:00:00")
        event = desk.event(browser, f"2026-03-1{number} 10:00:00",
                           campaign=_campaign("Newsletter", medium, "monthly_digest"))
        _source_of(desk, "E56", event, {"channel_group": "Email", "medium": "email"},
                   f"Spelling of the medium: {medium!r}")
    browser = desk.visitor(5609, "2026-03-19 10:00:00")
    event = desk.event(browser, "2026-03-19 10:00:00",
                       campaign=_campaign("lagerblatt", "kooperation", "q1"))
    desk.disposition("E56", "event", web(event), "accepted", "An unknown medium is kept")
    _source_of(desk, "E56", event, {"channel_group": "Unassigned"}, "and belongs to no channel")


def e57(desk: Desk) -> None:
    browser = desk.visitor(5701, "2026-05-12 10:00:00")
    desk.event(browser, "2026-05-12 10:00:00", "session_start", page="/",
               campaign=_campaign("google", "cpc", "brand_search_eu"),
               referrer="https://www.google.com/")
    own = "https://www.lumenhafen.example/"
    inside = desk.event(browser, "2026-05-12 10:03:00", session="2026-05-12 10:00:00",
                        page="/demo?utm_source=homepage&utm_medium=banner",
                        campaign=_campaign("homepage", "banner", "hero"), referrer=own)
    back = desk.event(browser, "2026-05-12 10:09:00", session="2026-05-12 10:00:00",
                      page="/contact", referrer="https://pay.kassenhaus.example/checkout")
    for event, why in ((inside, "A campaign on a link of the own site starts nothing new"),
                       (back, "Nor does the way back from the payment page")):
        desk.expect("E57", "field_value", {"table": "canonical.session", "event": web(event)},
                    {"channel_group": "Paid Search"}, why)


def e58(desk: Desk) -> None:
    robot = desk.visitor(5801, "2026-01-19 03:00:00")
    robot.browser, robot.extra = "HeadlessChrome", {"traffic_type": "bot"}
    for second in range(6):
        crawl = desk.event(robot, f"2026-01-19 03:00:0{second}", session="2026-01-19 03:00:00",
                           page="/pricing")
    desk.disposition("E58", "event", web(crawl), "excluded", "A crawler, by rule",
                     "event.row.bot")
    office = desk.visitor(5802, "2026-01-20 09:00:00")
    office.extra = {"traffic_type": "internal"}
    for minute in range(4):
        view = desk.event(office, f"2026-01-20 09:0{minute}:00", session="2026-01-20 09:00:00")
    desk.disposition("E58", "event", web(view), "excluded", "A colleague, by rule",
                     "event.row.internal")


def e59(desk: Desk) -> None:
    browser = desk.visitor(5901, "2026-02-24 10:00:00")
    for minute, name in enumerate(("Signup_Completed", "signup completed")):
        event = desk.event(browser, f"2026-02-24 10:0{minute}:00", name,
                           session="2026-02-24 10:00:00")
        desk.disposition("E59", "event", web(event), "accepted", "An alias of sign_up")
        desk.expect("E59", "field_value", {"table": "canonical.event", "event": web(event)},
                    {"event_name": "sign_up"}, "The canonical name")
    event = desk.event(browser, "2026-02-24 10:05:00", "hover_test_tmp_2",
                       session="2026-02-24 10:00:00")
    desk.disposition("E59", "event", web(event), "quarantined", "A name nobody agreed on",
                     "event.event_name.unknown")


def e60(desk: Desk) -> None:
    _ticket_event(desk, 60, 1, properties='{"priority":"high","tags":["cold store",')
    desk.disposition("E60", "event", _helpdesk_event(60, 1), "quarantined",
                     "Properties cut off in the middle", "event.properties.malformed")


# --------------------------------------------------------------------------------- lifecycle


def _staged(desk: Desk, case: int, first: str, last: str, stem: str, stage: str,
            number: int = 1, **changes: Any) -> Person:
    person = _subscriber(desk, case, first, last, stem, number, started="2025-11-03 09:00")
    person.reached = [(stage, at("2026-04-01 09:00"))] if stage else []
    desk.contact(person, modified="2026-06-02 10:00", property_lifecyclestage=stage, **changes)
    return person


def e65(desk: Desk) -> None:
    person = _staged(desk, 65, "Alessia", "Ricciardi", "Porto Sereno", "lead")
    for stage, when in (("lead", "2025-11-03 09:00"),
                        ("marketingqualifiedlead", "2025-12-01 10:00"),
                        ("salesqualifiedlead", "2026-01-12 10:00"),
                        ("opportunity", "2026-02-02 10:00"), ("", "2026-04-01 09:00"),
                        ("lead", "2026-04-01 09:00:01")):
        desk.stage(person.contact_id, stage, when)
    desk.expect("E65", "stage", {"record": hubspot(65, 1)},
                {"stage": "lead", "first_mql_at": "2025-12-01T10:00:00"},
                "Emptied and set to an earlier stage: the same person, gone back")
    desk.rows("E65", "canonical.lifecycle_history",
              {"record": hubspot(65, 1), "where": {"transition_type": "regress"}},
              {"rows_min": 1}, "The way back is a regression")


def e66(desk: Desk) -> None:
    person = _staged(desk, 66, "Lorenzo", "Marchetti", "Lagonero", "salesqualifiedlead")
    desk.stage(person.contact_id, "lead", "2025-11-03 09:00")
    desk.stage(person.contact_id, "salesqualifiedlead", "2026-01-20 11:30:15")
    desk.stage(person.contact_id, "marketingqualifiedlead", "2026-01-20 11:30:15")
    desk.expect("E66", "stage", {"record": hubspot(66, 1)},
                {"stage": "sql", "mql_at": "2026-01-20T11:30:15",
                 "sql_at": "2026-01-20T11:30:15"},
                "In one second the lower stage comes first, whatever the row order")


def e67(desk: Desk) -> None:
    person = _staged(desk, 67, "Beatrice", "Sanna", "Fontefredda", "salesqualifiedlead")
    desk.stage(person.contact_id, "lead", "2025-11-03 09:00")
    desk.stage(person.contact_id, "salesqualifiedlead", "2026-02-10 11:30")
    desk.expect("E67", "stage", {"record": hubspot(67, 1)},
                {"stage": "sql", "mql_at": None, "sql_at": "2026-02-10T11:30:00"},
                "A stage that was skipped gets no invented time")
    desk.rows("E67", "canonical.lifecycle_history",
              {"record": hubspot(67, 1), "where": {"transition_type": "skip"}}, {"rows": 1},
              "The skip is flagged")


def e68(desk: Desk) -> None:
    person = _staged(desk, 68, "Søren", "Østergaard", "Østerhavn", "customer")
    for stage, when in (("lead", "2025-11-03 09:00"),
                        ("marketingqualifiedlead", "2025-11-20 10:00"),
                        ("salesqualifiedlead", "2025-12-01 10:00"),
                        ("opportunity", "2025-12-08 10:00"), ("customer", "2026-01-30 10:00")):
        desk.stage(person.contact_id, stage, when)
    desk.deal(deal_id(68, 1), "closedwon", "2025-12-08 10:00", "2026-01-30 10:00",
              "2026-01-30 10:00", "42000", person.firm)
    desk.deal(deal_id(68, 2), "presentationscheduled", "2026-05-04 10:00", "2026-06-01 10:00",
              "2026-09-30 10:00", "18000", person.firm, property_dealtype="existingbusiness")
    for number in (1, 2):
        records.deal_links(desk.exports, deal_id(68, number), at("2026-05-04 10:00"),
                           person.firm.company_id, [person.contact_id])
    desk.expect("E68", "stage", {"record": hubspot(68, 1)}, {"stage": "customer"},
                "A customer with a new deal stays a customer")
    desk.fields("E68", "canonical.opportunity", f"hubspot:{deal_id(68, 2)}",
                {"type": "expansion"}, "The new deal is an expansion")


def e75(desk: Desk) -> None:
    person = _staged(desk, 75, "Jarrah", "Murray", "Ironbark Bay", "disqualified",
                     property_hs_lead_status="UNQUALIFIED")
    desk.stage(person.contact_id, "lead", "2025-11-03 09:00")
    desk.stage(person.contact_id, "disqualified", "2026-04-01 09:00")
    desk.disposition("E75", "lifecycle_change",
                     {"source_system": "hubspot", "subject_record_id": contact_id(75, 1),
                      "to_stage": "disqualified"}, "accepted",
                     "Ruled out without a reason: still in the history")
    desk.expect("E75", "stage", {"record": hubspot(75, 1)},
                {"stage": "disqualified", "disqualification_reason": "not stated"},
                "and flagged, since no reason stands anywhere")
    desk.rows("E75", "marts.lifecycle_finding",
              {"record": hubspot(75, 1), "where": {"detail": "reason"}}, {"rows": 1},
              "with a finding for its owner")


def e76(desk: Desk) -> None:
    person = _staged(desk, 76, "Matilda", "Fitzroy", "Galah Creek", "187265432")
    desk.stage(person.contact_id, "lead", "2025-11-03 09:00")
    desk.stage(person.contact_id, "187265432", "2026-04-01 09:00")
    desk.disposition("E76", "lifecycle_change",
                     {"source_system": "hubspot", "subject_record_id": contact_id(76, 1),
                      "to_stage": "187265432"}, "quarantined",
                     "A custom stage that nobody mapped", "lifecycle_change.to_stage.unknown")
    desk.expect("E76", "stage", {"record": hubspot(76, 1)}, {"stage": "lead"},
                "The last known stage stands")


# ------------------------------------------------------------------------------- opportunity


def e77(desk: Desk) -> None:
    firm = desk.world.firm("Marlingford")
    for stage, modified, close in (
        ("qualifiedtobuy", "2025-10-28 09:00", "2026-01-31 00:00"),
        ("closedlost", "2025-12-15 16:00", "2025-12-15 16:00"),
        ("decisionmakerboughtin", "2026-02-02 09:00", "2026-04-30 00:00"),
        ("closedwon", "2026-03-20 11:00", "2026-03-20 11:00"),
    ):
        desk.deal(deal_id(77, 1), stage, "2025-10-20 09:00", modified, close, "64000", firm)
    records.deal_links(desk.exports, deal_id(77, 1), at("2025-10-20 09:00"), firm.company_id)
    desk.fields("E77", "canonical.opportunity", f"hubspot:{deal_id(77, 1)}",
                {"is_won": True, "is_closed": True, "reopened_count": 1,
                 "created_at": "2025-10-20T09:00:00", "closed_at": "2026-03-20T11:00:00"},
                "Lost, opened again, won: one opportunity, won at its last close")
    desk.rows("E77", "canonical.opportunity", {"record": f"hubspot:{deal_id(77, 1)}"},
              {"rows": 1}, "Four versions are one opportunity")


def e78(desk: Desk) -> None:
    firm = desk.world.firm("Wexcroft")
    for stage, modified, close in (
        ("closedwon", "2026-02-10 10:00", "2026-02-10 10:00"),
        ("contractsent", "2026-03-05 10:00", "2026-08-31 00:00"),
    ):
        desk.deal(deal_id(78, 1), stage, "2025-12-01 09:00", modified, close, "27500", firm)
    records.deal_links(desk.exports, deal_id(78, 1), at("2025-12-01 09:00"), firm.company_id)
    desk.fields("E78", "canonical.opportunity", f"hubspot:{deal_id(78, 1)}",
                {"is_won": False, "is_closed": False, "closed_at": None},
                "Won and set back to open: not won now")


def e79(desk: Desk) -> None:
    firm = desk.world.firm("Lærkemark")
    desk.deal(deal_id(79, 1), "qualifiedtobuy", "2026-04-02 09:00", "2026-04-20 09:00",
              "2026-08-31 00:00", "", firm)
    desk.deal(deal_id(79, 2), "qualifiedtobuy", "2026-04-03 09:00", "2026-04-20 09:00",
              "2026-08-31 00:00", "90000", firm, property_deal_currency_code="")
    for number, field in ((1, "amount"), (2, "currency")):
        records.deal_links(desk.exports, deal_id(79, number), at("2026-04-03 09:00"),
                           firm.company_id)
        desk.disposition("E79", "opportunity", {"source_system": "hubspot",
                                                "source_record_id": deal_id(79, number)},
                         "accepted", "Counted, without a value", f"opportunity.{field}.missing")


def e80(desk: Desk) -> None:
    old, new = desk.world.firm("Blåvinge"), desk.world.firm("Skovbæk")
    for firm, modified in ((old, "2025-12-02 09:00"), (new, "2026-04-09 09:00")):
        desk.deal(deal_id(80, 1), "presentationscheduled", "2025-11-25 09:00", modified,
                  "2026-09-30 00:00", "33000", firm,
                  property_hs_primary_associated_company=tokens.number(firm.company_id))
    records.deal_links(desk.exports, deal_id(80, 1), at("2026-04-09 09:00"), new.company_id)
    desk.expect("E80", "same_account",
                {"opportunity_record": f"hubspot:{deal_id(80, 1)}",
                 "account_record": f"hubspot:{new.company_id}"}, {"same": True},
                "The deal moved: it belongs to the new account now")
    for modified, deleted in (("2026-01-20 09:00", "false"), ("2026-03-03 09:00", "true")):
        desk.deal(deal_id(80, 2), "qualifiedtobuy", "2026-01-15 09:00", modified,
                  "2026-09-30 00:00", "12500", old, is_deleted=deleted)
    desk.disposition("E80", "opportunity", {"source_system": "hubspot",
                                            "source_record_id": deal_id(80, 2),
                                            "is_current": True, "is_deleted": True}, "accepted",
                     "A deleted deal stays as a tombstone")


def e81(desk: Desk) -> None:
    firm = desk.world.firm("Älvdala")
    desk.deal(deal_id(81, 1), "closedwon", "2026-03-10 09:00", "2026-03-11 09:00",
              "2026-02-27 00:00", "15000", firm)
    records.deal_links(desk.exports, deal_id(81, 1), at("2026-03-10 09:00"), firm.company_id)
    desk.disposition("E81", "opportunity", {"source_system": "hubspot",
                                            "source_record_id": deal_id(81, 1)}, "accepted",
                     "Closed before it was created: flagged",
                     "opportunity.closed_at.before_created")


def e82(desk: Desk) -> None:
    firm = desk.world.firm("Norrsken")
    desk.deal(deal_id(82, 1), "contractsent", "2026-03-17 09:00", "2026-06-10 09:00",
              "2026-07-31 00:00", "88000", firm)
    records.deal_links(desk.exports, deal_id(82, 1), at("2026-03-17 09:00"), firm.company_id)
    desk.rows("E82", "canonical.opportunity_contact_role",
              {"opportunity_record": f"hubspot:{deal_id(82, 1)}"}, {"rows": 0},
              "A deal with a company and no contact")


CASES: tuple[Callable[[Desk], None], ...] = (
    e1, e2, e3, e4, e5, e7, e8, e9, e11, e12, e14, e15, e16, e18, e19, e20, e21, e22, e23, e25,
    e26, e27, e28, e29, e30, e31, e34, e35, e36, e38, e39, e45, e46, e47, e48, e49, e50, e51, e52,
    e55, e56, e57, e58, e59, e60, e65, e66, e67, e68, e75, e76, e77, e78, e79, e80, e81, e82,
)


def add(exports: Exports, world: World) -> None:
    """Add every edge case to the exports and to the truth."""
    desk = Desk(exports, world)
    for case in CASES:
        case(desk)

"""Writers of single raw rows, shared by the ordinary story and the edge cases."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from demo.generator import tokens
from demo.generator.tables import AccountRecord, Exports, PersonRecord
from demo.generator.world import PORTAL, Firm, Person

MEASUREMENT_STREAM = "5402217731"
EPOCH = datetime(1970, 1, 1)


def stamp(at: datetime | None) -> str:
    """Fivetran's way to write a UTC time."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f") if at else ""


def seconds(at: datetime | None) -> str:
    """A UTC time to the second."""
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else ""


def zulu(at: datetime | None) -> str:
    """ISO 8601 with Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""


def micros(at: datetime) -> int:
    """Microseconds since 1970, UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


def synced(at: datetime, hours: float = 3) -> str:
    """When the loader picked a change up."""
    return stamp(at + timedelta(hours=hours, minutes=at.minute / 7, milliseconds=at.second * 13))


def key_of_address(address: str) -> str:
    """An e-mail address as an identifier: NFC, no blanks, lower case."""
    return "email:" + unicodedata.normalize("NFC", tokens.plain(address)).strip().lower()


def note_person(
    exports: Exports, system: str, source_object: str, record_id: str, person_key: str,
    account_key: str, identifiers: Sequence[str],
) -> None:
    """Enter one raw person record into the truth (once per record id)."""
    for known in exports.person_records:
        if (known.source_system, known.source_record_id) == (system, record_id):
            return
    exports.person_records.append(
        PersonRecord(
            system, source_object, record_id, person_key, account_key, tuple(identifiers)
        )
    )


def company(exports: Exports, firm: Firm, **changes: str) -> dict[str, str]:
    """One row of hubspot/company for a firm; ``changes`` override raw columns."""
    row = {
        "id": tokens.number(firm.company_id),
        "is_deleted": "false",
        "_fivetran_synced": synced(firm.created, 30),
        "property_name": tokens.firm(firm.name),
        "property_domain": tokens.domain(firm.domain),
        "property_industry": firm.industry,
        "property_numberofemployees": str(firm.employees),
        "property_annualrevenue": str(firm.revenue),
        "property_city": firm.city[0],
        "property_state": firm.city[1],
        "property_zip": firm.city[2],
        "property_country": firm.country.name,
        "property_hubspot_owner_id": firm.owner,
        "property_lifecyclestage": "lead",
        "property_createdate": stamp(firm.created),
        "property_hs_lastmodifieddate": stamp(firm.created + timedelta(days=1, minutes=17)),
    }
    row.update(changes)
    note_account(exports, "hubspot", "company", tokens.plain(row["id"]), firm.key)
    return exports.hubspot("company").add(row)


def note_account(
    exports: Exports, system: str, source_object: str, record_id: str, account_key: str
) -> None:
    """Enter one raw account record into the truth (once per record id)."""
    record = AccountRecord(system, source_object, record_id, account_key)
    if record not in exports.account_records:
        exports.account_records.append(record)


def contact(
    exports: Exports, person: Person, created: datetime, modified: datetime,
    identifiers: Sequence[str] | None = None, person_key: str | None = None, **changes: str,
) -> dict[str, str]:
    """One row of hubspot/contact for a person; ``changes`` override raw columns.

    ``identifiers`` overrides the deterministic identifiers that go into the truth;
    ``person_key=""`` says that the record is no person.
    """
    stage = person.reached[-1][0] if person.reached else "lead"
    row = {
        "id": tokens.number(person.contact_id),
        "_fivetran_deleted": "false",
        "_fivetran_synced": synced(modified),
        "property_email": tokens.email(person.email),
        "property_firstname": person.first,
        "property_lastname": tokens.surname(person.last),
        "property_phone": tokens.phone(*person.phone, "intl") if person.phone else "",
        "property_jobtitle": person.title,
        "property_company": tokens.firm(person.firm.name),
        "property_associatedcompanyid": tokens.number(person.firm.company_id),
        "property_city": person.firm.city[0],
        "property_state": person.firm.city[1],
        "property_zip": person.firm.city[2],
        "property_country": person.firm.country.name,
        "property_hubspot_owner_id": person.owner if len(person.reached) > 1 else "",
        "property_lifecyclestage": stage,
        "property_hs_analytics_source": "OFFLINE",
        "property_hs_email_optout": "false",
        "property_user_id": tokens.text_id(person.user_id),
        "property_createdate": stamp(created),
        "property_lastmodifieddate": stamp(modified),
    }
    row.update(changes)
    if identifiers is None:
        found = [key_of_address(row["property_email"])] if row["property_email"] else []
        extra = row.get("property_hs_additional_emails", "")
        found += [key_of_address(part) for part in extra.split(";") if part]
        if row["property_user_id"]:
            found.append("user:" + tokens.plain(row["property_user_id"]))
        identifiers = found
    note_person(
        exports, "hubspot", "contact", tokens.plain(row["id"]),
        person.key if person_key is None else person_key, person.firm.key, identifiers,
    )
    return exports.hubspot("contact").add(row)


def member_id(address: str) -> str:
    """Mailchimp's member id of an address, marked."""
    return tokens.email_hash(address.strip().lower())


def member(
    exports: Exports, person: Person, list_id: str, signup: datetime, status: str = "subscribed",
    changed: datetime | None = None, identifiers: Sequence[str] | None = None,
    person_key: str | None = None, address: str | None = None, **changes: str,
) -> dict[str, str]:
    """One row of mailchimp/member; ``address`` overrides the person's e-mail address."""
    address = person.email if address is None else address
    confirmed = status not in {"pending"}
    opted = signup + timedelta(minutes=4, seconds=11)
    last = octet(person.key)
    row = {
        "id": member_id(address),
        "list_id": list_id,
        "email_address": tokens.email(address),
        "unique_email_id": tokens.hex_id(tokens.md5_of_address(address)[:10]),
        "status": status,
        "email_type": "html",
        "merge_fname": person.first,
        "merge_lname": tokens.surname(person.last),
        "merge_company": tokens.firm(person.firm.name),
        "language": person.firm.country.code.lower().replace("gb", "en").replace("us", "en"),
        "country_code": person.firm.country.code,
        "timezone": person.firm.country.time_zone,
        "ip_signup": f"198.51.100.{last}",
        "timestamp_signup": seconds(signup),
        "ip_opt": f"198.51.100.{last}" if confirmed else "",
        "timestamp_opt": seconds(opted) if confirmed else "",
        "member_rating": "3",
        "vip": "false",
        "last_changed": seconds(changed or (opted if confirmed else signup)),
        "_fivetran_synced": synced(changed or opted),
    }
    row.update(changes)
    note_person(
        exports, "mailchimp", "member", f"{list_id}:{tokens.plain(row['id'])}",
        person.key if person_key is None else person_key, person.firm.key,
        [key_of_address(row["email_address"])] if identifiers is None else identifiers,
    )
    return exports.mailchimp("member").add(row)


def octet(text: str) -> int:
    """A last octet for an address of the documentation ranges."""
    return sum(map(ord, text)) * 7 % 250 + 2


def helpdesk_person(
    exports: Exports, person: Person, created: datetime, updated: datetime,
    identifiers: Sequence[str] | None = None, person_key: str | None = None, **changes: str,
) -> dict[str, str]:
    """One row of generic/person as the support tool gives it."""
    row = {
        "source_system": "helpdesk",
        "source_record_id": tokens.number(person.helpdesk_id),
        "updated_at": zulu(updated),
        "is_deleted": "false",
        "email": tokens.email(person.email),
        "phone": tokens.phone(*person.phone, "national") if person.phone else "",
        "first_name": person.first,
        "last_name": tokens.surname(person.last),
        "company_name": tokens.firm(person.firm.name),
        "city": person.firm.city[0],
        "country": person.firm.country.code,
        "user_id": tokens.text_id(person.user_id),
        "created_at": zulu(created),
    }
    row.update(changes)
    found = [key_of_address(row["email"])] if row["email"] else []
    if row["user_id"]:
        found.append("user:" + tokens.plain(row["user_id"]))
    note_person(
        exports, row["source_system"], "person", tokens.plain(row["source_record_id"]),
        person.key if person_key is None else person_key, person.firm.key,
        found if identifiers is None else identifiers,
    )
    return exports.generic("person").add(row)


def history(
    exports: Exports, contact_id: str, name: str, at: datetime, value: str,
    source: str = "CRM_UI", source_id: str = "",
) -> dict[str, str]:
    """One row of hubspot/contact_property_history."""
    return exports.hubspot("contact_property_history").add(
        contact_id=tokens.number(contact_id), name=name, timestamp=stamp(at), value=value,
        source=source, source_id=source_id, _fivetran_synced=synced(at, 5),
    )


def deal(
    exports: Exports, deal_id: str, stage: str, created: datetime, modified: datetime,
    close: datetime | None, amount: str, firm: Firm, **changes: str,
) -> dict[str, str]:
    """One row of hubspot/deal."""
    odds = {"appointmentscheduled": "0.2", "qualifiedtobuy": "0.4", "presentationscheduled": "0.6",
            "decisionmakerboughtin": "0.8", "contractsent": "0.9", "closedwon": "1.0",
            "closedlost": "0.0"}
    row = {
        "deal_id": tokens.number(deal_id),
        "is_deleted": "false",
        "_fivetran_synced": synced(modified, 2),
        "portal_id": PORTAL,
        "deal_pipeline_id": "default",
        "deal_pipeline_stage_id": stage,
        "owner_id": firm.owner,
        "property_dealname": tokens.firm(firm.name) + ", metering",
        "property_amount": amount,
        "property_deal_currency_code": firm.country.currency,
        "property_dealtype": "newbusiness",
        "property_createdate": stamp(created),
        "property_closedate": stamp(close),
        "property_hs_deal_stage_probability": odds.get(stage, ""),
        "property_hs_lastmodifieddate": stamp(modified),
    }
    row.update(changes)
    return exports.hubspot("deal").add(row)


def deal_links(
    exports: Exports, deal_id: str, at: datetime, company_id: str = "",
    contact_ids: Sequence[str] = (),
) -> None:
    """Rows of deal_company and deal_contact for one deal."""
    if company_id:
        exports.hubspot("deal_company").add(
            deal_id=tokens.number(deal_id), company_id=tokens.number(company_id), type_id="5",
            category="HUBSPOT_DEFINED", _fivetran_synced=synced(at),
        )
    for contact_id in contact_ids:
        exports.hubspot("deal_contact").add(
            deal_id=tokens.number(deal_id), contact_id=tokens.number(contact_id), type_id="3",
            category="HUBSPOT_DEFINED", _fivetran_synced=synced(at),
        )


def engagement(
    exports: Exports, kind: str, engagement_id: str, at: datetime, owner: str,
    contact_ids: Sequence[str] = (), company_id: str = "", deal_id: str = "", **details: str,
) -> dict[str, str]:
    """One activity: rows of engagement, engagement_<kind> and its links."""
    marked = tokens.number(engagement_id)
    exports.hubspot("engagement").add(
        id=marked, type=kind.upper(), portal_id=PORTAL, _fivetran_synced=synced(at, 1)
    )
    row = {
        "engagement_id": marked,
        "type": kind.upper(),
        "property_hs_timestamp": stamp(at),
        "property_hs_createdate": stamp(at),
        "property_hs_lastmodifieddate": stamp(at + timedelta(minutes=2)),
        "property_hubspot_owner_id": owner,
        "_fivetran_deleted": "false",
        "_fivetran_synced": synced(at, 1),
    }
    row.update(details)
    link = {"engagement_id": marked, "engagement_type": kind.upper(),
            "category": "HUBSPOT_DEFINED", "_fivetran_synced": synced(at, 1)}
    for contact_id in contact_ids:
        exports.hubspot("engagement_contact").add(
            link, contact_id=tokens.number(contact_id), type_id="194"
        )
    if company_id:
        exports.hubspot("engagement_company").add(
            link, company_id=tokens.number(company_id), type_id="182"
        )
    if deal_id:
        exports.hubspot("engagement_deal").add(
            link, deal_id=tokens.number(deal_id), type_id="206"
        )
    return exports.hubspot(f"engagement_{kind}").add(row)


def form_submission(
    exports: Exports, contact_id: str, form: tuple[str, str, str, str], at: datetime,
    query: str = "", conversion_id: str | None = None,
) -> dict[str, str]:
    """One row of hubspot/contact_form_submission."""
    form_id, title, page, _ = form
    url = f"https://www.lumenhafen.example{page}" + (f"?{query}" if query else "")
    if conversion_id is None:
        digest = tokens.md5_of_address(f"{contact_id}{form_id}{at}")
        conversion_id = tokens.hex_id(digest)
    return exports.hubspot("contact_form_submission").add(
        contact_id=tokens.number(contact_id), form_id=form_id, conversion_id=conversion_id,
        timestamp=stamp(at), page_id=str(60_000_000 + octet(page)), page_url=url,
        portal_id=PORTAL, title=title, _fivetran_synced=synced(at, 1),
    )


@dataclass
class Visitor:
    """One browser: its first-party cookie and what the tag knows about it."""

    number: int
    first_seen: datetime
    country: str
    region: str
    city: str
    category: str = "desktop"
    system: str = "Windows"
    browser: str = "Chrome"
    language: str = "en-gb"
    source: tuple[str, str, str] = ("(direct)", "(none)", "(direct)")
    user_id: str = ""
    sessions: int = 0
    bundle: int = 0
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        """user_pseudo_id, marked."""
        return f"{tokens.number(self.number)}.{micros(self.first_seen) // 1_000_000}"


def _param(key: str, value: str | int) -> dict[str, Any]:
    kind = "int_value" if isinstance(value, int) else "string_value"
    return {"key": key, "value": {kind: value}}


def web_event(
    exports: Exports, visitor: Visitor, at: datetime, name: str, session: datetime,
    page: str = "/", title: str = "", referrer: str = "", index: int = 1,
    campaign: dict[str, str] | None = None, offset: timedelta | None = None,
    new_bundle: bool = True, **params: str | int,
) -> dict[str, Any]:
    """One GA4 event in the shape of the BigQuery export.

    ``campaign`` holds UTM fields by their GA4 names (manual_source …, gclid). ``offset`` is the
    server's time minus the client's (event_server_timestamp_offset).
    """
    if new_bundle:
        visitor.bundle += 1
    values: dict[str, str | int] = {
        "page_location": page if page.startswith("http") else
        f"https://www.lumenhafen.example{page}",
        "page_title": title,
        "page_referrer": referrer,
        "ga_session_id": micros(session) // 1_000_000,
        "ga_session_number": visitor.sessions,
    }
    names = {"manual_source": "source", "manual_medium": "medium", "gclid": "gclid",
             "manual_campaign_name": "campaign", "manual_content": "content",
             "manual_term": "term"}
    for key, value in (campaign or {}).items():
        values[names[key]] = value
    values.update(visitor.extra)
    values.update(params)
    source, medium, label = visitor.source
    event: dict[str, Any] = {
        "event_date": at.strftime("%Y%m%d"),
        "event_timestamp": micros(at),
        "event_name": name,
        "event_params": [_param(key, value) for key, value in values.items() if value != ""],
        "event_bundle_sequence_id": visitor.number % 100_000 * 10_000 + visitor.bundle,
        "event_server_timestamp_offset": (
            offset if offset is not None else timedelta(milliseconds=180 + octet(name) * 9)
        ) // timedelta(microseconds=1),
        "user_id": tokens.text_id(visitor.user_id) or None,
        "user_pseudo_id": visitor.cookie,
        "user_first_touch_timestamp": micros(visitor.first_seen),
        "device": {
            "category": visitor.category,
            "operating_system": visitor.system,
            "language": visitor.language,
            "web_info": {"browser": visitor.browser, "hostname": "www.lumenhafen.example"},
        },
        "geo": {"country": visitor.country, "region": visitor.region, "city": visitor.city},
        "traffic_source": {"name": label, "medium": medium, "source": source},
        "collected_traffic_source": campaign or None,
        "stream_id": MEASUREMENT_STREAM,
        "platform": "WEB",
        "batch_event_index": index,
    }
    exports.events.append(event)
    return event


def note_login(exports: Exports, person: Person) -> None:
    """The login id seen by the web tag is a person record of its own."""
    note_person(
        exports, "ga4", "event", person.user_id, person.key, person.firm.key,
        [f"user:{person.user_id}"],
    )

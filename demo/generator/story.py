"""The ordinary life of the company: what each system would have written down about it.

Variation between the systems is normal here (other spelling of a name, other phone format), but
nothing is broken; broken things are in ``edge_cases`` and ``mess``.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from demo.generator import records, tokens
from demo.generator.tables import Exports
from demo.generator.vocabulary import (
    CAMPAIGNS,
    FORMS,
    LISTS,
    NICKNAMES,
    OWNERS,
    PAGES,
    STAGES,
    TRAFFIC,
    Country,
)
from demo.generator.world import (
    AS_OF,
    END,
    PORTAL,
    START,
    Firm,
    Person,
    World,
    fold,
    moment,
    stream,
)

DISPOSITIONS = (
    ("f240bbac-87c9-4f6e-bf70-924b57d47db7", 3),  # connected
    ("73a0d17f-1163-4015-bdd5-ec830791da20", 4),  # no answer
    ("b2cf5968-551e-4856-9783-52b3da59a7d0", 2),  # left voicemail
    ("9d9162e7-6cf3-4944-bf63-4dff82258764", 1),  # busy
)
STATUS_AT = {
    "lead": "NEW", "marketingqualifiedlead": "OPEN", "salesqualifiedlead": "CONNECTED",
    "opportunity": "OPEN_DEAL", "customer": "OPEN_DEAL",
}
NOTES = (
    "Spoke about the night tariff.\nWants numbers per hall, not per site.",
    'They call it "the pit": the old freezer hall.\nNo sub-metering there.',
    "Budget opens in March; decision with plant lead, finance and IT.",
    "Asked for two references, one in cold storage, one with shifts.",
    "Competitor offer on the table, price not named.\n\nFollow up after the site visit.",
)


def tell(exports: Exports, world: World) -> None:
    """Write the ordinary rows of every system."""
    _reference(exports)
    for firm in world.firms:
        if firm.company_id:
            _company(exports, firm, [who for who in world.people if who.firm is firm])
    _contacts(exports, world)
    _newsletters(exports, world)
    _web(exports, world)
    _sales(exports, world)
    _helpdesk(exports, world)


def _reference(exports: Exports) -> None:
    created = datetime(2024, 3, 4, 9, 30)
    for owner_id, first, last, active in OWNERS:
        blank = "1B2M2Y8AsgTpgAmY7PhCfg=="  # md5 of nothing: how some loaders write a blank
        exports.hubspot("owner").add(
            owner_id=owner_id, portal_id=PORTAL, type="PERSON",
            email=f"{fold(first)}.{fold(last)}@lumenhafen.example" if first else blank,
            first_name=first or blank, last_name=last or blank,
            active_user_id=str(int(owner_id) - 60_000_000) if active else "",
            created_at=records.stamp(created), updated_at=records.stamp(created),
            _fivetran_synced=records.synced(created),
        )
    for pipeline, stage, label, order, odds, closed, won in STAGES:
        exports.hubspot("deal_pipeline_stage").add(
            stage_id=stage, pipeline_id=pipeline, label=label, display_order=str(order),
            probability=odds, is_closed=str(closed).upper(), closed_won=str(won).upper(),
            active="TRUE", created_at=records.stamp(created), updated_at=records.stamp(created),
            _fivetran_deleted="FALSE", _fivetran_synced=records.synced(created),
        )
    for list_id, name in LISTS:
        exports.mailchimp("list").add(
            id=list_id, name=name, date_created=records.seconds(created),
            default_from_name="Lumenhafen", default_from_email="hello@lumenhafen.example",
            default_language="en",
            permission_reminder="You signed up on our web site, or at our stand.",
            visibility="pub", _fivetran_deleted="false",
            _fivetran_synced=records.synced(created),
        )
    for campaign_id, list_id, title, sent in CAMPAIGNS:
        at = datetime.fromisoformat(sent)
        exports.mailchimp("campaign").add(
            id=campaign_id, list_id=list_id, type="regular", status="sent", title=title,
            subject_line=title.split(": ", 1)[1].capitalize(), from_name="Lumenhafen",
            reply_to="hello@lumenhafen.example",
            create_time=records.seconds(at - timedelta(days=3)), send_time=records.seconds(at),
            archive_url=f"https://mail.lumenhafen.example/archive/{campaign_id}",
            _fivetran_deleted="false", _fivetran_synced=records.synced(at),
        )


def _company(exports: Exports, firm: Firm, people: list[Person]) -> None:
    rng = stream(f"company:{firm.key}")
    reached = {stage for who in people if who.contact_id for stage, _ in who.reached}
    furthest = next((stage for stage in reversed(STATUS_AT) if stage in reached), "lead")
    changes = {"property_lifecyclestage": furthest}
    marked = tokens.domain(firm.domain)
    spelling = rng.random()
    if spelling < 0.12:
        changes["property_domain"] = f"www.{marked}"
    elif spelling < 0.18:
        changes["property_domain"] = f"https://{marked}/"
    elif spelling < 0.22:
        changes["property_domain"] = tokens.domain(firm.domain.upper())
    if rng.random() < 0.08:
        changes["property_annualrevenue"] = ""
    if rng.random() < 0.12:
        changes["property_numberofemployees"] = ""
    records.company(exports, firm, **changes)


def entered_crm(person: Person) -> datetime:
    """When the person's contact was made."""
    return person.started


def _contacts(exports: Exports, world: World) -> None:
    for person in world.people:
        if not person.contact_id:
            continue
        rng = stream(f"contact:{person.key}")
        created = entered_crm(person)
        last = max([created, *[at for _, at in person.reached]])
        modified = moment(rng, last, min(last + timedelta(days=20), END))
        spelling: dict[str, str] = {}
        if rng.random() < 0.15:
            spelling["property_email"] = tokens.email(person.email.title())
        if rng.random() < 0.06:
            spelling["property_firstname"] = ""
        if rng.random() < 0.10:
            spelling["property_company"] = person.firm.stem
        if rng.random() < 0.12:
            spelling["property_associatedcompanyid"] = ""
        if rng.random() < 0.05:
            spelling["property_jobtitle"] = ""
        if person.user_id and rng.random() < 0.2:
            spelling["property_user_id"] = ""
        if person.phone and rng.random() < 0.3:
            spelling["property_phone"] = tokens.phone(*person.phone, "messy")
        channel = rng.choice(
            (("ORGANIC_SEARCH", "google", ""), ("PAID_SEARCH", "brand_search_eu", "energy"),
             ("DIRECT_TRAFFIC", "", ""), ("EMAIL_MARKETING", "monthly_digest", ""),
             ("OFFLINE", "IMPORT", "warehouse_expo_2026"), ("REFERRALS", "lagerblatt", ""),
             ("SOCIAL_MEDIA", "LinkedIn", ""))
        )
        stage = person.reached[-1][0] if person.reached else "lead"
        records.contact(
            exports, person, created, modified,
            property_hs_lead_status=STATUS_AT.get(stage, ""),
            property_hs_analytics_source=channel[0],
            property_hs_analytics_source_data_1=channel[1],
            property_hs_analytics_source_data_2=channel[2],
            property_hs_legal_basis=rng.choice(
                ("", "", "Legitimate interest \N{EN DASH} prospect/lead",
                 "Freely given consent from contact")
            ),
            **spelling,
        )
        _contact_history(exports, person, rng)


def _contact_history(exports: Exports, person: Person, rng: random.Random) -> None:
    for stage, at in person.reached:
        source = "FORM" if stage in {"lead", "subscriber"} else (
            "CRM_UI" if stage == "salesqualifiedlead" else "AUTOMATION_PLATFORM"
        )
        records.history(exports, person.contact_id, "lifecyclestage", at, stage, source)
        status = STATUS_AT.get(stage)
        if status and stage != "customer":
            records.history(
                exports, person.contact_id, "hs_lead_status", at + timedelta(seconds=40),
                status, source,
            )
    if rng.random() < 0.12:
        at = moment(rng, person.started, END)
        records.history(
            exports, person.contact_id, "jobtitle", at, person.title, "CRM_UI",
            f"userId:{rng.choice(OWNERS)[0]}",
        )


def _newsletters(exports: Exports, world: World) -> None:
    joined: list[tuple[Person, str, datetime, datetime, str]] = []
    for person in world.people:
        for list_id in person.lists:
            rng = stream(f"member:{person.key}:{list_id}")
            signup = moment(rng, max(START, person.started - timedelta(days=40)), person.started)
            status = rng.choices(
                ("subscribed", "unsubscribed", "cleaned", "archived", "transactional"),
                (82, 11, 3, 2, 2),
            )[0]
            left = END + timedelta(days=1)
            if status in {"unsubscribed", "cleaned", "archived"}:
                left = moment(rng, signup + timedelta(days=3), END)
            spelling: dict[str, str] = {}
            nick = NICKNAMES.get(person.first)
            if nick and rng.random() < 0.7:
                spelling["merge_fname"] = nick
            elif rng.random() < 0.12:
                spelling["merge_fname"] = f"{person.first[0]}."
            elif rng.random() < 0.12:
                spelling["merge_fname"] = spelling["merge_lname"] = ""
            elif rng.random() < 0.15:
                spelling["merge_fname"] = fold(person.first).capitalize()
                spelling["merge_lname"] = tokens.surname(fold(person.last).capitalize())
            if rng.random() < 0.4:
                spelling["merge_company"] = ""
            if rng.random() < 0.1:
                spelling["email_address"] = tokens.email(person.email.upper())
            records.member(
                exports, person, list_id, signup, status,
                changed=left if left <= END else None, **spelling,
            )
            joined.append((person, list_id, signup, left, status))
    _sendings(exports, joined)


def _sendings(
    exports: Exports, joined: list[tuple[Person, str, datetime, datetime, str]]
) -> None:
    for campaign_id, list_id, _, sent_text in CAMPAIGNS:
        sent = datetime.fromisoformat(sent_text)
        for person, member_list, signup, left, status in joined:
            rng = stream(f"send:{campaign_id}:{person.key}")
            if member_list != list_id or status == "transactional":
                continue
            if not signup < sent <= left or rng.random() < 0.12:
                continue
            who = {"campaign_id": campaign_id, "member_id": records.member_id(person.email),
                   "list_id": list_id}
            exports.mailchimp("campaign_recipient").add(
                who, _fivetran_synced=records.synced(sent)
            )
            last = left - sent < timedelta(days=35)
            if status == "cleaned" and last:
                _mail_activity(exports, who, sent + timedelta(minutes=2), "bounce", rng,
                               bounce_type="hard")
                continue
            if rng.random() < 0.36:
                opened = sent + timedelta(seconds=rng.randint(90, 90_000))
                _mail_activity(exports, who, opened, "open", rng)
                if rng.random() < 0.33:
                    _mail_activity(
                        exports, who, opened + timedelta(seconds=rng.randint(5, 70)), "click",
                        rng, url="https://www.lumenhafen.example"
                        f"{rng.choice(PAGES)[0]}?utm_source=newsletter&utm_medium=email"
                        f"&utm_campaign=monthly_digest&utm_content={campaign_id}",
                    )
            if status == "unsubscribed" and last:
                exports.mailchimp("unsubscribe").add(
                    who, timestamp=records.seconds(left),
                    reason=rng.choice(("NORMAL", "None given", "")),
                    _fivetran_synced=records.synced(left),
                )


def _mail_activity(
    exports: Exports, who: dict[str, str], at: datetime, action: str, rng: random.Random,
    **more: str,
) -> None:
    exports.mailchimp("campaign_recipient_activity").add(
        who, action=action, timestamp=records.seconds(at), ip=f"203.0.113.{rng.randint(2, 250)}",
        _fivetran_synced=records.synced(at), **more,
    )


def make_visitor(rng: random.Random, country: Country, city: tuple[str, str, str],
                 first_seen: datetime) -> records.Visitor:
    """A browser of somebody in this country."""
    mobile = rng.random() < 0.28
    language = {"DE": "de-de", "AT": "de-at", "FR": "fr-fr", "US": "en-us", "ES": "es-es",
                "IT": "it-it", "PL": "pl-pl", "NL": "nl-nl"}.get(country.code, "en-gb")
    return records.Visitor(
        number=rng.randrange(100_000_000, 2_000_000_000),
        first_seen=first_seen.replace(microsecond=0),
        country=country.name, region=city[1], city=city[0],
        category="mobile" if mobile else "desktop",
        system=rng.choice(("iOS", "Android")) if mobile else rng.choice(
            ("Windows", "Windows", "Macintosh", "Linux")
        ),
        browser=rng.choice(("Safari", "Chrome")) if mobile else rng.choice(
            ("Chrome", "Chrome", "Edge", "Firefox", "Safari")
        ),
        language=language,
    )


def visit(
    exports: Exports, rng: random.Random, visitor: records.Visitor, at: datetime,
    pages: int, arrival: tuple[str, str, str, str, str, bool, str] | None = None,
    login: bool = False, signup: bool = False, form: tuple[str, str, str, str] | None = None,
) -> datetime:
    """One session with its events; returns its end."""
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    session = at
    visitor.sessions += 1
    campaign: dict[str, str] | None = None
    referrer = ""
    query = ""
    if arrival:
        source, medium, name, content, term, gclid, referrer = arrival
        if visitor.sessions == 1:
            visitor.source = (source, medium, name or f"({medium})".replace("((", "(")
                              .replace("))", ")"))
        if name:
            campaign = {"manual_source": source, "manual_medium": medium,
                        "manual_campaign_name": name}
            query = f"?utm_source={source}&utm_medium={medium}&utm_campaign={name}"
            if content:
                campaign["manual_content"] = content
                query += f"&utm_content={content}"
            if term:
                campaign["manual_term"] = term
            if gclid:
                click = f"Cj0KCQ{rng.getrandbits(60):015x}"
                campaign["gclid"] = click
                query += f"&gclid={click}"
    page, title = rng.choice(PAGES) if not form else (form[2], form[1])
    first: dict[str, object] = {"referrer": referrer, "campaign": campaign}
    if visitor.sessions == 1:
        records.web_event(exports, visitor, at, "first_visit", session, page + query, title,
                          **first)
    records.web_event(exports, visitor, at, "session_start", session, page + query, title,
                      index=2, new_bundle=visitor.sessions > 1, **first)
    records.web_event(exports, visitor, at, "page_view", session, page + query, title, index=3,
                      new_bundle=False, **first)
    if signup or login:
        at += timedelta(seconds=rng.randint(20, 90), milliseconds=rng.randint(0, 999))
        records.web_event(exports, visitor, at, "sign_up" if signup else "login", session,
                          page, title, method="password")
    for _ in range(pages - 1):
        at += timedelta(seconds=rng.randint(8, 260), milliseconds=rng.randint(0, 999))
        previous = f"https://www.lumenhafen.example{page}"
        page, title = rng.choice(PAGES)
        spent = rng.randint(900, 48_000)
        records.web_event(exports, visitor, at, "page_view", session, page, title, previous,
                          engagement_time_msec=spent)
        if rng.random() < 0.25:
            at += timedelta(seconds=rng.randint(3, 40), milliseconds=rng.randint(0, 999))
            name = rng.choice(("scroll", "scroll", "click", "file_download", "video_start"))
            extra = {"scroll": {"percent_scrolled": 90}, "click": {"outbound": "true"},
                     "file_download": {"file_name": "energy-audit-checklist.pdf"},
                     "video_start": {"video_title": "Metering in a day"}}[name]
            records.web_event(exports, visitor, at, name, session, page, title, **extra)
    if form:
        at += timedelta(seconds=rng.randint(20, 120), milliseconds=rng.randint(0, 999))
        records.web_event(exports, visitor, at, "form_start", session, form[2], form[1],
                          form_id=form[0])
        at += timedelta(seconds=rng.randint(9, 80), milliseconds=rng.randint(0, 999))
        records.web_event(exports, visitor, at, "generate_lead", session, form[2], form[1],
                          form_id=form[0], lead_source=form[3])
    return at


def _web(exports: Exports, world: World) -> None:
    arrivals = [row[1:] for row in TRAFFIC for _ in range(row[0])]
    for person in world.people:
        rng = stream(f"web:{person.key}")
        form = _form_of(person, rng)
        start = max(START, person.started - timedelta(days=rng.randint(0, 60)))
        if not person.visits_web:
            if person.contact_id and rng.random() < 0.25:
                records.form_submission(exports, person.contact_id, form, person.started)
            continue
        visitor = make_visitor(rng, person.firm.country, person.firm.city, start)
        visit(exports, rng, visitor, start, rng.randint(1, 4), rng.choice(arrivals))
        if person.contact_id:
            at = person.started - timedelta(seconds=rng.randint(40, 400))
            if at > start + timedelta(hours=1):
                arrival = rng.choice(arrivals)
                visit(exports, rng, visitor, at, 1, arrival, form=form)
                query = (f"utm_source={arrival[0]}&utm_medium={arrival[1]}"
                         f"&utm_campaign={arrival[2]}") if arrival[2] else ""
                records.form_submission(exports, person.contact_id, form, person.started, query)
        if person.user_id:
            at = moment(rng, person.started, min(person.started + timedelta(days=9), END))
            visitor.user_id = person.user_id
            visit(exports, rng, visitor, at, rng.randint(1, 3), signup=True)
            records.note_login(exports, person)
        stays = {"customer": 4, "opportunity": 3, "salesqualifiedlead": 2}.get(
            person.stages[-1], 1
        )
        for _ in range(rng.randint(0, stays)):
            at = moment(rng, person.started, END)
            visit(exports, rng, visitor, at, rng.randint(1, 4),
                  rng.choice(arrivals) if rng.random() < 0.5 else None,
                  login=bool(visitor.user_id) and rng.random() < 0.7)
    rng = stream("web:strangers")
    for _ in range(200):
        firm = rng.choice(world.firms)
        at = moment(rng, START, END)
        visitor = make_visitor(rng, firm.country, firm.city, at)
        for _ in range(rng.choice((1, 1, 1, 2))):
            visit(exports, rng, visitor, at, rng.randint(1, 3), rng.choice(arrivals))
            at = min(at + timedelta(hours=rng.randint(2, 400)), END)


def _form_of(person: Person, rng: random.Random) -> tuple[str, str, str, str]:
    if person.stages[0] == "subscriber":
        return FORMS[0]
    return rng.choice(FORMS[1:])


def _sales(exports: Exports, world: World) -> None:
    colleagues: dict[str, list[Person]] = {}
    for person in world.people:
        if person.contact_id:
            colleagues.setdefault(person.firm.key, []).append(person)
    for number, person in enumerate(world.people):
        if not person.contact_id:
            continue
        reached = dict(person.reached)
        rng = stream(f"sales:{person.key}")
        base = 27_400_000_000 + number * 4099
        deal_id = str(9_300_000_000 + number * 331) if "opportunity" in reached else ""
        _touches(exports, rng, person, reached, base, deal_id)
        if deal_id:
            _deal(exports, rng, person, reached, deal_id, colleagues[person.firm.key])


def _touches(
    exports: Exports, rng: random.Random, person: Person, reached: dict[str, datetime],
    base: int, deal_id: str,
) -> None:
    qualified = reached.get("marketingqualifiedlead")
    if not qualified:
        return
    at = qualified
    for step in range(rng.randint(0, 3)):
        at = moment(rng, at + timedelta(minutes=20), at + timedelta(days=4))
        if at > END:
            return
        number = str(base + step)
        if rng.random() < 0.5:
            outcome = rng.choices([d[0] for d in DISPOSITIONS], [d[1] for d in DISPOSITIONS])[0]
            records.engagement(
                exports, "call", number, at, person.owner, [person.contact_id],
                person.firm.company_id, property_hs_call_direction="OUTBOUND",
                property_hs_call_disposition=outcome, property_hs_call_status="COMPLETED",
                property_hs_call_duration=str(rng.randint(8, 900) * 1000),
                property_hs_call_title=f"Call with {person.first}",
            )
        else:
            automated = rng.random() < 0.35
            inbound = not automated and rng.random() < 0.25
            records.engagement(
                exports, "email", number, at, person.owner, [person.contact_id],
                person.firm.company_id,
                property_hs_email_direction="INCOMING_EMAIL" if inbound else "EMAIL",
                property_hs_email_status="SENT",
                property_hs_email_subject=rng.choice(
                    ("Your energy audit", "Re: metering without rewiring", "Next steps",
                     "Numbers for hall 3")
                ),
                property_hs_sequence_id="48210017" if automated else "",
            )
    converted = reached.get("salesqualifiedlead")
    if converted and rng.random() < 0.8:
        start = converted + timedelta(days=1, hours=1)
        records.engagement(
            exports, "meeting", str(base + 11), start, person.owner, [person.contact_id],
            person.firm.company_id, deal_id, property_hs_meeting_title="First conversation",
            property_hs_meeting_start_time=records.stamp(start),
            property_hs_meeting_end_time=records.stamp(start + timedelta(minutes=45)),
            property_hs_meeting_outcome="SCHEDULED" if start > AS_OF else rng.choice(
                ("COMPLETED", "COMPLETED", "NO_SHOW", "CANCELED")
            ),
        )
    if converted and rng.random() < 0.6:
        records.engagement(
            exports, "note", str(base + 12), min(converted + timedelta(days=1, hours=3), END),
            person.owner, [person.contact_id], person.firm.company_id, deal_id,
            property_hs_note_body=rng.choice(NOTES),
        )


def _deal(
    exports: Exports, rng: random.Random, person: Person, reached: dict[str, datetime],
    deal_id: str, team: list[Person],
) -> None:
    created = reached["opportunity"]
    won = reached.get("customer")
    amount = str(rng.randrange(8, 160) * 500)
    if won:
        stage, close, changed = "closedwon", won, won
    elif "customer" not in person.stages and rng.random() < 0.45:
        close = moment(rng, created + timedelta(days=6), created + timedelta(days=70))
        if close < END:
            stage, changed = "closedlost", close
        else:
            stage, changed = "contractsent", END - timedelta(hours=9)
    else:
        stage = rng.choice([row[1] for row in STAGES[:5]])
        close = created + timedelta(days=rng.randint(40, 160))
        changed = moment(rng, created, END)
    records.deal(
        exports, deal_id, stage, created, changed, close.replace(second=0, microsecond=0),
        amount, person.firm,
        property_hs_campaign=rng.choice(("", "", "brand_search_eu", "monthly_digest")),
        property_closed_lost_reason=rng.choice(("Price", "No budget", "Timing"))
        if stage == "closedlost" else "",
    )
    others = [mate.contact_id for mate in team if mate is not person][: rng.randint(0, 2)]
    records.deal_links(
        exports, deal_id, created, person.firm.company_id, [person.contact_id, *others]
    )


def _helpdesk(exports: Exports, world: World) -> None:
    accounts: set[str] = set()
    for number, person in enumerate(world.people):
        if not person.helpdesk_id:
            continue
        rng = stream(f"helpdesk:{person.key}")
        created = moment(rng, person.started, END)
        spelling: dict[str, str] = {}
        if rng.random() < 0.25:
            spelling["first_name"] = fold(person.first).capitalize()
            spelling["last_name"] = tokens.surname(fold(person.last).capitalize())
        account_id = f"org-{person.firm.key.lower()}"
        records.helpdesk_person(
            exports, person, created, min(created + timedelta(days=6), END),
            company_record_id=tokens.text_id(account_id),
            company_domain=tokens.domain(person.firm.domain), **spelling,
        )
        if person.firm.key not in accounts:
            accounts.add(person.firm.key)
            exports.generic("account").add(
                source_system="helpdesk", source_record_id=tokens.text_id(account_id),
                updated_at=records.zulu(created), is_deleted="false",
                name=tokens.firm(person.firm.name), domain=tokens.domain(person.firm.domain),
                country=person.firm.country.code, created_at=records.zulu(created),
            )
            records.note_account(exports, "helpdesk", "account", account_id, person.firm.key)
        for ticket in range(rng.randint(1, 3)):
            _ticket(exports, rng, person, account_id, number * 10 + ticket, created)


def _ticket(
    exports: Exports, rng: random.Random, person: Person, account_id: str, number: int,
    since: datetime,
) -> None:
    opened = moment(rng, since, END)
    answered = min(opened + timedelta(minutes=rng.randint(11, 1900)), END)
    solved = min(answered + timedelta(hours=rng.randint(1, 90)), END)
    ticket = 48_000 + number
    for name, at, more in (
        ("ticket_created", opened, {"priority": rng.choice(("low", "normal", "high"))}),
        ("ticket_solved", solved, {"csat": rng.choice(("good", "bad", "none"))}),
    ):
        exports.generic("event").add(
            source_system="helpdesk",
            source_record_id=tokens.text_id(f"evt-{ticket}-{name[7:]}"),
            event_name=name, event_at=records.zulu(at),
            received_at=records.zulu(at + timedelta(seconds=2)),
            person_record_id=tokens.number(person.helpdesk_id),
            properties='{"ticket":"' + tokens.text_id(f"T{ticket}") + '",' + ",".join(
                f'"{key}":"{value}"' for key, value in more.items()
            ) + "}",
        )
    exports.generic("activity").add(
        source_system="helpdesk", source_record_id=tokens.text_id(f"act-{ticket}"),
        updated_at=records.zulu(answered), is_deleted="false", activity_type="email",
        direction="outbound", outcome="answered", is_automated="false",
        occurred_at=records.zulu(answered), person_record_id=tokens.number(person.helpdesk_id),
        account_record_id=tokens.text_id(account_id), owner_record_id="agent-4",
    )

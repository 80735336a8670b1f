"""The same visits by GA4, Segment and Snowplow are the same sessions; what each connector reads.

All is one build: three exports of the same story, and beside them the rows that others published.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, keyed_hash

from cdm import erasure
from cdm.files import Warehouse

SITE = "https://www.firm.example"
START = datetime(2026, 5, 4, 10, 0)
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0"


@dataclass
class Step:
    """One thing that a visitor does: minutes after START, page, and what led there."""

    minute: float
    page: str
    name: str = "page_view"
    referrer: str = f"{SITE}/"
    utm: dict[str, str] = field(default_factory=dict)
    gclid: str = ""
    form: str = ""
    user: str = ""
    agent: str = CHROME

    @property
    def at(self) -> datetime:
        return START + timedelta(minutes=self.minute)

    @property
    def url(self) -> str:
        query = [f"utm_{word}={value}" for word, value in self.utm.items()]
        query += [f"gclid={self.gclid}"] if self.gclid else []
        return f"{SITE}{self.page}" + ("?" + "&".join(query) if query else "")


EMAIL = {"source": "Newsletter", "medium": "E-Mail", "campaign": "Spring%20Sale"}
INSIDE = {"source": "homepage", "medium": "banner", "campaign": "hero"}
# Who was erased before the build, and how far.
ERASED = {"nameless": erasure.IDENTIFIERS, "gone": erasure.ALL}
# What each browser does; its clock runs ahead by so many seconds.
VISITORS: dict[str, tuple[int, list[Step]]] = {
    "search": (0, [
        Step(0, "/", referrer="https://www.google.com/"),
        Step(1, "/pricing"),
        Step(2, "/demo", "form_submission", utm=INSIDE, form="f-1"),
        Step(32, "/thanks"),
        Step(62.001, "/", referrer=""),
    ]),
    "mail": (0, [
        Step(0.5, "/offer", referrer="", utm=EMAIL),
        Step(15, "/offer", "form_submission"),
        Step(60, "/offer", referrer="https://blog.example/a-post"),
    ]),
    "midnight": (0, [
        Step(13 * 60 + 50, "/", referrer="", gclid="Cj0abc"),
        Step(14 * 60 + 10, "/pricing"),
    ]),
    "login": (0, [
        Step(5, "/app", "login", referrer="https://pay.kassen.example/", user="u-1"),
        Step(6, "/app/home", user="u-1"),
        Step(120, "/", referrer="https://pay.kassen.example/"),
    ]),
    "ahead": (600, [Step(20, "/", referrer=""), Step(21, "/pricing")]),
}  # fmt: skip


def sessions_of(steps: list[Step]) -> Iterator[tuple[int, Step]]:
    """Yield each step with the number of its session, as a tracker in the browser counts."""
    number, before = 0, None
    for step in steps:
        if before is None or step.at - before > timedelta(minutes=30):
            number += 1
        before = step.at
        yield number, step


def microseconds(moment: datetime) -> int:
    return round((moment - datetime(1970, 1, 1)) / timedelta(microseconds=1))


def write_ga4(folder: Path) -> None:
    rows = []
    for visitor, (ahead, steps) in VISITORS.items():
        begun: dict[int, datetime] = {}
        for place, (session, step) in enumerate(sessions_of(steps)):
            first = session not in begun
            begun.setdefault(session, step.at)
            for name in ["session_start"] * first + [step.name]:
                rows.append({
                    "event_name": name,
                    "event_timestamp": microseconds(step.at + timedelta(seconds=ahead)),
                    "event_server_timestamp_offset": -ahead * 1_000_000,
                    "user_pseudo_id": visitor, "user_id": step.user or None,
                    "batch_page_id": place, "batch_ordering_id": 1,
                    "batch_event_index": len(rows), "event_bundle_sequence_id": place,
                    "param_ga_session_id": str(microseconds(begun[session]) // 1_000_000),
                    "param_page_location": step.url, "param_page_referrer": step.referrer or None,
                    "param_form_id": step.form or None,
                    **{f"param_{word}": value for word, value in step.utm.items()},
                })  # fmt: skip
    write_ndjson(folder / "event" / "visits.ndjson", rows)
    write_ndjson(folder / "event" / "listed.ndjson", [
        {
            "event_name": "page_view", "user_pseudo_id": f"listed-{who}",
            "event_timestamp": microseconds(START + timedelta(days=1)),
            "event_params": [
                {"key": key, "value": {"string_value": value}}
                for key, value in {
                    "ga_session_id": "1", "typed": f"{who.title()}@acme.example", "term": "shoes",
                    "page_location": f"{SITE}/thanks?mail={who}%40acme.example&utm_source=fair",
                }.items()
            ],
        }
        for who in ("stays", *ERASED)
    ])  # fmt: skip


def write_ndjson(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, default=str) + "\n" for row in rows))


def write_csv(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)


def segment_call(visitor: str, place: int, ahead: int, step: Step) -> dict[str, Any]:
    client = step.at + timedelta(seconds=ahead)
    return {
        "id": f"{visitor}-{place}", "anonymous_id": visitor, "user_id": step.user,
        "original_timestamp": client, "sent_at": client, "received_at": step.at,
        "timestamp": step.at, "context_user_agent": step.agent,
        "context_campaign_source": step.utm.get("source"),
        "context_campaign_medium": step.utm.get("medium"),
        "context_campaign_name": step.utm.get("campaign"),
    }  # fmt: skip


def write_segment(folder: Path) -> None:
    pages, tracks = [], []
    for visitor, (ahead, steps) in VISITORS.items():
        for place, step in enumerate(steps):
            call = segment_call(visitor, place, ahead, step)
            if step.name == "page_view":
                pages.append({**call, "url": step.url, "referrer": step.referrer})
            else:
                text = {"form_submission": "Form Submitted", "login": "Logged In"}[step.name]
                tracks.append({
                    **call, "event": text.lower().replace(" ", "_"), "event_text": text,
                    "context_page_url": step.url, "context_page_referrer": step.referrer,
                    "form_id": step.form,
                })  # fmt: skip
    robot = Step(0, "/pricing", agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    pages.append({**segment_call("robot", 0, 0, robot), "url": robot.url, "referrer": ""})
    earlier = Step(200, "/blog")
    pages.append({**segment_call("old-browser", 0, 0, earlier), "url": earlier.url, "referrer": ""})
    write_csv(folder / "page" / "pages.csv", pages)
    write_csv(folder / "track" / "tracks.csv", tracks)
    # A browser whose clock was right once, and two years ahead when somebody logged in.
    seen, ahead = Step(600, "/"), Step(601, "/app", user="u-1")
    write_csv(folder / "page" / "leap.csv", [
        {**segment_call("leap", 0, 0, seen), "url": seen.url},
    ])  # fmt: skip
    write_csv(folder / "track" / "leap.csv", [
        {**segment_call("leap", 1, 2 * 365 * 86400, ahead), "event": "login"},
    ])  # fmt: skip
    known = segment_call("ann", 0, 0, Step(300, "/"))
    write_csv(folder / "track" / "more.csv", [
        {**known, "id": "t-1", "event": "demo_requested", "event_text": "Demo Requested"},
    ])  # fmt: skip
    write_csv(folder / "event_table" / "demo_requested.csv", [
        {**known, "id": "t-1", "form_id": "f-7", "email": "Ann.Lee@acme.example", "secret": "x"},
    ])  # fmt: skip
    write_csv(folder / "event_table" / "trial_started.csv", [
        {**known, "id": "t-2", "event": "trial_started", "plan": "team", "anonymous_id": "bob"},
    ])  # fmt: skip
    write_csv(folder / "identify" / "identifies.csv", [
        {**known, "id": "i-1", "user_id": "u-ann", "email": "ann.lee@acme.example"},
        {**known, "id": "i-2", "user_id": "u-ann", "first_name": "Ann", "last_name": "Lee",
         "timestamp": START + timedelta(minutes=301)},
        {**known, "id": "i-3", "user_id": "u-1", "anonymous_id": "", "email": "lost@acme.example"},
    ])  # fmt: skip
    write_csv(folder / "group" / "groups.csv", [
        {**known, "id": "g-1", "user_id": "u-ann", "group_id": "acme", "name": "Acme Ltd",
         "website": "https://www.acme.example/", "employees": "120"},
    ])  # fmt: skip
    write_csv(folder / "alias" / "aliases.csv", [
        {**known, "id": "a-1", "anonymous_id": "", "previous_id": "old-browser",
         "user_id": "u-ann"},
    ])  # fmt: skip
    write_csv(folder / "user.csv", [
        {"id": "u-1", "email": "uma@acme.example", "first_name": "Uma", "received_at": START},
    ])  # fmt: skip


def write_snowplow(folder: Path) -> None:
    rows = []
    for visitor, (ahead, steps) in VISITORS.items():
        for place, (session, step) in enumerate(sessions_of(steps)):
            client = step.at + timedelta(seconds=ahead)
            page = step.name == "page_view"
            rows.append({
                "event_id": f"{visitor}-{place}", "event": "page_view" if page else "unstruct",
                "event_name": {"form_submission": "submit_form"}.get(step.name, step.name),
                "dvce_created_tstamp": client, "dvce_sent_tstamp": client,
                "collector_tstamp": step.at, "derived_tstamp": step.at,
                "domain_userid": visitor, "domain_sessionid": f"{visitor}/{session}",
                "user_id": step.user, "page_url": step.url.partition("?")[0],
                "page_urlquery": step.url.partition("?")[2], "page_referrer": step.referrer,
                "mkt_source": step.utm.get("source"), "mkt_medium": step.utm.get("medium"),
                "mkt_campaign": step.utm.get("campaign"), "mkt_clickid": step.gclid,
                "mkt_network": "Google" if step.gclid else "", "useragent": step.agent,
                "unstruct_event_com_snowplowanalytics_snowplow_submit_form_1":
                    json.dumps({"formId": step.form, "elements": []}) if step.form else "",
            })  # fmt: skip
    write_csv(folder / "event" / "events.csv", rows)


# Snowplow: what a self-describing event says, and which entities came with it --------------------

ANSWERS: list[tuple[str, dict[str, Any]]] = [
    ("cmp_visible", {"elapsedTime": 1.5}),
    ("consent_preferences", {
        "eventType": "allow_all", "basisForProcessing": "consent", "consentVersion": "3",
        "consentScopes": ["necessary", "statistics", "C0004"], "domainsApplied": [SITE],
    }),
    ("consent_preferences", {"eventType": "pending", "consentScopes": ["statistics"]}),
    ("consent_preferences", {"eventType": "implicit_consent", "consentScopes": ["statistics"]}),
    ("consent_preferences", {"eventType": "allow_selected", "consentScopes": ["necessary"]}),
    ("consent_preferences", {"eventType": "expired", "consentScopes": []}),
    ("consent_preferences", {"eventType": "deny_all", "consentScopes": ["necessary"]}),
    ("consent_granted", {"expiry": "2026-12-31T00:00:00Z"}),
    ("consent_withdrawn", {"all": False}),
    ("consent_preferences", {"eventType": "withdrawn", "consentScopes": ["statistics"]}),
    ("consent_withdrawn", {"all": True}),
    ("consent_preferences", {"eventType": "shrugged", "consentScopes": ["statistics"]}),
]  # fmt: skip
DOCUMENTS = [{"id": "d-1", "version": "2", "name": "statistics"}, {"id": "d-2", "version": "1"}]
FORM = {"formId": "f-9", "formClasses": [], "elements": [
    {"name": "company", "value": "a@b, Ltd", "nodeName": "INPUT", "type": "text"},
    {"name": "Work-Email", "value": "ann.lee@acme.example", "nodeName": "INPUT", "type": "email"},
    {"name": "consent", "value": "on", "nodeName": "INPUT", "type": "checkbox"},
]}  # fmt: skip
PAGE = ("com.snowplowanalytics.snowplow", "web_page", {"id": "p-1"})
Entities = list[tuple[str, str, dict[str, Any]]]


def snake(value: Any) -> Any:
    """Return a JSON value with names as BigQuery and Databricks have them."""
    if isinstance(value, dict):
        return {re.sub("([A-Z])", r"_\1", key).lower(): snake(item) for key, item in value.items()}
    return [snake(item) for item in value] if isinstance(value, list) else value


def in_columns(name: str, data: dict[str, Any], entities: Entities, version: str = "1") -> dict:
    """A column for each schema, as Snowplow's loaders of warehouses have it."""
    found: dict[str, Any] = {
        f"unstruct_event_com_snowplowanalytics_snowplow_{name}_{version}": data
    } if data else {}  # fmt: skip
    for vendor, schema, said in entities:
        place = f"contexts_{vendor.replace('.', '_')}_{schema}_{version}"
        found[place] = [*found.get(place, []), said]
    return found


def in_envelopes(name: str, data: dict[str, Any], entities: Entities) -> dict:
    """All of one kind in one column, as the pipeline writes events."""

    def described(vendor: str, schema: str, said: dict[str, Any]) -> dict[str, Any]:
        return {"schema": f"iglu:{vendor}/{schema}/jsonschema/1-0-0", "data": said}

    snowplow, found = "com.snowplowanalytics.snowplow", {}
    if data:
        event = described(snowplow, name, data)
        found["unstruct_event"] = described(snowplow, "unstruct_event", event)
    for column, is_derived in (("contexts", False), ("derived_contexts", True)):
        listed = [entity for entity in entities if (entity[0] == "com.iab.snowplow") == is_derived]
        found[column] = {
            "schema": f"iglu:{snowplow}/contexts/jsonschema/1-0-0",
            "data": [described(*entity) for entity in listed],
        }
    return found


def as_text(columns: dict[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value) for name, value in columns.items()}


# How a loader writes it -> its columns, and whether a file of JSON holds them.
SHAPES: dict[str, tuple[Callable[..., dict], bool]] = {
    "columns": (lambda *event: as_text(in_columns(*event)), False),
    "versions": (lambda *event: snake(in_columns(*event, version="1_0_0")), True),
    "envelopes": (lambda *event: as_text(in_envelopes(*event)), False),
    "nested": (in_envelopes, True),
}


def described_rows(shape: str) -> Iterator[dict[str, Any]]:
    """Yield events that describe themselves: answers for consent, a form, an app, a robot."""
    columns_of, numbers = SHAPES[shape][0], itertools.count()

    def row(visitor: str, name: str, data: dict[str, Any], *entities: Any, **more: Any) -> dict:
        number = next(numbers)
        at = START + timedelta(days=2, minutes=number)
        return {
            "event_id": f"{shape}-{number}", "event": "unstruct" if data else "page_view",
            "event_name": None if "envelopes" in shape and data else name,
            "dvce_created_tstamp": at, "dvce_sent_tstamp": at, "collector_tstamp": at,
            "derived_tstamp": at, "domain_userid": f"{visitor}-{shape}", "page_url": f"{SITE}/",
            **columns_of(name, data, [PAGE, *entities]), **more,
        }  # fmt: skip

    snowplow = "com.snowplowanalytics.snowplow"
    for name, data in ANSWERS:
        documents = DOCUMENTS if name == "consent_granted" else DOCUMENTS[:1]
        entities = [(snowplow, "consent_document", document) for document in documents]
        is_basic = name == "consent_granted" or data.get("all") is False
        yield row("answers", name, data, *(entities if is_basic else []))
    yield row("form", "submit_form", FORM)
    session = {"userId": f"phone-{shape}", "sessionId": f"s-{shape}", "storageMechanism": "SQLITE"}
    yield row("", "screen_view", {}, (snowplow, "client_session", session), domain_userid=None)
    yield row("nameless", *ANSWERS[1], event_id="")
    yield row("", *ANSWERS[1], domain_userid="")
    robot = {"spiderOrRobot": True, "category": "SPIDER_OR_ROBOT", "reason": "FAILED_UA_INCLUDE"}
    yield row("robot", "page_view", {}, ("com.iab.snowplow", "spiders_and_robots", robot))


def write_described(folder: Path) -> None:
    for shape, (_, is_json) in SHAPES.items():
        rows = list(described_rows(shape))
        if is_json:
            write_ndjson(folder / "event" / f"{shape}.ndjson", rows)
        else:
            write_csv(folder / "event" / f"{shape}.csv", rows)


def write_preferences(folder: Path) -> None:
    """Segment's consent object: in columns, as the warehouse has it, and in the raw call."""
    story = [("page", True, False), ("page", True, False), ("track", True, True)]
    for number, (call, analytics, ads) in enumerate([*story, ("page", None, False)]):
        step = Step(400 + number, "/")
        said = {"Statistics": analytics, "Advertising": ads}
        said = {name: answer for name, answer in said.items() if answer is not None}
        text = "Segment Consent Preference Updated"
        event = {"event": text.lower().replace(" ", "_"), "event_text": text}
        rest = {"url": step.url} if call == "page" else event
        row = {**segment_call("prefers", number, 0, step), **rest}
        columns = {
            f"context_consent_category_preferences_{name.lower()}": answer
            for name, answer in said.items()
        }
        write_csv(folder / call / f"prefers{number}.csv", [{**row, **columns}])
        nested = {**row, "id": f"raw-{number}", "anonymous_id": "prefers-raw"}
        nested["context"] = {"consent": {"categoryPreferences": said}}
        write_ndjson(folder / call / f"raw{number}.ndjson", [nested])
    nobody = {**row, "id": "server-1", "anonymous_id": None, "user_id": "u-1", **columns}
    write_csv(folder / "page" / "server.csv", [nobody])


BUILT = (
    "+touchpoint +source +person_account +person_xref +person_pii +reconciliation +quarantine"
    " +consent_event no_raw_row_is_lost"
)


@pytest.fixture(scope="module")
def run(build: Callable[..., Run], tmp_path_factory: Any, request: Any) -> Run:
    exports = tmp_path_factory.mktemp("trackers") / "exports"
    write_ga4(exports / "ga4")
    write_segment(exports / "segment")
    write_snowplow(exports / "snowplow")
    write_described(exports / "snowplow")
    write_preferences(exports / "segment")
    warehouse = tmp_path_factory.mktemp("trackers-warehouse")
    for who, scope in ERASED.items():
        subject = erasure.Subject(who, identifiers={("email", f"{who}@acme.example")})
        erasure.note(Warehouse(warehouse), [subject], "asked for it", "test", scope)
    try:
        shared = request.getfixturevalue("shared_data")
    except pytest.skip.Exception:
        shared = None
    if shared:
        real = {
            "segment/page": ["dbtlabs_segment/example_segment_pages.csv"],
            "snowplow/event": [
                "dbtlabs_snowplow/sp_event.csv",
                "dbtlabs_snowplow/sp_event_update.csv",
            ],
        }
        for place, names in real.items():
            for name in names:
                target = exports / place / Path(name).name
                target.write_bytes((shared / name).read_bytes())
    return build(
        exports=exports,
        connectors="ga4,segment,snowplow",
        select=BUILT,
        warehouse=warehouse,
        publish=False,
        DBT_INDIRECT_SELECTION="cautious",  # checks between tables of which one is not built
    ).check()


SESSIONS = """
select started_at, ended_at, landing_page, exit_page, source.source, source.medium,
    source.campaign, session.channel_group, is_direct, page_view_count, active_event_count,
    conversion_count, is_engaged, person_id
from canonical.session as session
left join canonical.source as source using (source_id)
where _source_system = '{}' and anonymous_key in ({})
order by started_at, landing_page, exit_page
"""


def sessions(run: Run, system: str) -> list[tuple[Any, ...]]:
    keys = ", ".join(f"'{keyed_hash(f'{system}:{visitor}')}'" for visitor in VISITORS)
    return run.query(SESSIONS.format(system, keys))


def test_three_trackers_give_the_same_sessions(run: Run) -> None:
    by_ga4 = sessions(run, "ga4")
    assert len(by_ga4) == 8
    assert sessions(run, "segment") == by_ga4
    assert sessions(run, "snowplow") == by_ga4


EVENTS = """
select event_name, event_at, page_location, referrer, source_id, is_entry,
    json_extract_string(properties, '$.form_id'), person_id
from canonical.event
where _source_system = '{}' and anonymous_key in ({}) and event_name <> 'session_start'
order by all
"""
TOUCHES = """
select person_id, account_id, touched_at, ended_at, landing_page, source_id, channel_group,
    is_direct, funnel_phase
from canonical.touchpoint
where kind = 'session' and _source_system = '{}' and landing_page like '{}%'
    and touched_at < '{}'
order by all
"""


def test_three_trackers_give_the_same_events_and_touches(run: Run) -> None:
    """GA4 alone tells the start of a session as an event."""
    events, touches = [], []
    for system in ("ga4", "segment", "snowplow"):
        keys = ", ".join(f"'{keyed_hash(f'{system}:{visitor}')}'" for visitor in VISITORS)
        events.append(run.query(EVENTS.format(system, keys)))
        until = START + timedelta(minutes=190)
        touches.append(run.query(TOUCHES.format(system, SITE, until)))
    assert len(events[0]) == sum(len(steps) for _, steps in VISITORS.values())
    assert any(row[6] == "f-1" for row in events[0])
    assert events[1] == events[0] and events[2] == events[0]
    assert len(touches[0]) == 2
    assert touches[1] == touches[0] and touches[2] == touches[0]


def test_the_sessions_are_the_visits(run: Run) -> None:
    channels = [
        (row[0], row[2].removeprefix(SITE), row[7], row[9], row[11])
        for row in sessions(run, "segment")
    ]
    assert channels == [
        (START, "/", "Organic Search", 3, 1),
        (START + timedelta(minutes=0.5), "/offer", "Email", 1, 1),
        (START + timedelta(minutes=5), "/app", "Direct", 1, 0),
        (START + timedelta(minutes=20), "/", "Direct", 2, 0),
        (START + timedelta(minutes=60), "/offer", "Referral", 1, 0),
        (START + timedelta(minutes=62.001), "/", "Direct", 1, 0),
        (START + timedelta(minutes=120), "/", "Direct", 1, 0),
        (START + timedelta(minutes=830), "/", "Paid Search", 2, 0),
    ]


def test_a_clock_that_runs_ahead_is_set_right_and_flagged(run: Run) -> None:
    skews = run.query(
        "select _source_system, event_at, clock_skew_s from canonical.event "
        f"where event_at in ('{START + timedelta(minutes=20)}', '{START + timedelta(minutes=21)}') "
        "and clock_skew_s is not null group by all order by all"
    )
    assert [row for row in skews if row[2] == 600] == [
        (system, START + timedelta(minutes=minute), 600)
        for system in ("ga4", "segment", "snowplow")
        for minute in (20, 21)
    ]
    assert (
        run.value(
            "select count(*) from intake.int_event__checked "
            "where reason_codes like '%event.event_at.skewed%' and anonymous_id = 'ahead'"
        )
        == 3 * 2 + 1
    )  # GA4 has a session_start more


def test_a_login_is_the_same_person_to_all(run: Run) -> None:
    persons = run.query(
        "select distinct person_id from canonical.session where landing_page = ? ".replace(
            "?", f"'{SITE}/app'"
        )
    )
    assert len(persons) == 1 and persons[0][0]
    assert (
        run.value(
            "select count(*) from vault.person_pii where email = 'uma@acme.example' "
            f"and person_id = '{persons[0][0]}'"
        )
        == 1
    )


def test_a_login_under_a_wrong_clock_links_its_browser_all_the_same(run: Run) -> None:
    """E16, E49: for how long a cookie is somebody's counts from when the login really was."""
    uma = run.value("select person_id from vault.person_pii where email = 'uma@acme.example'")
    assert run.query(
        "select event_at, person_id from canonical.event where anonymous_key = "
        f"'{keyed_hash('segment:leap')}' order by event_at"
    ) == [(START + timedelta(minutes=minute), uma) for minute in (600, 601)]


def test_segments_robots_are_excluded_and_counted(run: Run) -> None:
    assert run.query(
        "select disposition, reason_codes from intake.int_event__checked "
        "where anonymous_id = 'robot'"
    ) == [("excluded", "event.row.bot")]


def test_segments_tables_of_events_add_to_track_calls(run: Run) -> None:
    events = run.query(
        "select source_record_id, source_object, event.event_name, event.properties, "
        "located.email is not null, event.person_id is not null "
        "from canonical.event as event "
        "inner join resolve.int_event__located as located using (event_id) "
        "where located.source_record_id in ('t-1', 't-2') order by 1"
    )
    assert events == [
        ("t-1", "track", "demo_request", '{"form_id":"f-7"}', True, True),
        ("t-2", "event_table", "trial_start", '{"plan":"team"}', False, False),
    ]
    assert run.query(
        "select source_object, accepted, difference from governance.reconciliation "
        "where connector = 'segment' and source_object in ('event_table', 'track') order by 1"
    ) == [("event_table", 2, 0), ("track", 7, 0)]


def test_who_is_identified_is_a_person_with_the_latest_traits(run: Run) -> None:
    ann = run.query(
        "select first_name, last_name, email from vault.person_pii "
        "where email = 'ann.lee@acme.example'"
    )
    assert ann == [("Ann", "Lee", "ann.lee@acme.example")]
    assert run.value("select count(*) from vault.person_pii where email = 'lost@acme.example'") == 0


def test_a_group_is_the_firm_of_its_person_and_an_alias_leads_to_one(run: Run) -> None:
    ann = run.value(
        "select person_id from canonical.person_xref where source_record_id = 'u-ann'"
    )
    assert run.query(
        "select account.name, account.employee_count from canonical.person_account "
        "inner join canonical.account as account using (account_id) "
        f"where person_id = '{ann}' and account.name is not null"
    ) == [("Acme Ltd", 120)]
    earlier = "select distinct person_id, person_method from canonical.event where event_at = '{}'"
    assert run.query(earlier.format(START + timedelta(minutes=200))) == [(ann, "anonymous_id")]


STATEMENTS = """
select purpose, action, captured_at, effective_to, lawful_basis, policy_version
from canonical.consent_event
where contact_point_hash = '{}' and contact_point_type = 'cookie' and channel = 'web'
order by captured_at, purpose
"""


@pytest.mark.parametrize("shape", SHAPES)
def test_answers_for_consent_are_statements_whatever_the_loader(run: Run, shape: str) -> None:
    """A selection refuses what it leaves out, an expiry ends what was offered, all or nothing is
    about everything; a document is a purpose. A word that nobody knows is held."""
    at = [START + timedelta(days=2, minutes=number) for number in range(len(ANSWERS))]
    until = datetime(2026, 12, 31)
    assert run.query(STATEMENTS.format(keyed_hash(f"answers-{shape}"))) == [
        ("advertising", "grant", at[1], None, "consent", "3"),
        ("analytics", "grant", at[1], None, "consent", "3"),
        ("necessary", "grant", at[1], None, "consent", "3"),
        ("analytics", "pending", at[2], None, None, None),
        ("advertising", "deny", at[4], None, None, None),
        ("analytics", "deny", at[4], None, None, None),
        ("necessary", "grant", at[4], None, None, None),
        ("advertising", "expire", at[5], None, None, None),
        ("analytics", "expire", at[5], None, None, None),
        ("necessary", "expire", at[5], None, None, None),
        ("*", "deny", at[6], None, None, None),
        ("analytics", "grant", at[7], until, None, None),
        ("d-2", "grant", at[7], until, None, None),
        ("analytics", "withdraw", at[8], None, None, None),
        ("*", "withdraw", at[9], None, None, None),
        ("*", "withdraw", at[10], None, None, None),
    ]
    assert run.query(
        "select purpose, disposition, split_part(reason_codes, ';', 1) "
        "from intake.int_consent__checked "
        f"where contact_point = 'answers-{shape}' and disposition <> 'accepted' order by all"
    ) == [
        ("analytics", "excluded", "consent.action.no_statement"),
        ("analytics", "quarantined", "consent.action.unknown"),
    ]
    nobody = "reason_codes like '%consent.contact_point.invalid%'"
    assert run.value(f"select count(*) from intake.int_consent__checked where {nobody}") == 0
    names = run.query(
        "select event_name, count(*) from canonical.event where anonymous_key = "
        f"'{keyed_hash(f'snowplow:answers-{shape}')}' group by all order by all"
    )
    assert names == [("consent_banner_view", 1), ("consent_update", len(ANSWERS) - 1)]


@pytest.mark.parametrize("shape", SHAPES)
def test_forms_apps_and_robots_are_told_by_what_came_with_the_event(run: Run, shape: str) -> None:
    ann = run.value(
        "select person_id from canonical.person_xref where source_record_id = 'u-ann'"
    )
    assert run.query(
        "select event_name, properties, person_id from canonical.event "
        f"where anonymous_key = '{keyed_hash(f'snowplow:form-{shape}')}'"
    ) == [("form_submission", '{"form_id":"f-9","consent":"on"}', ann)]
    assert run.query(
        "select event_name, session_key from resolve.int_event__located "
        f"where anonymous_id = 'phone-{shape}'"
    ) == [("screen_view", f"s-{shape}")]
    assert run.query(
        "select disposition, reason_codes from intake.int_event__checked "
        f"where anonymous_id = 'robot-{shape}'"
    ) == [("excluded", "event.row.bot")]


@pytest.mark.parametrize("browser", ["prefers", "prefers-raw"])
def test_segments_consent_object_is_a_statement_where_it_changes(run: Run, browser: str) -> None:
    at = [START + timedelta(minutes=400 + number) for number in range(4)]
    assert [row[:3] for row in run.query(STATEMENTS.format(keyed_hash(browser)))] == [
        ("advertising", "deny", at[0]),
        ("analytics", "grant", at[0]),
        ("advertising", "grant", at[2]),
        ("advertising", "deny", at[3]),
    ]
    [(events,)] = run.query(
        "select count(*) from canonical.event where event_name = 'consent_update' "
        f"and anonymous_key = '{keyed_hash(f'segment:{browser}')}'"
    )
    assert events == 1


def test_what_a_server_says_of_consent_is_its_persons(run: Run) -> None:
    assert run.query(
        "select purpose, action from canonical.consent_event "
        "inner join vault.person_pii as pii using (person_id) "
        "where pii.email = 'uma@acme.example'"
    ) == [("advertising", "deny")]


def test_an_erasure_reaches_lists_of_parameters(run: Run) -> None:
    """Of somebody whose identifiers went, what was done stays; of somebody erased, page and
    campaign alone, also where no export had a column for it. Both lose the list, and others keep
    theirs."""
    page = f"{SITE}/thanks?utm_source=fair"
    assert run.query(
        "select param_page_location, param_ga_session_id, user_pseudo_id, param_term, "
        "event_params is null "
        "from staging.stg_ga4__event where event_timestamp > "
        f"'{START + timedelta(hours=23)}' and param_page_location is not null order by 2"
    ) == [(page, "1", "listed-nameless", "shoes", True), (page, None, None, "shoes", True)]
    kept = run.value("select event_params from staging.stg_ga4__event where event_params <> ''")
    assert "Stays@acme.example" in kept
    assert run.query(
        "select page_location, anonymous_key is not null, count(*) from canonical.event "
        "where page_location like '%/thanks?%' group by all order by 2"
    ) == [(page, False, 1), (page, True, 2)]


def test_published_segment_pages_are_read(run: Run, shared_data: Path) -> None:
    assert run.query(
        "select event.event_name, event_at, page_location, referrer, source, medium, campaign "
        "from canonical.event as event inner join canonical.source using (source_id) "
        "where page_location like 'https://www.getdbt.com%'"
    ) == [
        ("page_view", datetime(2015, 2, 23, 22, 28, 55), "https://www.getdbt.com/",
         "https://www.google.com/", "facebook", "social", "autumn_collection_2015")
    ]  # fmt: skip


def test_published_snowplow_events_are_their_published_sessions(
    run: Run, shared_data: Path
) -> None:
    """Their own expected sessions, which are in New York's winter time."""
    with (shared_data / "dbtlabs_snowplow" / "snowplow_sessions_expected.csv").open() as file:
        expected = [
            (
                datetime.strptime(row["session_start"], "%Y-%m-%d %H:%M:%S") + timedelta(hours=5),
                datetime.strptime(row["session_end"], "%Y-%m-%d %H:%M:%S") + timedelta(hours=5),
                *(None if row[word] == "NULL" else row[word] for word in (
                    "marketing_source", "marketing_medium", "marketing_campaign"
                )),
                row["user_snowplow_domain_id"],
            )
            for row in csv.DictReader(file)
        ]  # fmt: skip
    assert len(expected) == 5
    for start, end, source, medium, campaign, visitor in expected:
        found = run.query(
            "select ended_at, source.source, source.medium, source.campaign "
            "from canonical.session left join canonical.source as source using (source_id) "
            f"where started_at = '{start}' "
            f"and anonymous_key = '{keyed_hash(f'snowplow:{visitor}')}'"
        )
        assert len(found) == 1, (start, visitor)
        # One of their events is dated by its receipt, a second after the browser says it happened.
        assert end - found[0][0] in (timedelta(0), timedelta(seconds=1))
        if source:
            assert found[0][1:] == (source, medium, campaign)
        else:  # they have no source without tags; a linking search engine is one here
            assert found[0][1:] in {(None, None, None), ("google", "organic", None)}

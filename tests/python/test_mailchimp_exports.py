"""Mailchimp: a loader's real tables, and small exports of every status in the API's own shape."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import member_key

OBJECTS = {
    "list": "reference",
    "member": "person",
    "campaign": "reference",
    "campaign_recipient": "event",
    "campaign_recipient_activity": "event",
    "unsubscribe": "consent",
}
CHECKED = " ".join(f"+int_{entity}__checked" for entity in sorted(set(OBJECTS.values())))

# A part of the project is built: only checks whose models are all part of it are run.
PART: dict[str, Any] = {"publish": False, "DBT_INDIRECT_SELECTION": "cautious"}
Rows = list[dict[str, Any]]


def raw_rows(path: Path) -> Rows:
    """Return a CSV file's rows as {column: text}, an empty text as None."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{k: v or None for k, v in row.items()} for row in csv.DictReader(file)]


def at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def mapped(run: Any, table: str, columns: str) -> Counter[tuple[Any, ...]]:
    """Return the rows of a table as a bag: how often each of them is there."""
    return Counter(run.query(f"select {columns} from {table}"))


# A loader's tables --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared_data: Path, build: Callable[..., Any], tmp_path_factory: Any) -> tuple[Any, dict]:
    """One build of the loader's tables: (run, {object: raw rows})."""
    source = shared_data / "fivetran_mailchimp"
    if not source.is_dir():
        pytest.skip(f"There is no {source}.")
    exports = tmp_path_factory.mktemp("mailchimp_exports")
    (exports / "mailchimp").mkdir()
    for name in OBJECTS:
        shutil.copy(source / f"{name}.csv", exports / "mailchimp")
    run = build(exports, "mailchimp", select=CHECKED, **PART).check()
    return run, {name: raw_rows(source / f"{name}.csv") for name in OBJECTS}


@pytest.mark.shared_data
@pytest.mark.parametrize("name", OBJECTS)
def test_every_raw_row_has_one_place(real: tuple[Any, dict], name: str) -> None:
    run, raw = real
    assert run.value(f"select count(*) from staging.stg_mailchimp__{name}") == len(raw[name])
    places = run.query(
        f"select disposition, count(*) from intake.int_{OBJECTS[name]}__checked "
        f"where source_object = '{name}' and not is_derived group by disposition"
    )
    assert sum(count for _, count in places) == len(raw[name]) > 0
    assert dict(places).keys() <= {"accepted", "duplicate"}


@pytest.mark.shared_data
def test_members_are_persons_of_one_audience_each(real: tuple[Any, dict]) -> None:
    run, raw = real
    expected = Counter(
        (
            f"{row['list_id']}:{member_key(row['id'])}",
            row["email_address"],
            row["merge_fname"],
            row["merge_lname"],
            at(row["timestamp_signup"]),
            at(row["last_changed"]),
        )
        for row in raw["member"]
    )
    columns = "source_record_id, email, first_name, last_name, created_at, record_updated_at"
    assert mapped(run, "staging.map_mailchimp__person", columns) == expected


@pytest.mark.shared_data
def test_members_of_the_real_tables_opted_in_twice(real: tuple[Any, dict]) -> None:
    """All of them signed up and confirmed; one withdrew, by the mail's link and by the status."""
    run, raw = real
    expected: Counter[tuple[Any, ...]] = Counter()
    for row in raw["member"]:
        member = f"{row['list_id']}:{member_key(row['id'])}"
        confirmed = at(row["timestamp_opt"])
        expected[(member, row["email_address"], "grant", confirmed, confirmed)] += 1
        if row["status"] == "unsubscribed":
            changed = at(row["last_changed"])
            expected[(member, row["email_address"], "withdraw", changed, None)] += 1
    for row in raw["unsubscribe"]:
        member = f"{row['list_id']}:{member_key(row['member_id'])}"
        expected[(member, None, "withdraw", at(row["timestamp"]), None)] += 1
    columns = "person_record_id, contact_point, action, captured_at, double_opt_in_at"
    assert mapped(run, "staging.map_mailchimp__consent", columns) == expected


@pytest.mark.shared_data
def test_mails_are_dated_by_their_campaign(real: tuple[Any, dict]) -> None:
    run, raw = real
    sent = {row["id"]: at(row["send_time"]) for row in raw["campaign"]}
    expected = Counter(
        (
            "email_sent",
            sent[row["campaign_id"]],
            f"{row['list_id']}:{member_key(row['member_id'])}",
            None,
        )
        for row in raw["campaign_recipient"]
    ) + Counter(
        (
            f"email_{row['action']}",
            at(row["timestamp"]),
            f"{row['list_id']}:{member_key(row['member_id'])}",
            json.dumps({"link_url": row["url"]}, separators=(",", ":")) if row["url"] else None,
        )
        for row in raw["campaign_recipient_activity"]
    )
    columns = "event_name, event_at, person_record_id, properties"
    assert mapped(run, "staging.map_mailchimp__event", columns) == expected


@pytest.mark.shared_data
def test_nothing_is_known_that_the_export_does_not_say(real: tuple[Any, dict]) -> None:
    """Every text of the maps is a raw text, one of the connector's own words, or made of ids."""
    run, raw = real
    known = {value for rows in raw.values() for row in rows for value in row.values()}
    for entity, columns in {
        "person": "email, phone, first_name, last_name, company_name",
        "reference": "label",
        "consent": "contact_point",
        "event": "email, campaign_record_id",
    }.items():
        for row in run.query(f"select {columns} from staging.map_mailchimp__{entity}"):
            assert set(row) <= known | {None}


# The API's own shape, every status ----------------------------------------------------------------

MEMBERS: Rows = [
    {
        "id": "m1",
        "status": "subscribed",
        "timestamp_signup": "2026-01-05T10:00:00+00:00",
        "timestamp_opt": "2026-01-05T10:03:00+00:00",
        "last_changed": "2026-02-01T00:00:00+00:00",
        "merge_fields": {"FNAME": "Ana", "LNAME": "Sol", "PHONE": "", "COMPANY": "Acme"},
    },
    {
        "id": "m2",
        "status": "subscribed",
        "timestamp_signup": "",
        "source": "Import",
        "timestamp_opt": "2026-01-06T00:00:00+00:00",
        "last_changed": "2026-01-06T00:00:00+00:00",
    },
    {"id": "m3", "status": "subscribed", "last_changed": "2026-01-07T00:00:00+00:00"},
    {
        "id": "m4",
        "status": "Unsubscribed",
        "timestamp_opt": "2026-01-08T00:00:00+00:00",
        "last_changed": "2026-01-01T00:00:00+00:00",
    },
    {
        "id": "m5",
        "status": "cleaned",
        "timestamp_opt": "2026-01-09T00:00:00+00:00",
        "last_changed": "2026-03-09T00:00:00+00:00",
    },
    {
        "id": "m6",
        "status": "pending",
        "timestamp_signup": "2026-01-10T00:00:00+00:00",
        "last_changed": "2026-03-10T00:00:00+00:00",
    },
    {"id": "m7", "status": "transactional", "last_changed": "2026-01-11T00:00:00+00:00"},
    {
        "id": "m8",
        "status": "archived",
        "timestamp_opt": "2026-01-12T00:00:00+00:00",
        "last_changed": "2026-03-12T00:00:00+00:00",
    },
    {"id": "m9", "status": "paused", "last_changed": "2026-01-13T00:00:00+00:00"},
]
CLICK = {
    "action": "click",
    "type": "",
    "campaign_id": "c1",
    "list_id": "L",
    "email_id": "m1",
    "ip": "192.0.2.1",
    "timestamp": "2026-02-01T09:00:00+00:00",
}
ACTIVITY: Rows = [
    {**CLICK, "url": "https://acme.example/a?email=ana%40acme.example&utm_source=mc#top"},
    {**CLICK, "url": "https://acme.example/b"},
    {**CLICK, "url": "https://acme.example/b"},
    {**CLICK, "action": "bounce", "type": "hard", "email_id": "m5", "url": ""},
]


@pytest.fixture(scope="module")
def small(build: Callable[..., Any], tmp_path_factory: Any) -> Any:
    """One build of exports with the object and column names that another loader uses."""
    exports = tmp_path_factory.mktemp("mailchimp_small")
    folder = exports / "mailchimp"
    folder.mkdir()
    lines = [
        json.dumps({"list_id": "L", "email_address": f"{row['id']}@acme.example", **row})
        for row in MEMBERS
    ]
    (folder / "list_members.ndjson").write_text("\n".join([*lines, '{"id": "m10", "list_']))
    (folder / "email_activity.ndjson").write_text("\n".join(map(json.dumps, ACTIVITY)))
    (folder / "Campaigns.json").write_text(
        json.dumps([{"id": "c1", "settings": {"title": "Spring"}, "send_time": ""}])
    )
    (folder / "campaign_recipient.csv").write_text("CAMPAIGN_ID,MEMBER_ID,LIST_ID\nc1,m1,L\n")
    return build(exports, "mailchimp", select=CHECKED, **PART).check()


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("m1", {("grant", "2026-01-05 10:03:00", "signup_form", True)}),
        ("m2", {("grant", "2026-01-06 00:00:00", "Import", False)}),
        ("m3", {("grant", None, None, False)}),
        (
            "m4",
            {
                ("grant", "2026-01-08 00:00:00", "import", False),
                ("withdraw", "2026-01-08 00:00:00", None, False),
            },
        ),
        (
            "m5",
            {
                ("grant", "2026-01-09 00:00:00", "import", False),
                ("bounce", "2026-03-09 00:00:00", None, False),
            },
        ),
        ("m6", {("pending", "2026-01-10 00:00:00", None, False)}),
        ("m7", {("unknown", "2026-01-11 00:00:00", None, False)}),
        ("m8", {("unknown", "2026-03-12 00:00:00", None, False)}),
        ("m9", {("paused", "2026-01-13 00:00:00", None, False)}),
    ],
)
def test_what_a_status_says(small: Any, member: str, said: set[tuple[Any, ...]]) -> None:
    """E34, E45: pending and bounced are neither grant nor withdrawal; no status dates a refusal
    before the opt-in that it ends."""
    rows = small.query(
        "select action, cast(captured_at as varchar), method, double_opt_in_at is not null "
        f"from staging.map_mailchimp__consent where person_record_id = 'L:{member_key(member)}'"
    )
    assert set(rows) == said
    assert len(rows) == len(said)


def test_a_grant_without_a_time_and_an_unknown_status_are_held_back(small: Any) -> None:
    rows = small.query(
        "select person_record_id, reason_codes from intake.int_consent__checked "
        "where disposition = 'quarantined'"
    )
    reasons = dict(rows)
    assert set(reasons) == {f"L:{member_key('m3')}", f"L:{member_key('m9')}"}
    assert "consent.captured_at.missing" in reasons[f"L:{member_key('m3')}"]
    assert "consent.action.unknown" in reasons[f"L:{member_key('m9')}"]


def test_merge_fields_and_deleted_members(small: Any) -> None:
    rows = small.query(
        "select source_record_id, first_name, last_name, phone, company_name, is_deleted "
        "from staging.map_mailchimp__person"
    )
    assert (f"L:{member_key('m1')}", "Ana", "Sol", None, "Acme", False) in rows
    assert (f"L:{member_key('m8')}", None, None, None, None, True) in rows


def test_a_broken_line_is_a_row_and_says_nothing_about_consent(small: Any) -> None:
    assert small.query(
        "select count(*), count(_unparsable) from staging.stg_mailchimp__member"
    ) == [(len(MEMBERS) + 1, 1)]
    assert (
        small.value(
            "select count(*) from staging.map_mailchimp__consent where _unparsable is not null"
        )
        == 0
    )


def test_two_clicks_in_one_second_are_two_and_one_delivered_twice_is_one(small: Any) -> None:
    """E47, E48; and a link loses whom it was sent to."""
    rows = small.query(
        "select event_name, properties from intake.int_event__checked "
        "where source_object = 'campaign_recipient_activity' and is_current "
        "order by 2"
    )
    assert rows == [
        ("email_bounce", '{"bounce_type":"hard"}'),
        ("email_click", '{"link_url":"https://acme.example/a?utm_source=mc"}'),
        ("email_click", '{"link_url":"https://acme.example/b"}'),
    ]


def test_a_mail_of_an_unsent_campaign_is_held_back(small: Any) -> None:
    assert small.query(
        "select disposition, reason_codes from intake.int_event__checked "
        "where source_object = 'campaign_recipient'"
    ) == [("quarantined", "event.event_at.missing")]
    assert small.query("select kind, label from staging.map_mailchimp__reference") == [
        ("campaign", "Spring")
    ]


def test_a_missing_column_stops_the_build_and_is_named(
    build: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "mailchimp").mkdir()
    (tmp_path / "mailchimp" / "member.csv").write_text(
        "id,list_id,email_address,state\nm1,L,ana@acme.example,subscribed\n"
    )
    run = build(tmp_path, "mailchimp", select="stg_mailchimp__member", **PART)
    assert run.rc == 1
    message = " ".join(run.output.split())
    assert 'mailchimp.member: the required column "status" is missing' in message
    assert "Looked for: status, member_status, email_status" in message
    assert "state" in message

"""The demo exports: made anew to the byte, as big as they say, and holding what the truth names."""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from demo.generate import main  # noqa: E402
from demo.generator import tokens  # noqa: E402
from demo.generator.tables import CHECKS  # noqa: E402

EXPORTS = ROOT / "demo" / "exports"
TRUTH = ROOT / "demo" / "truth"
CASES_IN_EXPORTS = (
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    9,
    11,
    12,
    14,
    15,
    16,
    18,
    19,
    20,
    21,
    22,
    23,
    25,
    26,
    27,
    28,
    29,
    30,
    31,
    34,
    35,
    36,
    38,
    39,
    45,
    46,
    47,
    48,
    49,
    50,
    51,
    52,
    55,
    56,
    57,
    58,
    59,
    60,
    65,
    66,
    67,
    68,
    75,
    76,
    77,
    78,
    79,
    80,
    81,
    82,
    110,
)
FREE_MAIL = {"gmail.com", "gmx.de", "test.com"}
FICTION = (
    r"49(3023125|8999998|4066969|6990009)\d{3}",
    r"44(2079460|7700900|1632960|1134960)\d{3}",
    r"1\d{3}55501\d{2}",
    r"33(199001|261910|639980)\d{3}",
    r"46(3139006|8465004)\d{2}",
    r"35320910\d{4}",
    r"61[27]5550\d{4}",
)


def generate(folder: Path, *more: str) -> Path:
    """A fresh set of files below ``folder``; returns the folder of the exports."""
    assert main(["--output", str(folder / "exports"), *more]) == 0
    return folder / "exports"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh generation, with exports/ and truth/."""
    folder = tmp_path_factory.mktemp("fresh")
    generate(folder)
    return folder


def files(folder: Path) -> dict[str, Path]:
    """All files below a folder, by their relative path."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def written_by(parquet: Path) -> str:
    """Name and version of the program that wrote a Parquet file."""
    row = duckdb.execute(
        "select created_by from parquet_file_metadata(?)", [str(parquet)]
    ).fetchone()
    assert row is not None
    return str(row[0])


def differences(left: Path, right: Path) -> list[str]:
    """The relative paths whose content differs.

    Parquet files that two versions of the writer made are compared row by row in their order.
    """
    ours, theirs = files(left), files(right)
    changed = sorted(set(ours) ^ set(theirs))
    for name in sorted(set(ours) & set(theirs)):
        if ours[name].read_bytes() == theirs[name].read_bytes():
            continue
        if name.endswith(".parquet") and written_by(ours[name]) != written_by(theirs[name]):
            rows = [
                duckdb.execute("select * from read_parquet(?)", [str(path)]).fetchall()
                for path in (ours[name], theirs[name])
            ]
            if rows[0] == rows[1]:
                continue
        changed.append(name)
    return changed


def test_two_generations_are_equal_to_the_byte(fresh: Path, tmp_path: Path) -> None:
    generate(tmp_path)
    again, first = files(tmp_path), files(fresh)
    assert list(again) == list(first)
    for name, path in first.items():
        assert path.read_bytes() == again[name].read_bytes(), name


def test_committed_files_are_those_of_a_fresh_generation(fresh: Path) -> None:
    assert differences(EXPORTS, fresh / "exports") == []
    assert differences(TRUTH, fresh / "truth") == []


def test_a_changed_byte_a_lost_file_and_a_changed_event_are_noticed(
    fresh: Path, tmp_path: Path
) -> None:
    for name, path in files(fresh / "exports").items():
        copy = tmp_path / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert differences(fresh / "exports", tmp_path) == []
    contacts = tmp_path / "hubspot" / "contact.csv"
    contacts.write_bytes(contacts.read_bytes().replace(b"false", b"False", 1))
    (tmp_path / "mailchimp" / "list.csv").unlink()
    june = tmp_path / "ga4" / "event" / "events_202606.parquet"
    other = june.with_suffix(".other")
    duckdb.execute(
        f"copy (select * replace ('changed' as event_name) from read_parquet('{june}')) "
        f"to '{other}' (format parquet)"
    )
    other.replace(june)
    assert set(differences(fresh / "exports", tmp_path)) == {
        "ga4/event/events_202606.parquet",
        "hubspot/contact.csv",
        "mailchimp/list.csv",
    }


# ---------------------------------------------------------------- raw files, read independently


def delimiter_of(header: str) -> str:
    """The delimiter of a CSV file: whichever its header has more of."""
    return max(",;\t", key=header.count)


def csv_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and data rows as Python's own reader sees them; broken ones too."""
    text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    lines = csv.reader(text.splitlines(keepends=True), delimiter=delimiter_of(text[:200]))
    header = next(lines)
    return header, list(lines)


def is_readable(header: list[str], row: list[str]) -> bool:
    """Whether a row has the header's width and only valid characters."""
    broken = any("\udc80" <= char <= "\udcff" for cell in row for char in cell)
    return len(row) == len(header) and not broken


def count(path: Path) -> tuple[int, int]:
    """(rows, unreadable rows) of one export file, without the project's own code."""
    if path.suffix == ".parquet":
        row = duckdb.execute("select count(*) from read_parquet(?)", [str(path)]).fetchone()
        assert row is not None
        return int(row[0]), 0
    if path.suffix == ".json":
        return len(json.loads(path.read_text(encoding="utf-8"))), 0
    if path.suffix == ".ndjson":
        broken = 0
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            try:
                json.loads(line)
            except json.JSONDecodeError:
                broken += 1
        return len(lines), broken
    header, rows = csv_rows(path)
    return len(rows), sum(not is_readable(header, row) for row in rows)


def truth(name: str) -> list[dict[str, str]]:
    """The rows of a file of the truth."""
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_counts_are_those_of_the_files() -> None:
    named = {row["file"]: (int(row["rows"]), int(row["unparsable"])) for row in truth("counts.csv")}
    found = {name: count(path) for name, path in files(EXPORTS).items() if "/" in name}
    assert found == named


def test_all_of_the_demo_is_small() -> None:
    paths = [*files(EXPORTS).values(), *files(TRUTH).values()]
    size = sum(path.stat().st_size for path in paths)
    assert size < 2_500_000


def records_of(name: str) -> Iterator[dict[str, str]]:
    """Readable rows of one export object, column name → text (names in lower case)."""
    folder = EXPORTS / name
    paths = sorted(folder.glob("*.csv")) if folder.is_dir() else [EXPORTS / f"{name}.csv"]
    for path in paths:
        header, rows = csv_rows(path)
        for row in rows:
            if is_readable(header, row):
                yield dict(zip((column.lower() for column in header), row, strict=True))


def events() -> Iterator[dict[str, Any]]:
    """GA4 events of all months, with integer times."""
    for path in sorted((EXPORTS / "ga4" / "event").iterdir()):
        if path.suffix == ".parquet":
            cursor = duckdb.execute(
                "select user_pseudo_id, event_name, event_timestamp, user_id from read_parquet(?)",
                [str(path)],
            )
            for cookie, name, at, user in cursor.fetchall():
                yield {"anonymous_id": cookie, "event_name": name, "at": at, "user_id": user}
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                event = json.loads(line)
            except json.JSONDecodeError:
                continue
            yield {
                "anonymous_id": event["user_pseudo_id"],
                "event_name": event["event_name"],
                "at": int(event["event_timestamp"]),
                "user_id": event.get("user_id"),
            }


@pytest.fixture(scope="module")
def record_keys() -> Counter[str]:
    """``source_system:source_record_id`` of every raw record that the truth may name."""
    keys: Counter[str] = Counter()
    for name, column in (
        ("contact", "id"),
        ("company", "id"),
        ("deal", "deal_id"),
        ("engagement_call", "engagement_id"),
        ("engagement_meeting", "engagement_id"),
        ("contact_form_submission", "conversion_id"),
        ("owner", "owner_id"),
    ):
        keys.update(f"hubspot:{row[column]}" for row in records_of(f"hubspot/{name}"))
    keys.update(f"mailchimp:{row['list_id']}:{row['id']}" for row in records_of("mailchimp/member"))
    for name in ("person", "account", "opportunity", "activity", "consent", "lifecycle_change"):
        keys.update(
            f"{row['source_system']}:{row['source_record_id']}"
            for row in records_of(f"generic/{name}")
        )
    array = json.loads((EXPORTS / "generic" / "event.json").read_text(encoding="utf-8"))
    keys.update(f"{row['source_system']}:{row['source_record_id']}" for row in array)
    keys.update(f"ga4:{event['user_id']}" for event in events() if event["user_id"])
    return keys


@pytest.fixture(scope="module")
def event_keys() -> Counter[tuple[str, str, str]]:
    """(cookie, name, ISO time) of every GA4 event."""
    epoch = datetime(1970, 1, 1)
    return Counter(
        (
            event["anonymous_id"],
            event["event_name"],
            (epoch + timedelta(microseconds=event["at"])).isoformat(),
        )
        for event in events()
    )


@pytest.fixture(scope="module")
def raw_text() -> str:
    """All text files of the exports in one."""
    return "\n".join(
        path.read_bytes().decode("utf-8", "replace")
        for path in files(EXPORTS).values()
        if path.suffix in {".csv", ".json", ".ndjson"}
    )


def missing_subjects(
    subject: dict[str, Any], keys: Counter[str], cookies: Counter[tuple[str, str, str]], raw: str
) -> list[str]:
    """What a subject of expected.csv names and the exports don't hold."""
    wanted: list[str] = []
    named = [*subject.get("records", []), *subject.get("accounts", [])]
    named += [
        subject[part]
        for part in (
            "record",
            "source_record",
            "person_record",
            "account_record",
            "opportunity_record",
        )
        if part in subject
    ]
    wanted += [key for key in named if key not in keys]
    match = {**subject, **subject.get("where", {}), **subject.get("event", {})}
    if "anonymous_id" in match:
        key = (match["anonymous_id"], match["event_name"], match["event_at"])
        wanted += [] if key in cookies else [str(key)]
    elif "source_record_id" in match and "source_system" in match:
        key = f"{match['source_system']}:{match['source_record_id']}"
        wanted += [] if key in keys else [key]
    for part in ("_unparsable_contains", "contact_point", "email", "subject_record_id"):
        if part in match and match[part] not in raw:
            wanted.append(f"{part}: {match[part]}")
    for part in ("person_record_id", "to_record_id", "from_record_id"):
        if part in match and match[part].split(":")[-1] not in raw:
            wanted.append(f"{part}: {match[part]}")
    return wanted


def test_what_the_truth_expects_is_in_the_exports(
    record_keys: Counter[str], event_keys: Counter[tuple[str, str, str]], raw_text: str
) -> None:
    missing = {}
    for row in truth("expected.csv"):
        assert row["check"] in CHECKS
        assert row["why"]
        lost = missing_subjects(json.loads(row["subject"]), record_keys, event_keys, raw_text)
        if lost:
            missing[row["edge_case"]] = lost
    assert missing == {}


def test_a_subject_that_is_not_in_the_exports_is_noticed(
    record_keys: Counter[str], event_keys: Counter[tuple[str, str, str]], raw_text: str
) -> None:
    for subject in (
        {"records": ["hubspot:1"]},
        {"person_record": "hubspot:90000101", "account_record": "hubspot:1"},
        {"entity": "person", "source_system": "hubspot", "source_record_id": "1"},
        {"entity": "event", "anonymous_id": "1.2", "event_name": "click", "event_at": "2026"},
        {"contact_point": "nobody@nowhere.example"},
        {"_unparsable_contains": "no such line"},
    ):
        assert missing_subjects(subject, record_keys, event_keys, raw_text), subject


def test_every_promised_edge_case_has_an_expectation() -> None:
    named = {row["edge_case"] for row in truth("expected.csv")}
    assert {f"E{number}" for number in CASES_IN_EXPORTS} <= named


def test_no_expectation_stands_twice() -> None:
    rows = Counter(
        (row["edge_case"], row["check"], row["subject"]) for row in truth("expected.csv")
    )
    assert [row for row, times in rows.items() if times > 1] == []


def test_the_person_key_names_every_person_record_once(record_keys: Counter[str]) -> None:
    named = Counter(
        f"{row['source_system']}:{row['source_record_id']}" for row in truth("person_key.csv")
    )
    assert max(named.values()) == 1
    assert set(named) <= set(record_keys)
    raw = {f"hubspot:{row['id']}" for row in records_of("hubspot/contact") if row["id"]}
    raw |= {f"mailchimp:{row['list_id']}:{row['id']}" for row in records_of("mailchimp/member")}
    raw |= {
        f"{row['source_system']}:{row['source_record_id']}" for row in records_of("generic/person")
    }
    raw |= {f"ga4:{event['user_id']}" for event in events() if event["user_id"]}
    assert set(named) == raw


def test_an_evidence_group_is_one_person_and_has_evidence() -> None:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in truth("person_key.csv"):
        assert bool(row["person_key"]) == bool(row["evidence_group"])
        if row["person_key"]:
            groups.setdefault(row["evidence_group"], []).append(row)
    assert all(len({row["person_key"] for row in rows}) == 1 for rows in groups.values())
    joined = [rows for rows in groups.values() if len(rows) > 1]
    assert len(joined) > 150
    assert any(len(rows) == 6 for rows in joined)  # E5
    addresses = evidence()
    for rows in joined:
        shared = Counter(
            part
            for row in rows
            for part in addresses[f"{row['source_system']}:{row['source_record_id']}"]
        )
        for row in rows:
            own = addresses[f"{row['source_system']}:{row['source_record_id']}"]
            assert any(shared[part] > 1 for part in own), row


def test_two_people_share_an_address_only_where_a_case_says_so() -> None:
    keys = {
        f"{row['source_system']}:{row['source_record_id']}": row["person_key"]
        for row in truth("person_key.csv")
    }
    owners: dict[str, set[str]] = {}
    for record, identifiers in evidence().items():
        for identifier in identifiers:
            if "@" in identifier or identifier.startswith("usr_"):
                owners.setdefault(identifier, set()).add(keys.get(record, ""))
    assert {name for name, people in owners.items() if len(people) > 1} == {
        "familie.kessler.demo@gmx.de",  # E4
        "m.berg@granaasen.example",  # E9
        "info@larkstone-example.co.uk",  # E3
    }


def evidence() -> dict[str, set[str]]:
    """Deterministic identifiers per raw person record, read from the files."""

    def address(text: str) -> str:
        return unicodedata.normalize("NFC", text).strip().lower()

    found: dict[str, set[str]] = {}
    for row in records_of("hubspot/contact"):
        own = found.setdefault(f"hubspot:{row['id']}", set())
        mails = [row["property_email"], *row["property_hs_additional_emails"].split(";")]
        own.update(address(mail) for mail in mails if "@" in mail)
        own.update(f"vid:{vid}" for vid in row["property_hs_merged_object_ids"].split(";") if vid)
        own.add(f"vid:{row['id']}")
        own.add(row["property_user_id"])
    for row in records_of("mailchimp/member"):
        found[f"mailchimp:{row['list_id']}:{row['id']}"] = {address(row["email_address"])}
    for row in records_of("generic/person"):
        found[f"{row['source_system']}:{row['source_record_id']}"] = {
            address(row["email"]),
            row["user_id"],
        }
    for event in events():
        if event["user_id"]:
            found[f"ga4:{event['user_id']}"] = {event["user_id"]}
    for own in found.values():
        own -= {"", "test@test.com"}
    return found


# --------------------------------------------------------------------------- habits and mess


def test_files_have_the_habits_of_their_tools() -> None:
    hubspot = EXPORTS / "hubspot"
    assert (hubspot / "company.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in (hubspot / "deal.csv").read_bytes()
    assert (hubspot / "owner.csv").read_text(encoding="utf-8").startswith("OWNER_ID,")
    header, _ = csv_rows(hubspot / "contact_form_submission.csv")
    assert header.count("page_url") == 2
    parts = [csv_rows(path)[0] for path in sorted((hubspot / "contact_property_history").iterdir())]
    assert len(parts) == 2
    assert parts[0] != parts[1]
    notes = [row["property_hs_note_body"] for row in records_of("hubspot/engagement_note")]
    assert any("\n" in note for note in notes)
    assert count(hubspot / "engagement_task.csv") == (0, 0)
    assert ";" in (EXPORTS / "generic" / "account.csv").read_text(encoding="utf-8").split("\n")[0]
    kinds = {path.suffix for path in (EXPORTS / "ga4" / "event").iterdir()}
    assert kinds == {".ndjson", ".parquet"}


def test_nested_event_columns_have_native_types() -> None:
    path = EXPORTS / "ga4" / "event" / "events_202606.parquet"
    kinds = {
        row[0]: row[1]
        for row in duckdb.execute("describe select * from read_parquet(?)", [str(path)]).fetchall()
    }
    assert kinds["event_params"].startswith("STRUCT(")
    assert kinds["event_params"].endswith("[]")
    assert kinds["device"].startswith("STRUCT(")


def test_addresses_and_numbers_are_nobodys() -> None:
    for row in [*records_of("hubspot/contact"), *records_of("generic/person")]:
        mail = row.get("property_email") or row.get("email") or ""
        host = mail.strip().lower().rpartition("@")[2]
        if "." in host:
            assert host in FREE_MAIL or re.search(r"(-|\.)example(\.|$)", host), mail
            if host in FREE_MAIL:
                assert ".demo" in mail or "demo@" in mail, mail
    for row in records_of("hubspot/contact"):
        number = row["property_phone"].replace(" ", "")
        if number.startswith("+"):
            assert any(re.fullmatch(rf"\+{pattern}", number) for pattern in FICTION), number


# ------------------------------------------------------------------------------------- scale


def test_scale_writes_more_people_of_the_same_shape(tmp_path: Path) -> None:
    exports = generate(tmp_path, "--scale", "3")
    assert not (tmp_path / "truth").exists()
    for row in truth("counts.csv"):
        rows, _ = count(exports / row["file"])
        name = (row["connector"], row["object"])
        shared = name in {
            ("hubspot", "owner"),
            ("hubspot", "deal_pipeline_stage"),
            ("mailchimp", "list"),
            ("mailchimp", "campaign"),
            ("generic", "campaign_cost"),
        }
        once = 1 if name == ("hubspot", "engagement_note") else 0  # the unterminated quote
        assert rows == (int(row["rows"]) - once) * (1 if shared else 3) + once, row["file"]
    header, rows = csv_rows(exports / "hubspot" / "contact.csv")
    ids = Counter(row[header.index("id")] for row in rows if is_readable(header, row))
    one = Counter(row["id"] for row in records_of("hubspot/contact"))
    assert len([key for key in ids if key]) == 3 * len([key for key in one if key])
    base, grown = (
        (folder / "hubspot" / "contact.csv").read_bytes() for folder in (EXPORTS, exports)
    )
    assert grown.startswith(base)


def test_copies_keep_links_between_records() -> None:
    address = tokens.email("Anna.Weber@Kiefernbach.Example")
    assert tokens.plain(address, 7) == "Anna.Weber@Kiefernbach7.Example"
    assert tokens.plain(tokens.domain("mail.eu.larch-example.co.uk"), 7) == (
        "mail.eu.larch-example7.co.uk"
    )
    assert tokens.plain(tokens.email_hash("anna@kiefernbach.example"), 7) == (
        tokens.md5_of_address("anna@kiefernbach7.example")
    )
    styles = {
        re.sub(r"\D", "", tokens.plain(tokens.phone("44", "20", "79460123", style), 7))[-10:]
        for style in ("e164", "intl", "national", "messy")
    }
    assert len(styles) == 1


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "exports" / "hubspot"
    other.mkdir(parents=True)
    (other / "contact.csv").write_text("id\n1\n")
    assert main(["--output", str(tmp_path / "exports")]) == 2
    assert (other / "contact.csv").read_text() == "id\n1\n"

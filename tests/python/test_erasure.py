"""An erased person stays erased: in every table, file and log, whatever the exports bring again."""

from __future__ import annotations

import csv
import hashlib
import shutil
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from absence import Needles, found_in_bytes, found_in_tables
from conftest import DEMO_EXPORTS, Run, cdm, environment

from cdm import erasure
from cdm.database import rewrite
from cdm.files import CdmError, Warehouse, copy
from cdm.keys import keyed_hash

pytestmark = pytest.mark.demo
# What the exports say anew after the erasure: the first of the erased people signed up again, which
# a list shows as a new record; the second is on the same list without having asked for it.
SIGNED_UP, LISTED = 0, 1
OBJECTION = "pc-03602"  # of somebody else; the exports after the erasure no longer show it
NOT_BUILT = ('"cdm_vault"."vault"', '"cdm"."marts"', '"cdm"."governance"')
FORGOTTEN_BEFORE = "2026-04-01T00:00:00"
ERASED_AT, AS_OF = "2026-07-01T00:00:00", "2026-07-01T12:00:00"


@dataclass
class Erased:
    """Builds around an erasure: before it, and after it from exports that bring all again, first
    going on from what stands there, then everything from nothing."""

    before: Path
    run: Run
    left_standing: dict[str, list[str]]  # what was found after the first of the two
    anchors: list[tuple[int, int]]  # after it, how many there are, and how many tell of before
    subjects: list[erasure.Subject]
    needles: Needles
    emails: list[str]
    nameless: list[erasure.Subject]  # whose identifiers went, while their rows stay
    forgotten: list[str]  # of whom what was done before FORGOTTEN_BEFORE went


def append(path: Path, **values: str) -> None:
    """Add a row to a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    assert set(values) <= set(columns)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(values)


def remove(path: Path, word: str) -> None:
    """Take the one line with a word out of a text file."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if word not in line]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")


def md5(text: str) -> str:
    """Return the hash that some vendors use as the id of an address."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def needles_of(state: erasure.State, subjects: list[erasure.Subject]) -> Needles:
    """Return what must not be found of these people: what is theirs alone."""
    words = set()
    for subject in subjects:
        for kind, value in subject.identifiers:
            if kind == "record":
                system, _, record = value.partition(":")
                words |= {record.lower()} if system != "mailchimp" else set()
            else:
                words.add(value.lower())
    persons = [person for subject in subjects for person in subject.person_ids]
    other_names = set(
        state.rows(
            "select distinct nfc_normalize(lower(trim(first_name))), "
            "nfc_normalize(lower(trim(last_name))) "
            "from intake.int_person__checked where record_key not in (select record_key "
            "from resolve.int_person__members where list_contains(?, person_id))",
            persons,
        )
    )
    names = {
        (parts[0], parts[1])
        for subject in subjects
        for name in subject.names
        if len(parts := unicodedata.normalize("NFC", name.lower()).split()) == 2 and "," not in name
    }
    return Needles(words, names - other_names)


@pytest.fixture(scope="module")
def erased(
    demo_build: Run, build: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory
) -> Erased:
    """Erase a hundred people of the demo, then build from exports that bring all of them again. The
    ledger has a key of its own, as it has once the hash key was changed."""
    folder = tmp_path_factory.mktemp("erasure")
    place, exports = folder / "warehouse", folder / "exports"
    shutil.copytree(demo_build.warehouse.root, place, ignore=shutil.ignore_patterns("lock"))
    shutil.copytree(DEMO_EXPORTS, exports)
    warehouse = Warehouse(place)
    copy(warehouse.state, warehouse.failed)
    keys = {"CDM_ERASURE_KEY": "the hash key of former times"}
    with environment(CDM_AS_OF=ERASED_AT), erasure.State(warehouse.state) as state:
        persons = state.column(
            """
            select person_id from canonical.person
            where status = 'live' and has_email
            order by md5(person_id) limit 100
            """
        )
        subjects = [erasure.describe_subject(state, person) for person in persons]
        others = state.column(
            """
            select person_id from canonical.person
            where status = 'live' and has_email and record_count > 1
                and not list_contains(?, person_id)
                and person_id in (
                    select person_id from canonical.person_xref where source_system = 'hubspot'
                )
            order by md5(person_id) limit 6
            """,
            persons,
        )
        nameless = [erasure.describe_subject(state, person) for person in others]
        forgotten = state.column(
            f"""
            select person_id from canonical.event
            where event_name <> 'email_sent' and not list_contains(?, person_id)
            group by person_id
            having count(*) filter (event_at < '{FORGOTTEN_BEFORE}') > 1
                and count(*) filter (event_at >= '{FORGOTTEN_BEFORE}') > 1
            order by md5(person_id) limit 6
            """,
            persons + others,
        )
        needles = needles_of(state, subjects)
        named = needles_of(state, nameless)
        needles.names |= named.names
        needles.words |= {
            value.lower()
            for subject in nameless
            for kind, value in subject.identifiers
            if kind in ("email", "phone")
        }
    log = folder / "logs" / "dbt.log"
    log.parent.mkdir()
    texts = sorted(subjects[5].texts())
    log.write_text(f"could not read '{texts[0]}' of {texts[-1].upper()}\n")
    with environment(CDM_AS_OF=ERASED_AT, **keys):
        for subject in subjects:
            erasure.note(warehouse, [subject], "asked for it", "test")
        for subject in nameless:
            erasure.note(warehouse, [subject], "time is up", "test", erasure.IDENTIFIERS)
        with erasure.State(warehouse.state) as state:
            for person in forgotten:
                subject = erasure.describe_subject(state, person)
                erasure.note(
                    warehouse, [subject], "time is up", "test", erasure.BEHAVIOUR, FORGOTTEN_BEFORE
                )
        erasure.clear_leftovers(
            warehouse, set().union(*(subject.texts() for subject in subjects)), [log.parent]
        )
    emails = [
        sorted(value for kind, value in subject.identifiers if kind == "email")[:1]
        for subject in subjects
    ]
    usable = [found[0] for found in emails if found]
    for which, record in ((SIGNED_UP, "anew"), (LISTED, "listed")):
        append(
            exports / "generic" / "person.csv",
            source_system="webinar",
            source_record_id=record,
            email=usable[which],
            created_at="2026-07-01T07:00:00Z",
        )
    append(
        exports / "generic" / "consent.csv",
        source_system="webinar",
        source_record_id="sign-up",
        contact_point_type="email",
        contact_point=usable[SIGNED_UP],
        purpose="newsletter",
        channel="email",
        action="grant",
        captured_at="2026-07-01T06:00:00Z",
    )
    needles.words -= {usable[SIGNED_UP], md5(usable[SIGNED_UP])}
    remove(exports / "generic" / "consent.csv", OBJECTION)
    again = {"exports": exports, "warehouse": place, "as_of": AS_OF, **keys}
    layers = " ".join(
        f"path:models/{layer}" for layer in ("staging", "intake", "resolve", "canonical")
    )
    standing = build(**again, select=layers, tests=False, publish=False).check()
    left_standing = found_in_tables(standing.warehouse.state, needles, NOT_BUILT)
    anchors = standing.query(
        "select count(*), count(*) filter (component is null or component_before is not null) "
        "from resolve.int_identity__anchors"
    )
    return Erased(
        demo_build.warehouse.state,
        build(**again, full_refresh=True).check(),
        left_standing,
        anchors,
        subjects,
        needles,
        usable,
        nameless,
        forgotten,
    )


def test_nothing_of_an_erased_person_is_left(erased: Erased) -> None:
    """E41, E42, I8: no table, view, file or log holds what is theirs alone."""
    held = ('"cdm_vault"."vault"."legal_hold"', '"cdm_vault"."vault"."erased_field"')
    warehouse = erased.run.warehouse
    assert found_in_tables(erased.before, erased.needles), "the search finds nobody anywhere"
    assert found_in_tables(warehouse.state, erased.needles, held) == {}
    assert found_in_tables(warehouse.published, erased.needles) == {}
    kept = {
        value.lower()
        for subject in erased.subjects
        for hold in subject.holds
        for value in (hold["email"], f"{hold['first_name']} {hold['last_name']}")
    }
    bare = Needles(
        {word for word in erased.needles.words if word not in kept},
        {name for name in erased.needles.names if " ".join(name) not in kept},
    )
    logs = warehouse.root.parent / "logs"
    found = found_in_bytes([warehouse.root, logs], bare)
    found.pop("state/manifest.json", None)  # dbt's description of the project; it holds no data
    assert found == {}
    assert "[erased]" in (logs / "dbt.log").read_text()
    assert not warehouse.failed.exists()


def test_the_search_finds_what_stands_in_a_file_and_nothing_once_it_is_gone(tmp_path: Path) -> None:
    """The search of bytes sees a row in a DuckDB file, and none once it is deleted and the file is
    written anew."""
    database = tmp_path / "cdm.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute(
            "create table a as select 'jo' || i || '@gone.example' as email from range(9) t(i)"
        )
        connection.execute("checkpoint")
    needles = Needles({"jo3@gone.example"})
    assert [*found_in_tables(database, needles)] != []
    assert [*found_in_bytes([tmp_path], needles)] == [f"{tmp_path.name}/cdm.duckdb"]
    with duckdb.connect(str(database)) as connection:
        connection.execute("delete from a")
    assert found_in_tables(database, needles) == {}
    rewrite(database)
    assert found_in_bytes([tmp_path], needles) == {}


def test_a_build_that_goes_on_from_the_last_one_leaves_nothing_either(erased: Erased) -> None:
    """What is only ever added to, raw rows of events, memories, indexes and working tables, is
    cleared where it stands."""
    assert erased.left_standing == {}


def test_anchors_do_not_tell_what_they_were_before_an_erasure(erased: Erased) -> None:
    """The anchor of the last build is named after a record, and who is gone had one."""
    [(anchors, telling)] = erased.anchors
    assert anchors > 0
    assert telling == 0


def test_every_row_of_theirs_is_counted(erased: Erased) -> None:
    """I1: rows in are those of the files; what is blocked is a place of its own."""
    rows_in, placed, blocked = erased.run.query(
        "select sum(rows_in), "
        "sum(accepted + duplicate + quarantined + excluded + erasure_blocked), "
        "sum(erasure_blocked) from governance.reconciliation"
    )[0]
    with duckdb.connect(str(erased.before), read_only=True) as connection:
        [(before,)] = connection.execute(
            "select sum(rows_in) from governance.reconciliation"
        ).fetchall()
    assert rows_in == placed == before + 3 - 1
    assert blocked > 200
    assert f"{blocked:,} blocked by an erasure" in erased.run.output
    assert erased.run.query(
        "select scope, count(*) from governance.erasure group by scope order by scope"
    ) == [("all", 100), ("behaviour", 6), ("identifiers", 6)]


def test_everybody_else_is_unchanged(erased: Erased) -> None:
    """The other people keep their ids, and their rows say what they said."""
    gone = {person for subject in erased.subjects for person in subject.person_ids}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{erased.before}' as before (read_only)")
        connection.execute(f"attach '{erased.run.warehouse.state}' as after (read_only)")
        persons = {
            side: {
                row[0]: row
                for row in connection.execute(
                    "select person_id, status, email_key, phone_key, full_name_key, job_title, "
                    f"country, lead_status, record_count from {side}.canonical.person"
                ).fetchall()
            }
            for side in ("before", "after")
        }
        nameless = {person for subject in erased.nameless for person in subject.person_ids}
        others = {
            key: row for key, row in persons["before"].items() if key not in gone | nameless
        }
        assert not gone & set(persons["after"])
        assert {key: row for key, row in persons["after"].items() if key in others} == others
        [anew] = set(persons["after"]) - set(others) - nameless
        assert persons["after"][anew][2] == keyed_hash(erased.emails[SIGNED_UP])
        for table, key in (
            ("person_xref", "source_system || source_record_id"),
            ("consent_event", "consent_event_id"),
            ("lifecycle_history", "subject_id || cycle_no || '/' || seq"),
        ):
            owner = "subject_id" if table == "lifecycle_history" else "person_id"
            missing = connection.execute(
                f"select count(*) from before.canonical.{table} where "
                f"{owner} in (select person_id from before.canonical.person) "
                f"and not list_contains(?, {owner}) and {key} not in "
                f"(select {key} from after.canonical.{table})",
                [sorted(gone | nameless)],
            ).fetchone()[0]
            assert missing == 0, table


def test_who_lost_their_identifiers_is_still_there(erased: Erased) -> None:
    """Retention by class of field: the same person with the same records, and neither address nor
    name nor number; nobody may write to them."""
    people = [person for subject in erased.nameless for person in subject.person_ids]
    listed = ", ".join(f"'{person}'" for person in people)
    rows = (
        "select {}, count(*) from canonical.person_xref "
        f"where person_id in ({listed}) and source_system <> 'mailchimp' group by all order by all"
    )
    with duckdb.connect(str(erased.before), read_only=True) as connection:
        before = connection.execute(rows.format("person_id")).fetchall()
        stages = connection.execute(
            "select subject_id, stage from canonical.lifecycle_current "
            f"where subject_id in ({listed}) order by all"
        ).fetchall()
    assert erased.run.query(rows.format("person_id")) == before
    assert erased.run.query(
        "select subject_id, stage from canonical.lifecycle_current "
        f"where subject_id in ({listed}) order by all"
    ) == stages != []
    assert erased.run.query(
        f"select distinct status, has_email, has_phone, full_name_key from canonical.person "
        f"where person_id in ({listed})"
    ) == [("live", False, False, None)]
    assert erased.run.query(
        "select distinct email, phone, first_name, last_name, street, date_of_birth "
        f"from vault.person_pii where person_id in ({listed})"
    ) == [(None,) * 6]
    visits = (
        "select event_at, event_name, session_id, source_id from canonical.event "
        f"where person_id in ({listed}) and session_id is not null order by all"
    )
    with duckdb.connect(str(erased.before), read_only=True) as connection:
        assert erased.run.query(visits) == connection.execute(visits).fetchall() != []
    audience = f"select count(*) from marts.activation_audience where person_id in ({listed})"
    assert erased.run.value(audience) == 0


def test_old_behaviour_is_nobodys_and_new_stays(erased: Erased) -> None:
    """Retention by class of field: events before the day are counted and belong to nobody."""
    listed = ", ".join(f"'{person}'" for person in erased.forgotten)
    theirs = (
        "select person_id, event_at >= '{}', count(*) from canonical.event where "
        f"event_name <> 'email_sent' and person_id in ({listed}) group by all order by all"
    )
    with duckdb.connect(str(erased.before), read_only=True) as connection:
        before = connection.execute(theirs.format(FORGOTTEN_BEFORE)).fetchall()
    assert len(before) == 12
    after = erased.run.query(theirs.format(FORGOTTEN_BEFORE))
    assert after == [row for row in before if row[1]]
    assert erased.run.value(
        f"select count(*) from canonical.person where status = 'live' and person_id in ({listed})"
    ) == 6


def test_who_signs_up_again_is_somebody_new(erased: Erased) -> None:
    """E41: the new record and the sign-up itself are taken up, and nothing of before; an address
    that merely stands on a list again is not."""
    records = erased.run.query(
        "select source_system, source_record_id from canonical.person_xref "
        "where source_system = 'webinar'"
    )
    assert records == [("webinar", "anew")]
    statements = erased.run.query(
        "select action, _source_record_id from canonical.consent_event "
        f"where contact_point_hash = '{keyed_hash(erased.emails[SIGNED_UP])}'"
    )
    assert statements == [("grant", "sign-up")]


def test_a_withdrawal_that_left_the_exports_still_counts(erased: Erased) -> None:
    """The ledger is append-only: what one build heard of, a later one knows without its row."""
    run = erased.run
    [(contact_point, action)] = run.query(
        "select contact_point_hash, action from canonical.consent_event "
        f"where _source_record_id = '{OBJECTION}'"
    )
    assert action == "object"
    assert run.value(
        "select count(*) from intake.int_consent__checked "
        f"where source_record_id = '{OBJECTION}'"
    ) == 0
    state = f"where contact_point_hash = '{contact_point}' and purpose = 'marketing'"
    assert run.value(f"select min(state) from canonical.consent_current {state}") == "denied"


def test_counts_of_events_stay(erased: Erased) -> None:
    """Aggregates stay: as many events a name, month and source as before, of nobody."""
    counts = (
        "select event_name, date_trunc('month', event_at), source_id, count(*) "
        "from canonical.event group by all order by all"
    )
    with duckdb.connect(str(erased.before), read_only=True) as connection:
        before = connection.execute(counts).fetchall()
    after = erased.run.query(counts)
    assert sum(row[-1] for row in after) == sum(row[-1] for row in before)
    # A source that a click id alone told is not told any more.
    assert len(set(after) ^ set(before)) <= len(before) * 0.05


def test_a_legal_hold_keeps_the_listed_fields_alone(erased: Erased) -> None:
    """E43: in the vault, with the reason, and only what the policy lists."""
    rows = erased.run.query(
        "select hold, held_until, hold_reason, first_name, last_name, email, phone, street, city "
        "from vault.legal_hold order by all"
    )
    assert {row[0] for row in rows} == {"open_opportunity", "won_opportunity"}
    for hold, until, reason, first, last, email, *rest in rows:
        assert reason and (first or last or email)
        assert (until is None) == (hold == "open_opportunity")
        assert (email is None) or hold == "open_opportunity"
        assert rest == [None, None, None]
    assert "legal_hold" not in {
        name for (name,) in erased.run.query("select table_name from duckdb_tables()", "published")
    }


def test_the_ledger_names_nobody(erased: Erased) -> None:
    """What remembers the erased is keyed hashes alone, readable by its owner."""
    folder = erased.run.warehouse.root / "erasure"
    for name in ("requests.csv", "identifiers.csv"):
        text = (folder / name).read_text()
        assert erased.needles.in_text(text) == set()
        assert (folder / name).stat().st_mode & 0o077 == 0


def test_who_asked_is_looked_up_by_any_identifier(erased: Erased) -> None:
    """An address, a record and an id all name the one person; a shared one names several."""
    with erasure.State(erased.before) as state:
        person, email, record = state.rows(
            """
            select pii.person_id, pii.email, xref.source_system || ':' || xref.source_record_id
            from vault.person_pii as pii
            inner join canonical.person_xref as xref on pii.person_id = xref.person_id
            where xref.rule_id = 'same_email'
            order by pii.person_id limit 1
            """
        )[0]
        for text in (email, f" {email.upper()} ", record, person):
            assert erasure.find_persons(state, text) == [person], text
        assert len(erasure.find_persons(state, "test@test.com")) > 1


def test_an_unknown_address_is_blocked_and_a_shared_one_refused(
    mini_warehouse: Warehouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever asks to be erased before we know them is not taken up later."""
    with erasure.State(mini_warehouse.state) as state:
        subject = erasure.describe_subject(state, "later@new.example")
    assert subject.person_ids == []
    assert ("email", "later@new.example") in subject.identifiers
    run = cdm(
        Path(__file__).resolve().parents[2],
        mini_warehouse.root,
        ["erase", "-i", "test@test.com", "--reason", "x", "--yes", "--no-build"],
    )
    assert run.rc == 1
    assert "Name one of these ids" in run.output
    assert not erasure.has_erasures(mini_warehouse)
    run = cdm(
        Path(__file__).resolve().parents[2],
        mini_warehouse.root,
        ["erase", "-i", "later@new.example", "--reason", "x", "--yes", "--no-build"],
    )
    assert run.rc == 0, run.output
    assert "One identifier names nobody that is known" in run.output
    ledger = erasure.read_ledger(mini_warehouse, "identifiers.csv")
    assert keyed_hash("later@new.example") in {row["id_hash"] for row in ledger}
    assert "later@new.example" not in run.output
    assert run.warehouse.runs.exists()


@pytest.fixture
def mini_warehouse(demo_build: Run, tmp_path: Path) -> Warehouse:
    """A warehouse of its own with the demo's state file alone."""
    warehouse = Warehouse(tmp_path / "warehouse")
    copy(demo_build.warehouse.state, warehouse.state)
    warehouse.runs.mkdir()
    return warehouse


def test_logs_are_cleared_whatever_the_case(tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text('{"m": "Ann O\\u0027Hara <ANN@x.example>"}\nnothing here\n')
    assert erasure.clear_texts([log], {"ann@x.example"}) == 1
    assert log.read_text() == '{"m": "Ann O\\u0027Hara <[erased]>"}\nnothing here\n'
    assert erasure.clear_texts([log], {"ann@x.example"}) == 0


def test_nothing_is_erased_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(CdmError, match="Run `cdm build`"):
        erasure.State(tmp_path / "cdm.duckdb")

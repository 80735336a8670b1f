"""What builds remember of rows that exports no longer show, build by build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import jinja2
import pytest

REPO = Path(__file__).resolve().parents[2]
COLUMNS = [
    "raw_row_id", "connector", "source_object", "source_record_id", "_content_hash", "action",
]
Stays = list[tuple[str, str, str, str | None]]


class Dbt:
    """dbt's own macros, as far as the memory uses them."""

    @staticmethod
    def type_timestamp() -> str:
        return "timestamp"

    @staticmethod
    def type_string() -> str:
        return "text"

    @staticmethod
    def except_() -> str:
        return "except"


class Memory:
    """A table `ledger` that is built as dbt builds an incremental model over `checked`."""

    def __init__(self) -> None:
        self.database = duckdb.connect()
        self.database.execute(
            "create table checked (raw_row_id text, connector text, source_object text, "
            "source_record_id text, _content_hash text, action text, copy_number int, "
            "disposition text)"
        )
        self.is_built = False

    def render(self, call: str, day: str) -> str:
        """Return a call of one of the macros as SQL, as on a day of June 2026."""
        macros = "".join(path.read_text() for path in (REPO / "macros" / "memory").glob("*.sql"))
        return (
            jinja2.Environment(extensions=["jinja2.ext.do"])
            .from_string(macros.replace("dbt.except()", "dbt.except_()") + "{{ " + call + " }}")
            .render(
                dbt=Dbt,
                this="ledger",
                is_incremental=lambda: self.is_built,
                as_of=lambda: f"timestamp '2026-06-{day}'",
                columns=COLUMNS,
                greatest_of=lambda values: f"greatest({', '.join(values)})",
                least_of=lambda values: f"least({', '.join(values)})",
            )
        )

    def build(self, day: str, rows: list[tuple[str, str, str]]) -> Stays:
        """Build on a day, from rows of (content, action, disposition); return all stays."""
        self.database.execute("delete from checked")
        for content, action, disposition in rows:
            self.database.execute(
                "insert into checked values (?, 'crm', 'consent', 'r', ?, ?, 1, ?)",
                [f"{content}/{action}", content, action, disposition],
            )
        news = self.render("heard_rows('checked', columns)", day)
        if self.is_built:
            self.database.execute(f"create or replace temp table news as {news}")
            self.database.execute(
                "delete from ledger where (raw_row_id, heard_at) in "
                "(select (raw_row_id, heard_at) from news)"
            )
            self.database.execute("insert into ledger select * from news")
            self.database.execute(self.render("forget_misheard('checked')", day))
        else:
            self.database.execute(f"create table ledger as {news}")
            self.is_built = True
        return self.database.execute(
            "select _content_hash, action, strftime(heard_at, '%d'), strftime(gone_at, '%d') "
            "from ledger order by all"
        ).fetchall()


@pytest.fixture
def memory() -> Iterator[Memory]:
    memory = Memory()
    yield memory
    memory.database.close()


def test_a_row_that_leaves_the_exports_stays_in_memory(memory: Memory) -> None:
    """A withdrawal that the next export no longer shows is still known, and since when."""
    memory.build("01", [("a", "withdraw", "accepted"), ("b", "grant", "accepted")])
    assert memory.build("02", [("b", "grant", "accepted")]) == [
        ("a", "withdraw", "01", "02"),
        ("b", "grant", "01", None),
    ]
    assert memory.build("03", [("b", "grant", "accepted")])[0] == ("a", "withdraw", "01", "02")


def test_a_row_that_comes_again_is_heard_anew(memory: Memory) -> None:
    """A denial without a time that is stated, lifted and stated again counts from the last time."""
    memory.build("01", [("a", "deny", "accepted")])
    memory.build("02", [("b", "grant", "accepted")])
    assert memory.build("03", [("a", "deny", "accepted")]) == [
        ("a", "deny", "01", "02"),
        ("a", "deny", "03", None),
        ("b", "grant", "02", "03"),
    ]


def test_the_same_exports_change_nothing(memory: Memory) -> None:
    first = memory.build("01", [("a", "withdraw", "accepted")])
    assert memory.build("01", [("a", "withdraw", "accepted")]) == first
    assert memory.build("09", [("a", "withdraw", "accepted")]) == first


def test_a_row_that_is_read_otherwise_is_not_remembered_as_it_was_read(memory: Memory) -> None:
    """A wrong list of words leaves nothing behind, nor does a row that a new rule holds back."""
    memory.build("01", [("a", "grant", "accepted"), ("b", "grant", "accepted")])
    assert memory.build("02", [("a", "withdraw", "accepted"), ("b", "grant", "quarantined")]) == [
        ("a", "withdraw", "02", None)
    ]


def test_a_row_that_is_held_back_is_not_heard(memory: Memory) -> None:
    assert memory.build("01", [("a", "grant", "quarantined"), ("b", "grant", "duplicate")]) == []


class States(Memory):
    """A table `ledger` of states that is built as dbt builds one of a CTE `states`."""

    def build_states(self, day: str, titles: dict[str, tuple[str | None, str | None]]) -> Stays:
        """Build on a day, from the title of each person and when it was updated (day of May)."""
        rows = [
            f"select '{person}' as person_id, timestamp '1970-01-01' as valid_from, "
            f"cast(null as timestamp) as created_at, nullif('{title or ''}', '') as job_title, "
            f"cast(nullif('2026-06-{updated or ''}', '2026-06-') as timestamp) as updated_at"
            for person, (title, updated) in titles.items()
        ]
        sql = "with states as (" + " union all ".join(rows) + "), "
        sql += self.render("changed_states('person_id', ['job_title'])", day)
        if self.is_built:
            self.database.execute(f"create or replace temp table news as {sql}")
            self.database.execute(
                "delete from ledger where (person_id, valid_from) in "
                "(select (person_id, valid_from) from news)"
            )
            self.database.execute("insert into ledger from news")
            seen = " union all ".join(rows)
            self.database.execute(f"create or replace temp table seen as {seen}")
            self.database.execute(self.render("note_seen('person_id', 'seen')", day))
        else:
            self.database.execute(f"create table ledger as {sql}")
            self.is_built = True
        return self.database.execute(
            "select person_id, job_title, strftime(valid_from, '%m-%d'), "
            "strftime(known_since, '%d') from ledger order by 1, valid_from"
        ).fetchall()


@pytest.fixture
def states() -> Iterator[States]:
    states = States()
    yield states
    states.database.close()


def test_another_title_begins_another_state(states: States) -> None:
    """It counts from when the record was changed, and where that is not said from the build."""
    states.build_states("05", {"dated": ("Buyer", "01"), "undated": ("Buyer", None)})
    assert states.build_states("09", {"dated": ("Head", "07"), "undated": ("Head", None)}) == [
        ("dated", "Buyer", "01-01", "01"), ("dated", "Head", "06-07", "01"),
        ("undated", "Buyer", "01-01", "05"), ("undated", "Head", "06-09", "05"),
    ]  # fmt: skip


def test_a_state_that_a_build_saw_is_not_changed_before_it(states: States) -> None:
    """A record that says late that it was changed long ago, or an older one that comes to speak."""
    states.build_states("05", {"p": ("Buyer", "01")})
    states.build_states("08", {"p": ("Buyer", "01")})
    assert states.build_states("09", {"p": ("Head", "03")}) == [
        ("p", "Buyer", "01-01", "01"), ("p", "Head", "06-08", "01"),
    ]  # fmt: skip


def test_the_same_states_are_no_news(states: States) -> None:
    """Nor are they after a while in which the person was in no export."""
    first = states.build_states("05", {"p": ("Buyer", "01"), "q": (None, "01")})
    assert states.build_states("05", {"p": ("Buyer", "01"), "q": (None, "01")}) == first
    assert states.build_states("07", {"q": (None, "06")}) == first
    assert states.build_states("09", {"p": ("Buyer", "08"), "q": (None, "01")}) == first


def test_a_title_that_is_taken_away_is_a_state_too(states: States) -> None:
    states.build_states("05", {"p": ("Buyer", "01")})
    assert states.build_states("06", {"p": (None, "06")})[-1] == ("p", None, "06-06", "01")


def test_a_record_that_shows_its_stage_alone_keeps_the_one_before() -> None:
    """A later build knows the stage of an earlier one; the same stage again is no other one."""
    text = (REPO / "models" / "resolve" / "lifecycle" / "int_stage__seen.sql").read_text()
    database = duckdb.connect()
    columns = (
        "record_key, lifecycle_stage, record_updated_at, connector, source_system, "
        "source_record_id, _loaded_at, raw_row_id, disposition, is_deleted, is_current"
    )
    database.execute(
        "create table int_person__checked as select 'crm:1' as record_key, 'x' as lifecycle_stage, "
        "timestamp '2026-01-01' as record_updated_at, 'crm' as connector, 'crm' as source_system, "
        "'1' as source_record_id, timestamp '2026-01-01' as _loaded_at, 'r' as raw_row_id, "
        "'accepted' as disposition, false as is_deleted, true as is_current where false"
    )
    database.execute("create table int_account__checked as from int_person__checked")

    def build(day: str, rows: list[tuple[str, str, str | None]]) -> list[tuple[str, str, str]]:
        found = database.execute("from duckdb_tables() where table_name = 'seen'").fetchall()
        is_built = bool(found)
        database.execute("delete from int_person__checked")
        for record, stage, updated in rows:
            database.execute(
                f"insert into int_person__checked ({columns}) values (?, ?, ?, 'crm', 'crm', ?, "
                "null, 'r', 'accepted', false, true)",
                [record, stage, updated, record],
            )
        news = (
            jinja2.Environment()
            .from_string(text)
            .render(
                memory=lambda **_: "",
                ref=lambda name: name,
                this="seen",
                is_incremental=lambda: is_built,
                as_of=lambda: f"timestamp '2026-06-{day}'",
            )
        )
        database.execute(f"create or replace temp table news as {news}")
        if is_built:
            database.execute(
                "delete from seen where (subject_type, record_key, seen_at) in "
                "(select (subject_type, record_key, seen_at) from news)"
            )
            database.execute("insert into seen from news")
        else:
            database.execute("create table seen as from news")
        return database.execute(
            "select record_key, lifecycle_stage, strftime(seen_at, '%m-%d') from seen order by 1, 3"
        ).fetchall()

    build("01", [("dated", "lead", "2026-05-01"), ("undated", "lead", None)])
    assert build("02", [("dated", "lead", "2026-05-09"), ("undated", "lead", None)]) == [
        ("dated", "lead", "05-01"),
        ("undated", "lead", "06-01"),
    ]
    assert build("03", [("dated", "mql", "2026-06-02"), ("undated", "mql", None)]) == [
        ("dated", "lead", "05-01"),
        ("dated", "mql", "06-02"),
        ("undated", "lead", "06-01"),
        ("undated", "mql", "06-03"),
    ]
    assert build("04", [("undated", "lead", None)])[-1] == ("undated", "lead", "06-04")

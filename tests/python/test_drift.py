"""What changes for the worse is an alert: each kind of it, on a history of measures made for it, by
the SQL that the demo's build compiled for its day, Wednesday 1 July 2026."""

from __future__ import annotations

import json
from collections.abc import Iterator

import duckdb
import pytest
from conftest import Run

TODAY, YESTERDAY = "2026-07-01", "2026-06-30"
WEDNESDAYS = ["2026-06-24", "2026-06-17", "2026-06-10"]
Measure = tuple[str, str, float]  # day, column, value
# By the kind of alert: a metric, its measures, and the columns that are to be alerted.
DRIFT: dict[str, tuple[str, list[Measure], set[str]]] = {
    "fill_unusual": (
        "filled",
        [(day, column, 0.9) for day in WEDNESDAYS for column in ("drops", "stays", "springs")]
        + [(YESTERDAY, "stays", 0.3), (YESTERDAY, "few_days", 0.9), (YESTERDAY, "few_days_ok", 0.9)]
        + [(TODAY, "drops", 0.8), (TODAY, "stays", 0.86), (TODAY, "springs", 1.0)]
        + [(TODAY, "few_days", 0.65), (TODAY, "few_days_ok", 0.75)],
        {"drops", "springs", "few_days"},
    ),
    "volume_unusual": (
        "rows_in",
        [(day, column, 100) for day in WEDNESDAYS for column in ("half", "less", "double", "more")]
        + [(YESTERDAY, "new_thing", 5000), (TODAY, "new_thing", 5)]
        + [(TODAY, "half", 50), (TODAY, "less", 49), (TODAY, "double", 200), (TODAY, "more", 201)],
        {"less", "more"},
    ),
    "object_empty": (
        "rows_in",
        [
            (YESTERDAY, "emptied", 3),
            (YESTERDAY, "always", 0),
            (TODAY, "emptied", 0),
            (TODAY, "always", 0),
        ],
        {"emptied"},
    ),
    "column_retyped": (
        "unreadable",
        [
            (YESTERDAY, "dates", 0.01),
            (YESTERDAY, "numbers", 0.01),
            (WEDNESDAYS[0], "still", 0.01),
            (YESTERDAY, "still", 0.9),
            (TODAY, "dates", 0.07),
            (TODAY, "numbers", 0.05),
            (TODAY, "still", 0.9),
            (TODAY, "new_one", 0.5),
        ],
        {"dates", "still", "new_one"},
    ),
    "column_new": (
        "undeclared",
        [(YESTERDAY, "known", 1), (TODAY, "known", 1), (TODAY, "surprise", 1)],
        {"surprise"},
    ),
    "unknown_value": (
        "rule_hits",
        [
            (YESTERDAY, "event.event_name.unknown", 0.1),
            (TODAY, "event.event_name.unknown", 0.2),
            (TODAY, "person.country.not_allowed", 0.01),
            (TODAY, "person.email.invalid", 0.01),
        ],
        {"person.country.not_allowed"},
    ),
    "rule_unusual": (
        "rule_hits",
        [(day, rule, 0.1) for day in WEDNESDAYS for rule in ("a.b.more", "a.b.same", "a.b.fewer")]
        + [(YESTERDAY, "a.c.more", 0.1), (YESTERDAY, "a.c.same", 0.1)]
        + [(TODAY, "a.b.more", 0.2), (TODAY, "a.b.same", 0.15), (TODAY, "a.b.fewer", 0.01)]
        + [(TODAY, "a.c.more", 0.4), (TODAY, "a.c.same", 0.3), (TODAY, "a.c.new", 0.3)],
        {"a.b.more", "a.c.more", "a.c.new"},
    ),
    "past_changed": (
        "month_amount",
        [
            (YESTERDAY, "2026-05-01 EUR", 100),
            (YESTERDAY, "2026-04-01 EUR", 100),
            (TODAY, "2026-05-01 EUR", 120),
            (TODAY, "2026-04-01 EUR", 100),
            (TODAY, "2026-06-01 EUR", 7),
        ],
        {"2026-05-01 EUR"},
    ),
}


@pytest.fixture
def bench(demo_build: Run) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
    """A connection with the empty tables that alerts read, and the compiled SQL."""
    manifest = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))
    sql = next(n for n in manifest["nodes"].values() if n["name"] == "quality_alert")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo_build.warehouse.state}' as demo (read_only)")
        connection.execute("attach ':memory:' as cdm")
        for table in ("quality_history", "contract_field", "field_completeness", "source_profile"):
            connection.execute("create schema if not exists cdm.governance")
            connection.execute(
                f"create table cdm.governance.{table} as from demo.governance.{table} limit 0"
            )
        connection.execute("create schema cdm.canonical; create schema cdm.policy")
        connection.execute(
            "create table cdm.canonical.score_input as from demo.canonical.score_input limit 0"
        )
        connection.execute(
            "create schema cdm.marts; "
            "create table cdm.marts.segment_size as from demo.marts.segment_size limit 0"
        )
        connection.execute(
            "create table cdm.policy.policy_waiver as from demo.policy.policy_waiver limit 0"
        )
        yield connection, sql["compiled_code"]


def remember(
    connection: duckdb.DuckDBPyConnection,
    day: str,
    metric: str,
    place: tuple[str, str],
    value: float | None,
    first_value: float | None,
) -> None:
    """Write what the last and the first build of a day measured into the history."""
    connection.execute(
        "insert into cdm.governance.quality_history by name select cast(? as date) as as_of_date, "
        "? as metric, ? as object_name, ? as column_name, ? as value, ? as first_value",
        [day, metric, *place, value, first_value],
    )


@pytest.mark.parametrize("kind", DRIFT)
def test_each_kind_of_drift_is_an_alert(
    bench: tuple[duckdb.DuckDBPyConnection, str], kind: str
) -> None:
    """Just what drifts is named; a measure on the border, or of another weekday, is not."""
    connection, sql = bench
    metric, measures, expected = DRIFT[kind]
    by_object = metric == "rows_in"  # counts are of whole objects
    for day, name, value in measures:
        place = (f"crm.{name}", "*") if by_object else ("crm.contact", name)
        remember(connection, day, metric, place, value, value)
    found = connection.execute(
        f"select object_name, column_name, next_step, business_owner from ({sql}) "
        "where kind = ?", [kind],
    ).fetchall()  # fmt: skip
    named = {place.removeprefix("crm.") if by_object else name for place, name, *_ in found}
    assert named == expected
    assert all(step and owner for *_, step, owner in found)


LONG_AGO = "2026-05-05"  # 57 days before today
# By column: what was measured of it, as day, metric, value and the value of the day's first build;
# and whether it is missing.
COLUMNS: dict[str, tuple[list[tuple[str, str, float | None, float | None]], bool]] = {
    "gone since yesterday": ([(YESTERDAY, "filled", 0.4, 0.4), (TODAY, "absent", 1, 1)], True),
    "gone for a week": (
        [("2026-06-10", "filled", 0.4, 0.4), (YESTERDAY, "absent", 1, 1), (TODAY, "absent", 1, 1)],
        True,
    ),
    "gone for long": ([(LONG_AGO, "filled", 0.4, 0.4), (TODAY, "absent", 1, 1)], False),
    "gone since this morning": (
        [(TODAY, "filled", None, 0.4), (TODAY, "absent", 1, None)],
        True,
    ),
    "back since this morning": ([(TODAY, "filled", 0.4, None), (TODAY, "absent", None, 1)], False),
    "never there": ([(YESTERDAY, "absent", 1, 1), (TODAY, "absent", 1, 1)], False),
    "was empty": ([(YESTERDAY, "filled", 0, 0), (TODAY, "absent", 1, 1)], False),
    "not in the newest file": (
        [(YESTERDAY, "filled", 0.4, 0.4), (TODAY, "filled", 0.3, 0.3), (TODAY, "absent", 0, 0)],
        True,
    ),
    "in some files only": (
        [
            (YESTERDAY, "filled", 0.4, 0.4), (YESTERDAY, "absent", 0, 0),
            (TODAY, "filled", 0.4, 0.4), (TODAY, "absent", 0, 0),
        ],
        False,
    ),
}  # fmt: skip


def test_a_column_is_missing_from_the_build_that_misses_it_until_it_is_back(
    bench: tuple[duckdb.DuckDBPyConnection, str],
) -> None:
    """Also when the build before was on the same day, and on all days until it has a new name."""
    connection, sql = bench
    for column, (measures, _) in COLUMNS.items():
        for day, metric, value, first_value in measures:
            remember(connection, day, metric, ("crm.contact", column), value, first_value)
    found = connection.execute(
        f"select column_name from ({sql}) where kind = 'column_missing'"
    ).fetchall()
    assert {name for (name,) in found} == {
        name for name, (_, is_missing) in COLUMNS.items() if is_missing
    }


def test_a_column_that_comes_on_the_same_day_is_new(
    bench: tuple[duckdb.DuckDBPyConnection, str],
) -> None:
    connection, sql = bench
    for column, first_value in (("from the start", 1), ("since noon", None)):
        remember(connection, TODAY, "undeclared", ("crm.contact", column), 1, first_value)
    found = connection.execute(f"select kind, column_name from ({sql})").fetchall()
    assert found == [("column_new", "since noon")]


def test_stale_sources_and_empty_fields_are_alerts_and_waivers_are_heard(
    bench: tuple[duckdb.DuckDBPyConnection, str],
) -> None:
    connection, sql = bench
    for connector, cadence, newest in (
        ("crm", "daily", "2026-06-28"),
        ("shop", "daily", "2026-06-29"),
        ("site", "weekly", "2026-06-17"),
    ):
        connection.execute(
            "insert into cdm.governance.contract_field by name select ? as table_name, "
            "'sales_operations' as business_owner, ? as refresh_cadence",
            [f"{connector}.contact", cadence],
        )
        connection.execute(
            "insert into cdm.governance.source_profile by name select ? as connector, "
            "'contact' as source_object, cast(? as timestamp) as newest_loaded_at",
            [connector, newest],
        )
    for column, complete in (("email", False), ("phone", False), ("country", True)):
        connection.execute(
            "insert into cdm.governance.field_completeness by name select "
            "'canonical.person' as table_name, ? as column_name, ? as is_complete",
            [column, complete],
        )
    connection.execute(
        "insert into cdm.policy.policy_waiver by name select 'incomplete' as rule_id, "
        "'canonical.person.phone' as scope, date '2026-01-01' as valid_from, "
        "date '2026-12-31' as valid_to"
    )
    found = connection.execute(
        f"select kind, object_name, column_name, business_owner, is_waived from ({sql})"
    ).fetchall()
    assert set(found) == {
        ("stale", "crm", "*", "sales_operations", False),
        ("incomplete", "canonical.person", "email", "data_team", False),
        ("incomplete", "canonical.person", "phone", "data_team", True),
    }


def test_what_scores_do_not_go_by_today_is_an_alert(
    bench: tuple[duckdb.DuckDBPyConnection, str],
) -> None:
    """One for each attribute, with the number of people; what counted in the end is none."""
    connection, sql = bench
    restless, invalid = "changes_too_often", "not_a_valid_input"
    for attribute, said, counted, counts_from, valid_to, reason in (
        ("seniority", "director", "director", "2026-01-01", None, None),
        ("seniority", "director", "director", "2026-07-20", None, restless),
        ("seniority", "manager", "manager", "2026-07-21", None, restless),
        ("seniority", "manager", "manager", None, "2026-06-20", restless),
        ("country", "de", "de", "2026-06-20", None, restless),
        ("industry", "42", "(unknown)", "2026-01-01", None, invalid),
        ("industry", "43", None, None, "2026-06-20", invalid),
        ("domain", "nowhere", None, None, None, invalid),
    ):
        connection.execute(
            "insert into cdm.canonical.score_input by name select ? as attribute, "
            "? as said_value, ? as counted_value, cast(? as timestamp) as counts_from, "
            "cast(? as timestamp) as valid_to, ? as held_back_because",
            [attribute, said, counted, counts_from, valid_to, reason],
        )
    found = connection.execute(
        f"select kind, object_name, column_name, severity, value from ({sql})"
    ).fetchall()
    assert set(found) == {
        (restless, "canonical.score_input", "seniority", "warn", 2),
        (invalid, "canonical.score_input", "industry", "warn", 1),
        (invalid, "canonical.score_input", "domain", "warn", 1),
    }


def test_what_was_won_in_past_months_is_measured(demo_build: Run) -> None:
    measured = demo_build.query(
        "select column_name, value from governance.quality_history where metric = 'month_amount'"
    )
    won = demo_build.query(
        "select strftime(closed_at, '%Y-%m-01 ') || coalesce(currency, '?'), "
        "sum(coalesce(amount, 0))::double "
        "from canonical.opportunity where is_won and closed_at < '2026-07-01' group by 1"
    )
    assert len(won) > 10
    assert sorted(measured) == sorted(won)


def test_the_stewards_queue_has_what_waits_and_reviews_that_are_overdue(demo_build: Run) -> None:
    """A review is overdue when its days are over; waived findings wait for nobody; what waits too
    long, and what is an error, goes to somebody else too."""
    manifest = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))
    [sql] = [n["compiled_code"] for n in manifest["nodes"].values() if n["name"] == "steward_queue"]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{demo_build.warehouse.state}' as demo (read_only)")
        connection.execute("attach ':memory:' as cdm")
        connection.execute("create schema cdm.governance; create schema cdm.policy")
        for table in ("quarantine", "quality_alert", "contract_gap"):
            connection.execute(
                f"create table cdm.governance.{table} as from demo.governance.{table} limit 0"
            )
        connection.execute(
            "create table cdm.policy.policy_review as select 'finance' as owner, review, 7 as "
            "every_days, cast(last_on as date) as last_reviewed_on, "
            "date '2026-01-01' as valid_from, cast(valid_to as date) as valid_to "
            "from (values ('due', '2026-06-24', null), "
            "('overdue', '2026-06-22', null), ('given up', '2026-01-01', '2026-02-01')) "
            "as listed (review, last_on, valid_to)"
        )
        connection.execute(
            "create table cdm.policy.policy_owner as select 'finance' as owner, "
            "'board' as escalates_to, 8 as after_days, date '2020-01-01' as valid_from, "
            "cast(null as date) as valid_to"
        )
        connection.execute(
            "insert into cdm.governance.quarantine by name select 'finance' as business_owner, "
            "'crm' as connector, 'deal' as source_object, 'a.b.c' as reason_codes, "
            "unnest(['open', 'open', 'rejected']) as review_status, unnest([3, 9, 30]) as days_held"
        )
        connection.execute(
            "insert into cdm.governance.quality_alert by name select 'finance' as business_owner, "
            "unnest(['gone', 'one', 'two']) as message, "
            "unnest(['error', 'warn', 'warn']) as severity, "
            "unnest([false, false, true]) as is_waived"
        )
        queue = connection.execute(
            f"select topic, subject, row_count, days_waiting, escalated_to from ({sql}) "
            "order by all"
        ).fetchall()
    assert queue == [
        ("alert", "gone", 1, 0, "board"),
        ("alert", "one", 1, 0, None),
        ("quarantine", "crm.deal: a.b.c", 2, 9, "board"),
        ("review", "overdue", 1, 2, None),
    ]


def test_a_segment_that_nobody_is_in_is_an_alert(
    bench: tuple[duckdb.DuckDBPyConnection, str],
) -> None:
    connection, sql = bench
    for segment, members in (("quiet", 1), ("misspelt", 0)):
        connection.execute(
            "insert into cdm.marts.segment_size by name select ? as segment_id, "
            "? as member_count",
            [segment, members],
        )
    found = connection.execute(f"select kind, object_name, column_name from ({sql})").fetchall()
    assert found == [("segment_empty", "policy.policy_segment", "misspelt")]

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
            (TODAY, "dates", 0.07),
            (TODAY, "numbers", 0.05),
            (TODAY, "new_one", 0.5),
        ],
        {"dates", "new_one"},
    ),
    "column_missing": (
        "filled",
        [(YESTERDAY, "renamed", 0.4), (YESTERDAY, "was_empty", 0), (TODAY, "other", 0.4)],
        {"renamed"},
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
        connection.execute("create schema cdm.policy")
        connection.execute(
            "create table cdm.policy.policy_waiver as from demo.policy.policy_waiver limit 0"
        )
        yield connection, sql["compiled_code"]


@pytest.mark.parametrize("kind", DRIFT)
def test_each_kind_of_drift_is_an_alert(
    bench: tuple[duckdb.DuckDBPyConnection, str], kind: str
) -> None:
    """Just what drifts is named; a measure on the border, or of another weekday, is not."""
    connection, sql = bench
    metric, measures, expected = DRIFT[kind]
    by_object = metric == "rows_in"  # counts are of whole objects
    connection.executemany(
        "insert into cdm.governance.quality_history by name select cast(? as date) as as_of_date, "
        "? as metric, ? as object_name, ? as column_name, ? as value",
        [
            (day, metric, f"crm.{name}" if by_object else "crm.contact", "*" if by_object else name,
             value)
            for day, name, value in measures
        ],
    )  # fmt: skip
    found = connection.execute(
        f"select object_name, column_name, next_step, business_owner from ({sql}) "
        "where kind = ?", [kind],
    ).fetchall()  # fmt: skip
    named = {place.removeprefix("crm.") if by_object else name for place, name, *_ in found}
    assert named == expected
    assert all(step and owner for *_, step, owner in found)


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
    """A review is overdue when its days are over; waived findings wait for nobody."""
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
            "insert into cdm.governance.quarantine by name select 'finance' as business_owner, "
            "'crm' as connector, 'deal' as source_object, 'a.b.c' as reason_codes, "
            "unnest(['open', 'open', 'rejected']) as review_status, unnest([3, 9, 30]) as days_held"
        )
        connection.execute(
            "insert into cdm.governance.quality_alert by name select 'finance' as business_owner, "
            "unnest(['one', 'two']) as message, 'warn' as severity, "
            "unnest([false, true]) as is_waived"
        )
        queue = connection.execute(
            f"select topic, subject, row_count, days_waiting from ({sql}) order by all"
        ).fetchall()
    assert queue == [
        ("alert", "one", 1, 0),
        ("quarantine", "crm.deal: a.b.c", 2, 9),
        ("review", "overdue", 1, 2),
    ]

"""GA4: the same events in all three shapes of the export, odd ones, and a loader's real table."""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cdm.database import open_warehouse

CHECKED = "+int_event__checked +int_person__checked +int_consent__checked"
# A part of the project is built: only checks whose models are all part of it are run.
PART: dict[str, Any] = {"publish": False, "DBT_INDIRECT_SELECTION": "cautious"}
LANDING = {"_source_file", "_source_row", "_content_hash", "_loaded_at", "_landing"}
START = datetime(2026, 6, 1, 8, 0, 0, 123456, tzinfo=UTC)

Event = dict[str, Any]


# What consent mode says with some events, by their number; each ten of them are of one browser.
ANSWERS = {
    0: {"analytics_storage": "Unset", "ads_storage": "Unset", "uses_transient_token": "No"},
    1: {"analytics_storage": "Yes", "ads_storage": "No", "uses_transient_token": "No"},
    2: {"analytics_storage": "Yes", "ads_storage": "No", "uses_transient_token": "No"},
    3: {"analytics_storage": "No", "ads_storage": "No", "uses_transient_token": "No"},
    11: {"analytics_storage": "Yes", "ads_storage": "Yes", "uses_transient_token": "Yes"},
    104: {"analytics_storage": "No", "ads_storage": "perhaps", "uses_transient_token": "No"},
}


def micros(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def event(number: int, name: str = "page_view", **params: str | int | float) -> Event:
    """One event as BigQuery exports it: 64-bit numbers are texts, nulls are left out."""
    kinds = {str: "string_value", int: "int_value", float: "double_value"}
    params = {
        "page_location": f"https://www.acme.example/p/{number}",
        "ga_session_id": 1780000000 + number // 10,
        **params,
    }
    return {
        "event_date": "20260601",
        "event_timestamp": str(micros(START + timedelta(minutes=number))),
        "event_name": name,
        "event_params": [
            {"key": key, "value": {kinds[type(value)]: str(value) if type(value) is int else value}}
            for key, value in params.items()
        ],
        "event_bundle_sequence_id": str(number),
        "event_server_timestamp_offset": "1500000",
        "user_pseudo_id": f"70.{number // 10}",
        **({"user_id": f"u{number // 20}"} if number % 3 else {}),
        "device": {"category": "mobile", "web_info": {"hostname": "www.acme.example"}},
        "geo": {"country": "Portugal"},
        "traffic_source": {"name": "(direct)", "medium": "(none)", "source": "(direct)"},
        "collected_traffic_source": {"manual_source": "google", "manual_medium": "cpc"},
        **({"privacy_info": answer} if (answer := ANSWERS.get(number)) else {}),
        "platform": "WEB",
        "batch_page_id": str(number),
        "batch_ordering_id": "1",
        "batch_event_index": "1",
    }


def loaded(row: Event) -> dict[str, str]:
    """The same event as a loader flattens it: parameters in columns, times in ISO form."""
    flat = {
        "name": row["event_name"],
        "timestamp": (START + timedelta(minutes=int(row["batch_page_id"]))).isoformat(),
        "bundle_sequence_id": row["event_bundle_sequence_id"],
        "event_server_timestamp_offset": row["event_server_timestamp_offset"],
        "user_id": row.get("user_id", ""),
        "_fivetran_synced": "2026-06-02 04:00:00",
        "device_category": row["device"]["category"],
        "event_dimensions_hostname": row["device"]["web_info"]["hostname"],
        "geo_country": row["geo"]["country"],
        "collected_traffic_source_manual_source": "google",
        "collected_traffic_source_manual_medium": "cpc",
    }
    for key in ("source", "medium", "name"):
        flat[f"traffic_source_{key}"] = row["traffic_source"][key]
    for key in ("user_pseudo_id", "platform", "batch_page_id", "batch_ordering_id"):
        flat[key] = row[key]
    flat["batch_event_index"] = row["batch_event_index"]
    for key in ("analytics_storage", "ads_storage", "uses_transient_token"):
        flat[f"privacy_info_{key}"] = row.get("privacy_info", {}).get(key, "")
    for param in row["event_params"]:
        flat[f"param_{param['key']}"] = str(next(iter(param["value"].values())))
    return flat


def lines(rows: list[Event]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def write_parquet(rows: list[Event], path: Path, scratch: Path) -> None:
    """Write events with the types that BigQuery gives a Parquet file."""
    scratch.write_text(lines(rows))
    value = (
        "struct(string_value varchar, int_value bigint, float_value double, double_value double)"
    )
    types = {
        "event_date": "varchar",
        "event_timestamp": "bigint",
        "event_name": "varchar",
        "event_params": f"struct(key varchar, value {value})[]",
        "event_bundle_sequence_id": "bigint",
        "event_server_timestamp_offset": "bigint",
        "user_pseudo_id": "varchar",
        "privacy_info": "struct(analytics_storage varchar, ads_storage varchar, "
        "uses_transient_token varchar)",
        "user_id": "varchar",
        "device": "struct(category varchar, web_info struct(hostname varchar))",
        "geo": "struct(country varchar)",
        "traffic_source": "struct(name varchar, medium varchar, source varchar)",
        "collected_traffic_source": "struct(manual_source varchar, manual_medium varchar)",
        "platform": "varchar",
        "batch_page_id": "bigint",
        "batch_ordering_id": "bigint",
        "batch_event_index": "bigint",
    }
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from read_json('{scratch}', columns = {types})) "
            f"to '{path}' (format parquet)"
        )


SAME = [
    event(n, value=n / 4, form_id="f1", page_referrer="https://www.google.com/", form_name="Ça")
    for n in range(60)
]


def without_batch(number: int, **params: str) -> Event:
    """An event of an export before 2024: nothing numbers it within its bundle."""
    row = event(number, "click", **params)
    return {key: value for key, value in row.items() if not key.startswith("batch_")}


TWICE = without_batch(100, link_url="https://acme.example/same")
PAGES = {
    "https://a.example/x": "https://a.example/x",
    "https://a.example/x?email=a@b.example&utm_source=s&id=7#top": "https://a.example/x?utm_source=s",
    "https://a.example/x?gclid=G&utm_medium=m": "https://a.example/x?utm_medium=m&gclid=G",
    "https://a.example/x#a@b.example": "https://a.example/x",
    "https://a.example/u/a%40b.example/end": "https://a.example/u/removed/end",
    "https://a.example/x?utm_content=a@b.example": "https://a.example/x?utm_content=removed",
    "https://a.example/x?my_utm_source=a&q=1": "https://a.example/x",
}
ODD = [
    TWICE,
    TWICE,
    without_batch(100, link_url="https://acme.example/other"),
    {**event(101), "user_pseudo_id": None},
    {**event(101, page_title="another"), "user_pseudo_id": None},
    {**event(102), "event_timestamp": "yesterday"},
    {**event(103), "event_params": [{"key": "ga_session_id", "value": {"int_value": "1"}}] * 2},
    {**event(104), "user_pseudo_id": None},
    *(event(200 + n, page_location=page) for n, page in enumerate(PAGES)),
]


@pytest.fixture(scope="module")
def run(build: Callable[..., Any], tmp_path_factory: Any) -> Any:
    """One build of a folder that holds the same sixty events three times, and the odd ones."""
    exports = tmp_path_factory.mktemp("ga4_exports")
    folder = exports / "ga4" / "event"
    folder.mkdir(parents=True)
    (folder / "same.ndjson").write_text(lines(SAME))
    write_parquet(SAME, folder / "same.parquet", exports / "scratch.ndjson")
    with (folder / "same.csv").open("w", newline="", encoding="utf-8") as file:
        flat = [loaded(row) for row in SAME]
        writer = csv.DictWriter(file, list(flat[0]))
        writer.writeheader()
        writer.writerows(flat)
    (folder / "odd.json").write_text(lines(ODD) + '{"event_name": "cut off\n')
    return build(exports, "ga4", select=CHECKED, **PART).check()


def rows_of(run: Any, table: str, file: str, leave_out: set[str]) -> Counter[tuple[Any, ...]]:
    """Return a table's rows that come from one file, without some columns, as a bag."""
    columns = [
        name
        for (name,) in run.query(
            "select column_name from duckdb_columns() "
            f"where schema_name || '.' || table_name = '{table}' order by column_name"
        )
        if name not in leave_out
    ]
    return Counter(
        run.query(
            f"select {', '.join(columns)} from {table} where _source_file = 'ga4/event/{file}'"
        )
    )


def test_all_three_shapes_give_the_same_events(run: Any) -> None:
    table = "staging.map_ga4__event"
    shapes = [rows_of(run, table, f"same.{kind}", LANDING) for kind in ("ndjson", "parquet", "csv")]
    assert sum(shapes[0].values()) == len(shapes[0]) == len(SAME)
    assert shapes[0] == shapes[1] == shapes[2]


def test_json_and_parquet_are_staged_alike(run: Any) -> None:
    """Whole numbers, times and parameters are texts in the one and none in the other."""
    shapes = [
        rows_of(run, "staging.stg_ga4__event", f"same.{kind}", LANDING)
        for kind in ("ndjson", "parquet")
    ]
    assert shapes[0] == shapes[1]
    parameters = run.value(
        "select event_params from staging.stg_ga4__event "
        "where _source_file = 'ga4/event/same.parquet' and event_bundle_sequence_id = 6"
    )
    assert json.loads(parameters) == {
        "page_location": "https://www.acme.example/p/6",
        "ga_session_id": "1780000000",
        "value": "1.5",
        "form_id": "f1",
        "page_referrer": "https://www.google.com/",
        "form_name": "Ça",
    }


def test_events_keep_their_values(run: Any) -> None:
    expected = {
        (
            START.replace(tzinfo=None) + timedelta(minutes=n),
            START.replace(tzinfo=None) + timedelta(minutes=n, microseconds=1500000),
            f"70.{n // 10}",
            f"u{n // 20}" if n % 3 else None,
            f"70.{n // 10}:{1780000000 + n // 10}",
            "google",
            "cpc",
            f"{n / 4}",
        )
        for n in range(60)
    }
    rows = run.query(
        "select event_at, received_at, anonymous_id, user_id, session_key, source, medium, "
        "properties ->> 'value' from staging.map_ga4__event "
        "where _source_file = 'ga4/event/same.ndjson'"
    )
    assert set(rows) == expected


def test_every_raw_row_has_one_place(run: Any) -> None:
    total = 3 * len(SAME) + len(ODD) + 1
    assert run.value("select count(*) from staging.stg_ga4__event") == total
    assert run.value("select count(*) from intake.int_event__checked where not is_derived") == total


def test_delivered_twice_is_one_and_two_clicks_are_two(run: Any) -> None:
    """E47, E48, without any number that would tell the events apart."""
    rows = run.query(
        "select properties ->> 'link_url', disposition, is_current, count(*) "
        "from intake.int_event__checked "
        "where event_name = 'click' group by all order by all"
    )
    assert rows == [
        ("https://acme.example/other", "accepted", True, 1),
        ("https://acme.example/same", "accepted", True, 1),
        ("https://acme.example/same", "duplicate", False, 1),
    ]


def test_events_without_a_browser_are_not_taken_for_one(run: Any) -> None:
    """E48 where analytics cookies were refused: two events that differ in a parameter only."""
    assert run.query(
        "select count(distinct source_record_id), count(session_key) from staging.map_ga4__event "
        "where anonymous_id is null and _unparsable is null"
    ) == [(3, 0)]


def test_what_consent_mode_says_is_a_statement(run: Any) -> None:
    """One for each change of an answer; of a login where cookies were refused; the same in all
    shapes of the export; and an answer that nobody knows is held back."""
    rows = run.query(
        "select contact_point, person_record_id, purpose, action, lawful_basis, "
        "date_diff('minute', timestamp '2026-06-01 08:00:00.123456', captured_at), disposition "
        "from intake.int_consent__checked order by all nulls first"
    )
    assert rows == [
        (None, "u5", "advertising", "perhaps", None, 104, "quarantined"),
        (None, "u5", "analytics", "deny", None, 104, "accepted"),
        ("70.0", None, "advertising", "deny", None, 1, "accepted"),
        ("70.0", None, "analytics", "deny", None, 3, "accepted"),
        ("70.0", None, "analytics", "grant", "consent", 1, "accepted"),
        ("70.1", None, "advertising", "grant", "consent", 11, "accepted"),
        ("70.1", None, "analytics", "deny", None, 11, "accepted"),
    ]
    assert run.value("select count(*) from intake.int_consent__checked where not is_derived") == 0


def test_an_unreadable_time_and_a_cut_off_line_are_held_back(run: Any) -> None:
    rows = run.query(
        "select reason_codes, _cast_failures, _unparsable from intake.int_event__checked "
        "where disposition = 'quarantined' order by _unparsable nulls first"
    )
    assert len(rows) == 2
    assert "event.event_at.unparsable" in rows[0][0]
    assert json.loads(rows[0][1]) == {"event_timestamp": "yesterday"}
    assert rows[1][2].startswith('{"event_name": "cut off')


def test_a_parameter_that_stands_twice_counts_once(run: Any) -> None:
    assert run.query(
        "select split_part(session_key, ':', 2) from staging.map_ga4__event "
        f"where event_at = timestamp '{START:%Y-%m-%d %H:%M:%S.%f}' + interval 103 minute"
    ) == [("1",)]


@pytest.mark.parametrize(("raw", "kept"), PAGES.items())
def test_addresses_keep_the_page_and_its_campaign_only(run: Any, raw: str, kept: str) -> None:
    number = 200 + list(PAGES).index(raw)
    rows = run.query(
        "select page_location, click_id from staging.map_ga4__event "
        f"where source_record_id in (select source_record_id from staging.map_ga4__event "
        f"where event_at = timestamp '{START:%Y-%m-%d %H:%M:%S.%f}' + interval {number} minute)"
    )
    assert rows == [(kept, "G" if "gclid" in raw else None)]


def test_each_login_is_a_person_seen_first_at_its_first_event(run: Any) -> None:
    expected: dict[str, datetime] = {}
    for row in SAME + ODD:
        if row.get("user_id") and row["event_timestamp"].isdigit():
            moment = datetime.fromtimestamp(int(row["event_timestamp"]) / 1e6, UTC)
            first = expected.get(row["user_id"], moment)
            expected[row["user_id"]] = min(first, moment)
    rows = run.query(
        "select source_record_id, user_id, created_at, is_derived from staging.map_ga4__person"
    )
    assert {row[0]: row[2].replace(tzinfo=UTC) for row in rows} == expected
    assert all(row[0] == row[1] and row[3] for row in rows)


def test_the_next_day_is_added_and_the_first_is_not_read_again(
    build: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "ga4" / "event"
    folder.mkdir(parents=True)
    (folder / "day1.ndjson").write_text(lines(SAME[:20]))
    first = build(tmp_path, "ga4", select=CHECKED, **PART).check()
    is_written = (
        "select count(*) from duckdb_columns() where table_name = 'stg_ga4__event' "
        "and column_name = 'ecommerce_transaction_id'"
    )
    assert first.value(is_written) == 0
    sales = "select count(properties ->> 'transaction_id') from staging.map_ga4__event"
    assert first.value(sales) == 0
    again = {**SAME[0], "platform": "tv"}  # the same event, reported otherwise
    sold = {**SAME[20], "ecommerce": {"transaction_id": "t-1"}}  # a column that day 1 had not
    (folder / "day2.ndjson").write_text(lines([sold, *SAME[21:49], again]))
    second = build(
        tmp_path, "ga4", select=CHECKED, warehouse=first.warehouse.root, **PART
    ).check()
    assert second.query(
        "select _landing, count(*) from staging.stg_ga4__event group by 1 order by 1"
    ) == [(1, 20), (2, 30)]
    assert second.value(is_written) == 1
    assert second.query(
        "select properties ->> 'transaction_id', count(*) from intake.int_event__checked "
        "group by 1 order by 1"
    ) == [("t-1", 1), (None, 49)]
    assert second.query(
        "select count(*), count(distinct event_id) from intake.int_event__checked where is_current"
    ) == [(49, 49)]
    assert second.query(
        "select sum(copies) from (select count(*) - 1 as copies from intake.int_event__checked"
        " group by source_record_id)"
    ) == [(1,)]


def test_copies_are_found_when_another_version_of_the_engine_gives_other_numbers(
    build: Callable[..., Any], tmp_path: Path
) -> None:
    folder = tmp_path / "ga4" / "event"
    folder.mkdir(parents=True)
    (folder / "day1.ndjson").write_text(lines(SAME[:20]))
    first = build(tmp_path, "ga4", select=CHECKED, **PART).check()
    copies = "select count(*) from intake.int_event__checked where disposition = 'duplicate'"
    numbered = "select count(*), count(record_number) from intake.int_event__checked"
    assert first.value(copies) == 0 and first.query(numbered) == [(20, 20)]
    (folder / "day2.ndjson").write_text(lines([SAME[0], *SAME[20:25]]))
    second = build(
        tmp_path, "ga4", select=CHECKED, warehouse=first.warehouse.root, **PART
    ).check()
    assert second.value(copies) == 1 and second.query(numbered) == [(26, 26)]
    with open_warehouse(second.warehouse.state) as connection:
        connection.execute("update intake.int_event__checked set record_number = record_number + 1")
    (folder / "day3.ndjson").write_text(lines([SAME[1], *SAME[25:30]]))
    (folder / "day4.ndjson").write_text(lines([SAME[20]]))
    third = build(tmp_path, "ga4", select=CHECKED, warehouse=first.warehouse.root, **PART).check()
    assert third.value(copies) == 3 and third.query(numbered)[0][1] < 26  # new ones have none
    with open_warehouse(third.warehouse.state) as connection:  # the engine of before is back
        connection.execute("update intake.int_event__checked set record_number = record_number - 1")
    (folder / "day5.ndjson").write_text(lines([SAME[25]]))  # came without a number
    last = build(tmp_path, "ga4", select=CHECKED, warehouse=first.warehouse.root, **PART).check()
    assert last.value(copies) == 4


# A loader's table ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared_data: Path, build: Callable[..., Any], tmp_path_factory: Any) -> Any:
    """One build of the loader's table: (run, header, raw rows)."""
    source = shared_data / "fivetran_ga4_export" / "event_data.csv"
    if not source.is_file():
        pytest.skip(f"There is no {source}.")
    exports = tmp_path_factory.mktemp("ga4_real")
    (exports / "ga4").mkdir()
    shutil.copy(source, exports / "ga4" / "event.csv")
    with source.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    return build(exports, "ga4", select=CHECKED, **PART).check(), header, rows


@pytest.mark.shared_data
def test_the_header_that_stands_twice_counts_by_its_first_column(real: Any) -> None:
    run, header, rows = real
    assert header.count("param_session_engaged") == 2
    first = header.index("param_session_engaged")
    staged = run.query(
        "select properties ->> 'session_engaged' from staging.map_ga4__event as events "
        "inner join staging.stg_ga4__event as landed on events._source_row = landed.rowid "
        "order by landed.event_bundle_sequence_id"
    )
    assert [value for (value,) in staged] == [row[first] for row in rows]


@pytest.mark.shared_data
def test_every_row_of_the_real_table_is_an_event(real: Any) -> None:
    run, header, rows = real
    raw = [dict(zip(reversed(header), reversed(row), strict=True)) for row in rows]
    expected = Counter(
        (
            row["name"],
            datetime.fromisoformat(row["timestamp"]),
            row["user_pseudo_id"],
            row["user_id"],
            f"{row['user_pseudo_id']}:{row['param_ga_session_id']}",
            row["collected_traffic_source_manual_source"] or row["param_source"] or None,
            row["collected_traffic_source_manual_medium"] or row["param_medium"] or None,
            row["param_campaign"] or None,
            row["param_gclid"] or None,
        )
        for row in raw
    )
    staged = run.query(
        "select event_name, event_at, anonymous_id, user_id, session_key, source, medium, "
        "campaign, click_id from staging.map_ga4__event"
    )
    assert Counter(staged) == expected
    assert run.value("select count(distinct source_record_id) from staging.map_ga4__event") == len(
        rows
    )
    assert run.value("select count(*) from intake.int_event__checked") == len(rows)

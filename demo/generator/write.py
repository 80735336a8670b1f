"""Write collected rows as files: CSV with each tool's habits, JSON, Parquet, and the truth.

A file may hold many copies of the company (``scale``): its body is rendered once per copy from a
template, so memory stays that of one copy.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from demo.generator import tokens
from demo.generator.tables import Exports, RawLine, Table

MARKER = ".written_by_demo_generate"
CONNECTORS = ("hubspot", "mailchimp", "ga4", "generic")
JSON_MONTHS = ("2025-10", "2025-11")

_STRUCT = {
    "event_date": "varchar",
    "event_timestamp": "bigint",
    "event_name": "varchar",
    "event_params": "struct(key varchar, value struct(string_value varchar, int_value bigint, "
                    "float_value double, double_value double))[]",
    "event_bundle_sequence_id": "bigint",
    "event_server_timestamp_offset": "bigint",
    "user_id": "varchar",
    "user_pseudo_id": "varchar",
    "user_first_touch_timestamp": "bigint",
    "device": "struct(category varchar, operating_system varchar, language varchar, "
              "web_info struct(browser varchar, hostname varchar))",
    "geo": "struct(country varchar, region varchar, city varchar)",
    "traffic_source": "struct(name varchar, medium varchar, source varchar)",
    "collected_traffic_source": "struct(manual_campaign_name varchar, manual_source varchar, "
                                "manual_medium varchar, manual_content varchar, "
                                "manual_term varchar, gclid varchar)",
    "stream_id": "varchar",
    "platform": "varchar",
    "batch_event_index": "bigint",
}


@dataclass
class Count:
    """Rows put into one file, counted while they were put there."""

    connector: str
    object: str
    file: str
    rows: int
    unparsable: int


@dataclass
class _Csv:
    """How one CSV file is written."""

    columns: tuple[str, ...]
    header: tuple[str, ...]
    delimiter: str = ","
    line_end: str = "\n"
    start: bytes = b""


def write_exports(exports: Exports, output: Path, scale: int = 1) -> list[Count]:
    """Write all objects below ``output``; returns the rows per file.

    Raises:
        FileExistsError: ``output`` holds files that this generator did not write.
    """
    _prepare(output)
    counts: list[Count] = []
    for table in exports.tables.values():
        if (table.connector, table.name) == ("generic", "event"):
            counts.append(_write_json_array(table, output, scale))
        elif (table.connector, table.name) == ("hubspot", "contact_property_history"):
            counts.extend(_write_history(table, output, scale))
        else:
            path = output / table.connector / f"{table.name}.csv"
            counts.append(_write_csv(table, table.rows, path, _habits(table), output, scale))
    counts.extend(_write_events(exports, output, scale))
    return sorted(counts, key=lambda count: count.file)


def _prepare(output: Path) -> None:
    if output.exists() and any(output.iterdir()) and not (output / MARKER).exists():
        raise FileExistsError(
            f"{output} is not empty and was not written by this generator; give another --output"
        )
    for connector in CONNECTORS:
        shutil.rmtree(output / connector, ignore_errors=True)
        (output / connector).mkdir(parents=True)
    (output / MARKER).write_text("python -m demo.generate may overwrite this folder\n")


def _habits(table: Table) -> _Csv:
    habits = _Csv(table.columns, table.columns)
    if table.connector == "hubspot" and table.name == "company":
        habits.start = b"\xef\xbb\xbf"
    if table.connector == "hubspot" and table.name == "owner":
        habits.header = tuple(column.upper() for column in table.columns)
    if table.connector == "hubspot" and table.name == "deal":
        habits.line_end = "\r\n"
    if table.connector == "hubspot" and table.name == "contact_form_submission":
        habits.columns = habits.header = (*table.columns, "page_url")
    if table.connector == "generic" and table.name == "account":
        habits.delimiter = ";"  # a spreadsheet saved where the comma is the decimal sign
    return habits


def _cell(text: str, delimiter: str) -> str:
    if any(char in text for char in (delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _line(row: dict[str, str] | RawLine, habits: _Csv) -> str:
    if isinstance(row, RawLine):
        return row.text + habits.line_end
    cells = [_cell(row.get(column, ""), habits.delimiter) for column in habits.columns]
    return habits.delimiter.join(cells) + habits.line_end


def _write_csv(
    table: Table, rows: Sequence[dict[str, str] | RawLine], path: Path, habits: _Csv,
    output: Path, scale: int,
) -> Count:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = tokens.Template("".join(_line(row, habits) for row in rows))
    copies = 1 if table.shared else scale
    with path.open("wb") as file:
        file.write(habits.start)
        file.write((habits.delimiter.join(habits.header) + habits.line_end).encode())
        for copy in range(copies):
            file.write(body.render(copy))
        if table.tail:
            file.write(tokens.Template(table.tail).render(0))
    broken = sum(isinstance(row, RawLine) for row in rows)
    tail = 1 if table.tail else 0
    return Count(
        table.connector, table.name, path.relative_to(output).as_posix(),
        len(rows) * copies + tail, broken * copies + tail,
    )


def _write_history(table: Table, output: Path, scale: int) -> Iterator[Count]:
    """Two files of one object with different columns, as after an upgrade of the loader."""
    before = tuple(column for column in table.columns if column != "source_id")
    after = ("contact_id", "timestamp", "name", "value", "source", "source_id",
             "_fivetran_synced")
    for part, columns, wanted in (("2025", before, True), ("2026", after, False)):
        rows = [
            row for row in table.rows
            if isinstance(row, dict) and (row["timestamp"] < "2026" and row["timestamp"] != "")
            is wanted
        ]
        path = output / table.connector / table.name / f"{table.name}_{part}.csv"
        yield _write_csv(table, rows, path, _Csv(columns, columns), output, scale)


def _write_json_array(table: Table, output: Path, scale: int) -> Count:
    path = output / table.connector / f"{table.name}.json"
    lines = []
    for row in table.rows:
        if not isinstance(row, dict):
            raise TypeError("a JSON array can't hold an unreadable line")
        lines.append(json.dumps({k: v for k, v in row.items() if v != ""}, ensure_ascii=False))
    body = tokens.Template(",\n".join(lines))
    with path.open("wb") as file:
        file.write(b"[\n")
        for copy in range(scale):
            file.write((b",\n" if copy else b"") + body.render(copy))
        file.write(b"\n]\n")
    return Count(table.connector, table.name, path.relative_to(output).as_posix(),
                 len(lines) * scale, 0)


def _bare(value: Any) -> Any:
    """Without nulls, as BigQuery's JSON export leaves them out."""
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_bare(part) for part in value]
    return value


def _quoted(value: Any) -> Any:
    """64-bit integers as text, as BigQuery's JSON export writes them."""
    if isinstance(value, dict):
        return {key: _quoted(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_quoted(part) for part in value]
    return str(value) if isinstance(value, int) else value


def _event_line(event: dict[str, Any] | RawLine, as_json_export: bool) -> str:
    if isinstance(event, RawLine):
        return event.text + "\n"
    value = _bare({key: part for key, part in event.items() if key != "_month"})
    if as_json_export:
        value = _quoted(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def event_month(event: dict[str, Any]) -> str:
    """The export file an event is in (``YYYY-MM``): late events are in a later one."""
    date = event["event_date"]
    return event.get("_month") or f"{date[:4]}-{date[4:6]}"


def _write_events(exports: Exports, output: Path, scale: int) -> Iterator[Count]:
    months: dict[str, list[dict[str, Any] | RawLine]] = {}
    ordered = sorted(
        (event for event in exports.events if isinstance(event, dict)),
        key=lambda event: event["event_timestamp"],
    )
    for event in ordered:
        months.setdefault(event_month(event), []).append(event)
    broken = [event for event in exports.events if isinstance(event, RawLine)]
    months[JSON_MONTHS[1]][7:7] = broken
    folder = output / "ga4" / "event"
    folder.mkdir(parents=True)
    for month in sorted(months):
        events = months[month]
        name = f"events_{month.replace('-', '')}"
        text = month in JSON_MONTHS
        body = tokens.Template("".join(_event_line(event, text) for event in events))
        if text:
            path = folder / f"{name}.ndjson"
            with path.open("wb") as file:
                for copy in range(scale):
                    file.write(body.render(copy))
        else:
            path = folder / f"{name}.parquet"
            _write_parquet(body, path, scale)
        yield Count(
            "ga4", "event", path.relative_to(output).as_posix(), len(events) * scale,
            sum(isinstance(event, RawLine) for event in events) * scale,
        )


def _write_parquet(body: tokens.Template, path: Path, scale: int) -> None:
    """Native nested types; one thread and fixed row groups, so the bytes do not vary."""
    with tempfile.TemporaryDirectory(dir=path.parent) as scratch:
        lines = Path(scratch) / "lines.ndjson"
        with lines.open("wb") as file:
            for copy in range(scale):
                file.write(body.render(copy))
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in _STRUCT.items())
        connection = duckdb.connect(config={"threads": "1"})
        try:
            connection.execute(
                f"copy (select * from read_json(?, columns={{{columns}}}, "
                "format='newline_delimited')) "
                f"to '{path.as_posix()}' (format parquet, compression zstd, "
                "row_group_size 122880)",
                [str(lines)],
            )
        finally:
            connection.close()


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_truth(exports: Exports, counts: Sequence[Count], truth: Path) -> None:
    """Write the key: who is who, what must come out, and how many raw rows there are."""
    truth.mkdir(parents=True, exist_ok=True)
    groups = evidence_groups(exports)
    people = [
        (record.source_system, record.source_object, record.source_record_id,
         record.person_key, record.account_key, group)
        for record, group in zip(exports.person_records, groups, strict=True)
    ]
    _write_rows(
        truth / "person_key.csv",
        ("source_system", "source_object", "source_record_id", "person_key", "account_key",
         "evidence_group"),
        sorted(people),
    )
    _write_rows(
        truth / "account_key.csv",
        ("source_system", "source_object", "source_record_id", "account_key"),
        sorted(
            (record.source_system, record.source_object, record.source_record_id,
             record.account_key)
            for record in exports.account_records
        ),
    )
    _write_rows(
        truth / "expected.csv",
        ("edge_case", "check", "subject", "expected", "why"),
        (
            (item.edge_case, item.check,
             json.dumps(item.subject, ensure_ascii=False, sort_keys=True),
             json.dumps(item.expected, ensure_ascii=False, sort_keys=True), item.why)
            for item in sorted(
                exports.expectations, key=lambda item: _case_number(item.edge_case)
            )
        ),
    )
    _write_rows(
        truth / "counts.csv",
        ("connector", "object", "file", "rows", "unparsable"),
        ((count.connector, count.object, count.file, str(count.rows), str(count.unparsable))
         for count in counts),
    )


def _case_number(edge_case: str) -> int:
    """E-numbers in their order, rows without one behind them."""
    return int(edge_case[1:]) if edge_case.startswith("E") else 999


def evidence_groups(exports: Exports) -> list[str]:
    """A group name per person record: records of one person joined by shared identifiers.

    Two records of one person with nothing deterministic in common are in two groups: nobody
    could join them without guessing, so they do not count against recall.
    """
    records = exports.person_records
    parent = list(range(len(records)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    seen: dict[tuple[str, str], int] = {}
    for place, record in enumerate(records):
        if not record.person_key:
            continue
        for identifier in record.identifiers:
            other = seen.setdefault((record.person_key, identifier), place)
            parent[root(place)] = root(other)
    names: dict[int, str] = {}
    per_person: dict[str, int] = {}
    groups = []
    for place, record in enumerate(records):
        if not record.person_key:
            groups.append("")
            continue
        top = root(place)
        if top not in names:
            per_person[record.person_key] = per_person.get(record.person_key, 0) + 1
            names[top] = f"{record.person_key}-{per_person[record.person_key]}"
        groups.append(names[top])
    return groups

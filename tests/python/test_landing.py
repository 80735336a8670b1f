"""Landing, file by file: what `cdm.landing.describe` says of a folder of exports."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import duckdb
import pytest

from cdm.landing import describe, normalise, struct_members


def write(folder: Path, name: str, content: bytes | str) -> Path:
    """Write one export file and return the folder of exports."""
    path = folder / "crm" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def ask(exports: Path, **more: object) -> dict:
    request = {"exports": str(exports), "connector": "crm", "names": ["contact", "contacts"]}
    return json.loads(describe(json.dumps(request | more)))


def read(exports: Path, **more: object) -> list[dict]:
    """Read all rows of the object `contact` as {normalised column: text}, nulls left out."""
    rows = []
    with duckdb.connect() as connection:
        for group in ask(exports, **more)["groups"]:
            names = [column["name"] for column in group["columns"]] + ["_unparsable"]
            expressions = [column["expression"] for column in group["columns"]]
            expressions.append(group["unparsable"] or "null")
            found = connection.execute(f"select {', '.join(expressions)} from {group['scan']}")
            for row in found.fetchall():
                rows.append({k: v for k, v in zip(names, row, strict=True) if v is not None})
    return rows


@pytest.mark.parametrize(
    ("raw_name", "name"),
    [
        ("Email", "email"),
        ("properties.email", "properties_email"),
        ("properties__email", "properties_email"),
        ("createdAt", "created_at"),
        ("\ufeffRecord ID", "record_id"),
        (" First  Name ", "first_name"),
        ("hs_all-funky-a9384-syntax", "hs_all_funky_a9384_syntax"),
        ("HS_OBJECT_ID", "hs_object_id"),
    ],
)
def test_names_are_compared_in_one_form(raw_name: str, name: str) -> None:
    assert normalise(raw_name) == name


def test_byte_order_mark_upper_case_and_a_header_that_stands_twice(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfID,EMAIL,Email\n1,a@x.example,b@x.example\n"
    exports = write(tmp_path, "contact.csv", content)
    assert read(exports) == [{"id": "1", "email": "a@x.example", "email__2": "b@x.example"}]


def test_quoted_newlines_and_windows_line_ends(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", 'id,note\r\n1,"two\r\nlines"\r\n2,one\r\n')
    rows = read(exports)
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["note"].replace("\r", "") == "two\nlines"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_read_off_the_header(tmp_path: Path, delimiter: str) -> None:
    header = delimiter.join(["id", '"last, first; name"', "city"])
    exports = write(tmp_path, "contact.csv", header + "\n" + delimiter.join(["1", "x", "y"]) + "\n")
    assert read(exports) == [{"id": "1", "last_first_name": "x", "city": "y"}]


def test_utf_16_is_known_by_its_byte_order_mark(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", "id,name\n1,Zoë\n".encode("utf-16"))
    assert read(exports) == [{"id": "1", "name": "Zoë"}]


def test_files_of_one_object_need_not_have_the_same_columns(tmp_path: Path) -> None:
    write(tmp_path, "contacts/2025.csv", "id,email\n1,a@x.example\n")
    write(tmp_path, "contacts/2026.csv", "email,id,phone\nb@x.example,2,123\n")
    line = '{"id": 3, "properties": {"email": "c@x.example"}}\n'
    exports = write(tmp_path, "contacts/more.ndjson", line)
    assert sorted(read(exports), key=lambda row: row["id"]) == [
        {"id": "1", "email": "a@x.example"},
        {"id": "2", "email": "b@x.example", "phone": "123"},
        {"id": "3", "properties_email": "c@x.example"},
    ]


@pytest.mark.parametrize(
    "content",
    [
        '[{"id": 1, "tags": ["a"]}, {"id": 2, "tags": null}]',
        '{"results": [{"id": 1, "tags": ["a"]}, {"id": 2}]}',
        '{\n  "results": [\n    {"id": 1, "tags": ["a"]},\n    {"id": 2}\n  ]\n}',
        '{"id": 1, "tags": ["a"]}\n\n{"id": 2}\n',
    ],
    ids=["array", "envelope", "pretty envelope", "lines"],
)
def test_json_arrays_envelopes_and_lines_are_the_same_rows(tmp_path: Path, content: str) -> None:
    exports = write(tmp_path, "contact.json", content)
    assert read(exports) == [{"id": "1", "tags": '["a"]'}, {"id": "2"}]


def test_rows_that_are_too_long_or_too_short_are_kept_whole(tmp_path: Path) -> None:
    """An unquoted comma shifts the values behind it, even where the last value is empty."""
    lines = [
        "id,name,city",
        "1,Fischer, Vogt,",
        "2,ok,",
        "3,short",
        "4,one,two,three,four",
        "5,a,b",
    ]
    exports = write(tmp_path, "contact.csv", "\n".join(lines) + "\n")
    rows = read(exports)
    assert [row for row in rows if "_unparsable" not in row] == [
        {"id": "2", "name": "ok"},
        {"id": "5", "name": "a", "city": "b"},
    ]
    assert [row["_unparsable"] for row in rows if "_unparsable" in row] == [
        "1,Fischer, Vogt,",
        "3,short",
    ]


def test_a_quote_that_never_closes_loses_no_line(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", 'id,name\n1,a\n2,"never closed\n3,c\n')
    with duckdb.connect() as connection:
        (group,) = ask(exports)["groups"]
        assert connection.execute(f"select c0 from {group['scan']}").fetchall() == [("1",)]
        rejected = connection.execute("select line, csv_line from reject_errors").fetchall()
    assert rejected == [(3, '2,"never closed\n3,c\n')]


def test_line_breaks_inside_values_of_a_large_file(tmp_path: Path) -> None:
    row = '1,"' + "x" * 400 + "\n" + "y" * 400 + '"\n'
    exports = write(tmp_path, "contact.csv", "id,note\n" + row * 100_000)
    with duckdb.connect() as connection:
        (group,) = ask(exports)["groups"]
        assert connection.execute(f"select count(*) from {group['scan']}").fetchone() == (100_000,)


@pytest.mark.parametrize("value", ["a\n", "z\nb", "\n", "y@a.example\n", "two\r\nlines, longer"])
def test_short_line_breaks_inside_values(tmp_path: Path, value: str) -> None:
    exports = write(tmp_path, "contact.csv", f'id,note,city\n1,"{value}",x\n2,b,y\n')
    rows = read(exports)
    assert [(row["id"], row["city"]) for row in rows] == [("1", "x"), ("2", "y")]


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\r1,a\r2,b\r3,c\r",  # an old Mac's
        b"id,name\n1,a\n2,b\r3,c\n",
        b"id,name\r\n1,a\r\n2,b\r3,c\r\n",
        b"id,name\r\n1,a\n2,b\r\n3,c\n",  # two files put together
        b"id,name\r1,a\n2,b\n3,c",
        b"id,name\n1,a\n2,b\n3,c\r",
        b"id,name\r\r\n1,a\r\r\n2,b\r\r\n3,c\r\r\n",
        "id,name\r\n1,a\n2,b\r\n3,c\n".encode("utf-16"),
    ],
)
def test_lines_may_end_in_any_way(tmp_path: Path, content: bytes) -> None:
    exports = write(tmp_path, "contact.csv", content)
    rows = read(exports)
    assert rows == [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}, {"id": "3", "name": "c"}]


def test_line_ends_of_several_kinds_around_a_line_break_inside_a_value(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", b'id,name\n1,"a\r\nb"\r2,"c\rd"\r\n3,e\n')
    assert [row["name"] for row in read(exports)] == ["a\r\nb", "c\rd", "e"]


def test_a_wrong_quote_among_line_ends_of_several_kinds_is_an_error(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", b'id,name\n1,"a"b\n2,c\r3,d\n')
    error = ask(exports)["error"]
    assert error.startswith("contact.csv can't be read: its lines end in different ways")
    assert "line 2" in error and "Save or export it again" in error


def test_json_lines_may_end_in_any_way(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.ndjson", b'{"id":1}\r\n{"id":2}\r{"id":3}\n{"id":4}')
    assert [row["id"] for row in read(exports)] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("before", ["\n", "sep=;\n", "\n\nsep=;\n"])
def test_what_stands_before_the_header_is_skipped(tmp_path: Path, before: str) -> None:
    exports = write(tmp_path, "contact.csv", before + "id;name\n1;a\n")
    assert read(exports) == [{"id": "1", "name": "a"}]


@pytest.mark.parametrize(
    ("usual", "once", "column"),
    [
        ({}, {"properties": {"is_deleted": "true"}}, "properties_is_deleted"),
        ({"a/b~\"c": {"x": 1}}, {"a/b~\"c": {"y": 1}}, "a_b_c_y"),
        ({"geo": None}, {"geo": {"city": {"name": "Ulm"}}}, "geo_city_name"),
    ],
)
def test_a_key_in_the_middle_of_a_large_file_is_seen(
    tmp_path: Path, usual: dict[str, Any], once: dict[str, Any], column: str
) -> None:
    rows = [{"id": str(number), "note": "x" * 1100, **usual} for number in range(5000)]
    rows[2500] |= once
    exports = write(tmp_path, "contact.ndjson", "\n".join(map(json.dumps, rows)) + "\n{broken\n")
    read_rows = read(exports)
    assert [row["id"] for row in read_rows if column in row] == ["2500"]
    assert len(read_rows) == 5001


@pytest.mark.parametrize(
    ("content", "said"),
    [('[{"id": "\xe9"}]'.encode("latin-1"), "not UTF-8"), (b'[{"id": "\\ud800"}]', "not UTF-8")],
)
def test_a_json_document_in_another_encoding_is_named(
    tmp_path: Path, content: bytes, said: str
) -> None:
    answer = ask(write(tmp_path, "contact.json", content))
    assert "contact.json" in answer["error"] and said in answer["error"]


@pytest.mark.parametrize("content", ["null", "12", '"text"'])
def test_a_json_document_that_holds_no_rows_is_kept_whole(tmp_path: Path, content: str) -> None:
    assert read(write(tmp_path, "contact.json", content)) == [{"_unparsable": content}]


def test_a_member_without_a_name_is_left_out(tmp_path: Path) -> None:
    assert read(write(tmp_path, "contact.json", '[{"": "a", "id": "1"}]')) == [{"id": "1"}]


def test_utf_16_without_a_byte_order_mark_is_an_error(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, "contact.csv", "id,name\n1,a\n".encode("utf-16-le")))
    assert "contact.csv is not UTF-8" in answer["error"]


def test_a_delimiter_at_the_end_of_every_row_is_no_value(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", "id,name\n1,a,\n2,b,\n")
    assert read(exports) == [{"id": "1", "name": "a"}, {"id": "2", "name": "b"}]


def test_a_broken_json_line_is_kept_whole(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.ndjson", '{"id": 1}\n{"id": 2\n[3]\n"four"\n')
    assert read(exports) == [
        {"id": "1"},
        {"_unparsable": '{"id": 2'},
        {"_unparsable": "[3]"},
        {"_unparsable": '"four"'},
    ]


def test_a_broken_json_document_is_one_unparsable_row(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.json", '[{"id": 1},\n {"id": 2}')
    assert read(exports) == [{"_unparsable": '[{"id": 1},\n {"id": 2}'}]


def test_nested_parquet_is_flattened_like_json(tmp_path: Path) -> None:
    path = tmp_path / "crm" / "contact.parquet"
    path.parent.mkdir()
    duckdb.sql(
        "select 1 as id, {'category': 'desktop', 'web info': {'browser': 'x'}} as device,"
        " [{'key': 'a', 'value': {'string_value': 'b'}}] as params,"
        " timestamp '2026-01-02 03:04:05' as seen_at"
    ).write_parquet(str(path))
    assert read(tmp_path) == [
        {
            "id": "1",
            "device_category": "desktop",
            "device_web_info_browser": "x",
            "params": '[{"key":"a","value":{"string_value":"b"}}]',
            "seen_at": "2026-01-02 03:04:05",
        }
    ]


def test_struct_types_are_split_at_their_own_commas() -> None:
    assert struct_members('STRUCT(a INTEGER, "b, c" STRUCT(d DECIMAL(18,2), e VARCHAR[]))') == [
        ("a", "INTEGER"),
        ("b, c", "STRUCT(d DECIMAL(18,2), e VARCHAR[])"),
    ]


def test_a_damaged_parquet_file_is_an_error_that_names_it(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, "contact.parquet", b"PAR1 not really"))
    assert "contact.parquet can't be read as Parquet" in answer["error"]
    assert "Export it again" in answer["error"]


def test_bytes_of_a_parquet_file_that_are_wrong_are_an_error_and_never_wrong_rows(
    tmp_path: Path,
) -> None:
    """Forty files with a bit flipped, a piece missing or the end cut off: each is an error that
    names the file when its head is read, or one of the scan; what can be read has all its rows."""
    good = tmp_path / "good.parquet"
    duckdb.execute(
        f"copy (select range as id, 'person' || range || '@firm.example' as email from range(500)) "
        f"to '{good}' (format parquet)"
    )
    content, order, outcomes = good.read_bytes(), random.Random(7), set()
    for number in range(40):
        place, broken = order.randrange(len(content)), bytearray(content)
        if number % 4 == 0:
            broken = broken[:place]
        elif number % 4 == 1:
            del broken[place : place + 50]
        else:
            broken[place] ^= 1 << order.randrange(8)
        exports = write(tmp_path / str(number), "contact.parquet", bytes(broken))
        answer = ask(exports)
        if "error" in answer:
            assert "contact.parquet can't be read as Parquet" in answer["error"]
            outcomes.add("head")
            continue
        try:
            assert len(read(exports)) == 500
            outcomes.add("read")
        except duckdb.Error:
            outcomes.add("scan")
    assert {"head", "read"} <= outcomes


def test_an_unknown_kind_of_file_in_an_objects_folder_is_an_error(tmp_path: Path) -> None:
    answer = ask(write(tmp_path, "contact/page.xlsx", b"PK"))
    assert "crm/contact/page.xlsx is not a CSV, JSON or Parquet file" in answer["error"]


def test_an_empty_file_is_an_absent_one_and_a_bare_header_an_empty_one(tmp_path: Path) -> None:
    assert ask(write(tmp_path, "contact.csv", ""))["groups"] == []
    exports = write(tmp_path, "contact.csv", "id,email\n")
    assert [column["name"] for column in ask(exports)["groups"][0]["columns"]] == ["id", "email"]
    assert read(exports) == []


def test_known_files_are_left_out_until_they_change(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv", "id\n1\n")
    known = ask(exports)["files"]
    assert list(known) == ["crm/contact.csv"]
    assert ask(exports, known=known)["groups"] == []
    write(tmp_path, "contact.csv", "id\n1\n2\n")
    assert len(ask(exports, known=known)["groups"]) == 1


def test_files_that_belong_to_no_object_are_listed(tmp_path: Path) -> None:
    write(tmp_path, "contact.csv", "id\n1\n")
    write(tmp_path, "contcat.csv", "id\n1\n")
    exports = write(tmp_path, ".hidden.csv", "id\n")
    assert ask(exports, unread=True)["unread"] == ["crm/contcat.csv"]


def test_what_nobody_reads_is_listed(tmp_path: Path) -> None:
    """A file of another kind, an empty one, and folders and files beside those of connectors."""
    write(tmp_path, "contact.csv", "")
    write(tmp_path, "contacts.xlsx", b"PK")
    write(tmp_path, "contact/part-1.parquet", b"")
    exports = write(tmp_path, "contact.csv.gz", b"\x1f\x8b")
    assert ask(exports, unread=True)["unread"] == [
        "crm/contact/part-1.parquet", "crm/contact.csv", "crm/contact.csv.gz", "crm/contacts.xlsx",
    ]  # fmt: skip
    (exports / "crn").mkdir()
    (exports / "all.csv").write_text("id\n")
    assert ask(exports, unread=True, connector="", names=["crm"])["unread"] == ["all.csv", "crn"]


def test_a_file_that_can_not_be_opened_is_named_with_the_next_step(tmp_path: Path) -> None:
    exports = write(tmp_path, "contacts.csv", "id\n1\n")
    (exports / "crm" / "contact.csv").symlink_to(tmp_path / "gone.csv")
    error = ask(exports)["error"]
    assert "crm/contact.csv can't be read (No such file or directory). Let the user" in error


def test_a_folder_of_exports_that_is_not_there_is_no_empty_one(tmp_path: Path) -> None:
    assert "There is no folder of exports" in ask(tmp_path / "nope")["error"]


def test_a_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    exports = write(tmp_path, "contact.csv/part-0.csv", "id\n1\n")
    assert read(exports) == [{"id": "1"}]


def test_of_dated_exports_the_last_counts_for_what_arrives_whole(tmp_path: Path) -> None:
    """In several parts, too. What arrives piece by piece is read of all days."""
    for name in ("contact_20261119", "contacts-2026-11-20-1", "contacts-2026-11-20-2"):
        exports = write(tmp_path, f"{name}.csv", f"id\n{name}\n")
    assert [row["id"] for row in read(exports, newest=True)] == [
        "contacts-2026-11-20-1", "contacts-2026-11-20-2",
    ]  # fmt: skip
    assert len(read(exports)) == 3
    assert ask(exports, unread=True)["unread"] == []
    assert ask(exports, newest=True)["earlier"] == ["crm/contact_20261119.csv"]
    assert ask(exports)["earlier"] == []
    write(tmp_path, "contact-2026-11-21.csv", "")  # an export that failed
    assert len(read(exports, newest=True)) == 2
    write(tmp_path, "contact.csv", "id\n1\n")
    assert len(read(exports, newest=True)) == 3


def test_quotes_in_names_stay_names(tmp_path: Path) -> None:
    """A column or key that looks like SQL is data: nothing of it is executed."""
    write(tmp_path, "contact.csv", 'id,"x\'); drop table t; --"\n1,2\n')
    exports = write(tmp_path, "contacts.ndjson", json.dumps({"id": 3, "a\"b'c": "4"}) + "\n")
    assert read(exports) == [{"id": "1", "x_drop_table_t": "2"}, {"id": "3", "a_b_c": "4"}]

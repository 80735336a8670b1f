"""Look at the export files of one object and say how each of them can be read.

This is the only place that touches raw files. It reads the header of a CSV file and how its lines
end, the keys of JSON objects, the schema of a Parquet file. The rows themselves are read by DuckDB,
with the table functions that are returned here as SQL text.

`describe` is registered as the DuckDB function `cdm_export_files`, so that plain `dbt build` can
call it; the macro `raw_scans` (macros/platform) turns its answer into the staging models.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

import duckdb

FORMATS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".ndjson": "json",
    ".jsonl": "json",
    ".parquet": "parquet",
}
LONGEST_LINE = 32 * 1024 * 1024  # bytes; a longer line is kept aside as unparsable
csv.field_size_limit(LONGEST_LINE)
DELIMITERS = [",", ";", "\t", "|"]
SAMPLE_BYTES = 2_000_000  # what is read of a JSON file to learn its keys, at each end
NO_VALUE = "\x01"  # no CSV file writes this for null, so an empty value is not a missing one
WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
KEY_VALUES = (  # how DuckDB writes the type of GA4's parameters
    'STRUCT("key" VARCHAR, "value" STRUCT('
    "string_value VARCHAR, int_value BIGINT, float_value DOUBLE, double_value DOUBLE))[]"
)
BROKEN = "?"  # stands for the envelope of a JSON document that can't be parsed
LINE_OPTIONS = {  # how a file is read line by line, whatever the lines hold
    "columns": "{'line': 'VARCHAR'}",
    "auto_detect": "false",
    "header": "false",
    "delim": "'\\x01'",
    "strict_mode": "false",  # lines may end in different ways,
    "new_line": "'\\n'",  # of which any other setting here would drop characters
    "quote": "''",
    "escape": "''",
    "max_line_size": str(LONGEST_LINE),
    "store_rejects": "true",
    "rejects_limit": "0",
    "filename": "'_file'",
}
CHUNK = 1 << 22  # characters; how much of a CSV file is looked at at a time
# Patterns look at the beginning of a line; to trim it would copy it whole, letter by letter.
IS_FILLED = r"regexp_matches(line, '[^\p{Zs}]')"
IS_OBJECT = r"regexp_matches(line, '^\p{Zs}*\{')"
ENVELOPES = ("results", "data", "items", "records", "value", "rows")


class ExportError(Exception):
    """A file that can't be used at all; the message names it and says what to do."""


@dataclass
class Column:
    """One raw column: its name as the file has it, its normalised name and how to read it as text.

    `name` is lower case with every run of other characters as one underscore; the second column of
    the same name in one file is called `<name>__2`. A column that is no text in the file is itself
    `number`, if it is a whole number, or `nested`, if it is a list for the macro `key_values`.
    """

    raw_name: str
    name: str
    expression: str
    number: str | None = None
    nested: str | None = None


@dataclass
class Group:
    """Files of one object that can be read by one table function, because their columns agree."""

    scan: str
    columns: list[Column]
    unparsable: str | None = None
    files: list[str] = field(default_factory=list)


def normalise(name: str) -> str:
    """Return a column or object name as it is compared: `First Name`, `properties.email` and
    `properties__email` become `first_name` and `properties_email`."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name.strip().lstrip("\ufeff"))
    return re.sub(r"[^0-9a-z]+", "_", spaced.lower()).strip("_")


def quote(text: str) -> str:
    """Return `text` as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return `name` as a quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def name_and_day(entry: Path) -> tuple[str, str]:
    """Return the name of the object that a file or folder is called after, normalised, and the day
    of the export as eight digits, which many tools write behind it, or an empty text.

    `all-contacts-2026-11-20-1.csv`, the first of several parts, is `all_contacts` of `20261120`.
    """
    name = normalise(entry.stem if entry.suffix.lower() in FORMATS else entry.name)
    dated = re.fullmatch(r"(.+)_(\d{4})_?(\d{2})_?(\d{2})(_\d{1,3})?", name)
    return (dated[1], "".join(dated.group(2, 3, 4))) if dated else (name, "")


def export_files(
    exports: Path, connector: str, names: list[str], left_out: list[Path]
) -> list[Path]:
    """Return the files of one object in a fixed order: `<name>.<ext>` or all in `<name>/`.

    `names` are the object's name and its aliases; they are compared in normalised form. `left_out`
    are files and folders that do not count. Raises ExportError if a folder of the object holds a
    file of an unknown kind.
    """
    found = [
        path
        for _, entry in exports_of(exports, connector, names)
        if entry not in left_out
        for path in files_of(entry)
    ]
    for path in found:
        if path.suffix.lower() not in FORMATS:
            raise ExportError(
                f"{path.relative_to(exports)} is not a CSV, JSON or Parquet file. "
                f"Convert it, or move it out of the folder of exports."
            )
    return [path for path in found if path.stat().st_size > 0]


def earlier_exports(exports: Path, connector: str, names: list[str]) -> list[Path]:
    """Return the files and folders of one object that have an earlier day behind their name than
    the last. Empty ones are no exports."""
    filled = [
        (day, entry)
        for day, entry in exports_of(exports, connector, names)
        if any(path.stat().st_size for path in files_of(entry))
    ]
    last = max((day for day, _ in filled), default="")
    return [entry for day, entry in filled if day and day < last]


def exports_of(exports: Path, connector: str, names: list[str]) -> list[tuple[str, Path]]:
    """Return the files and folders that are called after one object, each with its day or ""."""
    wanted = {normalise(name) for name in names}
    return [
        (name_and_day(entry)[1], entry)
        for entry in visible(exports / connector)
        if name_and_day(entry)[0] in wanted and (entry.is_dir() or entry.suffix.lower() in FORMATS)
    ]


def files_of(entry: Path) -> list[Path]:
    """Return the files of a folder, at any depth and in a fixed order, or the file that it is."""
    if not entry.is_dir():
        return [entry]
    files = [path for path in sorted(entry.rglob("*")) if path.is_file()]
    return [path for path in files if not path.name.startswith((".", "_"))]


def unread_files(exports: Path, connector: str, names: list[str]) -> list[Path]:
    """Return what stands in a connector's folder and is read for none of its objects `names`: it
    is called after none of them, is no CSV, JSON or Parquet file, or is empty."""
    wanted = {normalise(name) for name in names}
    unread: list[Path] = []
    for entry in visible(exports / connector):
        if name_and_day(entry)[0] not in wanted:
            unread.append(entry)
        else:
            unread += [path for path in files_of(entry) if not path.stat().st_size]
    return unread


def unread_folders(exports: Path, connectors: list[str]) -> list[Path]:
    """Return what stands in the folder of exports and is the folder of none of `connectors`."""
    return [entry for entry in visible(exports) if entry.is_file() or entry.name not in connectors]


def visible(folder: Path) -> list[Path]:
    """Return what stands in a folder, sorted; names that begin with a dot or underscore do not
    count, and what is no folder holds nothing."""
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    return [entry for entry in entries if not entry.name.startswith((".", "_"))]


# CSV ---------------------------------------------------------------------------------------------


def csv_encoding(path: Path) -> str:
    """Return DuckDB's name of a CSV file's encoding; only a byte order mark tells UTF-16.

    Raises ExportError for UTF-16 without one.
    """
    with path.open("rb") as file:
        head = file.read(1000)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if head.count(b"\0") * 4 > len(head):  # a stray one is a bad value, not another encoding
        raise ExportError(f"{path.name} is not UTF-8. Save or export it as UTF-8.")
    return "utf-8"


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written: its column names, the lines that stand before them, and whether
    its lines end in several ways (CR, LF, CR LF)."""

    header: tuple[str, ...]
    delimiter: str
    encoding: str
    skipped_lines: int
    has_mixed_line_ends: bool = False


def csv_dialect(path: Path) -> Dialect:
    """Return how a CSV file is written.

    Empty lines and Excel's `sep=;` may stand before the header, which may be quoted and may even
    hold line breaks. Bytes that are not in the encoding are replaced, since a bad byte further down
    must not hide the header.
    """
    encoding = csv_encoding(path)
    skipped, delimiter = 0, ""
    with path.open(encoding=python_encoding(encoding), errors="replace", newline="") as file:
        first_line = ""
        for line in file:
            stated = re.fullmatch(r"sep=(.)", line.strip(), re.IGNORECASE)
            if line.strip() and not stated:
                first_line = line
                break
            delimiter = stated[1] if stated else delimiter
            skipped += 1
        bare = re.sub(r'"[^"]*"?', "", first_line)
        delimiter = delimiter or max(DELIMITERS, key=bare.count)
        rows = csv.reader(itertools.chain([first_line], file), delimiter=delimiter)
        header = next((row for row in rows if any(row)), [])
    return Dialect(tuple(header), delimiter, encoding, skipped)


def python_encoding(encoding: str) -> str:
    """Return Python's name of an encoding of `csv_encoding`, its byte order mark left out."""
    return "utf-16" if encoding == "utf-16" else "utf-8-sig"


def unique_names(raw_names: list[str]) -> list[str]:
    """Return normalised names: the second of a kind as `<name>__2`, an empty one `column_<n>`."""
    seen: dict[str, int] = {}
    names = []
    for position, raw_name in enumerate(raw_names, start=1):
        name = normalise(raw_name) or f"column_{position}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}__{seen[name]}")
    return names


def ends_with_delimiter(path: Path, dialect: Dialect) -> bool:
    """Tell whether a file's rows, unlike its header, all end with a delimiter.

    Such an export is sloppy, but its values stand in the right columns.
    """
    with open_text(path, dialect) as file:
        rows = csv.reader(file, delimiter=dialect.delimiter)
        with contextlib.suppress(csv.Error):
            sample = [row for row in itertools.islice(rows, 200) if any(row)][1:]
            width = len(dialect.header) + 1
            longer = [row for row in sample if len(row) == width and not row[-1]]
            return len(longer) > len(sample) / 2
    return False


def has_shifted_rows(path: Path, dialect: Dialect) -> bool:
    """Tell whether a file holds a row with one empty value too many.

    DuckDB takes such a row as good, although an unquoted comma may have shifted all values in it.
    """
    ends = tuple(dialect.delimiter + end for end in ("\n", "\r\n", "\r", ""))
    columns = len(dialect.header)
    return any(
        line.endswith(ends) and '"' not in line and line.count(dialect.delimiter) == columns
        for lines in text_chunks(path, dialect)
        # In most files no line ends with a delimiter, which a piece of the file tells at once.
        if lines.endswith(dialect.delimiter) or any(end in lines for end in ends[:-1])
        for line in io.StringIO(lines, newline="")
    )


def has_mixed_line_ends(path: Path, dialect: Dialect) -> bool:
    """Tell whether the lines of a file end in several ways, which DuckDB's strict reader refuses.

    Line breaks inside of quoted values do not count. Raises ExportError if such a file's quotes are
    wrong as well: read leniently, it would lose characters, and strictly it can't be read.
    """
    ends = Counter[str]()
    for chunk in text_chunks(path, dialect):
        ends += line_ends(chunk)
    if len(ends) < 2:
        return False
    unquoted, is_quoted = Counter[str](), False
    for chunk in text_chunks(path, dialect):
        for position, part in enumerate(chunk.split('"')):
            is_quoted ^= position > 0
            unquoted += Counter() if is_quoted else line_ends(part)
    if len(unquoted) < 2 and not is_quoted:
        return False
    try:
        with open_text(path, dialect) as file:
            rows = csv.reader(file, delimiter=dialect.delimiter, strict=True)
            while next(rows, None) is not None:
                pass
        return True
    except csv.Error as error:
        wrong = f"near line {rows.line_num} a quote is wrong ({error})"
    try:
        with duckdb.connect() as connection:
            connection.execute(f"select count(*) from {csv_scan([path], dialect)}")
        return False
    except duckdb.Error as error:
        raise ExportError(
            f"{path.name} can't be read: its lines end in different ways (CR, LF, CR LF), and "
            f"{wrong}. Save or export it again with one kind of line end."
        ) from error


def text_chunks(path: Path, dialect: Dialect) -> Iterator[str]:
    """Yield the text of a CSV file in large pieces of whole lines."""
    with open_text(path, dialect) as file:
        while chunk := file.read(CHUNK):
            yield chunk + file.readline()


def line_ends(text: str) -> Counter[str]:
    """Return how many lines of a text end in which way; a way that no line ends in is left out."""
    both = text.count("\r\n")
    return +Counter({"CR LF": both, "CR": text.count("\r") - both, "LF": text.count("\n") - both})


def open_text(path: Path, dialect: Dialect) -> TextIO:
    """Open a CSV file as text, its line ends as they are and bad bytes replaced."""
    return path.open(encoding=python_encoding(dialect.encoding), errors="replace", newline="")


def csv_scan(paths: list[Path], dialect: Dialect, changed: dict[str, str] | None = None) -> str:
    """Return the call of DuckDB's reader for CSV files of one dialect; the columns are c0, c1 …"""
    positions = range(len(dialect.header))
    options = {
        "auto_detect": "false",
        "header": "true",
        "skip": str(dialect.skipped_lines),
        "delim": quote(dialect.delimiter),
        "quote": "'\"'",
        "escape": "'\"'",
        "encoding": quote(dialect.encoding),
        "nullstr": quote(NO_VALUE),
        "max_line_size": str(LONGEST_LINE),
        "store_rejects": "true",
        "rejects_limit": "0",
        "filename": "'_file'",
        "columns": "{" + ", ".join(f"'c{position}': 'VARCHAR'" for position in positions) + "}",
    }
    if dialect.has_mixed_line_ends:
        options |= {"strict_mode": "false", "new_line": "'\\n'"}
    return table_function("read_csv", paths, options | (changed or {}))


def csv_groups(paths: list[Path]) -> Iterator[Group]:
    """Yield one group for each way in which the files are written."""
    alike: dict[Dialect, list[Path]] = {}
    for path in paths:
        dialect = csv_dialect(path)
        if ends_with_delimiter(path, dialect):
            dialect = replace(dialect, header=(*dialect.header, ""))
        dialect = replace(dialect, has_mixed_line_ends=has_mixed_line_ends(path, dialect))
        alike.setdefault(dialect, []).append(path)
    for dialect, files in alike.items():
        raw_columns = [f"c{position}" for position in range(len(dialect.header))]
        columns = [
            Column(raw_name, name, f"nullif({raw_column}, '')")
            for raw_name, name, raw_column in zip(
                dialect.header, unique_names(list(dialect.header)), raw_columns, strict=True
            )
        ]
        unparsable, wider, changed = None, dialect, {}
        if any(has_shifted_rows(path, dialect) for path in files):
            # One column more is read and short rows are padded, so that a row that is too short or
            # too long is told by its own columns. Padding and line breaks inside values go together
            # only within one buffer.
            raw_columns.append(f"c{len(dialect.header)}")
            wider = replace(dialect, header=(*dialect.header, ""))
            whole_line = f"concat_ws({quote(dialect.delimiter)}, {', '.join(raw_columns)})"
            unparsable = (
                f"case when {raw_columns[-2]} is null or {raw_columns[-1]} is not null"
                f" then {whole_line} end"
            )
            sizes = [path.stat().st_size + 1 for path in files]
            changed = {
                "null_padding": "true",
                "buffer_size": str(max([2 * LONGEST_LINE, *sizes])),
            }
        yield Group(
            # An empty line is no row.
            scan=(
                f"(select * from {csv_scan(files, wider, changed)}"
                f" where coalesce({', '.join(raw_columns)}) is not null)"
            ),
            unparsable=unparsable,
            columns=columns,
            files=names_of(files),
        )


# JSON --------------------------------------------------------------------------------------------


def json_sample(path: Path) -> tuple[list[Any], str | None]:
    """Return some of a JSON file's objects and, if it is one document, the key that holds them.

    The second value is None for newline-delimited JSON, '' for an array and, for an answer of an
    API, the name of the member that holds the rows. A document that can't be parsed is BROKEN.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
        size = path.stat().st_size
        file.seek(max(size - SAMPLE_BYTES, 0))
        tail = file.read() if size > SAMPLE_BYTES else b""
    lines = head.splitlines()[: None if len(head) == size else -1] + tail.splitlines()[1:]
    first = next((line for line in lines if line.strip()), b"")
    first = first.strip().removeprefix(b"\xef\xbb\xbf")
    if not first.startswith(b"[") and (parsed_object(first) is not None or path.suffix != ".json"):
        rows = [parsed_object(line) for line in lines]
        single = [row for row in rows if row is not None]
        if len([line for line in lines if line.strip()]) > 1 or not envelope_of(single[:1]):
            return single, None
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise ExportError(f"{path.name} is not UTF-8 ({error}). Export it as UTF-8.") from error
    except (ValueError, RecursionError):
        return ([], BROKEN) if first.startswith(b"[") else ([], None)
    if not isinstance(document, dict | list):
        return [], BROKEN
    if isinstance(document, list):
        return document, ""
    member = envelope_of([document])
    return (document[member], member) if member else ([document], None)


def parsed_object(line: bytes) -> dict[str, Any] | None:
    """Return the JSON object of one line, or None if it holds none."""
    try:
        value = json.loads(line.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def envelope_of(rows: list[Any]) -> str | None:
    """Return the member of an API answer that holds its rows: {"results": [{…}]} → results."""
    row = rows[0] if rows else {}
    return next((key for key in ENVELOPES if isinstance(row.get(key), list)), None)


def json_paths(value: dict[str, Any], prefix: tuple[str, ...] = ()) -> dict[tuple[str, ...], bool]:
    """Return the paths of an object's leaves; True where the leaf is a list or an empty object."""
    paths: dict[tuple[str, ...], bool] = {}
    for key, member in value.items():
        if not key:
            continue  # a member without a name can't be asked for
        path = (*prefix, str(key))
        if isinstance(member, dict) and member:
            paths |= json_paths(member, path)
        else:
            paths[path] = isinstance(member, list | dict)
    return paths


def json_structure(paths: dict[tuple[str, ...], bool]) -> dict[str, Any]:
    """Return DuckDB's structure for `json_transform`: every leaf as text, lists as JSON."""
    structure: dict[str, Any] = {}
    for path, is_nested in paths.items():
        node = structure
        for key in path[:-1]:
            child = node.setdefault(key, {})
            node[key] = node = child if isinstance(child, dict) else {}
        if not isinstance(node.get(path[-1]), dict):
            node[path[-1]] = "JSON" if is_nested else "VARCHAR"
    return structure


def structure_leaves(
    structure: dict[str, Any], prefix: tuple[str, ...] = ()
) -> list[tuple[str, ...]]:
    """Return the paths of a structure's leaves in order."""
    leaves: list[tuple[str, ...]] = []
    for key, member in structure.items():
        path = (*prefix, key)
        leaves += structure_leaves(member, path) if isinstance(member, dict) else [path]
    return leaves


def json_pointer(path: tuple[str, ...]) -> str:
    """Return a path as DuckDB takes it: `$` for the whole value, else RFC 6901."""
    steps = (key.replace("~", "~0").replace("/", "~1") for key in path)
    return "".join(f"/{step}" for step in steps) or "$"


def rare_json_paths(
    paths: list[Path], known: dict[tuple[str, ...], bool]
) -> dict[tuple[str, ...], bool]:
    """Return the paths of the leaves in all lines of large files: a sample may have missed some.

    `known` holds the paths of the samples. To look for keys that are not among them takes half the
    time of reading the structure of each line, which is done only where there are any.
    """
    if not paths:
        return {}
    lines = table_function("read_csv", paths, LINE_OPTIONS)
    is_object = f"json_valid(line) and {IS_OBJECT}"
    members: dict[tuple[str, ...], set[str]] = {(): set()}
    for leaf in known:
        for depth, key in enumerate(leaf):
            members.setdefault(leaf[:depth], set()).add(key)
            members.setdefault(leaf[: depth + 1], set())
    places = ", ".join(quote(json_pointer(path)) for path in members)
    with duckdb.connect() as connection:
        seen = connection.execute(
            f"select distinct json_keys(line, [{places}]) from {lines} where {is_object}"
        ).fetchall()
        if all(
            set(keys or ()) <= expected
            for (found,) in seen
            for keys, expected in zip(found, members.values(), strict=True)
        ):
            return {}
        structures = connection.execute(
            f"select distinct json_structure(line) from {lines} where {is_object}"
        ).fetchall()
    found: dict[tuple[str, ...], bool] = {}
    for (structure,) in structures:
        for leaf, is_nested in json_paths(json.loads(structure)).items():
            found[leaf] = found.get(leaf, False) or is_nested
    return found


def member_of(record: str, path: tuple[str, ...]) -> str:
    """Return the SQL expression of a member of a struct."""
    return ".".join([record, *(identifier(key) for key in path)])


def json_groups(paths: list[Path]) -> Iterator[Group]:
    """Yield one group for the line-delimited files, and one for the documents of each envelope.

    All files of a group share one structure, the union of the keys in their samples, sorted: JSON
    objects have no column order, so an unseen key is simply null.
    """
    alike: dict[str | None, list[Path]] = {}
    keys: dict[str | None, dict[tuple[str, ...], bool]] = {}
    for path in paths:
        rows, member = json_sample(path)
        alike.setdefault(member, []).append(path)
        known = keys.setdefault(member, {})
        for row in rows:
            if isinstance(row, dict):
                for leaf, is_nested in json_paths(row).items():
                    known[leaf] = known.get(leaf, False) or is_nested
    large = [path for path in alike.get(None, []) if path.stat().st_size > 2 * SAMPLE_BYTES]
    for leaf, is_nested in rare_json_paths(large, keys.get(None, {})).items():
        keys[None][leaf] = keys[None].get(leaf, False) or is_nested
    for member, files in alike.items():
        structure = json_structure(dict(sorted(keys[member].items())))
        leaves = structure_leaves(structure)
        shape = quote(json.dumps(structure))
        transform = f"try(json_transform(line, {shape}))" if structure else "null"
        lines = json_lines(files, member)
        yield Group(
            scan=f"(select {transform} as r, line, _file from {lines} where {IS_FILLED})",
            columns=[
                Column(".".join(leaf), name, f"cast({member_of('r', leaf)} as varchar)")
                for leaf, name in zip(
                    leaves, unique_names([".".join(leaf) for leaf in leaves]), strict=True
                )
            ],
            unparsable=f"case when r is null or not {IS_OBJECT} then line end",
            files=names_of(files),
        )


def json_lines(files: list[Path], member: str | None) -> str:
    """Return a relation with one JSON text per row in `line` and its file in `_file`."""
    if member is None:
        return table_function("read_csv", files, LINE_OPTIONS)
    listed = "[" + ", ".join(quote(str(path)) for path in files) + "]"
    rows = f"content -> {quote(member)}" if member else "content"
    whole = f"json_transform({rows}, '[\"JSON\"]')"
    if member == BROKEN:
        whole = f"[left(content, {LONGEST_LINE})]"
    return (
        f"(select cast(unnest({whole}) as varchar) as line, filename as _file"
        f" from read_text({listed}))"
    )


# Parquet -----------------------------------------------------------------------------------------


def parquet_columns(path: Path, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return (name, DuckDB type) of a Parquet file's columns.

    Raises ExportError if the file is damaged.
    """
    try:
        rows = connection.execute("describe select * from read_parquet(?)", [str(path)]).fetchall()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise ExportError(
            f"{path.name} can't be read as Parquet ({reason}). Export it again."
        ) from error
    return [(row[0], row[1]) for row in rows]


def parquet_leaves(name: str, kind: str, path: str, raw: str) -> list[Column]:
    """Return a column, or the members of a struct column, as text expressions."""
    if kind.endswith("]") or not kind.startswith("STRUCT("):
        is_nested = kind.endswith("]") or kind.startswith(("MAP(", "UNION("))
        as_text = f"cast(to_json({path}) as varchar)" if is_nested else f"cast({path} as varchar)"
        number = path if kind in WHOLE_NUMBERS else None
        return [Column(raw, name, as_text, number, path if kind == KEY_VALUES else None)]
    leaves: list[Column] = []
    for member, member_kind in struct_members(kind):
        leaves += parquet_leaves(
            f"{name}_{normalise(member)}",
            member_kind,
            f"{path}.{identifier(member)}",
            f"{raw}.{member}",
        )
    return leaves


def struct_members(kind: str) -> list[tuple[str, str]]:
    """Split DuckDB's type text `STRUCT(a INTEGER, "b c" STRUCT(…))` into its members."""
    inner, depth, start, quoted, parts = kind[len("STRUCT(") : -1], 0, 0, False, []
    for position, character in enumerate(inner):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "([":
            depth += 1
        elif not quoted and character in ")]":
            depth -= 1
        elif not quoted and depth == 0 and character == ",":
            parts.append(inner[start:position].strip())
            start = position + 1
    parts.append(inner[start:].strip())
    members = []
    for part in parts:
        match = re.match(r'("(?:[^"]|"")+"|\S+)\s+(.+)$', part, re.DOTALL)
        assert match, f"not a struct member: {part}"
        members.append((match[1].strip('"').replace('""', '"'), match[2]))
    return members


def parquet_groups(paths: list[Path]) -> Iterator[Group]:
    """Yield one group for each distinct schema."""
    alike: dict[tuple[tuple[str, str], ...], list[Path]] = {}
    with duckdb.connect() as connection:
        for path in paths:
            alike.setdefault(tuple(parquet_columns(path, connection)), []).append(path)
    for schema, files in alike.items():
        leaves: list[Column] = []
        for raw_name, kind in schema:
            leaves += parquet_leaves(normalise(raw_name), kind, identifier(raw_name), raw_name)
        names = unique_names([leaf.raw_name for leaf in leaves])
        columns = [replace(leaf, name=name) for leaf, name in zip(leaves, names, strict=True)]
        scan = table_function("read_parquet", files, {"filename": "'_file'"})
        yield Group(scan=scan, columns=columns, files=names_of(files))


# The answer --------------------------------------------------------------------------------------


def table_function(function: str, files: list[Path], options: dict[str, str]) -> str:
    """Return a call of one of DuckDB's file readers as SQL text."""
    listed = "[" + ", ".join(quote(str(path)) for path in files) + "]"
    settings = [f"{key} = {value}" for key, value in options.items()]
    return f"{function}({', '.join([listed, *settings])})"


def names_of(files: list[Path]) -> list[str]:
    return [str(path) for path in files]


def label_of(files: list[str]) -> str:
    """Return how a message names the files of one scan."""
    more = f" and {len(files) - 2} more files" if len(files) > 2 else ""
    return ", ".join(files[:2]) + more


def fingerprint(path: Path) -> str:
    """Return what changes when a file is written again: its size and time of change."""
    status = path.stat()
    return f"{status.st_size}:{status.st_mtime_ns}"


@functools.lru_cache(maxsize=256)
def groups_of(paths: tuple[Path, ...], marks: tuple[str, ...]) -> list[Group]:
    """Return the groups of an object's files: CSV, then JSON, then Parquet.

    A build asks several times about each object; `marks`, the files' fingerprints, tell whether
    the answer still holds.
    """
    readers = {"csv": csv_groups, "json": json_groups, "parquet": parquet_groups}
    groups: list[Group] = []
    for kind, reader in readers.items():
        of_kind = [path for path in paths if FORMATS[path.suffix.lower()] == kind]
        groups += list(reader(of_kind)) if of_kind else []
    return groups


def describe(request: str) -> str:
    """Answer one question about the folder of exports, as JSON text for JSON text.

    Request: {"exports": folder, "connector": name, "names": [object, alias …],
    "known": {file: fingerprint}} — files whose fingerprint is known are left out. With
    "newest": true only the last of dated exports counts. With "unread": true the answer lists only
    what stands in the folder and is read for none of `names`, and without a connector the folders
    that are of none of them.

    Answer: {"root": folder with a closing slash, "files": {file: fingerprint},
    "groups": [{"scan", "unparsable", "columns": [{"raw_name", "name", "expression", "number",
    "nested"}]}], "unread": [file …], "earlier": [file or folder of an earlier
    export, which does not count …]} or {"error": message}. Files are named from the folder of
    exports on.
    """
    asked = json.loads(request)
    exports = Path(asked["exports"]).expanduser().absolute()
    answer: dict[str, Any] = {"root": f"{exports}/", "files": {}, "groups": [], "unread": []}
    try:
        if not exports.is_dir():
            raise ExportError(
                f"There is no folder of exports {exports}. Set CDM_EXPORTS to the one there is."
            )
        if asked.get("unread"):
            connector, names = asked.get("connector"), asked["names"]
            unread = (
                unread_files(exports, connector, names)
                if connector
                else unread_folders(exports, names)
            )
            answer["unread"] = [str(path.relative_to(exports)) for path in unread]
            return json.dumps(answer)
        answer["has_folder"] = (exports / asked["connector"]).is_dir()
        one = (exports, asked["connector"], asked["names"])
        earlier = earlier_exports(*one) if asked.get("newest") else []
        answer["earlier"] = [str(path.relative_to(exports)) for path in earlier]
        paths = export_files(*one, left_out=earlier)
        known = asked.get("known") or {}
        marks = {str(path.relative_to(exports)): fingerprint(path) for path in paths}
        answer["files"] = {name: mark for name, mark in marks.items() if known.get(name) != mark}
        fresh = tuple(exports / name for name in answer["files"])
        answer["groups"] = [
            {
                "scan": group.scan,
                "unparsable": group.unparsable,
                "label": label_of([str(Path(name).relative_to(exports)) for name in group.files]),
                "columns": [vars(column) for column in group.columns],
            }
            for group in groups_of(fresh, tuple(answer["files"].values()))
        ]
    except ExportError as error:
        answer["error"] = str(error)
    except OSError as error:
        answer["error"] = (
            f"{error.filename or exports} can't be read ({error.strerror}). Let the user that runs "
            "the build read it, or move it out of the folder of exports."
        )
    return json.dumps(answer)

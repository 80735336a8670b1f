"""The first day's report: what a folder of exports really holds, before anything is built.

Each file is read as text, as landing reads it. For every column: how much is filled in, what it
looks like, whether it could be an id, and which field of the contract takes it, or could take it
where no connector reads the object yet. Across columns and systems: fields that carry the same,
duplicates, and values that contradict each other. No value that could identify somebody is shown:
examples are masked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from cdm import page
from cdm.contract import Contract
from cdm.files import CdmError
from cdm.landing import (
    FORMATS,
    ExportError,
    fingerprint,
    groups_of,
    identifier,
    name_and_day,
    normalise,
)

MOST_ROWS = 200_000  # of one object that are looked at
MOST_VALUES = 50_000  # distinct values of one column that are compared with another's
ALMOST_ALL = 0.97  # share of rows with a value of their own in a column that could be an id
RESEMBLING = 3  # columns with names that the declared object has too, at least
ALIKE = 0.9  # share of rows in which two columns must agree to carry the same
# What each system has its own of, so that it differs without a contradiction.
NOT_COMPARED = ("record_id", "updated_at", "created_at", "is_deleted")
PATTERNS = {
    "e-mail": r"[^@\s]+@[^@\s]+\.[^@\s]+",
    "web address": r"https?://.*",
    "uuid": r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
    "date or time": r"\d{4}-\d\d-\d\d(?:[T ]\d\d:.*)?|\d{1,2}[./]\d{1,2}[./]\d{4}.*",
    "whole number": r"[+-]?\d{1,18}",
    "number": r"[+-]?\d[\d.,' ]*",
    "yes or no": r"(?i:true|false|yes|no|y|n)",
    "telephone": r"\+?[\d()/ .-]{7,}",
    "JSON": r"\s*[\[{].*[\]}]\s*",
}


@dataclass
class Column:
    """What one column of an object holds. `name` is as the export has it, `key` as landing has."""

    name: str
    key: str
    rows: int
    copies: int  # of the rows, those that repeat another exactly
    filled: int
    distinct: int
    looks_like: str
    agree: float  # share of the values that look like it, 0 to 1
    shortest: int
    longest: int
    examples: list[str]
    taken_by: str  # entity.field of the contract; empty where nobody takes it
    status: str  # taken, declared, unmapped
    could_feed: str = ""  # of an object that no connector reads: the field it would probably feed

    @property
    def fill_rate(self) -> float:
        return self.filled / self.rows if self.rows else 0.0

    @property
    def is_id(self) -> bool:
        """Whether it could be an id: a value in every row, and, exact copies aside, hardly one
        twice, since a record may stand there in an older version too."""
        different = self.rows - self.copies
        return 1 < self.rows == self.filled and self.distinct >= ALMOST_ALL * different


@dataclass
class Object:
    """One object of one system: the files of one name."""

    system: str
    name: str
    files: list[str]
    rows: int
    duplicates: int
    declared_as: str  # source.<connector>.<object>; empty where no connector reads it
    resembles: str = ""  # the declared object whose columns have the same names, if it is none
    columns: list[Column] = field(default_factory=list)
    same: list[tuple[str, str, float]] = field(default_factory=list)
    raw_names: dict[str, str] = field(default_factory=dict)  # of columns, by their normalised name
    unreadable: int = 0  # lines that can't be read, which are not among the rows
    shared: int = 0  # rows whose address or domain another row of the object has too
    problem: str = ""


@dataclass
class Conflict:
    """Two systems that say different things of the same person or firm."""

    field: str
    left: str
    right: str
    compared: int
    different: int
    examples: list[str]  # pairs of values that differ, masked


def audit(exports: Path, contract: Contract) -> tuple[list[Object], list[Conflict]]:
    """Look at every file below `exports`, one folder a system. Raises CdmError for no folder."""
    if not exports.is_dir():
        raise CdmError(f"There is no folder {exports}.")
    grouped: dict[tuple[str, str], list[Path]] = {}
    for path in sorted(exports.rglob("*")):
        if path.is_file() and path.suffix.lower() in FORMATS:
            parts = path.relative_to(exports).parts
            system = parts[0] if len(parts) > 1 else exports.name
            name = parts[1] if len(parts) > 2 else path.stem
            grouped.setdefault((system, name), []).append(path)
    if not grouped:
        raise CdmError(f"There is no CSV, JSON or Parquet file below {exports}.")
    objects, conflicts = [], []
    with duckdb.connect() as connection:
        for number, ((system, name), paths) in enumerate(grouped.items()):
            found = Object(
                system, name, [p.relative_to(exports).as_posix() for p in paths], 0, 0, ""
            )
            objects.append(found)
            try:
                load(connection, f"object_{number}", found, paths)
            except (ExportError, duckdb.Error) as error:
                found.problem = str(error).splitlines()[0][:200]
                continue
            look_at(connection, f"object_{number}", found, contract)
        conflicts = contradictions(connection, objects)
    return objects, conflicts


def load(
    connection: duckdb.DuckDBPyConnection, table: str, found: Object, paths: list[Path]
) -> None:
    """Read the files of one object into a table, as landing reads them: every value as text, each
    column under its normalised name. Lines that can't be read are counted and left out.

    Raises ExportError or duckdb.Error for a file that can't be read at all.
    """
    parts = []
    for group in groups_of(tuple(paths), tuple(fingerprint(path) for path in paths)):
        listed = [f"{column.expression} as {identifier(column.name)}" for column in group.columns]
        good = f" where {group.unparsable} is null" if group.unparsable else ""
        parts.append(f"(select {', '.join(listed)} from {group.scan}{good})")
        if group.unparsable:
            broken = f"select count({group.unparsable}) from {group.scan}"
            [(count,)] = connection.execute(broken).fetchall()
            found.unreadable += count
        for column in group.columns:
            shown = {raw.lower() for raw in found.raw_names.values()}
            raw_name = column.name if column.raw_name.lower() in shown else column.raw_name
            found.raw_names.setdefault(column.name, raw_name)
    if not parts:
        raise ExportError("There is nothing in it.")
    sql = " union all by name ".join(parts)
    connection.execute(f"create table {table} as select * from ({sql}) limit {MOST_ROWS}")
    found.unreadable += rejected_lines(connection)


def rejected_lines(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many lines of CSV files DuckDB has put aside since it was last asked. A quote that
    never closes puts aside all lines behind it as one."""
    kept = "select 1 from duckdb_tables() where table_name = 'reject_errors'"
    if not connection.execute(kept).fetchall():
        return 0
    rejected = connection.execute(
        "select distinct scan_id, file_id, line, csv_line from reject_errors"
    ).fetchall()
    connection.execute("drop table reject_errors; drop table reject_scans")
    return sum(bool(line.strip()) for *_, text in rejected for line in (text or "").split("\n"))


def declaration(found: Object, contract: Contract) -> str:
    """Return which declared object this is, as the contract names it; empty for none."""
    for table, facts in contract.items():
        kind, _, rest = table.partition(".")
        connector, _, name = rest.partition(".")
        known = {normalise(one) for one in (name, *(facts.get("aliases") or []))}
        called, _ = name_and_day(Path(found.name))
        if kind == "source" and connector == found.system and called in known:
            return table
    return ""


def names_of(facts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the declared columns of an object by every name that they have."""
    names: dict[str, dict[str, Any]] = {}
    for column, about in facts["columns"].items():
        for other in (column, *(about.get("aliases") or [])):
            names.setdefault(normalise(other), {"column": column, **about})
    return names


def targets_of(about: dict[str, Any]) -> str:
    """Return the fields that a declared column feeds, `;` between."""
    targets = about.get("maps_to") or ""
    return targets if isinstance(targets, str) else ";".join(targets)


def resemblance(columns: list[str], contract: Contract) -> tuple[str, dict[str, str]]:
    """Return the declared object that shares most names with these columns, and which field each of
    those would feed as it does there; nothing where too few names are known."""
    best, feeds = "", {}
    for table, facts in contract.items():
        if table.startswith("source."):
            names = names_of(facts)
            known = {c: targets_of(names[c]) for c in columns if c in names}
            known = {column: target for column, target in known.items() if target}
            if len(known) > len(feeds):
                best, feeds = table, known
    return (best, feeds) if len(feeds) >= RESEMBLING else ("", {})


def look_at(
    connection: duckdb.DuckDBPyConnection, table: str, found: Object, contract: Contract
) -> None:
    """Fill in what an object's table shows."""
    found.declared_as = declaration(found, contract)
    names = names_of(contract[found.declared_as]) if found.declared_as else {}
    columns = [
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() where table_name = ? order by column_index",
            [table],
        ).fetchall()
    ]
    whole = connection.execute(
        f"select count(*), (select count(*) from (select distinct * from {table})) from {table}"
    ).fetchone() or (0, 0)
    found.rows, found.duplicates = whole[0], whole[0] - whole[1]
    for name in columns:
        about = names.get(name, {})
        target = targets_of(about)
        found.columns.append(
            describe(
                connection, table, found.raw_names.get(name, name), name,
                (found.rows, found.duplicates), target,
                "taken" if target else "declared" if about else "unmapped",
            )
        )  # fmt: skip
    if not found.declared_as:
        found.resembles, feeds = resemblance(columns, contract)
        for column in found.columns:
            column.could_feed = feeds.get(column.key, "")
    for column in found.columns:
        if {"person.email", "account.domain"} & set(column.taken_by.split(";")):
            found.shared = max(found.shared, column.filled - column.distinct)
    found.same = list(twins(connection, table, found.columns))


def describe(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    name: str,
    key: str,
    counted: tuple[int, int],
    target: str,
    status: str,
) -> Column:
    """Return what one column holds. `counted` has the object's rows and exact copies."""
    value = f"nullif(trim({identifier(key)}), '')"
    filled, distinct, shortest, longest = connection.execute(
        f"select count({value}), count(distinct lower({value})), "
        f"coalesce(min(length({value})), 0), coalesce(max(length({value})), 0) from {table}"
    ).fetchone() or (0, 0, 0, 0)
    looks, agree = "text" if filled else "nothing", 1.0
    for kind, pattern in PATTERNS.items() if filled else ():
        fits = connection.execute(
            f"select count(*) from {table} where regexp_full_match({value}, ?)", [pattern]
        ).fetchone()
        share = (fits[0] if fits else 0) / filled
        if share >= 0.8:
            looks, agree = kind, share
            break
    examples = [
        mask(text)
        for (text,) in connection.execute(
            f"select {value} from {table} where {value} is not null "
            f"group by 1 order by count(*) desc, 1 limit 3"
        ).fetchall()
    ]
    return Column(
        name, key, *counted, filled, distinct, looks, agree, shortest, longest, examples,
        target, status,
    )  # fmt: skip


def mask(text: str) -> str:
    """Return the shape of a value: letters become x, digits 9; of long texts the beginning."""
    shape = re.sub(r"[^\W\d_]", "x", text[:40])
    return re.sub(r"\d", "9", shape) + ("…" if len(text) > 40 else "")


def twins(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[Column]
) -> Iterator[tuple[str, str, float]]:
    """Yield pairs of columns that carry the same: a workaround, or a field that was moved."""
    full = [one for one in columns if one.filled >= 5 and one.distinct >= 3][:60]
    for place, left in enumerate(full):
        for right in full[place + 1 :]:
            if abs(left.distinct - right.distinct) > 0.2 * max(left.distinct, right.distinct):
                continue
            one, other = (f"lower(trim({identifier(column.key)}))" for column in (left, right))
            both, equal = connection.execute(
                f"select count(*), count(*) filter (where {one} = {other}) from {table} "
                f"where {one} <> '' and {other} <> ''"
            ).fetchone() or (0, 0)
            if both >= 5 and equal / both >= ALIKE:
                yield left.name, right.name, equal / both


def contradictions(connection: duckdb.DuckDBPyConnection, objects: list[Object]) -> list[Conflict]:
    """Compare what systems say of the same person (by e-mail address) or firm (by domain)."""
    conflicts = []
    keyed: list[tuple[str, Object, dict[str, str], str]] = []
    for number, one in enumerate(objects):
        fields = {
            target: column.key
            for column in one.columns
            for target in column.taken_by.split(";")
            if target
        }
        for key in ("person.email", "account.domain"):
            if key in fields:
                keyed.append((f"object_{number}", one, fields, key))
    for place, (left_table, left, left_fields, key) in enumerate(keyed):
        for right_table, right, right_fields, other_key in keyed[place + 1 :]:
            if key != other_key:
                continue
            for name in sorted(set(left_fields) & set(right_fields) - {key}):
                if name.endswith(NOT_COMPARED) or not name.startswith(("person.", "account.")):
                    continue
                compared, different, examples = compare_values(
                    connection, (left_table, left_fields), (right_table, right_fields), key, name
                )
                if different:
                    conflicts.append(
                        Conflict(
                            name, f"{left.system}.{left.name}", f"{right.system}.{right.name}",
                            compared, different, examples,
                        )
                    )  # fmt: skip
    return conflicts


def compare_values(
    connection: duckdb.DuckDBPyConnection,
    left: tuple[str, dict[str, str]],
    right: tuple[str, dict[str, str]],
    key: str,
    name: str,
) -> tuple[int, int, list[str]]:
    """Return how many keys both systems have a value for, for how many the values differ, and the
    most frequent ways in which they do, masked."""
    sides = []
    for table, fields in (left, right):
        key_of, value_of = identifier(fields[key]), identifier(fields[name])
        sides.append(
            f"(select lower(trim({key_of})) as k, min(lower(trim({value_of}))) as v from {table} "
            f"where trim({key_of}) <> '' and trim({value_of}) <> '' group by 1 limit {MOST_VALUES})"
        )
    pairs = f"from {sides[0]} as one inner join {sides[1]} as two using (k)"
    row = connection.execute(
        f"select count(*), count(*) filter (where one.v <> two.v) {pairs}"
    ).fetchone() or (0, 0)
    found = connection.execute(
        f"select one.v, two.v {pairs} where one.v <> two.v group by all "
        "order by count(*) desc, one.v, two.v limit 50"
    ).fetchall()
    shapes = list(dict.fromkeys(f"{mask(left)} ≠ {mask(right)}" for left, right in found))
    return row[0], row[1], shapes[:2]


# Writing


def write_report(
    objects: list[Object], conflicts: list[Conflict], contract: Contract, output: Path
) -> list[Path]:
    """Write audit.html, and as CSV the columns and the conflicts; return their paths."""
    output.mkdir(parents=True, exist_ok=True)
    audit_page, columns, differences = (
        output / name for name in ("audit.html", "columns.csv", "conflicts.csv")
    )
    audit_page.write_text(render(objects, conflicts, contract), encoding="utf-8")
    with columns.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["system", "object", "column", "rows", "filled", "fill_rate", "distinct", "looks_like",
             "could_be_id", "shortest", "longest", "examples_masked", "taken_by", "status",
             "could_feed"]
        )  # fmt: skip
        for one in objects:
            for c in one.columns:
                writer.writerow(
                    [one.system, one.name, safe(c.name), c.rows, c.filled, f"{c.fill_rate:.4f}",
                     c.distinct, c.looks_like, c.is_id, c.shortest, c.longest,
                     safe(" | ".join(c.examples)), c.taken_by, c.status, c.could_feed]
                )  # fmt: skip
    with differences.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["field", "left", "right", "compared", "different", "examples_masked"])
        for c in conflicts:
            shapes = safe(" | ".join(c.examples))
            writer.writerow([c.field, c.left, c.right, c.compared, c.different, shapes])
    return [audit_page, columns, differences]


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in "=+-@\t\r" else text


def lacking(objects: list[Object], contract: Contract) -> dict[str, list[str]]:
    """Return the declared columns that an object's export does not have, by object."""
    found = {}
    for one in objects:
        if not one.declared_as:
            continue
        names = {column.key for column in one.columns}
        missing = [
            column
            for column, about in contract[one.declared_as]["columns"].items()
            if not names & {normalise(known) for known in (column, *(about.get("aliases") or []))}
        ]
        if missing:
            found[f"{one.system}.{one.name}"] = missing
    return found


PAGE = """
<p>{{ objects|length }} objects of {{ systems|length }} systems, {{ "{:,}".format(rows) }} rows,
{{ columns }} columns: {{ taken }} are taken by the contract, {{ unmapped }} by nobody
{%- if possible %}, of which {{ possible }} could be, by their names{% endif %}.
Examples are masked: letters are x, digits 9.</p>
<table><tr><th>system<th>object<th class="n">rows<th class="n">exact copies
<th class="n">same address or domain<th class="n">unreadable lines<th class="n">columns
<th>could be the id<th>read as</tr>
{% for o in objects %}<tr><td>{{ o.system }}
<td><a href="#{{ o.system }}.{{ o.name }}">{{ o.name }}</a>
<td class="n">{{ "{:,}".format(o.rows) }}
<td class="n">{{ o.duplicates or "" }}<td class="n">{{ o.shared or "" }}
<td class="n">{{ o.unreadable or "" }}<td class="n">{{ o.columns|length }}
{% set ids = o.columns|selectattr("is_id")|map(attribute="name")|list %}
<td>{{ ids[:3]|join(", ") }}{% if ids|length > 3 %} and {{ ids|length - 3 }} more{% endif %}
<td>{{ o.declared_as or "nothing" }}{% if o.resembles %}; like {{ o.resembles }}{% endif %}
{% if o.problem %} <span class="bad">{{ o.problem }}</span>
{% endif %}</tr>
{% endfor %}</table>
{% if conflicts %}<h2>Systems that contradict each other</h2>
<p>Of the persons with the same address, and the firms with the same domain, that both have.</p>
<table><tr><th>field<th>systems<th class="n">compared<th class="n">different<th>for example</tr>
{% for c in conflicts %}<tr><td>{{ c.field }}<td>{{ c.left }} and {{ c.right }}
<td class="n">{{ c.compared }}<td class="n">{{ c.different }}
<td><code>{{ c.examples|join(" · ") }}</code></tr>
{% endfor %}</table>{% endif %}
{% if objects|selectattr("same")|list %}<h2>Columns that carry the same</h2>
<p>A workaround, or a field that was moved: ask which of the two is still filled in.</p>
<table><tr><th>object<th>columns<th class="n">the same in</tr>
{% for o in objects %}{% for a, b, share in o.same %}<tr><td>{{ o.system }}.{{ o.name }}
<td><code>{{ a }}</code> and <code>{{ b }}</code><td class="n">{{ "{:.0%}".format(share) }}</tr>
{% endfor %}{% endfor %}</table>{% endif %}
{% for o in objects %}<h2 id="{{ o.system }}.{{ o.name }}">{{ o.system }}.{{ o.name }}</h2>
<p>{{ o.files|length }} {{ "file" if o.files|length == 1 else "files" }}.
{% if lacking[o.system ~ "." ~ o.name] %}Declared and not in the export:
{{ lacking[o.system ~ "." ~ o.name]|join(", ") }}.{% endif %}</p>
<table><tr><th>column<th class="n">filled<th class="n">distinct<th>looks like<th>examples
<th>taken by</tr>
{% for c in o.columns %}<tr{% if c.status == "unmapped" %} class="unmapped"{% endif %}>
<td><code>{{ c.name }}</code><td class="n">{{ "{:.0%}".format(c.fill_rate) }}
<td class="n">{{ c.distinct }}<td>{{ c.looks_like }}
{%- if c.agree < 1 %} ({{ "{:.0%}".format(c.agree) }}){% endif %}
<td><code>{{ c.examples|join(" · ") }}</code>
<td>{{ c.taken_by or ("declared" if c.status == "declared" else "nobody") }}
{%- if c.could_feed %}; could feed {{ c.could_feed }}{% endif %}</tr>
{% endfor %}</table>{% endfor %}
"""


def render(objects: list[Object], conflicts: list[Conflict], contract: Contract) -> str:
    """Return the page."""
    every = [column for one in objects for column in one.columns]
    return page.render(
        "Audit of the exports",
        PAGE,
        objects=objects,
        conflicts=conflicts,
        lacking=lacking(objects, contract),
        systems={one.system for one in objects},
        rows=sum(one.rows for one in objects),
        columns=len(every),
        taken=sum(column.status == "taken" for column in every),
        unmapped=sum(column.status == "unmapped" for column in every),
        possible=sum(bool(column.could_feed) for column in every),
    )

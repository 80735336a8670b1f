"""Looks for people in files: in the bytes of every file and in every text of every table."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cdm.database import open_warehouse

TOKEN = re.compile(r"[^\s\"',;:=&|<>(){}\[\]/?\\]+")
PAIR = re.compile(r"(\w+)(?= (\w+))")


@dataclass
class Needles:
    """What must not be found: single words, and first and last names that stand in one row."""

    words: set[str] = field(default_factory=set)
    names: set[tuple[str, str]] = field(default_factory=set)

    def in_text(self, text: str) -> set[str]:
        """Return what of it stands in a text, such as all the values of one row."""
        lowered = unicodedata.normalize("NFC", text.lower().replace("%40", "@"))
        tokens = set(TOKEN.findall(lowered))
        tokens |= {token.strip(".-_") for token in tokens}
        found = self.words & tokens
        for first in tokens & self.lasts.keys():
            found |= {f"{first} {last}" for last in self.lasts[first] & tokens}
        return found

    @functools.cached_property
    def lasts(self) -> dict[str, set[str]]:
        """The last names that go with each first name."""
        found: dict[str, set[str]] = {}
        for first, last in self.names:
            found.setdefault(first, set()).add(last)
        return found


def rows_of(database: Path, skipped: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield every row of every table and view of a database as (table, all its values), but for
    tables whose names begin with one of `skipped`."""
    with open_warehouse(database, read_only=True) as connection:
        tables = connection.execute(
            """
            select format('"{}"."{}"."{}"', table_catalog, table_schema, table_name)
            from information_schema.tables
            where table_schema <> 'reference'
            order by all
            """
        ).fetchall()
        for (table,) in tables:
            if table.startswith(skipped):
                continue
            for (text,) in connection.execute(
                f"select cast(to_json(t) as varchar) from {table} as t"
            ).fetchall():
                yield table, text


def found_in_tables(
    database: Path, needles: Needles, skipped: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    """Return what was found, {table: examples}; what tables hold whose names begin with one of
    `skipped` is not looked at."""
    found: dict[str, set[str]] = {}
    for table, text in rows_of(database, skipped):
        if hits := needles.in_text(text):
            found.setdefault(table, set()).update(hits)
    return {table: sorted(hits)[:5] for table, hits in found.items()}


def found_in_bytes(folders: list[Path], needles: Needles) -> dict[str, list[str]]:
    """Return what stands in the bytes of any file in these folders, {file: examples}."""
    words = [word for word in needles.words if len(word) > 7]
    words += [f"{first} {last}" for first, last in needles.names]
    found = {}
    for path in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        content = path.read_bytes().lower()
        hits = sorted(word for word in words if word.encode() in content)
        if hits:
            found[f"{path.parent.name}/{path.name}"] = hits[:5]
    return found


def found_in_texts(folders: list[Path], needles: Needles) -> dict[str, list[str]]:
    """Return what stands in any file in these folders that is no DuckDB file, {file: examples}:
    words as they are, and names as a first name with its last name behind it."""
    found = {}
    for path in sorted(file for folder in folders for file in folder.rglob("*") if file.is_file()):
        if path.suffix == ".duckdb":
            continue
        text = path.read_text(encoding="utf-8", errors="replace").lower().replace("%40", "@")
        hits = needles.words & set(TOKEN.findall(text))
        hits |= {" ".join(pair) for pair in needles.names & set(PAIR.findall(text))}
        if hits:
            found[f"{path.parent.name}/{path.name}"] = sorted(hits)[:5]
    return found

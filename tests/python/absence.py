"""Looks for people in files: in the bytes of every file and in every text of every table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from cdm.duckdb_plugin import set_hash_keys

TOKEN = re.compile(r"[^\s\"',;:=&|<>(){}\[\]/?\\]+")


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
        found |= {
            f"{first} {last}" for first, last in self.names if first in tokens and last in tokens
        }
        return found


def rows_of(database: Path) -> Iterator[tuple[str, str]]:
    """Yield every row of every table and view of a DuckDB file as (table, all its values)."""
    with duckdb.connect(str(database), read_only=True) as connection:
        set_hash_keys(connection)
        tables = connection.execute(
            "select '\"' || table_schema || '\".\"' || table_name || '\"' "
            "from information_schema.tables where table_schema <> 'reference' order by all"
        ).fetchall()
        for (table,) in tables:
            for (text,) in connection.execute(
                f"select cast(to_json(t) as varchar) from {table} as t"
            ).fetchall():
                yield table, text


def found_in_tables(database: Path, needles: Needles, allowed: set[str] = frozenset()) -> dict:
    """Return what was found, {table: examples}; `allowed` names tables that may hold it."""
    found: dict[str, set[str]] = {}
    for table, text in rows_of(database):
        if table not in allowed and (hits := needles.in_text(text)):
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

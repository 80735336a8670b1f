"""All that is held about one person, out of every table of every layer, as one JSON document."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from cdm.build import read_json
from cdm.erasure import State, Subject, describe_subject, moment
from cdm.files import CdmError
from cdm.keys import keyed_hash
from cdm.project import Project
from cdm.records import meta_of

# What an address in a longer text ends at, as in the macro `rows_with_token`.
WORD = "[^][\\s\"''<>,;:=&?/|(){}\\\\]+"


def export_subject(project: Project, identifier: str, target: Path) -> dict[str, int]:
    """Write what is held about the one person whom an identifier names into `target`, for its owner
    alone, and return the number of rows of each table.

    The document is {"asked_for", "as_of", "person_ids", "identifiers", "tables": {"schema.table":
    [row …]}}; times are UTC. Raises CdmError when the identifier names nobody or several people.
    """
    records = record_columns(read_json(project.warehouse.manifest))
    with State(project.warehouse.state) as state:
        subject = describe_subject(state, identifier)
        if not subject.person_ids:
            raise CdmError("Nothing is held under this identifier.")
        if len(subject.person_ids) > 1:
            raise CdmError(
                f"The identifier names several people: {', '.join(subject.person_ids)}. "
                "Name one of these ids instead."
            )
        tables = {
            name: rows
            for name, columns in text_columns(state).items()
            if (rows := rows_about(state, name, columns, records.get(name, []), keys_of(subject)))
        }
    document = {
        "asked_for": identifier,
        "as_of": moment(),
        "person_ids": subject.person_ids,
        "identifiers": sorted(f"{kind}: {value}" for kind, value in subject.identifiers),
        "tables": tables,
    }
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, target)
    return {name: len(rows) for name, rows in tables.items()}


def text_columns(state: State) -> dict[str, list[str]]:
    """Return the text columns of every table, by `schema.table`. Views only repeat tables."""
    found: dict[str, list[str]] = {}
    for schema, table, column in state.rows(
        "select columns.schema_name, columns.table_name, columns.column_name "
        "from duckdb_columns() as columns inner join duckdb_tables() as tables "
        "on columns.table_oid = tables.table_oid and columns.schema_oid = tables.schema_oid "
        "and columns.database_oid = tables.database_oid "
        "where columns.data_type = 'VARCHAR' "
        "and columns.schema_name not in ('policy', 'reference') "
        "order by columns.schema_name, columns.table_name, columns.column_index"
    ):
        found.setdefault(f"{schema}.{table}", []).append(column)
    return found


def keys_of(subject: Subject) -> list[str]:
    """Return the values that make a row this person's, in lower case: what the person is known by,
    in clear and hashed."""
    values = {value for _, value in subject.identifiers}
    keys = {*subject.person_ids, *values, *(keyed_hash(value) for value in values)}
    return sorted({key.lower() for key in keys})


def record_columns(manifest: dict[str, Any]) -> dict[str, list[str]]:
    """Return the expressions that name a person's record as `system:id`, by raw or intake table.

    In raw tables those of the columns by which an erasure finds a person's rows too: what its
    declaration says (`erase_by`), else what it maps to.
    """
    found: dict[str, list[str]] = {}
    for source in manifest.get("sources", {}).values():
        table = f"staging.stg_{source['source_name']}__{source['name']}"
        columns = {name: meta_of(column) for name, column in source["columns"].items()}
        system = "source_system" if "source_system" in columns else f"'{source['source_name']}'"
        for name, meta in columns.items():
            target = str(meta.get("maps_to") or "")
            is_record = target == "person.source_record_id" or target.endswith(
                (".person_record_id", ".subject_record_id")
            )
            if meta.get("erase_by", "record" if is_record else "none") == "record":
                named = f"{system} || ':' || \"{name}\""
                if "subject_type" in columns:  # an account may have the same number
                    is_account = "coalesce(lower(subject_type), '') = 'account'"
                    named = f"case when not {is_account} then {named} end"
                found.setdefault(table, []).append(named)
    return found


def rows_about(
    state: State, table: str, columns: list[str], records: list[str], keys: list[str]
) -> list[dict[str, Any]]:
    """Return the rows of a table in which a text column, or an expression that names a record, is
    one of the keys. Of raw rows also those with such a word in a longer text, as in a line that
    could not be read."""
    schema, _, name = table.partition(".")
    quoted = ['"{}"'.format(column.replace('"', '""')) for column in columns]
    if schema == "intake":  # a system's own id of a person, beside the system
        records = [
            f"source_system || ':' || {column}"
            for column in ("person_record_id", "subject_record_id")
            if column in columns
        ]
    conditions = [f"list_contains(?, lower(trim({value})))" for value in (*quoted, *records)]
    if schema == "staging":
        conditions += [
            f"({value} like '%@%' and list_has_any(?, regexp_extract_all("
            f"replace(lower({value}), '%40', '@'), '{WORD}')))"
            for value in quoted
        ]
    return [
        json.loads(text)
        for text in state.column(
            f'select cast(to_json(held) as varchar) as text from "{schema}"."{name}" as held '
            f"where {' or '.join(conditions)} order by text",
            *[keys for _ in conditions],
        )
    ]

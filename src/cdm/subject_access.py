"""All that is held about one person, out of every table of every layer, as one JSON document."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from cdm.erasure import State, Subject, describe_subject, moment
from cdm.files import CdmError
from cdm.keys import keyed_hash
from cdm.project import Project


def export_subject(project: Project, identifier: str, target: Path) -> dict[str, int]:
    """Write what is held about the one person whom an identifier names into `target`, for its owner
    alone, and return the number of rows of each table.

    The document is {"asked_for", "as_of", "person_ids", "identifiers", "tables": {"schema.table":
    [row …]}}; times are UTC. Raises CdmError when the identifier names nobody or several people.
    """
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
            if (rows := rows_about(state, name, columns, keys_of(subject, name)))
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


def keys_of(subject: Subject, table: str) -> list[str]:
    """Return the values that make a row of a table this person's, in lower case: what the person is
    known by, in clear and hashed, and in the raw tables of a system its own ids too."""
    keys = {*subject.person_ids}
    for kind, value in subject.identifiers:
        keys |= {value, keyed_hash(value)}
        system, _, record = value.partition(":")
        if kind == "record" and table.startswith(f"staging.stg_{system}__"):
            keys.add(record)
        if kind == "record" and table.startswith("staging.stg_generic__"):
            keys.add(record)
    return sorted({key.lower() for key in keys})


def rows_about(
    state: State, table: str, columns: list[str], keys: list[str]
) -> list[dict[str, Any]]:
    """Return the rows of a table in which a text column is one of the keys."""
    schema, _, name = table.partition(".")
    values = ['lower(trim("{}"))'.format(column.replace('"', '""')) for column in columns]
    if schema == "intake":  # a system's own id of a person, beside the system
        values += [
            f"lower(source_system || ':' || {column})"
            for column in ("person_record_id", "subject_record_id")
            if column in columns
        ]
    compared = " or ".join(f"list_contains(?, {value})" for value in values)
    return [
        json.loads(text)
        for text in state.column(
            f'select cast(to_json(held) as varchar) as text from "{schema}"."{name}" as held '
            f"where {compared} order by text",
            *[keys for _ in values],
        )
    ]

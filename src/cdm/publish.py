"""Publishing: a fresh DuckDB file with the published tables alone, keys and comments in it.

What is published is decided by the dbt manifest, never by what happens to lie in the file: models
and seeds of the schemas in PUBLISHED_SCHEMAS. A view among them becomes a table. The file is new
each time because a dropped table's bytes would still be readable in a copied one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from cdm.database import VAULT, open_warehouse
from cdm.files import CdmError, flush
from cdm.keys import set_hash_keys
from cdm.records import meta_of, table_of

PUBLISHED_SCHEMAS = ("canonical", "marts", "governance")
STORAGE_VERSION = "v1.0.0"  # opens in DuckDB 1.1 and everything newer
# A larger table gets no foreign keys, each of which costs some 20 seconds a million rows. The build
# has checked them already.
MOST_ROWS_WITH_FOREIGN_KEYS = 1_000_000


class NotBuiltYet(CdmError):
    """Tables that the project publishes are missing from the file."""


@dataclass
class Key:
    """A foreign key: one column of this table that names a row of `parent`."""

    column: str
    parent: str
    parent_column: str


@dataclass
class Table:
    """One table to publish. `name` is `schema.table`; `columns` holds name and type in order."""

    name: str
    unique_id: str
    description: str
    primary_key: list[str]
    columns: list[tuple[str, str]] = field(default_factory=list)
    column_descriptions: dict[str, str] = field(default_factory=dict)
    not_null: set[str] = field(default_factory=set)
    keys: list[Key] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def schema(self) -> str:
        return self.name.partition(".")[0]


def quote(name: str) -> str:
    """Return a dotted name as quoted SQL identifiers."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


def literal(text: str) -> str:
    """Return text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def published_tables(manifest: dict[str, Any]) -> dict[str, Table]:
    """Return the tables that the manifest allows to be published, by `schema.table`.

    Raises CdmError for a column that its YAML marks `pii: direct`, and for a table that reads the
    vault's file without saying what its columns are: they belong to the vault.
    """
    tables = {}
    for node in manifest["nodes"].values():
        kind = node["resource_type"]
        if kind not in ("model", "seed", "snapshot") or node["schema"] not in PUBLISHED_SCHEMAS:
            continue
        if kind == "model" and node["config"].get("materialized") == "ephemeral":
            continue
        name = table_of(node)
        columns = node.get("columns") or {}
        direct = [
            column for column, about in columns.items() if meta_of(about).get("pii") == "direct"
        ]
        if direct:
            named = ", ".join(sorted(direct))
            raise CdmError(
                f"Not published: {name} has columns marked `pii: direct`: {named}. "
                "Direct identifiers stay in the vault; publish a key or a keyed hash instead."
            )
        vault = vault_tables_behind(node, manifest)
        if vault and (node["schema"] == "marts" or not columns):
            raise CdmError(
                f"Not published: {name} reads {', '.join(sorted(vault))}, where names and "
                "addresses stand. Marts read what is canonical; other tables say in their YAML "
                "what each of their columns is."
            )
        tables[name] = Table(
            name=name,
            unique_id=node["unique_id"],
            description=(node.get("description") or "") + farewell(node, manifest),
            primary_key=list(meta_of(node).get("primary_key") or []),
            column_descriptions={c: about.get("description") or "" for c, about in columns.items()},
            not_null={
                column
                for column, about in columns.items()
                if any(rule.get("type") == "not_null" for rule in about.get("constraints") or [])
            },
        )
    read_tests(manifest, tables)
    return tables


def vault_tables_behind(node: dict[str, Any], manifest: dict[str, Any]) -> set[str]:
    """Return the tables of the vault's file that a model reads, itself or by way of models that
    are not published."""
    found: set[str] = set()
    for name in (node.get("depends_on") or {}).get("nodes") or []:
        parent = manifest["nodes"].get(name)
        if parent is None or parent["resource_type"] != "model":
            continue
        if parent.get("database") == VAULT:
            found.add(table_of(parent))
        elif parent["schema"] not in PUBLISHED_SCHEMAS:
            found |= vault_tables_behind(parent, manifest)
    return found


def farewell(node: dict[str, Any], manifest: dict[str, Any]) -> str:
    """Return what to say of a version of a table that goes: until when, and where to read then."""
    if not node.get("deprecation_date"):
        return ""
    versions = [
        other
        for other in manifest["nodes"].values()
        if other["name"] == node["name"] and (other.get("version") or 0) > node["version"]
    ]
    heir = table_of(max(versions, key=lambda one: one["version"])) if versions else None
    then = f" Read {heir} instead." if heir else ""
    return f"\nDeprecated: it goes on {str(node['deprecation_date'])[:10]}.{then}"


def read_tests(manifest: dict[str, Any], tables: dict[str, Table]) -> None:
    """Turn `not_null` and `relationships` data tests into constraints of the tables.

    Only a test that holds for every row and stops the build is good for a constraint: one with
    `where`, a limit or severity warn is left to what it is.
    """
    by_id = {table.unique_id: table for table in tables.values()}
    for node in sorted(manifest["nodes"].values(), key=lambda one: one["unique_id"]):
        about = node.get("test_metadata") or {}
        table = by_id.get(node.get("attached_node") or "")
        if table is None or about.get("name") not in ("not_null", "relationships"):
            continue
        column = (about.get("kwargs") or {}).get("column_name") or node.get("column_name")
        config = node.get("config") or {}
        partial = (
            config.get("where")
            or config.get("limit")
            or str(config.get("severity", "error")).lower() != "error"
            or config.get("error_if", "!= 0") != "!= 0"
            or config.get("enabled") is False
        )
        if about["name"] == "not_null":
            if not partial:
                table.not_null.add(column)
            continue
        others = [name for name in node["depends_on"]["nodes"] if name != table.unique_id]
        parent = by_id.get(others[0]) if others else table
        if parent is None:
            continue
        key = Key(column, parent.name, about["kwargs"]["field"])
        if partial:
            table.remarks.append(
                f"{key.column} names {key.parent}.{key.parent_column}, though not in all rows"
            )
        elif parent.primary_key != [key.parent_column]:
            table.remarks.append(
                f"{key.column} names {key.parent}.{key.parent_column}, which is not its key"
            )
        elif parent.schema != table.schema:
            # DuckDB has no foreign keys between schemas.
            table.remarks.append(
                f"{key.column} names {key.parent}.{key.parent_column}, in another schema"
            )
        else:
            table.keys.append(key)


def ordered(tables: dict[str, Table]) -> list[Table]:
    """Return the tables so that a table follows those its foreign keys name.

    A key that names its own table, or closes a circle, can't be one: it becomes a remark.
    """
    for table in tables.values():
        give_up_keys(table, {table.name}, "which is this table")
    order: list[Table] = []
    waiting = dict(sorted(tables.items()))
    while waiting:
        ready = [t for t in waiting.values() if not any(key.parent in waiting for key in t.keys)]
        if not ready:
            table = next(t for t in waiting.values() if t.name in ancestors(t, waiting))
            circle = {t.name for t in waiting.values() if table.name in ancestors(t, waiting)}
            give_up_keys(table, circle, "which in turn names this table")
        for table in ready:
            order.append(waiting.pop(table.name))
    return order


def ancestors(table: Table, among: dict[str, Table]) -> set[str]:
    """Return the tables that `table` reaches through foreign keys, within `among`."""
    found: set[str] = set()
    open_tables = [table]
    while open_tables:
        for key in open_tables.pop().keys:
            if key.parent in among and key.parent not in found:
                found.add(key.parent)
                open_tables.append(among[key.parent])
    return found


def give_up_keys(table: Table, parents: set[str], why: str) -> None:
    """Turn the foreign keys of a table to some parents into remarks."""
    table.remarks += [
        f"{key.column} names {key.parent}.{key.parent_column}, {why}"
        for key in table.keys
        if key.parent in parents
    ]
    table.keys = [key for key in table.keys if key.parent not in parents]


def relations(connection: duckdb.DuckDBPyConnection, catalog: str) -> set[str]:
    """Return the `schema.table` names of all tables and views in the published schemas."""
    rows = connection.execute(
        "select table_schema || '.' || table_name from information_schema.tables "
        "where table_catalog = ? and list_contains(?, table_schema)",
        [catalog, list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    return {name for (name,) in rows}


def stored_relations(database: Path) -> set[str]:
    """Return the relations in the published schemas of a DuckDB file; none when it is absent."""
    if not database.exists():
        return set()
    with duckdb.connect(str(database), read_only=True) as connection:
        return relations(connection, database.stem)


def drop_stale(database: Path, before: set[str], manifest: dict[str, Any]) -> list[str]:
    """Drop from the built file what an earlier build published and the project no longer has.

    `before` is what the state file held. Returns the names; leaves no write-ahead log behind.
    """
    with open_warehouse(database) as connection:
        stale = sorted(
            (before & relations(connection, database.stem)) - set(published_tables(manifest))
        )
        for name in stale:
            (kind,) = connection.execute(
                "select table_type from information_schema.tables "
                "where table_catalog = ? and table_schema || '.' || table_name = ?",
                [database.stem, name],
            ).fetchone()
            connection.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {quote(name)}")
        for catalog in (database.stem, VAULT):
            connection.execute(f"force checkpoint {quote(catalog)}")
    return stale


def write_published(source: Path, target: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Write the published tables of `source` into the fresh file `target` and return its facts
    {"tables": n, "rows": n, "bytes": n}.

    Raises CdmError when a table is missing, is not allowed, or breaks one of its keys.
    """
    tables = published_tables(manifest)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        connection.execute(f"attach {literal(str(source))} (read_only)")
        check_allowed(tables, relations(connection, source.stem))
        connection.execute("set TimeZone = 'UTC'")
        set_hash_keys(connection)  # a view hashes when it is read
        connection.execute(
            f"attach {literal(str(target))} as publication "
            f"(storage_version {literal(STORAGE_VERSION)})"
        )
        connection.execute("begin")  # one, since each commit waits for the disk
        for schema in PUBLISHED_SCHEMAS:
            connection.execute(f"create schema publication.{quote(schema)}")
        rows = sum(write_table(connection, source.stem, table) for table in ordered(tables))
        connection.execute("commit")
        connection.execute("checkpoint publication")
        connection.execute("use memory")
        connection.execute("detach publication")
    except duckdb.Error as error:
        raise CdmError(f"Not published: {error}") from None
    finally:
        connection.close()
    target.with_name(target.name + ".wal").unlink(missing_ok=True)
    flush(target)
    return {"tables": len(tables), "rows": rows, "bytes": target.stat().st_size}


def check_allowed(tables: dict[str, Table], found: set[str]) -> None:
    """Stop when the file and the manifest disagree on what there is to publish."""
    unknown, missing = sorted(found - set(tables)), sorted(set(tables) - found)
    if unknown:
        raise CdmError(
            f"Not published: {', '.join(unknown)} is in a published schema, but no model makes it. "
            "Move it to another schema, or give it a model with its contract."
        )
    if missing:
        raise NotBuiltYet(
            f"Not published: {', '.join(missing)} has not been built yet. Run a whole `cdm build`."
        )


def write_table(connection: duckdb.DuckDBPyConnection, catalog: str, table: Table) -> int:
    """Create one published table with its constraints, rows and comments; return its row count."""
    table.columns = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = ? and schema_name || '.' || table_name = ? order by column_index",
        [catalog, table.name],
    ).fetchall()
    names = [name for name, _ in table.columns]
    source = f"{quote(catalog)}.{quote(table.name)}"
    [(count,)] = connection.execute(f"select count(*) from {source}").fetchall()
    if count > MOST_ROWS_WITH_FOREIGN_KEYS:
        give_up_keys(table, {key.parent for key in table.keys}, "left out for the table's size")
    required = table.not_null | set(table.primary_key)
    parts = [
        f"{quote(name)} {kind}{' not null' if name in required else ''}"
        for name, kind in table.columns
    ]
    if table.primary_key:
        parts.append(f"primary key ({', '.join(map(quote, table.primary_key))})")
    parts += [
        f"foreign key ({quote(key.column)}) "
        f"references {quote(key.parent)} ({quote(key.parent_column)})"
        for key in table.keys
    ]
    target = "publication." + quote(table.name)
    connection.execute("use publication")
    try:
        connection.execute(f"create table {target} ({', '.join(parts)})")
        order = ", ".join(quote(name) for name in (table.primary_key or names))
        connection.execute(
            f"insert into {target} select {', '.join(map(quote, names))} "
            f"from {source} order by {order}"
        )
        remarks = "".join(f"\nNo foreign key: {remark}." for remark in table.remarks)
        comment(connection, f"table {target}", table.description + remarks)
        for name in names:
            comment(
                connection,
                f"column {target}.{quote(name)}",
                table.column_descriptions.get(name, ""),
            )
    except duckdb.Error as error:
        raise CdmError(f"Not published: {table.name}: {error}") from None
    return int(count)


def comment(connection: duckdb.DuckDBPyConnection, thing: str, text: str) -> None:
    """Set the comment of a table or column, if there is one."""
    if text.strip():
        connection.execute(f"comment on {thing} is {literal(text.strip())}")


def replace_published(part: Path, published: Path) -> None:
    """Put the new file in the place of the old one; who has the old one open keeps it."""
    os.replace(part, published)
    flush(published.parent)

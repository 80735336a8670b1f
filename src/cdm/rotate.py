"""The command `cdm keys`: another key for the vault's file, another one for keyed hashes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import duckdb

from cdm import database, keys
from cdm.build import read_json
from cdm.database import open_warehouse
from cdm.files import CdmError, Warehouse, copy, in_use, locked, move, remove, vault_of
from cdm.project import Project, prepare_environment
from cdm.records import plural

NEW_VAULT_KEY, NEW_HASH_KEY = "CDM_NEW_VAULT_KEY", "CDM_NEW_HASH_KEY"
REGISTRY = "resolve.int_identity__registry"
HASHED_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")  # a record's id that is a hash


@dataclass
class Renamed:
    """What a change of the hash key did: rows of the registry with a new name, records of it that
    no raw row tells of any more, and lines of policies, as `file: line`, that were written anew or
    name a record that nothing is known of."""

    rows: int = 0
    unknown: int = 0
    policies: list[str] = field(default_factory=list)
    unknown_policies: list[str] = field(default_factory=list)


def new_key(variable: str) -> str:
    """Return the key to change to. Raises CdmError where none is set."""
    key = os.environ.get(variable, "")
    if not key:
        raise CdmError(f"Set {variable} to the key to change to; the old one stays where it is.")
    return key


def check_nobody_works(warehouse: Warehouse) -> None:
    """Raise CdmError where there is nothing to change yet, or another program has it open."""
    if not warehouse.state.exists():
        raise CdmError("Nothing has been built yet: simply set the key and build.")
    if in_use(warehouse.state) or in_use(warehouse.build):
        raise CdmError("Another program has the warehouse open. Close it and try again.")


def rotate_vault_key(project: Project) -> None:
    """Write the vault's file, and what legal holds keep, anew under CDM_NEW_VAULT_KEY.

    A change that was cut off is ended by calling this again: what is under the new key already is
    left as it is. Raises CdmError where the old key is wrong or no new one is set.
    """
    prepare_environment(project)
    warehouse, key = project.warehouse, new_key(NEW_VAULT_KEY)
    with locked(warehouse, "cdm keys rotate-vault"):
        check_nobody_works(warehouse)
        if not opens_with(vault_of(warehouse.state), key):
            database.rewrite(warehouse.state, key)
        folder = warehouse.root / "erasure"
        if not opens_with(folder / database.HELD_FILE, key):
            rows = database.read_held(folder)
            database.write_held(folder, tuple(rows[0]), rows, key)
        for left in (warehouse.failed, warehouse.build):  # they are under the old key
            remove(left)


def opens_with(file: Path, key: str) -> bool:
    """Say whether a file is encrypted with this key; an absent one needs no other."""
    return not file.exists() or (database.is_encrypted(file) and database.fits(file, key))


def rotate_hash_key(project: Project) -> Renamed:
    """Prepare the state for CDM_NEW_HASH_KEY: the ids of records that are hashes get their new
    names in the registry of persons and in policies, and what holds other hashes is dropped for the
    next build to make anew from the raw rows, which the vault keeps in clear.

    Raises CdmError when the old key is not the one of the last build.
    """
    prepare_environment(project)
    warehouse, secret = project.warehouse, new_key(NEW_HASH_KEY)
    old = keys.secret_of(keys.HASH)
    with locked(warehouse, "cdm keys rotate-hash"):
        check_nobody_works(warehouse)
        database.check_hash_key(warehouse.state)
        manifest = read_json(warehouse.manifest)
        scratch = warehouse.root / "rotating" / warehouse.state.name
        remove(scratch)
        copy(warehouse.state, scratch)
        try:
            names = new_names(scratch, manifest, old, secret)
            renamed = rename_records(scratch, manifest, names)
            drop_hashes(scratch, manifest)
            database.note_hash_key(scratch, secret)
            database.rewrite(scratch)
            # Before the state: where this is cut off, a second call finds them done.
            rename_in_policies(project.root / "seeds" / "policy", names, renamed)
            move(scratch, warehouse.state)
        finally:
            remove(scratch)
            scratch.parent.rmdir()
        for left in (warehouse.failed, warehouse.build):
            remove(left)
    return renamed


def new_names(path: Path, manifest: dict[str, Any], old: str, new: str) -> dict[str, str]:
    """Return the new name of each record's id that is a keyed hash, by the one it had."""
    with open_warehouse(path, read_only=True) as connection:
        return {
            keys.hashed(value, old)[:32]: keys.hashed(value, new)[:32]
            for table, column in hashed_columns(manifest)
            for (value,) in connection.execute(
                f'select distinct "{column}" from staging."{table}" where "{column}" is not null'
            ).fetchall()
        }


def rename_in_policies(folder: Path, names: dict[str, str], renamed: Renamed) -> None:
    """Give records their new names in the policies, which people wrote, and note which lines. One
    that names a record of which no raw row is left is noted and stays as it is."""
    known = {*names, *names.values()}
    for path in sorted(folder.glob("*.csv")):
        before = path.read_text(encoding="utf-8")
        after = HASHED_ID.sub(lambda found: names.get(found[0], found[0]), before)
        lines = zip(before.splitlines(), after.splitlines(), strict=True)
        for number, (was, is_now) in enumerate(lines, start=1):
            place = f"{path.name}: line {number}"
            if was != is_now:
                renamed.policies.append(place)
            if not known.issuperset(HASHED_ID.findall(was)):
                renamed.unknown_policies.append(place)
        if after != before:
            part = path.with_suffix(".part")
            part.write_text(after, encoding="utf-8")
            os.replace(part, path)


def rename_records(path: Path, manifest: dict[str, Any], names: dict[str, str]) -> Renamed:
    """Give records whose ids are keyed hashes their new names, wherever a table that no build makes
    anew names them: in the registry of persons and in other memories."""
    with open_warehouse(path) as connection:
        changed = 0
        for table in sorted(kept_tables(manifest)):
            for (column,) in connection.execute(
                "select column_name from information_schema.columns where data_type = 'VARCHAR' "
                "and table_schema || '.' || table_name = ?",
                [table],
            ).fetchall():
                count = rename_column(connection, table, column, names)
                changed += count if table == REGISTRY else 0
        [(unknown,)] = connection.execute(
            f"select count(distinct record_key) from {REGISTRY} where to_run is null "
            "and regexp_matches(record_key, ':[0-9a-f]{32}(:|$)') and not list_has_any(?, "
            "regexp_extract_all(record_key, '[0-9a-f]{32}'))",
            [list(names.values())],
        ).fetchall()
    return Renamed(changed, int(unknown))


def rename_column(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, names: dict[str, str]
) -> int:
    """Replace hashes by their new names in one column; return how many rows changed."""
    found = connection.execute(
        f"select distinct \"{column}\" from {table} "
        f"where regexp_matches(\"{column}\", '(^|:)[0-9a-f]{{32}}(:|$)')"
    ).fetchall()
    changes = [
        (value, renamed)
        for (value,) in found
        if (renamed := ":".join(names.get(part, part) for part in value.split(":"))) != value
    ]
    if not changes:
        return 0
    connection.execute("create or replace temp table renamed (old_name varchar, new_name varchar)")
    connection.executemany("insert into renamed values (?, ?)", changes)
    [(count,)] = connection.execute(
        f'update {table} set "{column}" = new_name from renamed where "{column}" = old_name'
    ).fetchall()
    return int(count)


def kept_tables(manifest: dict[str, Any]) -> set[str]:
    """Return `schema.table` of the models that no build makes anew (`full_refresh: false`)."""
    return {
        f"{node['schema']}.{node['alias']}"
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["config"].get("full_refresh") is False
    }


def hashed_columns(manifest: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (staging table, column) of each vendor's id that is a hash of the address, which is
    hashed once more before it names a record."""
    return [
        (f"stg_{source['source_name']}__{source['name']}", name)
        for source in manifest["sources"].values()
        for name, column in source["columns"].items()
        if (column.get("config", {}).get("meta", {}) or column.get("meta", {})).get("erase_by")
        == "email_md5"
    ]


def drop_hashes(path: Path, manifest: dict[str, Any]) -> None:
    """Drop what the next build makes anew from the raw rows: all tables of the models behind
    staging, with their working tables. What a build can't make anew stays."""
    models = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    kept = kept_tables(manifest)
    schemas = sorted({node["schema"] for node in models} - {"staging"})
    with open_warehouse(path) as connection:
        for catalog, schema, name, kind in connection.execute(
            "select table_catalog, table_schema, table_name, table_type "
            "from information_schema.tables where list_contains(?, table_schema)",
            [schemas],
        ).fetchall():
            if f"{schema}.{name}" not in kept:
                word = "view" if kind == "VIEW" else "table"
                connection.execute(f'drop {word} {catalog}.{schema}."{name}"')


@click.group(name="keys")
def keys_group() -> None:
    """Change the key of the vault's file or that of keyed hashes."""


@keys_group.command(name="rotate-vault")
@click.pass_context
def rotate_vault(context: click.Context) -> None:
    """Encrypt the vault's file with CDM_NEW_VAULT_KEY instead of CDM_VAULT_KEY."""
    rotate_vault_key(context.obj)
    click.echo(f"Done. From now on CDM_VAULT_KEY is what {NEW_VAULT_KEY} was.")


@keys_group.command(name="rotate-hash")
@click.pass_context
def rotate_hash(context: click.Context) -> None:
    """Go over from CDM_HASH_KEY to CDM_NEW_HASH_KEY; ids of persons stay."""
    project: Project = context.obj
    renamed = rotate_hash_key(project)
    click.echo(f"Renamed: {plural(renamed.rows, 'row')} of the registry of persons.")
    for place in renamed.policies:
        click.echo(f"Renamed in seeds/policy/{place}.")
    for place in renamed.unknown_policies:
        click.echo(
            f"seeds/policy/{place} names a record of which no raw row is left; it has the old name."
        )
    if renamed.unknown:
        click.echo(
            f"Of {plural(renamed.unknown, 'record')} no raw row is left; a record of that name "
            "that comes again is somebody new, unless another record says who it is."
        )
    click.echo(f"From now on CDM_HASH_KEY is what {NEW_HASH_KEY} was. Build with it next.")
    if (project.warehouse.root / "erasure" / "identifiers.csv").exists():
        click.echo(
            "People were erased here: keep the key that is set now as CDM_ERASURE_KEY, "
            "or they would come back."
        )

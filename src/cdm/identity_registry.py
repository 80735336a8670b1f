"""Save and restore the registry of person ids, the one table that cannot be built from exports."""

from __future__ import annotations

from pathlib import Path

import duckdb

from cdm.database import VAULT, open_warehouse
from cdm.files import CdmError, Warehouse, copy, in_use, locked, move, remove

SCHEMA, TABLE = f"{VAULT}.resolve", "int_identity__registry"
COLUMNS = {
    "record_key": "varchar",
    "person_id": "varchar",
    "from_run": "integer",
    "from_at": "timestamp",
    "to_run": "integer",
    "to_at": "timestamp",
}
FORMATS = {"parquet": "(format parquet)", "csv": "(format csv, header true)"}
# Each selects a reason why the rows can be no registry.
RULES = {
    "a row without record, person or run": (
        "select 1 from given where record_key is null or person_id is null or from_run is null"
        " or from_at is null or (to_run is null) <> (to_at is null) or to_run <= from_run"
    ),
    "a record that is two persons at once": (
        "select 1 from given as one inner join given as other"
        " on one.record_key = other.record_key"
        " and one.from_run < coalesce(other.to_run, 2147483647)"
        " and other.from_run < coalesce(one.to_run, 2147483647)"
        " and (one.person_id, one.from_run) < (other.person_id, other.from_run)"
    ),
    "a row that stands twice": (
        "select 1 from given group by record_key, person_id, from_run having count(*) > 1"
    ),
}


def has_registry(connection: duckdb.DuckDBPyConnection) -> bool:
    """Say whether the open database has the table."""
    return bool(
        connection.execute(
            "select 1 from information_schema.tables "
            "where table_catalog || '.' || table_schema = ? and table_name = ?",
            [SCHEMA, TABLE],
        ).fetchone()
    )


def export_registry(warehouse: Warehouse, folder: Path, file_format: str) -> tuple[Path, int]:
    """Write the registry of the last build that passed into a folder; returns file and row count.

    The rows are in a fixed order, so that two exports of one registry are the same bytes. Raises
    CdmError when nothing was built yet.
    """
    if not warehouse.state.exists():
        raise CdmError("There is no registry yet: nothing has been built. Run `cdm build`.")
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"identity_registry.{file_format}"
    part = target.with_name(target.name + ".tmp")
    with open_warehouse(warehouse.state, read_only=True) as connection:
        if not has_registry(connection):
            raise CdmError("The last build made no registry. Run `cdm build`, then export again.")
        path = str(part).replace("'", "''")
        (count,) = connection.execute(
            f"copy (select {', '.join(COLUMNS)} from {SCHEMA}.{TABLE}"
            f" order by record_key, from_run, person_id) to '{path}' {FORMATS[file_format]}"
        ).fetchone()
    part.replace(target)
    return target, count


def registry_file(folder: Path) -> Path:
    """Return the one exported registry in a folder; raises CdmError unless there is just one."""
    found = [path for path in (folder / f"identity_registry.{kind}" for kind in FORMATS)
             if path.exists()]  # fmt: skip
    if len(found) != 1:
        raise CdmError(
            f"{folder} has {len(found)} files identity_registry.parquet or .csv; it must have one. "
            "`cdm identity export` writes it."
        )
    return found[0]


def import_registry(warehouse: Warehouse, folder: Path, replace: bool) -> int:
    """Make an exported registry the one that the next build goes on from; returns its rows.

    The state file appears with it whole or stays as it is. Raises CdmError when the file is no
    registry, and when there is one already and `replace` is false.
    """
    source = registry_file(folder)
    scratch = warehouse.root / "import" / warehouse.state.name
    with locked(warehouse, "cdm identity import"):
        if in_use(warehouse.state) or in_use(warehouse.build):
            raise CdmError("Another program has the warehouse open. Close it and try again.")
        remove(scratch)
        scratch.parent.mkdir(parents=True, exist_ok=True)
        if warehouse.state.exists():
            copy(warehouse.state, scratch)
        try:
            count = fill_registry(scratch, source, replace)
            move(scratch, warehouse.state)
        finally:
            remove(scratch)
            scratch.parent.rmdir()
        remove(warehouse.build)  # what a plain dbt build would go on from
    return count


def fill_registry(database: Path, source: Path, replace: bool) -> int:
    """Write the registry in `source` into a database, after looking at each row."""
    reader = "read_parquet" if source.suffix == ".parquet" else "read_csv"
    columns = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in COLUMNS.items())
    with open_warehouse(database) as connection:
        if has_registry(connection) and not replace:
            (standing,) = connection.execute(f"select count(*) from {SCHEMA}.{TABLE}").fetchone()
            if standing:
                raise CdmError(
                    f"There is a registry of {standing:,} rows already. To lose it and the ids "
                    "that only it knows, add --replace; to keep a copy, export it first."
                )
        try:
            connection.execute(
                f"create temp table given as select {columns} from {reader}(?)", [str(source)]
            )
        except duckdb.Error as error:
            raise CdmError(f"{source} is no registry: {error}") from None
        for said, rule in RULES.items():
            if connection.execute(f"{rule} limit 1").fetchone():
                raise CdmError(f"{source} is no registry: it has {said}. Nothing was changed.")
        connection.execute(f"create schema if not exists {SCHEMA}")
        connection.execute(f"create or replace table {SCHEMA}.{TABLE} as select * from given")
        # Without the memory of what was looked at, the next build looks at every record.
        connection.execute(f"drop table if exists {SCHEMA}.int_identity__changed")
        (count,) = connection.execute("select count(*) from given").fetchone()
        connection.execute(f"checkpoint {VAULT}")
    return count

"""With how many threads DuckDB computes a build, where CDM_DUCKDB_THREADS does not say it.

A thread of DuckDB's that waits for the last piece of another one's work does not sleep but turns,
so threads for which there is no work cost processor time and bring none (decision 0255).
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
from dbt.flags import get_flags
from duckdb import DuckDBPyConnection

from cdm.database import VAULT
from cdm.landing import fingerprint

SMALL_EXPORTS = 8 * 1024 * 1024  # bytes; four times the demo
SMALL_WAREHOUSE = 256 * 1024 * 1024  # bytes; three times the demo's
LITTLE = 0.25  # of what the last build wrote
MODELS_AT_ONCE = 2  # as profiles/profiles.yml has it


def set_threads(connection: DuckDBPyConnection, warehouse: Path) -> None:
    """Give DuckDB the threads that are of use to a build in the file `warehouse`, whose vault is
    attached. How much stands in a loader's tables is not known, so there it keeps its own."""
    if os.environ.get("CDM_SOURCES", "files") == "tables":
        return
    is_anew = bool(getattr(get_flags(), "FULL_REFRESH", False))
    exports = Path(os.environ.get("CDM_EXPORTS") or "demo/exports").expanduser()
    to_read = bytes_to_read(exports, {} if is_anew else files_read(connection))
    built = sum(path.stat().st_size for path in warehouse.parent.rglob("*") if path.is_file())
    [(cores,)] = connection.execute("select current_setting('threads')").fetchall()
    threads = useful_threads(cores, models_at_once(), to_read, built, is_anew)
    connection.execute(f"set threads = {threads}")


def useful_threads(
    cores: int, models_at_once: int, to_read: int, built: int, is_anew: bool = False
) -> int:
    """Return how many threads are of use on a machine of so many cores, where dbt builds so many
    models at once, so many bytes of exports are yet to be read and the last build wrote so many.
    `is_anew` says that nothing of it stands."""
    if to_read <= SMALL_EXPORTS and built <= SMALL_WAREHOUSE:
        return 1
    if is_anew or to_read > max(SMALL_EXPORTS, LITTLE * built):
        return cores
    return max(1, cores // models_at_once)


def bytes_to_read(exports: Path, known: dict[str, str]) -> int:
    """Return how many bytes the files of a folder have that are not `known` as they are."""
    return sum(
        path.stat().st_size
        for path in exports.rglob("*")
        if path.is_file() and known.get(path.relative_to(exports).as_posix()) != fingerprint(path)
    )


def files_read(connection: DuckDBPyConnection) -> dict[str, str]:
    """Return the fingerprints, by name, of the files whose rows stand from build to build."""
    try:
        rows = connection.execute(f"select file_name, fingerprint from {VAULT}.staging.landed_file")
    except duckdb.CatalogException:
        return {}
    return dict(rows.fetchall())


def models_at_once() -> int:
    """Return how many models dbt builds at the same time, by its option or the environment."""
    option = getattr(get_flags(), "THREADS", None)
    return int(option or os.environ.get("CDM_THREADS") or MODELS_AT_ONCE)

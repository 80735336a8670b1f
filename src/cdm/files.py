"""The files of a warehouse folder, and how they are copied, replaced and locked.

    state/cdm.duckdb       what the next build starts from: the last build that passed
    build/cdm.duckdb       the build under way
    failed/cdm.duckdb      the last build that did not pass, kept to look at
    published/cdm.duckdb   what readers open
    runs/*.json            one record a run
    lock                   held while a build or a publication runs

Every file keeps the base name cdm.duckdb, because DuckDB's views store the name of their file.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DATABASE = "cdm.duckdb"


class CdmError(Exception):
    """Something the operator has to know or to do; its text is the whole message."""


@dataclass(frozen=True)
class Warehouse:
    """The paths of one warehouse folder."""

    root: Path

    @property
    def state(self) -> Path:
        return self.root / "state" / DATABASE

    @property
    def manifest(self) -> Path:
        """dbt's description of what is in the state file."""
        return self.root / "state" / "manifest.json"

    @property
    def build(self) -> Path:
        return self.root / "build" / DATABASE

    @property
    def failed(self) -> Path:
        return self.root / "failed" / DATABASE

    @property
    def published(self) -> Path:
        return self.root / "published" / DATABASE

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def lock(self) -> Path:
        return self.root / "lock"


def log_of(database: Path) -> Path:
    """Return the path of a DuckDB file's write-ahead log, which holds what is not in it yet."""
    return database.with_name(database.name + ".wal")


def remove(database: Path) -> None:
    """Delete a DuckDB file with its log; absent ones are fine. The log goes first: a log without
    its file would be replayed into the next file of that name."""
    log_of(database).unlink(missing_ok=True)
    database.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copy a DuckDB file and its log, so that `target` appears whole or not at all.

    Where the file system can share blocks (XFS, Btrfs and others) no data is copied.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    remove(target)
    if log_of(source).exists():
        copy_bytes(log_of(source), log_of(target))
    part = target.with_name(target.name + ".part")
    copy_bytes(source, part)
    os.replace(part, target)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy one file inside the kernel where that is possible."""
    with source.open("rb") as reader, target.open("wb") as writer:
        left = os.fstat(reader.fileno()).st_size
        try:
            while left > 0:
                done = os.copy_file_range(reader.fileno(), writer.fileno(), left)
                if done == 0:
                    break
                left -= done
        except (AttributeError, OSError):
            left = -1
    if left != 0:
        shutil.copyfile(source, target)


def move(source: Path, target: Path) -> None:
    """Put a closed DuckDB file in the place of another: durable, and never half there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    flush(source)
    log_of(target).unlink(missing_ok=True)
    if log_of(source).exists():
        os.replace(log_of(source), log_of(target))
    os.replace(source, target)
    flush(target.parent)


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def in_use(database: Path) -> bool:
    """Say whether another process has the DuckDB file open for writing or reading."""
    if not database.exists():
        return False
    with database.open("rb+") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.lockf(handle, fcntl.LOCK_UN)
    return False


def start_from_state(build: Path) -> None:
    """Copy the state file to the build's place when there is no build yet, for plain dbt.

    A path that is not `…/build/…` belongs to another layout and is left alone.
    """
    state = build.parent.parent / "state" / build.name
    if build.parent.name == "build" and not build.exists() and state.exists():
        copy(state, build)


@contextlib.contextmanager
def locked(warehouse: Warehouse, purpose: str) -> Iterator[None]:
    """Hold the warehouse's lock; the kernel gives it back when the process ends, however it ends.

    Raises CdmError naming the process that holds it.
    """
    warehouse.root.mkdir(parents=True, exist_ok=True)
    with warehouse.lock.open("a+", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CdmError(busy_message(warehouse)) from None
        handle.truncate(0)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        json.dump({"purpose": purpose, "pid": os.getpid(), "started": started}, handle)
        handle.flush()
        try:
            yield
        finally:
            handle.truncate(0)


def lock_holder(warehouse: Warehouse) -> dict[str, str] | None:
    """Return purpose, pid and start of the process that holds the lock, or None if nobody does."""
    if not warehouse.lock.exists():
        return None
    with warehouse.lock.open("r", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            text = handle.read()
            unknown = {"purpose": "another command", "pid": "?", "started": "?"}
            return json.loads(text) if text else unknown
    return None


def busy_message(warehouse: Warehouse) -> str:
    """Say who is at work, for the one who has to wait."""
    holder = lock_holder(warehouse) or {"purpose": "another command", "pid": "?", "started": "?"}
    return (
        f"`{holder['purpose']}` is at work in {warehouse.root}: process {holder['pid']}, "
        f"started {holder['started']}. Wait until it ends, or set CDM_WAREHOUSE to another folder."
    )

"""The files of a warehouse folder, and how they are copied, replaced and locked.

    state/       what the next build starts from: the last build that passed
    build/       the build under way
    failed/      the last build that did not pass, kept to look at
    published/   what readers open
    runs/*.json  one record a run
    lock         held while a build or a publication runs

Each of the first three holds a database of two files: cdm.duckdb, and beside it cdm_vault.duckdb
with all that may hold somebody's name in clear. `copy`, `move` and `remove` take the path of the
first and treat the two as one. published/ holds cdm.duckdb alone. The files keep their names
everywhere, because DuckDB's views store the name of their file.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

DATABASE = "cdm.duckdb"
MOVE_NOTE = "being_moved"  # stands beside files of which some may be the old and some the new ones
LONGEST_MOVE = 30.0  # seconds that a reader waits for another process to put two files in place


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


def vault_of(database: Path) -> Path:
    """Return the path of the vault's file of a database."""
    return database.with_name(f"{database.stem}_vault{database.suffix}")


def pair(database: Path) -> tuple[Path, Path]:
    """Return the two files of a database, the one that says that both are there last."""
    return vault_of(database), database


def private_folder(path: Path) -> None:
    """Make a folder that its owner alone can enter; one that is there keeps its rights."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)


def remove(database: Path) -> None:
    """Delete a database with its logs; absent files are fine. A log goes before its file: without
    it, it would be replayed into the next file of that name."""
    for file in reversed(pair(database)):
        log_of(file).unlink(missing_ok=True)
        file.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copy a database and its logs, so that `target` appears whole or not at all.

    Where the file system can share blocks (XFS, Btrfs and others) no data is copied.
    """
    private_folder(target.parent)
    remove(target)
    for old, new in zip(pair(source), pair(target), strict=True):
        if not old.exists():
            continue
        if log_of(old).exists():
            copy_bytes(log_of(old), log_of(new))
        part = new.with_name(new.name + ".part")
        copy_bytes(old, part)
        os.replace(part, new)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy one file with its rights, inside the kernel where that is possible."""
    with source.open("rb") as reader, target.open("wb") as writer:
        os.fchmod(writer.fileno(), os.fstat(reader.fileno()).st_mode & 0o777)
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
    """Put a closed database in the place of another: durable, and never half there.

    The two files can't be renamed at once. A note in the target's folder says that they are being
    moved; whoever comes next after a crash in between moves what is left (`finish_move`).
    """
    private_folder(target.parent)
    for file in pair(source):
        if file.exists():
            flush(file)
    files = [file.name for file in pair(source) if file.exists()]
    note = target.parent / MOVE_NOTE
    part = note.with_name(note.name + ".part")
    part.write_text(json.dumps({"from": str(source.resolve().parent), "files": files}))
    flush(part)
    os.replace(part, note)
    flush(note.parent)
    finish_move(target)


def finish_move(target: Path) -> None:
    """Move what a note in the target's folder says is to be moved; nothing where there is none."""
    note = target.parent / MOVE_NOTE
    if not note.exists():
        return
    said = json.loads(note.read_text(encoding="utf-8"))
    for new in pair(target):
        old = Path(said["from"]) / new.name
        if new.name not in said["files"]:
            log_of(new).unlink(missing_ok=True)
            new.unlink(missing_ok=True)
        elif old.exists():
            log_of(new).unlink(missing_ok=True)
            if log_of(old).exists():
                os.replace(log_of(old), log_of(new))
            os.replace(old, new)
    flush(target.parent)
    note.unlink()


def settle(database: Path) -> None:
    """Make sure that the two files of a database belong together before it is opened.

    Where a move was cut off it is finished; where one is under way, this waits for its end. Raises
    CdmError when that takes too long.
    """
    waited = 0.0
    while (database.parent / MOVE_NOTE).exists():
        try:
            with locked(Warehouse(database.parent.parent), "finishing a move of files"):
                pass  # whoever takes the lock finishes it
        except CdmError:
            if waited >= LONGEST_MOVE:
                raise
            time.sleep(0.05)
            waited += 0.05


def flush(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def in_use(database: Path) -> bool:
    """Say whether another process has a file of the database open for writing or reading."""
    for file in pair(database):
        if not file.exists():
            continue
        with file.open("rb+") as handle:
            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
            fcntl.lockf(handle, fcntl.LOCK_UN)
    return False


@contextlib.contextmanager
def locked(warehouse: Warehouse, purpose: str) -> Iterator[None]:
    """Hold the warehouse's lock; the kernel gives it back when the process ends, however it ends.
    What an earlier holder was moving when it was killed is moved first.

    Raises CdmError naming the process that holds it, or why the folder can't be used.
    """
    try:
        warehouse.root.mkdir(parents=True, exist_ok=True)
        lock = warehouse.lock.open("a+", encoding="utf-8")
    except OSError as error:
        raise CdmError(
            f"{warehouse.root} can't be the warehouse ({error.strerror}: {error.filename}). "
            "Set CDM_WAREHOUSE to a folder that this user may write into."
        ) from None
    with lock as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CdmError(busy_message(warehouse)) from None
        handle.truncate(0)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        json.dump({"purpose": purpose, "pid": os.getpid(), "started": started}, handle)
        handle.flush()
        try:
            for database in (warehouse.state, warehouse.failed):
                finish_move(database)
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

"""How the two files of a database are opened as one, and how the vault's file is encrypted.

Schemas that may hold somebody's name, address or number in clear stand in the vault's file: raw
rows (staging), what is worked out of them (intake, resolve) and the vault itself. All else stands
in cdm.duckdb. With CDM_VAULT_KEY set, the vault's file is encrypted (AES-GCM by DuckDB); the key
itself stands in no file, SQL text or message of this project.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from cdm.files import (
    CdmError,
    Warehouse,
    copy,
    flush,
    log_of,
    move,
    pair,
    private_folder,
    remove,
    settle,
    vault_of,
)
from cdm.keys import ERASURE, HASH, fingerprint, row_salt, secret_of, set_hash_keys

VAULT = "cdm_vault"  # the name of the vault's file in SQL, as the macro `vault_database` has it
VAULT_SCHEMAS = ("staging", "intake", "resolve", "vault")
STORAGE_VERSION = "v1.4.0"  # as in the profile
CONFIG = {
    "autoinstall_known_extensions": "false",
    "storage_compatibility_version": STORAGE_VERSION,
}
KEY_VARIABLE = "CDM_VAULT_KEY"
HELD, HELD_FILE = "cdm_held", "held.duckdb"  # what a legal hold keeps; see cdm.erasure


def vault_key() -> str:
    """Return the key of the vault's file; empty where it is not to be encrypted."""
    return os.environ.get(KEY_VARIABLE, "")


def quoted(text: str | Path) -> str:
    """Return text as a SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def is_encrypted(file: Path) -> bool:
    """Say whether a DuckDB file is encrypted: the first flag of its header says so."""
    with file.open("rb") as reader:
        header = reader.read(21)
    return header[8:12] == b"DUCK" and bool(header[20] & 1)


def load_encryption(connection: DuckDBPyConnection) -> None:
    """Load the extension without which DuckDB writes no encrypted file: from the Python package of
    the extra `vault`, else from where `install httpfs` has put it. Raises CdmError."""
    [(version,)] = connection.execute("select library_version from pragma_version()").fetchall()
    package = importlib.util.find_spec("duckdb_extension_httpfs")
    name = "httpfs"
    for folder in (package and package.submodule_search_locations) or []:
        file = Path(folder) / "extensions" / version / "httpfs.duckdb_extension"
        name = quoted(file) if file.exists() else name
    try:
        connection.execute(f"load {name}")
        connection.execute("set temp_file_encryption = true")
    except duckdb.Error:
        raise CdmError(
            f"{KEY_VARIABLE} is set, but DuckDB {version} can't encrypt without its extension "
            "httpfs. Install it: .venv/bin/pip install -e '.[vault]' in the project's folder "
            "(DuckDB 1.5.5), or once "
            '`install httpfs` in DuckDB, as in python -c "import duckdb; '
            "duckdb.sql('install httpfs')\"."
        ) from None


def attach(
    connection: DuckDBPyConnection, file: Path, name: str, read_only: bool, key: str
) -> None:
    """Attach a DuckDB file, encrypted where a key is given. Raises CdmError on a wrong key; no
    message repeats the statement, in which the key stands."""
    options = [f"storage_version {quoted(STORAGE_VERSION)}"] * (not read_only)
    options += ["read_only"] * read_only + [f"encryption_key {quoted(key)}"] * bool(key)
    try:
        connection.execute(f"attach {quoted(file)} as {name} ({', '.join(options)})")
    except duckdb.Error as error:
        if "encryption key" in str(error):
            raise CdmError(
                f"{file} can't be opened: {KEY_VARIABLE} is not the key it was encrypted with. Set "
                "the right one. Without it nothing in the file can be read; the exports can be "
                "built anew in another CDM_WAREHOUSE."
            ) from None
        said = str(error).partition("\n")[0].replace(quoted(key) if key else "\0", "'…'")
        raise CdmError(f"{file} can't be opened: {said}") from None


def key_of(file: Path) -> str:
    """Return the key to open a file with: none where it is not encrypted, that of the environment
    where it is or is yet to be made. Raises CdmError where the key is missing."""
    if not file.exists():
        return vault_key()
    if not is_encrypted(file):
        return ""
    if not vault_key():
        raise CdmError(f"{file} is encrypted. Set {KEY_VARIABLE} to the key it was encrypted with.")
    return vault_key()


def attach_vault(connection: DuckDBPyConnection, database: Path, read_only: bool) -> None:
    """Attach the vault's file of a database as `cdm_vault`, and make it if there is none.

    A file that is not encrypted is opened without a key even where one is set: who only reads
    changes nothing, and a build brings it under the key first (`prepare`).
    Raises CdmError where the key is missing or wrong.
    """
    file = vault_of(database)
    key = key_of(file)
    if key:
        load_encryption(connection)
    attach(connection, file, VAULT, read_only, key)
    if not read_only:
        file.chmod(0o600)


def attach_held(connection: DuckDBPyConnection, folder: Path) -> None:
    """Attach the file of what legal holds keep as `cdm_held`; an absent one has no rows."""
    file = folder / HELD_FILE
    if not file.exists():
        return
    if key := key_of(file):
        load_encryption(connection)
    attach(connection, file, HELD, True, key)


def read_held(folder: Path) -> list[dict[str, str]]:
    """Return what legal holds keep, one row a hold."""
    if not (folder / HELD_FILE).exists():
        return []
    with duckdb.connect(config=CONFIG) as connection:
        attach_held(connection, folder)
        answer = connection.execute(f"from {HELD}.held order by rowid")
        names = [column[0] for column in answer.description or []]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def write_held(
    folder: Path, columns: tuple[str, ...], rows: list[dict[str, str]], key: str | None = None
) -> None:
    """Write what legal holds keep, under the key that is set or given; a reader sees all or
    nothing. Without a row there is no file."""
    key = vault_key() if key is None else key
    if not rows:
        (folder / HELD_FILE).unlink(missing_ok=True)
        return
    private_folder(folder)
    file = folder / HELD_FILE
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    with duckdb.connect(config=CONFIG) as connection:
        if key:
            load_encryption(connection)
        attach(connection, part, HELD, False, key)
        part.chmod(0o600)
        listed = ", ".join(f"{name} varchar" for name in columns)
        connection.execute(f"create table {HELD}.held ({listed})")
        connection.executemany(
            f"insert into {HELD}.held values ({', '.join('?' for _ in columns)})",
            [[row[name] for name in columns] for row in rows],
        )
        connection.execute(f"checkpoint {HELD}")
    flush(part)
    os.replace(part, file)
    flush(folder)


def open_warehouse(database: Path, read_only: bool = False) -> DuckDBPyConnection:
    """Open a database with its vault, so that any table is found as `schema.table`, with the hash
    keys set. One without a vault's file, as the published one is, can be read as it is.

    Raises CdmError where the vault's key is missing or wrong.
    """
    settle(database)
    connection = duckdb.connect(str(database), read_only=read_only, config=CONFIG)
    try:
        set_hash_keys(connection)
        if not read_only or vault_of(database).exists():
            attach_vault(connection, database, read_only)
            find_vault_schemas(connection)
            set_hash_keys(connection, noted(connection, "row_salt"))
    except BaseException:
        connection.close()
        raise
    return connection


def find_vault_schemas(connection: DuckDBPyConnection) -> None:
    """Let names such as `resolve.x` be looked up in the vault's file, whose schemas they are."""
    schemas = connection.execute(
        "select catalog_name || '.' || schema_name from information_schema.schemata "
        "where catalog_name = ? and list_contains(?, schema_name) order by all",
        [VAULT, list(VAULT_SCHEMAS)],
    ).fetchall()
    [(own,)] = connection.execute("select current_database() || '.main'").fetchall()
    connection.execute(f"set search_path = {quoted(','.join([own, *(n for (n,) in schemas)]))}")


def rewrite(database: Path, key: str | None = None) -> None:
    """Write both files of a database anew, so that nothing deleted or changed is left in their
    bytes, and each schema stands in its file. The vault's file gets `key`, by default that of the
    environment. Raises CdmError; the files are then as they were.
    """
    key = vault_key() if key is None else key
    fresh = database.parent / "rewritten" / database.name
    remove(fresh)
    private_folder(fresh.parent)
    connection = duckdb.connect(config=CONFIG)
    try:
        set_hash_keys(connection)
        if key:
            load_encryption(connection)
        attach(connection, database, "cdm", True, "")
        attach(connection, fresh, "fresh", False, "")
        attach(connection, vault_of(fresh), "fresh_vault", False, key)
        if vault_of(database).exists():
            attach_vault(connection, database, True)
            connection.execute(f"copy from database {VAULT} to fresh_vault")
        separated = copy_separated(connection)
        if not separated:
            connection.execute("copy from database cdm to fresh")
        for name in ("fresh", "fresh_vault"):
            connection.execute(f"checkpoint {name}")
    except duckdb.Error as error:
        remove(fresh)
        raise CdmError(f"{database} could not be written anew: {error}") from None
    finally:
        connection.close()
    vault_of(fresh).chmod(0o600)
    move(fresh, database)
    shutil.rmtree(fresh.parent)


def copy_separated(connection: DuckDBPyConnection) -> bool:
    """Copy `cdm`, of a time when there was one file alone, table by table into `fresh` and
    `fresh_vault`; return whether it was such a file. Keys and views come back with the next build.
    """
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'cdm'"
    ).fetchall()
    if not {schema for schema, _ in tables} & set(VAULT_SCHEMAS):
        return False
    for schema, table in tables:
        place = f"{'fresh_vault' if schema in VAULT_SCHEMAS else 'fresh'}.{schema}"
        connection.execute(f"create schema if not exists {place}")
        connection.execute(f'create table {place}."{table}" as from cdm.{schema}."{table}"')
    return True


def is_mixed(database: Path) -> bool:
    """Say whether tables of the vault's schemas stand in the file that is never encrypted."""
    with duckdb.connect(str(database), read_only=True) as connection:
        schemas = connection.execute("select distinct schema_name from duckdb_tables()").fetchall()
    return bool({schema for (schema,) in schemas} & set(VAULT_SCHEMAS))


def prepare(database: Path) -> None:
    """Before a build goes on from a database: bring what is not in the vault's file into it, and
    the file under the key that is set. Raises CdmError where one of the keys is not that of the
    database or of the ledger of erasures."""
    check_erasure_key(database.parent.parent / "erasure")
    if not database.exists():
        return
    file = vault_of(database)
    if file.exists():
        check_hash_key(database)
    is_open = bool(vault_key()) and file.exists() and not is_encrypted(file)
    if is_open or is_mixed(database):
        rewrite(database)
        remove(Warehouse(database.parent.parent).failed)
    folder = database.parent.parent / "erasure"
    held = folder / HELD_FILE
    if vault_key() and held.exists() and not is_encrypted(held):
        rows = read_held(folder)
        write_held(folder, tuple(rows[0]), rows)


def fits(file: Path, key: str) -> bool:
    """Say whether an encrypted file opens with a key."""
    with duckdb.connect(config=CONFIG) as connection:
        try:
            attach(connection, file, "tried", True, key)
        except CdmError:
            return False
    return True


def note_hash_key(database: Path, secret: str) -> None:
    """Note which key the hashes of a database are made with."""
    with open_warehouse(database) as connection:
        note_key(connection, secret)


def note_key(connection: DuckDBPyConnection, secret: str) -> str:
    """Write the fingerprint of the key into the attached vault, beside the salt of raw rows, which
    is made of the first key of all and stays; return the salt."""
    salt = noted(connection, "row_salt") or row_salt(secret)
    connection.execute(f"create schema if not exists {VAULT}.staging")
    connection.execute(
        f"create or replace table {VAULT}.staging.hash_key as "
        "select ? as fingerprint, ? as row_salt",
        [fingerprint(secret), salt],
    )
    return salt


def noted(connection: DuckDBPyConnection, column: str) -> str:
    """Return what the attached vault notes of its keys, `fingerprint` or `row_salt`; empty where
    nothing is noted."""
    try:
        rows = connection.execute(f"select {column} from {VAULT}.staging.hash_key").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        return ""
    return str(rows[0][0])


def check_hash_key(database: Path) -> None:
    """Raise CdmError where CDM_HASH_KEY is not the key of the last build: hashes of both would
    stand side by side, and nothing would match."""
    with duckdb.connect(config=CONFIG) as connection:
        attach_vault(connection, database, True)
        fingerprint_then = noted(connection, "fingerprint")
    if fingerprint_then not in ("", fingerprint(secret_of(HASH))):
        raise CdmError(
            f"{database.parent} was built with another CDM_HASH_KEY. Set that one, or change it "
            "with `cdm keys rotate-hash`."
        )


def check_erasure_key(folder: Path) -> None:
    """Raise CdmError where the ledger of erasures was written with another key: who was erased
    would not be known again."""
    path = folder / "key"
    if path.exists() and path.read_text(encoding="utf-8").strip() != fingerprint(
        secret_of(ERASURE)
    ):
        raise CdmError(
            f"{folder} was written with another key, and who was erased would come back. Set "
            "CDM_ERASURE_KEY to what CDM_HASH_KEY was when it was begun."
        )


def note_erasure_key(folder: Path) -> None:
    """Note which key the ledger of erasures is written with."""
    private_folder(folder)
    (folder / "key").write_text(fingerprint(secret_of(ERASURE)) + "\n", encoding="utf-8")


def in_one_piece(database: Path) -> bool:
    """Say whether both files of a database were closed cleanly: neither has a log."""
    return not any(log_of(file).exists() for file in pair(database))


def start_from_state(build: Path) -> None:
    """Copy the state to the build's place when there is no build yet, for plain dbt.

    A path that is not `…/build/…` belongs to another layout and is left alone.
    """
    state = build.parent.parent / "state" / build.name
    if build.parent.name != "build":
        return
    settle(state)
    if not build.exists() and state.exists():
        copy(state, build)
        prepare(build)

"""What a dbt session on DuckDB needs besides SQL: the warehouse's folder, the vault's file, the
file look-up and the keys of `keyed_hash`. dbt-duckdb loads this module because
profiles/profiles.yml names it."""

from __future__ import annotations

import gc
import logging
import os
import re
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from cdm import identifiers, landing, tcf
from cdm.database import VAULT, attach_held, attach_vault, note_key, start_from_state
from cdm.engine_threads import set_threads
from cdm.files import CdmError, private_folder
from cdm.keys import DEMO_KEY_NOTE, HASH, secret_of, set_hash_keys

FILE_FUNCTION = "cdm_export_files"
MEMORY = r"\d+(\.\d+)? *[kmgt](i?b)?"
COUNT = r"[1-9]\d*"
# Of the memory DuckDB may use, how much it keeps for blocks that come and go (decision 0256)
KEPT_FOR_BLOCKS = "50%"


def stated(setting: str, form: str, meant: str) -> str:
    """Return what the environment says of a setting, or nothing; raise CdmError where it has not
    the form that DuckDB reads."""
    value = os.environ.get(setting, "").strip()
    if value and not re.fullmatch(form, value, re.IGNORECASE):
        raise CdmError(f'{setting} is "{value}"; set it to {meant}, or leave it out.')
    return value


class Plugin(BasePlugin):
    """The plugin object that dbt-duckdb creates once a process."""

    salt = ""  # of the vault that is attached

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Make the folders that DuckDB expects, and let a first build go on from the state file.

        By now dbt has read the project. What it holds of it lives as long as the build, so the
        garbage collector need not walk through it again and again: an eighth of a small build.
        """
        gc.unfreeze()
        gc.freeze()
        if not os.environ.get("CDM_HASH_KEY"):
            logging.getLogger(__name__).warning(DEMO_KEY_NOTE)
        if self.creds is not None and self.creds.path != ":memory:":
            path = Path(self.creds.path)
            private_folder(path.parent)
            start_from_state(path)

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Apply CDM_MEMORY_LIMIT and CDM_DUCKDB_THREADS, which have no default in the profile."""
        limit = stated("CDM_MEMORY_LIMIT", MEMORY, "an amount of memory like 4GB")
        if limit:
            config["memory_limit"] = limit
        threads = stated("CDM_DUCKDB_THREADS", COUNT, "a number of threads like 2")
        if threads:
            config["threads"] = threads

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Attach the vault's file, and register what the macros of macros/platform call."""
        self.add_functions(conn)
        if self.creds is None or self.creds.path == ":memory:":
            conn.execute(f"attach ':memory:' as {VAULT}")
            return
        path = Path(self.creds.path)
        try:
            attach_vault(conn, path, read_only=False)
            self.salt = note_key(conn, secret_of(HASH))
            attach_held(conn, path.parent.parent / "erasure")
            conn.execute(f"set block_allocator_memory = '{KEPT_FOR_BLOCKS}'")
            if not os.environ.get("CDM_DUCKDB_THREADS", "").strip():
                set_threads(conn, path)
        except CdmError:
            conn.close()  # else the file stays locked in this process
            raise

    @staticmethod
    def add_functions(conn: DuckDBPyConnection) -> None:
        """Register `cdm_export_files(request) -> answer`, both JSON text (cdm.landing), and the
        functions of cdm.identifiers."""
        conn.create_function(
            FILE_FUNCTION, landing.describe, ["VARCHAR"], "VARCHAR", side_effects=True
        )
        conn.create_function(
            identifiers.PHONE_FUNCTION,
            identifiers.phone_e164,
            ["VARCHAR", "VARCHAR"],
            "VARCHAR",
            null_handling="special",  # it may give null
        )
        conn.create_function(
            identifiers.HOST_FUNCTION, identifiers.unicode_host, ["VARCHAR"], "VARCHAR"
        )
        conn.create_function(
            tcf.FUNCTION,
            tcf.tc_statements,
            ["VARCHAR", "VARCHAR"],
            "VARCHAR",
            null_handling="special",  # it may give null
        )

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set the session variables, which a new cursor does not inherit."""
        set_hash_keys(cursor, self.salt)

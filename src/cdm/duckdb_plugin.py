"""What a dbt session on DuckDB needs besides SQL: the warehouse's folder, the file look-up and the
keys of `keyed_hash`. dbt-duckdb loads this module because profiles/profiles.yml names it."""

from __future__ import annotations

import gc
import hashlib
import hmac
import logging
import os
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from cdm import identifiers, landing
from cdm.files import start_from_state

DEMO_HASH_KEY = "customer-data-model-public-demo-key"
DEMO_KEY_NOTE = (
    "CDM_HASH_KEY is not set, so keyed hashes use the public demo key; "
    "set it before real data comes in."
)
FILE_FUNCTION = "cdm_export_files"


def hash_keys(secret: str) -> dict[str, str]:
    """Derive the two keys of the macro `keyed_hash` from one secret.

    Returns the DuckDB session variables `cdm_hash_inner` and `cdm_hash_outer`, 64 hex digits each.
    A hashed value is sha256(outer || sha256(inner || value)): without the secret nobody can find
    the value by trying all telephone numbers, nor derive the hash of a longer value.
    """
    return {
        f"cdm_hash_{part}": hmac.new(secret.encode(), part.encode(), hashlib.sha256).hexdigest()
        for part in ("inner", "outer")
    }


def keyed_hash(value: str) -> str:
    """Return what the macro `keyed_hash` makes of a text: 64 hex digits."""
    keys = hash_keys(os.environ.get("CDM_HASH_KEY", "") or DEMO_HASH_KEY)
    inner = hashlib.sha256((keys["cdm_hash_inner"] + value).encode()).hexdigest()
    return hashlib.sha256((keys["cdm_hash_outer"] + inner).encode()).hexdigest()


def set_hash_keys(cursor: DuckDBPyConnection) -> None:
    """Set the session variables of `keyed_hash` from CDM_HASH_KEY, for this cursor alone.

    The keys are bound as parameters: they stand in no SQL text, hence in no log.
    """
    secret = os.environ.get("CDM_HASH_KEY", "") or DEMO_HASH_KEY
    for name, value in hash_keys(secret).items():
        cursor.execute(f"set variable {name} = ?", [value])


class Plugin(BasePlugin):
    """The plugin object that dbt-duckdb creates once a process."""

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
            path.parent.mkdir(parents=True, exist_ok=True)
            start_from_state(path)

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Apply CDM_MEMORY_LIMIT, which has no default and therefore no place in the profile."""
        limit = os.environ.get("CDM_MEMORY_LIMIT", "")
        if limit:
            config["memory_limit"] = limit

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Register what the macros of macros/platform call: `cdm_export_files(request) -> answer`,
        both JSON text (cdm.landing), and the functions of cdm.identifiers."""
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

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """Set the session variables, which a new cursor does not inherit."""
        set_hash_keys(cursor)

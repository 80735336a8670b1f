"""The keys of `keyed_hash`, derived from secrets in the environment.

CDM_HASH_KEY     of every identifier that stands outside the vault
CDM_ERASURE_KEY  of the ledger of erasures; where it is not set, the same

What was erased is known by its hash alone, so that ledger can't be hashed anew: when the first key
is changed, the second stays what the first was.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from duckdb import DuckDBPyConnection

DEMO_HASH_KEY = "customer-data-model-public-demo-key"
DEMO_KEY_NOTE = (
    "CDM_HASH_KEY is not set, so keyed hashes use the public demo key; "
    "set it before real data comes in."
)
HASH, ERASURE = "hash", "erasure"  # the names of the keys in the macro `keyed_hash`


def secret_of(key: str) -> str:
    """Return the secret that a key is derived from."""
    secret = os.environ.get("CDM_HASH_KEY", "") or DEMO_HASH_KEY
    return (os.environ.get("CDM_ERASURE_KEY", "") or secret) if key == ERASURE else secret


def hash_keys(secret: str, key: str = HASH) -> dict[str, str]:
    """Derive the two keys of the macro `keyed_hash` from one secret.

    Returns the DuckDB session variables `cdm_hash_inner` and `cdm_hash_outer`, 64 hex digits each.
    A hashed value is sha256(outer || sha256(inner || value)): without the secret nobody can find
    the value by trying all telephone numbers, nor derive the hash of a longer value.
    """
    return {
        f"cdm_{key}_{part}": hmac.new(secret.encode(), part.encode(), hashlib.sha256).hexdigest()
        for part in ("inner", "outer")
    }


def hashed(value: str, secret: str) -> str:
    """Return the keyed hash of a text under a secret: 64 hex digits."""
    keys = hash_keys(secret)
    inner = hashlib.sha256((keys["cdm_hash_inner"] + value).encode()).hexdigest()
    return hashlib.sha256((keys["cdm_hash_outer"] + inner).encode()).hexdigest()


def row_salt(secret: str) -> str:
    """Return the secret of the macro `row_salt` in a warehouse that is begun under this hash key.
    The vault keeps it (`cdm.database.note_key`): raw rows keep their names under later keys."""
    return hmac.new(secret.encode(), b"row", hashlib.sha256).hexdigest()


def keyed_hash(value: str, key: str = HASH) -> str:
    """Return what the macro `keyed_hash` makes of a text: 64 hex digits."""
    return hashed(value, secret_of(key))


def fingerprint(secret: str) -> str:
    """Return what tells one secret from another and says nothing of it: 16 hex digits."""
    return hashed("the key itself", secret)[:16]


def set_hash_keys(cursor: DuckDBPyConnection, salt: str = "") -> None:
    """Set the session variables of `keyed_hash` and `row_salt` for this cursor alone; without a
    salt that of a warehouse that is begun now.

    The keys are bound as parameters: they stand in no SQL text, hence in no log.
    """
    for key in (HASH, ERASURE):
        for name, value in hash_keys(secret_of(key), key).items():
            cursor.execute(f"set variable {name} = ?", [value])
    cursor.execute("set variable cdm_row_salt = ?", [salt or row_salt(secret_of(HASH))])

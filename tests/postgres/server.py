"""The profile with which dbt reaches the server that these tests start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]


def write_profile(folder: Path, connection: Any, schema: str) -> None:
    """Write profiles.yml of the project in `folder`; `connection` is one of psycopg2, open."""
    given = connection.get_dsn_parameters()
    profile = {
        "type": "postgres",
        "host": given["host"],
        "port": int(given.get("port", 5432)),
        "user": given["user"],
        "password": given.get("password", ""),
        "dbname": given["dbname"],
        "schema": schema,
        "threads": 2,
    }
    lines = "".join(f"      {key}: {value!r}\n" for key, value in profile.items())
    (folder / "profiles.yml").write_text(
        f"customer_data_model:\n  target: dev\n  outputs:\n    dev:\n{lines}"
    )

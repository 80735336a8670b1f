"""With how many threads DuckDB computes: what is read, what is new, and who is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from cdm import duckdb_plugin, engine_threads
from cdm.engine_threads import LITTLE, SMALL_EXPORTS, SMALL_WAREHOUSE, useful_threads
from cdm.landing import fingerprint

CORES = 8
Threads = Callable[..., int]


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Threads:
    """Return what a connection to a warehouse gets, whose vault knows the given files."""
    (tmp_path / "exports" / "ga4" / "event").mkdir(parents=True)
    monkeypatch.setenv("CDM_EXPORTS", str(tmp_path / "exports"))
    for name in ("CDM_DUCKDB_THREADS", "CDM_THREADS", "CDM_SOURCES"):
        monkeypatch.delenv(name, raising=False)
    warehouse = tmp_path / "build" / "cdm.duckdb"
    made = duckdb_plugin.Plugin("cdm", {}, SimpleNamespace(path=str(warehouse)))

    def count(known: dict[str, str] | None = None) -> int:
        with duckdb.connect(config={"threads": CORES}) as connection:
            made.configure_connection(connection)
            connection.execute(
                "create or replace table cdm_vault.staging.landed_file"
                " (file_name varchar, fingerprint varchar)"
            )
            for file in (known or {}).items():
                connection.execute("insert into cdm_vault.staging.landed_file values (?, ?)", file)
        with duckdb.connect(config={"threads": CORES}) as connection:
            made.configure_connection(connection)
            return connection.execute("select current_setting('threads')").fetchall()[0][0]

    return count


def written(path: Path, size: int) -> Path:
    """Return a file of so many bytes, which take no room."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.truncate(path, size)
    return path


def test_a_small_build_gets_one_thread(threads: Threads, tmp_path: Path) -> None:
    assert threads() == 1  # there is nothing at all
    export = written(tmp_path / "exports" / "ga4" / "event" / "a.csv", SMALL_EXPORTS)
    assert threads() == 1
    os.truncate(export, SMALL_EXPORTS + 1)
    assert threads() == CORES


def test_who_goes_on_with_little_shares_the_cores(
    threads: Threads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "exports" / "ga4" / "event"
    old = written(folder / "old.csv", 100 * SMALL_EXPORTS)
    known = {"ga4/event/old.csv": fingerprint(old)}
    written(tmp_path / "build" / "other", SMALL_WAREHOUSE)  # the vault's own file is beside it
    share = CORES // engine_threads.MODELS_AT_ONCE
    assert threads(known) == share
    new = written(folder / "new.csv", int(SMALL_WAREHOUSE * LITTLE))
    assert threads(known) == share
    os.truncate(new, int(SMALL_WAREHOUSE * LITTLE * 1.1))
    assert threads(known) == CORES
    new.unlink()
    monkeypatch.setenv("CDM_THREADS", "4")
    assert threads(known) == CORES // 4
    monkeypatch.setenv("CDM_THREADS", "64")
    assert threads(known) == 1
    os.truncate(old, 100 * SMALL_EXPORTS + 1)  # it is another file now
    assert threads(known) == CORES


def test_what_is_built_anew_is_read_anew(
    threads: Threads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = written(tmp_path / "exports" / "ga4" / "event" / "old.csv", 100 * SMALL_EXPORTS)
    known = {"ga4/event/old.csv": fingerprint(old)}
    written(tmp_path / "build" / "other", SMALL_WAREHOUSE)
    assert threads(known) == CORES // engine_threads.MODELS_AT_ONCE
    flags = SimpleNamespace(FULL_REFRESH=True, THREADS=None)
    monkeypatch.setattr(engine_threads, "get_flags", lambda: flags)
    assert threads(known) == CORES


def test_dbts_own_options_are_heard(
    threads: Threads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = written(tmp_path / "exports" / "ga4" / "event" / "old.csv", 100 * SMALL_EXPORTS)
    written(tmp_path / "build" / "other", SMALL_WAREHOUSE)
    threads({"ga4/event/old.csv": fingerprint(old)})
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "told.sql").write_text("select current_setting('threads') as threads")
    (tmp_path / "dbt_project.yml").write_text(
        "{name: told, version: '1.0', profile: told, flags: {send_anonymous_usage_stats: false},"
        " models: {+materialized: table}}"
    )
    (tmp_path / "profiles.yml").write_text(
        f"told: {{target: dev, outputs: {{dev: {{type: duckdb, path: {tmp_path}/build/cdm.duckdb,"
        f" threads: 1, config_options: {{threads: {CORES}}},"
        " plugins: [{module: cdm.duckdb_plugin}]}}}"
    )

    def told(*options: str) -> int:
        dbt = [sys.executable, "-m", "dbt.cli.main", "run", "--profiles-dir", "."]
        subprocess.run([*dbt, *options], cwd=tmp_path, check=True, capture_output=True)
        with duckdb.connect(str(tmp_path / "build" / "cdm.duckdb"), read_only=True) as connection:
            return connection.execute("from told").fetchall()[0][0]

    assert told() == CORES // 2
    assert told("--threads", "4") == CORES // 4
    assert told("--full-refresh") == CORES


@pytest.mark.parametrize(
    ("to_read", "built", "is_anew", "expected"),
    [
        (0, 0, False, 1),
        (SMALL_EXPORTS, SMALL_WAREHOUSE, False, 1),
        (SMALL_EXPORTS, SMALL_WAREHOUSE, True, 1),
        (SMALL_EXPORTS, SMALL_WAREHOUSE + 1, False, 4),
        (SMALL_EXPORTS, SMALL_WAREHOUSE + 1, True, 8),
        (SMALL_EXPORTS + 1, SMALL_WAREHOUSE, False, 4),
        (SMALL_EXPORTS + 1, 0, False, 8),
    ],
)
def test_the_rule(to_read: int, built: int, is_anew: bool, expected: int) -> None:
    assert useful_threads(8, 2, to_read, built, is_anew) == expected


def test_the_setting_and_tables_of_a_loader_stand_above_the_rule(
    threads: Threads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDM_SOURCES", "tables")
    assert threads() == CORES
    monkeypatch.delenv("CDM_SOURCES")
    monkeypatch.setenv("CDM_DUCKDB_THREADS", "3")
    config: dict[str, str] = {}
    made = duckdb_plugin.Plugin("cdm", {}, SimpleNamespace(path=str(tmp_path / "b" / "c.duckdb")))
    made.update_connection_config(None, config)
    assert config["threads"] == "3"
    assert threads() == CORES  # which are those of the connection: nothing is set after

"""The dbt-duckdb plugin: keys of hashes, the file function, and what it makes on the disk."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from conftest import Mini, Run

from cdm import duckdb_plugin
from cdm.files import CdmError
from cdm.keys import hash_keys


def plugin(path: Path | str = ":memory:") -> duckdb_plugin.Plugin:
    """Return the plugin as dbt-duckdb creates it."""
    return duckdb_plugin.Plugin("cdm", {}, SimpleNamespace(path=str(path)))


def test_the_key_decides_the_hash_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = hash_keys("one"), hash_keys("other")
    assert set(one) == {"cdm_hash_inner", "cdm_hash_outer"}
    values = [*one.values(), *other.values()]
    assert len(set(values)) == 4 and all(len(value) == 64 for value in values)
    assert not any("one" in value for value in one.values())


def test_every_cursor_has_the_keys_and_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDM_HASH_KEY", "it's a secret")
    made = plugin()
    connection = duckdb.connect()
    for cursor in (connection.cursor(), connection.cursor()):
        made.configure_cursor(cursor)
        [(inner,)] = cursor.execute("select getvariable('cdm_hash_inner')").fetchall()
        assert inner == hash_keys("it's a secret")["cdm_hash_inner"]


def test_the_demo_key_is_warned_about(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(logging.getLogger("cdm"), "propagate", True)
    monkeypatch.delenv("CDM_HASH_KEY", raising=False)
    plugin()
    assert "public demo key" in caplog.text
    caplog.clear()
    monkeypatch.setenv("CDM_HASH_KEY", "x")
    plugin()
    assert not caplog.text


def test_no_key_reaches_sql_or_logs(mini: Mini) -> None:
    shutil.rmtree(mini.warehouse / "state")
    run = mini.cdm("build", CDM_HASH_KEY="a-very-secret-key").check()
    secrets = ["a-very-secret-key", *hash_keys("a-very-secret-key").values()]
    folder = mini.warehouse.parent
    texts = [p for p in folder.rglob("*") if p.suffix in (".log", ".sql", ".json", ".msgpack")]
    assert len(texts) > 10
    for path in texts:
        content = path.read_bytes()
        assert not any(secret.encode() in content for secret in secrets), path
    assert not any(secret in run.output for secret in secrets)


def test_the_file_function_answers_in_every_thread(tmp_path: Path) -> None:
    (tmp_path / "hubspot").mkdir()
    (tmp_path / "hubspot" / "contact.csv").write_text("id,email\n1,a@example.org\n")
    request = json.dumps({"exports": str(tmp_path), "connector": "hubspot", "names": ["contact"]})
    connection = duckdb.connect()
    plugin().configure_connection(connection)
    answers: list[str] = []

    def ask() -> None:
        cursor = connection.cursor()
        [(text,)] = cursor.execute("select cdm_export_files(?)", [request]).fetchall()
        answers.append(text)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(answers) == 4 and len(set(answers)) == 1
    assert "hubspot/contact.csv" in json.loads(answers[0])["files"]


def test_the_folder_is_made_and_the_state_is_gone_on_from(tmp_path: Path) -> None:
    build = tmp_path / "warehouse" / "build" / "cdm.duckdb"
    plugin(build)
    assert build.parent.is_dir() and not build.exists()
    state = tmp_path / "warehouse" / "state" / "cdm.duckdb"
    state.parent.mkdir()
    with duckdb.connect(str(state)) as connection:
        connection.execute("create table kept as select 42 as x")
    plugin(build)
    with duckdb.connect(str(build), read_only=True) as connection:
        assert connection.execute("from kept").fetchall() == [(42,)]
    elsewhere = tmp_path / "other" / "cdm.duckdb"
    plugin(elsewhere)
    assert elsewhere.parent.is_dir() and not elsewhere.exists()


def test_the_memory_limit_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    config: dict[str, str] = {}
    plugin().update_connection_config(None, config)
    assert config == {}
    monkeypatch.setenv("CDM_MEMORY_LIMIT", "1GB")
    plugin().update_connection_config(None, config)
    assert config == {"memory_limit": "1GB"}


def test_memory_of_blocks_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDM_EXPORTS", str(tmp_path))
    with duckdb.connect(config={"memory_limit": "2GiB"}) as connection:
        made = plugin(tmp_path / "build" / "cdm.duckdb")
        made.configure_connection(connection)
        kept = connection.execute("select current_setting('block_allocator_memory')").fetchall()
    assert kept == [("1.0 GiB",)]


@pytest.mark.parametrize(
    ("setting", "given", "meant"),
    [
        ("CDM_MEMORY_LIMIT", "4", "an amount of memory like 4GB"),
        ("CDM_MEMORY_LIMIT", "80%", "an amount of memory like 4GB"),
        ("CDM_DUCKDB_THREADS", "0", "a number of threads like 2"),
        ("CDM_DUCKDB_THREADS", "all", "a number of threads like 2"),
    ],
)
def test_a_setting_of_the_engine_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, setting: str, given: str, meant: str
) -> None:
    monkeypatch.setenv(setting, given)
    message = f'{setting} is "{given}"; set it to {meant}, or leave it out.'
    with pytest.raises(CdmError, match=re.escape(message)):
        plugin().update_connection_config(None, {})


def test_built_files_open_in_older_versions(mini_first_build: tuple[Path, Run]) -> None:
    [(tags,)] = mini_first_build[1].query(
        "select tags from duckdb_databases() where database_name = 'cdm'"
    )
    assert tags["storage_version"].startswith("v1.4")


def test_dbt_itself_tells_the_garbage_collector_to_look_less_often() -> None:
    found = subprocess.run(
        [sys.executable, "-c",
         "import gc; from dbt.plugins.manager import PluginManager as modules;"
         " before = gc.get_threshold(); modules.get_prefixed_modules();"
         " print(before[0] < gc.get_threshold()[0])"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert found.stdout.strip() == "True"

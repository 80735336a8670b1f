"""The platform macros: their tables of expected values fail when a macro is broken, and their
hashes and times agree with what Python computes."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest
from conftest import REPO, environment
from dbt.cli.main import dbtRunner

from cdm.keys import hash_keys

PROJECT = """
name: customer_data_model
version: "1.0"
profile: customer_data_model
model-paths: [models]
macro-paths: [macros]
test-paths: [tests]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with nothing but copies of the platform macros and their tests.

    Its tests share it, so that dbt parses the macros once; each leaves it as it was.
    """
    folder = tmp_path_factory.mktemp("platform")
    (folder / "models").mkdir()
    (folder / "dbt_project.yml").write_text(PROJECT)
    shutil.copytree(REPO / "macros" / "platform", folder / "macros")
    shutil.copytree(REPO / "tests" / "singular" / "platform", folder / "tests")
    with environment(
        CDM_WAREHOUSE=f"{folder}/warehouse",
        DBT_PROFILES_DIR=str(REPO / "profiles"),
        DBT_TARGET_PATH=f"{folder}/target",
        DBT_LOG_PATH=f"{folder}/logs",
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
        CDM_HASH_KEY="a key for tests",
    ):
        yield folder


def dbt(project: Path, command: str) -> dict[str, tuple[str, str | None]]:
    """Run dbt; returns each node's status and compiled SQL."""
    answer = dbtRunner().invoke(["--quiet", *command.split(), "--project-dir", str(project)])
    assert answer.exception is None, answer.exception
    return {
        result.node.name: (str(result.status), result.node.compiled_code)
        for result in answer.result.results
    }


def compiled(project: Path, **expressions: str) -> dict[str, str]:
    """The SQL of macro calls on a column `written`."""
    for name, expression in expressions.items():
        text = f"select written, {{{{ {expression} }}}} as actual from given"
        (project / "models" / f"{name}.sql").write_text(text)
    nodes = dbt(project, "compile --select path:models")
    for name in expressions:
        (project / "models" / f"{name}.sql").unlink()
    return {name: sql for name, (_, sql) in nodes.items() if sql is not None}


def run(sql: str, written: list[str]) -> dict[str, object]:
    """Run compiled SQL on a table `given` of texts."""
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, value in hash_keys("a key for tests").items():
            connection.execute(f"set variable {name} = ?", [value])
        rows = """create table given as select unnest(from_json(?, '["VARCHAR"]')) as written"""
        connection.execute(rows, [json.dumps(written)])
        return dict(connection.execute(sql).fetchall())


BREAKS = {
    "none": (),
    "an offset is dropped": (
        "parse_timestamp",
        "make_timestamp(epoch_us(try_cast(stamp as timestamptz)))",
        "try_cast(stamp as timestamp)",
    ),
    "the range of years is forgotten": (
        "parse_timestamp",
        "(?:(?:19|20|21)[0-9]{2}|2200)",
        "[0-9]+",
    ),
    "an int is rounded": ("try_cast", "'^([+-]?[0-9]+)\\.0*$'", "'^(.*)$'"),
    "a null is hashed like an empty text": ("content_hash", "'-'", "'0:'"),
    "a list loses its order": ("ordered_list", "order by {{ order_by }} nulls last", "order by 1"),
}


@pytest.mark.parametrize("breakage", BREAKS)
def test_a_broken_macro_fails_its_table_of_expected_values(project: Path, breakage: str) -> None:
    if not BREAKS[breakage]:
        assert {status for status, _ in dbt(project, "test").values()} == {"pass"}
        return
    name, old, new = BREAKS[breakage]
    path = project / "macros" / f"{name}.sql"
    sound = path.read_text()
    assert old in sound
    path.write_text(sound.replace(old, new))
    try:
        assert "fail" in {status for status, _ in dbt(project, "test").values()}
    finally:
        path.write_text(sound)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The documented reading of a wall clock: of two the later; moved forward in a gap."""
    for fold in (1, 0):
        aware = local.replace(tzinfo=zone, fold=fold)
        back = aware.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
        if back == local:
            return aware.astimezone(UTC).replace(tzinfo=None)
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC).replace(tzinfo=None)


def test_local_times_agree_with_pythons_time_zones(project: Path) -> None:
    zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
    queries = compiled(
        project,
        **{f"zone_{n}": f"parse_timestamp('written', '{zone}')" for n, zone in enumerate(zones)},
    )
    chance = random.Random(7)
    start = datetime(2001, 1, 1)
    times = [start + timedelta(minutes=chance.randrange(37 * 525_600)) for _ in range(5_000)]
    # Every quarter of an hour around the changes of two years, in all four zones.
    times += [datetime(2025, 3, 8) + timedelta(minutes=15 * n) for n in range(3_000)]
    times += [datetime(2025, 10, 4) + timedelta(minutes=15 * n) for n in range(3_000)]
    for number, zone in enumerate(zones):
        got = run(queries[f"zone_{number}"], [f"{time:%Y-%m-%d %H:%M:%S}" for time in times])
        expected = {f"{time:%Y-%m-%d %H:%M:%S}": instant(time, ZoneInfo(zone)) for time in times}
        assert got == expected


def test_hashes_are_those_of_python(project: Path) -> None:
    queries = compiled(
        project,
        content="content_hash(['written', \"'b'\", 'cast(null as varchar)'])",
        number="hash_to_bigint('written')",
        keyed="keyed_hash('written')",
    )
    texts = ["", "a", "ä€😀", "x" * 1_000]
    keys = hash_keys("a key for tests")

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    def keyed(text: str) -> str:
        inner = hashlib.sha256((keys["cdm_hash_inner"] + text).encode()).hexdigest()
        return hashlib.sha256((keys["cdm_hash_outer"] + inner).encode()).hexdigest()

    assert run(queries["content"], texts) == {t: md5(f"{len(t)}:{t}1:b-") for t in texts}
    assert run(queries["number"], texts) == {t: int(md5(t)[:15], 16) for t in texts}
    assert run(queries["keyed"], texts) == {t: keyed(t) for t in texts}


def test_a_missing_key_stops_the_query(project: Path) -> None:
    sql = compiled(project, keyed="keyed_hash('written')")["keyed"]
    with duckdb.connect() as connection:
        connection.execute("create table given as select 'a' as written")
        with pytest.raises(duckdb.Error, match=r"cdm_hash_(inner|outer) is not set"):
            connection.execute(sql).fetchall()


def test_no_text_stops_a_reading_macro(project: Path) -> None:
    """Whatever a tool exports, a macro that reads it gives a value or null."""
    queries = compiled(
        project,
        at="parse_timestamp('written', 'Europe/Berlin', 'mdy')",
        day="parse_date('written', 'dmy')",
        money="parse_decimal('written', 'comma')",
        whole="try_cast('written', 'int')",
        number="try_cast('written', 'decimal')",
        flag="parse_boolean('written')",
        value="json_text('written', 'a.b')",
        parameters="key_values('written')",
        parameter="text_of(json_texts('written', ['k']), 'k')",
    )
    chance = random.Random(11)
    pieces = [*"-TZ:[]{},.e€\\'", " ", "2025", "02", "30", "99", "+14:00", "\u00a0", "PM", "UTC"]
    pieces += ['"k"', '"key":', "null", "9" * 10]
    texts = sorted({"".join(chance.choices(pieces, k=chance.randrange(9))) for _ in range(4_000)})
    for sql in queries.values():
        assert len(run(sql, texts)) == len(texts)

"""Write, audit, publish: what a build leaves behind when it passes, fails, is refused or killed."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from conftest import MINI, REPO, Mini, Run, environment

from cdm import build as build_module
from cdm import cli, files, records
from cdm.database import open_warehouse
from cdm.project import Project, run_dbt

TABLES = ("canonical.person", "canonical.account", "canonical.event", "vault.person_pii")


def digest(path: Path) -> str:
    """Return a hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of(database: Path) -> dict[str, list[tuple]]:
    """Return the rows of the tables that all builds have in common, sorted."""
    with open_warehouse(database, read_only=True) as connection:
        return {t: sorted(connection.execute(f"from {t}").fetchall(), key=str) for t in TABLES}


def wait_until_reading(pipe: Path, warehouse: files.Warehouse, seconds: float = 60) -> None:
    """Wait until a build has begun its first model, which reads from a pipe."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))  # fails while nobody reads
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"no build reads {pipe} in {warehouse.root}")


def test_a_good_build_exits_with_0_and_publishes(mini_first_build: tuple[Path, Run]) -> None:
    run = mini_first_build[1]
    assert run.rc == 0
    assert run.value("select count(*) from canonical.person", "published") == 50
    assert not run.warehouse.build.exists()
    assert records.latest(run.warehouse).outcome == "passed"


def test_unit_tests_run_where_they_are_asked_for(mini: Mini) -> None:
    """They try the code on rows of their own, so a build of today's exports leaves them out."""
    without = records.latest(mini.cdm("build").warehouse)
    with_them = records.latest(mini.cdm("build", "--unit-tests").warehouse)
    assert with_them.counts["checks_passed"] == without.counts["checks_passed"] + 1
    assert with_them.command == "cdm build --unit-tests"


def test_a_warning_exits_with_2_and_publishes(mini: Mini) -> None:
    run = mini.cdm("build", MINI_PERSONS="85")
    assert run.rc == 2
    assert "OK, with 1 warning" in run.output
    assert run.value("select count(*) from canonical.person", "published") == 85


def test_a_failed_check_exits_with_1_and_changes_nothing(mini: Mini) -> None:
    warehouse = files.Warehouse(mini.warehouse)
    before = digest(warehouse.state), digest(warehouse.published)
    run = mini.cdm("build", MINI_PERSONS="95")
    assert run.rc == 1
    assert (digest(warehouse.state), digest(warehouse.published)) == before
    assert run.value("select count(*) from canonical.person", "failed") == 95
    assert not warehouse.build.exists()


@pytest.mark.parametrize("arguments", [["build", "--no-such-option"], ["no-such-command"]])
def test_a_wrong_call_is_never_taken_for_a_warning(mini: Mini, arguments: list[str]) -> None:
    assert mini.cdm(*arguments).rc == 1


def test_a_build_goes_on_from_the_last_one(mini: Mini) -> None:
    run = mini.cdm("build", MINI_DAY="2")
    assert run.value("select count(*) from canonical.event", "published") == 20
    run = mini.cdm("build", "--full-refresh", MINI_DAY="2")
    assert run.value("select count(*) from canonical.event", "published") == 10


def test_no_publish_builds_the_state_alone(mini: Mini) -> None:
    published = digest(files.Warehouse(mini.warehouse).published)
    run = mini.cdm("build", "--no-publish", MINI_PERSONS="20")
    assert run.rc == 0 and "Not published." in run.output
    assert run.value("select count(*) from canonical.person") == 20
    assert digest(run.warehouse.published) == published


def test_a_part_is_published_only_when_the_rest_is_there(mini: Mini, tmp_path: Path) -> None:
    run = mini.cdm("build", "--select", "stg_person+", MINI_PERSONS="20")
    assert run.value("select count(*) from canonical.person", "published") == 20
    run = Mini(tmp_path / "empty").cdm("build", "--select", "stg_person")
    assert run.rc == 0, run.output
    assert "canonical.event" in run.output and "has not been built yet" in run.output
    assert not run.warehouse.published.exists() and run.warehouse.state.exists()


def test_a_second_build_is_refused_and_a_killed_one_leaves_no_trace(
    mini: Mini, mini_first_build: tuple[Path, Run], tmp_path: Path
) -> None:
    warehouse = files.Warehouse(mini.warehouse)
    before = digest(warehouse.state), digest(warehouse.published)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    first = mini.start("build", MINI_WAIT=str(pipe), MINI_DAY="2")
    try:
        wait_until_reading(pipe, warehouse)
        second = mini.cdm("build")
        assert second.rc == 1
        assert f"process {first.pid}, started 20" in second.output
        assert "At work: cdm build" in mini.cdm("status").output
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait()
    assert (digest(warehouse.state), digest(warehouse.published)) == before
    assert mini.cdm("summary").rc == 1 and "NOT FINISHED" in mini.cdm("summary").output

    again = mini.cdm("build", MINI_DAY="2").check()
    undisturbed = Mini(tmp_path / "undisturbed" / "warehouse")
    shutil.copytree(mini_first_build[0], undisturbed.warehouse.parent)
    other = undisturbed.cdm("build", MINI_DAY="2").check()
    assert rows_of(again.warehouse.state) == rows_of(other.warehouse.state)


@pytest.mark.parametrize("command", ["build", "publish"])
def test_another_target_has_no_files_to_move(mini: Mini, command: str) -> None:
    run = mini.cdm(command, CDM_TARGET="postgres")
    assert run.rc == 1 and "CDM_TARGET is postgres" in run.output


def test_a_full_disk_is_a_message(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "build/cdm.duckdb")

    published = digest(files.Warehouse(mini.warehouse).published)
    monkeypatch.setattr("cdm.build.copy", full)
    run = mini.cdm("build")
    assert run.rc == 1 and "No space left on device" in run.output
    assert digest(run.warehouse.published) == published


def test_a_file_or_folder_that_can_not_be_used_is_a_message(
    mini: Mini, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "runs/1.json")

    (tmp_path / "file").write_text("")
    run = Mini(tmp_path / "file").cdm("build")
    assert run.rc == 1 and "Set CDM_WAREHOUSE to a folder that this user may write" in run.output
    monkeypatch.setattr("cdm.records.latest", forbidden)
    run = mini.cdm("summary")
    assert (run.rc, run.output) == (1, "runs/1.json can't be used: Permission denied.\n")


def test_the_lock_is_free_again_after_a_failure(mini: Mini) -> None:
    assert mini.cdm("build", MINI_EMAIL="nosuch(email)").rc == 1
    assert files.lock_holder(files.Warehouse(mini.warehouse)) is None


class Crash(BaseException):
    """Ends a build as a kill would: nothing that handles errors handles it."""


def test_a_crash_at_any_step_of_promotion_leaves_whole_files(
    mini: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Break the run off before each renaming or flushing that follows the checks."""
    warehouse = files.Warehouse(mini.warehouse)
    monkeypatch.setenv("CDM_WAREHOUSE", str(mini.warehouse))
    monkeypatch.setenv("DBT_TARGET_PATH", f"{mini.warehouse}-target")
    steps = 0
    while True:
        steps += 1
        files.copy(warehouse.state, warehouse.build)
        for table in ("canonical.event", "vault.person_pii"):
            with open_warehouse(warehouse.build) as connection:
                connection.execute(f"delete from {table} where person_id = 'per_0'")
        with monkeypatch.context() as patch:
            crash_before(patch, steps)
            try:
                build_module.promote(Project(MINI), records.Record("cdm build", records.now()))
            except Crash:
                pass
            else:
                break
        with open_warehouse(warehouse.state, read_only=True) as connection:
            counts = connection.execute(
                "select (from canonical.event select count(*)), "
                "(from vault.person_pii select count(*))"
            ).fetchone()
            assert counts in ((10, 50), (9, 49)), "the two files do not belong together"
        with duckdb.connect(str(warehouse.published), read_only=True) as connection:
            [(events,)] = connection.execute("select count(*) from canonical.event").fetchall()
            assert events in (9, 10)
    assert steps > 8
    run = mini.cdm("build").check()
    assert run.value("select count(*) from canonical.event", "published") == 10


def crash_before(patch: pytest.MonkeyPatch, step: int) -> None:
    """Raise Crash instead of the call number `step` of those that change the disk."""
    calls = itertools.count(1)

    def crashing(original: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object) -> None:
            if next(calls) == step:
                raise Crash
            original(*arguments)

        return call

    for name in ("replace", "fsync"):
        patch.setattr(os, name, crashing(getattr(os, name)))


def test_plain_dbt_then_publish(mini: Mini) -> None:
    warehouse = files.Warehouse(mini.warehouse)
    dbt(mini, ["build"], MINI_DAY="2", MINI_PERSONS="30")
    assert warehouse.build.exists()
    run = mini.cdm("publish")
    assert run.rc == 0, run.output
    assert run.value("select count(*) from canonical.person", "published") == 30
    # The plain build went on from the state file, as `cdm build` does.
    assert run.value("select count(*) from canonical.event") == 20
    assert not warehouse.build.exists()
    again = mini.cdm("publish")
    assert again.rc == 0 and "published again" in again.output


@pytest.mark.parametrize(
    "command, reason",
    [
        (["build"], "1 models or checks of the last `dbt build` failed"),
        (["run"], "the last dbt command was `dbt run`"),
    ],
)
def test_publish_refuses_what_was_not_checked(mini: Mini, command: list[str], reason: str) -> None:
    published = digest(files.Warehouse(mini.warehouse).published)
    dbt(mini, command, MINI_PERSONS="95")
    run = mini.cdm("publish")
    assert run.rc == 1
    assert reason in " ".join(run.output.split())
    assert digest(run.warehouse.published) == published


def dbt(mini: Mini, arguments: list[str], **variables: str) -> None:
    """Run plain dbt as a user would, in this process."""
    with environment(
        CDM_WAREHOUSE=str(mini.warehouse),
        DBT_PROFILES_DIR=str(REPO / "profiles"),
        DBT_TARGET_PATH=f"{mini.warehouse}-target",
        DBT_LOG_PATH=f"{mini.warehouse}-logs",
        **variables,
    ):
        run_dbt(Project(MINI), arguments)


def test_a_build_goes_on_when_nobody_reads_what_it_says(tmp_path: Path) -> None:
    """As in `cdm build | head -1`: the second line is said by the thread that builds a model."""
    warehouse = files.Warehouse(tmp_path / "warehouse")
    unheard = Mini(warehouse.root).start("build")
    assert unheard.stdout.readline() == "This project uses no dbt packages.\n"
    unheard.stdout.close()
    try:
        assert unheard.wait(timeout=120) in (0, 2)
    finally:
        unheard.kill()
        unheard.wait()
    assert warehouse.published.exists()


def test_a_file_in_use_is_not_thrown_away(mini: Mini) -> None:
    warehouse = files.Warehouse(mini.warehouse)
    files.copy(warehouse.state, warehouse.build)
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); input()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(warehouse.build)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline() == b"open\n"
        run = mini.cdm("build")
        assert run.rc == 1
        assert "Another program has" in run.output
        assert warehouse.build.exists()
    finally:
        holder.kill()
        holder.wait()


def test_a_copy_takes_the_log_along(tmp_path: Path) -> None:
    source, target = tmp_path / "a.duckdb", tmp_path / "sub" / "b.duckdb"
    source.write_bytes(b"x" * 3_000_000)
    files.log_of(source).write_bytes(b"log")
    files.copy(source, target)
    assert target.read_bytes() == source.read_bytes()
    assert files.log_of(target).read_bytes() == b"log"
    files.log_of(source).unlink()
    files.copy(source, target)
    assert not files.log_of(target).exists()


def test_a_copy_works_where_the_kernel_cannot_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> int:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "copy_file_range", refused)
    (tmp_path / "a").write_bytes(b"y" * 100_000)
    files.copy(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"y" * 100_000


def test_clean_keeps_what_cannot_be_made_again(mini: Mini) -> None:
    mini.cdm("build", MINI_PERSONS="95")
    run = mini.cdm("clean")
    assert run.rc == 0 and run.warehouse.state.exists() and run.warehouse.published.exists()
    assert not run.warehouse.failed.exists()
    run.warehouse.published.unlink()
    run = mini.cdm("publish").check()
    assert run.value("select count(*) from canonical.person", "published") == 50
    run = mini.cdm("clean", "--all", "--yes")
    assert not run.warehouse.state.exists() and not run.warehouse.published.exists()


def test_status_lists_the_files(mini: Mini) -> None:
    output = mini.cdm("status").output
    assert "Last run: OK" in output and "published" in output and "state" in output


def test_records_are_plain_json(mini_first_build: tuple[Path, Run]) -> None:
    [path] = mini_first_build[1].warehouse.runs.glob("*.json")
    record = json.loads(path.read_text())
    assert record["outcome"] == "passed"
    assert record["counts"]["models_passed"] == 10
    assert record["published"]["tables"] == 8


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    output = capsys.readouterr().out
    for command in ("build", "publish", "summary", "deps", "status", "rows", "clean"):
        assert f"  {command} " in output

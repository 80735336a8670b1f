"""What tests share: builds of the real project, of the miniature one, and the real-world exports.

Builds run in this process through the same entry as the command `cdm`; dbt is imported once.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import io
import itertools
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cdm import cli
from cdm.database import open_warehouse
from cdm.files import Warehouse
from cdm.keys import DEMO_HASH_KEY, hash_keys

REPO = Path(__file__).resolve().parents[2]
MINI = Path(__file__).parent / "mini"
DEMO_EXPORTS = REPO / "demo" / "exports"

# Nothing that the developer's own shell sets may change what a test sees.
for name in [name for name in os.environ if name.startswith(("CDM_", "DBT_", "MINI_"))]:
    if name not in ("CDM_TEST_DATA", "CDM_OFFLINE"):
        del os.environ[name]


@contextlib.contextmanager
def environment(**values: str | None) -> Iterator[None]:
    """Set variables, and the current folder, back at the end; None unsets one."""
    before, folder = dict(os.environ), Path.cwd()
    os.environ.update({name: str(value) for name, value in values.items() if value is not None})
    for name in [name for name, value in values.items() if value is None]:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        os.chdir(folder)


def keyed_hash(text: str) -> str:
    """Return what the macro `keyed_hash` gives for a text with the demo key."""
    keys = hash_keys(DEMO_HASH_KEY)
    inner = hashlib.sha256((keys["cdm_hash_inner"] + text).encode()).hexdigest()
    return hashlib.sha256((keys["cdm_hash_outer"] + inner).encode()).hexdigest()


def member_key(member: str) -> str:
    """Return the id of a Mailchimp member as the macro `member_key` gives it with the demo key."""
    return keyed_hash(member)[:32]


@dataclass
class Run:
    """What one `cdm` command did: its exit code, its output and the warehouse it worked in."""

    rc: int
    output: str
    warehouse: Warehouse

    def query(self, sql: str, which: str = "state") -> list[tuple[Any, ...]]:
        """Return the rows of a query on the file `which`: state, build, failed or published."""
        with open_warehouse(getattr(self.warehouse, which), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def value(self, sql: str, which: str = "state") -> Any:
        """Return the one value of a query."""
        return self.query(sql, which)[0][0]

    def check(self) -> Run:
        """Return self if the command passed, maybe with warnings; else fail with its output."""
        assert self.rc in (0, 2), self.output
        return self


def cdm(project: Path, warehouse: Path, arguments: list[str], **variables: str | None) -> Run:
    """Run the command `cdm` in this process."""
    output, code = io.StringIO(), 0
    with (
        environment(
            **{
                "CDM_WAREHOUSE": str(warehouse),
                "DBT_PROFILES_DIR": str(REPO / "profiles"),
                "DBT_TARGET_PATH": f"{warehouse}-target",
                "DBT_LOG_PATH": f"{warehouse}-logs",
                **variables,
            }
        ),
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        try:
            cli.main(["--project-dir", str(project), *arguments])
        except SystemExit as end:
            code = int(end.code or 0)
    return Run(code, output.getvalue(), Warehouse(warehouse))


def start_cdm(project: Path, warehouse: Path, arguments: list[str], **variables: str) -> Any:
    """Start the command `cdm` as a process of its own, for tests that kill it or run beside it."""
    return subprocess.Popen(
        [sys.executable, "-m", "cdm", "--project-dir", str(project), *arguments],
        env={
            **os.environ,
            "CDM_WAREHOUSE": str(warehouse),
            "DBT_PROFILES_DIR": str(REPO / "profiles"),
            "DBT_TARGET_PATH": f"{warehouse}-target",
            "DBT_LOG_PATH": f"{warehouse}-logs",
            **variables,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This process's own folder for builds of the real project: their warehouses, the link
    `current` to the one in use, and dbt's `current-target`."""
    return tmp_path_factory.mktemp("cdm")


@pytest.fixture(scope="session")
def build(session_folder: Path) -> Callable[..., Run]:
    """Build the real project; see `run_build` for the arguments.

    All builds of a session share one target folder and, seen from dbt, one warehouse path (a link
    that points to the warehouse in use), so that the project is parsed anew only where it changed.
    For the same reason all of them know the unit tests, and most leave them out.
    """
    session = session_folder
    numbers = itertools.count(1)

    def run_build(
        exports: Path | str = DEMO_EXPORTS,
        connectors: str | None = None,
        as_of: str | None = None,
        full_refresh: bool = False,
        select: str | None = None,
        warehouse: Path | None = None,
        publish: bool = True,
        unit_tests: bool = False,
        tests: bool = True,
        **variables: str | None,
    ) -> Run:
        """Run `cdm build` on a folder of exports into `warehouse` (default: a fresh one).

        To build twice into one warehouse, hand on `run.warehouse.root` of the first run. Without
        `tests` no data test runs: enough where the tables are compared with tested ones.
        """
        place = warehouse or session / f"warehouse{next(numbers)}"
        place.mkdir(exist_ok=True)
        link = session / "current"
        link.unlink(missing_ok=True)
        link.symlink_to(place)
        arguments = ["build", *(["--full-refresh"] * full_refresh)]
        arguments += ["--select", select] if select else []
        arguments += [] if tests else ["--exclude", "resource_type:test"]
        arguments += [] if publish else ["--no-publish"]
        run = cdm(
            REPO,
            link,
            arguments,
            **{
                "CDM_EXPORTS": str(exports),
                "CDM_CONNECTORS": connectors,
                "CDM_AS_OF": as_of or "2026-07-01T00:00:00",
                "CDM_UNIT_TESTS": "1",
                "DBT_EXCLUDE_RESOURCE_TYPES": None if unit_tests else "unit_test",
                **variables,
            },
        )
        run.warehouse = Warehouse(place)
        return run

    return run_build


@pytest.fixture(scope="session")
def demo_build(build: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One build of the demo's exports with dbt's unit tests, shared by all tests that only read it,
    and by all processes that run tests side by side: the first one to need it makes it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return build(unit_tests=True).check()
    shared = tmp_path_factory.getbasetemp().parent
    made = shared / "demo_build.pickle"
    with (shared / "demo_build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            made.write_bytes(pickle.dumps(build(unit_tests=True)))
    run: Run = pickle.loads(made.read_bytes())
    return run.check()


# Files whose builds take longest. They begin first, so that no process ends long after the other;
# the very first needs no build of the demo, which the other process makes meanwhile.
LONGEST = (
    "test_contract_in_a_copy.py", "test_reproducibility.py", "test_loader_tables.py",
    "test_corrupted_rows.py", "test_erasure.py", "test_landing_build.py", "test_new_connector.py",
    "test_trackers.py", "test_quarantine.py", "test_lead_flow.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(LONGEST)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep a file's tests in one process, since they share builds; only those that build the whole
    project each for themselves go to whichever process is free."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            return nodeid if file.endswith("test_reproducibility.py") else file

    config.option.loadscopereorder = False  # the order is that of the tests
    return ByFile(config, log)


@dataclass
class Mini:
    """The miniature project with a warehouse of its own."""

    warehouse: Path

    def cdm(self, *arguments: str, **variables: str | None) -> Run:
        return cdm(MINI, self.warehouse, list(arguments), **variables)

    def start(self, *arguments: str, **variables: str) -> Any:
        return start_cdm(MINI, self.warehouse, list(arguments), **variables)


@pytest.fixture(scope="session")
def mini_first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    """The folder and the run of one good build of the miniature project."""
    folder, link = tmp_path_factory.mktemp("mini"), tmp_path_factory.getbasetemp() / "current"
    link.symlink_to(folder)
    run = Mini(link / "warehouse").cdm("build")
    assert run.rc == 0, run.output
    run.warehouse = Warehouse(folder / "warehouse")
    return folder, run


@pytest.fixture
def mini(mini_first_build: tuple[Path, Run], tmp_path: Path) -> Mini:
    """A miniature project that has been built once, for the test alone.

    dbt sees the same path in every test, a link, and so need not read the project anew.
    """
    shutil.copytree(mini_first_build[0], tmp_path, dirs_exist_ok=True)
    link = mini_first_build[0].parent / "current"
    link.unlink()
    link.symlink_to(tmp_path)
    return Mini(link / "warehouse")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real-world exports and reference data; skips where there is none."""
    folder = Path(os.environ.get("CDM_TEST_DATA", REPO.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"There is no {folder}: set CDM_TEST_DATA to the folder of real-world exports.")
    return folder

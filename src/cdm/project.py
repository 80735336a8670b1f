"""Where the dbt project stands, and how dbt is called in this process."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdm.files import CdmError, Warehouse


@dataclass(frozen=True)
class Project:
    """A dbt project folder, with the paths that the environment may set differently."""

    root: Path

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse; a relative CDM_WAREHOUSE counts from the project folder, as in dbt."""
        return Warehouse(self.root / os.environ.get("CDM_WAREHOUSE", "warehouse"))

    @property
    def target(self) -> Path:
        """Where dbt writes manifest.json, run_results.json and the compiled SQL."""
        return self.root / os.environ.get("DBT_TARGET_PATH", "target")

    @property
    def profiles(self) -> Path:
        return self.root / os.environ.get("DBT_PROFILES_DIR", "profiles")

    @property
    def packages(self) -> Path:
        return self.root / "dbt_packages"


def find_project(given: str | None = None) -> Project:
    """Return the project in `given`, else in the current folder or one above it, else the one that
    this package was installed from. Raises CdmError when there is none."""
    own = Path(__file__).resolve().parents[2]
    here = Path.cwd()
    for folder in [Path(given).resolve()] if given else [here, *here.parents, own]:
        if (folder / "dbt_project.yml").exists():
            return Project(folder)
    raise CdmError(f"There is no dbt_project.yml in {given or here}. Go to the project's folder.")


def prepare_environment(project: Project) -> None:
    """Go to the project's folder, as dbt does, and let dbt report its use to nobody."""
    os.chdir(project.root)
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")


def run_dbt(
    project: Project, arguments: list[str], listener: Callable[[Any], None] | None = None
) -> Any:
    """Run one dbt command in this process and return dbt's own result object.

    `arguments` is the command with its options. dbt itself prints nothing; its events go to
    `listener` and, as text, to logs/dbt.log. The DuckDB file is closed afterwards.
    """
    from dbt.cli.main import dbtRunner

    prepare_environment(project)
    quiet = ["--quiet", "--log-level", "none", "--log-level-file", "info", "--no-use-colors-file"]
    folders = ["--project-dir", str(project.root), "--profiles-dir", str(project.profiles)]
    with closed_connections():
        return dbtRunner(callbacks=[listener] if listener else []).invoke(
            [*quiet, *arguments, *folders]
        )


@contextlib.contextmanager
def closed_connections() -> Iterator[None]:
    """Close dbt-duckdb's connections at the end: it keeps them, and the file locked, otherwise."""
    try:
        yield
    finally:
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager

        DuckDBConnectionManager.close_all_connections()

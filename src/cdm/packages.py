"""The dbt packages: from the dbt hub where it can be reached, else the stand-in in fallback/."""

from __future__ import annotations

import hashlib
import os
import shutil
import urllib.error
import urllib.request
from pathlib import Path

from cdm.files import CdmError
from cdm.project import Project, run_dbt

HUB = "https://hub.getdbt.com/"
PROBE_SECONDS = 5
STAMP = ".installed_by_cdm"


def hub_answers(seconds: float = PROBE_SECONDS) -> bool:
    """Say whether the dbt hub (or the one in DBT_PACKAGE_HUB_URL) answers in time."""
    url = os.environ.get("DBT_PACKAGE_HUB_URL", HUB).rstrip("/") + "/api/v1/index.json"
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError, ValueError):
        return False


def fingerprint(project: Project) -> str:
    """Return a hash of everything that decides what has to be installed."""
    digest = hashlib.sha256()
    own = [path for path in sorted((project.root / "fallback").rglob("*")) if path.is_file()]
    for path in [project.root / "packages.yml", *own]:
        digest.update(str(path.relative_to(project.root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def installed(project: Project) -> str | None:
    """Return "hub" or "fallback", whichever is installed and up to date; None if neither is.

    In a copy of the project without the stand-in's folder, what is installed is good enough.
    """
    stamp = project.packages / STAMP
    if not stamp.exists():
        return None
    source, _, mark = stamp.read_text().partition(" ")
    is_current = mark == fingerprint(project) or not (project.root / "fallback").is_dir()
    return source if is_current else None


def install(project: Project, refresh: bool = False) -> str:
    """Install the packages that packages.yml names, and return one line on what is in use.

    CDM_OFFLINE decides: 1 never asks the hub, 0 insists on it, auto (the default) tries it. What is
    installed already stays, unless `refresh` is set or it is not what CDM_OFFLINE asks for.
    """
    if not (project.root / "packages.yml").exists():
        return "This project uses no dbt packages."
    mode = os.environ.get("CDM_OFFLINE", "auto").lower()
    if mode not in ("0", "1", "auto"):
        raise CdmError(f"CDM_OFFLINE is {mode!r}; it can be 1, 0 or auto.")
    fitting = {"0": ["hub"], "1": ["fallback"], "auto": ["hub", "fallback"]}[mode]
    current = installed(project)
    if current in fitting and not refresh:
        return describe(current)
    trouble = "it does not answer"
    if mode != "1" and hub_answers():
        trouble = install_from_hub(project)
        if not trouble:
            return describe(stamped(project, "hub"))
    if mode == "0":
        raise CdmError(
            f"The dbt hub can't be used ({trouble}), and CDM_OFFLINE=0 forbids the stand-in."
        )
    install_fallback(project)
    return describe(stamped(project, "fallback"))


def install_from_hub(project: Project) -> str:
    """Run `dbt deps`; return why it did not work, or nothing."""
    outcome = run_dbt(project, ["deps"])
    return "" if outcome.success else f"`dbt deps` says: {outcome.exception}"


def install_fallback(project: Project) -> None:
    """Copy the stand-in to where dbt looks for packages: aside first, then in one step."""
    if not (project.root / "fallback").is_dir():
        raise CdmError(
            "The dbt hub is out of reach, and there is no folder fallback/ to copy from."
        )
    project.packages.mkdir(exist_ok=True)
    for source in sorted((project.root / "fallback").iterdir()):
        fresh = project.packages / f".{source.name}.{os.getpid()}"
        shutil.copytree(source, fresh)
        shutil.rmtree(project.packages / source.name, ignore_errors=True)
        fresh.rename(project.packages / source.name)
    for other in project.packages.iterdir():
        if other.is_dir() and not (project.root / "fallback" / other.name).exists():
            shutil.rmtree(other)


def stamped(project: Project, source: str) -> str:
    """Write down what was installed, and return `source`."""
    stamp: Path = project.packages / STAMP
    stamp.write_text(f"{source} {fingerprint(project)}")
    return source


def describe(source: str) -> str:
    """Say in one line which packages are in use."""
    if source == "hub":
        return "dbt packages: dbt_expectations from the dbt hub."
    return (
        "dbt packages: the project's own stand-in of dbt_expectations "
        "(`cdm deps --refresh` asks the dbt hub)."
    )

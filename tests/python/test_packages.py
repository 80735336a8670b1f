"""The dbt packages: hub or stand-in, and that the stand-in says what the full package says."""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import re
import shutil
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import REPO, environment
from expectation_cases import CASES, Case, project_files

from cdm import packages
from cdm.files import CdmError
from cdm.project import Project, run_dbt

MACROS = REPO / "fallback" / "dbt_expectations" / "macros"
DEFINED = set(
    re.findall(r"{%-?\s*test\s+(\w+)", "\n".join(p.read_text() for p in MACROS.glob("*.sql")))
)


def run_project(folder: Path, files: dict[str, str], command: list[str]) -> Any:
    """Write a dbt project and run one command in it; return dbt's result."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    with environment(
        DBT_PROFILES_DIR=str(folder),
        DBT_TARGET_PATH=str(folder / "target"),
        DBT_LOG_PATH=str(folder / "logs"),
    ):
        return run_dbt(Project(folder), command)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int]]:
    """Status and failure count of every case on the good and on the bad table."""
    folder = tmp_path_factory.mktemp("expectations")
    files = project_files(str(REPO / "fallback"))
    outcome = run_project(folder, files, ["build", "--indirect-selection", "cautious"])
    assert outcome.result, outcome.exception
    return {r.node.name: (str(r.status), r.failures) for r in outcome.result.results}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_each_expectation_passes_and_fails(
    verdicts: dict[str, tuple[str, int]], number: int
) -> None:
    assert verdicts[f"good_{number:02d}"] == ("pass", 0), CASES[number]
    assert verdicts[f"bad_{number:02d}"] == ("fail", CASES[number].failures), CASES[number]


def test_no_expectation_is_without_a_case() -> None:
    assert {case.name for case in CASES} == DEFINED
    assert all(case.failures > 0 for case in CASES)


def test_the_stand_in_has_every_test_that_the_project_uses() -> None:
    folders = [REPO / name for name in ("models", "seeds", "tests/generic", "tests/singular")]
    texts = {
        path: path.read_text()
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in (".yml", ".yaml", ".sql")
    }
    used = {
        name: path
        for path, text in texts.items()
        for name in re.findall(r"dbt_expectations\.(\w+)", text)
    }
    missing = {name: str(path) for name, path in used.items() if name not in DEFINED}
    assert not missing, f"add them to fallback/dbt_expectations or do without: {missing}"


@pytest.mark.parametrize(
    "case",
    [
        Case("expect_column_values_to_match_regex", {"regex": "x", "flags": "i"}, 0, "code"),
        Case("expect_column_to_exist", {"column_index": 2}, 0, "id"),
        Case(
            "expect_table_row_count_to_equal_other_table",
            {"compare_model": "ref('other')", "group_by": ["id"], "compare_group_by": ["id"]},
            0,
        ),
    ],
    ids=lambda case: case.name,
)
def test_what_the_stand_in_lacks_it_refuses(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("expectation_cases.CASES", [case])
    outcome = run_project(tmp_path, project_files(str(REPO / "fallback")), ["compile"])
    assert not outcome.success
    said = f"{outcome.exception} " + " ".join(
        str(result.message) for result in (outcome.result.results if outcome.result else [])
    )
    assert "does not implement the argument" in said


def test_an_unknown_argument_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case("expect_column_to_exist", {"no_such_argument": 1}, 0, "id")
    monkeypatch.setattr("expectation_cases.CASES", [case])
    assert not run_project(tmp_path, project_files(str(REPO / "fallback")), ["compile"]).success


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A small project that asks for dbt_expectations as the real one does."""
    files = {
        "dbt_project.yml": json.dumps({"name": "p", "version": "1.0", "profile": "p"}),
        "profiles.yml": json.dumps(
            {"p": {"target": "d", "outputs": {"d": {"type": "duckdb", "path": ":memory:"}}}}
        ),
        "packages.yml": (REPO / "packages.yml").read_text(),
    }
    for path in (REPO / "fallback").rglob("*"):
        if path.is_file():
            files[str(path.relative_to(REPO))] = path.read_text()
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setenv("DBT_PROFILES_DIR", str(tmp_path))
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "target"))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path / "logs"))
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


@pytest.fixture(scope="module")
def hub_server() -> Iterator[tuple[str, list[str]]]:
    """A dbt hub on this machine that serves the stand-in as the package: address and log.

    There is one for all tests, because dbt remembers a package's address while it runs.
    """
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.add(REPO / "fallback" / "dbt_expectations", "metaplane-dbt-expectations-abc")
    asked: list[str] = []

    class Hub(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            here = f"http://127.0.0.1:{self.server.server_address[1]}"
            version = {
                "id": "metaplane/dbt_expectations/0.10.10",
                "name": "dbt_expectations",
                "version": "0.10.10",
                "packages": [],
                "require_dbt_version": [">=1.7.0", "<3.0.0"],
                "downloads": {
                    "tarball": f"{here}/package.tar.gz",
                    "format": "tgz",
                    "sha1": hashlib.sha1(packed.getvalue()).hexdigest(),
                },
            }
            pages: dict[str, bytes] = {
                "/api/v1/index.json": json.dumps(["metaplane/dbt_expectations"]).encode(),
                "/api/v1/metaplane/dbt_expectations.json": json.dumps(
                    {
                        "name": "dbt_expectations",
                        "namespace": "metaplane",
                        "latest": "0.10.10",
                        "versions": {"0.10.10": version},
                    }
                ).encode(),
                "/package.tar.gz": packed.getvalue(),
            }
            body = pages.get(self.path)
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    server.shutdown()


@pytest.fixture
def hub(hub_server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let dbt use the hub on this machine; return the list of what it asks from now on."""
    address, asked = hub_server
    monkeypatch.setenv("DBT_PACKAGE_HUB_URL", address)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    asked.clear()
    return asked


@pytest.fixture
def no_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hub that refuses connections."""
    monkeypatch.setenv("DBT_PACKAGE_HUB_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def test_dbt_deps_is_used_where_the_hub_answers(
    project: Project, hub: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDM_OFFLINE", "auto")
    line = packages.install(project)
    assert line == "dbt packages: dbt_expectations from the dbt hub."
    assert "/package.tar.gz" in hub
    assert (project.packages / "dbt_expectations" / "dbt_project.yml").exists()
    hub.clear()
    assert packages.install(project) == line
    assert hub == [], "what is installed is not asked for again"
    assert run_dbt(project, ["parse"]).success


def test_the_stand_in_is_used_and_said_where_it_does_not(
    project: Project, no_hub: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDM_OFFLINE", "auto")
    line = packages.install(project)
    assert "stand-in" in line and "\n" not in line
    assert (project.packages / "dbt_expectations" / "macros" / "table_tests.sql").exists()
    assert run_dbt(project, ["parse"]).success


def test_offline_never_asks_and_online_insists(
    project: Project, hub: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDM_OFFLINE", "1")
    assert "stand-in" in packages.install(project)
    assert hub == []
    monkeypatch.setenv("CDM_OFFLINE", "0")
    assert "from the dbt hub" in packages.install(project)
    monkeypatch.setenv("DBT_PACKAGE_HUB_URL", "http://127.0.0.1:9/")
    with pytest.raises(CdmError, match="does not answer"):
        packages.install(project, refresh=True)
    monkeypatch.setenv("CDM_OFFLINE", "perhaps")
    with pytest.raises(CdmError, match="it can be 1, 0 or auto"):
        packages.install(project)


def test_a_changed_stand_in_is_copied_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDM_OFFLINE", "1")
    packages.install(project)
    (project.root / "fallback" / "dbt_expectations" / "macros" / "new.sql").write_text("{# new #}")
    assert packages.installed(project) is None
    packages.install(project)
    assert (project.packages / "dbt_expectations" / "macros" / "new.sql").exists()


def test_a_copy_without_the_stand_in_uses_what_it_brings(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDM_OFFLINE", "1")
    packages.install(project)
    shutil.rmtree(project.root / "fallback")
    assert "stand-in" in packages.install(project)
    shutil.rmtree(project.packages)
    with pytest.raises(CdmError, match="no folder fallback/"):
        packages.install(project)

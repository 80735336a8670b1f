"""Landing inside a build: what stops it, what it says, and what a new alias changes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DEMO_EXPORTS, REPO, Run, cdm

pytestmark = pytest.mark.demo


def renamed_exports(folder: Path) -> Path:
    """Return the demo exports, with the contacts' required id column under another name."""
    exports = folder / "exports"
    shutil.copytree(DEMO_EXPORTS, exports)
    path = exports / "hubspot" / "contact.csv"
    content = path.read_bytes()
    header, _, rest = content.partition(b"\n")
    names = re.sub(rb"(?i)(^|,|\xef\xbb\xbf)id(?=,|\r?$)", rb"\1identity_no", header)
    assert names != header
    path.write_bytes(names + b"\n" + rest)
    return exports


def project_with_alias(folder: Path) -> Path:
    """Return a copy of the project in which the new name is an alias of the contact's id."""
    project = folder / "project"
    kept = ["dbt_project.yml", "packages.yml", "macros", "models", "seeds", "tests", "profiles"]
    project.mkdir()
    for name in [*kept, "dbt_packages", "analyses"]:
        if (REPO / name).is_dir():
            shutil.copytree(REPO / name, project / name)
        elif (REPO / name).exists():
            shutil.copy(REPO / name, project / name)
    path = project / "models" / "staging" / "hubspot" / "_hubspot__sources.yml"
    text = path.read_text()
    contact = text.index("- name: contact\n")
    before, after = text[:contact], text[contact:]
    changed = re.sub(r"(- name: id\n(?:.*\n)*?.*aliases: \[)", r"\1identity_no, ", after, count=1)
    assert changed != after
    path.write_text(before + changed)
    return project


def test_a_renamed_required_column_stops_the_build_and_an_alias_mends_it(
    demo_build: Run, build: Callable[..., Run], tmp_path: Path
) -> None:
    from test_reproducibility import differences

    exports = renamed_exports(tmp_path)
    warehouse = tmp_path / "warehouse"
    shutil.copytree(demo_build.warehouse.root, warehouse)
    published = (warehouse / "published" / "cdm.duckdb").read_bytes()
    failed = build(exports=exports, warehouse=warehouse, select="path:models/staging/hubspot")
    assert failed.rc == 1
    said = " ".join(failed.output.split())
    for part in (
        "hubspot.contact",
        '"id" is missing in',
        "hubspot/contact.csv",
        "vid",
        "identity_no",
        "_hubspot__sources.yml",
        "Nothing was published",
    ):
        assert part in said, said
    assert (warehouse / "published" / "cdm.duckdb").read_bytes() == published
    assert differences(demo_build, failed) == {}, "the state that the next build starts from"

    # What is staged is the same to the last column, so all that is made of it is.
    mended = cdm(
        project_with_alias(tmp_path),
        tmp_path / "other",
        ["build", "--no-publish", "--select", "stg_hubspot__contact"],
        CDM_EXPORTS=str(exports),
        CDM_AS_OF="2026-07-01T00:00:00",
    ).check()
    staged = "select * from staging.stg_hubspot__contact order by all"
    assert mended.query(staged) == demo_build.query(staged)


def test_a_connector_without_its_required_file_stops_the_build(
    build: Callable[..., Run], tmp_path: Path
) -> None:
    (tmp_path / "exports" / "mailchimp").mkdir(parents=True)
    (tmp_path / "exports" / "mailchimp" / "people.csv").write_text("id\n1\n")
    run = build(
        exports=tmp_path / "exports", connectors="mailchimp", select="stg_mailchimp__member"
    )
    assert run.rc == 1
    output = " ".join(run.output.split())
    assert "mailchimp.member is required and was not found" in output
    assert "member, members, list_member" in output
    assert "mailchimp/people.csv is there, but empty, no CSV, JSON or Parquet file, or" in output


def test_an_unknown_connector_is_named(build: Callable[..., Run]) -> None:
    run = build(connectors="hubspot,salesfarce", select="stg_hubspot__owner")
    assert run.rc == 1
    assert 'CDM_CONNECTORS names "salesfarce"' in " ".join(run.output.split())


def test_sql_can_be_written_where_nothing_was_built(session_folder: Path, tmp_path: Path) -> None:
    link = session_folder / "current"  # the path that builds know, so that little is parsed anew
    link.unlink(missing_ok=True)
    link.symlink_to(tmp_path)
    models = ["stg_ga4__event", "int_person__checked"]  # which look into ledgers
    written = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "compile", "--select", *models],
        env={
            **os.environ,
            "CDM_WAREHOUSE": str(link),
            "CDM_EXPORTS": str(DEMO_EXPORTS),
            "CDM_AS_OF": "2026-07-01T00:00:00",
            "CDM_UNIT_TESTS": "1",
            "DBT_PROFILES_DIR": str(REPO / "profiles"),
            "DBT_TARGET_PATH": f"{link}-target",
            "DBT_LOG_PATH": f"{link}-logs",
        },
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
    )
    assert written.returncode == 0, written.stdout + written.stderr

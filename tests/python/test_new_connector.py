"""The walk-through of docs/connectors.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import REPO, cdm

PAGE = REPO / "docs" / "connectors.md"
BUILT = "+person +person_xref +event +quarantine +no_raw_row_is_lost"
NOT_COPIED = [".*", "demo", "dbt_packages", "logs", "python", "target", "warehouse"]


def walk_through() -> tuple[dict[str, str], str]:
    """Return the files that the page tells to write, by path, and the line of the switchboard."""
    _, _, steps = PAGE.read_text(encoding="utf-8").partition("## Add a connector")
    files = dict(re.findall(r"^`([^`\n]+)`\n```\w+\n(.*?)^```", steps, re.MULTILINE | re.DOTALL))
    line = re.search(r"\*\*4\. .*?^```yaml\n(.*?)^```", steps, re.MULTILINE | re.DOTALL)
    assert line, "The page no longer says what to add to dbt_project.yml."
    return files, line[1]


@pytest.fixture(scope="module")
def run(tmp_path_factory: Any) -> Any:
    """A build of the copied project with the new connector and one older one."""
    project = tmp_path_factory.mktemp("copy") / "project"
    shutil.copytree(REPO, project, ignore=shutil.ignore_patterns(*NOT_COPIED))
    files, line = walk_through()
    for path, content in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(content, encoding="utf-8")
    switchboard = project / "dbt_project.yml"
    text = switchboard.read_text(encoding="utf-8")
    assert text.count("\n  connectors:\n") == 1
    switchboard.write_text(text.replace("\n  connectors:\n", f"\n  connectors:\n{line}"))

    (project / "exports" / "generic").mkdir()
    (project / "exports" / "generic" / "people.csv").write_text(
        "system,id,E-Mail,Firstname,Surname,created_at\n"
        "helpdesk,7,Tom.Brandt@eichhof.example,Tom,Brandt,2026-01-01T00:00:00Z\n",
        encoding="utf-8",
    )
    return cdm(
        project,
        tmp_path_factory.mktemp("new_connector") / "warehouse",
        ["build", "--no-publish", "--select", BUILT],
        DBT_INDIRECT_SELECTION="cautious",  # checks between tables of which one is not built
        CDM_EXPORTS=str(project / "exports"),
        CDM_CONNECTORS="generic,webinarly",
        CDM_AS_OF="2026-07-01T00:00:00",
    ).check()


def test_the_page_names_one_folder_and_one_line() -> None:
    files, line = walk_through()
    written = {path for path in files if not path.startswith("exports/")}
    assert {str(Path(path).parent) for path in written} == {"models/staging/webinarly"}
    assert len(written) == 5
    assert line.strip().count("\n") == 0


def test_its_people_are_in_canonical_person(run: Any) -> None:
    """One of them is known to the older system already, and is one person."""
    rows = run.query(
        "select list(record_key order by record_key) "
        "from (select person_id, source_system || ':' || source_record_id as record_key "
        "from canonical.person_xref) inner join canonical.person using (person_id) "
        "group by person_id order by 1"
    )
    assert [keys for (keys,) in rows] == [
        ["helpdesk:7", "webinarly:w-1002"],
        ["webinarly:w-1001"],
    ]


def test_its_local_times_are_read_as_declared(run: Any) -> None:
    """24.06.2026 10:15 in Berlin is 08:15 UTC."""
    assert run.query(
        "select cast(signed_up as varchar) from staging.stg_webinarly__registrant order by 1"
    ) == [("2026-06-24 08:15:00",), ("2026-06-24 16:40:00",)]


def test_its_events_are_known_and_belong_to_the_person(run: Any) -> None:
    rows = run.query(
        "select event_name, cast(event_at as varchar), person_id is not null "
        "from canonical.event order by event_at"
    )
    assert rows == [
        ("webinar_registration", "2026-06-24 08:15:00", True),
        ("webinar_attended", "2026-06-25 12:02:00", True),
    ]
    assert run.query("select * from governance.quarantine") == []

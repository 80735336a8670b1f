"""`cdm retention apply` erases who is due, and nobody whom an open deal holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import REPO, Run, cdm, environment

from cdm import erasure
from cdm.database import open_warehouse
from cdm.files import Warehouse, copy
from cdm.project import Project
from cdm.retention import note_due

pytestmark = pytest.mark.demo


def test_who_is_due_is_erased_and_who_is_held_is_not(demo_build: Run, tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    copy(demo_build.warehouse.state, warehouse.state)
    run = cdm(REPO, warehouse.root, ["retention", "apply", "--yes", "--no-build"])
    assert run.rc == 0
    assert "Nobody is to be erased." in run.output
    with open_warehouse(warehouse.state) as connection:
        connection.execute(
            """
            insert into governance.retention_due
            select
                person_id, field_class, timestamp '2020-01-01', timestamp '2023-01-01',
                case place when 3 then 'list' when 4 then 'erase_in_build' else 'erase' end,
                place = 2, true, '1.0.0'
            from (
                select person_id, row_number() over (order by person_id) as place
                from canonical.person where status = 'live'
            ) as persons
            inner join (values (1, 'all'), (1, 'behaviour'), (2, 'all'), (3, 'all'), (4, 'all'),
                (5, 'identifiers'), (6, 'behaviour'), (6, 'identifiers')
            ) as classes (nth, field_class) on place = nth
            """
        )
        people = [
            person
            for (person,) in connection.execute(
                "select person_id from canonical.person where status = 'live' order by 1 limit 6"
            ).fetchall()
        ]
    noted = Warehouse(tmp_path / "noted")
    copy(warehouse.state, noted.state)
    with environment(CDM_WAREHOUSE=str(noted.root)):
        assert note_due(Project(REPO)) == 1
    assert [row["person_ids"] for row in erasure.read_ledger(noted, "requests.csv")] == [people[3]]
    run = cdm(REPO, warehouse.root, ["retention", "apply", "--yes", "--no-build"])
    assert run.rc == 0, run.output
    assert "Due, and held by an open deal: 1." in run.output
    requests = erasure.read_ledger(warehouse, "requests.csv")
    assert {(row["person_ids"], row["scope"]) for row in requests} == {
        (people[0], "all"), (people[3], "all"), (people[4], "identifiers"),
        (people[5], "identifiers"), (people[5], "behaviour"),
    }  # fmt: skip
    assert "policy_retention" in requests[0]["reason"]
    # Behaviour goes as far back as the days of its policy ago, and not what was done since.
    identifiers = erasure.read_ledger(warehouse, "identifiers.csv")
    assert {(row["scope"], row["until"]) for row in identifiers} == {
        ("all", ""), ("identifiers", ""), ("behaviour", "2023-07-01T00:00:00"),
    }  # fmt: skip

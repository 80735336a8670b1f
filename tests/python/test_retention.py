"""`cdm retention apply` erases who is due, and nobody whom an open deal holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import REPO, Run, cdm

from cdm import erasure
from cdm.files import Warehouse

pytestmark = pytest.mark.demo


def test_who_is_due_is_erased_and_who_is_held_is_not(demo_build: Run, tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.state.parent.mkdir(parents=True)
    shutil.copyfile(demo_build.warehouse.state, warehouse.state)
    run = cdm(REPO, warehouse.root, ["retention", "apply", "--yes", "--no-build"])
    assert run.rc == 0
    assert "Nobody is to be erased." in run.output
    with duckdb.connect(str(warehouse.state)) as connection:
        connection.execute(
            """
            insert into governance.retention_due
            select
                person_id, 'all', timestamp '2020-01-01', timestamp '2023-01-01',
                case when place = 3 then 'list' else 'erase' end, place = 2, true, '1.0.0'
            from (
                select person_id, row_number() over (order by person_id) as place
                from canonical.person where status = 'live'
            ) as persons
            where place <= 3
            """
        )
        [(due,)] = connection.execute(
            "select person_id from governance.retention_due "
            "where action = 'erase' and not is_held_by_open_deal"
        ).fetchall()
    run = cdm(REPO, warehouse.root, ["retention", "apply", "--yes", "--no-build"])
    assert run.rc == 0, run.output
    requests = erasure.read_ledger(warehouse, "requests.csv")
    assert [row["person_ids"] for row in requests] == [due]
    assert "policy_retention" in requests[0]["reason"]

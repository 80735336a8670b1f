"""A look at the rows behind a check."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from cdm import records
from cdm.files import CdmError
from cdm.project import Project


def failing_rows(
    project: Project, check: str, limit: int
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names and rows that a data test of the last run selects.

    The test's compiled SQL is run on the file which that run left: failed/, or state/ if it passed.
    Raises CdmError when there is no such test or its SQL was not compiled.
    """
    path = project.target / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"nodes": {}}
    tests = [n for n in manifest["nodes"].values() if n["resource_type"] == "test"]
    node = next((n for n in tests if check in (n["name"], n["unique_id"])), None)
    if node is None or not node.get("compiled_code"):
        raise CdmError(f"The last run has no check named {check}. `cdm summary` lists them.")
    warehouse = project.warehouse
    record = records.latest(warehouse)
    failed = record is not None and record.outcome == "failed" and warehouse.failed.exists()
    database = warehouse.failed if failed else warehouse.state
    if not database.exists():
        raise CdmError(f"There is no {database} to look into.")
    sql = f"select * from (\n{node['compiled_code']}\n) as failing_rows limit {limit}"
    with duckdb.connect(str(database), read_only=True) as connection:
        try:
            answer = connection.execute(sql)
        except duckdb.Error as error:
            raise CdmError(f"{check} can't be looked into: {error}") from None
        return [column[0] for column in answer.description or []], answer.fetchall()

"""A look at the rows behind a check."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb

from cdm import records
from cdm.database import open_warehouse
from cdm.files import CdmError
from cdm.project import Project

RULE_COLUMN = "broken_rule"  # a test that judges several rules gives one row a rule, named here


def query_check(
    node: dict[str, Any], database: Path, limit: int
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names and rows that a data test of the manifest selects from a DuckDB file.

    Raises duckdb.Error where its SQL can't be run there.
    """
    sql = f"select * from (\n{node['compiled_code']}\n) as failing_rows limit {limit}"
    with open_warehouse(database, read_only=True) as connection:
        answer = connection.execute(sql)
        return [column[0] for column in answer.description or []], answer.fetchall()


def failing_rows(
    project: Project, check: str, limit: int
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return column names and rows of a data test of the last run.

    They are looked up in the file which that run left: failed/, or state/ if it passed. Raises
    CdmError when there is no such test or its SQL was not compiled.
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
    try:
        return query_check(node, database, limit)
    except duckdb.Error as error:
        raise CdmError(f"{check} can't be looked into: {error}") from None


def name_broken_rules(record: records.Record, manifest: dict[str, Any], database: Path) -> None:
    """Add to the message of each failed test that judges several rules which of them are broken."""
    by_name = {n["name"]: n for n in manifest.get("nodes", {}).values()}
    for problem in record.problems:
        code = by_name.get(problem.name, {}).get("compiled_code") or ""
        if problem.kind != "test" or RULE_COLUMN not in code:
            continue
        try:
            names, rows = query_check(by_name[problem.name], database, 20)
        except duckdb.Error:
            continue
        if names[:2] == [RULE_COLUMN, "row_count"]:
            broken = (
                f"{rule} ({records.plural(count, 'row')}"
                + (f", for example {example[0]})" if example and example[0] else ")")
                for rule, count, *example in rows
            )
            said = problem.message.partition(": ")[2]  # it began with the number of rules
            problem.message = f"{said}\nbroken: {', '.join(broken)}"

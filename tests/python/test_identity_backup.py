"""`cdm identity export` and `import`: the registry as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import REPO, cdm

from cdm.database import open_warehouse
from cdm.files import Warehouse

ROWS = """
    ('crm:1', 'per_a', 1, timestamp '2026-01-01', null, null),
    ('crm:2', 'per_b', 1, timestamp '2026-01-01', 2, timestamp '2026-01-02'),
    ('crm:2', 'per_a', 2, timestamp '2026-01-02 10:30:00', null, null),
    ('crm:"3", x', 'per_c', 2, timestamp '2026-01-02', null, null)
"""
COLUMNS = "record_key, person_id, from_run, from_at, to_run, to_at"


def state_with_a_registry(root: Path, rows: str = ROWS) -> Warehouse:
    warehouse = Warehouse(root)
    warehouse.state.parent.mkdir(parents=True)
    with open_warehouse(warehouse.state) as connection:
        connection.execute("create schema cdm_vault.resolve; create table other as select 1 as x")
        connection.execute(
            "create table cdm_vault.resolve.int_identity__registry as "
            f"select * from (values {rows}) as given({COLUMNS})"
        )
    return warehouse


def registry(warehouse: Warehouse) -> list[tuple]:
    with open_warehouse(warehouse.state, read_only=True) as connection:
        return connection.execute(
            f"select {COLUMNS} from resolve.int_identity__registry order by all"
        ).fetchall()


@pytest.mark.parametrize("file_format", ["parquet", "csv"])
def test_a_registry_goes_out_and_comes_back(tmp_path: Path, file_format: str) -> None:
    warehouse = state_with_a_registry(tmp_path / "one")
    backup = tmp_path / "backup"
    arguments = ["identity", "export", str(backup), "--format", file_format]
    assert cdm(REPO, warehouse.root, arguments).rc == 0
    file = backup / f"identity_registry.{file_format}"
    first = file.read_bytes()
    empty = Warehouse(tmp_path / "two")
    run = cdm(REPO, empty.root, ["identity", "import", str(backup)])
    assert run.rc == 0 and "4 rows" in run.output, run.output
    assert registry(empty) == registry(warehouse)
    assert cdm(REPO, empty.root, ["identity", *arguments[1:]]).rc == 0
    assert file.read_bytes() == first
    assert [path.name for path in empty.root.iterdir() if path.is_dir()] == ["state"]


def test_ids_are_not_lost_by_mistake(tmp_path: Path) -> None:
    warehouse = state_with_a_registry(tmp_path / "one")
    backup = tmp_path / "backup"
    cdm(REPO, warehouse.root, ["identity", "export", str(backup)])
    other = state_with_a_registry(
        tmp_path / "two", "('crm:9', 'per_z', 1, timestamp '2026-01-01', null, null)"
    )
    before = registry(other)
    refused = cdm(REPO, other.root, ["identity", "import", str(backup)])
    assert refused.rc == 1 and "--replace" in refused.output
    assert registry(other) == before
    assert cdm(REPO, other.root, ["identity", "import", str(backup), "--replace"]).rc == 0
    assert registry(other) == registry(warehouse)
    # What else was in the state is still there.
    with open_warehouse(other.state) as connection:
        assert connection.execute("from other").fetchall() == [(1,)]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["crm:1,per_a,1,2026-01-01,,", "crm:1,per_b,1,2026-01-01,,"], "two persons at once"),
        (["crm:1,per_a,1,2026-01-01,3,2026-01-03", "crm:1,per_b,2,2026-01-02,,"], "two persons"),
        (["crm:1,per_a,1,2026-01-01,2,"], "without record"),
        (["crm:1,,1,2026-01-01,,"], "without record"),
        (["crm:1,per_a,1,2026-01-01,,", "crm:1,per_a,1,2026-01-01,,"], "twice"),
        (["crm:1,per_a,soon,2026-01-01,,"], "is no registry"),
    ],
)
def test_what_is_no_registry_changes_nothing(tmp_path: Path, lines: list[str], said: str) -> None:
    (tmp_path / "identity_registry.csv").write_text("\n".join([COLUMNS, *lines, ""]))
    warehouse = Warehouse(tmp_path / "warehouse")
    run = cdm(REPO, warehouse.root, ["identity", "import", str(tmp_path)])
    assert run.rc == 1 and said in run.output, run.output
    assert not warehouse.state.exists()


def test_without_a_build_or_a_file_the_next_step_is_named(tmp_path: Path) -> None:
    run = cdm(REPO, tmp_path / "warehouse", ["identity", "export", str(tmp_path)])
    assert run.rc == 1 and "Run `cdm build`" in run.output
    run = cdm(REPO, tmp_path / "warehouse", ["identity", "import", str(tmp_path)])
    assert run.rc == 1 and "cdm identity export" in run.output

"""Identity resolution from hashed claims to person ids, as a dbt project of its own.

The models from int_identity__overrides to int_identity__registry are the real ones, as are all the
macros; what they read is written by the test. Used by tests and by benches/identity.py.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from dbt.cli.main import dbtRunner

REPOSITORY = Path(__file__).resolve().parents[2]
IDENTITY = REPOSITORY / "models" / "resolve" / "identity"
MODELS = (
    *("overrides", "changed", "forced", "pairs", "anchors", "edges_changed"),
    *("edges", "components", "stirred", "bound", "exclusives", "names", "agreements"),
    *("contested", "disputed", "admitted", "guarded", "refused", "reclustered", "clusters"),
    "registry",
)
IDENTIFIER_MODELS = (
    *("carried_before", "claims", "rejudged", "grown", "bearers", "name_conflicts", "judged"),
)
CHECKPOINT = "1GB"  # as the project's own profile has it
AS_OF = "2026-07-01T00:00:00"
# What the real models read, with the columns that they use.
INPUTS = {
    "int_person__checked": "record_key varchar, source_system varchar, source_record_id varchar, "
    "first_name varchar, last_name varchar, created_at timestamp, record_updated_at timestamp, "
    "is_deleted boolean, is_current boolean",
    "int_identifier__hashed": "record_key varchar, id_type varchar, id_value varchar, "
    "problem varchar",
    "policy_identity_override": "override_id varchar, action varchar, record_a varchar, "
    "record_b varchar, valid_from date, valid_to date",
    "policy_exclusive_system": "source_system varchar, valid_from date, valid_to date",
    "policy_identifier_type": "id_type varchar, tier int, priority int, may_merge boolean, "
    "max_anchors int, exclusive_limit int, joins_same_system boolean, names_must_agree boolean, "
    "valid_from date, valid_to date",
    "ref_nickname": "name varchar, nickname varchar",
    "int_match__decided": "left_record_key varchar, right_record_key varchar, rule_id varchar, "
    "match_probability double, decision varchar",
}
PROFILE = """
customer_data_model:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: '{path}'
      threads: {threads}
      config_options: {{checkpoint_threshold: {checkpoint}}}
      settings: {{threads: {engine_threads}, TimeZone: UTC}}
"""
PROJECT = """
name: customer_data_model
version: '1.0'
profile: customer_data_model
flags: {send_anonymous_usage_stats: false}
vars: {contract_version: '1'}
models: {customer_data_model: {+materialized: table}}
"""


class Engine:
    """The project in a folder. `fill` writes inputs, `build` runs it, `query` reads the result."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.folder = folder
        self.warehouse = folder / "identity.duckdb"
        (folder / "models").mkdir(parents=True)
        (folder / "inputs").mkdir()
        shutil.copytree(REPOSITORY / "macros" / "identity", folder / "macros" / "identity")
        shutil.copytree(REPOSITORY / "macros" / "platform", folder / "macros" / "platform")
        shutil.copytree(
            REPOSITORY / "macros" / "materializations", folder / "macros" / "materializations"
        )
        shutil.copy(REPOSITORY / "macros" / "as_of.sql", folder / "macros")
        for name in ("nickname_forms", "nickname_pairs"):
            shutil.copy(REPOSITORY / "macros" / "match" / f"{name}.sql", folder / "macros")
        # Erasure is no part of what is looked at here.
        (folder / "macros" / "forget_erased_records.sql").write_text(
            "{% macro forget_erased_records() %}{% endmacro %}"
        )
        (folder / "macros" / "kept_together.sql").write_text(
            "{% macro kept_together() %}select * from overrides where false{% endmacro %}"
        )
        for file in (folder / "macros").rglob("*.yml"):
            file.unlink()
        for name in MODELS:
            shutil.copy(IDENTITY / f"int_identity__{name}.sql", folder / "models")
        for name in IDENTIFIER_MODELS:
            shutil.copy(IDENTITY / f"int_identifier__{name}.sql", folder / "models")
        for name in INPUTS:
            (folder / "models" / f"{name}.sql").write_text(
                "{{ config(materialized='view') }}\n"
                f"select * from read_parquet('{folder}/inputs/{name}.parquet')"
            )
            self.fill(name, [])
        (folder / "dbt_project.yml").write_text(PROJECT)
        self.threads(threads)

    def threads(self, count: int, engine: int | None = None) -> None:
        """Set the threads of dbt, and of the engine where it has others."""
        profile = PROFILE.format(
            path=self.warehouse,
            threads=count,
            engine_threads=engine or count,
            checkpoint=CHECKPOINT,
        )
        (self.folder / "profiles.yml").write_text(profile)

    def fill(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """Write the rows of one input; columns that a row leaves out are null."""
        with duckdb.connect() as connection:
            connection.execute(f"create table input ({INPUTS[name]})")
            lines = [json.dumps(row) for row in rows]
            if lines:
                source = self.folder / "inputs" / f"{name}.json"
                source.write_text("\n".join(lines))
                columns = ", ".join(
                    f"'{part.split()[0]}': '{part.split()[1]}'" for part in INPUTS[name].split(", ")
                )
                connection.execute(
                    f"insert into input by name select * from read_json('{source}', "
                    f"columns={{{columns}}}, format='newline_delimited')"
                )
            connection.execute(f"copy input to '{self.folder}/inputs/{name}.parquet'")

    def build(self, *arguments: str) -> tuple[bool, dict[str, str]]:
        """Run dbt; returns success and the message of each model that failed."""
        result = dbtRunner().invoke(
            [
                *("run", "--project-dir", str(self.folder), "--profiles-dir", str(self.folder)),
                *("--quiet", "--no-use-colors", "--log-path", str(self.folder / "logs")),
                *arguments,
            ]
        )
        failed = {
            row.node.name: row.message or ""
            for row in (result.result or [])
            if str(row.status) not in ("success", "skipped")
        }
        assert result.success or failed, result.exception
        return result.success, failed

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the warehouse."""
        # dbt may have the file open still, in this process.
        options = {"checkpoint_threshold": CHECKPOINT}
        with duckdb.connect(str(self.warehouse), config=options) as connection:
            return connection.execute(sql).fetchall()

    def persons(self) -> dict[str, str]:
        """Return the person of each record, as the registry has it."""
        return dict(
            self.query(
                "select record_key, person_id from int_identity__registry where to_run is null"
            )
        )

"""What the rules of intake cost: a million rows judged by all rules, and by none.

The intake models of persons, opportunities and activities are compiled as they are, and once more
with their reasons taken out of the SQL: nothing is held, excluded or noted, no value is cleared and
nothing is looked up for a rule or a waiver. Both run on the same synthetic rows, in turn, three
times; the median counts. The rows are clean but for one in twenty, as exports are.

    make bench-contract [ROWS=1000000]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

REPO = Path(__file__).resolve().parents[1]
ENTITIES = ("person", "opportunity", "activity")
MOST = 1.5  # times the cost without rules
REASONS = {"hold_reasons", "exclude_reasons", "notes"}
COLUMNS = {
    "source_system": "'crm'", "connector": "'crm'", "source_object": "'{entity}'",
    "source_record_id": "cast(n as varchar)", "_content_hash": "md5(cast(n as varchar))",
    "is_deleted": "n % 50 = 0", "is_derived": "false", "_source_file": "'crm/{entity}.csv'",
    "record_updated_at": "timestamp '2026-01-01' + to_seconds(n)", "_source_row": "n",
    "email": "'person' || n || case when n % 20 = 0 then '' else '@firm.example' end",
    "phone": "'+49 170 ' || (1000000 + n)", "first_name": "'Ann'", "last_name": "'Lee ' || n",
    "created_at": "timestamp '2025-01-01' + to_seconds(n)", "stage": "'Open'", "currency": "'EUR'",
    "amount": "case when n % 20 = 0 then -1 else n % 1000 end", "is_closed": "n % 3 = 0",
    "probability": "case when n % 20 = 1 then 7 else 0.5 end", "stage_rank": "n % 7",
    "closed_at": "timestamp '2026-02-01'", "account_record_id": "cast(n % 5000 as varchar)",
    "activity_type": "case when n % 20 = 0 then 'fax' else 'call' end",
    "occurred_at": "timestamp '2026-02-01' + to_seconds(n)",
}  # fmt: skip


def compiled(folder: Path) -> dict[str, str]:
    """Let dbt compile the intake models; return their SQL by entity."""
    environment = {
        **os.environ,
        "CDM_WAREHOUSE": str(folder / "warehouse"),
        "CDM_AS_OF": "2026-07-01T00:00:00",
        "CDM_HASH_KEY": "a key for measuring",
        "DBT_PROFILES_DIR": str(REPO / "profiles"),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    models = [f"int_{entity}__checked" for entity in ENTITIES]
    # The first command makes the ledgers that the models look into while they are compiled.
    for command in (["seed", "--select", "policy_waiver"], ["compile", "--select", *models]):
        subprocess.run(
            [sys.executable, "-m", "dbt.cli.main", "--quiet", *command],
            env=environment, cwd=REPO, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    found = {}
    for entity in ENTITIES:
        [path] = (folder / "target" / "compiled").rglob(f"int_{entity}__checked.sql")
        found[entity] = path.read_text(encoding="utf-8")
    return found


def without_rules(sql: str) -> str:
    """Return the SQL of an intake model with no rule in it."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    for alias in list(tree.find_all(exp.Alias)):
        if alias.alias in REASONS:
            alias.set("this", exp.cast(exp.Null(), "text"))
        elif isinstance(alias.this, exp.Case) and "hold_reasons" in alias.this.sql():
            columns = [c.name for c in alias.this.find_all(exp.Column)]
            if alias.alias in columns:  # a value that a rule may clear
                alias.set("this", exp.column(alias.alias))
    for join in list(tree.find_all(exp.Join)):
        if join.this.alias.startswith("rule_") or join.this.alias_or_name == "excused":
            join.pop()
    for column in list(tree.find_all(exp.Column)):
        if column.table == "excused":  # the waivers, which excuse nothing where nothing is held
            column.replace(exp.Null())
    return tree.sql(dialect="duckdb")


def prepare(connection: duckdb.DuckDBPyConnection, sql: dict[str, str], rows: int) -> None:
    """Make the tables that the models read: the records of each entity and an empty ledger."""
    connection.execute("attach ':memory:' as cdm; attach ':memory:' as cdm_vault")
    connection.execute("create schema cdm_vault.intake")
    connection.execute("create schema cdm_vault.staging")
    connection.execute(
        "create table cdm_vault.staging.quarantine_decision (quarantine_id text, decision text, "
        "reason_codes text, decided_by text, decided_at timestamp)"
    )
    connection.execute("create schema cdm.policy")
    for policy in sorted(set(re.findall(r'"policy"[.]"(\w+)"', " ".join(sql.values())))):
        path = REPO / "seeds" / "policy" / f"{policy}.csv"
        connection.execute(f"create table cdm.policy.{policy} as from read_csv('{path}')")
    connection.execute(
        "create table cdm_vault.intake.int_account__records as select 'crm' as source_system, "
        "cast(range as varchar) as source_record_id from range(5000)"
    )
    for entity, text in sql.items():
        shape = columns_of(text)
        columns = ", ".join(
            f"{COLUMNS[name].format(entity=entity)} as {name}"
            if name in COLUMNS
            else f"cast(null as {kind}) as {name}"
            for name, kind in shape.items()
        )
        connection.execute(
            f"create table cdm_vault.intake.int_{entity}__records as "
            f"select {columns} from range(1, {rows} + 1) as numbers (n)"
        )


def columns_of(sql: str) -> dict[str, str]:
    """Return the columns that a model takes from its records, with a type for those left empty."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    placed = next(cte for cte in tree.find_all(exp.CTE) if cte.alias == "placed")
    own = {"record_key", "raw_row_id", "copy_number", "duplicate_of", "reason_codes",
           "disposition", "is_current"}  # fmt: skip
    kinds = {
        "_landing": "integer", "_source_line": "bigint", "_loaded_at": "timestamp",
        "is_won": "boolean", "is_automated": "boolean", "expected_close_date": "date",
        "date_of_birth": "date",
    }  # fmt: skip
    names = [name for name in placed.this.named_selects if name not in own]
    return {name: kinds.get(name, "text") for name in names}


def measure(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    """Return the processor seconds that a table of this SQL takes."""
    start = time.process_time()
    connection.execute(f"create or replace table cdm_vault.intake.measured as {sql}")
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cdm-contract-") as folder:
        sql = compiled(Path(folder))
    spent: dict[str, dict[str, list[float]]] = {e: {"all": [], "none": []} for e in ENTITIES}
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        prepare(connection, sql, arguments.rows)
        for _ in range(arguments.times):
            for entity in ENTITIES:
                spent[entity]["none"].append(measure(connection, without_rules(sql[entity])))
                spent[entity]["all"].append(measure(connection, sql[entity]))
    total = {"all": 0.0, "none": 0.0}
    print(f"{arguments.rows:,} rows each\n{'entity':<14}{'rules s':>9}{'none s':>9}{'times':>8}")
    for entity, measured in spent.items():
        with_all, none = (statistics.median(measured[which]) for which in ("all", "none"))
        total["all"] += with_all
        total["none"] += none
        print(f"{entity:<14}{with_all:9.2f}{none:9.2f}{with_all / none:8.2f}")
    times = total["all"] / total["none"]
    print(f"{'together':<14}{total['all']:9.2f}{total['none']:9.2f}{times:8.2f}")
    print(json.dumps({"rows": arguments.rows, "times": round(times, 2), "most": MOST}))
    if times > MOST:
        raise SystemExit(f"The rules cost more than {MOST} times intake without any.")


if __name__ == "__main__":
    main()

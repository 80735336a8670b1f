"""What a full build costs as data grows: time and memory of each layer, beside the floor.

The exports are the demo's, many times over (`demo.generate --scale`): at the default of 500 about
200,000 contacts and 1.3 million web events. Each layer is built by a dbt process of its own, so
that its processor time and its peak memory can be told apart; dbt's own start, measured on one
seed, is taken off. The floor is DuckDB alone, in one process: it reads all columns of the same
files once and writes the published and sealed tables once.

    make bench-scale [SCALE=500]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
LAYERS = {
    "staging": ["path:models/staging"],
    "intake": ["path:models/intake"],
    "resolve": ["path:models/resolve"],
    "canonical": ["path:models/canonical", "path:models/vault"],
    "marts": ["path:models/marts"],
    "governance": ["path:models/governance"],
}
FLOOR = """
import duckdb, glob, sys
exports, state, copy = sys.argv[1:]
connection = duckdb.connect(copy, config={"storage_compatibility_version": "v1.4.0"})
connection.execute("set threads = 2")
for path in sorted(glob.glob(exports + "/**/*.*", recursive=True)):
    reader = {"csv": "read_csv('{}', all_varchar = true, ignore_errors = true)",
              "json": "read_json('{}', ignore_errors = false)",
              "ndjson": "read_json('{}', format = 'newline_delimited', ignore_errors = true)",
              "parquet": "read_parquet('{}')"}.get(path.rsplit(".", 1)[1])
    if reader:
        relation = reader.format(path)
        connection.execute(f"select bit_xor(hash(t)) from {relation} as t").fetchall()
connection.execute(f"attach '{state}' as built (read_only)")
for schema, table in connection.execute(
    "select schema_name, table_name from duckdb_tables() where database_name = 'built'"
    " and schema_name in ('canonical', 'vault')"
).fetchall():
    connection.execute(f"create table {table} as select * from built.{schema}.{table}")
"""


@dataclass
class Spent:
    """What one process took: processor and clock seconds, and its peak memory in megabytes."""

    cpu: float
    clock: float
    megabytes: float


def spend(command: list[str], environment: dict[str, str]) -> Spent:
    """Run a command to its end; raise SystemExit with its output if it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(
            command, env=environment, cwd=REPO, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise SystemExit(output.read()[-4000:] + f"\n{' '.join(command)} failed.")
    cpu = usage.ru_utime + usage.ru_stime
    return Spent(cpu, time.perf_counter() - start, usage.ru_maxrss / 1024)


def measure(scale: int, folder: Path) -> dict[str, Spent]:
    """Generate, build layer by layer and measure; return what each step took, in order."""
    exports, warehouse = folder / "exports", folder / "warehouse"
    environment = {
        **os.environ,
        "CDM_EXPORTS": str(exports),
        "CDM_WAREHOUSE": str(warehouse),
        "CDM_AS_OF": "2026-07-01T00:00:00",
        "CDM_HASH_KEY": "a key for measuring",
        "DBT_PROFILES_DIR": str(REPO / "profiles"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet"]
    generate = [sys.executable, "-m", "demo.generate", "--output", str(exports)]
    steps = {"(exports generated)": spend([*generate, "--scale", str(scale)], environment)}
    spend([*dbt, "parse"], environment)
    spend([*dbt, "seed"], environment)
    steps["(dbt's own start)"] = spend(
        [*dbt, "seed", "--select", "policy_excluded_traffic"], environment
    )
    for layer, paths in LAYERS.items():
        steps[layer] = spend([*dbt, "run", "--select", *paths], environment)
    steps["data tests"] = spend([*dbt, "test", "--select", "test_type:data"], environment)
    floor = [sys.executable, "-c", FLOOR, str(exports), str(warehouse / "build" / "cdm.duckdb")]
    steps["floor"] = spend([*floor, str(folder / "floor.duckdb")], environment)
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=500, help="how many times the demo's people")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="cdm-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        steps = measure(arguments.scale, folder)
        count = sum(path.stat().st_size for path in (folder / "exports").rglob("*.*")) / 1e6
    finally:
        if not arguments.folder:
            shutil.rmtree(folder, ignore_errors=True)
    start, floor = steps["(dbt's own start)"], steps["floor"]
    print(f"Exports of {count:,.0f} MB, {arguments.scale} times the demo.\n")
    print(f"{'layer':<22}{'cpu s':>9}{'clock s':>9}{'peak MB':>9}{'x floor':>9}")
    total = Spent(0.0, 0.0, 0.0)
    for step, spent in steps.items():
        own = spent.cpu if step in ("floor", *list(steps)[:2]) else spent.cpu - start.cpu
        if step in LAYERS:
            clock = spent.clock - start.clock
            peak = max(total.megabytes, spent.megabytes)
            total = Spent(total.cpu + own, total.clock + clock, peak)
        share = f"{own / floor.cpu:9.2f}" if step in LAYERS or step == "data tests" else " " * 9
        print(f"{step:<22}{own:9.1f}{spent.clock:9.1f}{spent.megabytes:9.0f}{share}")
    print(
        f"{'all layers':<22}{total.cpu:9.1f}{total.clock:9.1f}{total.megabytes:9.0f}"
        f"{total.cpu / floor.cpu:9.2f}"
    )
    print(json.dumps({"scale": arguments.scale, "times_floor": round(total.cpu / floor.cpu, 2)}))


if __name__ == "__main__":
    main()

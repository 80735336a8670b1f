"""What a build costs as data grows: time and memory of each layer, beside the floor.

The exports are the demo's, many times over (`demo.generate --scale`): at the default of 500 about
200,000 contacts and 1.7 million events. Each layer is built by a dbt process of its own, so that
its processor time and its peak memory can be told apart. What dbt itself takes is what the same
layers take on the demo as it is, where there is next to no data. The floor is DuckDB alone, in one
process: it reads all columns of the same files once and writes the canonical tables and the vault's
once. `canonical` are the tables of what the exports say; what is judged on top of them, from scores
to service levels, is told apart. In the end one more day of events arrives and all is built again.

    make bench-scale [SCALE=500] [UNTIL=canonical]
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
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
CANONICAL = [
    *("account", "account_domain", "activity", "consent_current", "consent_event", "date_day"),
    *("event", "opportunity", "opportunity_contact_role", "person", "person_account"),
    *("person_pii", "person_xref", "session", "source"),
]
LAYERS = {
    "staging": ["path:models/staging"],
    "intake": ["path:models/intake"],
    "resolve": ["path:models/resolve"],
    "canonical": CANONICAL,
    "judged": ["path:models/canonical", "path:models/vault", "--exclude", *CANONICAL],
    "marts": ["path:models/marts"],
    "governance": ["path:models/governance"],
}
FLOOR = """
import duckdb, glob, sys
exports, state, copy, *tables = sys.argv[1:]
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
vault = state.removesuffix(".duckdb") + "_vault.duckdb"
connection.execute(f"attach '{vault}' as built_vault (read_only)")
for name, table in connection.execute(
    "select database_name || '.' || schema_name || '.' || table_name, table_name"
    " from duckdb_tables() where database_name in ('built', 'built_vault')"
    " and schema_name in ('canonical', 'vault') and table_name in (select unnest(?))", [tables]
).fetchall():
    connection.execute(f"create table {table} as select * from {name}")
"""


@dataclass
class Spent:
    """What one process took: processor and clock seconds, and its peak memory in megabytes."""

    cpu: float
    clock: float
    megabytes: float


def spend(command: list[str], environment: dict[str, str], what: str = "") -> Spent:
    """Run a command to its end, saying `what` it does; if it fails, stop with its output.

    Returns what it took: processor and clock seconds, peak memory in megabytes.
    """
    if what:
        print(f"{what} …", file=sys.stderr, flush=True)
    os.sync()  # what was written before is not charged to this command
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


def build_layers(what: str, folder: Path, exports: Path, layers: list[str]) -> dict[str, Spent]:
    """Build the layers in order, into the warehouse of `folder`; return what each of them took, and
    the data tests if all are built. `what` names the build on the way."""
    environment = {
        **os.environ,
        "CDM_EXPORTS": str(exports),
        "CDM_WAREHOUSE": str(folder / "warehouse"),
        "CDM_AS_OF": "2026-07-01T00:00:00",
        "CDM_HASH_KEY": "a key for measuring",
        "DBT_PROFILES_DIR": str(REPO / "profiles"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
    }
    dbt = [sys.executable, "-m", "dbt.cli.main", "--quiet"]
    spend([*dbt, "seed"], environment, f"{what}: seeds")
    steps = {
        layer: spend([*dbt, "run", "--select", *LAYERS[layer]], environment, f"{what}: {layer}")
        for layer in layers
    }
    if len(layers) == len(LAYERS):
        command = [*dbt, "test", "--select", "test_type:data"]
        steps["data tests"] = spend(command, environment, f"{what}: data tests")
    return steps


def write_one_more_day(exports: Path) -> None:
    """Add a file with the events of one day, a month after those of the last file of lines."""
    last = max((exports / "ga4" / "event").glob("*.ndjson"))
    events = []
    for line in last.open(encoding="utf-8"):
        try:
            events.append(json.loads(line))
        except ValueError:
            continue
    day = Counter(event["event_date"] for event in events).most_common(1)[0][0]
    with (last.parent / "events_one_more_day.ndjson").open("w", encoding="utf-8") as file:
        for event in events:
            if event["event_date"] == day:
                event["event_timestamp"] = str(int(event["event_timestamp"]) + 30 * 86400 * 10**6)
                file.write(json.dumps(event) + "\n")


def total(steps: dict[str, Spent], layers: list[str]) -> Spent:
    """Add up layers: seconds in all, and the highest of the peaks."""
    spent = [steps[layer] for layer in layers]
    return Spent(
        sum(step.cpu for step in spent),
        sum(step.clock for step in spent),
        max(step.megabytes for step in spent),
    )


def measure(scale: int, folder: Path, layers: list[str]) -> None:
    """Generate, build layer by layer, measure and print."""
    exports = folder / "exports"
    generate = [sys.executable, "-m", "demo.generate", "--output", str(exports)]
    spend([*generate, "--scale", str(scale)], dict(os.environ), "exports are written")
    megabytes = sum(path.stat().st_size for path in exports.rglob("*.*")) / 1e6
    empty = build_layers("the demo as it is", folder / "demo", REPO / "demo" / "exports", layers)
    built = build_layers("full build", folder / "large", exports, layers)
    database = folder / "large" / "warehouse" / "build" / "cdm.duckdb"
    floor = spend(
        [sys.executable, "-c", FLOOR, str(exports), str(database), str(folder / "floor.duckdb"),
         *CANONICAL],
        dict(os.environ),
        "floor",
    )  # fmt: skip
    write_one_more_day(exports)
    again = build_layers("one more day", folder / "large", exports, layers)

    print(f"Exports of {megabytes:,.0f} MB, {scale} times the demo.\n")
    head = f"{'layer':<18}{'cpu s':>9}{'of it dbt':>11}{'clock s':>9}{'peak MB':>9}{'x floor':>9}"
    print(head + f"{'one more day':>14}")
    rows = [(step, built[step], empty[step], again[step]) for step in built]
    until = list(LAYERS).index("canonical") + 1
    for place, name, part in (
        (len(layers), "all layers", layers),
        (until, "landing to there", layers[:until]),
    ):
        rows.insert(place, (name, *(total(steps, part) for steps in (built, empty, again))))
    for step, spent, own, later in rows:
        print(
            f"{step:<18}{spent.cpu:9.1f}{own.cpu:11.1f}{spent.clock:9.1f}{spent.megabytes:9.0f}"
            f"{spent.cpu / floor.cpu:9.2f}{later.cpu:14.1f}"
        )
    print(f"{'floor':<18}{floor.cpu:9.1f}{'':11}{floor.clock:9.1f}{floor.megabytes:9.0f}{1:9.2f}")
    full, own, later = (total(steps, layers[:until]).cpu for steps in (built, empty, again))
    figures = {
        "scale": scale,
        "to_canonical_times_floor": round(full / floor.cpu, 2),
        "to_canonical_times_floor_without_dbt": round((full - own) / floor.cpu, 2),
        "one_more_day_of_full": round((later - own) / (full - own), 2),
    }
    print(json.dumps(figures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=500, help="how many times the demo's people")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    parser.add_argument("--until", choices=LAYERS, default=list(LAYERS)[-1], help="the last layer")
    arguments = parser.parse_args()
    layers = list(LAYERS)[: list(LAYERS).index(arguments.until) + 1]
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="cdm-scale-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        measure(arguments.scale, folder, layers)
    finally:
        if not arguments.folder:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

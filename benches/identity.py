"""Identity resolution beside other ways to do it, in one run: `make bench-identity`.

1. Components of invented people's records (benches/identity_workload.py): the materialization
   connected_components beside Splink's clustering, scipy and DuckDB's recursion USING KEY. All go
   from a table of edges to a table of labels in a DuckDB file with two threads; what dbt itself
   takes for a trivial model is taken off, imports of the others are left out. Median of --repeat,
   interleaved; the partitions are compared.
2. The whole layer from hashed claims to person ids, guards on: everything from nothing, then one
   per cent of the records more, then once more without a change. dbt builds two models at once;
   DuckDB has two threads for all from nothing and one for the other builds, as cdm.engine_threads
   gives them on two cores. Processor seconds of the process without those of the same models over
   no rows, and the peak memory.

Ratios carry over to other machines, seconds do not.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

REPO = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPO / "benches"), str(REPO / "tests" / "python")]
AT_ONCE = 2  # models that dbt builds
RIVALS = ("splink", "scipy", "using_key")
TIME_LIMIT = 900  # seconds of the clock, for one run of one method; the layer has three times that


def processor_seconds() -> float:
    """Return the processor seconds of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def run(command: list[str], time_limit: int = TIME_LIMIT) -> dict | None:
    """Run a command that prints JSON in its last line; None when it takes too long."""
    try:
        done = subprocess.run(
            command, cwd=REPO, capture_output=True, text=True, timeout=time_limit
        )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def ours(database: Path, folder: Path) -> dict:
    """Run connected_components over the table `edges` of a file that is copied into a project."""
    from test_connected_components import Miniature

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    project = Miniature(folder)
    project.threads(2)
    shutil.copy(database, project.warehouse)
    (folder / "models" / "labels_of_ours.sql").write_text("select node_a, node_b from edges")
    (folder / "models" / "trivial.sql").write_text(
        "{{ config(materialized='table') }} select 1 as x"
    )
    spent = {}
    for name in ("trivial", "trivial", "labels_of_ours"):
        before = processor_seconds()
        success, failed = project.run(name)
        assert success, failed
        spent[name] = processor_seconds() - before
    with duckdb.connect(str(project.warehouse)) as connection:
        digest = connection.execute(
            "select count(*), count(distinct component), bit_xor(hash(node, component))"
            " from labels_of_ours"
        ).fetchone()
    return {
        "cpu": spent["labels_of_ours"] - spent["trivial"],
        "digest": [str(part) for part in digest],
    }


def compare_components(
    records: int, repeat: int, rivals: list[str], rival_python: Path, scratch: Path
) -> None:
    """Print the processor seconds of each method and their ratio to ours."""
    from identity_workload import write_edges

    database = scratch / "edges.duckdb"
    database.unlink(missing_ok=True)
    write_edges(database, records)
    spent: dict[str, list[float]] = {name: [] for name in ("ours", *rivals)}
    digests, too_slow = {}, set()
    for _ in range(repeat):
        for name in spent:
            if name in too_slow:
                continue
            if name == "ours":
                command = [sys.executable, __file__, "--ours", str(database), str(scratch / "dbt")]
            else:
                copy = scratch / "rival.duckdb"
                shutil.copy(database, copy)
                rival = str(REPO / "benches" / "identity_rivals.py")
                command = [str(rival_python), rival, name, str(copy)]
            result = run(command)
            if result is None:
                too_slow.add(name)
                continue
            spent[name].append(result["cpu"])
            digests[name] = result["digest"]
    different = [name for name in digests if digests[name] != digests["ours"]]
    print(f"\nComponents of {records:,} records: {int(digests['ours'][1]):,} people")
    for name, seconds in spent.items():
        if name in too_slow or not seconds:
            print(f"  {name:<10} more than {TIME_LIMIT} s of the clock")
            continue
        ratio = statistics.median(spent["ours"]) / statistics.median(seconds)
        print(
            f"  {name:<10} {statistics.median(seconds):7.2f} CPU s   ours / it = {ratio:.2f}"
            f"   ({', '.join(f'{s:.2f}' for s in seconds)})"
        )
    print("  all partitions equal" if not different else f"  DIFFERENT PARTITION: {different}")


def layer(records: int, folder: Path) -> dict:
    """Build the layer from nothing, with one per cent more, and once more; see the module."""
    from identity_engine import Engine
    from identity_workload import fill_engine

    shutil.rmtree(folder, ignore_errors=True)
    engine = Engine(folder, threads=AT_ONCE)
    spent = {}
    persons: dict[str, int] = {}
    stages = {"empty": 0, "once more empty": 0, "full": 0.99, "append": 1.0, "unchanged": 1.0}
    for stage, share in stages.items():
        fill_engine(engine, records, share)
        engine.threads(AT_ONCE, AT_ONCE if stage == "full" else 1)
        before = processor_seconds()
        success, failed = engine.build()
        assert success, failed
        engine.query("checkpoint")
        spent[stage] = processor_seconds() - before
        changes = "select coalesce(max(greatest(from_run, coalesce(to_run, 0))), 0), count(*)"
        persons[stage] = engine.query(f"{changes} from int_identity__registry")[0]
        if stage == "full":
            (contested,) = engine.query(
                "select count(distinct component) from int_identity__contested"
            )[0]
    assert persons["append"] == persons["unchanged"], "an unchanged input changed ids"
    overhead = spent["once more empty"]
    return {
        "full": spent["full"] - overhead,
        "append": spent["append"] - overhead,
        "unchanged": spent["unchanged"] - overhead,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "contested": contested,
        "refused": engine.query("select count(*) from int_identity__refused")[0][0],
    }


def show_layer(records: int, repeat: int, scratch: Path) -> None:
    """Print what the layer takes."""
    command = [sys.executable, __file__, "--layer", str(records), str(scratch / "layer")]
    results = [found for found in (run(command, 3 * TIME_LIMIT) for _ in range(repeat)) if found]
    if not results:
        print(f"\nThe layer at {records:,} records: more than {3 * TIME_LIMIT} s of the clock")
        return
    median = {key: statistics.median(r[key] for r in results) for key in results[0]}
    print(
        f"\nThe layer at {records:,} records, guards on ({median['contested']:,.0f} components"
        f" contested, {median['refused']:,.0f} reasons refused), peak {median['megabytes']:,.0f} MB"
    )
    for stage in ("full", "append", "unchanged"):
        ratio = median[stage] / median["full"]
        print(f"  {stage:<10} {median[stage]:7.2f} CPU s   / full = {ratio:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--rival-python", type=Path, default=REPO / ".venv-bench/bin/python")
    parser.add_argument("--rivals", nargs="+", choices=RIVALS, default=RIVALS)
    parser.add_argument("--part", choices=["components", "layer", "both"], default="both")
    parser.add_argument("--ours", nargs=2, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--layer", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.ours:
        print(json.dumps(ours(*options.ours)))
        return
    if options.layer:
        print(json.dumps(layer(int(options.layer[0]), Path(options.layer[1]))))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for records in options.records:
            if options.part != "layer":
                python = options.rival_python.absolute()
                compare_components(records, options.repeat, options.rivals, python, Path(scratch))
            if options.part != "components":
                show_layer(records, options.repeat, Path(scratch))


if __name__ == "__main__":
    main()

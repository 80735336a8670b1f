"""What the model's own work costs on top of dbt: the demo's build against one of empty nodes.

The other project has as many models, seeds and tests, all trivial, and the same flags. Plain dbt
builds both twice from nothing, in processes of their own: the first time it reads the project
anew, the second time it knows it from the first, as in every nightly build. All this is done
--repeat times in turn, and the medians are shown. What counts is processor time, the clock is
shown beside it. The ratio says how far SQL, and not the number of nodes, decides the time.

    make bench-overhead
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import yaml

REPO = Path(__file__).resolve().parents[1]


def run_build(project: Path, folder: Path, what: str) -> tuple[float, float, Counter[str]]:
    """Build a project with plain dbt into a new warehouse in `folder`, where dbt also keeps what it
    knows of the project; return processor seconds, clock seconds and nodes by kind."""
    print(f"{what} …", file=sys.stderr, flush=True)
    shutil.rmtree(folder / "warehouse", ignore_errors=True)
    environment = {
        **os.environ,
        "CDM_WAREHOUSE": str(folder / "warehouse"),
        "CDM_HASH_KEY": "a key for measuring",
        "DBT_PROFILES_DIR": str(REPO / "profiles"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "build",
         "--project-dir", str(project), "--target-path", str(folder / "target"),
         "--log-path", str(folder / "logs")],
        env=environment,
        cwd=project,
        capture_output=True,
        text=True,
    )  # fmt: skip
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    results = json.loads((folder / "target" / "run_results.json").read_text())["results"]
    if done.returncode:
        print(f"dbt ended with {done.returncode}; the times below hold for what was built.")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (
        spent,
        clock,
        Counter(
            kind
            for result in results
            if (kind := result["unique_id"].split(".")[0]) not in ("operation", "exposure")
        ),
    )


def write_trivial_project(folder: Path, nodes: Counter[str]) -> None:
    """Write a dbt project with as many nodes of each kind, each as small as can be."""
    models, seeds = max(nodes["model"], 1), nodes["seed"]
    (folder / "models").mkdir(parents=True)
    (folder / "seeds").mkdir()
    (folder / "dbt_project.yml").write_text(
        json.dumps(
            {
                "name": "trivial",
                "version": "1.0",
                "profile": "customer_data_model",
                "models": {"+materialized": "table"},
                "flags": yaml.safe_load((REPO / "dbt_project.yml").read_text())["flags"],
            }
        )
    )
    described = []
    for number in range(models):
        name = f"model_{number}"
        source = f"{{{{ ref('model_{number - 1}') }}}}" if number % 10 else "(select 1 as id)"
        (folder / "models" / f"{name}.sql").write_text(f"select id from {source} as before")
        described.append({"name": name, "columns": [{"name": "id", "data_tests": []}]})
    for number in range(seeds):
        (folder / "seeds" / f"seed_{number}.csv").write_text("id\n1\n")
    for number in range(nodes["test"]):
        tests = described[number % models]["columns"][0]["data_tests"]
        tests.append({"not_null": {"name": f"test_{number}"}})
    unit_tests = [
        {
            "name": f"unit_{number}",
            "model": f"model_{number % models}",
            "given": [{"input": f"ref('model_{number % models - 1}')", "rows": [{"id": 1}]}]
            if number % models % 10
            else [],
            "expect": {"rows": [{"id": 1}]},
        }
        for number in range(nodes["unit_test"])
    ]
    (folder / "models" / "models.yml").write_text(
        json.dumps({"models": described, "unit_tests": unit_tests})
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    repeat = parser.parse_args().repeat
    ours: dict[str, list[tuple[float, float]]] = {"project read anew": [], "project known": []}
    theirs: dict[str, list[tuple[float, float]]] = {name: [] for name in ours}
    with tempfile.TemporaryDirectory() as scratch:
        real, trivial = Path(scratch) / "real", Path(scratch) / "trivial"
        project = trivial / "project"
        for turn in range(1, repeat + 1):
            for name, spent in ours.items():
                *times, nodes = run_build(REPO, real, f"{turn} of {repeat}: the demo, {name}")
                spent.append(tuple(times))
            if turn == 1:
                write_trivial_project(project, nodes)
            for name, spent in theirs.items():
                what = f"{turn} of {repeat}: as many trivial nodes, {name}"
                *times, found = run_build(project, trivial, what)
                spent.append(tuple(times))
            if found != nodes:
                print(f"The trivial project has other counts: {dict(found)}.")
            for folder in (real, trivial):
                shutil.rmtree(folder / "target")
    kinds = ", ".join(f"{count} {kind}s" for kind, count in sorted(nodes.items()))
    print(f"The demo: {kinds}. Medians of {repeat}, and the ratio of each turn:")
    print(f"{'':26}{'processor s':>12}{'clock s':>10}")
    for name in ours:
        for kind, spent in (("demo", ours[name]), ("trivial", theirs[name])):
            processor, clock = (statistics.median(times) for times in zip(*spent, strict=True))
            print(f"{name:18}{kind:8}{processor:12.1f}{clock:10.1f}")
        turns = [
            tuple(a / b for a, b in zip(mine, others, strict=True))
            for mine, others in zip(ours[name], theirs[name], strict=True)
        ]
        processor, clock = (statistics.median(ratios) for ratios in zip(*turns, strict=True))
        each = ", ".join(f"{ratio:.2f}" for ratio, _ in turns)
        print(f"{name:18}{'ratio':8}{processor:12.2f}{clock:10.2f}   ({each})")


if __name__ == "__main__":
    main()

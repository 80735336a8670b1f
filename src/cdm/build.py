"""Write, audit, publish: the flow around one dbt build.

1. Take the lock. 2. Copy state to build. 3. Build and check there. 4. On failure keep it as failed;
state and published stay as they are. 5. Else write the new published file beside the old one, then
put both in place by renaming. Whatever kills the process, each file is the old or the new one.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console

from cdm import database, erasure, packages, publish, records, retention, rows
from cdm.files import CdmError, Warehouse, copy, in_use, locked, move, private_folder, remove
from cdm.keys import DEMO_KEY_NOTE
from cdm.progress import BuildProgress
from cdm.project import Project, prepare_environment, run_dbt


def read_json(path: Path) -> dict[str, Any]:
    """Read a JSON file that dbt wrote; an absent one is empty."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def build(
    project: Project,
    console: Console,
    options: list[str],
    whole: bool = True,
    publishing: bool = True,
) -> records.Record:
    """Run one build and return its record. `options` go to `dbt build`, but for `--unit-tests`,
    which brings the unit tests into the project; `whole` is false when they select a part, which is
    then published only if nothing else is missing.

    Raises CdmError when it could not begin.
    """
    prepare_environment(project)
    refuse_other_targets()
    warehouse = project.warehouse
    with locked(warehouse, "cdm build"):
        record, path = records.begin(warehouse, " ".join(["cdm build", *options]))
        try:
            console.print(packages.install(project))
            if not os.environ.get("CDM_HASH_KEY"):
                record.notes.append(DEMO_KEY_NOTE)
            if erased := retention.note_due(project):
                record.notes.append(
                    f"Erased, because their time is up: {records.plural(erased, 'person')}."
                )
            begin_build(warehouse)
            run_build(project, console, record, options)
            if record.outcome == "passed":
                promote(project, record, whole, publishing)
        except (CdmError, OSError, duckdb.Error) as error:
            fail(record, str(error))
        if record.outcome == "failed":
            keep_failed(warehouse)
        record.finished = records.now()
        records.save(record, path)
    return record


def refuse_other_targets() -> None:
    """Stop where there is no file to move about."""
    target = os.environ.get("CDM_TARGET", "duckdb")
    if target != "duckdb":
        raise CdmError(
            f"CDM_TARGET is {target}: `cdm build` and `cdm publish` work on DuckDB files. "
            "There, `dbt build` builds and checks in place."
        )


def begin_build(warehouse: Warehouse) -> None:
    """Throw away what a killed build left, and start from the last build that passed."""
    if in_use(warehouse.build):
        raise CdmError(
            f"Another program has {warehouse.build} open (a plain dbt build, or a DuckDB shell). "
            "Close it and try again."
        )
    remove(warehouse.build)
    if warehouse.state.exists():
        copy(warehouse.state, warehouse.build)
        database.prepare(warehouse.build)
    else:
        private_folder(warehouse.build.parent)


def run_build(
    project: Project, console: Console, record: records.Record, options: list[str]
) -> None:
    """Run `dbt build` and write its results into the record."""
    results_file = project.target / "run_results.json"
    results_file.unlink(missing_ok=True)
    if "--unit-tests" in options:
        options = [option for option in options if option != "--unit-tests"]
        os.environ["CDM_UNIT_TESTS"] = "1"
    with BuildProgress(console) as progress:
        outcome = run_dbt(project, ["build", *options], progress)
    results = read_json(results_file)
    record.invocation_id = results.get("metadata", {}).get("invocation_id", "")
    manifest = read_json(project.target / "manifest.json")
    records.read_results(record, results.get("results", []), manifest)
    rows.name_broken_rules(record, manifest, project.warehouse.build)
    if outcome.exception is not None:
        fail(record, records.located(str(outcome.exception)))
    elif not outcome.success:
        record.outcome = "failed"
    else:
        record.outcome = "passed"


def fail(record: records.Record, error: str) -> None:
    """Mark a record as failed for a reason that is no result of a node."""
    record.outcome, record.error = "failed", error


def keep_failed(warehouse: Warehouse) -> None:
    """Keep the file of a build that did not pass, in the place of the one before."""
    if warehouse.build.exists() and not in_use(warehouse.build):
        remove(warehouse.failed)
        if erasure.has_erasures(warehouse):
            database.rewrite(warehouse.build)
        move(warehouse.build, warehouse.failed)


def promote(
    project: Project, record: records.Record, whole: bool = True, publishing: bool = True
) -> None:
    """Make the build the new state, and publish it.

    The publication is written and checked first: if that fails, neither file has changed.
    """
    warehouse = project.warehouse
    manifest = read_json(project.target / "manifest.json")
    before = publish.stored_relations(warehouse.state)
    for name in publish.drop_stale(warehouse.build, before, manifest):
        record.notes.append(f"{name} is no longer in the project and was dropped.")
    if erasure.has_erasures(warehouse):
        database.rewrite(warehouse.build)
    if not database.in_one_piece(warehouse.build):
        raise CdmError(f"{warehouse.build} could not be closed cleanly.")
    part = warehouse.published.with_name(warehouse.published.name + ".tmp")
    facts = None
    if publishing:
        try:
            facts = publish.write_published(warehouse.build, part, manifest)
        except publish.NotBuiltYet as error:
            if whole:
                raise
            record.notes.append(str(error))
        except CdmError:
            part.unlink(missing_ok=True)
            raise
    move(warehouse.build, warehouse.state)
    shutil.copyfile(project.target / "manifest.json", warehouse.manifest)
    if facts is not None:
        publish.replace_published(part, warehouse.published)
        record.published = {"path": str(warehouse.published), **facts}


def publish_last(project: Project) -> records.Record:
    """Publish what a plain `dbt build` made, if it passed; else publish the state file again.

    Raises CdmError when there is nothing to publish or the last build did not pass.
    """
    prepare_environment(project)
    refuse_other_targets()
    warehouse = project.warehouse
    with locked(warehouse, "cdm publish"):
        record, path = records.begin(warehouse, "cdm publish")
        try:
            if warehouse.build.exists():
                publish_build(project, record)
            else:
                publish_state(project, record)
            record.outcome = "passed"
        except (CdmError, OSError, duckdb.Error) as error:
            fail(record, str(error))
        record.finished = records.now()
        records.save(record, path)
    return record


def publish_build(project: Project, record: records.Record) -> None:
    """Publish build/ after looking at what dbt says of its last run."""
    warehouse = project.warehouse
    results = read_json(project.target / "run_results.json")
    which = results.get("args", {}).get("which")
    if which != "build":
        last = f"was `dbt {which}`" if which else "left no result"
        raise CdmError(
            f"Not published: the last dbt command {last}. Only a `dbt build`, which also runs the "
            "checks, is published. Build, or let `cdm clean` drop the file."
        )
    if in_use(warehouse.build):
        raise CdmError(f"Not published: another program has {warehouse.build} open.")
    manifest = read_json(project.target / "manifest.json")
    record.invocation_id = results["metadata"]["invocation_id"]
    records.read_results(record, results["results"], manifest)
    bad = record.counts["checks_failed"] + record.counts["models_failed"]
    if bad:
        raise CdmError(f"Not published: {bad} models or checks of the last `dbt build` failed.")
    promote(project, record)


def publish_state(project: Project, record: records.Record) -> None:
    """Publish the last build that passed once more."""
    warehouse = project.warehouse
    manifest = read_json(warehouse.manifest)
    if not warehouse.state.exists() or not manifest:
        raise CdmError("Nothing to publish: nothing has been built yet. Run `cdm build`.")
    part = warehouse.published.with_name(warehouse.published.name + ".tmp")
    facts = publish.write_published(warehouse.state, part, manifest)
    publish.replace_published(part, warehouse.published)
    record.published = {"path": str(warehouse.published), **facts}
    record.notes.append("Nothing was built since; the last build that passed is published again.")

"""The commands `cdm contract …`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

from cdm import contract as contracts
from cdm.files import CdmError
from cdm.project import Project, prepare_environment, run_dbt
from cdm.records import essential, plural


def parsed(project: Project) -> dict[str, Any]:
    """Let dbt read the project, with all connectors, and return its manifest."""
    import json

    prepare_environment(project)
    outcome = run_dbt(project, ["parse"])
    if not outcome.success:
        raise CdmError(f"dbt can't read the project:\n{essential(str(outcome.exception))}")
    return json.loads((project.target / "manifest.json").read_text(encoding="utf-8"))


def out() -> Console:
    return Console(soft_wrap=True, highlight=False)


def say(console: Console, changes: list[contracts.Change]) -> None:
    """Print changes, the breaking ones first."""
    for change in sorted(changes, key=lambda one: (not one.breaking, one)):
        word = "BREAKING" if change.breaking else change.step
        name = f"{change.table}.{change.column}".rstrip(".")
        console.print(f"{word:<9} {escape(name)}: {change.kind}: {escape(change.message)}")


def say_what_is_other(console: Console, table: str, now: contracts.Contract) -> None:
    """Print what a new version of a table has other than its first one that is still there."""
    first = now[table].get("version_of")
    others = [one for one in now if one == first or now[one].get("version_of") == first]
    if first is None or others[0] == table:
        return
    console.print(f"{table} beside {others[0]}:")
    old, new = ({**now[one], "deprecation_date": None} for one in (others[0], table))
    for change in contracts.compare({table: old}, {table: new}):
        console.print(f"  {change.column or table}: {change.kind}: {escape(change.message)}")


@click.group(name="contract")
def contract() -> None:
    """The contract: compare versions, agree on changes, check that they were agreed, export it."""


@contract.command()
@click.argument("against", default="")
@click.pass_context
def diff(context: click.Context, against: str) -> None:
    """Compare what the YAML says with the agreed contract, or with that of AGAINST: a git ref, a
    folder of contract files, one such file, or a dbt manifest. Lists what each change reaches."""
    project: Project = context.obj
    manifest = parsed(project)
    if not against:
        before = contracts.read_files(contracts.folder_of(project))
    elif Path(against).exists():
        before = contracts.read_path(Path(against))
    else:
        before, _ = contracts.read_ref(project, against)
    now = contracts.read_contract(manifest)
    if Path(against).is_file() and len(before) == 1:
        now = {table: facts for table, facts in now.items() if table in before}
    changes = contracts.compare(before, now)
    console = out()
    if not changes:
        console.print("Nothing has changed.")
        return
    say(console, changes)
    for table in sorted({one.table for one in changes if one.kind == "added" and not one.column}):
        say_what_is_other(console, table, now)
    version = contracts.contract_version(project)
    step = contracts.needed_step(changes) or "patch"
    roles = sorted(contracts.needed_approvals(changes, before | now))
    console.print(
        f"{plural(len(changes), 'change')}: a {step} step, {version} to "
        f"{contracts.next_version(version, step)}, approved by {', '.join(roles)}."
    )
    names = contracts.reached(manifest, {change.table for change in changes})
    console.print(f"Reached: {escape(', '.join(names)) or 'nothing'}")


@contract.command()
@click.option(
    "--against",
    help="A git ref to hold steps, approvals and versions against; the last release by default.",
)
@click.pass_context
def check(context: click.Context, against: str | None) -> None:
    """Fail when the contract was changed without a step of its version, a row of its log and the
    approvals that the change needs, or when a published table was broken in its place."""
    project: Project = context.obj
    against = against or contracts.last_release(project)
    wrong = contracts.check(
        contracts.read_contract(parsed(project)),
        contracts.read_files(contracts.folder_of(project)),
        contracts.logged(project),
        contracts.contract_version(project),
        contracts.read_ref(project, against) if against else None,
    )
    if wrong:
        raise CdmError("\n".join(wrong))
    since = f"and holds what {against} promised" if against else "and no release binds it yet"
    version = contracts.contract_version(project)
    out().print(f"The contract is as agreed: version {version}, {since}.")


@contract.command()
@click.option("--why", required=True, help="Why it changes.")
@click.option("--approved-by", required=True, help="The roles that agreed, with semicolons.")
@click.option("--adapt", default="nobody", show_default=True, help="Who or what must adapt.")
@click.option("--first", is_flag=True, help="Begin the log anew with what the YAML says now.")
@click.pass_context
def accept(context: click.Context, why: str, approved_by: str, adapt: str, first: bool) -> None:
    """Make what the YAML says the agreed contract: step its version, log the change, write its
    files."""
    project: Project = context.obj
    now = contracts.read_contract(parsed(project))
    version = contracts.contract_version(project)
    if first:
        contracts.log_path(project).unlink(missing_ok=True)
        changes: list[contracts.Change] = []
        step = "major"
    else:
        before = contracts.read_files(contracts.folder_of(project))
        changes = contracts.compare(before, now)
        if not changes:
            out().print("Nothing has changed.")
            return
        step = contracts.needed_step(changes) or "patch"
        lacking = contracts.needed_approvals(changes, before | now) - set(approved_by.split(";"))
        if lacking:
            raise CdmError(f"Also needed in --approved-by: {', '.join(sorted(lacking))}.")
        version = contracts.next_version(version, step)
        contracts.set_version(project, version)
    said = {"why": why, "approved_by": approved_by, "who_must_adapt": adapt}
    contracts.log_change(project, contracts.log_row(version, step, changes, now, **said))
    contracts.write_files(project, now)
    say(out(), changes)
    out().print(f"Agreed: version {version}. Commit contract/ and dbt_project.yml with the change.")


@contract.command()
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def export(context: click.Context, output: Path) -> None:
    """Write one file a published table, in the Open Data Contract Standard 3.1."""
    from cdm.odcs import write_contracts

    project: Project = context.obj
    paths = write_contracts(
        parsed(project), output, contracts.contract_version(project), project.warehouse.published
    )
    out().print(f"Written: {plural(len(paths), 'contract')} in {output}")


@contract.command()
@click.option("--output", default="target", show_default=True, type=click.Path(path_type=Path))
@click.pass_context
def dictionary(context: click.Context, output: Path) -> None:
    """Write the data dictionary: one page of what each published table and column means."""
    from cdm.dictionary import write_dictionary

    project: Project = context.obj
    output = output.resolve()
    version = contracts.contract_version(project)
    out().print(f"Written: {write_dictionary(parsed(project), output, version)}")


@click.command()
@click.argument("exports", type=click.Path(path_type=Path))
@click.option("--output", default="audit", show_default=True, type=click.Path(path_type=Path))
@click.pass_context
def audit(context: click.Context, exports: Path, output: Path) -> None:
    """Look through a folder of exports on the first day: fields, fill rates, ids, duplicates,
    contradictions, and what the contract would take. Writes a page and CSV files."""
    from cdm import audit as report

    exports, output = exports.resolve(), output.resolve()
    agreed = contracts.read_contract(parsed(context.obj))
    objects, conflicts = report.audit(exports, agreed)
    paths = report.write_report(objects, conflicts, agreed, output)
    console = out()
    every = [column for one in objects for column in one.columns]
    possible = sum(bool(column.could_feed) for column in every)
    console.print(
        f"{plural(len(objects), 'object')}, {plural(len(every), 'column')}: "
        f"{sum(column.status == 'taken' for column in every)} are taken by the contract, "
        f"{sum(column.status == 'unmapped' for column in every)} by nobody"
        f"{f', of which {possible} could be' if possible else ''}; "
        f"{plural(len(conflicts), 'field')} in which systems contradict each other."
    )
    for one in objects:
        if one.problem:
            console.print(f"Not read: {one.system}.{one.name}: {escape(one.problem)}")
    console.print(f"Written: {', '.join(str(path) for path in paths)}")

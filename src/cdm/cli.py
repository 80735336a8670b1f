"""The command `cdm`. Exit codes: 0 passed, 1 failed, 2 passed with warnings."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from cdm import packages, records
from cdm.contract_commands import audit, contract
from cdm.explain_cli import explain
from cdm.files import CdmError, in_use, lock_holder, locked, remove
from cdm.identity_cli import identity
from cdm.launch_check import launch_check
from cdm.project import Project, find_project, prepare_environment
from cdm.quarantine_commands import quarantine
from cdm.rotate import keys_group
from cdm.summary import headline, print_summary

PASSED, FAILED, WARNED = 0, 1, 2
PLAIN_WIDTH = 110  # of tables


class PatientConsole(Console):
    """A console whose reader may leave, as `head` does: the work goes on, the rest is not shown."""

    def on_broken_pipe(self) -> None:
        """Show nothing more; rich would end the thread that prints, for which dbt then waits."""
        with contextlib.suppress(SystemExit):
            super().on_broken_pipe()


def new_console() -> Console:
    """Return the console; elsewhere than on a terminal lines are not broken, for grep and mail."""
    if sys.stdout.isatty():
        return PatientConsole()
    return PatientConsole(width=PLAIN_WIDTH, soft_wrap=True)


def exit_code(record: records.Record) -> int:
    """Return the exit code of a finished run."""
    if record.outcome != "passed":
        return FAILED
    return WARNED if record.warnings else PASSED


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cdm", prog_name="cdm")
@click.option("--project-dir", help="Folder of the dbt project (default: here, or above).")
@click.pass_context
def cli(context: click.Context, project_dir: str | None) -> None:
    """Build, publish and look after the Customer Data Model."""
    context.obj = find_project(project_dir)
    # What the plugin warns of is a note in the summary.
    logging.getLogger("cdm").propagate = False
    logging.getLogger("cdm").addHandler(logging.NullHandler())


cli.add_command(identity)
cli.add_command(launch_check)
cli.add_command(explain)
cli.add_command(keys_group)


@cli.command()
@click.option("--full-refresh", is_flag=True, help="Build incremental tables anew.")
@click.option("--select", "-s", multiple=True, help="Build a part only, in dbt's own words.")
@click.option("--exclude", multiple=True, help="Leave a part out, in dbt's own words.")
@click.option("--no-publish", is_flag=True, help="Build and check, and leave published/ as it is.")
@click.option("--unit-tests", is_flag=True, help="Run dbt's unit tests too, which try the code.")
@click.pass_context
def build(
    context: click.Context,
    full_refresh: bool,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    no_publish: bool,
    unit_tests: bool,
) -> None:
    """Build everything, check it, and publish it if the checks pass."""
    from cdm.build import build as run  # dbt takes seconds to import; no other command needs it

    project: Project = context.obj
    options = ["--full-refresh"] * full_refresh + ["--unit-tests"] * unit_tests
    for name, values in (("--select", select), ("--exclude", exclude)):
        options += [name, *values] if values else []
    console = new_console()
    record = run(project, console, options, not (select or exclude), not no_publish)
    print_summary(console, record, project.warehouse)
    context.exit(exit_code(record))


@cli.command()
@click.pass_context
def publish(context: click.Context) -> None:
    """Publish what a plain `dbt build` made, if it passed."""
    from cdm.build import publish_last

    project: Project = context.obj
    console = new_console()
    record = publish_last(project)
    print_summary(console, record, project.warehouse)
    context.exit(exit_code(record))


@cli.command()
@click.pass_context
def summary(context: click.Context) -> None:
    """Show the summary of the last run again, and exit as it did."""
    project: Project = context.obj
    record = records.latest(project.warehouse)
    if record is None:
        raise CdmError(f"There was no run yet in {project.warehouse.root}. Start with `cdm build`.")
    print_summary(new_console(), record, project.warehouse)
    context.exit(exit_code(record))


@cli.command()
@click.option("--refresh", is_flag=True, help="Ask the dbt hub again.")
@click.pass_context
def deps(context: click.Context, refresh: bool) -> None:
    """Install the dbt packages, from the hub or from the project's own stand-in."""
    project: Project = context.obj
    prepare_environment(project)
    new_console().print(packages.install(project, refresh))


@cli.command()
@click.argument("check")
@click.option("--limit", default=20, show_default=True, help="How many rows to show.")
@click.pass_context
def rows(context: click.Context, check: str, limit: int) -> None:
    """Show the rows for which CHECK, a test of the last run, complains."""
    from cdm.rows import failing_rows

    names, found = failing_rows(context.obj, check, limit)
    table = Table(*names, box=None, header_style="bold")
    for row in found:
        table.add_row(*("" if value is None else str(value) for value in row))
    new_console().print(table if found else "No rows.")


@cli.command()
@click.option("--identifier", "-i", multiple=True, help="Address, number, login, id or system:id.")
@click.option("--requested", is_flag=True, help="All requests that the exports bring.")
@click.option("--reason", required=True, help="Why; it is kept.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-build", is_flag=True, help="Only note it; the next build clears the data.")
@click.pass_context
def erase(
    context: click.Context,
    identifier: tuple[str, ...],
    requested: bool,
    reason: str,
    yes: bool,
    no_build: bool,
) -> None:
    """Erase people: all their records, in every layer and copy, and what comes of them again."""
    from cdm.erase import erase_people

    context.exit(erase_people(context.obj, identifier, requested, reason, yes, not no_build))


@cli.command(name="subject-access")
@click.option("--identifier", "-i", required=True, help="Address, number, login, id or system:id.")
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="A JSON file.")
@click.pass_context
def subject_access(context: click.Context, identifier: str, output: Path) -> None:
    """Write all that is held about one person, from all layers, into a file."""
    from cdm.subject_access import export_subject

    counts = export_subject(context.obj, identifier, output)
    new_console().print(
        f"Written: {output} ({records.plural(sum(counts.values()), 'row')} of "
        f"{records.plural(len(counts), 'table')}). It holds personal data in clear."
    )


@cli.command()
@click.option("--config", help="Where messages go (default: dispatch.toml in the project).")
@click.option("--send", "sending", is_flag=True, help="Send; without it, only show what would be.")
@click.option("--retry-unknown", is_flag=True, help="Send again what may have been sent already.")
@click.option("--limit", default=20, show_default=True, help="How many messages to list.")
@click.pass_context
def dispatch(
    context: click.Context, config: str | None, sending: bool, retry_unknown: bool, limit: int
) -> None:
    """Deliver the outboxes to webhooks and mail, each message once."""
    from cdm.dispatch import run_dispatch

    context.exit(run_dispatch(context.obj, new_console(), config, sending, retry_unknown, limit))


@cli.command()
@click.option("--output", help="Where to write it (default: pack/<day>.html in the warehouse).")
@click.pass_context
def pack(context: click.Context, output: str | None) -> None:
    """Write the page for the weekly meeting of marketing and sales."""
    from cdm.pack import write_pack

    project: Project = context.obj
    written = write_pack(project.warehouse, path=Path(output) if output else None)
    new_console().print(f"Written: {written}", highlight=False)


@cli.group()
def sla() -> None:
    """Service levels between marketing and sales."""


@sla.command(name="what-if")
@click.argument("policy")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE",
              help="A term of policy_sla, or minimum_attempts or minimum_business_days.")
@click.option("--target-minutes", type=click.IntRange(min=1), help="As --set target_minutes=…")
@click.option("--clock", type=click.Choice(["business", "calendar"]), help="As --set clock_type=…")
@click.pass_context
def what_if(
    context: click.Context,
    policy: str,
    given: tuple[str, ...],
    target_minutes: int | None,
    clock: str | None,
) -> None:
    """Judge the past clocks of POLICY by other terms."""
    from cdm.sla import read_terms
    from cdm.sla import what_if as ask

    project: Project = context.obj
    texts = list(given)
    texts += [f"target_minutes={target_minutes}"] if target_minutes else []
    texts += [f"clock_type={clock}"] if clock else []
    head = ("month", "clocks", "met", "would be met", "given back early", "would be")
    table = Table(*head, box=None, header_style="bold")
    for row in ask(project.warehouse, policy, read_terms(texts)):
        table.add_row(
            row.month, f"{row.clocks:,}", f"{row.met:,} of {row.judged:,}",
            f"{row.would_be_met:,} of {row.would_be_judged:,}",
            f"{row.early:,}", f"{row.would_be_early:,}",
        )  # fmt: skip
    new_console().print(table)


@sla.command()
@click.option("--output", help="Where to write it (default: pack/agreement.html in the warehouse).")
@click.pass_context
def agreement(context: click.Context, output: str | None) -> None:
    """Write the policies in force as a page: roles, levels, thresholds and their reasons."""
    from cdm.agreement import write_agreement

    project: Project = context.obj
    written = write_agreement(project.warehouse, path=Path(output) if output else None)
    new_console().print(f"Written: {written}", highlight=False)


@cli.group()
def retention() -> None:
    """What is kept of people for longer than agreed; governance.retention_due lists it."""


@retention.command(name="apply")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-build", is_flag=True, help="Only note it; the next build clears the data.")
@click.pass_context
def retention_apply(context: click.Context, yes: bool, no_build: bool) -> None:
    """Erase what is due by policy_retention; nothing of whom an open deal holds."""
    from cdm.retention import apply_retention

    context.exit(apply_retention(context.obj, yes, not no_build))


@cli.group()
def reference() -> None:
    """Lists of facts that nobody here decides: public suffixes, free mail, countries, nicknames."""


@reference.command(name="refresh")
@click.pass_context
def reference_refresh(context: click.Context) -> None:
    """Write seeds/reference anew from the packages that the lists come from."""
    from cdm.reference import refresh

    changed = refresh(context.obj.root / "seeds" / "reference")
    names = ", ".join(path.name for path in changed)
    new_console().print(f"Written: {names}" if changed else "Nothing has changed.")


@cli.command()
@click.pass_context
def status(context: click.Context) -> None:
    """Show who is at work, how the last run ended, and which files there are."""
    project: Project = context.obj
    warehouse, console = project.warehouse, new_console()
    holder = lock_holder(warehouse)
    if holder:
        console.print(
            f"At work: {holder['purpose']}, process {holder['pid']}, since {holder['started']}",
            highlight=False,
        )
    record = records.latest(warehouse)
    if record is None:
        console.print("There was no run yet.")
    elif not (holder and record.outcome == "started"):
        console.print(
            f"Last run: {headline(record)}, {record.command}, {record.started}", highlight=False
        )
    table = Table("file", "MB", "written (UTC)", "path", box=None, header_style="bold")
    for name in ("published", "state", "build", "failed"):
        path: Path = getattr(warehouse, name)
        if path.exists():
            facts = path.stat()
            written = records.datetime.fromtimestamp(facts.st_mtime, records.UTC)
            table.add_row(
                name, f"{facts.st_size / 1e6:.1f}", f"{written:%Y-%m-%d %H:%M}", str(path)
            )
    console.print(table)


@cli.command()
@click.option("--all", "everything", is_flag=True, help="The state and published files too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def clean(context: click.Context, everything: bool, yes: bool) -> None:
    """Delete what can be made again: target/, leftovers of builds, temporary files."""
    project: Project = context.obj
    warehouse = project.warehouse
    if everything and not yes:
        click.confirm(
            f"Delete all of {warehouse.root}? The history that exports no longer hold goes with it",
            abort=True,
        )
    with locked(warehouse, "cdm clean"):
        if in_use(warehouse.build):
            raise CdmError(f"Another program has {warehouse.build} open.")
        for database in (warehouse.build, warehouse.failed):
            remove(database)
        shutil.rmtree(warehouse.root / "tmp", ignore_errors=True)
        warehouse.published.with_name(warehouse.published.name + ".tmp").unlink(missing_ok=True)
        shutil.rmtree(project.target, ignore_errors=True)
        if everything:
            remove(warehouse.state)
            warehouse.manifest.unlink(missing_ok=True)
            warehouse.published.unlink(missing_ok=True)
            shutil.rmtree(warehouse.runs, ignore_errors=True)
    new_console().print(
        "Deleted." if everything else "Deleted; state and published files are kept."
    )


cli.add_command(audit)
cli.add_command(contract)
cli.add_command(quarantine)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. A wrong call exits with 1, since 2 means passed with warnings."""
    for name, value in list(os.environ.items()):
        if name.startswith("CDM_") and not value.strip():
            del os.environ[name]  # `export CDM_EXPORTS=` in a file of settings sets nothing
    try:
        code = cli.main(args=arguments, prog_name="cdm", standalone_mode=False)
    except CdmError as error:
        click.echo(str(error), err=True)
        code = FAILED
    except OSError as error:
        name, reason = error.filename or "A file", error.strerror or error
        click.echo(f"{name} can't be used: {reason}.", err=True)
        code = FAILED
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        code = FAILED
    except click.ClickException as error:
        error.show()
        code = FAILED
    sys.exit(code if isinstance(code, int) else PASSED)

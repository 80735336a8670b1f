"""The commands `cdm quarantine …`."""

from __future__ import annotations

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cdm import quarantine as queue
from cdm.files import CdmError
from cdm.records import plural


def out() -> Console:
    """Return the console of all commands; cli imports this module, so not the other way round."""
    from cdm.cli import new_console

    return new_console()


@click.group()
def quarantine() -> None:
    """Rows that are held back: see them, let them in, or keep them out for good."""


@quarantine.command(name="list")
@click.option(
    "--status", type=click.Choice(["open", "rejected", "all"]), default="open", show_default=True
)
@click.option("--limit", default=50, show_default=True, help="How many rows to show.")
@click.pass_context
def list_rows(context: click.Context, status: str, limit: int) -> None:
    """Show what waits, the longest waiting first."""
    rows = queue.held_rows(context.obj.warehouse, None if status == "all" else status)
    table = Table(box=None, header_style="bold")
    for name in ("id", "object", "reason", "held", "owner"):
        table.add_column(name, overflow="fold")
    for row in rows[:limit]:
        table.add_row(
            row.quarantine_id[:16], f"{row.connector}.{row.source_object}", row.reason_codes,
            queue.waiting(row), row.business_owner,
        )  # fmt: skip
    out().print(table if rows else "Nothing waits.")
    if len(rows) > limit:
        out().print(f"and {plural(len(rows) - limit, 'more row')}: --limit shows more")


@quarantine.command()
@click.argument("row_id")
@click.pass_context
def show(context: click.Context, row_id: str) -> None:
    """Show one row, with its raw values in clear, and what was decided about it before."""
    row = queue.find(context.obj.warehouse, row_id)
    console = out()
    console.print(f"{row.quarantine_id}: {row.review_status}, {queue.waiting(row)}")
    for word, text in (
        ("why", row.message),
        ("reasons", row.reason_codes),
        ("next", row.next_step),
        ("owner", row.business_owner),
    ):
        console.print(f"  {word}: {escape(text)}", highlight=False)
    for name, value in queue.raw_row(context.obj.warehouse, row).items():
        shown = str(value).encode("unicode_escape").decode()  # a row can't steer the terminal
        console.print(f"  {escape(name)} = {escape(shown[:500])}", highlight=False)
    for decision in queue.read_decisions(context.obj.warehouse):
        if decision["quarantine_id"] == row.quarantine_id:
            said = "{decided_at} {decision} by {decided_by}: {reason}".format(**decision)
            console.print(f"  {escape(said)}", highlight=False)


def decision_options(command: click.Command) -> click.Command:
    """Add what both decisions take."""
    for option in (
        click.option("--by", required=True, help="Who decides: a role of policy_owner."),
        click.option("--reason", required=True, help="Why."),
        click.option("--all-of", help="All open rows with exactly these reasons, in place of ids."),
        click.argument("row_ids", nargs=-1),
    ):
        command = option(command)
    return command


def chosen(
    context: click.Context, row_ids: tuple[str, ...], all_of: str | None
) -> list[queue.Held]:
    """Return the rows that the arguments name. Raises CdmError when they name none."""
    warehouse = context.obj.warehouse
    if bool(row_ids) == bool(all_of):
        raise CdmError("Name rows by their ids, or all rows of one reason with --all-of.")
    if row_ids:
        return [queue.find(warehouse, name) for name in dict.fromkeys(row_ids)]
    rows = [row for row in queue.held_rows(warehouse, "open") if row.reason_codes == all_of]
    if not rows:
        raise CdmError(f"No open row is held for exactly {all_of}.")
    return rows


@quarantine.command()
@decision_options
@click.pass_context
def release(
    context: click.Context, row_ids: tuple[str, ...], by: str, reason: str, all_of: str | None
) -> None:
    """Let rows in at the next build, in spite of the reasons that they have now."""
    rows = chosen(context, row_ids, all_of)
    queue.decide(context.obj.warehouse, rows, "release", by, reason)
    out().print(f"Released: {plural(len(rows), 'row')}. The next `cdm build` takes them in.")


@quarantine.command()
@decision_options
@click.pass_context
def reject(
    context: click.Context, row_ids: tuple[str, ...], by: str, reason: str, all_of: str | None
) -> None:
    """Keep rows out for good; they stay counted, and wait for nobody."""
    rows = chosen(context, row_ids, all_of)
    queue.decide(context.obj.warehouse, rows, "reject", by, reason)
    out().print(f"Rejected: {plural(len(rows), 'row')}. The next `cdm build` says so.")

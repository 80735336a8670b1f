"""The commands `cdm identity …`: who is who, what if, and the ids to back up."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cdm.files import CdmError
from cdm.match_quality import NAMES, measure, read_labels
from cdm.project import Project, prepare_environment
from cdm.records import plural
from cdm.summary import Facts
from cdm.what_if import Comparison, Group, replacements, what_if, write_csv

MOST_GROUPS = 20  # shown of each kind of change
MOST_RECORDS = 8  # shown of one group
WORDS = {
    "merge": "would become one",
    "split": "would come apart",
    "move": "would exchange records",
}


@click.group()
def identity() -> None:
    """Who is who: try other rules, save and restore ids."""


@identity.command(name="what-if")
@click.option(
    "--seed",
    "named",
    multiple=True,
    metavar="NAME=FILE",
    help="A seed, and the file that would replace it.",
)
@click.option(
    "--seeds",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of files called as the seeds they would replace.",
)
@click.option(
    "--csv",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the records concerned to this file.",
)
@click.pass_context
def what_if_command(
    context: click.Context, named: tuple[str, ...], folder: Path | None, output: Path | None
) -> None:
    """Show which persons and accounts changed seeds would merge, split or move."""
    from cdm.cli import new_console

    project: Project = context.obj
    output = output.absolute() if output else None
    changed = {name: path.absolute() for name, path in replacements(project, named, folder).items()}
    prepare_environment(project)
    comparisons = what_if(project, changed)
    console = new_console()
    for found in comparisons:
        print_comparison(console, found)
    if output:
        count = write_csv(output, comparisons)
        console.print(f"Written: {output}, {plural(count, 'record')}.", soft_wrap=True)


def print_comparison(console: Console, found: Comparison) -> None:
    """Print the numbers of one comparison, and its first groups."""
    subject = found.subject
    console.print(
        f"{plural(found.count_before, subject)} now, {found.count_after:,} with the change.",
        highlight=False,
        style="bold",
    )
    if not found.groups:
        console.print(f"No {subject} would change.")
    for kind, word in WORDS.items():
        groups = found.of(kind)
        if not groups:
            continue
        size = sum(len(group.before) for group in groups)
        console.print(
            f"{plural(len(groups), kind)}: {plural(size, subject)} {word}.", highlight=False
        )
        for group in groups[:MOST_GROUPS]:
            console.print(escape("\n".join(told(group))), highlight=False)
        if len(groups) > MOST_GROUPS:
            console.print(f"  and {len(groups) - MOST_GROUPS:,} more: --csv FILE writes them all")


def told(group: Group) -> list[str]:
    """Tell one group in lines: the parts that come together or fall apart, or both sides."""
    if group.kind == "merge":
        return ["  " + " | ".join(map(listed, group.before.values()))]
    after = " | ".join(map(listed, group.after.values()))
    if group.kind == "split":
        return ["  " + after]
    return ["  now:  " + " | ".join(map(listed, group.before.values())), "  then: " + after]


def listed(records: list[str]) -> str:
    """Write the records of one id, the first of many."""
    more = len(records) - MOST_RECORDS
    return ", ".join(records[:MOST_RECORDS]) + (f" and {more:,} more" if more > 0 else "")


@identity.command(name="export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["parquet", "csv"]),
    default="parquet",
    show_default=True,
)
@click.pass_context
def export_command(context: click.Context, folder: Path, file_format: str) -> None:
    """Write the registry of person ids into FOLDER, to back it up or take it elsewhere."""
    from cdm.identity_registry import export_registry

    path, count = export_registry(context.obj.warehouse, folder, file_format)
    click.echo(f"Written: {path} ({count:,} rows)")


@identity.command(name="import")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--replace", is_flag=True, help="Even if there is a registry already.")
@click.pass_context
def import_command(context: click.Context, folder: Path, replace: bool) -> None:
    """Take the registry in FOLDER for the one that the next build goes on from."""
    from cdm.identity_registry import import_registry

    count = import_registry(context.obj.warehouse, folder, replace)
    click.echo(f"Taken over: {count:,} rows. The next `cdm build` gives these ids.")


@identity.command()
@click.option(
    "--labels",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of record_a, record_b, is_same; or of record_key, person.",
)
@click.pass_context
def quality(context: click.Context, labels: Path | None) -> None:
    """Measure how right the persons are, by labels that people made, tier by tier.

    Without labels it shows what the last build measured by itself.
    """
    from cdm.cli import new_console

    database, console = context.obj.warehouse.state, new_console()
    if labels is None:
        print_measures(console, database)
        return
    table = Table("tier", "joined by", "pairs", "precision", "recall", "F1", box=None)
    for score in measure(database, read_labels(labels)):
        rates = (score.precision, score.recall, score.f1)
        shown = ("" if rate is None else f"{rate:.4f}" for rate in rates)
        table.add_row(str(score.tier), NAMES.get(score.tier, ""), f"{score.joined:,}", *shown)
    console.print(table)


def print_measures(console: Console, database: Path) -> None:
    """Print governance.identity_quality."""
    table = Table("measure", "of", "value", "limits", "", box=None)
    with Facts(database) as facts:
        for metric, scope, value, low, high, status in (
            facts.rows(
                "select metric, scope, cast(value as double), cast(min_value as double), "
                "cast(max_value as double), status from governance.identity_quality order by all"
            )
            or []
        ):
            limits = [f"{word} {limit:g}" for word, limit in (("from", low), ("to", high))
                      if limit is not None]  # fmt: skip
            table.add_row(
                metric,
                scope,
                "" if value is None else f"{value:g}",
                " ".join(limits),
                status if status != "ok" else "",
            )
    if not table.row_count:
        raise CdmError("Nothing has been measured yet. Run `cdm build`.")
    console.print(table)


@identity.command(name="train")
@click.option("--approved-by", required=True, help="Who answers for the new weights.")
@click.option(
    "--valid-from",
    type=click.DateTime(["%Y-%m-%d"]),
    default=f"{datetime.now():%Y-%m-%d}",
    show_default="today",
    help="First day of the new weights.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here, to try it with `cdm identity what-if` first [default: the seed itself].",
)
@click.option("--with-splink", is_flag=True, help="Fit them with Splink, an extra, instead.")
@click.pass_context
def train_command(
    context: click.Context,
    approved_by: str,
    valid_from: datetime,
    output: Path | None,
    with_splink: bool,
) -> None:
    """Fit the match weights to the last build's records, without labels; write them as policy."""
    from cdm.cli import new_console
    from cdm.train import SEED, train

    project: Project = context.obj
    place = output.absolute() if output else project.root / "seeds" / "policy" / f"{SEED}.csv"
    console = new_console()
    table = Table("field", "level", "m", "u", "m fitted", "u fitted", box=None)
    fitted = train(project, approved_by, valid_from.date(), place, with_splink)
    for field, level, *chances in fitted:
        table.add_row(field, level, *(f"{chance:.6f}" for chance in chances))
    console.print(table)
    console.print(f"Written: {place}", soft_wrap=True, highlight=False)

"""The command `cdm explain`."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.markup import escape

from cdm.explain import Explanation, Step, explain_all
from cdm.project import Project
from cdm.records import plural

MOST_LINES = 40  # of each list
TITLES = {
    "refused": "Joins nobody, or was refused:",
    "decisions": "Decided by hand:",
    "alike": "Alike, but not joined:",
    "history": "What became of this id:",
    "accounts": "Belongs to:",
}


@click.command()
@click.argument("asked", metavar="WHO")
@click.pass_context
def explain(context: click.Context, asked: str) -> None:
    """Show why the records of one person are one, and what was refused.

    WHO is a person_id, a record as system:id, an e-mail address, a phone number or a login; - reads
    it from standard input, so that it stands in no shell's history.
    """
    from cdm.cli import new_console

    project: Project = context.obj
    text = sys.stdin.readline() if asked == "-" else asked
    console = new_console()
    for found in explain_all(project.warehouse.state, text):
        print_explanation(console, found)


def print_explanation(console: Console, found: Explanation) -> None:
    """Print the chain of one person first, then what else is known."""
    if found.redirected_from:
        say(console, f"{found.redirected_from} is now {found.person_id}.")
    say(console, f"{found.person_id}: {plural(len(found.steps), 'record')}", style="bold")
    for number, step in enumerate(found.steps[:MOST_LINES], start=1):
        say(console, f"  {number}. {told(step, number == 1)}")
    say_rest(console, len(found.steps))
    for name, title in TITLES.items():
        lines = getattr(found, name)
        if lines:
            say(console, title)
        for line in lines[:MOST_LINES]:
            say(console, f"  {line}")
        say_rest(console, len(lines))


def told(step: Step, is_first: bool) -> str:
    """Tell one step in a line."""
    since = f", known since {step.since:%Y-%m-%d}" if step.since else ""
    notes = "".join(f", {note}" for note in step.notes)
    if step.link:
        why = f": {step.link.what}, as {step.link.other} ({step.link.rule})"
    else:
        why = "" if is_first else ": by a record in between that is no longer there"
    return f"{step.record}{since}{notes}{why}"


def say(console: Console, text: str, style: str = "") -> None:
    console.print(escape(text), style=style, highlight=False, soft_wrap=True)


def say_rest(console: Console, count: int) -> None:
    if count > MOST_LINES:
        say(console, f"  and {count - MOST_LINES:,} more")

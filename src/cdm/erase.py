"""The command `cdm erase`: look people up, note them in the ledger, build, clear what is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console

from cdm import erasure
from cdm.erasure import Order
from cdm.files import CdmError, locked
from cdm.project import Project, prepare_environment
from cdm.records import plural


def erase_people(
    project: Project,
    identifiers: tuple[str, ...],
    requested: bool,
    reason: str,
    sure: bool,
    building: bool,
) -> int:
    """Erase the people named by `identifiers`, or by the exports' own requests, and return the exit
    code of the build that clears the data.

    Raises CdmError when nobody is named, or an identifier names several people.
    """
    prepare_environment(project)

    def orders(state: erasure.State) -> list[Order]:
        asked = [Order(text, "command line") for text in identifiers]
        if requested:
            asked += [Order(text, who) for text, who in erasure.requests_of_exports(state)]
        if not asked:
            raise CdmError(
                "Nobody to erase: no export asks for it. "
                if requested
                else "Say who: --identifier, or --requested for what the exports ask for."
            )
        return asked

    return carry_out(project, orders, reason, sure, building)


def carry_out(
    project: Project,
    orders: Callable[[erasure.State], list[Order]],
    reason: str,
    sure: bool,
    building: bool,
) -> int:
    """Note orders of erasure in the ledger, and return the exit code of the build that clears the
    data.

    Raises CdmError when an identifier names several people, or nobody and no address.
    """
    warehouse = project.warehouse
    with locked(warehouse, "cdm erase"):
        with erasure.State(warehouse.state) as state:
            found = [
                (order, erasure.describe_subject(state, order.identifier))
                for order in orders(state)
            ]
        for _, subject in found:
            if len(subject.person_ids) > 1:
                raise CdmError(
                    f"An identifier names {plural(len(subject.person_ids), 'person')}: "
                    f"{', '.join(subject.person_ids)}. Name one of these ids instead."
                )
            if not subject.identifiers:
                raise CdmError("An identifier names nobody, and is no address to be blocked.")
        people = len({order.identifier for order, _ in found})
        count = sum(len(subject.identifiers) for _, subject in found)
        strangers = sum(not subject.person_ids for _, subject in found)
        question = (
            f"Erase {plural(people, 'person')} with {plural(count, 'identifier')}? "
            f"{known_to_nobody(strangers)}It can't be taken back"
        )
        if any(order.scope != erasure.ALL for order, _ in found):
            of_what = ", ".join(sorted({order.scope for order, _ in found}))
            question = f"Erase of {plural(people, 'person')}: {of_what}? It can't be taken back"
        if not sure:
            click.confirm(question, abort=True)
        texts = erasure.note_orders(warehouse, found, reason)
        erasure.clear_leftovers(warehouse, texts, log_folders(project))
    console = Console()
    console.print(
        f"Noted: {plural(people, 'person')}, {plural(count, 'identifier')}. "
        f"{known_to_nobody(strangers)}".rstrip(),
        highlight=False,
    )
    for order, subject in found:
        for hold in subject.holds if order.scope == erasure.ALL else []:
            console.print(f"Kept under {hold['hold']}: {hold['hold_reason']}.", highlight=False)
    if not building:
        console.print("The next `cdm build` clears the data; until it passes, all of it is there.")
        return 0
    code = build_without_them(project)
    erasure.clear_texts(erasure.text_files(warehouse, log_folders(project)), texts)
    return code


def known_to_nobody(strangers: int) -> str:
    """Return what to say of identifiers that no record has, most often because of a slip."""
    if not strangers:
        return ""
    named = "One identifier names" if strangers == 1 else f"{strangers} identifiers name"
    return f"{named} nobody that is known: what comes under it later is blocked, and that is all. "


def build_without_them(project: Project) -> int:
    """Build and publish without the erased people; return the exit code."""
    from cdm.build import build
    from cdm.cli import exit_code, new_console
    from cdm.summary import print_summary

    console = new_console()
    record = build(project, console, [])
    print_summary(console, record, project.warehouse)
    return exit_code(record)


def log_folders(project: Project) -> list[Path]:
    """Return the folders in which dbt keeps its logs and results."""
    logs = project.root / os.environ.get("DBT_LOG_PATH", "logs")
    return [folder for folder in (logs, project.target) if folder.is_dir()]

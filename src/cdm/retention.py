"""Retention: erase the people whose time is up, by governance.retention_due."""

from __future__ import annotations

from cdm.erase import erase_people
from cdm.erasure import State
from cdm.project import Project, prepare_environment

REASON = "retention: their time is up by policy_retention"


def due(state: State) -> tuple[list[str], int]:
    """Return the persons to erase, and how many more are due that an open deal holds."""
    persons = state.column(
        "select distinct person_id from governance.retention_due "
        "where action = 'erase' and not is_held_by_open_deal order by person_id"
    )
    [(held,)] = state.rows(
        "select count(distinct person_id) from governance.retention_due "
        "where action = 'erase' and is_held_by_open_deal"
    )
    return persons, held


def apply_retention(project: Project, sure: bool, building: bool) -> int:
    """Erase who is due and return the exit code of the build that clears it; 0 if nobody is."""
    prepare_environment(project)
    with State(project.warehouse.state) as state:
        persons, held = due(state)
    if held:
        print(f"Due, and held by an open deal: {held}.")
    if not persons:
        print("Nobody is to be erased.")
        return 0
    return erase_people(project, tuple(persons), False, REASON, sure, building)

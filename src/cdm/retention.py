"""Retention: erase the people whose time is up, by governance.retention_due of the last build."""

from __future__ import annotations

import duckdb

from cdm import database, erasure
from cdm.erase import erase_people, log_folders
from cdm.erasure import State
from cdm.project import Project, prepare_environment

REASON = "retention: their time is up by policy_retention"
BY_COMMAND, BY_BUILD = "erase", "erase_in_build"  # values of the policy's `action`


def due(state: State, *actions: str) -> tuple[list[str], int]:
    """Return the persons to erase under these actions, and how many more an open deal holds."""
    persons = state.column(
        "select distinct person_id from governance.retention_due "
        "where list_contains(?, action) and not is_held_by_open_deal order by person_id",
        list(actions),
    )
    [(held,)] = state.rows(
        "select count(distinct person_id) from governance.retention_due "
        "where list_contains(?, action) and is_held_by_open_deal",
        list(actions),
    )
    return persons, held


def apply_retention(project: Project, sure: bool, building: bool) -> int:
    """Erase who is due and return the exit code of the build that clears it; 0 if nobody is."""
    prepare_environment(project)
    with State(project.warehouse.state) as state:
        persons, held = due(state, BY_COMMAND, BY_BUILD)
    if held:
        print(f"Due, and held by an open deal: {held}.")
    if not persons:
        print("Nobody is to be erased.")
        return 0
    return erase_people(project, tuple(persons), False, REASON, sure, building)


def note_due(project: Project) -> int:
    """Before a build: note whom the policy lets each build erase, as `cdm erase` does, and return
    how many they are. The build that follows clears their data. The warehouse's lock is held."""
    warehouse = project.warehouse
    if not warehouse.state.exists():
        return 0
    with State(warehouse.state) as state:
        try:
            persons, _ = due(state, BY_BUILD)
        except duckdb.CatalogException:  # nothing of that kind was built yet
            return 0
        subjects = [erasure.describe_subject(state, person) for person in persons]
    if subjects:
        database.check_hash_key(warehouse.state)
        erasure.note(warehouse, subjects, REASON, "policy_retention")
        texts = set().union(*(subject.texts() for subject in subjects))
        erasure.clear_leftovers(warehouse, texts, log_folders(project))
    return len(subjects)

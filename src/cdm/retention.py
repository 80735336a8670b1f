"""Retention: erase what is due, by governance.retention_due of the last build."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from cdm import database, erasure
from cdm.erase import Order, carry_out, log_folders
from cdm.erasure import ALL, State
from cdm.files import CdmError
from cdm.project import Project, prepare_environment

REASON = "retention: its time is up by policy_retention"
BY_COMMAND, BY_BUILD = "erase", "erase_in_build"  # values of the policy's `action`


@dataclass(frozen=True)
class Due:
    """What is to go of one person: an `erasure` scope, and of behaviour what was before `until`."""

    person_id: str
    scope: str
    until: str

    def order(self) -> Order:
        """Return it as an order of erasure."""
        return Order(self.person_id, "policy_retention", self.scope, self.until)


def due(state: State, *actions: str) -> tuple[list[Due], int]:
    """Return what is to go under these actions, and of how many more an open deal holds it.

    Of whom everything goes nothing else is asked for.
    """
    rows = state.rows(
        """
        select person_id, field_class, is_held_by_open_deal,
            case when field_class = 'behaviour' then
                strftime(cast(? as timestamp) - (due_at - counted_from), '%Y-%m-%dT%H:%M:%S')
            else '' end
        from governance.retention_due
        where list_contains(?, action)
        order by person_id, field_class
        """,
        erasure.moment(),
        list(actions),
    )
    found = [Due(person, scope, until) for person, scope, is_held, until in rows if not is_held]
    gone = {one.person_id for one in found if one.scope == ALL}
    held = {person for person, _, is_held, _ in rows if is_held}
    return [one for one in found if one.scope == ALL or one.person_id not in gone], len(held)


def apply_retention(project: Project, sure: bool, building: bool) -> int:
    """Erase what is due and return the exit code of the build that clears it; 0 if nothing is."""
    prepare_environment(project)
    with State(project.warehouse.state) as state:
        try:
            found, held = due(state, BY_COMMAND, BY_BUILD)
        except (duckdb.CatalogException, duckdb.BinderException):
            raise CdmError("The last build lists nothing that is due. Run `cdm build`.") from None
    if held:
        print(f"Due, and held by an open deal: {held}.")
    if not found:
        print("Nobody is to be erased.")
        return 0
    return carry_out(project, lambda _: [one.order() for one in found], REASON, sure, building)


def note_due(project: Project) -> int:
    """Before a build: note what the policy lets each build erase, as `cdm retention apply` does,
    and return of how many people. The build that follows clears it. The warehouse's lock is held.
    """
    warehouse = project.warehouse
    if not warehouse.state.exists():
        return 0
    with State(warehouse.state) as state:
        try:
            found, _ = due(state, BY_BUILD)
        except (duckdb.CatalogException, duckdb.BinderException):  # not built yet, or otherwise
            return 0
        orders = [(one.order(), erasure.describe_subject(state, one.person_id)) for one in found]
    if orders:
        database.check_hash_key(warehouse.state)
        texts = erasure.note_orders(warehouse, orders, REASON)
        erasure.clear_leftovers(warehouse, texts, log_folders(project))
    return len({one.person_id for one in found})

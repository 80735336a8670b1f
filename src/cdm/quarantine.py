"""The quarantine as a queue: what waits, why, since when and for whom; and what a steward decides.

Decisions are lines of JSON in `ledger/quarantine.jsonl` beside the warehouse's files. No build
takes them back, whether it fails, starts anew or is thrown away; each reads them before intake.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

import duckdb

from cdm.database import open_warehouse
from cdm.files import CdmError, Warehouse
from cdm.records import now, plural

COLUMNS = (
    "quarantine_id", "connector", "source_object", "entity", "reason_codes", "message",
    "next_step", "business_owner", "review_status", "days_held", "content_hash",
)  # fmt: skip
SHORTEST_ID = 8  # characters of an id that name a row, the prefix left out


@dataclass(frozen=True)
class Held:
    """One row in quarantine, as governance.quarantine has it."""

    quarantine_id: str
    connector: str
    source_object: str
    entity: str
    reason_codes: str
    message: str
    next_step: str
    business_owner: str
    review_status: str
    days_held: int
    content_hash: str | None


def connect(warehouse: Warehouse) -> duckdb.DuckDBPyConnection:
    """Open the state file read-only or, as long as no build has passed, the one of the build that
    failed; raises CdmError when there is none or it is in use."""
    database = warehouse.state if warehouse.state.exists() else warehouse.failed
    if not database.exists():
        raise CdmError(f"There is no {warehouse.state} yet. Start with `cdm build`.")
    try:
        return open_warehouse(database, read_only=True)
    except duckdb.Error as error:
        raise CdmError(f"{database} can't be read: {error}") from None


def ask(warehouse: Warehouse, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Return the rows of a query on the state file; raises CdmError where it can't be answered."""
    with connect(warehouse) as connection:
        try:
            return connection.execute(sql, values or []).fetchall()
        except duckdb.CatalogException:
            raise CdmError(
                "The last build has no quarantine with review. Run `cdm build` first."
            ) from None


def held_rows(warehouse: Warehouse, status: str | None = None) -> list[Held]:
    """Return the rows in quarantine, the longest waiting first; `status` open, rejected or all."""
    rows = ask(
        warehouse,
        f"select {', '.join(COLUMNS)} from governance.quarantine "
        "where coalesce(?, review_status) = review_status "
        "order by days_held desc, connector, source_object, reason_codes, quarantine_id",
        [status],
    )
    return [Held(*row) for row in rows]


def find(warehouse: Warehouse, name: str) -> Held:
    """Return the row whose id is or begins with `name`. Raises CdmError when not exactly one."""
    prefix = "row_" + name.removeprefix("row_")
    found = [row for row in held_rows(warehouse) if row.quarantine_id.startswith(prefix)]
    if len(prefix) < len("row_") + SHORTEST_ID and not any(
        row.quarantine_id == prefix for row in found
    ):
        raise CdmError(f"{name} is too short: give at least {SHORTEST_ID} characters of the id.")
    if len(found) != 1:
        raise CdmError(
            f"{len(found)} rows in quarantine have an id that begins with {name}. "
            "`cdm quarantine list` shows them; a row that was corrected is there no more."
        )
    return found[0]


def raw_row(warehouse: Warehouse, row: Held) -> dict[str, Any]:
    """Return the columns of the landed row that have a value, in clear: it is read from staging,
    which is never published. Empty for a statement that was made of several rows."""
    if row.content_hash is None:
        return {}
    table = f'staging."stg_{row.connector}__{row.source_object}"'
    with connect(warehouse) as connection:
        answer = connection.execute(
            f"select * from {table} where _content_hash = ? limit 1", [row.content_hash]
        )
        names = [column[0] for column in answer.description or []]
        values = answer.fetchone() or ()
    return {name: value for name, value in zip(names, values, strict=False) if value is not None}


def decide(warehouse: Warehouse, rows: list[Held], decision: str, by: str, reason: str) -> None:
    """Write a decision, `release` or `reject`, on each row into the ledger.

    `by` is a role that policy_owner has in force. A release holds for the reasons that the row has
    now. Raises CdmError, and writes nothing, when the role is unknown, no reason is given, or a row
    can't be let in because there is nothing to take from it.
    """
    if not reason.strip():
        raise CdmError("Say why: --reason must not be empty.")
    known = [
        owner
        for (owner,) in ask(
            warehouse,
            "select distinct owner from policy.policy_owner where valid_from <= current_date "
            "and (valid_to is null or current_date < valid_to) order by owner",
        )
    ]
    if by not in known:
        raise CdmError(f"{by} is no owner in force. --by takes one of: {', '.join(known)}.")
    if decision == "release":
        refuse_what_can_not_come_in(warehouse, rows)
    path = warehouse.root / "ledger" / "quarantine.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    number = len(read_decisions(warehouse))
    lines = [
        json.dumps(
            {
                "quarantine_id": row.quarantine_id,
                "decision": decision,
                "reason_codes": row.reason_codes,
                "decided_by": by,
                "decided_at": now()[:19],
                "reason": reason,
                "number": number + place,
            }
        )
        for place, row in enumerate(rows, start=1)
    ]
    with path.open("a", encoding="utf-8") as ledger:
        ledger.write("".join(f"{line}\n" for line in lines))
        ledger.flush()
        os.fsync(ledger.fileno())


def refuse_what_can_not_come_in(warehouse: Warehouse, rows: list[Held]) -> None:
    """Raise CdmError for rows held for something that no decision makes good."""
    may = {
        rule
        for (rule,) in ask(
            warehouse, "select rule_id from governance.contract_rule where may_be_released"
        )
    }
    stuck = {code for row in rows for code in row.reason_codes.split(";") if code not in may}
    if stuck:
        raise CdmError(
            f"Not released: {', '.join(sorted(stuck))}. What is missing there can't be decided; it "
            "has to be corrected in the source, and the row comes in by itself then."
        )


def read_decisions(warehouse: Warehouse) -> list[dict[str, Any]]:
    """Return all decisions in the order in which they were taken."""
    path = warehouse.root / "ledger" / "quarantine.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def waiting(row: Held) -> str:
    """Say how long a row has been waiting."""
    return "new" if row.days_held == 0 else plural(row.days_held, "day")

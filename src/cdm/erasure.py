"""Erasure: who was erased, as keyed hashes beside the state file, and the clearing of what is left.

`erasure/` in the warehouse survives failed builds, `cdm clean` and a lost state file:

    requests.csv      one row a request: when, why, which persons
    identifiers.csv   one row an identifier that must not come back, as a keyed hash
    held.duckdb       what a legal hold keeps of a person, in clear; encrypted as the vault is

Every build reads them (macro `load_erasures`), clears the raw rows of these people as they land,
and leaves a file that was written anew: what was deleted from a DuckDB file can still stand in it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from cdm import database
from cdm.database import open_warehouse
from cdm.files import CdmError, Warehouse, private_folder, remove
from cdm.keys import keyed_hash

REQUEST_COLUMNS = (
    "request_id", "erased_at", "reason", "requested_by", "person_ids", "identifier_count", "holds",
    "scope",
)  # fmt: skip
IDENTIFIER_COLUMNS = (
    "request_id", "erased_at", "id_type", "id_hash", "of_email", "scope", "until",
)  # fmt: skip
# What goes: the person; who it is, while its rows stay; what it did before a day.
ALL, IDENTIFIERS, BEHAVIOUR = "all", "identifiers", "behaviour"
HELD_COLUMNS = (
    "request_id", "person_id", "hold", "held_until", "first_name", "last_name", "email", "phone",
    "street", "city", "region", "postcode", "hold_reason",
)
HELD_FIELDS = HELD_COLUMNS[4:-1]


@dataclass
class Subject:
    """One person to be erased: everything that leads to them, in clear, for this process alone."""

    asked_for: str
    person_ids: list[str] = field(default_factory=list)
    identifiers: set[tuple[str, str]] = field(default_factory=set)  # (id_type, value)
    names: set[str] = field(default_factory=set)
    holds: list[dict[str, str]] = field(default_factory=list)

    def texts(self) -> set[str]:
        """The texts that must not stand in any log; too short ones would hit other words."""
        values = {value for _, value in self.identifiers} | self.names | {self.asked_for}
        return {value for value in values if len(value) > 5}


@dataclass(frozen=True)
class Order:
    """Whom to erase, who asks for it, and what goes: see ALL, IDENTIFIERS and BEHAVIOUR, of which
    the last needs the moment `until` (ISO, UTC)."""

    identifier: str
    asked_by: str
    scope: str = ALL
    until: str = ""


def folder(warehouse: Warehouse) -> Path:
    """Return the folder of the erasure ledger."""
    return warehouse.root / "erasure"


def read_ledger(warehouse: Warehouse, name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the ledger; an absent one has none."""
    path = folder(warehouse) / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_ledger(
    warehouse: Warehouse, name: str, columns: tuple[str, ...], rows: list[dict[str, str]]
) -> None:
    """Write a file of the ledger, readable by its owner alone; a reader sees all or nothing."""
    private_folder(folder(warehouse))
    path = folder(warehouse) / name
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    with part.open("w", encoding="utf-8") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def has_erasures(warehouse: Warehouse) -> bool:
    """Say whether anybody was ever erased here."""
    return bool(read_ledger(warehouse, "identifiers.csv"))


def moment() -> str:
    """Return the moment that counts as now, as the macro `as_of` does."""
    stated = os.environ.get("CDM_AS_OF", "")
    if not stated and os.environ.get("CDM_EXPORTS", "demo/exports").rstrip("/").endswith(
        "demo/exports"
    ):
        stated = "2026-07-01T00:00:00"
    return stated or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


class State:
    """Read-only questions to a state file about people."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise CdmError("Nobody can be looked up: nothing has been built yet. Run `cdm build`.")
        self.connection = open_warehouse(path, read_only=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(sql, list(values)).fetchall()

    def column(self, sql: str, *values: Any) -> list[Any]:
        """Return the first column of a query, without nulls."""
        return [row[0] for row in self.rows(sql, *values) if row[0] is not None]


def find_persons(state: State, identifier: str) -> list[str]:
    """Return the persons that an identifier names: an address, a telephone number, a login, a
    person_id, or `system:record id`. An address that several persons share names all of them."""
    text = identifier.strip()
    claims = state.column(
        """
        select distinct members.person_id
        from resolve.int_identifier__claims as claims
        inner join resolve.int_person__members as members on claims.record_key = members.record_key
        where claims.id_value in (?, ?, ?)
        """,
        keyed_hash(text.lower()),
        keyed_hash(text),
        keyed_hash(re.sub(r"(?!^[+])[^0-9]", "", re.sub(r"^00", "+", text))),
    )
    named = state.column(
        "select distinct person_id from resolve.int_person__members "
        "where record_key = ? or person_id = ?",
        text,
        text,
    )
    written = state.column(
        """
        select distinct members.person_id
        from intake.int_person__checked as records
        inner join resolve.int_person__members as members on records.record_key = members.record_key
        where lower(trim(records.email)) = lower(?) or trim(records.phone) = ?
        """,
        text,
        text,
    )
    return sorted({*claims, *named, *written})


def describe_subject(state: State, identifier: str) -> Subject:
    """Return everything that leads to the persons whom an identifier names."""
    subject = Subject(identifier.strip(), find_persons(state, identifier))
    if re.fullmatch(r"[^@\s]+@[^@\s]+", subject.asked_for) and len(subject.person_ids) < 2:
        subject.identifiers.add(("email", subject.asked_for.lower()))
    if subject.person_ids:
        collect(state, subject)
    for kind, value in sorted(subject.identifiers):
        if kind == "email":  # some vendors' ids are made of the address
            digest = hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()
            subject.identifiers.add(("email_md5", digest))
    return subject


def collect(state: State, subject: Subject) -> None:
    """Gather the identifiers of all records of a person. One that somebody else's record has too,
    such as a family's address or a switchboard's number, or that names nobody at all, such as a
    blocked one, is not this person's alone and stays free."""
    persons = subject.person_ids
    mine = (
        "(select record_key from resolve.int_person__members "
        "where list_contains($persons, person_id))"
    )
    given = {"persons": persons}
    claims = state.connection.execute(
        f"""
        with claims as (
            select * replace (
                case id_type when 'unconfirmed_email' then 'email' else id_type end as id_type
            )
            from resolve.int_identifier__claims
            where problem is null or id_type = 'unconfirmed_email'
        )
        select own.id_type, own.id_value
        from claims as own
        where own.record_key in {mine}
            and not exists (
                select 1 from claims as other
                where other.id_type = own.id_type and other.id_value = own.id_value
                    and other.record_key not in {mine}
            )
        """,
        given,
    ).fetchall()
    free = set(claims)
    subject.identifiers |= {
        ("record", record)
        for (record,) in state.connection.execute(f"select * from {mine}", given).fetchall()
    }
    for email, match_hash in state.connection.execute(
        f"""
        select distinct normalised.email, normalised.match_hash
        from resolve.int_identifier__written as written
        inner join resolve.int_email__normalised as normalised
            on written.value = normalised.written
        where written.id_type = 'email' and written.record_key in {mine}
            and normalised.problem is null
        """,
        given,
    ).fetchall():
        subject.identifiers |= {("email", email)} if ("email", match_hash) in free else set()
    for id_type, kind in (("phone", "phone"), ("user_id", "user_id"), ("anonymous_id", "cookie")):
        for value, value_hash in state.connection.execute(
            f"""
            select distinct written.value, claims.id_value
            from resolve.int_identifier__written as written
            inner join resolve.int_identifier__claims as claims
                on written.record_key = claims.record_key and written.id_type = claims.id_type
            where written.id_type = '{id_type}' and written.record_key in {mine}
            """,
            given,
        ).fetchall():
            if (id_type, value_hash) in free:
                subject.identifiers.add((kind, value))
    subject.identifiers |= {
        ("cookie", value)
        for value in state.column(
            "select anonymous_id from resolve.int_anonymous__person "
            "where list_contains(?, person_id)",
            persons,
        )
    }
    for login, email in state.rows(
        """
        select distinct trim(logins.user_id), normalised.email
        from resolve.int_event__logins as logins
        inner join resolve.int_login__person as persons
            on persons.login_key = logins.login_key
        left join resolve.int_email__normalised as normalised
            on logins.email = normalised.written and normalised.problem is null
                and normalised.match_hash not in (
                    select id_value from resolve.int_identifier__claims
                )
        where list_contains(?, persons.person_id)
        """,
        persons,
    ):
        subject.identifiers |= {("user_id", login)} if login else set()
        subject.identifiers |= {("email", email)} if email else set()
    for first, last in state.connection.execute(
        f"select distinct trim(first_name), trim(last_name) from intake.int_person__checked "
        f"where record_key in {mine}",
        given,
    ).fetchall():
        if first and last:
            subject.names |= {f"{first} {last}", f"{last}, {first}"}
    subject.holds = holds_of(state, persons)


def holds_of(state: State, persons: list[str]) -> list[dict[str, str]]:
    """Return what the policies of legal hold in force keep of these persons, one row a hold."""
    today = moment()[:10]
    held = []
    for hold, fields, days, why in state.rows(
        "select hold, fields, cast(days as integer), reason from policy.policy_legal_hold "
        "where valid_from <= cast(? as date) and coalesce(valid_to > cast(? as date), true) "
        "order by hold",
        today,
        today,
    ):
        condition = (
            "not coalesce(deals.is_closed, false)"
            if hold == "open_opportunity"
            else "coalesce(deals.is_won, false) "
            f"and deals.closed_at >= cast('{today}' as timestamp) - interval {int(days)} day"
        )
        for person, closed in state.rows(
            f"""
            select roles.person_id, max(deals.closed_at)
            from canonical.opportunity_contact_role as roles
            inner join canonical.opportunity as deals
                on roles.opportunity_id = deals.opportunity_id
            where list_contains(?, roles.person_id) and not deals.is_deleted and {condition}
            group by roles.person_id
            order by roles.person_id
            """,
            persons,
        ):
            kept = dict.fromkeys(HELD_FIELDS, "")
            wanted = [name for name in fields.split(";") if name in HELD_FIELDS]
            for row in state.rows(
                f"select {', '.join(wanted)} from vault.person_pii where person_id = ?", person
            ):
                kept |= {name: str(value or "") for name, value in zip(wanted, row, strict=True)}
            until = ""
            if closed is not None:
                [(until,)] = state.rows(
                    f"select strftime(cast(? as date) + {int(days)}, '%Y-%m-%d')", closed
                )
            held.append(
                {"person_id": person, "hold": hold, "held_until": until, "hold_reason": why, **kept}
            )
    return held


def note(
    warehouse: Warehouse,
    subjects: list[Subject],
    reason: str,
    requested_by: str,
    scope: str = ALL,
    until: str = "",
) -> None:
    """Write subjects into the ledger: hashes, the reason, and what a legal hold keeps.

    `scope` is what goes; of `behaviour` what was done before the moment `until` (ISO, UTC).
    """
    database.check_erasure_key(folder(warehouse))
    requests = read_ledger(warehouse, "requests.csv")
    identifiers = read_ledger(warehouse, "identifiers.csv")
    held = database.read_held(folder(warehouse))
    when = moment()
    for subject in subjects:
        number = f"era_{len(requests) + 1:06d}"
        rows = []
        for kind, value in sorted(subject.identifiers):
            email = value if kind == "email" else ""
            if kind == "email_md5":
                email = next(
                    other
                    for other_kind, other in subject.identifiers
                    if other_kind == "email"
                    and hashlib.md5(other.encode(), usedforsecurity=False).hexdigest() == value
                )
            rows.append(
                {
                    "request_id": number,
                    "erased_at": when,
                    "id_type": kind,
                    "id_hash": keyed_hash(value, "erasure"),
                    "of_email": keyed_hash(email, "erasure") if email else "",
                    "scope": scope,
                    "until": until,
                }
            )
        identifiers += rows
        holds = subject.holds if scope == ALL else []
        held += [{"request_id": number, **hold} for hold in holds]
        requests.append(
            {
                "request_id": number,
                "erased_at": when,
                "reason": reason,
                "requested_by": requested_by,
                "person_ids": ";".join(subject.person_ids),
                "identifier_count": str(len(rows)),
                "holds": ";".join(sorted({hold["hold"] for hold in holds})),
                "scope": scope,
            }
        )
    database.note_erasure_key(folder(warehouse))
    # The identifiers last: they are what erases, and with them the rest is there too.
    database.write_held(folder(warehouse), HELD_COLUMNS, held)
    write_ledger(warehouse, "requests.csv", REQUEST_COLUMNS, requests)
    write_ledger(warehouse, "identifiers.csv", IDENTIFIER_COLUMNS, identifiers)


def note_orders(warehouse: Warehouse, orders: list[tuple[Order, Subject]], reason: str) -> set[str]:
    """Write orders into the ledger and return the texts that must stand in no log from now on."""
    texts: set[str] = set()
    for order, subject in orders:
        note(warehouse, [subject], reason, order.asked_by, order.scope, order.until)
        texts |= subject.texts() if order.scope != BEHAVIOUR else set()
    return texts


def clear_texts(paths: list[Path], texts: set[str]) -> int:
    """Replace what names an erased person in text files by `[erased]`; return how many changed."""
    wanted = {text.lower() for text in texts} | {json.dumps(text)[1:-1].lower() for text in texts}
    changed = 0
    for path in paths:
        before = path.read_text(encoding="utf-8", errors="surrogateescape")
        lowered = before.lower()
        hits = sorted((text for text in wanted if text in lowered), key=len, reverse=True)
        if not hits:
            continue
        pattern = "|".join(map(re.escape, hits))
        part = path.with_suffix(path.suffix + ".part")
        part.write_text(
            re.sub(pattern, "[erased]", before, flags=re.IGNORECASE),
            encoding="utf-8",
            errors="surrogateescape",
        )
        os.replace(part, path)
        changed += 1
    return changed


def text_files(warehouse: Warehouse, folders: list[Path]) -> list[Path]:
    """Return the files in which a message may name somebody: run records, logs, dbt's results."""
    files = list(warehouse.runs.glob("*.json"))
    for folder_of_logs in folders:
        files += [path for path in folder_of_logs.glob("*") if ".log" in path.name]
        files += folder_of_logs.glob("run_results.json")
    return sorted(path for path in files if path.is_file())


def clear_leftovers(warehouse: Warehouse, texts: set[str], log_folders: list[Path]) -> None:
    """Delete the copies that nothing needs, and clear logs and run records of these texts."""
    for copied in (warehouse.failed, warehouse.build):
        remove(copied)
    clear_texts(text_files(warehouse, log_folders), texts)


def requests_of_exports(state: State) -> list[tuple[str, str]]:
    """Return what the exports ask to be erased, as (identifier, system and record): statements
    about consent whose action is `erase`."""
    return [
        (contact_point or f"{system}:{person}", f"{system}:{record}")
        for contact_point, system, person, record in state.rows(
            """
            select trim(contact_point), source_system, person_record_id, source_record_id
            from intake.int_consent__checked
            where disposition = 'accepted' and action = 'erase'
                and coalesce(contact_point, person_record_id) is not null
            order by source_system, source_record_id
            """
        )
    ]

"""Why records are one person: the chain that joined them, and what was refused.

Everything is read from the state file. What is asked for in clear is hashed with the key of the
warehouse and compared; it is never shown, and what is shown of an identifier is the beginning of
its hash.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from cdm import erasure
from cdm.files import CdmError
from cdm.records import plural

SHOWN_DIGITS = 10  # of a hash
HASHED = "sha256(getvariable('cdm_hash_outer') || sha256(getvariable('cdm_hash_inner') || ?))"


@dataclass(frozen=True)
class Link:
    """One reason why a record belongs to another: `what` they share, by which rule."""

    record: str
    other: str
    rule: str
    what: str


@dataclass(frozen=True)
class Step:
    """A record on its way into the person: since when it is known, and what joined it."""

    record: str
    since: datetime | None
    link: Link | None
    notes: tuple[str, ...] = ()


@dataclass
class Explanation:
    """All that is known of why one person is one.

    `steps` begin with the root, each later one with its link to a record before it. The other lists
    are sentences.
    """

    person_id: str
    redirected_from: str | None = None
    steps: list[Step] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)


class State(erasure.State):
    """Questions to a state file. A table that this project does not have yet has no rows."""

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query; none where a table is missing."""
        try:
            return super().rows(sql, *values)
        except duckdb.CatalogException:
            return []

    def persons(self, condition: str, *values: Any) -> set[str]:
        """Return the persons of the records for which a condition on `members` holds."""
        sql = f"select distinct person_id from resolve.int_person__members where {condition}"
        return {person for (person,) in self.rows(sql, *values)}

    def holders(self, condition: str, *values: Any) -> set[str]:
        """Return the persons of the records whose claims fulfil a condition."""
        return self.persons(
            "record_key in (select record_key from resolve.int_identifier__claims "
            f"where {condition})",
            *values,
        )


def plain_email(text: str) -> str:
    """Return an address as the build compares it: no space, lower case, NFC."""
    kept = (c for c in text if unicodedata.category(c)[0] not in "ZC" and not c.isspace())
    return unicodedata.normalize("NFC", "".join(kept).lower())


def find_persons(state: State, asked: str) -> tuple[set[str], str | None]:
    """Return the persons that a text stands for, and the id that led there if it is none any more.

    It may be a person_id, a record as `system:id` or by its id alone, an e-mail address, a phone
    number, a login, or the hash of one of the last three.
    """
    asked = asked.strip()
    if asked.startswith("per_"):
        if found := state.persons("person_id = ?", asked):
            return found, None
        heirs = state.rows(
            "select merged_into from canonical.person_register "
            "where person_id = ? and merged_into is not null",
            asked,
        )
        return {person for (person,) in heirs}, asked
    if found := state.persons("record_key = ? or source_record_id = ?", asked, asked):
        return found, None
    if re.fullmatch("[0-9a-f]{64}", asked):
        return state.holders("id_value = ?", asked), None
    if "@" in asked:
        email = plain_email(asked)
        return state.holders(
            "id_type in ('email', 'unconfirmed_email') and id_value in (select match_hash from "
            f"resolve.int_email__normalised where email_hash = {HASHED})",
            email,
        ), None
    digits = re.sub("[^0-9]", "", asked)
    if len(digits) >= 7 and not re.search("[A-Za-z]", asked):
        return state.persons(
            "record_key in (select record_key from resolve.int_identifier__written "
            "where id_type = 'phone' and regexp_replace(value, '[^0-9]', '', 'g') = ?)",
            digits.removeprefix("00"),
        ), None
    return state.holders(f"id_type = 'user_id' and id_value = {HASHED}", asked), None


def shown(id_type: str, value: str) -> str:
    """Write an identifier so that it can be recognised and not read: kind and part of its hash."""
    return value if id_type == "crm_id" else f"{id_type} {value[:SHOWN_DIGITS]}…"


def links_of(state: State, person_id: str) -> list[Link]:
    """Return the links between the records of one person, the strongest first."""
    joined = state.rows(
        """
        select claims.record_key, claims.id_type, claims.id_value, judged.priority
        from resolve.int_identifier__claims as claims
        inner join resolve.int_identifier__judged as judged using (id_type, id_value)
        inner join resolve.int_person__members as members using (record_key)
        where members.person_id = ? and judged.verdict = 'admitted'
        order by judged.priority, claims.id_type, claims.id_value, claims.record_key
        """,
        person_id,
    )
    refused = set(
        state.rows("select record_key, id_type, id_value from resolve.int_identity__refused")
    )
    bearers: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for record, id_type, value, priority in joined:
        if (record, id_type, value) not in refused:
            bearers[priority, id_type, value].append(record)
    links = []
    for (_, id_type, value), records in sorted(bearers.items()):
        if id_type == "crm_id":
            links += [
                Link(r, value, "same_crm_id", "merged in its own system")
                for r in records
                if r != value
            ]
        else:
            what = "the same " + shown(id_type, value)
            links += [Link(r, records[0], f"same_{id_type}", what) for r in records[1:]]
    links += [
        Link(left, right, rule, what)
        for left, right, rule, what, refusal in state.rows(
            """
            select pairs.node_a, pairs.node_b, pairs.rule_id,
                case when pairs.match_tier = 'manual' then 'decision ' || pairs.evidence
                    else 'likeness: ' || decided.match_probability || ' by rule ' || pairs.evidence
                end,
                refused.record_key
            from resolve.int_identity__pairs as pairs
            inner join resolve.int_person__members as members on pairs.node_a = members.record_key
            left join resolve.int_match__decided as decided
                on pairs.node_a = decided.left_record_key
                    and pairs.node_b = decided.right_record_key
            left join resolve.int_identity__refused as refused
                on pairs.node_a = refused.record_key and pairs.node_b = refused.id_value
            where members.person_id = ?
            order by pairs.priority, pairs.node_a, pairs.node_b
            """,
            person_id,
        )
        if refusal is None
    ]
    return links


def chain(records: Sequence[tuple[str, datetime | None, bool]], links: list[Link]) -> list[Step]:
    """Order the records of a person so that each is linked to one before it.

    `records` are (record key, known since, is root); `links` come strongest first. The strongest
    link between what is in and what is not goes next. A record that no link reaches comes last.
    """
    since = {record: known for record, known, _ in records}
    start = next((r for r, _, is_root in records if is_root), records[0][0])
    steps, reached = [Step(start, since[start], None)], {start}
    waiting = list(links)
    while waiting:
        for place, link in enumerate(waiting):
            inside = (link.record in reached, link.other in reached)
            if inside == (True, True):
                del waiting[place]
                break
            if any(inside) and {link.record, link.other} <= since.keys() | reached:
                new, old = (link.other, link.record) if inside[0] else (link.record, link.other)
                steps.append(Step(new, since.get(new), Link(new, old, link.rule, link.what)))
                reached.add(new)
                del waiting[place]
                break
        else:
            break
    steps += [Step(record, known, None) for record, known, _ in records if record not in reached]
    return steps


def explain(state: State, person_id: str) -> Explanation:
    """Collect all that the state file says of why one person is one."""
    found = Explanation(person_id)
    members = state.rows(
        "select record_key, valid_from, is_root, is_deleted, is_merged_away "
        "from resolve.int_person__members where person_id = ? "
        "order by is_root desc, valid_from nulls last, record_key",
        person_id,
    )
    notes = {
        record: tuple(
            word
            for word, holds in (("deleted there", deleted), ("merged away there", merged))
            if holds
        )
        for record, _, _, deleted, merged in members
    }
    found.steps = [
        Step(step.record, step.since, step.link, notes.get(step.record, ()))
        for step in chain([row[:3] for row in members], links_of(state, person_id))
    ]
    found.refused = [
        f"{record} and {shown(id_type, value)}: {reason}, in {count:,} records"
        for record, id_type, value, reason, count in state.rows(
            "select refused.record_key, id_type, id_value, reason, record_count "
            "from resolve.int_identifier__refused as refused "
            "inner join resolve.int_person__members as members using (record_key) "
            "where members.person_id = ? order by all",
            person_id,
        )
    ] + [
        f"{record} and {shown(id_type, value)} of {other}: both sides have their own {conflict}"
        for record, id_type, value, other, conflict in state.rows(
            "select source_system || ':' || source_record_id, id_type, id_value, "
            "coalesce(other_person_id, person_count || ' persons'), conflict_type "
            "from governance.identity_review "
            "where person_id = ? and conflict_type is not null order by all",
            person_id,
        )
    ]
    found.decisions = [
        f"{override}: {action} {left}{' and ' + right if right else ''}"
        for override, action, left, right in state.rows(
            "select override_id, action, record_a, record_b from resolve.int_identity__overrides "
            "where record_a in (select record_key from resolve.int_person__members "
            "where person_id = $1) or record_b in (select record_key from "
            "resolve.int_person__members where person_id = $1) order by all",
            person_id,
        )
    ]
    found.alike = [
        f"{left} and {right}: {probability:.2f}, {reason}"
        for left, right, probability, reason in state.rows(
            "select left_record_key, right_record_key, match_probability, reason "
            "from resolve.int_match__decided as decided "
            "inner join resolve.int_person__members as a on left_record_key = a.record_key "
            "inner join resolve.int_person__members as b on right_record_key = b.record_key "
            "where a.person_id <> b.person_id and $1 in (a.person_id, b.person_id) order by all",
            person_id,
        )
    ]
    found.history = [
        f"{when:%Y-%m-%d}: {action}{', ' + other if other else ''} ({plural(count, 'record')})"
        for when, action, other, count in state.rows(
            "select happened_at, action, case when person_id = $1 then other_person_id "
            "else person_id end, record_count from canonical.identity_event "
            "where $1 in (person_id, other_person_id) order by all",
            person_id,
        )
    ]
    found.accounts = [
        f"{account}{', primary' if primary else ''}: {start:%Y-%m-%d} to "
        f"{f'{end:%Y-%m-%d}' if end else 'now'}, by {method}"
        for account, start, end, primary, method in state.rows(
            "select account_id, valid_from, valid_to, is_primary, method "
            "from canonical.person_account where person_id = ? order by valid_from, account_id",
            person_id,
        )
    ]
    return found


def explain_all(database: Path, asked: str) -> list[Explanation]:
    """Explain every person that a text stands for.

    Raises CdmError when there is none. The message does not repeat what was asked.
    """
    with State(database) as state:
        persons, old_id = find_persons(state, asked)
        if not persons:
            raise CdmError(
                "Nobody is known by that. Ask for a person_id, a record as system:id, an e-mail "
                "address, a phone number or a login; hashes need the CDM_HASH_KEY of the build."
            )
        found = [explain(state, person) for person in sorted(persons)]
        for explanation in found:
            explanation.redirected_from = old_id
        return found

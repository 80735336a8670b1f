"""The agreement of marketing and sales as a page to read and sign: the policies in force on a day.

It is written from the policy tables of the last build, in words, with who approved each rule and
why. A static HTML file without scripts; it loads nothing and names no person.
"""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import duckdb

from cdm.files import Warehouse
from cdm.pack import html_page, percent, table, words, write_page

STARTS = {
    "handoff": "a lead is handed over",
    "acceptance": "sales accepts a lead",
    "demo_request": "somebody asks for a demo",
}
STOPS = {
    "attempt": "a try by a person",
    "attempt_and_status": "a try and a change of the lead status, both by a person",
    "decision": "an answer: accepted, rejected or sent back",
    "opportunity": "a deal",
}
OPERATORS = {">": "more than", ">=": "at least"}
IN_FORCE = "valid_from <= $day and coalesce($day < valid_to, true)"

LEVELS = f"""
select policy_id, policy_version, starts_with, stops_with, target_minutes, clock_type, calendar_id,
    compliance_target, escalate_weeks, escalate_of_weeks, pause_statuses, attempt_types,
    approved_by, valid_from, reason
from policy.policy_sla where {IN_FORCE} order by policy_id
"""
VERSIONS = """
select 'service level', policy_id, policy_version, valid_from, valid_to, approved_by, reason
from policy.policy_sla
union all
select 'definition', definition_id, definition_version, valid_from, valid_to, approved_by, reason
from policy.policy_definition
order by 1 desc, 2, 3
"""
DEFINITIONS = f"""
select definition_id, definition_version, stage, is_selected, heeds_vetoes, approved_by, reason
from policy.policy_definition where {IN_FORCE} order by stage, not is_selected, definition_id
"""
CONDITIONS = """
select measure, operator, threshold from policy.policy_definition_condition
where definition_id = ? and definition_version = ? order by measure
"""
APPROVALS = f"""
select role from policy.policy_definition_approval
where stage = $stage and {IN_FORCE} order by role
"""
HANDOFF = f"""
select rule_id, threshold, approved_by, reason
from policy.policy_handoff where {IN_FORCE} order by threshold is not null, rule_id
"""
PROMISES = f"""
select commitment_id, kind, target, escalate_after, escalate_of, business_owner, approved_by, reason
from policy.policy_commitment where due_date is null and {IN_FORCE} order by kind, commitment_id
"""
DATED = """
select what, kind, business_owner, due_date, state from marts.commitment
where state in ('open', 'overdue') order by due_date nulls last, commitment_id
"""
RULES = f"""
select rule_rank, method, country, employee_band, queue_id, required_fields, reason
from policy.policy_routing_rule where {IN_FORCE} order by rule_rank, rule_id
"""
WINDOWS = f"""
select calendar_id, iso_weekday, string_agg(opens_at || ' to ' || closes_at, ', ' order by opens_at)
from policy.policy_business_window where {IN_FORCE} group by all order by 1, 2
"""
ZONES = f"""
select calendar_id, time_zone from policy.policy_business_calendar where {IN_FORCE} order by 1
"""
HOLIDAYS = f"""
select calendar_id,
    string_agg(reason, ', ' order by month_no nulls last, day_no, easter_days, holiday)
from policy.policy_business_holiday where {IN_FORCE} group by calendar_id order by 1
"""
ROLES = f"""
select owner, contact, reason from policy.policy_owner where {IN_FORCE} order by owner
"""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def span(minutes: int, clock: str) -> str:
    """Write a target in hours where it is whole hours, else in minutes."""
    kind = "business " if clock == "business" else ""
    if minutes % 60:
        return f"{minutes:,} {kind}minutes"
    if clock == "calendar" and minutes % 1440 == 0:
        return f"{minutes // 1440:,} days"
    return f"{minutes // 60:,} {kind}hours"


def listed(names: str, between: str = ", ") -> str:
    """Write a list with semicolons as words."""
    return between.join(words(name) for name in names.split(";"))


def roles(approved_by: str) -> str:
    """Write who approved."""
    return escape(listed(approved_by))


def level(row: tuple[Any, ...]) -> list[str]:
    """Return a service level as the cells of a table."""
    (name, version, starts, stops, minutes, clock, calendar, target, weeks, of_weeks, pauses, tries,
     approved_by, since, reason) = row  # fmt: skip
    said = f"From the moment that {STARTS[starts]}, within {span(minutes, clock)}"
    said += f" ({calendar}): {STOPS[stops]}."
    if tries:
        said += f" Tries are {listed(tries)}; automatic ones do not count."
    if pauses:
        said += f" The clock stands still while the status is {listed(pauses, ' or ')}."
    goal = f"{percent(target)} of them; missed in {weeks} of {of_weeks} weeks, the sponsor is told"
    return [
        f"{escape(words(name))}, version {version}", escape(said), goal,
        f"{roles(approved_by)}, since {since}", escape(reason),
    ]  # fmt: skip


def page(connection: duckdb.DuckDBPyConnection, day: date) -> str:
    """Return the page, from the policies in force on a day."""

    def ask(sql: str, **values: Any) -> list[tuple[Any, ...]]:
        return connection.execute(sql, {"day": day, **values} if "$day" in sql else {}).fetchall()

    definitions = []
    for name, version, stage, selected, heeds, approved_by, reason in ask(DEFINITIONS):
        conditions = connection.execute(CONDITIONS, [name, version]).fetchall()
        wanted = [role for (role,) in ask(APPROVALS, stage=stage)]
        missing = [role for role in wanted if role not in approved_by.split(";")]
        said = "; ".join(f"{words(m)} {OPERATORS[o]} {float(t):g}" for m, o, t in conditions)
        said += "; no veto" if heeds else ""
        use = "in use" if selected else "judged beside it"
        if missing or not wanted:
            use = f"a draft: {', '.join(words(r) for r in missing) or 'nobody'} has not approved"
        definitions.append(
            [stage.upper(), f"{escape(words(name))}, version {version}", escape(said), escape(use),
             roles(approved_by), escape(reason)]
        )  # fmt: skip
    holidays = dict(ask(HOLIDAYS))
    zones = dict(ask(ZONES))
    sections = [
        (
            "Service levels",
            table(["level", "what", "to be met in", "agreed by", "why"],
                  [level(row) for row in ask(LEVELS)]),
        ),
        (
            "What qualifies a lead",
            table(["stage", "definition", "conditions", "", "agreed by", "why"], definitions,
                  "A definition counts once every role has approved it that its stage asks for."),
        ),
        (
            "What a lead that is handed over must have",
            table(["condition", "at least", "agreed by", "why"],
                  [[escape(words(rule)), str("" if number is None else number), roles(by),
                    escape(why)] for rule, number, by, why in ask(HANDOFF)]),
        ),
        (
            "What both promised",
            table(["promise", "kind", "number", "the sponsor is told", "whose", "agreed by", "why"],
                  [[escape(words(name)), escape(kind),
                    f"{target:,.0f} a month" if kind == "volume" else percent(target),
                    f"missed {after} of {of} times" if after else "", escape(words(owner)),
                    roles(by), escape(why)]
                   for name, kind, target, after, of, owner, by, why in ask(PROMISES)]),
        ),
        (
            "What is still to be done",
            table(["what", "kind", "who", "until", ""],
                  [[escape(what), escape(words(kind)), escape(words(owner)), str(due or ""), state]
                   for what, kind, owner, due, state in ask(DATED)]),
        ),
        (
            "Who gets a lead",
            table(["rank", "by", "country", "size", "queue", "needs", "why"],
                  [[str(rank), escape(words(method)), escape(country or ""), escape(band or ""),
                    escape(queue or ""), escape(words(needs or "").replace(";", ", ")), escape(why)]
                   for rank, method, country, band, queue, needs, why in ask(RULES)],
                  "Tried from above; the first that fits and has somebody there."),
        ),
        (
            "When a desk is open",
            table(["calendar", "zone", "day", "open"],
                  [[escape(calendar), escape(zones.get(calendar, "")), WEEKDAYS[weekday - 1],
                    escape(hours)] for calendar, weekday, hours in ask(WINDOWS)])
            + "".join(f"<p>{escape(name)} is closed on: {escape(days)}.</p>"
                      for name, days in holidays.items()),
        ),
        (
            "Roles",
            table(["role", "who", "for"],
                  [[escape(words(owner)), escape(contact or ""), escape(why)]
                   for owner, contact, why in ask(ROLES)]),
        ),
        (
            "All versions, and why each came",
            table(["", "name", "version", "from", "until", "agreed by", "why"],
                  [[kind, escape(words(name)), str(version), str(since), str(until or ""),
                    roles(by), escape(why)]
                   for kind, name, version, since, until, by, why in ask(VERSIONS)]),
        ),
    ]  # fmt: skip
    return html_page(
        f"Agreement of marketing and sales, as of {day}", sections,
        "Every line is a row of seeds/policy; change it there.", is_text=True,
    )  # fmt: skip


def write_agreement(
    warehouse: Warehouse, day: date | None = None, path: Path | None = None
) -> Path:
    """Write the agreement; see `write_page`."""
    return write_page(warehouse, page, "agreement.html", day, path)

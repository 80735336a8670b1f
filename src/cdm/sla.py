"""Questions about service levels: what other terms would have meant for the past.

The proposal is put into copies of the policies, and the same SQL that judged the clocks of the last
build judges them again, in memory. So everything that a policy can say is answered by the rules of
the product and not by a second version of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from cdm.files import CdmError, Warehouse

# What is judged again, in the order in which they read each other.
MODELS = ("sla_clock", "sla_response", "sla_instance", "handoff_return")
POLICIES = ("policy_sla", "policy_handoff", "policy_routing_member")
# What may be proposed: the words or numbers that it takes.
STOPS = ("attempt", "attempt_and_status", "decision", "opportunity")
TERMS: dict[str, tuple[str, ...] | type[int] | type[float] | type[str]] = {
    "target_minutes": int,
    "clock_type": ("business", "calendar"),
    "calendar_id": str,
    "stops_with": STOPS,
    "attempt_types": str,
    "early_days": int,
    "at_risk_share": float,
    "pause_statuses": str,
}
MINIMUMS = ("minimum_attempts", "minimum_business_days")

COMPARISON = """
with clocks as (
    select
        strftime(before.started_at, '%Y-%m') as month,
        before.state as state_before,
        after.state as state_after
    from {state}.canonical.sla_instance as before
    inner join {own}.canonical.sla_instance as after using (policy_id, subject_id)
    where before.policy_id = $policy and before.state <> 'cancelled'
),

returns as (
    select
        strftime(before.handed_at, '%Y-%m') as month,
        count(*) filter (where before.is_premature) as early,
        count(*) filter (where after.is_premature) as would_be_early
    from {state}.marts.handoff_return as before
    inner join {own}.marts.handoff_return as after using (handoff_id)
    group by rollup (month)
),

counts as (
    select
        month,
        count(*) as clocks,
        count(*) filter (where state_before = 'met') as met,
        count(*) filter (where state_before in ('met', 'breached', 'breached_open')) as judged,
        count(*) filter (where state_after = 'met') as would_be_met,
        count(*) filter (where state_after in ('met', 'breached', 'breached_open')) as would_be
    from clocks
    group by rollup (month)
)

select
    coalesce(counts.month, 'all'), counts.clocks, counts.met, counts.judged,
    counts.would_be_met, counts.would_be,
    coalesce(returns.early, 0), coalesce(returns.would_be_early, 0)
from counts
left join returns on counts.month is not distinct from returns.month
order by counts.month nulls last
"""


@dataclass(frozen=True)
class Month:
    """The clocks that started in a month, or in all; and the leads handed over in it that were
    given back too early."""

    month: str
    clocks: int
    met: int
    judged: int
    would_be_met: int
    would_be_judged: int
    early: int
    would_be_early: int


def read_terms(given: Iterable[str]) -> dict[str, Any]:
    """Return proposed terms from texts `name=value`. Raises CdmError for what no policy can say."""
    terms: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in (*TERMS, *MINIMUMS):
            known = ", ".join((*TERMS, *MINIMUMS))
            raise CdmError(f"{text}: say name=value, with one of the names {known}.")
        kind = TERMS.get(name, int)
        if isinstance(kind, tuple):
            if value not in kind:
                raise CdmError(f"{name} is one of {', '.join(kind)}, not {value}.")
            terms[name] = value
            continue
        try:
            terms[name] = kind(value)
        except ValueError:
            raise CdmError(f"{name} is a number, not {value}.") from None
        if isinstance(terms[name], int | float) and terms[name] < 0:
            raise CdmError(f"{name} can't be below 0.")
    if terms.get("target_minutes") == 0:
        raise CdmError("target_minutes is at least 1.")
    return terms


def nodes_of(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    """Return the nodes of the last whole build by their names. Raises CdmError without one."""
    if not warehouse.state.exists() or not warehouse.manifest.exists():
        raise CdmError("Nothing has been built yet. Run `cdm build`.")
    nodes = json.loads(warehouse.manifest.read_text(encoding="utf-8"))["nodes"].values()
    named = {n["name"]: n for n in nodes if n["resource_type"] in ("model", "seed")}
    if any(not named.get(model, {}).get("compiled_code") for model in MODELS):
        raise CdmError("The last build was one of a part. Run `cdm build` without --select.")
    return named


def quoted(node: dict[str, Any]) -> str:
    """Return the name by which compiled SQL calls the table of a node."""
    return '"{database}"."{schema}"."{alias}"'.format_map(node)


@contextmanager
def desk(warehouse: Warehouse) -> Iterator[tuple[duckdb.DuckDBPyConnection, dict[str, Any]]]:
    """A database in memory, called as the warehouse's own, in which compiled SQL finds what it
    reads; the policies are copies that can be changed. The state file is attached as `state`."""
    nodes = nodes_of(warehouse)
    own = {nodes[name]["unique_id"] for name in MODELS}
    by_id = {node["unique_id"]: node for node in nodes.values()}
    wanted = {i for name in MODELS for i in nodes[name]["depends_on"]["nodes"]} - own
    wanted |= {nodes[name]["unique_id"] for name in (*POLICIES, "policy_business_calendar")}
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{warehouse.state}' as state_file (read_only)")
        connection.execute(f"attach ':memory:' as \"{nodes['sla_clock']['database']}\"")
        for node in [by_id[i] for i in sorted(wanted | own)]:
            connection.execute(
                f'create schema if not exists "{node["database"]}"."{node["schema"]}"'
            )
        for node in [by_id[i] for i in sorted(wanted)]:
            kind = "table" if node["name"] in POLICIES else "view"
            source = f'state_file."{node["schema"]}"."{node["alias"]}"'
            connection.execute(f"create {kind} {quoted(node)} as select * from {source}")
        yield connection, nodes


def propose(
    connection: duckdb.DuckDBPyConnection, nodes: dict[str, Any], policy: str, terms: dict[str, Any]
) -> None:
    """Change the copies of the policies as proposed, all versions alike."""
    calendars = connection.execute(
        f"select distinct calendar_id from {quoted(nodes['policy_business_calendar'])} order by 1"
    ).fetchall()
    for name, value in terms.items():
        if name == "calendar_id" and (value,) not in calendars:
            known = ", ".join(calendar for (calendar,) in calendars)
            raise CdmError(f"No calendar {value}. There are: {known}.")
        if name in MINIMUMS:
            connection.execute(
                f"update {quoted(nodes['policy_handoff'])} set threshold = ? where rule_id = ?",
                [value, name],
            )
            continue
        connection.execute(
            f"update {quoted(nodes['policy_sla'])} set {name} = ? where policy_id = ?",
            [value, policy],
        )
        if name == "calendar_id":  # else the calendars of the owners' desks would still count
            members = quoted(nodes["policy_routing_member"])
            connection.execute(f"update {members} set calendar_id = ?", [value])


def what_if(warehouse: Warehouse, policy: str, terms: dict[str, Any]) -> list[Month]:
    """Judge the past clocks of a service level by other terms, as of the day of the last build.

    Returns a row per month and one for `all` at the end. A clock that still runs is in neither
    number of those judged. Raises CdmError when there is no such service level or calendar.
    """
    with desk(warehouse) as (connection, nodes):
        known = [
            name
            for (name,) in connection.execute(
                "select distinct policy_id from state_file.canonical.sla_instance order by 1"
            ).fetchall()
        ]
        if policy not in known:
            raise CdmError(f"No clock of a service level {policy}. There are: {', '.join(known)}.")
        propose(connection, nodes, policy, terms)
        for name in MODELS:
            connection.execute(
                f"create table {quoted(nodes[name])} as {nodes[name]['compiled_code']}"
            )
        comparison = COMPARISON.format(
            state="state_file", own=f'"{nodes["sla_clock"]["database"]}"'
        )
        found = connection.execute(comparison, {"policy": policy}).fetchall()
    return [Month(*row) for row in found]

"""Questions about service levels: what another target would have meant for the past."""

from __future__ import annotations

from typing import Any

import duckdb

from cdm.files import CdmError, Warehouse

WHAT_IF = """
with clocks as (
    select
        strftime(date_trunc('month', started_at), '%Y-%m') as month,
        state,
        stopped_at is not null as is_stopped,
        case when $clock = 'calendar' then calendar_elapsed_s else business_elapsed_s end as taken_s
    from canonical.sla_instance
    where policy_id = $policy and state <> 'cancelled'
),

judged as (
    select
        month,
        case
            when state in ('running', 'at_risk') then null
            else state = 'met'
        end as was_met,
        case
            when is_stopped then taken_s <= $target_s
            when taken_s > $target_s then false
        end as would_be_met
    from clocks
)

select
    coalesce(month, 'all') as month,
    count(*) as clocks,
    count(*) filter (where was_met) as met,
    count(was_met) as judged,
    count(*) filter (where would_be_met) as would_be_met,
    count(would_be_met) as would_be_judged
from judged
group by rollup (month)
order by month nulls last
"""


def what_if(
    warehouse: Warehouse, policy: str, target_minutes: int, clock: str
) -> list[tuple[Any, ...]]:
    """Judge the past clocks of a service level by another target.

    Returns per month, and for `all` at the end: clocks, how many were met and judged by the terms
    they had, and how many would be met and judged by `target_minutes` of the `clock` (business or
    calendar). A clock that still runs within the target is in neither judged number. Raises
    CdmError when there is no such service level.
    """
    if not warehouse.state.exists():
        raise CdmError("Nothing has been built yet. Run `cdm build`.")
    with duckdb.connect(str(warehouse.state), read_only=True) as connection:
        known = [
            name
            for (name,) in connection.execute(
                "select distinct policy_id from canonical.sla_instance order by policy_id"
            ).fetchall()
        ]
        if policy not in known:
            raise CdmError(f"No clock of a service level {policy}. There are: {', '.join(known)}.")
        parameters = {"policy": policy, "target_s": 60 * target_minutes, "clock": clock}
        return connection.execute(WHAT_IF, parameters).fetchall()

"""`make bench-consent`: the state of consent of five million statements, beside one grouped scan.

Both run on two threads in memory; times are CPU seconds, the median of three runs in turn. Whose a
contact point is and which regime rules it is looked up; int_consent__rules has worked it out.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
from consent_sql import model

GOAL = 3.0
SCAN = """
    select contact_point_hash, purpose, channel,
        max(person_id) as person_id,
        max(contact_point_type) as contact_point_type,
        max(case when action in ('grant', 'confirm') and purpose <> '*'
            and (effective_to is null or effective_to > timestamp '2026-07-01')
            then counts_from end) as granted,
        max(case when action in ('deny', 'withdraw', 'object', 'gpc')
            then counts_from end) as denied,
        max(case when action = 'pending' then counts_from end) as pending,
        max(case when action = 'bounce' then counts_from end) as bounced,
        max(case when action in ('expire', 'erase') then counts_from end) as expired
    from int_consent__stated
    where counts_from <= timestamp '2026-07-01'
    group by contact_point_hash, purpose, channel
"""


def fill(connection: duckdb.DuckDBPyConnection, rows: int) -> None:
    """Make a ledger: a person has one or two contact points, and some three statements at each."""
    connection.execute("set threads = 2")
    connection.execute(
        f"""
        create table int_consent__stated as
        select
            cast(i as varchar) as consent_event_id,
            sha256(cast(hash(i) % {rows // 3} as varchar)) as contact_point_hash,
            'per_' || md5(cast((hash(i) % {rows // 3}) // 2 as varchar)) as person_id,
            'email' as contact_point_type,
            ['marketing', 'newsletter', 'events', '*'][1 + cast(hash(i || 'p') % 4 as bigint)]
                as purpose,
            'email' as channel,
            ['grant', 'grant', 'grant', 'confirm', 'grant', 'bounce', 'pending', 'withdraw']
                [1 + cast(hash(i || 'a') % 8 as bigint)] as action,
            cast(null as varchar) as jurisdiction,
            timestamp '2024-01-01' + to_seconds(cast(hash(i || 't') % 70000000 as integer))
                as counts_from,
            cast(null as timestamp) as effective_to,
            case when hash(i || 'l') % 4 = 0 then 'legitimate_interest' else 'consent' end
                as lawful_basis
        from range({rows}) as numbers (i)
        """
    )
    connection.execute(
        "create table int_consent__rules as select contact_point_hash, purpose, channel, "
        "max(person_id) as person_id, 'email' as contact_point_type, 'opt_in' as regime, "
        "'most_restrictive' as resolution, "
        "'DE' as jurisdiction from int_consent__stated group by all"
    )


def cpu_seconds(connection: duckdb.DuckDBPyConnection, *statements: str) -> float:
    """Run statements and return the CPU seconds that they took."""
    start = time.process_time()
    for statement in statements:
        connection.execute(statement)
    return time.process_time() - start


def main() -> int:
    """Measure, print and say by the exit code whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    rows = parser.parse_args().rows
    # The one pass that any answer needs: whose it is, and the newest of each kind of statement.
    scan = f"create or replace table scanned as {SCAN}"
    state = (
        f"create or replace table int_consent__denials as {model('int_consent__denials')}",
        f"create or replace table decided as {model('int_consent__decided')}",
    )
    with duckdb.connect() as connection:
        fill(connection, rows)
        times: dict[str, list[float]] = {"scan": [], "state": []}
        for _ in range(3):
            times["scan"].append(cpu_seconds(connection, scan))
            times["state"].append(cpu_seconds(connection, *state))
        [(answers,)] = connection.execute("select count(*) from decided").fetchall()
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["state"] / medians["scan"]
    print(f"{rows:,} statements, {answers:,} answers")
    print(f"one grouped scan   {medians['scan']:6.2f} CPU s")
    print(f"state of consent   {medians['state']:6.2f} CPU s")
    print(f"ratio              {ratio:6.2f}   (goal: at most {GOAL})")
    return 0 if ratio <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())

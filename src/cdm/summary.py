"""The summary of a run: what an operator needs to see, the verdict first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from cdm.files import Warehouse
from cdm.records import Outcome, Record, plural

BALANCE = (
    "rows_in", "accepted", "duplicate", "quarantined", "excluded", "erasure_blocked", "difference",
)
MOST_PROBLEMS = 12
MOST_REASONS = 6
MOST_UNDECLARED = 6
MOST_ALERTS = 5
LONGEST_LIST = 80  # characters of column names in one line


class Facts:
    """Read-only questions to a built file; a missing file, table or column has no answer."""

    def __init__(self, database: Path) -> None:
        self.connection: duckdb.DuckDBPyConnection | None = None
        if database.exists():
            try:
                self.connection = duckdb.connect(str(database), read_only=True)
            except duckdb.Error:
                self.connection = None

    def __enter__(self) -> Facts:
        return self

    def __exit__(self, *_: object) -> None:
        if self.connection is not None:
            self.connection.close()

    def rows(self, sql: str) -> list[tuple[Any, ...]] | None:
        """Return the rows of a query, or None where it can't be answered."""
        if self.connection is None:
            return None
        try:
            return self.connection.execute(sql).fetchall()
        except duckdb.Error:
            return None

    def count(self, table: str) -> int | None:
        """Return how many rows a table has, or None if there is no such table."""
        rows = self.rows(f"select count(*) from {table}")
        return int(rows[0][0]) if rows else None


def number(value: Any) -> str:
    """Write a number with a comma every three digits."""
    return f"{int(value or 0):,}"


def headline(record: Record) -> str:
    """Return the first line: OK, OK with warnings, or FAILED."""
    if record.outcome == "passed":
        return f"OK, with {plural(record.warnings, 'warning')}" if record.warnings else "OK"
    if record.outcome == "started":
        return "NOT FINISHED"
    return "FAILED"


def print_summary(console: Console, record: Record, warehouse: Warehouse) -> None:
    """Print the summary of one run. It reads the file which that run left behind."""
    style = {"OK": "bold green", "FAILED": "bold red", "NOT FINISHED": "bold red"}
    verdict = headline(record)
    console.print(verdict, style=style.get(verdict, "bold yellow"), highlight=False)
    if record.outcome == "started":
        console.print("The run was broken off, or is still going on; nothing was published by it.")
    print_stopper(console, record)
    failed = record.outcome == "failed"
    database = warehouse.failed if failed and warehouse.failed.exists() else warehouse.state
    with Facts(database) as facts:
        print_balance(console, facts, failed)
        print_identity(console, facts)
        print_reasons(console, facts)
        print_waivers(console, facts)
        print_tracking(console, facts)
        print_undeclared(console, facts)
        print_alerts(console, facts)
    print_checks(console, record)
    print_end(console, record, warehouse)


def print_stopper(console: Console, record: Record) -> None:
    """Say what stopped the run, broken models before checks that failed."""
    if record.error:
        console.print(escape(record.error), highlight=False)
    print_problems(console, [p for p in record.problems if p.status != "warn"])
    counts = record.counts
    if counts.get("models_skipped") or (record.problems and counts.get("checks_skipped")):
        console.print(
            f"Not reached: {plural(counts['models_skipped'], 'model')} and "
            f"{plural(counts['checks_skipped'], 'check')}.",
            highlight=False,
        )


def print_balance(console: Console, facts: Facts, failed: bool) -> None:
    """Say where the rows went: every row that came in is in exactly one column."""
    sums = ", ".join(f"coalesce(sum({column}), 0)" for column in BALANCE)
    total = facts.rows(f"select {sums} from governance.reconciliation")
    if total is None:
        if not failed:
            console.print("Rows in and out: not counted (governance.reconciliation is not built).")
        return
    came, *parts, difference = total[0]
    words = ("accepted", "duplicates", "quarantined", "excluded", "blocked by an erasure")
    counted = list(zip(parts, words, strict=True))
    if not parts[-1]:  # nobody was erased
        counted = counted[:-1]
    console.print(
        f"{plural(int(came), 'row')} in = "
        + " + ".join(f"{number(part)} {word}" for part, word in counted),
        highlight=False,
    )
    if int(difference):
        console.print(
            f"THE ROWS DO NOT BALANCE: {plural(abs(int(difference)), 'row')} "
            + ("unaccounted for." if difference > 0 else "counted twice."),
            style="bold red",
        )
    out = [
        plural(count, word)
        for table, word in (("canonical.person", "person"), ("canonical.account", "account"))
        if (count := facts.count(table)) is not None
    ]
    if out:
        console.print("Out of them: " + ", ".join(out) + ".", highlight=False)
    by_connector = facts.rows(
        f"select connector, {sums} from governance.reconciliation "
        "group by connector order by connector"
    )
    shown = [n for n, column in enumerate(BALANCE) if column != "erasure_blocked" or parts[-1]]
    names = [BALANCE[n].replace("_", " ") for n in shown]
    table = new_table("connector", *names, right=len(shown))
    for connector, *values in by_connector or []:
        table.add_row(str(connector), *(number(values[n]) for n in shown))
    console.print(table)


def new_table(*headers: str, right: int = 0) -> Table:
    """Return an empty table whose last `right` columns hold numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for position, header in enumerate(headers):
        is_number = position >= len(headers) - right
        table.add_column(header, justify="right" if is_number else "left", overflow="fold")
    return table


def print_identity(console: Console, facts: Facts) -> None:
    """Say how records came together, what is left to people, and what is out of bounds."""
    counted = {
        (metric, scope): (int(part), int(whole))
        for metric, scope, part, whole in facts.rows(
            "select metric, scope, numerator, denominator from governance.identity_quality"
        )
        or []
    }
    sizes = {key: whole for key, (_, whole) in counted.items() if key[0] == "persons_by_size"}
    if not sizes:
        return
    persons = next(iter(sizes.values()))
    alone, _ = counted.get(("persons_by_size", "1"), (0, persons))
    largest, _ = counted[("largest_person", "all")]
    refused, claims = counted[("refused_rate", "all")]
    console.print(
        f"Identity: {number(persons - alone)} of {plural(persons, 'person')} are in several "
        f"records, the largest in {number(largest)}; "
        f"{number(refused)} of {number(claims)} identifiers join nobody.",
        highlight=False,
    )
    waiting = [
        f"{number(count)} on {word}"
        for table, word in (("identity_review", "persons"), ("account_review", "accounts"))
        if (count := facts.count(f"governance.{table}"))
    ]
    if waiting:
        tables = "governance.identity_review, account_review"
        console.print(f"For people to decide: {' and '.join(waiting)} ({tables}).", highlight=False)
    for metric, scope, value, low, high, reason in (
        facts.rows(
            "select metric, scope, cast(value as double), cast(min_value as double), "
            "cast(max_value as double), reason from governance.identity_quality "
            "where status = 'alert' order by all"
        )
        or []
    ):
        limit = f"at least {low:g}" if low is not None and value < low else f"at most {high:g}"
        console.print(
            f"Out of bounds: {metric} of {scope} is {value:g}, should be {limit}: {reason}",
            style="yellow",
            highlight=False,
        )


def print_reasons(console: Console, facts: Facts) -> None:
    """List the most frequent reasons for which rows were set aside, with one message each."""
    rows = facts.rows(
        "select reason_codes, count(*) as row_count, min(message) from governance.quarantine "
        f"group by reason_codes order by row_count desc, reason_codes limit {MOST_REASONS}"
    )
    if not rows:
        return
    table = new_table("why rows are in quarantine", "rows", "for example")
    for reason, count, message in rows:
        table.add_row(escape(str(reason)), number(count), escape(str(message or "")))
    console.print(table)


def print_waivers(console: Console, facts: Facts) -> None:
    """Say how much is excused by waivers, when the next of them ends, and which excuse nothing."""
    rows = facts.rows(
        "select rule_id, scope, finding_count, valid_to from governance.contract_waiver "
        "where status = 'in_force' order by valid_to, rule_id, scope"
    )
    if not rows:
        return
    excused = sum(int(count) for _, _, count, _ in rows)
    console.print(
        f"{plural(len(rows), 'waiver')} in force: {plural(excused, 'finding')} may stay; the next "
        f"ends on {rows[0][3]:%Y-%m-%d} (governance.contract_waiver).",
        highlight=False,
    )
    for rule, scope, count, _ in rows:
        if not count:
            console.print(f"  excuses nothing any more: {escape(rule)} of {escape(scope)}")


def print_tracking(console: Console, facts: Facts) -> None:
    """Print how many parameters events lack that the policy asks for, and which most often."""
    rows = facts.rows(
        "select event_name || ' without ' || parameter, count(*) from marts.event_parameter "
        "where status <> 'given' group by all order by 2 desc, 1"
    )
    if rows:
        lacking = sum(count for _, count in rows)
        console.print(
            f"Tracking: {number(lacking)} parameters are missing or malformed, most often "
            f"{rows[0][0]} ({number(rows[0][1])}); see governance.tracking_issue.",
            highlight=False,
        )


def print_undeclared(console: Console, facts: Facts) -> None:
    """List the columns that the exports bring and no YAML declares, and the files nobody reads."""
    columns = facts.rows(
        "select connector || '.' || source_object, "
        "string_agg(column_name, ', ' order by column_name) "
        "from governance.export_column where status = 'undeclared' group by all order by all"
    )
    if columns:
        console.print("In the exports, but declared nowhere (kept aside, used by nothing):")
    for place, names in (columns or [])[:MOST_UNDECLARED]:
        short = names if len(names) <= LONGEST_LIST else names[:LONGEST_LIST].rsplit(",", 1)[0]
        more = names.count(",") - short.count(",")
        console.print(
            f"  {escape(place)}: {escape(short)}{f' and {more} more' if more else ''}",
            highlight=False,
        )
    if columns and len(columns) > MOST_UNDECLARED:
        left = plural(len(columns) - MOST_UNDECLARED, "more object")
        console.print(f"  and in {left}: see governance.export_column", highlight=False)
    for (message,) in (
        facts.rows(
            "select message from governance.export_column "
            "where status in ('unread_file', 'unread_folder') order by message"
        )
        or []
    ):
        console.print(f"Not read: {escape(message)}", highlight=False)
    for connector, earlier in (
        facts.rows(
            "select connector, count(*) from governance.export_column "
            "where status = 'earlier_file' group by connector order by connector"
        )
        or []
    ):
        console.print(
            f"Not read: {plural(earlier, 'earlier export')} of {escape(connector)}, since the last "
            "of an object counts: see governance.export_column",
            highlight=False,
        )


def print_alerts(console: Console, facts: Facts) -> None:
    """Print what changed for the worse since the builds before: whose it is and what next."""
    alerts = facts.rows(
        "select severity, message, business_owner, next_step from governance.quality_alert "
        "where severity <> 'info' and not is_waived "
        "order by severity <> 'error', kind = 'unknown_value', message"
    )
    if not alerts:
        return
    console.print(f"Alerts ({number(len(alerts))}; all in governance.quality_alert):")
    shown = alerts[:MOST_ALERTS]
    for place, (severity, message, owner, step) in enumerate(shown):
        style = "red" if severity == "error" else None
        console.print(f"  {escape(message)}", style=style, highlight=False)
        if [row[2:] for row in shown[place + 1 : place + 2]] != [(owner, step)]:
            console.print(f"    {escape(owner)}: {escape(step)}", style="dim", highlight=False)


def print_problem(console: Console, problem: Outcome) -> None:
    """Print one failure or warning: what, why, whose, what next."""
    word = "warning" if problem.status == "warn" else "failed"
    console.print(f"{word}: {escape(problem.name)}", style="yellow" if word == "warning" else "red")
    for line in problem.message.split("\n")[:6]:
        console.print(f"  {escape(line)}", highlight=False)
    if problem.owner:
        console.print(f"  owner: {escape(problem.owner)}", highlight=False)
    if problem.next_step:
        console.print(f"  next: {escape(problem.next_step)}", highlight=False)


def print_problems(console: Console, problems: list[Outcome]) -> None:
    """Print failures or warnings, the first of many."""
    for problem in problems[:MOST_PROBLEMS]:
        print_problem(console, problem)
    if len(problems) > MOST_PROBLEMS:
        left = number(len(problems) - MOST_PROBLEMS)
        console.print(f"and {left} more: see the newest file in runs/", highlight=False)


def print_checks(console: Console, record: Record) -> None:
    """Count models and checks, and print the warnings."""
    counts = record.counts
    if not any(counts.values()):
        return
    console.print(
        f"Checks: {number(counts['checks_passed'])} passed, "
        f"{number(counts['checks_warned'])} warned, {number(counts['checks_failed'])} failed. "
        f"Built: {number(counts['models_passed'])} tables, views and seeds.",
        highlight=False,
    )
    print_problems(console, [p for p in record.problems if p.status == "warn"])


def print_end(console: Console, record: Record, warehouse: Warehouse) -> None:
    """Say where the published file is and how long it took."""
    for note in record.notes:
        console.print(f"Note: {escape(note)}", highlight=False)
    if record.published:
        facts = record.published
        console.print(
            f"Published: {escape(facts['path'])} ({plural(facts['tables'], 'table')}, "
            f"{plural(facts['rows'], 'row')}, {facts['bytes'] / 1e6:.1f} MB)",
            highlight=False,
            soft_wrap=True,
        )
    elif record.outcome != "passed":
        still = "is unchanged" if warehouse.published.exists() else "does not exist yet"
        console.print(f"The published file {still}.")
        if warehouse.failed.exists() and record.counts:
            console.print(f"What was built is in {escape(str(warehouse.failed))}.", soft_wrap=True)
    else:
        console.print("Not published.")
    if record.finished:
        when = record.started[:16].replace("T", " ")
        took = f"{record.seconds:.0f} s"
        console.print(f"{escape(record.command)}: {when} UTC, {took}", style="dim", highlight=False)

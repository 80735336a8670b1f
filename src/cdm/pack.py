"""The weekly pack: one page for the meeting of marketing and sales, to be read, mailed or printed.

A static HTML file without scripts; it loads nothing and names no person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

import duckdb

from cdm.files import CdmError, Warehouse

MONTHS = 9
MOST_ALERTS = 12
STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1f24; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: #57606a; }
th, td { text-align: right; padding: .25rem .6rem; border-bottom: 1px solid #d8dee4; }
th:first-child, td:first-child { text-align: left; }
.said th, .said td { text-align: left; vertical-align: top; }
thead th { color: #57606a; font-weight: 600; }
.missed { color: #a40e26; font-weight: 600; } .met { color: #116329; } p { margin: .3rem 0; }
@media print { body { margin: 0; font-size: 11px; } h2 { break-after: avoid; } }
"""
SCORES = """
select measure, period_start, good_count, total_count, share, target, expected_to_date, is_met,
    is_running, good_amount, currency
from marts.sla_scorecard
where period_type = ? and cut_by = 'all' and period_start <= ?
order by measure, period_start desc
"""
RESPONSES = """
select policy_id, month_start, lead_count, never_contacted_share, median_business_s, p90_business_s
from marts.lead_response
where cut_by = 'all'
order by policy_id, month_start desc
"""
ALERTS = """
select severity, kind, topic, count(*) as alerts, min(since) as oldest
from marts.alert
where is_open
group by severity, kind, topic
order by severity = 'sponsor' desc, count(*) desc, kind, topic
"""
LEAKS = """
select quality, handling, sum(handed_count), sum(accepted_count), sum(rejected_count),
    sum(recycled_count), sum(opportunity_count)
from marts.handoff_quality
group by quality, handling
order by quality, handling
"""
REJECTIONS = """
select segment, rule_id, sum(handed_count), sum(rejected_count) + sum(recycled_count)
from marts.handoff_quality
group by segment, rule_id
having sum(rejected_count) + sum(recycled_count) > 0
order by 4 desc, 1, 2
limit 8
"""
WATCH = """
select watch.measure, watch.period_type, watch.missed_count, watch.seen_count, watch.is_escalated,
    watch.is_behind_pace, actions.what, actions.business_owner, actions.due_date
from marts.measure_watch as watch
left join marts.commitment as actions on watch.action_id = actions.commitment_id
where watch.missed_count > 0 or watch.is_behind_pace
order by watch.is_escalated desc, watch.measure
"""
PLANS = """
select target_id, marketing_revenue, currency, mean_won_amount, win_rate, opportunity_rate,
    sql_rate, needed_mqls, agreed_mqls, has_enough_history
from marts.reverse_funnel
order by target_id
"""
COHORTS = """
select cohort_month, stage, reached_count, entered_count
from marts.funnel_cohort
where segment = 'all'
order by cohort_month, stage_rank
"""


def words(name: Any) -> str:
    """Return a name of the model as words."""
    return str(name).replace("_", " ")


def hours(seconds: Any) -> str:
    """Write seconds as hours."""
    return "" if seconds is None else f"{seconds / 3600:,.1f} h"


def percent(share: Any) -> str:
    """Write a share."""
    return "" if share is None else f"{100 * float(share):.0f} %"


def table(head: list[str], rows: list[list[str]], caption: str = "") -> str:
    """Return an HTML table. Cells are HTML already."""
    if not rows:
        return "<p>Nothing to show.</p>"
    top = "".join(f"<th scope='col'>{escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{named}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def bars(values: list[float], target: float | None) -> str:
    """Return a small chart of values, oldest first, with a line at the target, as inline SVG."""
    top = max([*values, target or 0.0, 0.001])
    parts = [
        f"<rect x='{12 * place}' y='{28 - 28 * value / top:.1f}' width='9' "
        f"height='{28 * value / top:.1f}' fill='#4078c0'/>"
        for place, value in enumerate(values)
    ]
    if target is not None:
        y = 28 - 28 * target / top
        parts.append(
            f"<line x1='0' x2='{12 * len(values)}' y1='{y:.1f}' y2='{y:.1f}' stroke='#a40e26'/>"
        )
    said = ", ".join(f"{value:g}" for value in values)
    return (
        f"<svg role='img' aria-label='{escape(said)}' width='{12 * len(values)}' height='28'>"
        f"{''.join(parts)}</svg>"
    )


def score_rows(found: list[tuple[Any, ...]]) -> list[list[str]]:
    """Return one row per measure: the newest period, and the ones before as a chart."""
    by_measure: dict[str, list[tuple[Any, ...]]] = {}
    for row in found:
        by_measure.setdefault(row[0], []).append(row)
    rows = []
    for measure, periods in by_measure.items():
        _, start, good, total, share, target, expected, is_met, is_running, amount, currency = (
            periods[0]
        )
        is_volume = expected is not None
        value = f"{good:,}" if is_volume else f"{percent(share)} ({good:,} of {total:,})"
        if amount is not None:
            value += f" {amount:,.0f} {escape(currency or '')}"
        goal = "" if target is None else f"{target:,.0f}" if is_volume else percent(target)
        if is_volume and is_running:
            goal += f", {expected:,.0f} by now"
        verdict = "" if is_met is None else "met" if is_met else "" if is_running else "missed"
        shown = [float(row[2] if is_volume else row[4]) for row in reversed(periods[:MONTHS])]
        line = None if target is None else float(target)
        rows.append(
            [
                escape(words(measure)),
                f"{start}{' (running)' if is_running else ''}",
                value,
                goal,
                f"<span class='{verdict}'>{verdict}</span>",
                bars(shown, line),
            ]
        )
    return rows


def page(connection: duckdb.DuckDBPyConnection, day: date) -> str:
    """Return the page, from the marts as they stand and seen on a day."""

    def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return connection.execute(sql, list(values)).fetchall()

    head = ["measure", "period", "value", "target", "", "before"]
    newest: dict[str, tuple[Any, ...]] = {}
    for row in ask(RESPONSES):
        newest.setdefault(row[0], row)
    cohorts: dict[date, list[str]] = {}
    stages: list[str] = []
    for month, stage, reached, entered in ask(COHORTS):
        cohorts.setdefault(month, [str(month)]).append(
            f"{reached:,} ({percent(reached / entered)})"
        )
        if stage not in stages:
            stages.append(stage)
    sections = [
        ("This month", table(head, score_rows(ask(SCORES, "month", day)))),
        ("This week", table(head, score_rows(ask(SCORES, "week", day)))),
        (
            "First response",
            table(
                ["service level", "month", "leads", "never contacted", "median", "9 of 10 within"],
                [
                    [
                        escape(words(policy)),
                        str(month),
                        f"{leads:,}",
                        percent(never),
                        hours(median),
                        hours(ninth),
                    ]
                    for policy, month, leads, never, median, ninth in newest.values()
                ],
                "Business time; who was never contacted is in none of the times.",
            ),
        ),
        (
            "What to look at",
            table(
                ["alert", "about", "how many", "oldest", "for"],
                [
                    [
                        escape(words(kind)),
                        escape(words(topic)),
                        f"{count:,}",
                        f"{since:%Y-%m-%d}",
                        "sponsor" if severity == "sponsor" else "team",
                    ]
                    for severity, kind, topic, count, since in ask(ALERTS)[:MOST_ALERTS]
                ],
            ),
        ),
        (
            "What was missed lately, and what is done about it",
            table(
                ["measure", "missed", "", "action", "who", "until"],
                [
                    [
                        escape(words(measure)),
                        f"{missed} of {seen} {period}s",
                        f"<span class='missed'>{note}</span>",
                        escape(action or ("none agreed" if escalated else "")),
                        escape(words(owner or "")),
                        str(due or ""),
                    ]
                    for measure, period, missed, seen, escalated, behind, action, owner, due in ask(
                        WATCH
                    )
                    for note in [
                        ", ".join(
                            ["for the sponsor"] * bool(escalated) + ["behind pace"] * bool(behind)
                        )
                    ]
                ],
            ),
        ),
        (
            "What the plan takes",
            table(
                [
                    "plan",
                    "from marketing's leads",
                    "a deal",
                    "won",
                    "SQL to deal",
                    "MQL to SQL",
                    "MQLs a month",
                    "agreed",
                ],
                [
                    [
                        escape(words(plan)),
                        f"{revenue:,.0f} {escape(currency)}",
                        "" if deal is None else f"{deal:,.0f}",
                        percent(won),
                        percent(opened),
                        percent(spoken),
                        ("unknown" if mqls is None else f"{mqls:,}")
                        + ("" if enough else " (little history)"),
                        "" if agreed is None else f"{agreed:,}",
                    ]
                    for (
                        plan, revenue, currency, deal, won, opened, spoken, mqls, agreed, enough,
                    ) in ask(PLANS)
                ],
                "Worked back from the revenue of a month, by the conversion of the past.",
            ),
        ),
        (
            "Where leads leak",
            table(
                [
                    "quality",
                    "handling",
                    "handed over",
                    "accepted",
                    "share",
                    "rejected",
                    "sent back",
                    "deals",
                ],
                [
                    [
                        escape(quality),
                        escape(handling),
                        f"{handed:,}",
                        f"{accepted:,}",
                        percent(accepted / handed),
                        f"{rejected:,}",
                        f"{recycled:,}",
                        f"{deals:,}",
                    ]
                    for quality, handling, handed, accepted, rejected, recycled, deals in ask(LEAKS)
                ],
                "Conforming leads lost late or never worked are a matter of handling; lacking ones "
                "lost in time, of quality.",
            ),
        ),
        (
            "Given back most",
            table(
                ["segment", "rule", "handed over", "given back"],
                [
                    [escape(segment), escape(words(rule)), f"{handed:,}", f"{back:,}"]
                    for segment, rule, handed, back in ask(REJECTIONS)
                ],
            ),
        ),
        (
            "How far each month's leads came",
            table(
                ["handed over in", *stages],
                list(cohorts.values()),
                "Whenever that was; young months still move.",
            ),
        ),
    ]
    return html_page(
        f"Marketing and sales, week of {day}",
        sections,
        "Every number of the two first tables is the sum of rows of marts.scorecard_fact; "
        "docs/sla.md has the queries.",
    )


def html_page(
    title: str, sections: list[tuple[str, str]], note: str, is_text: bool = False
) -> str:
    """Return a whole page: its sections are names and HTML; `is_text` sets all cells as text."""
    content = "".join(
        f"<section><h2>{escape(name)}</h2>{html}</section>" for name, html in sections
    )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        "<meta http-equiv='Content-Security-Policy' "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body{' class=said' if is_text else ''}>"
        f"<h1>{escape(title)}</h1>{content}<p>{escape(note)}</p></body></html>\n"
    )


def day_of_build(connection: duckdb.DuckDBPyConnection) -> date:
    """Return the day that the build was made as of; today where nobody has a lifecycle yet."""
    [(seen_at,)] = connection.execute("select max(seen_at) from marts.funnel_snapshot").fetchall()
    return seen_at.date() if seen_at else datetime.now(UTC).date()


def write_page(
    warehouse: Warehouse,
    make: Callable[[duckdb.DuckDBPyConnection, date], str],
    name: str,
    day: date | None,
    path: Path | None,
) -> Path:
    """Write a page made from the state file and return its path; default is `name` in `pack/` of
    the warehouse folder, where {day} stands for the day: the build's, unless another is given.

    Raises CdmError when there is nothing to show.
    """
    if not warehouse.state.exists():
        raise CdmError("Nothing has been built yet. Run `cdm build`.")
    with duckdb.connect(str(warehouse.state), read_only=True) as connection:
        try:
            seen_on = day or day_of_build(connection)
            text = make(connection, seen_on)
        except duckdb.CatalogException as error:
            raise CdmError(f"The state file lacks a table. Run `cdm build`. ({error})") from None
    place = path or warehouse.root / "pack" / name.format(day=seen_on)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def write_pack(warehouse: Warehouse, day: date | None = None, path: Path | None = None) -> Path:
    """Write the weekly pack; see `write_page`."""
    return write_page(warehouse, page, "{day}.html", day, path)

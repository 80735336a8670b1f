"""Fit the match weights to the warehouse's own records, and write them as policy.

The build needs only what is written, policy_match_weight. `cdm.learn` fits it, or Splink.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb

from cdm.database import open_warehouse
from cdm.files import CdmError
from cdm.learn import CONSTANTS, Fitted, MatchSql, learn
from cdm.project import Project, run_dbt
from cdm.splink_weights import RAREST, fit, levels_of, need_splink

SEED = "policy_match_weight"
FEWEST_RECORDS = 100


def match_sql(project: Project) -> MatchSql:
    """Return the queries that pairs are compared and scored by, for any database that has the
    schemas. Raises CdmError when dbt can't compile them."""
    outcome = run_dbt(project, ["compile", "--select", "int_match__compared", "int_match__scored"])
    if not outcome.success:
        raise CdmError(f"The models can't be compiled: {outcome.exception or 'see logs/dbt.log'}")
    code = {result.node.name: result.node.compiled_code for result in outcome.result.results}
    return MatchSql.of(code["int_match__compared"], code["int_match__scored"])


def beside_the_rest(fitted: Fitted, rows: Iterable[dict[str, str]]) -> Fitted:
    """Return the fitted weights so that m of a field's levels is 1 together with that of the levels
    that were not fitted, which stay as they are. `rows` are the seed's rows in force."""
    left: dict[str, float] = {}
    for row in rows:
        kept = 0.0 if (row["field"], row["level"]) in fitted else float(row["m_probability"])
        left[row["field"]] = left.get(row["field"], 1.0) - kept
    total: dict[str, float] = {}
    for (field, _), (m, _) in fitted.items():
        total[field] = total.get(field, 0.0) + m
    return {
        (field, level): (m * max(left[field], RAREST) / total[field], u)
        for (field, level), (m, u) in fitted.items()
    }


def rewritten(
    rows: list[dict[str, str]], fitted: Fitted, since: date, approved_by: str, reason: str
) -> list[dict[str, str]]:
    """Return the seed's rows with the fitted weights: an old row ends where a new one begins.

    Rows that were not fitted, and those that are over, stay as they are.
    """
    result, day = [], since.isoformat()
    for row in rows:
        key = (row["field"], row["level"])
        if row["valid_to"] or key not in fitted:
            result.append(row)
            continue
        m, u = (f"{chance:.6f}" for chance in fitted[key])
        if row["valid_from"] != day:
            result.append(row | {"valid_to": day})
        result.append(
            row
            | {
                "m_probability": m,
                "u_probability": u,
                "valid_from": day,
                "approved_by": approved_by,
                "reason": reason,
            }
        )
    return result


def train(
    project: Project, approved_by: str, since: date, output: Path, with_splink: bool = False
) -> list[tuple[str, str, float, float, float, float]]:
    """Fit the weights to the features of the last build and write the seed to `output`.

    Returns field, level, m and u before, m and u fitted. Raises CdmError when there is nothing to
    learn from; likeness that is off has no features, so that nobody is compared without a basis.
    """
    if with_splink:
        need_splink()
    state = project.warehouse.state
    if not state.exists():
        raise CdmError("Nothing has been built yet to learn from. Run `cdm build`.")
    seed = project.root / "seeds" / "policy" / f"{SEED}.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    current = [row for row in rows if not row["valid_to"]]
    levels = levels_of(project) if with_splink else {}
    sql = None if with_splink else match_sql(project)
    with open_warehouse(state, read_only=True) as connection:
        [(count,)] = connection.execute(
            "select count(*) from resolve.int_match__features"
        ).fetchall()
        if count < FEWEST_RECORDS:
            raise CdmError(
                f"There are {count} records to compare, and {FEWEST_RECORDS} are needed. They are "
                "collected once policy_match_threshold is on and names a lawful basis."
            )
        try:
            fitted = (
                fit_with_splink(connection, levels, current)
                if with_splink
                else learn(connection, sql, current)
            )
        except duckdb.BinderException:
            raise CdmError(
                "The last build compared records by other columns than the project does now. "
                "Run `cdm build` first."
            ) from None
    how = "with Splink" if with_splink else "without labels"
    written = rewritten(rows, fitted, since, approved_by, f"Fitted to {count} records {how}")
    with output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(written)
    return [
        (row["field"], row["level"], float(row["m_probability"]), float(row["u_probability"]),
         *fitted[row["field"], row["level"]])
        for row in current
        if (row["field"], row["level"]) in fitted
    ]  # fmt: skip


def fit_with_splink(
    connection: duckdb.DuckDBPyConnection, levels: dict[str, str], rows: list[dict[str, str]]
) -> Fitted:
    """Return what Splink fits to the features; what is declared to say nothing stays as it is.
    Raises CdmError where it finds too few pairs."""
    rows = [row for row in rows if row["field"] not in CONSTANTS]
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row["field"], []).append(row["level"])
    rules = [
        " and ".join(f'l."{part}" = r."{part}"' for part in parts if part)
        for parts in connection.execute(
            "select part_1, part_2, part_3 from policy.policy_match_blocking "
            "where valid_to is null order by rule_id"
        ).fetchall()
    ]
    fitted = fit(connection, "resolve.int_match__features", levels, names, rules)
    telling = {
        (row["field"], row["level"])
        for row in rows
        if float(row["m_probability"]) != float(row["u_probability"])
    }
    fitted = {key: chances for key, chances in fitted.items() if key in telling}
    if not fitted:
        raise CdmError(
            "Among the pairs that agree in a name and something else there are too few of one "
            "person to learn from. Keep the weights as they are."
        )
    return beside_the_rest(fitted, rows)

"""Fit the match weights to the warehouse's own records with Splink, and write them as policy.

Splink is an optional extra: the build needs only what it writes, policy_match_weight.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from cdm.database import open_warehouse
from cdm.files import CdmError
from cdm.project import Project, run_dbt

SEED = "policy_match_weight"
# Pairs that agree in these are learnt from; a field is learnt where it is none of them. Two fields,
# or one that tells nearly as much: among namesakes there are too few pairs of one person.
BLOCKS = (
    ("given_name", "family_name"),
    ("family_name", "birth_date"),
    ("given_name", "birth_date"),
    ("family_name", "postcode"),
    ("given_name", "company"),
    ("phone",),
    ("email",),
)
MOST_RANDOM_PAIRS = 1e6
RAREST = 0.001  # chance m of a level below which too few pairs showed it to learn from
SMALLEST = 1e-6  # of a chance u; a level that no random pair showed is not impossible
FEWEST_RECORDS = 100
Fitted = dict[tuple[str, str], tuple[float, float]]


def need_splink() -> Any:
    """Return the module splink. Raises CdmError that says how to install it."""
    try:
        import splink
    except ImportError:
        raise CdmError(
            "Training needs Splink, which is not installed: pip install 'cdm[match]', or from the "
            "project's folder .venv/bin/pip install '.[match]'."
        ) from None
    return splink


def levels_of(project: Project) -> dict[str, str]:
    """Return for each compared field the SQL that gives its level, as the macro match_levels has
    it. Raises CdmError when dbt can't compile it."""
    outcome = run_dbt(project, ["compile", "--inline", "{{ match_levels() | tojson }}"])
    if not outcome.success:
        raise CdmError(f"The levels can't be compiled: {outcome.exception or 'see logs/dbt.log'}")
    return json.loads(outcome.result.results[0].node.compiled_code)


def comparison(field: str, sql: str, levels: Iterable[str]) -> dict[str, Any]:
    """Return Splink's comparison of a field that has our levels, the last one as the rest."""
    sql = re.sub(r"left_side\.(\w+)", r'"\1_l"', sql)
    sql = re.sub(r"right_side\.(\w+)", r'"\1_r"', sql)
    sql = sql.replace("nicknames.left_name is not null", "false")  # no list of nicknames there
    names = list(levels)
    absent = {
        "sql_condition": f'"{field}_l" is null or "{field}_r" is null',
        "is_null_level": True,
    }
    known = [
        {"sql_condition": f"({sql}) = '{name}'", "label_for_charts": name} for name in names[:-1]
    ]
    rest = {"sql_condition": "ELSE", "label_for_charts": names[-1]}
    return {"output_column_name": field, "comparison_levels": [absent, *known, rest]}


def fit(
    connection: duckdb.DuckDBPyConnection, table: str, levels: dict[str, str],
    names: dict[str, list[str]], rules: list[str],
) -> Fitted:  # fmt: skip
    """Estimate m and u of each field and level by expectation maximisation.

    `table` has a record in each row, `names` the levels of each field in the order of policy,
    `rules` Splink's SQL of the blocking rules. A level that hardly any pair showed is left out.
    Each of BLOCKS is a training of its own, and the median of what they say of a level counts:
    one from which nothing can be learnt would take the others with it.
    """
    splink = need_splink()
    from splink.backends.duckdb import DuckDBAPI
    from splink.internals.exceptions import SplinkException

    filled = {
        field
        for field in levels
        if connection.execute(f"select count({field}) > 0 from {table}").fetchone()[0]
    }
    records = connection.sql(f"select * from {table}").to_arrow_table()
    settings: dict[str, Any] = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_key",
        "comparisons": [
            comparison(field, levels[field], names[field]) for field in names if field in filled
        ],
        "blocking_rules_to_generate_predictions": rules,
        "probability_two_random_records_match": 1 / len(records),
    }

    def linker(settings: dict[str, Any]) -> Any:
        return splink.Linker(DuckDBAPI().register(records), settings, log_level="ERROR")

    random_pairs = linker(settings)
    random_pairs.training.estimate_u_using_random_sampling(max_pairs=MOST_RANDOM_PAIRS, seed=1)
    settings = random_pairs.misc.save_model_to_json()
    chances_u = chances(settings, "u_probability")
    chances_m: dict[tuple[str, str], list[float]] = {}
    for block in BLOCKS:
        if not filled.issuperset(block):
            continue
        trained = linker(settings)
        # No pairs, or none of one person among them: there is nothing to learn from these.
        with suppress(ValueError, SplinkException):
            trained.training.estimate_parameters_using_expectation_maximisation(
                splink.block_on(*block), fix_probability_two_random_records_match=True
            )
            for key, chance in chances(trained.misc.save_model_to_json(), "m_probability").items():
                chances_m.setdefault(key, []).append(chance)
    learnt = {key: median(found) for key, found in chances_m.items()}
    return {
        key: (chance, max(chances_u[key], SMALLEST))
        for key, chance in learnt.items()
        if key in chances_u and chance >= RAREST
    }


def chances(model: dict[str, Any], kind: str) -> dict[tuple[str, str], float]:
    """Return what a trained model of Splink says of each field and level, where it does."""
    return {
        (compared["output_column_name"], level["label_for_charts"]): level[kind]
        for compared in model["comparisons"]
        for level in compared["comparison_levels"]
        if not level.get("is_null_level") and level.get(kind) is not None
    }


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
    rows: list[dict[str, str]], fitted: Fitted, since: date, approved_by: str, record_count: int
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
                "reason": f"Fitted to {record_count} records with Splink",
            }
        )
    return result


def train(
    project: Project, approved_by: str, since: date, output: Path
) -> list[tuple[str, str, float, float, float, float]]:
    """Fit the weights to the features of the last build and write the seed to `output`.

    Returns field, level, m and u before, m and u fitted. Raises CdmError when there is nothing to
    learn from; likeness that is off has no features, so that nobody is compared without a basis.
    """
    need_splink()
    state = project.warehouse.state
    if not state.exists():
        raise CdmError("Nothing has been built yet to learn from. Run `cdm build`.")
    seed = project.root / "seeds" / "policy" / f"{SEED}.csv"
    with seed.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    levels = levels_of(project)
    current = [row for row in rows if not row["valid_to"] and row["field"] in levels]
    names: dict[str, list[str]] = {}
    for row in current:
        names.setdefault(row["field"], []).append(row["level"])
    with open_warehouse(state, read_only=True) as connection:
        count = connection.execute("select count(*) from resolve.int_match__features").fetchone()[0]
        if count < FEWEST_RECORDS:
            raise CdmError(
                f"There are {count} records to compare, and {FEWEST_RECORDS} are needed. They are "
                "collected once policy_match_threshold is on and names a lawful basis."
            )
        rules = [
            " and ".join(f'l."{part}" = r."{part}"' for part in parts if part)
            for parts in connection.execute(
                "select part_1, part_2, part_3 from policy.policy_match_blocking "
                "where valid_to is null order by rule_id"
            ).fetchall()
        ]
        fitted = fit(connection, "resolve.int_match__features", levels, names, rules)
    if not fitted:
        raise CdmError(
            "Among the pairs that agree in a name and something else there are too few of one "
            "person to learn from. Keep the weights as they are."
        )
    fitted = beside_the_rest(fitted, current)
    written = rewritten(rows, fitted, since, approved_by, count)
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

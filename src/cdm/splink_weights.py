"""Fit the match weights with Splink, an optional extra that no build needs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from statistics import median
from typing import Any

import duckdb

from cdm.files import CdmError
from cdm.learn import RANDOM_PAIRS, Fitted
from cdm.project import Project, run_dbt

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
RAREST = 0.001  # chance m of a level below which too few pairs showed it to learn from
SMALLEST = 1e-6  # of a chance u; a level that no random pair showed is not impossible


def need_splink() -> Any:
    """Return the module splink. Raises CdmError that says how to install it."""
    try:
        import splink
    except ImportError:
        raise CdmError(
            "Training needs Splink, which is not installed: .venv/bin/pip install -e '.[match]' in "
            "the project's folder."
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
    absent = {"sql_condition": f"({sql}) is null", "is_null_level": True}
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
    random_pairs.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=1)
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

"""Learn the match weights from records without labels, with the SQL that a build scores them by.

Expectation maximisation over the pairs that share a block: the pairs are scored, the levels of the
likely ones are counted, and that again until nothing changes. How often records of two people agree
is counted among random pairs. What is learnt holds for the very model that is used, its limits on
shared places included.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from cdm.database import quoted
from cdm.files import CdmError

Fitted = dict[tuple[str, str], tuple[float, float]]  # m and u of a field and level

PRIOR = ("prior", "duplicates_per_record")
CONSTANTS = ("prior", "place")  # rows of the seed that are no fields
NAMES = ("given_name", "family_name", "birth_date")
RANDOM_PAIRS = 250_000
FEWEST_PAIRS = 20  # that are likely one person
JUDGED_PAIRS = 10  # so many pairs are what the weights were before worth
SMALLEST = 1e-4  # a chance; what no pair showed is not impossible
MOST_ROUNDS = 50
SETTLED = 0.0005  # of a chance m


@dataclass(frozen=True)
class MatchSql:
    """The compiled queries of int_match__compared and int_match__scored."""

    compared: str
    scored: str

    @classmethod
    def of(cls, compared: str, scored: str) -> MatchSql:
        """Leave out the names of the databases: a state file may have others."""
        of_schema = [re.sub(r'"\w+"\.("\w+"\."\w+")', r"\1", code) for code in (compared, scored)]
        return cls(*of_schema)

    def random_pairs_compared(self) -> str:
        return self.compared.replace('"resolve"."int_match__blocks"', "random_block")

    def scored_by_tried_weights(self) -> str:
        return self.scored.replace('"policy"."policy_match_weight"', "tried_weight")


def learn(
    connection: duckdb.DuckDBPyConnection, sql: MatchSql, rows: Iterable[dict[str, str]]
) -> Fitted:
    """Return m and u of the levels and the chance of a pair, as the records of
    resolve.int_match__features and the pairs of resolve.int_match__compared have them.

    `rows` are the seed's rows in force, from which it starts. A level whose m and u are the same
    is declared to say nothing, and stays so. Raises CdmError where hardly any pair is one person.
    """
    rows = list(rows)
    weights = {
        (row["field"], row["level"]): (float(row["m_probability"]), float(row["u_probability"]))
        for row in rows
    }
    judged = {key: m for key, (m, u) in weights.items() if key[0] not in CONSTANTS and m != u}
    count = connection.execute("select count(*) from resolve.int_match__features").fetchone()[0]
    by_chance = shares_of_random_pairs(connection, sql, count, {field for field, _ in judged})
    by_chance = {field: shares for field, shares in by_chance.items() if shares}
    judged = {key: m for key, m in judged.items() if key[0] in by_chance}
    for _ in range(MOST_ROUNDS):
        before = dict(weights)
        try_weights(connection, sql, rows, weights)
        weights |= one_round(connection, weights, judged, by_chance, count)
        if all(abs(weights[key][0] - before[key][0]) < SETTLED for key in judged):
            break
    likely = weights[PRIOR][0] * count / 2
    if likely < FEWEST_PAIRS:
        raise CdmError(
            f"Only about {likely:.0f} of the pairs are likely one person, and {FEWEST_PAIRS} are "
            "needed to learn from. Keep the weights as they are."
        )
    return {key: weights[key] for key in (PRIOR, *judged)}


def shares_of_random_pairs(
    connection: duckdb.DuckDBPyConnection, sql: MatchSql, count: int, fields: set[str]
) -> dict[str, dict[str, float]]:
    """Return for each field the share of its levels among pairs of records drawn by lot: each is
    paired with those behind it in the order of their hashes, which any two runs agree on."""
    steps = max(1, min(count - 1, RANDOM_PAIRS // max(count, 1)))
    connection.execute(
        f"""
        create or replace temp table random_block as
        with drawn as (
            select record_key, row_number() over (order by md5(record_key)) as place
            from resolve.int_match__features
        ),
        pairs as (
            select lot.record_key as left_key, behind.record_key as right_key
            from drawn as lot
            cross join range(1, {steps + 1}) as step (size)
            inner join drawn as behind on behind.place = lot.place + step.size
            where lot.place <= {RANDOM_PAIRS}
        )
        select 'random' as rule_id, left_key || '|' || right_key as block_key,
            unnest([left_key, right_key]) as record_key, false as is_too_large
        from pairs
        """
    )
    connection.execute(f"create or replace temp table random_pair as {sql.random_pairs_compared()}")
    return {
        field: dict(
            connection.execute(
                f"select {field}_level, count(*) / sum(count(*)) over () from random_pair "
                f"where {field}_level is not null group by {field}_level"
            ).fetchall()
        )
        for field in sorted(fields)
    }


def try_weights(
    connection: duckdb.DuckDBPyConnection,
    sql: MatchSql,
    rows: list[dict[str, str]],
    weights: Fitted,
) -> None:
    """Score the pairs with these weights, into the table tried_pair."""
    connection.execute(
        "create or replace temp table tried_weight (field text, level text, m_probability double, "
        "u_probability double, is_by_frequency boolean, valid_from date, valid_to date)"
    )
    connection.executemany(
        "insert into tried_weight values (?, ?, ?, ?, ?, '1900-01-01', null)",
        [
            (field, level, *weights[field, level], row["is_by_frequency"] == "true")
            for row in rows
            for field, level in [(row["field"], row["level"])]
        ],
    )
    connection.execute(
        f"create or replace temp table tried_pair as {sql.scored_by_tried_weights()}"
    )


def one_round(
    connection: duckdb.DuckDBPyConnection,
    weights: Fitted,
    judged: dict[tuple[str, str], float],
    by_chance: dict[str, dict[str, float]],
    count: int,
) -> Fitted:
    """Return the weights that the scored pairs speak for."""
    [(likely,)] = connection.execute(
        "select coalesce(sum(cast(match_probability as decimal(18, 6))), 0) from tried_pair "
        f"where {two_names_agree(weights)}"
    ).fetchall()
    duplicates = max(2 * float(likely) / count, SMALLEST)
    chance = min(duplicates / count, 0.5)
    fitted = {PRIOR: (duplicates, 1.0)}
    for field in by_chance:
        levels = [level for known, level in judged if known == field]
        found = dict(
            connection.execute(
                f"select {field}_level, sum(cast(match_probability as decimal(18, 6))) "
                f"from tried_pair where {two_names_agree(weights, field)} group by {field}_level"
            ).fetchall()
        )
        pairs = {
            level: float(found.get(level, 0)) + JUDGED_PAIRS * judged[field, level]
            for level in levels
        }
        # What is declared to say nothing keeps its share.
        kept = sum(
            m
            for (known, level), (m, _) in weights.items()
            if known == field and level not in levels
        )
        for level in levels:
            m = max((1 - kept) * pairs[level] / sum(pairs.values()), SMALLEST)
            share = by_chance[field].get(level, 0.0)
            fitted[field, level] = (m, max((share - chance * m) / (1 - chance), SMALLEST))
    return fitted


def two_names_agree(weights: Fitted, besides: str = "") -> str:
    """Return the condition on the pairs that a field is learnt from.

    They agree in two of first name, last name and birthday, itself left aside: colleagues and
    households are alike in all else. Agreement is what tells at least two bits.
    """
    agreeing = {
        name: [level for (field, level), (m, u) in weights.items() if field == name and m >= 4 * u]
        for name in NAMES
        if name != besides
    }
    counted = [
        f"case when {name}_level in ({', '.join(map(quoted, levels))}) then 1 else 0 end"
        for name, levels in agreeing.items()
        if levels
    ]
    return f"{' + '.join(counted)} > 1" if counted else "false"

"""For each test of dbt_expectations that the stand-in has: arguments, and a table that passes and
one that fails it. The tables are `good` and `bad` below; `failures` is what the full package counts
on `bad` (the two were run side by side)."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

TABLES = {
    "good": """
        select 1 as id, 'a' as letter, 'x1' as code, 1 as low, 2 as high, 'a' as twin, 0 as good
        union all select 2, 'b', 'x22', 2, 3, 'b', 0
        union all select 3, null, null, null, 4, null, 0
    """,
    "bad": """
        select 1 as id, 'a' as letter, 'y1' as code, 1 as low, 1 as high, 'b' as twin
        union all select 1, 'z', 'x22222', 9, 5, 'z'
        union all select 3, null, null, null, 4, null
        union all select null, 'a', 'x3', 3, 3, 'b'
    """,
    "other": "select 1 as id union all select 2 union all select 3",
}


class Case(NamedTuple):
    """One test with its arguments; `column` is set for column tests."""

    name: str
    arguments: dict[str, Any]
    failures: int
    column: str | None = None


CASES = [
    Case("expect_table_row_count_to_be_between", {"min_value": 1, "max_value": 3}, 1),
    Case(
        "expect_table_row_count_to_be_between",
        {"min_value": 1, "max_value": 1, "group_by": ["letter"]},
        1,
    ),
    Case(
        "expect_table_row_count_to_be_between",
        {"min_value": 1, "max_value": 4, "strictly": True},
        1,
    ),
    Case("expect_table_row_count_to_equal", {"value": 3}, 1),
    Case("expect_table_row_count_to_equal", {"value": 1, "row_condition": "id = 1"}, 1),
    Case("expect_table_row_count_to_equal_other_table", {"compare_model": "ref('other')"}, 1),
    Case(
        "expect_table_row_count_to_equal_other_table",
        {"compare_model": "ref('other')", "row_condition": "id = 1"},
        1,
    ),
    Case(
        "expect_table_columns_to_match_set",
        {"column_list": ["ID", "letter", "code", "low", "high", "twin", "good"]},
        1,
    ),
    Case("expect_table_columns_to_contain_set", {"column_list": ["id", "Good"]}, 1),
    Case("expect_column_to_exist", {}, 1, "good"),
    Case("expect_compound_columns_to_be_unique", {"column_list": ["id"]}, 1),
    Case(
        "expect_compound_columns_to_be_unique",
        {"column_list": ["twin"], "ignore_row_if": "any_value_is_missing"},
        1,
    ),
    Case("expect_column_values_to_be_between", {"min_value": 1, "max_value": 3}, 1, "low"),
    Case(
        "expect_column_values_to_be_between",
        {"min_value": 0, "max_value": 3, "strictly": True, "row_condition": "id > 0"},
        1,
        "low",
    ),
    Case("expect_column_value_lengths_to_be_between", {"min_value": 2, "max_value": 3}, 1, "code"),
    Case("expect_column_values_to_match_regex", {"regex": "^x[0-9]"}, 1, "code"),
    Case("expect_column_values_to_not_match_regex", {"regex": "2{4}"}, 1, "code"),
    Case(
        "expect_column_values_to_be_in_set",
        {"value_set": ["a", "b"], "row_condition": "letter is not null"},
        1,
        "letter",
    ),
    # A null is in no set.
    Case(
        "expect_column_values_to_be_in_set",
        {"value_set": [1, 2, 3], "quote_values": False},
        1,
        "id",
    ),
    Case("expect_column_values_to_not_be_in_set", {"value_set": ["z"]}, 1, "letter"),
    Case(
        "expect_column_pair_values_A_to_be_greater_than_B",
        {"column_A": "high", "column_B": "low"},
        3,
    ),
    Case(
        "expect_column_pair_values_A_to_be_greater_than_B",
        {"column_A": "high", "column_B": "low", "or_equal": True},
        1,
    ),
    Case("expect_column_pair_values_to_be_equal", {"column_A": "letter", "column_B": "twin"}, 2),
    Case("expression_is_true", {"expression": "high > low"}, 3),
    Case(
        "expression_is_true",
        {
            "expression": "max(high)",
            "test_condition": "< 4",
            "group_by_columns": ["letter"],
            "row_condition": "letter is not null",
        },
        1,
    ),
]


def project_files(package_dir: str) -> dict[str, str]:
    """Return the files of a dbt project that runs every case on both tables.

    A test's name ends in the case's number: `good_03`, `bad_03`.
    """
    models: dict[str, Any] = {
        name: {"name": name, "data_tests": [], "columns": []} for name in TABLES
    }
    for number, case in enumerate(CASES):
        for table in ("good", "bad"):
            test = {
                f"dbt_expectations.{case.name}": {
                    "name": f"{table}_{number:02d}",
                    "arguments": case.arguments,
                }
            }
            if case.column:
                models[table]["columns"].append({"name": case.column, "data_tests": [test]})
            else:
                models[table]["data_tests"].append(test)
    return {
        "dbt_project.yml": json.dumps(
            {
                "name": "expectations",
                "version": "1.0",
                "profile": "expectations",
                "packages-install-path": package_dir,
                "models": {"+materialized": "table"},
            }
        ),
        "profiles.yml": json.dumps(
            {
                "expectations": {
                    "target": "dev",
                    "outputs": {"dev": {"type": "duckdb", "path": ":memory:", "threads": 1}},
                }
            }
        ),
        "models/_models.yml": json.dumps({"models": list(models.values())}),
        **{f"models/{name}.sql": sql for name, sql in TABLES.items()},
    }

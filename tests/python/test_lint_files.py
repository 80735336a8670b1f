"""The lint of single files: SQL, macros, YAML keys, forbidden words, and the baseline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.lint import Problem
from tools.lint.baseline import compare
from tools.lint.sql_rules import (
    check_backslashes,
    check_branching,
    check_macro_file,
    check_model_file,
    check_portable,
)
from tools.lint.text_rules import check_text
from tools.lint.yaml_rules import check_keys

ROOT = Path(__file__).resolve().parents[2]
KEYS = yaml.safe_load((ROOT / "tools" / "lint" / "keys.yml").read_text())
MODEL = """-- Grain: one person; the data's own words, not qualify's.
with persons as (
    select * from {{ ref('int_person__resolved') }}
),

ranked as (
    select
        person_id,
        {{ parse_timestamp("coalesce(a, b)", 'Europe/Berlin') }} as created_at,
        row_number() over (partition by person_id order by lower(name) nulls last) as place,
        cast(1.0 * amount / nullif(parts, 0) as decimal(18, 4)) as share,
        'qualify [x] a::b // rowid' as words
    from persons
    where {{ regex_matches('name', '^[a-z]+(ab)$') }}
)

select * from ranked
"""


def test_a_portable_model_passes() -> None:
    assert check_portable("m.sql", MODEL) == []
    assert check_model_file("models/canonical/m.sql", MODEL, 1) == []
    assert check_backslashes("m.sql", MODEL) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select * from x qualify row_number() over (order by y) = 1",
        "select distinct on (a) a from x",
        "select a, count(*) from x group by all",
        "select a from x order by all",
        "select * exclude (a) from x",
        "select * replace (1 as a) from x",
        "select * from a asof join b on a.t >= b.t",
        "with recursive a as (select 1) select * from a",
        "select list_transform(a, lambda x: x + 1) from x",
        "select a from x where a ilike 'b'",
        "select arg_max(a, b) from x",
        "select string_agg(a) from x",
        "select listagg(a) from x",
        "select a // b from x",
        "select a::int from x",
        "select a[1] from x",
        "select a -> 'b' from x",
        "select a at time zone 'UTC' from x",
        "select rowid from x",
        "select greatest(a, b) from x",
        "select concat(a, b) from x",
        "select last_value(a ignore nulls) over (order by b) from x",
        "select regexp_matches(a, 'b') from x",
        "select try_cast(a as int) from x",
        "pivot x on a using count(*)",
        "select {{ parse_timestamp(\"regexp_replace(a, 'b', 'c')\") }} from x",
        "{% set a = 'arg_max(b, c)' %}select {{ a }} from x",
        "{% if target.type == 'duckdb' %}select 1{% endif %}",
        "{% set a = run_query('select 1') %}select 1",
        "select {{ adapter.dispatch('a')() }} from x",
        "select {{ graph.nodes | length }}",
        "{% call statement('a') %}select 1{% endcall %}",
        "select {{ dbt.safe_cast('a', 'int') }} from x",
        "select {{ dbt.listagg('a') }} from x",
        "select {{ dbt.split_part('a', \"'b'\", 1) }} from x",
        "select {{ dbt.datediff('a', 'b', 'hour') }} from x",
        "select {{ dbt.datediff(\"coalesce(a, b)\", 'b', 'week') }} from x",
    ],
)
def test_what_one_engine_alone_understands_is_found(sql: str) -> None:
    problems = check_portable("m.sql", sql)
    assert problems
    assert {problem.rule for problem in problems} == {"portable"}


@pytest.mark.parametrize(
    "sql",
    [
        "select nullif({{ dbt.split_part('a', \"'b'\", 1) }}, '') from x",
        "select {{ dbt.datediff('a', 'b', 'day') }} from x",
        "select a, count(*) from x group by a having count(*) in (1, 2)",
        "select a from x where not exists (select 1 from y) and (b or c)",
        "select a from x -- it's qualify and a::b that are forbidden",
        "{# qualify #}select a from x",
    ],
)
def test_what_is_alike_everywhere_passes(sql: str) -> None:
    assert check_portable("m.sql", sql) == []


def test_a_macro_may_ask_for_what_a_model_may_not() -> None:
    macro = "{% macro a() %}{% set b = run_query('select 1') %}{% endmacro %}"
    assert check_portable("macros/landing/a.sql", macro, model=False) == []
    dispatch = "{% macro a() %}{{ adapter.dispatch('a')() }}{% endmacro %}"
    assert check_portable("macros/landing/a.sql", dispatch, model=False) != []


@pytest.mark.parametrize(
    ("path", "text", "refs", "message"),
    [
        ("models/canonical/a.sql", "select 1\n", 0, "-- Grain"),
        ("models/staging/x/a.sql", "-- Grain: a.\n" + "select 1\n" * 60, 0, "more than 60 lines"),
        ("models/canonical/a.sql", "-- Grain: a.\n" + "select 1\n" * 120, 0, "more than 120 lines"),
        ("models/canonical/a.sql", "-- Grain: a.\n" + "select 1\n" * 150, 0, "hard limit"),
        ("models/canonical/a.sql", "-- Grain: a.\nwith " + "a as (\n),\n" * 9, 0, "8 CTEs"),
        ("models/canonical/a.sql", "-- Grain: a.\nselect 1\n", 8, "7 refs"),
        ("models/canonical/a.sql", "-- Grain: a.\n{% set a %}{% set b %}\n", 0, "one set"),
    ],
)
def test_a_model_that_is_too_much_is_found(path: str, text: str, refs: int, message: str) -> None:
    (problem,) = check_model_file(path, text, refs)
    assert message in problem.message


def test_one_model_in_ten_may_branch() -> None:
    models = {f"{n}.sql": "select 1" for n in range(11)}
    assert check_branching(models | {"0.sql": "{% if a %}select 1{% endif %}"}) == []
    models |= {f"{n}.sql": "{%- for a in b %}select 1{% endfor %}" for n in range(2)}
    assert len(check_branching(models)) == 1


@pytest.mark.parametrize(
    ("string", "found"),
    [(r"'\d'", True), (r"'\1'", True), (r"'a\\\b'", True), (r"'\\d'", False), (r"'\''", False)],
)
def test_a_single_backslash_in_jinja_is_found(string: str, found: bool) -> None:
    assert bool(check_backslashes("m.sql", f"select {{{{ f({string}) }}}}")) is found


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("macros/a/b.sql", "{% macro c() %}{% endmacro %}", "holds no macro b"),
        ("macros/a/b.sql", "{% macro b() %}{% endmacro %}{% macro c() %}", "holds the macro c"),
        ("macros/a/b.sql", "{% macro b() %}{% endmacro %}{% macro spark__b() %}", "spark__b"),
        ("macros/platform/b.sql", "{% macro b() %}{% macro spark__c() %}", "spark__c"),
        ("macros/a/b.sql", "{% macro b() %}" + "\n" * 60 + "{% endmacro %}", "60 lines"),
        ("macros/a/d.sql", "{% macro d() %}{% endmacro %}", "described"),
    ],
)
def test_a_macro_file_out_of_order_is_found(path: str, text: str, message: str) -> None:
    assert message in " ".join(p.message for p in check_macro_file(path, text, {"b", "c"}))


def test_a_platform_macro_may_hold_its_engines() -> None:
    text = "{% macro b() %}{% endmacro %}\n{% macro default__b() %}{% macro postgres__b() %}"
    assert check_macro_file("macros/platform/b.sql", text, {"b"}) == []


def test_known_yaml_keys_pass() -> None:
    document = {
        "version": 2,
        "models": [
            {
                "name": "person",
                "config": {"contract": {"enforced": True}, "meta": {"primary_key": ["person_id"]}},
                "columns": [
                    {
                        "name": "person_id",
                        "data_tests": ["unique", {"not_null": {"config": {"severity": "warn"}}}],
                        "config": {"meta": {"pii": "none"}},
                    }
                ],
            }
        ],
    }
    assert check_keys("a.yml", document, KEYS) == []


@pytest.mark.parametrize(
    "document",
    [
        {"model": []},
        {"models": [{"name": "a", "meta": {"steward": "b"}}]},
        {"models": [{"name": "a", "config": {"contracts": {"enforced": True}}}]},
        {"models": [{"name": "a", "config": {"contract": {"enforce": True}}}]},
        {"models": [{"name": "a", "config": {"meta": {"busines_owner": "b"}}}]},
        {"models": [{"name": "a", "columns": [{"name": "b", "pii": "none"}]}]},
        {"models": [{"name": "a", "columns": [{"name": "b", "tests": ["unique"]}]}]},
        {
            "models": [
                {"name": "a", "columns": [{"name": "b", "data_tests": [{"x": {"values": []}}]}]}
            ]
        },
        {"models": [{"name": "a", "data_tests": [{"x": {"config": {"severty": "warn"}}}]}]},
        {"sources": [{"name": "a", "tables": [{"name": "b", "meta": {"entity": "c"}}]}]},
        {"sources": [{"name": "a", "tables": [{"name": "b", "config": {"meta": {"entty": "c"}}}]}]},
        {
            "sources": [
                {"name": "a", "tables": [{"name": "b", "columns": [{"name": "c", "alias": 1}]}]}
            ]
        },
        {"seeds": [{"name": "a", "config": {"column_type": {}}}]},
        {"macros": [{"name": "a", "arguments": [{"name": "b", "typ": "c"}]}]},
        {"unit_tests": [{"name": "a", "model": "b", "given": [{"inputs": "c"}], "expect": {}}]},
    ],
)
def test_an_unknown_yaml_key_is_found(document: dict[str, Any]) -> None:
    (problem,) = check_keys("a.yml", document, KEYS)
    assert problem.rule == "yaml-key"


def test_a_path_of_one_machine_and_a_registry_are_found() -> None:
    # Put together, or this file would break the rule it tests.
    host = "https://" + "py" + "pi.org/simple"
    for line in ["cd /" + "tmp/x", "see /" + "home/me/notes", host, "--index-" + "url x"]:
        assert len(check_text("a.md", f"fine\n{line}\n")) == 1, line
    for line in [
        "{{ env }}/" + "tmp/x",
        "a/" + "work/b",
        "https://example.org/" + "home/x",
        "/usr/bin/env",
    ]:
        assert check_text("a.md", line) == [], line


def test_the_baseline_may_only_shrink() -> None:
    old, new = Problem("a", "r", "old"), Problem("b", "r", "new")
    assert compare([old], [str(old)]) == ([], [])
    assert compare([old, new], [str(old)]) == ([new], [])
    assert compare([], [str(old)]) == ([], [str(old)])

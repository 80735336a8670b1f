"""The summary: the verdict first, then where rows went, and for each problem what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Mini, Run

from cdm.records import essential, located, problem_of


def verdict(run: Run) -> list[str]:
    """Return the lines of the summary, from the verdict on."""
    lines = run.output.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(("OK", "FAILED", "NOT ")))
    return lines[start:]


def test_a_good_run_says_where_every_row_went(mini_first_build: tuple[Path, Run]) -> None:
    lines = verdict(mini_first_build[1])
    assert lines[0] == "OK"
    assert lines[1] == (
        "1,060 rows in = 1,040 accepted + 14 duplicates + 3 quarantined + 3 excluded"
    )
    assert lines[2] == "Out of them: 50 persons, 5 accounts."
    text = "\n".join(lines)
    assert ["hubspot", "60", "50", "4", "3", "3", "0"] in [line.split() for line in lines]
    assert 'email_invalid               3     The e-mail address "x" has no @ sign.' in text
    assert "  hubspot.contact: shoe_size" in lines
    assert "Not read: old/contact.csv belongs to no declared object." in lines
    assert any(line.startswith("Not read: 1 earlier export of hubspot, since") for line in lines)
    assert "Checks: 11 passed, 0 warned, 0 failed." in text
    assert "published/cdm.duckdb (8 tables," in text
    assert "public demo key" in text


def test_rows_that_do_not_balance_are_shouted(mini: Mini) -> None:
    run = mini.cdm("build", MINI_DIFFERENCE="2")
    assert "THE ROWS DO NOT BALANCE: 2 rows unaccounted for." in run.output


def test_a_failed_check_has_message_owner_and_next_step(mini: Mini) -> None:
    run = mini.cdm("build", MINI_PERSONS="95")
    lines = verdict(run)
    assert lines[:4] == [
        "FAILED",
        "failed: few_persons",
        "  95 rows: There are more persons than can be.",
        "  owner: data_team",
    ]
    assert "cdm rows few_persons" in lines[4]
    assert "The published file is unchanged." in lines
    # What is known of the rows is still said, from the file that failed.
    assert "Out of them: 95 persons, 5 accounts." in lines
    shown = mini.cdm("rows", "few_persons", "--limit", "3").output
    assert shown.count("per_") == 3
    assert "no check named" in mini.cdm("rows", "no_such_check").output


@pytest.mark.parametrize(
    ("message", "helps"),
    [
        ("Binder Error: No function matches 'bit_xor(DECIMAL(38,0))'", True),
        ("The source and target schemas on this incremental model are out of sync!", True),
        ("Out of Memory Error: could not allocate block", False),
    ],
)
def test_a_model_that_misses_a_column_or_type_may_need_a_full_refresh(
    message: str, helps: bool
) -> None:
    node = {"resource_type": "model", "name": "m", "original_file_path": "models/m.sql"}
    result = {"unique_id": "model.cdm.m", "status": "error", "message": message}
    step = problem_of(result, node, {}).next_step
    assert step.startswith("Correct what the message names (the model is models/m.sql).")
    assert ("cdm build --full-refresh" in step) == helps


def test_a_check_of_several_rules_says_which_is_broken(mini: Mini) -> None:
    lines = verdict(mini.cdm("build", MINI_FORBIDDEN="7"))
    assert lines[1:4] == [
        "failed: row_rules_person",
        "  A person contradicts itself.",
        "  broken: number_is_allowed (1 row, for example per_7)",
    ]


def test_a_warning_says_the_same_after_the_balance(mini: Mini) -> None:
    lines = verdict(mini.cdm("build", MINI_PERSONS="85"))
    assert lines[0] == "OK, with 1 warning"
    assert lines.index("warning: few_persons") > 3


def test_a_broken_model_is_named_first_without_a_stack(mini: Mini) -> None:
    run = mini.cdm("build", MINI_EMAIL="nosuch(email)")
    lines = verdict(run)
    assert lines[0] == "FAILED"
    assert lines[1] == "failed: person"
    assert lines[2] == "  Catalog Error: Scalar Function with name nosuch does not exist!"
    assert "  owner: revenue_operations" in lines
    assert any(line.startswith("Not reached: 1 model and ") for line in lines)
    assert "Traceback" not in run.output


def test_a_project_that_can_not_be_read_is_one_message(mini: Mini) -> None:
    run = mini.cdm("build", DBT_PROFILES_DIR="no/such/folder")
    lines = verdict(run)
    assert lines[0] == "FAILED"
    assert "no/such/folder' does not exist" in lines[1]
    assert "Traceback" not in run.output


def test_missing_tables_are_said_to_be_missing(tmp_path: Path) -> None:
    run = Mini(tmp_path / "warehouse").cdm("build", "--select", "stg_person")
    assert run.rc == 0, run.output
    assert "not counted (governance.reconciliation is not built)" in run.output
    run = Mini(tmp_path / "none").cdm("summary")
    assert run.rc == 1 and "There was no run yet" in run.output


def test_the_summary_can_be_shown_again_with_its_exit_code(mini: Mini) -> None:
    first = mini.cdm("build", MINI_PERSONS="85")
    again = mini.cdm("summary")
    assert again.rc == 2
    assert verdict(again) == verdict(first)


@pytest.mark.parametrize(
    "message, wanted",
    [
        (
            "Compilation Error in model stg_x (models/stg_x.sql)\n  hubspot.contact lacks id.\n  \n"
            "  > in macro land (macros/landing/land.sql)\n  > called by model stg_x",
            "hubspot.contact lacks id.",
        ),
        (
            "Runtime Error in model m (m.sql)\n  Invalid Input Error: Python exception occurred "
            "while executing the UDF: ValueError: no folder\n  \n  At:\n    /x/y.py(3): f",
            "ValueError: no folder",
        ),
        (
            'Runtime Error in model m (m.sql)\n  Binder Error: column "x" not found\n  \n'
            "  LINE 4:     x\n              ^\n  compiled code at target/run/m.sql",
            'Binder Error: column "x" not found',
        ),
        ("plain words", "plain words"),
    ],
)
def test_only_the_essential_of_an_error_is_shown(message: str, wanted: str) -> None:
    assert essential(message) == wanted


def test_an_error_of_reading_the_project_names_the_file() -> None:
    message = "Compilation Error in model person (models/person.sql)\n  'x' is undefined"
    assert located(message) == "model person (models/person.sql):\n'x' is undefined"
    assert located("Could not find profile") == "Could not find profile"

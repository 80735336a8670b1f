"""Conditions of segments that can't be read, and what is said of them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest

REPO = Path(__file__).resolve().parents[2]
MACROS = REPO / "macros" / "segment"


class Stopped(Exception):
    """What dbt raises where a macro stops the build."""


def stop(message: str) -> None:
    """Stand for `exceptions.raise_compiler_error`."""
    raise Stopped(message)


def returned(name: str) -> Any:
    """Return what a macro that returns one literal does."""
    found = re.search(r"return\((.*)\)", (MACROS / f"{name}.sql").read_text(), flags=re.DOTALL)
    assert found
    return ast.literal_eval(found[1])


def complaint(*rows: tuple[str | None, ...], alternative: int | None = 1) -> str:
    """Return what the build says of conditions; nothing where it goes on."""
    names = ("segment_id", "attribute", "operator", "value")
    read = [
        SimpleNamespace(alternative=alternative, **dict(zip(names, row, strict=True)))
        for row in rows
    ]
    text = (MACROS / "stop_at_unreadable_segments.sql").read_text()
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    try:
        environment.from_string(text + "{{ stop_at_unreadable_segments() }}").render(
            execute=True,
            this="policy.policy_segment",
            run_query=lambda _: SimpleNamespace(rows=read),
            segment_attributes=lambda: returned("segment_attributes"),
            segment_operators=lambda: returned("segment_operators"),
            zip=zip,
            closest_names=lambda name, names: "fit_score" if name == "fitscore" else "?",
            modules=SimpleNamespace(re=re),
            exceptions=SimpleNamespace(raise_compiler_error=stop),
        )
    except Stopped as stopped:
        return str(stopped)
    return ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "country", "=", "DE"), "segment_id is empty"),
        (("s", "fitscore", ">", "70"), "s,1,fitscore,>,70: attribute is none that segments can "
                                       "look at; the closest are fit_score"),
        (("s", "email_key", "=", "x"), "attribute is none that segments can look at"),
        (("s", "country", "in", "DE"), "operator does not fit a text; take one of = <> known"),
        (("s", "country", ">", "DE"), "operator does not fit a text"),
        (("s", "fit_score", "=", "70"), "operator does not fit a number; take one of > >= < <="),
        (("s", "country", "known", "DE"), "value has to be empty beside known"),
        (("s", "country", "=", None), "value is empty"),
        (("s", "country", "<>", " ; "), "value is empty"),
        (("s", "fit_score", ">", "70,5"), "value is no number"),
        (("s", "fit_score", ">", "high"), "value is no number"),
        (("s", "is_vetoed", "=", "no"), "value has to be true or false"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_read_is_named(row: tuple[str | None, ...], said: str) -> None:
    message = complaint(("fine", "country", "=", "DE;AT"), row)
    assert said in message
    assert "seeds/policy/policy_segment.csv" in message
    assert "fine" not in message


def test_an_alternative_without_a_number_is_named() -> None:
    assert "s,,country,=,DE: alternative is empty" in complaint(
        ("s", "country", "=", "DE"), alternative=None
    )


def test_conditions_that_can_be_read_stop_nothing() -> None:
    assert not complaint(
        ("s", "country", "=", "DE"), ("s", "fit_score", ">=", "-0.5"),
        ("s", "industry", "unknown", None), ("s", "touch_count", "known", ""),
        ("s", "is_active_user", "=", "TRUE"),
    )  # fmt: skip


def test_segments_look_at_columns_that_there_are() -> None:
    """Every attribute is a column of person_summary, and none is the key of a person's address."""
    described = (REPO / "models" / "marts" / "revops" / "person_summary.yml").read_text()
    columns = set(re.findall(r"^      - name: (\w+)$", described, flags=re.MULTILINE))
    attributes = set(returned("segment_attributes"))
    assert attributes <= columns
    assert not {name for name in attributes if name.endswith("_key")}

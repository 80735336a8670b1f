"""`cdm identity train`: what it needs, what it tells Splink and what it writes."""

from __future__ import annotations

import builtins
from datetime import date

import pytest
from conftest import REPO, Run, cdm

from cdm.files import CdmError
from cdm.splink_weights import comparison, need_splink
from cdm.train import beside_the_rest, rewritten


def without_splink(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: object, **more: object) -> object:
        if name.partition(".")[0] == "splink":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)


def test_without_splink_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without_splink(monkeypatch)
    with pytest.raises(CdmError, match=r"pip install -e '\.\[match\]'"):
        need_splink()


def test_without_splink_the_command_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    without_splink(monkeypatch)
    output = tmp_path / "weights.csv"
    run: Run = cdm(
        REPO,
        tmp_path,
        ["identity", "train", "--with-splink", "--approved-by", "me", "--output", str(output)],
    )
    assert run.rc == 1 and "needs Splink" in run.output
    assert not output.exists()


def test_splink_is_given_our_levels() -> None:
    told = comparison(
        "city",
        "case when left_side.city = right_side.city then 'exact' end",
        ["exact", "different"],
    )
    assert [level.get("sql_condition") for level in told["comparison_levels"]] == [
        '(case when "city_l" = "city_r" then \'exact\' end) is null',
        "(case when \"city_l\" = \"city_r\" then 'exact' end) = 'exact'",
        "ELSE",
    ]


def test_fitted_weights_follow_the_old_ones_in_time() -> None:
    row = {
        "field": "city", "level": "exact", "m_probability": "0.7", "u_probability": "0.01",
        "is_by_frequency": "true", "valid_from": "2020-01-01", "valid_to": "",
        "approved_by": "data_team", "reason": "judgement",
    }  # fmt: skip
    ended = row | {"valid_from": "2019-01-01", "valid_to": "2020-01-01"}
    other = row | {"level": "near"}
    today = row | {"level": "close", "valid_from": "2026-07-01"}
    fitted = {("city", "exact"): (0.812345678, 1e-6), ("city", "close"): (0.1, 0.02)}
    written = rewritten([ended, row, other, today], fitted, date(2026, 7, 1), "ann", "500 records")
    assert written[0] == ended and written[3] == other
    assert written[1] == row | {"valid_to": "2026-07-01"}
    assert written[2] == row | {
        "m_probability": "0.812346", "u_probability": "0.000001", "valid_from": "2026-07-01",
        "approved_by": "ann", "reason": "500 records",
    }  # fmt: skip
    assert len(written) == 5  # what begins the same day is replaced
    assert written[4]["m_probability"] == "0.100000"


def test_levels_of_a_field_are_one_together() -> None:
    rows = [
        {"field": "city", "level": level, "m_probability": m}
        for level, m in (("exact", "0.7"), ("close", "0.1"), ("different", "0.2"))
    ]
    fitted = {("city", "exact"): (0.9, 0.01), ("city", "different"): (0.3, 0.9)}
    assert beside_the_rest(fitted, rows) == {
        ("city", "exact"): (pytest.approx(0.675), 0.01),
        ("city", "different"): (pytest.approx(0.225), 0.9),
    }

"""TC strings: what is read of them, held against strings that are written here bit by bit."""

from __future__ import annotations

import base64
import random
from datetime import UTC, datetime

import pytest

from cdm.tcf import CONSENT_ONLY, tc_statements

AT = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def written(
    agreed: set[int], claimed: set[int], policy: int = 4, version: int = 2, at: datetime = AT
) -> str:
    """Return a TC string by the specification: purposes with consent, and with a legitimate
    interest that the person was told of and did not object to."""
    moment = int(at.timestamp() * 10)
    fields = [
        (version, 6), (moment, 36), (moment, 36), (28, 12), (3, 12), (1, 6),
        (LETTERS["E"], 6), (LETTERS["N"], 6), (96, 12), (policy, 6), (1, 1), (0, 1), (0, 12),
        *((int(purpose in agreed), 1) for purpose in range(1, 25)),
        *((int(purpose in claimed), 1) for purpose in range(1, 25)),
        (0, 1), (LETTERS["D"], 6), (LETTERS["E"], 6),
        (0, 16), (0, 1), (0, 16), (0, 1), (0, 12),
    ]  # fmt: skip
    bits = "".join(f"{value:0{width}b}" for value, width in fields)
    bits += "0" * (-len(bits) % 8)
    raw = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def stated(text: str) -> set[tuple[str, str, str]]:
    """Return (purpose, action, lawful basis) of each statement."""
    found = {tuple(part.split("|")[:3]) for part in (tc_statements(text) or "").split(";")}
    return found  # type: ignore[return-value]


def expected(agreed: set[int], claimed: set[int], last: int) -> set[tuple[str, str, str]]:
    """Return what the framework's rules make of the two lists of purposes."""
    rows = set()
    for purpose in range(1, last + 1):
        name = f"tcf_{purpose}"
        if purpose in agreed:
            rows.add((name, "grant", "consent"))
        if purpose in CONSENT_ONLY:
            if purpose not in agreed:
                rows.add((name, "deny", ""))
            if purpose in claimed:
                rows.add((name, "grant", "legitimate_interest"))
        elif purpose not in agreed:
            granted = ("grant", "legitimate_interest") if purpose in claimed else ("deny", "")
            rows.add((name, *granted))
    return rows


def test_each_combination_is_read() -> None:
    dice = random.Random(20260131)
    for _ in range(500):
        agreed = {p for p in range(1, 25) if dice.random() < 0.5}
        claimed = {p for p in range(1, 25) if dice.random() < 0.5}
        policy = dice.choice((2, 3, 4, 5))
        text = written(agreed, claimed, policy)
        assert stated(text) == expected(agreed, claimed, 11 if policy >= 4 else 10), text


def test_the_time_and_the_version_of_the_policy_are_kept() -> None:
    first = (tc_statements(written({1}, set(), policy=5)) or "").split(";")[0]
    assert first == "tcf_1|grant|consent|2026-01-31 10:00:00|tcf 5"


def test_a_string_of_the_specification_is_read() -> None:
    """One that the IAB publishes, of policy version 2, with a segment of vendors behind it."""
    text = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA"
    assert stated(text) == {(f"tcf_{purpose}", "deny", "") for purpose in range(1, 11)}


def test_an_interest_where_only_consent_counts_stands_beside_its_denial() -> None:
    """E37: intake quarantines the grant by policy_consent_purpose, and the denial counts."""
    found = stated(written(set(), {4, 7}))
    assert {("tcf_4", "deny", ""), ("tcf_4", "grant", "legitimate_interest")} <= found
    assert ("tcf_7", "grant", "legitimate_interest") in found
    assert ("tcf_7", "deny", "") not in found


@pytest.mark.parametrize(
    "text",
    [
        written({1}, set())[:-8],  # cut off: missing bits must not read as consent
        written({1}, set())[:20],
        written({1}, set(), version=1),
        "C" * 60 + "!",
        "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA",  # of version 1
        "not a string",
        "1YNN",
        "C" + "é" * 60,
    ],
)
def test_what_can_not_be_read_states_nothing(text: str) -> None:
    assert tc_statements(text) == "unreadable"


@pytest.mark.parametrize("text", [None, "", "  "])
def test_nothing_is_nothing(text: str | None) -> None:
    assert tc_statements(text) is None

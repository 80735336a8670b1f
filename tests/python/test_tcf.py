"""TC strings: what is read of them, held against strings that are written here bit by bit."""

from __future__ import annotations

import base64
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cdm.tcf import CONSENT_ONLY, tc_statements

AT = datetime(2026, 1, 31, 10, 0, tzinfo=UTC)
LETTERS = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}


Restriction = tuple[int, int, int, int]  # purpose, type, first and last vendor


def vendor_list(vendors: set[int], as_ranges: bool) -> list[tuple[int, int]]:
    """Return the fields of a list of vendors, as bits or as ranges."""
    last = max(vendors, default=0)
    if not as_ranges:
        return [(last, 16), (0, 1), *((int(one in vendors), 1) for one in range(1, last + 1))]
    entries = [field for one in sorted(vendors) for field in ((0, 1), (one, 16))]
    return [(last, 16), (1, 1), (len(vendors), 12), *entries]


def written(
    agreed: set[int],
    claimed: set[int],
    policy: int = 4,
    version: int = 2,
    at: datetime = AT,
    vendors: tuple[set[int], set[int]] = (set(), set()),
    restricted: tuple[Restriction, ...] = (),
    as_ranges: bool = False,
) -> str:
    """Return a TC string by the specification: purposes with consent, and with a legitimate
    interest that the person was told of and did not object to; vendors of both kinds; and what
    the publisher restricts."""
    moment = int(at.timestamp() * 10)
    fields = [
        (version, 6), (moment, 36), (moment, 36), (28, 12), (3, 12), (1, 6),
        (LETTERS["E"], 6), (LETTERS["N"], 6), (96, 12), (policy, 6), (1, 1), (0, 1), (0, 12),
        *((int(purpose in agreed), 1) for purpose in range(1, 25)),
        *((int(purpose in claimed), 1) for purpose in range(1, 25)),
        (0, 1), (LETTERS["D"], 6), (LETTERS["E"], 6),
        *vendor_list(vendors[0], as_ranges), *vendor_list(vendors[1], as_ranges),
        (len(restricted), 12),
        *(
            field for purpose, kind, first, last in restricted
            for field in ((purpose, 6), (kind, 2), (1, 12), (1, 1), (first, 16), (last, 16))
        ),
    ]  # fmt: skip
    bits = "".join(f"{value:0{width}b}" for value, width in fields)
    bits += "0" * (-len(bits) % 8)
    raw = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def stated(text: str, vendors: str = "") -> set[tuple[str, str, str]]:
    """Return (purpose, action, lawful basis) of each statement."""
    found = {tuple(part.split("|")[:3]) for part in (tc_statements(text, vendors) or "").split(";")}
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


def may(purpose: int, basis: str, bits: dict[str, bool], restricted: list[int]) -> bool:
    """Say by the words of the framework whether a vendor may work on a basis: the person said so
    of the purpose and of the vendor, and no restriction of the publisher stands against it."""
    if not bits[basis]:
        return False
    for kind in restricted:
        if kind == 0 or kind == 3:  # not allowed at all; not defined
            return False
        if kind == 1 and basis != "consent":  # only with consent
            return False
        if kind == 2 and basis != "interest":  # only on a legitimate interest
            return False
    return True


def test_each_vendor_may_do_what_person_and_publisher_allow() -> None:
    """And nothing else: a legitimate interest where only consent counts, which a restriction may
    even ask for, is stated beside its denial and left to intake."""
    dice = random.Random(755)
    seen = set()
    for _ in range(400):
        agreed = {p for p in range(1, 12) if dice.random() < 0.5}
        claimed = {p for p in range(1, 12) if dice.random() < 0.5}
        both = tuple({v for v in (2, 28, 755) if dice.random() < 0.6} for _ in range(2))
        restricted = tuple(
            (dice.randint(1, 11), dice.randint(0, 3), *dice.choice(((28, 28), (1, 800), (3, 40))))
            for _ in range(dice.randint(0, 6))
        )
        text = written(
            agreed, claimed, vendors=both, restricted=restricted, as_ranges=dice.random() < 0.5
        )
        found = stated(text, "28 755")
        assert {row for row in found if "vendor" not in row[0]} == expected(agreed, claimed, 11)
        for vendor in (28, 755):
            for purpose in range(1, 12):
                kinds = [
                    kind for of_purpose, kind, low, high in restricted
                    if of_purpose == purpose and low <= vendor <= high
                ]
                bits = {
                    "consent": purpose in agreed and vendor in both[0],
                    "interest": purpose in claimed and vendor in both[1],
                }
                by_consent = may(purpose, "consent", bits, kinds)
                by_interest = may(purpose, "interest", bits, kinds)
                answer = {row[1:] for row in found if row[0] == f"tcf_{purpose}_vendor_{vendor}"}
                is_denied = ("deny", "") in answer
                assert (("grant", "consent") in answer) == by_consent, (text, vendor, purpose)
                if purpose in CONSENT_ONLY:
                    assert is_denied == (not by_consent)
                    assert (("grant", "legitimate_interest") in answer) == by_interest
                else:
                    assert is_denied == (not by_consent and not by_interest)
                seen.add((purpose in CONSENT_ONLY, *sorted(answer), *kinds[:1]))
    assert len(seen) > 15


def test_a_string_that_lost_its_end_is_not_read() -> None:
    """Restrictions stand at the end: without them vendors would be allowed what they are not."""
    whole = written(
        {1, 2}, {7}, vendors=({28, 755}, {755}), restricted=((2, 0, 755, 755), (7, 1, 1, 800))
    )
    assert ("tcf_2_vendor_755", "deny", "") in stated(whole, "755")
    for length in range(len(whole)):
        assert tc_statements(whole[:length] or "-", "755") == "unreadable", length


def test_strings_of_real_consent_banners_are_read_as_others_read_them(shared_data: Path) -> None:
    """Against what another decoder makes of them: purposes, and how many vendors are allowed."""
    cases = json.loads((shared_data / "ref_consent_tcf" / "tc_strings_decoded.json").read_text())
    for case in cases:
        text, vendors = case["tc_string"], range(1, 2000)
        statements = stated(text, " ".join(map(str, vendors)))
        last = 11 if case["policy_version"] >= 4 else 10
        agreed, claimed = set(case["purpose_consents"]), set(case["purpose_li"])
        assert {row for row in statements if "vendor" not in row[0]} == expected(
            agreed, claimed, last
        )
        by_vendor = {
            row[0].rpartition("_")[2]
            for row in statements
            if "vendor" in row[0] and row[1:] == ("grant", "consent")
        }
        # One of these publishers lets vendor 730 work on a legitimate interest alone.
        restricted = {"730"} & {row[0].rpartition("_")[2] for row in statements} - by_vendor
        is_restricted = bool(restricted) and case["vendor_consents_count"] > 100
        assert len(by_vendor) + is_restricted == (case["vendor_consents_count"] if agreed else 0)


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

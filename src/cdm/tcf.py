"""What a TC string of the IAB's Transparency and Consent Framework (version 2) states.

The bits are read by the package iab-tcf-bitarray (the extra `tcf`); what it does not notice, such
as a string that was cut off, is looked for here first: bits that are missing would read as consent.
"""

from __future__ import annotations

import re
from typing import Any

FUNCTION = "cdm_tc_statements"
UNREADABLE = "unreadable"
# What a publisher restriction does to a purpose of a vendor. The framework knows no other; one that
# it does not know forbids, as do several that contradict each other.
CONSENT_NEEDED, INTEREST_NEEDED = 1, 2
# Purposes for which the framework knows no other basis than consent.
CONSENT_ONLY = frozenset({1, 3, 4, 5, 6})
PURPOSES, PURPOSES_BEFORE_VERSION_4 = 11, 10
# The core string has this many bits before its lists of vendors, and two empty lists at least.
FEWEST_BITS = 213 + 2 * 17 + 12
NO_BITS, ALL_BITS = "A" * 4, "_" * 4  # behind a string that is whole neither is ever read
SEGMENTS = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,3}")


def tc_statements(text: str | None, vendors: str = "") -> str | None:
    """Return what a TC string states, one part a statement, `;` between them.

    A part is `purpose|action|lawful basis|moment|policy version`, such as
    `tcf_2|grant|consent|2026-01-31 10:00:00|tcf 4`. A purpose without consent and without a
    legitimate interest is denied. A legitimate interest where only consent counts is stated as the
    string has it, beside the denial that it stands for: what may be granted on which basis is
    policy, and intake's to judge. `vendors` are numbers of the IAB's list, blanks between them: for
    each and each purpose a statement about `tcf_2_vendor_755` follows, which says whether the
    vendor may do so, by its own bits and the publisher's restrictions. A string that can't be read
    is the one part `unreadable`. None for None and blanks.
    """
    text = (text or "").strip()
    if not text:
        return None
    consent = read(text)
    if consent is None:
        return UNREADABLE
    at = f"{consent.last_updated:%Y-%m-%d %H:%M:%S}"
    version = consent.tcf_policy_version
    count = PURPOSES if version >= 4 else PURPOSES_BEFORE_VERSION_4
    stated = []
    for vendor in (None, *map(int, vendors.split())):
        for purpose in range(1, count + 1):
            name = f"tcf_{purpose}" + (f"_vendor_{vendor}" if vendor is not None else "")
            stated += [(name, *answer) for answer in answers(consent, purpose, vendor)]
    return ";".join(f"{name}|{action}|{basis}|{at}|tcf {version}" for name, action, basis in stated)


def answers(consent: Any, purpose: int, vendor: int | None) -> list[tuple[str, str]]:
    """Return (action, lawful basis) of each statement about a purpose, of a vendor where one is
    given: a grant by consent, or a denial, or a grant by legitimate interest. The last stands
    beside a denial where only consent counts."""
    agreed = consent.is_purpose_allowed(purpose)
    claimed = consent.has_purpose_legitimate_interest(purpose)
    if vendor is not None:
        restricted = restrictions(consent, purpose, vendor)
        agreed &= consent.is_vendor_allowed(vendor) and restricted <= {CONSENT_NEEDED}
        claimed &= consent.is_interest_allowed(vendor) and restricted <= {INTEREST_NEEDED}
    stated = [("grant", "consent")] if agreed else []
    if not agreed and (purpose in CONSENT_ONLY or not claimed):
        stated.append(("deny", ""))
    if claimed and not (agreed and purpose not in CONSENT_ONLY):
        stated.append(("grant", "legitimate_interest"))
    return stated


def restrictions(consent: Any, purpose: int, vendor: int) -> set[int]:
    """Return the publisher's restrictions on a purpose of a vendor."""
    return {
        entry.restriction_type
        for entry in consent.pub_restriction_entries
        if entry.purpose_id == purpose
        and any(first <= vendor <= last for first, last in entry.restrictions_range)
    }


def read(text: str) -> Any:
    """Return the decoded core string; None where it is none of version 2 or is not whole.

    Raises RuntimeError, which stops the build, where the package is not installed: a denial that
    nobody reads must not be lost.
    """
    try:
        from iab_tcf import decode_v2
    except ImportError:
        raise RuntimeError(
            "The exports have TC strings, and the package that reads them is not installed: "
            ".venv/bin/pip install -e '.[tcf]' in the project's folder"
        ) from None
    core = text.partition(".")[0]
    if not SEGMENTS.fullmatch(text) or len(core) * 6 < FEWEST_BITS:
        return None
    try:
        consent, other = decode_v2(core + NO_BITS), decode_v2(core + ALL_BITS)
    except (ValueError, OverflowError, OSError):
        return None
    return consent if consent.version == 2 and lists_of(consent) == lists_of(other) else None


def lists_of(consent: Any) -> list[Any]:
    """Return all that a string says of vendors and restrictions. Of one that was cut off it
    depends on what stands behind it."""
    names = ("consented_vendors", "consented_vendors_range", "interests_vendors")
    return [
        *(getattr(consent, name, None) for name in (*names, "interests_vendors_range")),
        [
            (entry.purpose_id, entry.restriction_type, entry.restrictions_range)
            for entry in consent.pub_restriction_entries
        ],
    ]

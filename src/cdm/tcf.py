"""What a TC string of the IAB's Transparency and Consent Framework (version 2) states.

The bits are read by the package iab-tcf-bitarray (the extra `tcf`); what it does not notice, such
as a string that was cut off, is looked for here first: bits that are missing would read as consent.
"""

from __future__ import annotations

import re
from typing import Any

FUNCTION = "cdm_tc_statements"
UNREADABLE = "unreadable"
# Purposes for which the framework knows no other basis than consent.
CONSENT_ONLY = frozenset({1, 3, 4, 5, 6})
PURPOSES, PURPOSES_BEFORE_VERSION_4 = 11, 10
# The core string has this many bits before its lists of vendors, and two empty lists at least.
FEWEST_BITS = 213 + 2 * 17 + 12
SEGMENTS = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){0,3}")


def tc_statements(text: str | None) -> str | None:
    """Return what a TC string states, one part a statement, `;` between them.

    A part is `purpose|action|lawful basis|moment|policy version`, such as
    `tcf_2|grant|consent|2026-01-31 10:00:00|tcf 4`. A purpose without consent and without a
    legitimate interest is denied. A legitimate interest where only consent counts is stated as the
    string has it, beside the denial that it stands for: what may be granted on which basis is
    policy, and intake's to judge. A string that can't be read is the one part `unreadable`. None
    for None and blanks.
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
    for purpose in range(1, count + 1):
        agreed = consent.purposes_consent[purpose]
        claimed = consent.purposes_legitimate_interests[purpose]
        if agreed:
            stated.append((purpose, "grant", "consent"))
        elif purpose in CONSENT_ONLY or not claimed:
            stated.append((purpose, "deny", ""))
        if claimed and not (agreed and purpose not in CONSENT_ONLY):
            stated.append((purpose, "grant", "legitimate_interest"))
    return ";".join(
        f"tcf_{purpose}|{action}|{basis}|{at}|tcf {version}" for purpose, action, basis in stated
    )


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
            "pip install 'cdm[tcf]'"
        ) from None
    if not SEGMENTS.fullmatch(text) or len(text.partition(".")[0]) * 6 < FEWEST_BITS:
        return None
    try:
        consent = decode_v2(text.partition(".")[0])
    except (ValueError, OverflowError, OSError):
        return None
    return consent if consent.version == 2 else None

"""The project's own SQL of consent, rendered without dbt, for tests and measurements in memory."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2

REPO = Path(__file__).resolve().parents[2]
MOMENT = "timestamp '2026-07-01'"
DOUBLE_OPT_IN_DAYS = 30


class Dbt:
    """dbt's own macros, as far as these files use them."""

    @staticmethod
    def type_timestamp() -> str:
        return "timestamp"


def render(text: str) -> str:
    """Render a model or expression of consent as DuckDB runs it; `ref` gives the bare name."""
    macros = "".join(
        (REPO / "macros" / "consent" / f"{name}.sql").read_text()
        for name in (
            "is_interest", "is_standing_grant", "newest_covering", "consent_subjects",
            "consent_coverage", "consent_latest_grants", "consent_state", "consent_decision",
            "consent_as_of",
        )
    )
    environment = jinja2.Environment(extensions=["jinja2.ext.do"])
    return environment.from_string(macros + text).render(
        dbt=Dbt,
        ref=lambda name: name,
        as_of=lambda: MOMENT,
        var=lambda name: {"double_opt_in_days": DOUBLE_OPT_IN_DAYS}[name],
        greatest_of=lambda expressions: f"greatest({', '.join(expressions)})",
        seconds_between=lambda earlier, later: f"date_sub('second', {earlier}, {later})",
    )


def model(name: str) -> str:
    """Return a model of resolve/consent as a query over tables named after its inputs."""
    text = (REPO / "models" / "resolve" / "consent" / f"{name}.sql").read_text()
    return render(re.sub(r"\{\{ config\(.*?\) \}\}", "", text, flags=re.DOTALL))

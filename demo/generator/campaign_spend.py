"""What the campaigns of the demo cost: the bills of two ad systems and of a fair, and their dirt.

Two systems that no connector knows write their days into one generic file. The amounts come from a
random stream of their own, so that nothing else changes with them. The search ads are charged in
euro week by week, the paid posts in dollars month by month, the fair once; the newsletter costs
nothing, and one campaign was paid for and brought nobody.
"""

from __future__ import annotations

from datetime import date, timedelta

from demo.generator.tables import Exports
from demo.generator.world import stream

FIRST, LAST = date(2025, 10, 6), date(2026, 6, 29)
MONTHS = ("2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")


def add(exports: Exports) -> None:
    """Add the rows of ``generic/campaign_cost.csv`` and what must come of them."""
    spent = _search(exports) + 60
    _posts(exports)
    _bills(exports)
    _dirt(exports)
    exports.expect(
        "raw", "row_count",
        {"table": "canonical.campaign_cost",
         "where": {"campaign": "brand_search_eu", "currency": "EUR"}},
        {"rows": (LAST - FIRST).days // 7 + 2},
        "Each week once, in its newest version, and a row in capitals is the same campaign",
    )
    returned = {"level": "person", "model": "linear"}
    exports.expect(
        "raw", "field_value",
        {"table": "marts.campaign_return",
         "where": {**returned, "campaign": "brand_search_eu", "currency": "EUR"}},
        {"cost": spent}, "The cost of a campaign is the sum of its days",
    )
    exports.expect(
        "raw", "field_value",
        {"table": "marts.campaign_return", "where": {**returned, "campaign": "cold_store_posters"}},
        {"cost": 1800, "won_amount": None, "return_on_spend": 0, "cost_per_lead": None},
        "Paid for and nobody came: the return is nothing, and a lead has no price",
    )
    for campaign, why in (
        ("monthly_digest", "What costs nothing has no return on what it cost"),
        ("digest march: metering without rewiring",
         "A campaign whose cost nobody states has no return"),
        ("trade_press", "A cost without a currency is no amount to divide by"),
    ):
        exports.expect(
            "raw", "row_count",
            {"table": "marts.campaign_return",
             "where": {**returned, "campaign": campaign, "return_on_spend": None}},
            {"rows_min": 1}, why,
        )


def _row(exports: Exports, system: str, record_id: str, day: str, cost: str, **more: str) -> None:
    exports.generic("campaign_cost").add(
        source_system=system, source_record_id=record_id, updated_at=f"{day} 23:00:00",
        spent_on=day, cost=cost, **more,
    )


def _search(exports: Exports) -> int:
    """A week of search ads a row; the last week was first reported too low. Returns the euros."""
    rng = stream("campaign_cost:brand_search_eu")
    words = {"source": "google", "medium": "cpc", "campaign": "brand_search_eu", "currency": "EUR"}
    total, day = 0, FIRST
    while day <= LAST:
        clicks = rng.randint(30, 60)
        cost = clicks * rng.randint(2, 4)
        total += cost
        _row(exports, "search_ads", f"brand:{day}", str(day), f"{cost}.00",
             impressions=str(clicks * rng.randint(18, 30)), clicks=str(clicks), **words)
        day += timedelta(days=7)
    _row(exports, "search_ads", f"brand:{LAST}", str(LAST - timedelta(days=1)), "1.00", **words)
    exports.generic("campaign_cost").rows[-1]["spent_on"] = str(LAST)
    return total


def _posts(exports: Exports) -> None:
    rng = stream("campaign_cost:q4_ops_leaders")
    for month in MONTHS:
        clicks = rng.randint(70, 110)
        _row(exports, "social_ads", f"ops:{month}", f"{month}-28", f"{clicks * 9}.50",
             impressions=str(clicks * 90), clicks=str(clicks), source="LinkedIn",
             medium="paid_social", campaign="q4_ops_leaders", currency="usd")


def _bills(exports: Exports) -> None:
    _row(exports, "invoices", "2026-0114", "2026-03-12", "12500.00", source="warehouse_expo_2026",
         medium="event", campaign="expo_booth", currency="EUR")
    _row(exports, "invoices", "2026-0087", "2026-02-02", "0", source="newsletter",
         medium="email", campaign="monthly_digest", currency="EUR")
    _row(exports, "invoices", "2026-0121", "2026-04-20", "1800", source="posters",
         medium="outdoor", campaign="cold_store_posters", currency="EUR")
    _row(exports, "invoices", "2026-0122", "2026-04-21", "250", currency="EUR")


def _dirt(exports: Exports) -> None:
    """A campaign in capitals, and rows that say too little or what can't be."""
    search = {"source": "Google", "medium": "CPC", "campaign": "Brand_Search_EU"}
    _row(exports, "search_ads", "brand:extra", "2026-05-04", "60.00", currency="EUR", **search)
    _row(exports, "invoices", "2026-0125", "2026-05-04", "900", source="lagerblatt",
         medium="print", campaign="trade_press", currency="Euro")
    for record_id, day, cost, reason in (
        ("brand:refund", "2026-05-11", "-40.00", "campaign_cost.cost.negative"),
        ("brand:text", "2026-05-18", "see invoice", "campaign_cost.cost.unparsable"),
        ("brand:plan", "2026-08-03", "500.00", "campaign_cost.spent_on.in_future"),
        ("brand:day", "soon", "20.00", "campaign_cost.spent_on.unparsable"),
        ("brand:none", "", "20.00", "campaign_cost.spent_on.missing"),
    ):
        _row(exports, "search_ads", record_id, day, cost, currency="EUR", **search)
        exports.generic("campaign_cost").rows[-1]["updated_at"] = "2026-06-30 08:00:00"
        exports.expect(
            "raw", "disposition",
            {"entity": "campaign_cost", "source_record_id": record_id},
            {"disposition": "quarantined", "reason": reason},
            "A cost that can't be counted waits for whoever knows it",
        )

"""The policies of events and attribution as they are shipped hold the figures that were agreed.

A changed policy is a decision, so each test names what it would go against: R54 and so on.
"""

from __future__ import annotations

import csv
from decimal import Decimal

from conftest import REPO

FIVE = {"source", "medium", "campaign", "content", "intent"}


def policy(name: str) -> list[dict[str, str]]:
    """Return the rows of a policy that hold today: those that no other has replaced."""
    with (REPO / "seeds" / "policy" / f"policy_{name}.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if not row["valid_to"]]


TYPES = {row["event_name"]: row for row in policy("event_type")}


def required_of(event: str) -> dict[str, str]:
    """Return the parameters that an event has to come with, and the pattern of each."""
    rows = policy("event_parameter")
    return {row["parameter"]: row["pattern"] for row in rows if row["event_name"] == event}


def test_the_six_kinds_of_events_are_told_apart() -> None:
    """R54: impressions, clicks, sessions, page views, engagement with content, conversions."""
    assert {"impression", "click", "session_start", "page_view"} <= set(TYPES)
    assert TYPES["page_view"]["is_page_view"] == "true"
    engagement = {name for name, row in TYPES.items() if row["kind"] == "engagement"}
    assert {"scroll", "file_download", "video_start", "video_complete"} <= engagement
    conversions = {name for name, row in TYPES.items() if row["is_conversion"] == "true"}
    assert {"form_submission", "demo_request", "sign_up", "purchase"} <= conversions


def test_tools_beside_the_web_have_their_events() -> None:
    """R56 and R57: tickets, and beside the web e-mail, webinars, chat and what happens offline."""
    kinds = {row["kind"] for row in TYPES.values()}
    assert {"page", "email", "webinar", "support", "offline", "product"} <= kinds
    assert {"ticket_created", "ticket_updated", "ticket_solved", "chat_started"} <= set(TYPES)


def test_a_form_comes_with_its_four_parameters() -> None:
    """R61: source, medium, campaign and consent, the consent in a defined form."""
    required = required_of("form_submission")
    assert set(required) == {"source", "medium", "campaign", "consent"}
    assert required["consent"]


def test_an_acquisition_comes_with_its_five_parameters() -> None:
    """R62: source, medium, campaign, content and intent, in each event that wins somebody."""
    events = {name for name, row in TYPES.items() if row["kind"] == "acquisition"}
    assert len(events) > 4
    for event in events - {"form_submission"}:
        assert set(required_of(event)) == FIVE, event
        assert required_of(event)["intent"] == "^(active|passive)$", event


def test_the_five_channels_are_touches() -> None:
    """R65: web, paid media, e-mail, webinars and offline."""
    groups = {row["channel_group"] for row in policy("channel_group")}
    groups |= {row["channel_group"] for row in policy("touchpoint")}
    web = {"Organic Search", "Referral", "Organic Social"}
    assert web | {"Paid Search", "Paid Social", "Display", "Email", "Webinar", "Offline"} <= groups
    assert "session" in {row["name"] for row in policy("touchpoint")}


def test_names_of_events_are_locked() -> None:
    """R66: every spelling leads to one name, and each name has one type."""
    aliases = policy("event_name")
    assert len({row["alias"] for row in aliases}) == len(aliases)
    assert {row["event_name"] for row in aliases} <= set(TYPES)


def test_use_that_activates_is_agreed_on() -> None:
    """R67: how often within how many days."""
    rules = policy("activation")
    assert rules
    assert all(int(row["min_count"]) > 0 and int(row["within_days"]) > 0 for row in rules)


def test_the_models_of_the_whole_journey_have_their_weights() -> None:
    """R68: U gives 40/20/40, W 30/30/30/10, the full path 22.5 four times and 10, decay 7 days."""
    models = {row["model"]: row for row in policy("attribution_model")}
    places = ["first", "lead", "opportunity", "last", "middle"]
    weights = {
        model: [Decimal(row[f"{place}_weight"]) for place in places]
        for model, row in models.items()
        if row["kind"] == "position"
    }
    expected = {
        "first_touch": "1 0 0 0 0",
        "last_touch": "0 0 0 1 0",
        "last_non_direct": "0 0 0 1 0",
        "linear": "0 0 0 0 1",
        "u_shaped": "0.4 0.4 0 0 0.2",
        "w_shaped": "0.3 0.3 0.3 0 0.1",
        "full_path": "0.225 0.225 0.225 0.225 0.1",
        "position_based": "0.4 0 0 0.4 0.2",
    }
    assert weights == {model: [Decimal(x) for x in row.split()] for model, row in expected.items()}
    assert models["last_non_direct"]["leaves_out_direct"] == "true"
    assert Decimal(models["time_decay"]["half_life_days"]) == 7
    assert "shapley" in models


def test_conversions_go_from_the_lead_to_the_renewal() -> None:
    """R69: no deal is won that no conversion stands for."""
    types = [row["conversion_type"] for row in policy("conversion")]
    deals = ["new_business", "expansion", "renewal"]
    assert types == ["lead", "mql", "sql", "opportunity", *deals]
    assert all(int(row["window_days"]) > 0 for row in policy("conversion"))

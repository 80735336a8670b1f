"""What breaks the checks of touchpoints and attribution."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, list[str]]] = {
    "each_conversion_is_credited_once": {
        "a touch is credited less": [
            "update marts.attribution_credit set credit = credit - 0.00000001 where rowid = "
            "(select min(rowid) from marts.attribution_credit where credit > 0.5)"
        ],
        "a cent is lost": [
            "update marts.attribution_credit set revenue = revenue - 0.01 where rowid = "
            "(select min(rowid) from marts.attribution_credit where revenue > 1)"
        ],
        "a model leaves a conversion out": [
            "delete from marts.attribution_credit where model = 'linear' and conversion_id = "
            "(select min(conversion_id) from marts.attribution_credit)"
        ],
        "the comparison counts a channel twice": [
            "insert into marts.attribution_comparison select * from marts.attribution_comparison "
            "where credit > 1 limit 1"
        ],
        "a campaign's return counts a deal twice": [
            "update marts.campaign_return set won_amount = won_amount + 0.01 where rowid = "
            "(select min(rowid) from marts.campaign_return where won_amount > 1)"
        ],
        "a cost is lost": [
            "delete from marts.campaign_return where campaign = 'expo_booth' and model = 'linear'"
        ],
    },
}
RULES: dict[str, dict[str, str]] = {
    "row_rules_touchpoint": {
        "a_touch_ends_after_it_begins": "ended_at = touched_at - interval 1 second",
        "a_direct_touch_has_no_source": "is_direct = true where source_id is not null",
    },
    "row_rules_conversion": {
        "money_has_a_currency": "currency = null where amount is not null",
        "a_conversion_has_a_subject": "person_id = null where opportunity_id is null",
        "the_window_is_open": "window_days = 0",
    },
    "row_rules_conversion_path": {
        "positions_are_within_the_path": (
            "position = path_length + 1 where touchpoint_id is not null"
        ),
        "no_touch_is_none": "channel_group = '(none)' where touchpoint_id is not null",
        "a_path_of_nothing_is_one_row": "path_length = 2 where touchpoint_id is null",
    },
    "row_rules_attribution_credit": {
        "a_share_is_between_nothing_and_all": "credit = 1.1",
        "money_has_a_currency": "currency = null where revenue is not null",
    },
    "row_rules_attribution_step": {
        "a_probability_is_one": "probability = 0",
        "a_step_was_made": "step_count = 0",
    },
    "row_rules_attribution_visit": {
        "visits_are_not_negative": "visits = -1",
        "nobody_converts_twice": "visits = 1.1 where to_state = '(conversion)'",
    },
    "row_rules_attribution_removal_effect": {
        "an_effect_is_a_part": "removal_effect = 1.1",
        "a_share_is_a_part": "share = 1.1",
    },
    "row_rules_attribution_comparison": {
        "credit_is_not_negative": "credit = -1",
        "money_has_a_currency": "currency = null where revenue is not null",
    },
    "row_rules_opportunity_origin": {
        "touched_means_a_touch": "touch_count = 0 where is_marketing_touched",
        "what_lacks_a_campaign_was_touched": (
            "lacks_campaign = true where not is_marketing_touched"
        ),
    },
    "row_rules_revenue_flow": {
        "only_won_deals_earn": "won_amount = 1 where outcome = 'open'",
        "money_has_a_currency": "currency = null where pipeline_amount is not null",
    },
    "row_rules_campaign_funnel": {
        "phases_add_up": "awareness_touches = awareness_touches + 1",
        "people_had_touches": "person_count = touch_count + 1",
    },
    "row_rules_campaign_cost": {
        "a_cost_is_not_negative": "cost = -1",
        "only_money_has_a_currency": "cost = null where currency is not null",
    },
    "row_rules_campaign_return": {
        "money_has_a_currency": "currency = null where cost is not null",
        "no_cost_no_return": "cost = 0 where return_on_spend is not null",
        "a_return_is_not_negative": "return_on_spend = -1 where return_on_spend is not null",
    },
    "row_rules_pipeline_velocity": {
        "parts_are_within_the_whole": "won_count = deal_count + 1 where win_rate is not null",
        "no_closed_deal_no_rate": "win_rate = 0.5 where win_rate is null",
        "a_rate_is_a_part": "win_rate = 1.5 where win_rate is not null",
    },
}

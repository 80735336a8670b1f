"""What breaks the checks of the probabilistic tier."""

from __future__ import annotations

SENTENCES: dict[str, dict[str, list[str]]] = {
    "match_policies_are_sound": {
        "on without a basis": ["update policy.policy_match_threshold set is_on = true"],
        "a chance above one": [
            "update policy.policy_match_weight set m_probability = 2 where field = 'city'"
        ],
        "a field that nobody compares": [
            "update policy.policy_match_weight set field = 'town' where field = 'city'"
        ],
        "a part that no record has": [
            "update policy.policy_match_blocking set part_2 = 'town' where rowid = 0"
        ],
    },
}

"""Limits and decisions of people, from hashed claims to person ids (E6, E10, E17)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import environment
from identity_engine import AS_OF, Engine

TYPES = [
    {"id_type": "crm_id", "tier": 0, "priority": 10, "may_merge": True, "joins_same_system": True},
    {"id_type": "user_id", "tier": 0, "priority": 20, "may_merge": True, "max_anchors": 50,
     "exclusive_limit": 1, "joins_same_system": True},
    {"id_type": "email", "tier": 1, "priority": 30, "may_merge": True, "max_anchors": 25,
     "names_must_agree": True, "joins_same_system": True},
    {"id_type": "phone", "tier": 2, "priority": 40, "may_merge": True, "max_anchors": 25},
    {"id_type": "person", "may_merge": False, "max_anchors": 4},
]  # fmt: skip
RECORDS: dict[str, dict[str, Any]] = {
    # Two logins, joined by a phone: the login that was there first keeps the phone.
    "shop:1": {"user_id": "u1", "phone": "p1", "created": "2024-01-01"},
    "shop:2": {"user_id": "u2", "phone": "p1", "created": "2025-01-01"},
    # Two contacts of one CRM: one address joins them, a way through a newsletter does not.
    "crm:1": {"email": ["e1"]},
    "crm:2": {"email": ["e1", "e2"]},
    "crm:3": {"phone": "p3", "created": "2024-01-01"},
    "news:1": {"email": ["e4"], "phone": "p3", "created": "2024-02-01"},
    "crm:4": {"email": ["e4"], "created": "2024-03-01"},
    # A person of three records, and one that stands alone.
    "crm:10": {"email": ["e10"]},
    "news:10": {"email": ["e10"]},
    "shop:10": {"email": ["e10"]},
    "shop:11": {"email": ["e11"]},
    # Two people whose addresses both stand in a record without a name, which keeps the older's.
    "desk:1": {"email": ["e21"], "name": "Ann Ray", "created": "2024-01-01"},
    "desk:2": {"email": ["e22"], "name": "Bob Fox", "created": "2024-02-01"},
    "news:3": {"email": ["e21", "e22"], "created": "2024-03-01"},
    # The same of one person: a nickname, an initial, a married name, no name.
    "desk:4": {"email": ["e23"], "name": "Robert Fox"},
    "desk:5": {"email": ["e24"], "name": "Bob Ray"},
    "news:4": {"email": ["e23", "e24"]},
    "desk:6": {"email": ["e23"], "name": "R. Ray"},
    # Of two names that a login joins, one agrees: they are one person's already, and other records
    # may have either.
    "desk:7": {"email": ["e25"], "name": "Cat Lee", "user_id": "u7"},
    "shop:7": {"name": "Dan Lee", "user_id": "u7"},
    "news:7": {"email": ["e25", "e26"]},
    "desk:8": {"email": ["e26"], "name": "Dan Lee"},
    "news:8": {"email": ["e25"], "name": "Cat Lee"},
    # Five whom one address after the other puts together, two of them one person by login.
    "news:31": {"email": ["e31"]},
    "news:32": {"email": ["e31", "e32"]},
    "news:33": {"email": ["e32", "e33"], "user_id": "u33"},
    "shop:33": {"email": ["e33", "e34"], "user_id": "u33"},
    "news:34": {"email": ["e34"]},
    "news:35": {"email": ["e34"]},
}
CROWD = {"news:31", "news:32", "news:33", "shop:33", "news:34", "news:35"}


def override(name: str, action: str, left: str, right: str = "", **more: str) -> dict[str, str]:
    dates = {"valid_from": "2026-01-01", **more}
    return {"override_id": name, "action": action, "record_a": left, "record_b": right, **dates}


def fill(engine: Engine, overrides: list[dict[str, str]]) -> None:
    """Write RECORDS, their claims, and the decisions."""
    policies = [{**row, "valid_from": "2020-01-01"} for row in TYPES]
    engine.fill("policy_identifier_type", policies)
    engine.fill("ref_nickname", [{"name": "robert", "nickname": "bob"}])
    engine.fill("policy_exclusive_system", [{"source_system": "crm", "valid_from": "2020-01-01"}])
    engine.fill("policy_identity_override", overrides)
    engine.fill(
        "int_person__checked",
        [
            {"record_key": key, "source_system": key.split(":")[0], "is_current": True,
             "is_deleted": False, "created_at": record.get("created"),
             "first_name": record.get("name", "").partition(" ")[0],
             "last_name": record.get("name", "").partition(" ")[2]}
            for key, record in RECORDS.items()
        ],
    )  # fmt: skip
    claims = []
    for key, record in RECORDS.items():
        claims.append((key, "crm_id", key))
        claims += [(key, "email", email) for email in record.get("email", [])]
        claims += [(key, kind, record[kind]) for kind in ("user_id", "phone") if kind in record]
    engine.fill(
        "int_identifier__hashed",
        [dict(zip(("record_key", "id_type", "id_value"), row, strict=True)) for row in claims],
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine, built once without any decision."""
    with environment(CDM_AS_OF=AS_OF):
        engine = Engine(tmp_path_factory.mktemp("decisions"))
        fill(engine, [])
        success, failed = engine.build()
        assert success, failed
        yield engine


def groups(persons: dict[str, str]) -> set[frozenset[str]]:
    people: dict[str, set[str]] = {}
    for record, person in persons.items():
        people.setdefault(person, set()).add(record)
    return {frozenset(records) for records in people.values()}


UNDECIDED = {
    frozenset({"shop:1"}), frozenset({"shop:2"}), frozenset({"crm:1", "crm:2"}),
    frozenset({"crm:3"}), frozenset({"news:1", "crm:4"}),
    frozenset({"crm:10", "news:10", "shop:10"}), frozenset({"shop:11"}),
    frozenset({"desk:1", "news:3"}), frozenset({"desk:2"}),
    frozenset({"desk:4", "desk:5", "news:4", "desk:6"}),
    frozenset({"desk:7", "shop:7", "news:7", "desk:8", "news:8"}),
    frozenset({"news:33", "shop:33"}),
    *(frozenset({record}) for record in CROWD - {"news:33", "shop:33"}),
}  # fmt: skip


def test_limits_keep_apart_what_one_person_can_not_be(engine: Engine) -> None:
    assert groups(engine.persons()) == UNDECIDED
    refused = engine.query(
        "select record_key, id_type, conflict_type, conflicting_values, other_conflicting_values"
        " from int_identity__refused order by record_key"
    )
    # The phone went to the older login; the address of the newsletter is heard before its phone.
    assert [row for row in refused if row[0] not in CROWD] == [
        ("news:1", "phone", "record:crm", "crm:4", "crm:3"),
        ("news:3", "email", "first_name", "desk:1", "desk:2"),
        ("shop:2", "phone", "user_id", "u2", "u1"),
    ]


def test_a_crowd_falls_apart_into_its_anchors(engine: Engine) -> None:
    """R47: five anchors where four are the most; the address that one of them alone has is kept."""
    refused = engine.query(
        "select record_key, id_value, conflict_type, conflicting_values from int_identity__refused"
    )
    assert sorted(row for row in refused if row[0] in CROWD) == [
        ("news:31", "e31", "person", None), ("news:32", "e31", "person", None),
        ("news:32", "e32", "person", None), ("news:33", "e32", "person", None),
        ("news:34", "e34", "person", None), ("news:35", "e34", "person", None),
        ("shop:33", "e34", "person", None),
    ]  # fmt: skip


def test_decisions_hold_and_can_be_taken_back(engine: Engine) -> None:
    """E10: force, keep apart and split, then nothing again: every id is as it was."""
    before = engine.persons()
    fill(
        engine,
        [
            override("o1", "force_merge", "crm:3", "crm:4"),
            override("o2", "never_merge", "news:10", "shop:10"),
            override("o3", "split", "crm:2"),
            override("o4", "force_merge", "shop:1", "shop:2"),
            override("o5", "force_merge", "shop:11", "shop:10", valid_to="2026-02-01"),
            override("o6", "force_merge", "shop:11", "crm:404"),
            override("o7", "force_merge", "desk:1", "desk:2"),
        ],
    )
    success, failed = engine.build()
    assert success, failed
    assert groups(engine.persons()) == {
        frozenset({"shop:1"}), frozenset({"shop:2"}),  # two logins are never one person
        frozenset({"crm:1"}), frozenset({"crm:2"}),  # split
        frozenset({"crm:3", "news:1", "crm:4"}),  # forced
        frozenset({"crm:10", "news:10"}), frozenset({"shop:10"}),  # kept apart through crm:10
        frozenset({"shop:11"}),  # a decision that has ended, and one about nobody
        frozenset({"desk:1", "desk:2", "news:3"}),  # forced, whatever their names
        *(group for group in UNDECIDED if len(group & {*CROWD, "desk:4", "desk:7"}) > 0),
    }  # fmt: skip
    refused = engine.query(
        "select record_key, id_type, conflict_type from int_identity__refused"
        " where conflict_type <> 'person'"
    )
    assert set(refused) == {
        ("shop:1", "forced_by_override", "user_id"),
        ("shop:2", "phone", "user_id"),
        ("shop:10", "email", "override:o2"),
    }
    fill(engine, [])
    success, failed = engine.build()
    assert success, failed
    assert engine.persons() == before


@pytest.mark.parametrize(
    ("overrides", "named"),
    [
        (
            [
                override("a", "force_merge", "crm:1", "crm:10"),
                override("b", "force_merge", "shop:11", "crm:10"),
                override("c", "never_merge", "crm:1", "shop:11"),
            ],
            "c keeps crm:1 and shop:11 apart, and a, b put them together",
        ),
        (
            [
                override("a", "split", "crm:1"),
                override("b", "force_merge", "crm:10", "crm:1"),
            ],
            "a takes crm:1 out, and b puts it to crm:10",
        ),
        ([override("a", "never_merge", "crm:1", "crm:1")], "a needs one record for a split"),
        ([override("a", "force_merge", "crm:1")], "a needs one record for a split"),
        ([override("a", "join", "crm:1", "crm:2")], "a has the action 'join'"),
    ],
)
def test_contradictory_decisions_stop_the_build(
    engine: Engine, overrides: list[dict[str, str]], named: str
) -> None:
    """E17: each row that takes part is named."""
    fill(engine, overrides)
    success, failed = engine.build("--select", "int_identity__overrides")
    assert not success
    assert named in failed["int_identity__overrides"]

"""Scores, definitions and the stages they drive, against an oracle that knows none of the SQL.

The oracle sums every point of every person anew at each moment. Then the demo is changed on a copy
of its file (our definition drives the stage, two leads are merged, rows are shuffled), the compiled
SQL of the models concerned runs on it, and the histories are compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import pytest
from conftest import Run

from cdm.database import open_warehouse
from cdm.files import copy

pytestmark = pytest.mark.demo

# In the order in which they read each other.
MODELS = (
    "score_input", "score_reason", "score_history", "qualification", "stage_assertion",
    "lifecycle_history", "lifecycle_current", "stage_verdict",
)


class Copy:
    """A copy of the demo's file, in which the models can be built anew from what stands in it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, compiled: dict[str, str]) -> None:
        self.connection = connection
        self.compiled = compiled

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(sql).fetchall()

    def rebuild(self) -> None:
        """Build the models anew."""
        for name in MODELS:
            self.connection.execute(f"delete from canonical.{name}")
            self.connection.execute(f"insert into canonical.{name} {self.compiled[name]}")

    def after(self, statements: list[str], look: Callable[[], Any]) -> Any:
        """Change the copy, build anew, look, and undo it all."""
        self.connection.execute("begin")
        try:
            for statement in statements:
                self.connection.execute(statement)
            self.rebuild()
            return look()
        finally:
            self.connection.execute("rollback")

    def stays(self) -> list[tuple[Any, ...]]:
        """Return the whole history of stages."""
        return self.rows("select * from canonical.lifecycle_history order by all")


@pytest.fixture(scope="module")
def demo(demo_build: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """A copy of the demo's file and the models as its build compiled them."""
    database = tmp_path_factory.mktemp("scores") / "cdm.duckdb"
    copy(demo_build.warehouse.state, database)
    nodes = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))["nodes"]
    compiled = {
        node["name"]: node["compiled_code"] for node in nodes.values() if node["name"] in MODELS
    }
    with open_warehouse(database) as connection:
        # One transaction writes to one file, so what these tests change stands in the models' own.
        connection.execute("create schema worked; create table worked.int_lifecycle__asserted as "
                           "from resolve.int_lifecycle__asserted")  # fmt: skip
        own, moved = '"cdm_vault"."resolve"', '"cdm"."worked"'
        table = '."int_lifecycle__asserted"'
        moved_sql = {
            name: sql.replace(own + table, moved + table) for name, sql in compiled.items()
        }
        yield Copy(connection, moved_sql)


def in_force(since: date, until: date | None, moment: datetime) -> bool:
    """Whether a rule of this period holds on the day of a moment."""
    return since <= moment.date() and (until is None or moment.date() < until)


class Oracle:
    """The score of a person at a moment, from its definition: a sum over all reasons."""

    def __init__(self, demo: Copy) -> None:
        self.groups = demo.rows("select * from policy.policy_score_group")
        self.reasons: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for person, *reason in demo.rows(
            "select person_id, score_group, points, counts_as, counts_from, counts_until "
            "from canonical.score_reason order by all"
        ):
            self.reasons[person].append(tuple(reason))

    def measures(self, person: str, moment: datetime, before: bool = False) -> dict[str, Any]:
        """Return the scores and counts at a moment, or just before it."""
        sums: dict[str, float] = defaultdict(float)
        counts: dict[str, int] = defaultdict(int)
        half_lives = {group[0]: group[3] for group in self.groups}
        for group, points, counts_as, since, until in self.reasons[person]:
            if since > moment or (before and since == moment):
                continue
            if until is not None and (until < moment or (until == moment and not before)):
                continue
            age = int((moment - since).total_seconds()) / 86400
            half_life = half_lives[group]
            sums[group] += float(points) * (2 ** (-age / float(half_life)) if half_life else 1)
            counts[f"{counts_as}_count"] += 1
        found: dict[str, Any] = dict(counts)
        for kind in ("fit", "engagement", "composite"):
            found[f"{kind}_score"] = sum(
                min(sums[name], float(cap)) * (float(weight) if kind == "composite" else 1)
                for name, of_kind, cap, _, weight, *_ in self.groups
                if kind in (of_kind, "composite")
            )
        return found


def test_each_score_is_the_sum_of_its_reasons(demo: Copy) -> None:
    """The running sums of score_history equal a sum over all reasons at each of its moments."""
    oracle = Oracle(demo)
    moments = demo.rows(
        "select person_id, judged_at, fit_score, engagement_score, composite_score, "
        "high_intent_count, verification_count, veto_count from canonical.score_history"
    )
    assert len(moments) > 2000
    for person, moment, fit, engagement, composite, intent, verified, vetoes in moments:
        found = oracle.measures(person, moment)
        for name, value in (("fit", fit), ("engagement", engagement), ("composite", composite)):
            assert abs(found[f"{name}_score"] - float(value)) < 0.0002, (person, moment, name)
        assert (intent, verified, vetoes) == (
            found.get("high_intent_count", 0), found.get("verification_count", 0),
            found.get("veto_count", 0),
        )


def test_each_definition_is_met_when_the_oracle_says_so(demo: Copy) -> None:
    """Of each definition the verdicts are those of a walk over all moments of each person."""
    oracle = Oracle(demo)
    conditions: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for definition, measure, operator, threshold in demo.rows(
        "select definition_id, measure, operator, threshold from policy.policy_definition_condition"
    ):
        conditions[definition].append((measure, operator, threshold))
    heeds = dict(demo.rows("select definition_id, heeds_vetoes from policy.policy_definition"))

    def holds(definition: str, measures: dict[str, Any]) -> bool:
        for measure, operator, threshold in conditions[definition]:
            value = Decimal(measures.get(measure, 0)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
            if not (value > threshold or (operator == ">=" and value == threshold)):
                return False
        return True

    expected = set()
    walked: dict[str, list[datetime]] = defaultdict(list)
    for person, moment in demo.rows(
        "select person_id, judged_at from canonical.score_history order by all"
    ):
        walked[person].append(moment)
    for person, moments in walked.items():
        last: dict[str, str | None] = {}
        for moment in moments:
            now = oracle.measures(person, moment)
            then = oracle.measures(person, moment, before=True)
            asked = now.get("high_intent_count", 0) > then.get("high_intent_count", 0)
            for definition in conditions:
                verdict = None
                if holds(definition, now):
                    verdict = "qualified"
                    if heeds[definition] and now.get("review_count"):
                        verdict = "review"
                    if heeds[definition] and now.get("veto_count"):
                        verdict = "vetoed"
                before = last.get(definition) if holds(definition, then) else None
                if verdict and (verdict != before or asked):
                    expected.add((person, definition, moment, verdict, verdict != before))
                last[definition] = verdict
    found = demo.rows(
        "select person_id, definition_id, qualified_at, verdict, is_entry "
        "from canonical.qualification"
    )
    assert len(found) > 100
    assert set(found) == expected


def test_what_was_met_when_a_stage_was_entered_is_what_the_oracle_says(demo: Copy) -> None:
    oracle = Oracle(demo)
    verdicts = demo.rows(
        "select person_id, entered_at, fit_score, engagement_score from canonical.stage_verdict"
    )
    assert len(verdicts) > 150
    for person, moment, fit, engagement in verdicts:
        found = oracle.measures(person, moment)
        assert abs(found["fit_score"] - float(fit)) < 0.0002
        assert abs(found["engagement_score"] - float(engagement)) < 0.0002


DEFINITION_DRIVES = [
    "insert into policy.policy_stage_authority values "
    "('person', 'mql', 'definition', 10, '2000-01-01', null, 'x', 'x'), "
    "('person', 'mql', 'hubspot', null, '2000-01-01', null, 'x', 'x'), "
    "('person', 'mql', 'generic', null, '2000-01-01', null, 'x', 'x')"
]


def test_our_definition_can_drive_the_stage(demo: Copy) -> None:
    """Each MQL is then one of ours, at a moment at which the definition was met; one a cycle."""
    mqls = demo.after(DEFINITION_DRIVES, lambda: demo.rows(
        "select history.driver, history.subject_id, history.cycle_no, verdict.is_met "
        "from canonical.lifecycle_history as history "
        "inner join canonical.stage_verdict as verdict "
        "on history.subject_id = verdict.person_id and history.seq = verdict.seq "
        "where history.to_stage = 'mql' and transition_type <> 'regress'"
    ))
    assert len(mqls) > 20
    assert {driver for driver, *_ in mqls} == {"definition"}
    assert all(is_met for *_, is_met in mqls)
    assert len({mql[1:3] for mql in mqls}) == len(mqls)


def test_a_new_version_changes_nothing_of_the_past(demo: Copy) -> None:
    """I18. A stricter definition from 1 April on: all verdicts before stay as they are."""
    new = [
        "update policy.policy_definition set valid_to = '2026-04-01' "
        "where definition_id = 'mql_fit_and_intent'",
        "insert into policy.policy_definition select * replace (2 as definition_version, "
        "date '2026-04-01' as valid_from, null as valid_to) from policy.policy_definition "
        "where definition_id = 'mql_fit_and_intent'",
        "insert into policy.policy_definition_condition values ('mql_fit_and_intent', 2, "
        "'fit_score', '>', 85, '2026-04-01', null, 'x', 'x')",
    ]
    past = "select * from canonical.{} where {} < '2026-04-01' order by all"
    looks = [past.format("qualification", "qualified_at"),
             past.format("stage_verdict", "entered_at")]
    then = [demo.rows(look) for look in looks]
    now = demo.after(new, lambda: [demo.rows(look) for look in looks])
    assert now == then
    versions = demo.after(new, lambda: demo.rows(
        "select distinct qualified_at < '2026-04-01', definition_version "
        "from canonical.qualification where definition_id = 'mql_fit_and_intent' order by all"
    ))
    assert versions == [(False, 2), (True, 1)]


# On 1 May everybody begins to study, moves to a firm of another size and to a throw-away address,
# and on 1 June stands as before.
STOOD = (
    "select * from canonical.lead_profile "
    "where coalesce(valid_to > '2026-06-01', true) and valid_from < '2026-05-01'"
)
DIFFERENT_IN_MAY = [
    f"create temp table stood as {STOOD}",
    "delete from canonical.lead_profile where (person_id, valid_from) in "
    "(select (person_id, valid_from) from stood)",
    "insert into canonical.lead_profile "
    "select * replace (timestamp '2026-05-01' as valid_to) from stood union all "
    "select * replace (timestamp '2026-05-01' as valid_from, timestamp '2026-06-01' as valid_to, "
    "'student' as title_flag, null as employee_band, 'disposable' as email_kind) from stood "
    "union all select * replace (timestamp '2026-06-01' as valid_from) from stood",
]


def test_an_attribute_that_changes_changes_nothing_of_the_past(demo: Copy) -> None:
    """What was judged before the day of the change stays; from that day on the new one counts."""
    past = "select * from canonical.{} where {} < '2026-05-01' order by all"
    looks = [past.format("score_history", "judged_at"), past.format("stage_verdict", "entered_at"),
             past.format("qualification", "qualified_at")]
    then = [demo.rows(look) for look in looks]
    later = ("select count(*) from canonical.qualification where verdict = 'qualified' "
             "and is_selected and stage = 'mql' "
             "and qualified_at between '2026-05-01' and '2026-05-31'")
    assert demo.rows(later) != [(0,)]
    now, vetoed = demo.after(
        DIFFERENT_IN_MAY, lambda: ([demo.rows(look) for look in looks], demo.rows(later))
    )
    assert now == then
    assert vetoed == [(0,)]


# Each of these firms' sizes changes on random days, to each value as often as to another.
RESTLESS = [
    "delete from canonical.lead_profile where person_id not in "
    "(select person_id from canonical.lead_profile order by 1 limit 200)",
    "create temp table changed as select distinct person_id, timestamp '2026-01-01' "
    "+ (hash(person_id, change) % 100) * interval 1 day as valid_from "
    "from canonical.lead_profile, range(15) as changes(change)",
    "create temp table sizes as select person_id, valid_from, "
    "(['1-10', '11-50', '51-200', '(broken)'])[1 + (hash(valid_from, person_id) % 4)::int] as size "
    "from changed union all select distinct person_id, timestamp '1970-01-01', '11-50' "
    "from changed",
    "create temp table profiles as select distinct on (person_id) * from canonical.lead_profile "
    "order by person_id, valid_from",
    "delete from canonical.lead_profile",
    "insert into canonical.lead_profile select profiles.* replace (sizes.size as employee_band, "
    "timestamp '2025-06-01' as known_since, sizes.valid_from as valid_from, lead(sizes.valid_from) "
    "over (partition by person_id order by sizes.valid_from) as valid_to) "
    "from profiles inner join sizes using (person_id)",
    "update policy.policy_score_input set valid_input = '^[0-9]', max_changes = 2, "
    "within_days = 20 where attribute = 'employee_band'",
]


def test_what_counts_of_a_restless_attribute_is_what_a_walk_over_the_days_says(demo: Copy) -> None:
    """Day by day: of valid values the one of the day counts if there were at most two changes in
    the 20 days up to it, and else what counted on the day before."""

    def look() -> int:
        said: dict[str, dict[date, str]] = defaultdict(dict)
        for person, day, size in demo.rows("from sizes"):
            said[person][day.date()] = size
        counted: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
        for person, since, size in demo.rows(
            "select person_id, counts_from, counted_value from canonical.score_input "
            "where attribute = 'employee_band' and counts_from is not null order by 1, 2"
        ):
            counted[person].append((since, size))
        waited = 0
        for person, sizes in said.items():
            value = counts = sizes.pop(date(1970, 1, 1))
            changes: list[date] = []
            for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(130)):
                size = sizes.get(day, value)
                if size != value and size != "(broken)":
                    changes.append(day)
                    value = size
                if sum(day - change < timedelta(days=20) for change in changes) <= 2:
                    counts = value
                found = [size for since, size in counted[person] if since.date() <= day][-1]
                assert found == counts, (person, day)
                waited += counts != value
        return waited

    assert demo.after(RESTLESS, look) > 1000


def test_what_an_attribute_gave_fades_and_ends_with_it(demo: Copy) -> None:
    """Points of a throw-away address fade; when it is replaced only what is left is taken back."""

    def look() -> None:
        oracle = Oracle(demo)
        moments = demo.rows(
            "select person_id, judged_at, fit_score, engagement_score from canonical.score_history "
            "where judged_at >= '2026-05-01'"
        )
        assert len(moments) > 500
        for person, moment, fit, engagement in moments:
            found = oracle.measures(person, moment)
            assert abs(found["fit_score"] - float(fit)) < 0.0002, (person, moment)
            assert abs(found["engagement_score"] - float(engagement)) < 0.0002, (person, moment)

    demo.after([*DIFFERENT_IN_MAY, "update policy.policy_score_group set cap = 50 "
                "where score_group = 'negative'"], look)


def test_a_wrong_date_long_ago_does_not_outgrow_the_scores(demo: Copy) -> None:
    """A page seen in 2001, where some tools' time begins, has faded by the next event, even with
    the shortest half-life."""
    [(person,)] = demo.rows(
        "select person_id from canonical.event where event_name = 'page_view' "
        "group by person_id having person_id is not null order by count(*) desc, 1 limit 1"
    )
    scores = ("select judged_at, engagement_score, composite_score, engagement_score_before "
              f"from canonical.score_history where person_id = '{person}' "
              "and judged_at > '2010-01-01' order by 1")
    quick = "update policy.policy_score_group set half_life_days = 7 where score_group = 'passive'"
    long_ago = (
        "insert into canonical.event select * replace ('evt_2001' as event_id, "
        "timestamp '2001-01-01' as event_at) from canonical.event "
        f"where person_id = '{person}' and event_name = 'page_view' limit 1"
    )
    then = demo.after([quick], lambda: demo.rows(scores))
    assert len(then) > 5
    now = demo.after([quick, long_ago], lambda: demo.rows(scores))
    assert [moment for moment, *_ in now] == [moment for moment, *_ in then]
    for one, other in zip(now, then, strict=True):
        assert all(abs(a - b) < Decimal("0.0002") for a, b in zip(one[1:], other[1:], strict=True))


def test_an_address_is_verified_while_it_is_the_persons(demo: Copy) -> None:
    """E73, E74. A confirmation counts for the address of its time, and no longer than that."""
    verified = ("select person_id, counts_from, counts_until from canonical.score_reason "
                "where criterion_id = 'double_opt_in' order by all")
    before = demo.rows(verified)
    other = [
        DIFFERENT_IN_MAY[0],
        "update canonical.lead_profile set valid_to = '2026-05-01' "
        "where (person_id, valid_from) in (select (person_id, valid_from) from stood)",
        "insert into canonical.lead_profile select * replace ("
        "timestamp '2026-05-01' as valid_from, repeat('0', 64) as email_key) from stood",
    ]
    after = demo.after(other, lambda: demo.rows(verified))
    moved, changed = set(demo.rows(f"select person_id from ({STOOD})")), datetime(2026, 5, 1)
    assert after == [
        (person, since, min(until or changed, changed) if (person,) in moved else until)
        for person, since, until in before
        if since < changed or (person,) not in moved
    ]
    assert sum(until == changed for *_, until in after) > 20


def test_a_version_that_one_role_has_not_approved_counts_for_nothing(demo: Copy) -> None:
    draft = [
        "update policy.policy_definition set approved_by = 'marketing_operations' "
        "where definition_id = 'mql_fit_and_intent'"
    ]
    left = demo.after(draft, lambda: demo.rows(
        "select count(*) from canonical.qualification where definition_id = 'mql_fit_and_intent'"
    ))
    assert left == [(0,)]


def test_shuffled_rows_change_nothing(demo: Copy) -> None:
    tables = ("canonical.event", "canonical.activity", "canonical.consent_event",
              "worked.int_lifecycle__asserted", "policy.policy_score_criterion")
    shuffle = []
    for table in tables:
        name = table.split(".")[1]
        shuffle += [
            f"create temp table shuffled_{name} as select * from {table} order by hash({name})",
            f"delete from {table}",
            f"insert into {table} select * from shuffled_{name}",
        ]
    demo.connection.execute("set threads = 8")
    before = demo.stays()
    assert demo.after(shuffle, demo.stays) == before


def test_two_leads_that_are_one_person_are_one_mql(demo: Copy) -> None:
    """E64, E72: of two MQLs of one person the earlier is the one, and no point is given twice."""
    (one, one_at), (two, two_at) = demo.rows(
        "select subject_id, mql_at from canonical.lifecycle_current where stage = 'mql' "
        "and cycle_no = 1 and subject_type = 'person' and mql_at is not null "
        "order by subject_id limit 2"
    )
    merge = [
        f"update canonical.{table} set person_id = '{one}' where person_id = '{two}'"
        for table in ("event", "activity", "consent_event")
    ]
    merge += [
        f"update worked.int_lifecycle__asserted set subject_id = '{one}' "
        f"where subject_id = '{two}'",
        f"delete from canonical.lead_profile where person_id = '{two}'",
        f"delete from canonical.person where person_id = '{two}'",
    ]

    def look() -> tuple[Any, ...]:
        mqls = demo.rows(
            "select entered_at from canonical.lifecycle_history "
            f"where subject_id = '{one}' and to_stage = 'mql'"
        )
        twice = demo.rows(
            "select criterion_id, trigger_id from canonical.score_reason "
            f"where person_id = '{one}' group by all having count(*) > 1"
        )
        first = demo.rows(
            f"select first_mql_at, cycle_no from canonical.lifecycle_current "
            f"where subject_id = '{one}'"
        )
        return mqls, twice, first

    mqls, twice, first = demo.after(merge, look)
    assert min(mqls)[0] == first[0][0] == min(one_at, two_at)
    assert twice == []
    assert demo.after([], look)[2][0][0] == one_at


def test_building_anew_gives_the_same(demo: Copy) -> None:
    assert demo.after([], demo.stays) == demo.stays()

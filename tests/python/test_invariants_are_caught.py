"""Every data test can fail: each one is seen to catch a table that is broken on purpose.

The demo is built once. Each breakage is a change inside a transaction on a copy of that file; the
compiled SQL of the test runs on it, and the change is rolled back. What is untouched must pass.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import REPO, Run, environment

from cdm.files import copy
from cdm.project import Project, run_dbt

# Singular tests: what is broken, and by which statements. `{reconcile}` stands for building
# governance.reconciliation anew from what intake then holds.
SENTENCES: dict[str, dict[str, list[str]]] = {
    "no_raw_row_is_lost": {
        "a row vanishes": [
            "delete from intake.int_person__checked where raw_row_id = "
            "(select min(raw_row_id) from intake.int_person__checked where not is_derived)",
            "{reconcile}",
        ],
        "a row becomes another": [
            "update intake.int_event__checked set _content_hash = 'another' where raw_row_id = "
            "(select min(raw_row_id) from intake.int_event__checked where not is_derived)",
            "{reconcile}",
        ],
        "a row stands twice": [
            "insert into intake.int_link__checked select * from intake.int_link__checked "
            "where not is_derived order by raw_row_id limit 1",
            "{reconcile}",
        ],
        "a duplicate copies nothing": [
            "update intake.int_person__checked set duplicate_of = 'row_none' "
            "where disposition = 'duplicate'",
        ],
    },
    "nothing_unreadable_is_published_in_bulk": {
        "one line in ten": [
            "update governance.reconciliation set rows_in = 10 where (connector, source_object) in "
            "(select (connector, source_object) from governance.quarantine "
            "where reason_codes like '%.row.unparsable')"
        ],
    },
    "each_reason_is_explained": {
        "a reason loses its explanation": [
            "delete from reference.ref_reason_code "
            "where reason_code = (select min(reason_codes) from governance.quarantine)"
        ],
    },
    "each_record_is_one_person": {
        "a record is nobody": [
            "delete from canonical.person_xref where rowid = "
            "(select min(rowid) from canonical.person_xref)"
        ],
        "a record is two persons": [
            "insert into canonical.person_xref "
            "select * replace ((select max(person_id) from canonical.person) as person_id) "
            "from canonical.person_xref "
            "where person_id <> (select max(person_id) from canonical.person) limit 1"
        ],
        "a record is somebody unknown": [
            "update canonical.person_xref set person_id = 'per_none' where rowid = 0"
        ],
    },
    "a_merge_never_chains": {
        "a person is named by another's record": [
            "update resolve.int_person__members set person_id = 'per_none' "
            "where is_root and record_key = (select min(root_record_key) "
            "from resolve.int_person__members where not is_root)"
        ],
        "a root that is none": [
            "update resolve.int_person__members set is_root = false where record_key = "
            "(select min(record_key) from resolve.int_person__members where is_root)"
        ],
        "a merged record stays apart": [
            "update resolve.int_person__members set person_id = 'per_none', "
            "root_record_key = record_key, is_root = true where record_key in "
            "(select record_key from intake.int_person__checked "
            "where is_current and merged_into is not null)"
        ],
    },
    "consent_is_never_wider_than_its_ledger": {
        "a denial is overlooked": [
            "update canonical.consent_current set state = 'allowed' where state = 'denied'"
        ],
        "allowed without any grant": [
            "delete from canonical.consent_event where consent_event_id = "
            "(select min(decided_by_event_id) from canonical.consent_current "
            "where state = 'allowed')",
            "delete from canonical.consent_event where action in ('grant', 'confirm')",
        ],
        "a withdrawal at the same moment": [
            "insert into canonical.consent_event select * replace "
            "('con_new' as consent_event_id, 'withdraw' as action, '*' as purpose) "
            "from canonical.consent_event where consent_event_id = "
            "(select min(decided_by_event_id) from canonical.consent_current "
            "where state = 'allowed')"
        ],
        "a withdrawal by the person's other address, without a time": [
            "insert into canonical.consent_event select * replace "
            "('con_new' as consent_event_id, 'object' as action, 'other' as contact_point_hash, "
            "null as captured_at) "
            "from canonical.consent_event where person_id is not null and consent_event_id in "
            "(select decided_by_event_id from canonical.consent_current where state = 'allowed') "
            "limit 1"
        ],
        "a withdrawal by whoever shares the address": [
            "insert into canonical.consent_event select * replace "
            "('con_new' as consent_event_id, 'withdraw' as action, 'per_other' as person_id, "
            "timestamp '2026-06-30' as captured_at) "
            "from canonical.consent_event where consent_event_id = "
            "(select min(decided_by_event_id) from canonical.consent_current "
            "where state = 'allowed')"
        ],
        "a grant that has ended": [
            "update canonical.consent_event set effective_to = timestamp '2026-01-01' "
            "where action in ('grant', 'confirm')"
        ],
    },
    "nobody_is_activated_without_consent": {
        "consent is withdrawn meanwhile": [
            "update canonical.consent_current set state = 'denied' where state = 'allowed'"
        ],
        "mail to it bounced": ["update canonical.consent_current set is_bounced = true"],
        "nobody knows whose law holds": [
            "update canonical.consent_current set jurisdiction = null"
        ],
        "nothing was ever stated": ["delete from canonical.consent_current"],
        "the person is gone": ["update canonical.person set status = 'deleted'"],
    },
    "lifecycle_history_is_contiguous": {
        "a number is left out": [
            "update canonical.lifecycle_history set seq = seq + 1 where seq > 1"
        ],
        "a stay vanishes": ["delete from canonical.lifecycle_history where seq = 2"],
        "a stay ends early": [
            "update canonical.lifecycle_history set exited_at = exited_at - interval 1 hour "
            "where exited_at is not null"
        ],
        "the last stay is closed": [
            "update canonical.lifecycle_history set exited_at = timestamp '2026-06-30' "
            "where exited_at is null"
        ],
        "it comes from elsewhere": [
            "update canonical.lifecycle_history set from_stage = 'other' where seq = 2"
        ],
        "current says otherwise": [
            "update canonical.lifecycle_current set stage = 'customer' where stage <> 'customer'"
        ],
        "current without a history": [
            "insert into canonical.lifecycle_current select * replace ('per_new' as subject_id) "
            "from canonical.lifecycle_current limit 1"
        ],
        "no current for a history": ["delete from canonical.lifecycle_current where rowid = 0"],
        "a stage that nobody approved": [
            "update canonical.lifecycle_history set to_stage = 'vip' where seq = 1"
        ],
        "a stage whose rank nobody approved": [
            "update canonical.lifecycle_history set stage_rank = 99 where seq = 1"
        ],
    },
    "won_deals_are_closed": {
        "won, but open": ["update canonical.opportunity set is_closed = false where is_won"],
        "won, but when": ["update canonical.opportunity set closed_at = null where is_won"],
        "a value without a currency": ["update canonical.opportunity set currency = null"],
    },
    "no_direct_identifier_outside_the_vault": {
        "an address of the vault": [
            "update canonical.person set job_title = "
            "(select min(email) from vault.person_pii) where rowid = 0"
        ],
        "within JSON": [
            'update canonical.event set properties = \'{"to":"ann@acme.com"}\' where rowid = 0'
        ],
        "encoded in a page's address": [
            "update canonical.event set page_location = 'https://x.example/?e=ann%40acme.com' "
            "where rowid = 0"
        ],
        "as the id of a record": [
            "update canonical.person_xref set source_record_id = 'ann@acme.com' where rowid = 0"
        ],
        "in a message": [
            "update governance.quarantine set message = 'no row for ann@acme.com' where rowid = 0"
        ],
    },
    "policies_do_not_overlap": {
        "two rows of one rule in force": [
            "insert into policy.policy_event_name select * replace "
            "(date '2025-01-01' as valid_from) from policy.policy_event_name limit 1"
        ],
        "the last of the list": [
            "insert into policy.policy_survivorship select * replace "
            "(date '2025-01-01' as valid_from) from policy.policy_survivorship limit 1"
        ],
    },
    "each_policy_row_is_approved": {
        "nobody approved": [
            "update policy.policy_event_name set approved_by = ' ' where rowid = 0"
        ],
        "no reason": ["update policy.policy_survivorship set reason = null where rowid = 0"],
        "it ends before it begins": [
            "update policy.policy_channel_group set valid_to = valid_from where rowid = 0"
        ],
    },
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

# What breaks each row rule, as the assignment of one update. "where" narrows it to fitting rows.
RULES: dict[str, dict[str, str]] = {
    "row_rules_person": {
        "status_is_known": "status = 'lost'",
        "has_email_says_what_the_key_says": "has_email = not has_email",
        "has_phone_says_what_the_key_says": "has_phone = not has_phone",
        "a_person_has_a_record": "record_count = 0",
        "keys_are_keyed_hashes": "full_name_key = 'ann lee'",
        "country_is_a_two_letter_code": "country = 'Germany'",
    },
    "row_rules_account": {
        "status_is_known": "status = 'lost'",
        "unknown_size_is_null_not_zero": "employee_count = 0",
        "revenue_is_not_negative": "annual_revenue = -1",
        "currency_is_three_letters": "currency = 'eur'",
        "country_is_a_two_letter_code": "country = 'de'",
        "no_firm_is_its_own_parent": "parent_account_id = account_id",
        "domain_is_a_host": "domain_primary = 'ann@acme.com'",
    },
    "row_rules_account_domain": {
        "an_ambiguous_domain_has_no_owner": "is_ambiguous = true where account_id is not null",
        "no_ownership_ends_before_it_begins": (
            "valid_to = valid_from - interval 1 day where valid_from is not null"
        ),
    },
    "row_rules_person_account": {
        "no_relation_ends_before_it_begins": "valid_to = valid_from - interval 1 day",
    },
    "row_rules_event": {
        "intent_is_known": "intent = 'maybe'",
        "person_method_is_known": "person_method = 'guess' where person_id is not null",
        "a_person_has_a_method_and_the_other_way_round": (
            "person_method = null where person_id is not null"
        ),
        "an_event_was_delivered": "delivery_count = 0",
        "skew_needs_both_times": "clock_skew_s = 5, received_at = null",
        "no_event_is_a_day_late_of_its_receipt": "received_at = event_at - interval 2 day",
    },
    "row_rules_source": {
        "a_source_says_something": "source = null, medium = null, campaign = null",
        "words_are_lower_case": "source = 'Google'",
        "words_have_no_encoded_spaces": "campaign = 'spring%20sale'",
    },
    "row_rules_consent_event": {
        "action_is_known": "action = 'shrug'",
        "contact_point_type_is_known": "contact_point_type = 'fax'",
        "contact_point_is_a_keyed_hash": "contact_point_hash = 'ann'",
        "a_grant_proves_its_time": "captured_at = null where action = 'grant'",
        "a_denial_counts_from_some_moment": "action = 'deny', counts_from = null",
        "no_grant_counts_early": (
            "counts_from = captured_at - interval 1 day where action = 'grant'"
        ),
    },
    "row_rules_consent_current": {
        "allowed_needs_a_grant": "last_grant_at = null where state = 'allowed'",
        "allowed_is_newer_than_any_denial": (
            "last_denial_at = last_grant_at where state = 'allowed'"
        ),
        "denied_needs_a_denial": "last_denial_at = null where state = 'denied'",
        "a_yes_or_no_names_its_statement": "decided_by_event_id = null where state = 'denied'",
    },
    "row_rules_lifecycle_history": {
        "subject_is_a_person_or_an_account": "subject_type = 'deal'",
        "transition_is_known": "transition_type = 'jump'",
        "a_stay_changes_the_stage": "from_stage = to_stage",
        "only_the_first_stay_comes_from_nowhere": "from_stage = null where seq > 1",
        "cycles_count_from_one": "cycle_no = 0",
    },
    "row_rules_lifecycle_current": {
        "the_first_mql_is_not_after_the_current_one": (
            "first_mql_at = timestamp '2026-06-30', mql_at = timestamp '2026-06-29'"
        ),
        "in_the_first_cycle_both_are_the_same": (
            "mql_at = null where first_mql_at is not null and cycle_no = 1"
        ),
        "lead_status_is_of_persons": "subject_type = 'account', lead_status = 'open'",
        "only_the_disqualified_have_a_reason": (
            "disqualification_reason = 'price' where stage <> 'disqualified'"
        ),
    },
    "row_rules_opportunity": {
        "amount_is_not_negative": "amount = -1",
        "probability_is_a_share": "probability = 20",
        "currency_is_three_letters": "currency = 'Euro'",
        "only_closed_deals_have_a_close": "is_closed = false, closed_at = timestamp '2026-06-30'",
        "stage_rank_is_not_negative": "stage_rank = -1",
        "reopenings_are_counted_from_zero": "reopened_count = -1",
    },
    "row_rules_activity": {"direction_is_known": "direction = 'sideways'"},
    "row_rules_person_pii": {
        "an_address_has_one_at": "email = 'ann@@acme.com'",
        "a_number_has_digits": "phone = '123'",
        "the_key_stands_beside_the_address": "email_key = null where email is not null",
    },
    "row_rules_reconciliation": {
        "counts_are_not_negative": "accepted = -1",
        "the_difference_is_what_is_missing": "difference = 7",
    },
    "row_rules_quarantine": {
        "a_held_row_says_why": "reason_codes = ''",
        "a_held_row_says_what_to_do": "next_step = ''",
        "reasons_are_of_the_entity": "reason_codes = 'planet.row.empty'",
    },
}


@dataclass
class Checks:
    """The demo's file, to be broken, and the data tests with their compiled SQL.

    `tests` maps names to nodes of the manifest, `relations` unique ids to `schema.table`;
    `reconciliation` is the compiled SQL of that model.
    """

    connection: duckdb.DuckDBPyConnection
    tests: dict[str, dict[str, Any]]
    relations: dict[str, str]
    reconciliation: str

    def failures(self, test: str) -> list[tuple[Any, ...]]:
        """Return the failing rows of a test."""
        return self.connection.execute(self.tests[test]["compiled_code"]).fetchall()

    def failures_when(self, test: str, statements: list[str]) -> list[tuple[Any, ...]]:
        """Return the failing rows of a test after some statements, which are then undone."""
        self.connection.execute("begin")
        try:
            for statement in statements:
                if statement == "{reconcile}":
                    self.connection.execute("delete from governance.reconciliation")
                    statement = f"insert into governance.reconciliation {self.reconciliation}"
                changed = self.connection.execute(statement).fetchone()
                assert changed and changed[0] > 0, f"changes nothing: {statement}"
            return self.failures(test)
        finally:
            self.connection.execute("rollback")

    def relation(self, test: str) -> str:
        """Return `schema.table` of the table that a generic test belongs to."""
        return self.relations[self.tests[test]["attached_node"]]

    def kind(self, test: str) -> str | None:
        """Return the name of the generic test that a test is one of; None for a singular test."""
        return (self.tests[test].get("test_metadata") or {}).get("name")

    def of_kind(self, *kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield name and arguments of each generic test of some kinds."""
        for name, node in self.tests.items():
            if self.kind(name) in kinds:
                yield name, node["test_metadata"]["kwargs"]


@contextlib.contextmanager
def warehouse_in(demo_build: Run, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Copy the demo's file into a folder and let dbt work there; yield the file and dbt's target.

    dbt sees the path that the demo was built under, a link, and so need not read the project anew.
    """
    database = folder / "build" / "cdm.duckdb"
    database.parent.mkdir()
    copy(demo_build.warehouse.state, database)
    link = demo_build.warehouse.root.parent / "current"
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    with environment(
        CDM_WAREHOUSE=str(link),
        CDM_EXPORTS=str(REPO / "demo" / "exports"),
        CDM_AS_OF="2026-07-01T00:00:00",
        DBT_PROFILES_DIR=str(REPO / "profiles"),
        DBT_TARGET_PATH=f"{link}-target",
        DBT_LOG_PATH=f"{link}-logs",
    ):
        yield database, Path(f"{link}-target")


@pytest.fixture(scope="module")
def checks(demo_build: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checks]:
    """Copy the demo's file and compile all tests, and the one model that a breakage needs anew."""
    with warehouse_in(demo_build, tmp_path_factory.mktemp("broken")) as (database, target):
        selected = ["--select", "test_type:data", "reconciliation"]
        selected += ["--exclude", "path:tests/singular/platform"]  # tests of macros, not of tables
        outcome = run_dbt(Project(REPO), ["compile", *selected])
        assert outcome.success, outcome.exception
        nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    compiled = [node for node in nodes.values() if node.get("compiled_code")]
    with duckdb.connect(str(database)) as connection:
        yield Checks(
            connection,
            {node["name"]: node for node in compiled if node["resource_type"] == "test"},
            {name: f"{node['schema']}.{node['alias']}" for name, node in nodes.items()},
            next(n["compiled_code"] for n in compiled if n["name"] == "reconciliation"),
        )


def update_one(table: str, assignment: str) -> str:
    """Return an update of one row; `assignment` may end in a condition on the row to take."""
    values, _, condition = assignment.partition(" where ")
    return (
        f"update {table} set {values} where rowid = "
        f"(select min(rowid) from {table} where {condition or 'true'})"
    )


def test_what_is_whole_passes(checks: Checks) -> None:
    failing = [name for name in checks.tests if checks.failures(name)]
    assert failing == []


@pytest.mark.parametrize(
    ("test", "breakage"),
    [(test, breakage) for test, breakages in SENTENCES.items() for breakage in breakages],
)
def test_a_broken_promise_is_caught(checks: Checks, test: str, breakage: str) -> None:
    assert checks.failures_when(test, SENTENCES[test][breakage])


@pytest.mark.parametrize(
    ("test", "rule"), [(test, rule) for test, rules in RULES.items() for rule in rules]
)
def test_a_broken_row_rule_is_caught_and_named(checks: Checks, test: str, rule: str) -> None:
    table = checks.relation(test)
    broken = checks.failures_when(test, [update_one(table, RULES[test][rule])])
    assert (rule, 1) in [tuple(row) for row in broken]


def test_each_row_rule_and_each_sentence_is_broken_here(checks: Checks) -> None:
    rules = {name: list(about["rules"]) for name, about in checks.of_kind("row_rules")}
    assert {test: list(broken) for test, broken in RULES.items()} == rules
    singular = {name for name in checks.tests if checks.kind(name) is None}
    assert set(SENTENCES) == singular


def test_a_key_that_stands_twice_is_caught(checks: Checks) -> None:
    kinds = list(checks.of_kind("primary_key", "unique"))
    assert len(kinds) > 20
    for name, _ in kinds:
        table = checks.relation(name)
        twice = f"insert into {table} select * from {table} order by rowid limit 1"
        assert checks.failures_when(name, [twice]), name


def test_a_key_without_a_value_is_caught(checks: Checks) -> None:
    """Published keys are not null by contract; the seeds' keys by the test alone."""
    for name, about in checks.of_kind("primary_key", "not_null"):
        table = checks.relation(name)
        for column in about.get("columns") or [about["column_name"]]:
            try:
                caught = bool(checks.failures_when(name, [update_one(table, f"{column} = null")]))
            except duckdb.ConstraintException:
                caught = True
            assert caught, f"{table}.{column}"


def test_a_row_that_names_nothing_is_caught(checks: Checks) -> None:
    kinds = list(checks.of_kind("relationships"))
    assert kinds
    for name, about in kinds:
        column = about["column_name"]
        orphan = update_one(
            checks.relation(name), f"{column} = 'nobody' where {column} is not null"
        )
        assert checks.failures_when(name, [orphan]), name


def test_a_value_outside_its_set_pattern_or_range_is_caught(checks: Checks) -> None:
    broken = {
        "expect_column_values_to_be_in_set": "'?'",
        "accepted_values": "'?'",
        "expect_column_values_to_match_regex": "'?'",
        "expect_column_values_to_be_between": "-1",
    }
    kinds = list(checks.of_kind(*broken))
    assert kinds
    for name, about in kinds:
        kind = checks.kind(name)
        condition = about.get("row_condition") or "true"
        wrong = f"{about['column_name']} = {broken[kind]} where {condition}"
        assert checks.failures_when(name, [update_one(checks.relation(name), wrong)]), name


def test_a_second_primary_and_a_missing_day_are_caught(checks: Checks) -> None:
    for name, about in checks.of_kind("expect_compound_columns_to_be_unique"):
        table, condition = checks.relation(name), about.get("row_condition") or "true"
        second = f"insert into {table} select * from {table} where {condition} limit 1"
        assert checks.failures_when(name, [second]), name
    for name, _ in checks.of_kind("expect_table_row_count_to_equal"):
        table = checks.relation(name)
        missing = f"delete from {table} where rowid = (select min(rowid) from {table})"
        assert checks.failures_when(name, [missing]), name


def test_every_kind_of_test_is_broken_here(checks: Checks) -> None:
    assert {checks.kind(name) for name in checks.tests} <= {
        None,
        "primary_key",
        "unique",
        "not_null",
        "row_rules",
        "relationships",
        "accepted_values",
        "expect_column_values_to_be_in_set",
        "expect_column_values_to_match_regex",
        "expect_column_values_to_be_between",
        "expect_compound_columns_to_be_unique",
        "expect_table_row_count_to_equal",
    }


def test_a_build_of_a_broken_file_fails(demo_build: Run, tmp_path: Path) -> None:
    """What the compiled SQL finds, dbt counts as a failure of the build."""
    with warehouse_in(demo_build, tmp_path) as (database, _):
        with duckdb.connect(str(database)) as connection:
            connection.execute("delete from canonical.person_xref where rowid = 0")
        outcome = run_dbt(Project(REPO), ["test", "--select", "each_record_is_one_person"])
    assert not outcome.success
    assert str(outcome.result[-1].status) == "fail"

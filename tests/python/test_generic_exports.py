"""Generic: every entity's columns can be given, two are enough, and other names are understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from conftest import REPO
from test_tcf import written

STAGING = REPO / "models" / "staging"
# A part of the project is built: only checks whose models are all part of it are run.
PART: dict[str, Any] = {"publish": False, "DBT_INDIRECT_SELECTION": "cautious"}
COMMON = {"source_system", "source_record_id", "updated_at", "is_deleted"}


def entity_columns() -> dict[str, set[str]]:
    """Return the columns of each entity, as the macro of that name lists them."""
    text = (REPO / "macros" / "landing" / "entity_columns.sql").read_text(encoding="utf-8")
    return {
        entity: {word.split(":")[0] for word in words.split()}
        for entity, words in re.findall(r"'(\w+)': '([^']+)'", text.partition("set types")[0])
    }


def tables(connector: str) -> dict[str, dict[str, Any]]:
    """Return a connector's declared objects by name."""
    path = STAGING / connector / f"_{connector}__sources.yml"
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))["sources"][0]["tables"]
    return {table["name"]: table for table in declared}


@pytest.mark.parametrize("entity", tables("generic"))
def test_every_column_of_the_entity_can_be_given(entity: str) -> None:
    table = tables("generic")[entity]
    declared = {column["name"] for column in table["columns"]}
    # A TC string is several statements in one, each with columns of its own.
    assert declared - COMMON - {"tc_string"} == entity_columns()[entity]
    required = {c["name"] for c in table["columns"] if c["config"]["meta"].get("required")}
    assert required == {"source_system", "source_record_id"}


@pytest.mark.parametrize("connector", ["generic", "mailchimp", "ga4"])
def test_no_name_is_claimed_twice(connector: str) -> None:
    """Else the order of the declaration would decide which column a raw one fills."""
    for table in tables(connector).values():
        names = [column["name"] for column in table["columns"]]
        for column in table["columns"]:
            names += column["config"]["meta"].get("aliases", [])
        normal = [re.sub("[^0-9a-z]+", "_", name.lower()).strip("_") for name in names]
        assert sorted(set(normal)) == sorted(normal), table["name"]


@pytest.mark.parametrize("connector", ["generic", "mailchimp", "ga4"])
def test_maps_to_names_a_column_that_there_is(connector: str) -> None:
    provenance = {"source_system", "source_record_id", "record_updated_at", "is_deleted"}
    known = {
        f"{entity}.{column}"
        for entity, columns in entity_columns().items()
        for column in columns | provenance
    }
    for table in tables(connector).values():
        for column in table["columns"]:
            assert column["config"]["meta"].get("maps_to") in known | {None}, column["name"]


@pytest.fixture(scope="module")
def run(build: Callable[..., Any], tmp_path_factory: Any) -> Any:
    """One build of small files: some with other names, some with the two required columns only."""
    exports = tmp_path_factory.mktemp("generic_exports")
    folder = exports / "generic"
    folder.mkdir()
    (folder / "Contacts.csv").write_text(
        "System;Record ID;E-Mail;Given Name;Surname;ZIP;Date of Birth;Deleted;Shoe size\n"
        "list;1;a@acme.example;Ana;Sol;01234;1990-02-03;;41\n"
        "list;2;n/a;-;;;;yes;\n",
        encoding="utf-8",
    )
    (folder / "event.json").write_text(
        '[{"source_system": "list", "source_record_id": "e1", "event_name": "login", "event_at": '
        '"2026-06-01T10:00:00+02:00", "medium": "cpc", "url": "https://acme.example/x'
        '?email=a@acme.example&utm_source=li&utm_medium=paid&utm_campaign=Q4&fbclid=F1"}]'
    )
    for name in sorted(set(tables("generic")) - {"person", "event"}):
        (folder / f"{name}.csv").write_text("source_system,source_record_id\nlist,1\n")
    (folder / "consents.csv").write_text(
        "source_system,source_record_id,contact_point,tc_string\n"
        f"cmp,1,GA1.1,{written({1, 2}, {4, 7})}\ncmp,2,GA1.2,{written({1}, set())[:30]}\n"
    )
    select = " ".join(f"+map_generic__{entity}" for entity in tables("generic"))
    return build(exports, "generic", select=select, **PART).check()


def test_other_names_are_understood(run: Any) -> None:
    rows = run.query(
        "select source_system, source_record_id, email, first_name, last_name, postcode, "
        "cast(date_of_birth as varchar), is_deleted from staging.map_generic__person order by 2"
    )
    assert rows == [
        ("list", "1", "a@acme.example", "Ana", "Sol", "01234", "1990-02-03", False),
        ("list", "2", None, None, None, None, None, True),
    ]


def test_an_unknown_column_is_kept_aside(run: Any) -> None:
    assert run.query("select _undeclared from staging.stg_generic__person order by 1") == [
        ('{"shoe_size":"41"}',),
        (None,),
    ]


def test_an_offset_is_heeded_and_an_address_in_a_link_is_not_passed_on(run: Any) -> None:
    assert run.query(
        "select cast(event_at as varchar), split_part(page_location, '?', 1), "
        "page_location like '%@%' from staging.map_generic__event"
    ) == [("2026-06-01 08:00:00", "https://acme.example/x", False)]


def test_what_the_row_does_not_say_its_address_may(run: Any) -> None:
    assert run.query(
        "select source, medium, campaign, content, click_id, click_id_type "
        "from staging.map_generic__event"
    ) == [("li", "cpc", "Q4", None, "F1", "fbclid")]


@pytest.mark.parametrize(
    "entity",
    ["account", "opportunity", "activity", "consent", "lifecycle_change", "campaign_cost"],
)
def test_two_columns_are_enough(run: Any, entity: str) -> None:
    assert run.query(
        f"select source_system, source_record_id, is_deleted from staging.map_generic__{entity} "
        "where source_system <> 'cmp'"
    ) == [("list", "1", False)]


def test_a_tc_string_is_several_statements(run: Any) -> None:
    """E37: of one raw row the first statement is its own and the others are derived."""
    rows = run.query(
        "select source_record_id, is_derived, purpose, action, lawful_basis, channel, "
        "contact_point_type, policy_version, cast(captured_at as varchar) "
        "from staging.map_generic__consent where source_system = 'cmp'"
    )
    own = {row for row in rows if not row[1]}
    rest = ("web", "cookie", "tcf 4", "2026-01-31 10:00:00")
    assert own == {
        ("1", False, "tcf_1", "grant", "consent", *rest),
        ("2", False, None, "unreadable", None, "web", "cookie", None, None),
    }
    derived = {row[2:5] for row in rows if row[1]}
    assert len(derived) == len(rows) - len(own) == 11
    assert {
        ("tcf_2", "grant", "consent"), ("tcf_4", "deny", None), ("tcf_11", "deny", None),
        ("tcf_4", "grant", "legitimate_interest"), ("tcf_7", "grant", "legitimate_interest"),
    } <= derived  # fmt: skip

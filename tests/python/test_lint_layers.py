"""The lint of layers, names, contracts and source declarations, on small manifests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tools.lint.contract_rules import check_published, check_sources, entity_columns
from tools.lint.layer_rules import check_layers, check_memories, check_names

FOLDERS = {
    "stg_hubspot__contact": "models/staging/hubspot",
    "stg_ga4__event": "models/staging/ga4",
    "map_hubspot__person": "models/staging/hubspot",
    "int_person__records": "models/intake",
    "int_person__checked": "models/intake",
    "int_person__resolved": "models/resolve/identity",
    "person": "models/canonical",
    "sla_scorecard": "models/marts/revops",
    "quarantine": "models/governance",
    "policy_scores": "seeds/policy",
    "ref_country": "seeds/reference",
}


def node(name: str, reads: list[str], folder: str | None = None, **more: Any) -> dict[str, Any]:
    folder = folder or FOLDERS[name]
    seed = folder.startswith("seeds")
    return {
        "name": name,
        "resource_type": "seed" if seed else "model",
        "package_name": "cdm",
        "original_file_path": f"{folder}/{name}.{'csv' if seed else 'sql'}",
        "depends_on": {"nodes": reads},
        "config": {},
        **more,
    }


def manifest(*nodes: dict[str, Any], sources: dict[str, Any] | None = None) -> dict[str, Any]:
    known = {name: node(name, []) for name in FOLDERS} | {n["name"]: n for n in nodes}
    source = {
        "name": "contact",
        "resource_type": "source",
        "package_name": "cdm",
        "original_file_path": "models/staging/hubspot/_hubspot__sources.yml",
    }
    return {
        "metadata": {"project_name": "cdm"},
        "nodes": known,
        "sources": {"source": source} if sources is None else sources,
    }


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("stg_hubspot__contact", "source"),
        ("map_hubspot__person", "stg_hubspot__contact"),
        ("int_person__records", "map_hubspot__person"),
        ("int_person__checked", "int_person__records"),
        ("int_person__resolved", "int_person__checked"),
        ("person", "int_person__resolved"),
        ("sla_scorecard", "person"),
        ("sla_scorecard", "policy_scores"),
        ("quarantine", "int_person__checked"),
    ],
)
def test_the_next_layer_may_be_read(reader: str, read: str) -> None:
    assert check_layers(manifest(node(reader, [read]))) == []


@pytest.mark.parametrize(
    ("reader", "read"),
    [
        ("map_hubspot__person", "source"),
        ("person", "source"),
        ("map_hubspot__person", "stg_ga4__event"),
        ("map_hubspot__person", "policy_scores"),
        ("int_person__records", "stg_hubspot__contact"),
        ("int_person__checked", "map_hubspot__person"),
        ("int_person__resolved", "person"),
        ("person", "stg_hubspot__contact"),
        ("person", "int_person__records"),
        ("person", "sla_scorecard"),
        ("sla_scorecard", "int_person__checked"),
        ("sla_scorecard", "stg_hubspot__contact"),
        ("person", "quarantine"),
        ("sla_scorecard", "quarantine"),
    ],
)
def test_another_layer_may_not(reader: str, read: str) -> None:
    (problem,) = check_layers(manifest(node(reader, [read])))
    assert problem.rule == "layer"
    assert reader in problem.path


def test_a_folder_that_is_no_layer_is_found() -> None:
    (problem,) = check_layers(manifest(node("helper", [], "models/misc")))
    assert "not a layer" in problem.message


def test_a_package_is_not_judged() -> None:
    foreign = node("stg_hubspot__contact", ["person"], package_name="another")
    assert check_layers(manifest(foreign)) == []


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("hubspot_contact", "models/staging/hubspot"),
        ("stg_ga4__contact", "models/staging/hubspot"),
        ("stg_hubspot_contact", "models/staging/hubspot"),
        ("person_checked", "models/intake"),
        ("int_person_resolved", "models/resolve/identity"),
        ("int_person__resolved", "models/canonical"),
        ("Person", "models/canonical"),
        ("scores", "seeds/policy"),
        ("policy_country", "seeds/reference"),
    ],
)
def test_a_wrong_name_is_found(name: str, folder: str) -> None:
    (problem,) = check_names(manifest(node(name, [], folder)))
    assert problem.rule == "name"


def test_right_names_pass() -> None:
    assert check_names(manifest()) == []


def published(**change: Any) -> list[str]:
    column = {"description": "Meaning.", "data_type": "string", "meta": {"pii": "none"}}
    column.update(change.pop("column", {}))
    config = {
        "contract": {"enforced": True},
        "meta": {
            "primary_key": ["person_id"],
            "business_owner": "revenue_operations",
            "steward": "data_team",
            **change.pop("meta", {}),
        },
    }
    config.update(change.pop("config", {}))
    model = node("person", [], columns={"person_id": column}, description="Grain.", config=config)
    model.update({"version": 1, **change})
    judged = {"metadata": {"project_name": "cdm"}, "nodes": {"person": model}, "sources": {}}
    return [problem.message for problem in check_published(judged)]


def test_a_whole_contract_passes() -> None:
    assert published() == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"config": {"contract": {"enforced": False}}}, "no enforced contract"),
        ({"description": ""}, "no description"),
        ({"version": None}, "no version"),
        ({"meta": {"business_owner": None}}, "no config.meta.business_owner"),
        ({"meta": {"steward": None}}, "no config.meta.steward"),
        ({"meta": {"primary_key": []}}, "no config.meta.primary_key"),
        ({"meta": {"primary_key": ["id"]}}, "primary key id is no column"),
        ({"column": {"description": ""}}, "column person_id has no description"),
        ({"column": {"data_type": None}}, "column person_id has no data_type"),
        ({"column": {"meta": {}}}, "column person_id has pii None"),
        ({"column": {"meta": {"pii": "direct"}}}, "column person_id is direct"),
    ],
)
def test_a_gap_in_a_contract_is_found(change: dict[str, Any], message: str) -> None:
    (found,) = published(**change)
    assert found.startswith(message)


ENTITIES = entity_columns(
    "{%- set shapes = {\n 'person': 'email created_at:timestamp\n phone'\n} -%}"
)


def declared(meta: dict[str, Any] | None = None, column: dict[str, Any] | None = None) -> list[str]:
    whole = {
        "data_type": "string",
        "description": "Meaning.",
        "meta": {"pii": "direct", "maps_to": "person.email"},
    }
    source = {
        "name": "contact",
        "package_name": "cdm",
        "original_file_path": "models/staging/hubspot/_hubspot__sources.yml",
        "description": "One contact.",
        "source_meta": {"business_owner": "x", "steward": "y", "refresh_cadence": "daily"},
        "config": {"meta": {"entity": "person", **(meta or {})}},
        "columns": {"email": whole | (column or {})},
    }
    judged = manifest(sources={"source": source})
    return [p.message for p in check_sources(judged, ENTITIES, {"string", "timestamp"})]


def test_the_columns_of_an_entity_are_read() -> None:
    assert {"email", "created_at", "phone", "source_record_id"} <= ENTITIES["person"]
    assert declared() == []


@pytest.mark.parametrize(
    ("meta", "column", "message"),
    [
        ({"entity": "persona"}, {}, "no known entity"),
        ({"steward": None}, {}, "no config.meta.steward"),
        ({}, {"data_type": "text"}, "data_type 'text'"),
        ({}, {"data_type": None}, "data_type None"),
        ({}, {"description": ""}, "no description"),
        ({}, {"data_type": "timestamp"}, "no time_zone is declared"),
        ({}, {"meta": {"maps_to": "person.email"}}, "pii None"),
        ({}, {"meta": {"pii": "none", "maps_to": "person.mail"}}, "person.mail, which does not"),
        ({}, {"meta": {"pii": "none", "maps_to": ["person.email", "x.y"]}}, "x.y, which does not"),
    ],
)
def test_a_gap_in_a_source_is_found(
    meta: dict[str, Any], column: dict[str, Any], message: str
) -> None:
    (found,) = declared(meta, column)
    assert message in found


def kept(name: str, *hooks: str, folder: str | None = None) -> dict[str, Any]:
    config = {"full_refresh": False, "post-hook": [{"sql": hook} for hook in hooks]}
    return node(name, [], folder, config=config)


def test_a_memory_that_forgets_nobody_is_found() -> None:
    (problem,) = check_memories(manifest(kept("int_person__resolved", "{{ note_seen() }}")))
    assert problem.rule == "memory"
    assert "int_person__resolved" in problem.path


def test_memories_that_forget_pass() -> None:
    forgetting = kept("int_person__resolved", "{{ note_seen() }}", "{{ forget_erased({}) }}")
    nameless = kept("quality_history", folder="models/governance/quality")
    assert check_memories(manifest(forgetting, nameless)) == []

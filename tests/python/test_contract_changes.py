"""Change control of the contract: each change is named and classed, and none passes without a step
of the version, a row of the log and its approvals. And the contracts in the open format."""

from __future__ import annotations

import copy
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPO, Run, cdm

from cdm import contract as contracts
from cdm import dictionary, odcs
from cdm.files import CdmError
from cdm.project import Project

BOTH = "marketing_operations;revenue_operations"


def column(**facts: Any) -> dict[str, Any]:
    return {"type": "string", "description": "A word.", "required": False, "pii": "none", **facts}


def agreed() -> contracts.Contract:
    """A contract of a published table and a raw object."""
    person = {
        "description": "Grain: one natural person.",
        "business_owner": "revenue_operations",
        "primary_key": ["person_id"],
        "columns": {
            "person_id": column(required=True, description="Key of the person."),
            "country": column(description="Country of the person by its code of two letters."),
            "size": column(type="int", rules=[{"range": [0, 9]}]),
            "owner_id": column(workflow="routing"),
        },
    }
    contact = {
        "description": "One contact.",
        "business_owner": "revenue_operations",
        "columns": {"id": column(required=True), "mail": column(aliases=["email"])},
    }
    return {"canonical.person": person, "source.crm.contact": contact}


def changed(change: Any) -> contracts.Contract:
    contract = copy.deepcopy(agreed())
    change(contract["canonical.person"]["columns"], contract["source.crm.contact"]["columns"])
    return contract


CHANGES: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "nothing": (lambda p, s: None, []),
    "a column more": (lambda p, s: p.update(city=column()), [("added", "minor")]),
    "a column gone": (lambda p, s: p.pop("owner_id"), [("removed", "major")]),
    "a column renamed": (
        lambda p, s: p.update(land=p.pop("country")),
        [("renamed", "major")],
    ),
    "another type": (lambda p, s: p["size"].update(type="string"), [("retyped", "major")]),
    "a wider type": (lambda p, s: p["size"].update(type="bigint"), [("retyped", "minor")]),
    "may be absent": (lambda p, s: p["person_id"].update(required=False), [("required", "major")]),
    "is always there": (lambda p, s: p["country"].update(required=True), [("required", "minor")]),
    "means something else": (
        lambda p, s: p["country"].update(description="Where the firm pays taxes."),
        [("meaning", "major")],
    ),
    "is said better": (
        lambda p, s: p["country"].update(
            description="Country of the person, by its code of two letters."
        ),
        [("reworded", "patch")],
    ),
    "has another owner": (
        lambda p, s: p["country"].update(business_owner="finance"),
        [("owner", "minor")],
    ),
    "a rule more": (
        lambda p, s: p["country"].update(rules=[{"format": "^[A-Z]{2}$"}]),
        [("narrowed", "major")],
    ),
    "a rule lets in less": (
        lambda p, s: p["size"].update(rules=[{"range": [1, 9]}]),
        [("narrowed", "major")],
    ),
    "a rule lets in more": (
        lambda p, s: p["size"].update(rules=[{"range": [0, None]}]),
        [("widened", "major")],
    ),
    "a rule is only reported": (
        lambda p, s: p["size"]["rules"].append({"unique": True, "severity": "report"}),
        [("narrowed", "patch")],
    ),
    "a rule is explained": (
        lambda p, s: p["size"].update(rules=[{"range": [0, 9], "problem": "it is a digit"}]),
        [("reworded", "patch")],
    ),
    "a value is promised more often": (
        lambda p, s: p["country"].update(min_completeness=0.9),
        [("narrowed", "minor")],
    ),
    "a rule less": (lambda p, s: p["size"].pop("rules"), [("widened", "major")]),
    "is personal now": (lambda p, s: p["country"].update(pii="direct"), [("pii", "major")]),
    "exports may lack it": (lambda p, s: s["id"].update(required=False), [("required", "minor")]),
    "an export needs it": (lambda p, s: s["mail"].update(required=True), [("required", "major")]),
    "an old name is dropped": (lambda p, s: s["mail"].pop("aliases"), [("aliases", "major")]),
    "a name more": (lambda p, s: s["mail"]["aliases"].append("e_mail"), [("aliases", "minor")]),
    "feeds another field": (
        lambda p, s: s["mail"].update(maps_to="person.email"),
        [("mapping", "minor")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_named_and_classed(name: str) -> None:
    change, expected = CHANGES[name]
    found = contracts.compare(agreed(), changed(change))
    assert [(one.kind, one.step) for one in found] == expected


def test_what_breaks_readers_ships_beside_the_old_table() -> None:
    refused = {
        name
        for name, (change, _) in CHANGES.items()
        if list(contracts.beside(contracts.compare(agreed(), changed(change)), agreed(), "2026"))
    }
    assert refused == {
        "a column gone", "a column renamed", "another type", "may be absent",
        "means something else",
    }  # fmt: skip


def test_tables_come_and_go() -> None:
    less = {"canonical.person": agreed()["canonical.person"]}
    assert [c.step for c in contracts.compare(less, agreed())] == ["minor"]
    assert [c.step for c in contracts.compare(agreed(), less)] == ["major"]
    other = copy.deepcopy(agreed())
    other["canonical.person"]["primary_key"] = ["country"]
    assert [c.kind for c in contracts.compare(agreed(), other)] == ["key"]


def test_sales_approve_what_routes_leads() -> None:
    def roles(change: Any) -> set[str]:
        now = changed(change)
        return contracts.needed_approvals(contracts.compare(agreed(), now), now)

    assert roles(lambda p, s: p["country"].update(pii="direct")) == set(BOTH.split(";"))
    routing = roles(lambda p, s: p["owner_id"].update(type="int"))
    assert routing == {*BOTH.split(";"), "sales_operations"}


def log(*versions: tuple[str, contracts.Contract, str]) -> list[dict[str, str]]:
    """Return a log of versions, each with its contract and approvals."""
    rows, before = [], None
    for version, contract, approved in versions:
        changes = contracts.compare(before, contract) if before else []
        rows.append(
            contracts.log_row(
                version, "minor", changes, contract,
                why="because", approved_by=approved, who_must_adapt="nobody",
            )
        )  # fmt: skip
        before = contract
    return rows


def test_a_change_needs_a_step_a_row_and_approvals() -> None:
    old = agreed()
    now = changed(lambda p, s: p["owner_id"].update(rules=[{"format": "^own_"}]))
    base = log(("1.0.0", old, BOTH))
    sales = f"{BOTH};sales_operations"

    def said(rows: list[dict[str, str]], version: str) -> str:
        return "\n".join(contracts.check(now, now, rows, version, (old, base)))

    assert "agreed nowhere" in "\n".join(contracts.check(now, old, base, "1.0.0"))
    assert "another one than that" in said(base, "1.0.0")
    small = base + log(("1.0.0", old, BOTH), ("1.1.0", now, sales))[1:]
    assert "take a major step" in said(small, "1.1.0")
    lonely = base + log(("1.0.0", old, BOTH), ("2.0.0", now, "marketing_operations"))[1:]
    assert "Not approved by: revenue_operations" in said(lonely, "2.0.0")
    good = base + log(("1.0.0", old, BOTH), ("2.0.0", now, sales))[1:]
    assert said(good, "2.0.0") == ""
    assert "says contract_version 1.0.0" in said(good, "1.0.0")
    silent = [*base, {**good[1], "tables": "canonical.event"}]
    assert "says nothing of canonical.person" in said(silent, "2.0.0")
    rewritten = [{**base[0], "why": "another reason"}, good[1]]
    assert "was rewritten" in said(rewritten, "2.0.0")
    hasty = [base[0], {**good[1], "why": " "}]
    assert "lacks why" in said(hasty, "2.0.0")
    back = [base[0], {**good[1], "version": "0.9.0"}]
    assert "does not come after" in said(back, "0.9.0")


def test_a_contract_is_read_from_a_folder_a_file_or_a_manifest(tmp_path: Path) -> None:
    for table, facts in agreed().items():
        (tmp_path / f"{table}.json").write_text(json.dumps(facts))
    assert contracts.read_path(tmp_path) == agreed()
    one = "canonical.person"
    assert contracts.read_path(tmp_path / f"{one}.json") == {one: agreed()[one]}
    node = {
        "name": "person", "alias": "person", "schema": "canonical", "resource_type": "model",
        "package_name": "cdm", "description": "One person.", "version": 1, "config": {},
        "columns": {"person_id": {"data_type": "string", "description": "Key.", "config": {}}},
    }  # fmt: skip
    manifest = {"metadata": {"project_name": "cdm"}, "nodes": {"m": node}, "sources": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    found = contracts.read_path(tmp_path / "manifest.json")
    assert (list(found), list(found[one]["columns"])) == ([one], ["person_id"])
    (tmp_path / "other").write_text("no JSON")
    with pytest.raises(CdmError, match="neither a file of a contract"):
        contracts.read_path(tmp_path / "other")


def test_versions_step() -> None:
    assert contracts.next_version("1.2.3", "major") == "2.0.0"
    assert contracts.next_version("1.2.3", "minor") == "1.3.0"
    assert contracts.next_version("1.2.3", "patch") == "1.2.4"
    assert contracts.step_between("1.9.9", "1.10.0") == "minor"
    assert contracts.step_between("1.10.0", "1.9.9") is None
    with pytest.raises(CdmError):
        contracts.parse_version("1.0")


def test_accepting_writes_files_version_and_log(tmp_path: Path) -> None:
    """A project in git: agree, change the YAML, be refused, agree again, hold it against git."""
    project = tmp_path / "project"
    models = project / "models" / "canonical"
    models.mkdir(parents=True)
    (project / "dbt_project.yml").write_text(
        'name: small\nversion: "1.0"\nprofile: customer_data_model\nmodel-paths: [models]\n'
        'vars:\n  contract_version: "1.0.0"\nmodels: {small: {canonical: {+schema: canonical}}}\n'
        "flags: {send_anonymous_usage_stats: false}\n"
    )
    (project / "macros").mkdir()
    name = "macros/generate_schema_name.sql"
    (project / name).write_text((REPO / name).read_text())
    (models / "person.sql").write_text("select 1 as person_id, 'DE' as country")
    text = (
        "models:\n- name: person\n  description: One natural person.\n  columns:\n"
        "  - {name: person_id, data_type: int, description: Key.}\n"
    )
    country = "  - {name: country, data_type: string, description: Country.}\n"
    (models / "person.yml").write_text(text + country)

    def run(*arguments: str) -> Run:
        return cdm(project, tmp_path / "warehouse", ["contract", *arguments])

    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@t.example"]
        subprocess.run(["git", *identity, *arguments], cwd=project, check=True, capture_output=True)

    assert "There is no contract" in run("check").output
    assert run("accept", "--first", "--why", "the first", "--approved-by", BOTH).rc == 0
    assert run("check").rc == 0
    git("init", "-q")
    git("add", "dbt_project.yml")
    git("commit", "-qm", "before there was a contract")
    git("tag", "v0.9.0")
    assert contracts.last_release(Project(project)) is None
    git("add", "contract")
    git("commit", "-qm", "first")
    git("tag", "v1.0.0")
    assert contracts.last_release(Project(project)) == "v1.0.0"

    (models / "person.yml").write_text(text)
    refused = run("check")
    assert (refused.rc, "person.country: it is gone" in refused.output) == (1, True)
    seen = run("diff")
    assert "BREAKING  canonical.person.country: removed" in seen.output
    assert "a major step, 1.0.0 to 2.0.0" in seen.output
    lonely = run("accept", "--why", "nobody reads it", "--approved-by", "marketing_operations")
    assert (lonely.rc, "revenue_operations" in lonely.output) == (1, True)
    assert run("accept", "--why", "nobody reads it", "--approved-by", BOTH).rc == 0
    assert 'contract_version: "2.0.0"' in (project / "dbt_project.yml").read_text()
    assert "Nothing has changed." in run("diff").output
    assert "removed" in run("diff", "HEAD").output
    one = project / "contract" / "canonical.person.json"
    assert "Nothing has changed." in run("diff", str(one)).output
    rows = contracts.logged(Project(project))
    assert [(row["version"], row["step"]) for row in rows] == [
        ("1.0.0", "major"),
        ("2.0.0", "major"),
    ]

    # It is agreed, and still breaks readers of the release; a second version beside it does not.
    broken = run("check")
    assert (broken.rc, "give its model a new version beside it" in broken.output) == (1, True)
    git("checkout", "-q", "HEAD", "--", "contract", "dbt_project.yml")
    versions = (
        "  latest_version: 1\n  versions:\n  - {v: 1, defined_in: person, "
        "deprecation_date: 2027-06-30}\n"
        "  - {v: 2, columns: [{include: all, exclude: [country]}]}\n"
    )
    both = text.replace("  columns:", f"{versions}  columns:") + country
    (models / "person.yml").write_text(both)
    (models / "person_v2.sql").write_text("select 1 as person_id")
    alias = "macros/generate_alias_name.sql"
    (project / alias).write_text((REPO / alias).read_text())
    seen = run("diff")
    for said in (
        "minor     canonical.person_v2: added: it is version 2 of canonical.person",
        "minor     canonical.person: deprecated: it goes on 2027-06-30",
    ):
        assert said in seen.output
    assert "canonical.person_v2 beside canonical.person:\n  country: removed" in seen.output
    assert "BREAKING" not in seen.output
    assert "agreed nowhere" in run("check").output
    assert run("accept", "--why", "countries move", "--approved-by", BOTH).rc == 0
    good = run("check")
    assert (good.rc, "version 1.1.0, and holds what v1.0.0 promised" in good.output) == (0, True)


# The open format


@pytest.fixture(scope="module")
def manifest(demo_build: Run) -> dict[str, Any]:
    """The manifest of the demo's build."""
    return json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))


def test_each_published_table_is_a_contract(manifest: dict[str, Any], tmp_path: Path) -> None:
    paths = odcs.write_contracts(manifest, tmp_path, "1.0.0", Path("cdm.duckdb"))
    documents = {path.name: yaml.safe_load(path.read_text()) for path in paths}
    assert len(documents) > 20
    deal = documents["canonical.opportunity.odcs.yaml"]
    assert (deal["apiVersion"], deal["kind"], deal["version"]) == (
        "v3.1.0",
        "DataContract",
        "1.0.0",
    )
    [table] = deal["schema"]
    fields = {one["name"]: one for one in table["properties"]}
    assert fields["opportunity_id"]["primaryKey"] and fields["opportunity_id"]["required"]
    assert fields["probability"]["logicalTypeOptions"] == {"minimum": 0, "maximum": 1}
    assert fields["amount"]["physicalType"] == "DECIMAL(18,2)"
    assert deal["team"]["name"] == "sales_operations"
    assert not [f for d in documents.values() for f in d["schema"][0]["properties"]
                if not f["description"]]  # fmt: skip
    again = odcs.write_contracts(manifest, tmp_path / "again", "1.0.0", Path("cdm.duckdb"))
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]


def test_the_dictionary_has_each_published_column_and_runs_nothing(
    manifest: dict[str, Any], tmp_path: Path
) -> None:
    page = dictionary.write_dictionary(manifest, tmp_path, "1.0.0").read_text(encoding="utf-8")
    published = {
        name: about
        for name, about in contracts.read_contract(manifest).items()
        if not name.startswith("source.")
    }
    for name, about in published.items():
        assert page.count(f'<h2 id="{name}">') == page.count(f'href="#{name}"') == 1
        _, _, section = page.partition(f'<h2 id="{name}">')
        table = section.partition("</table>")[0]
        assert [c for c in about["columns"] if f"<td><code>{c}</code>" not in table] == []
    assert "at least 0 and at most 1" in page
    assert "<script" not in page and "default-src 'none'" in page
    odd = {"marts.x": {**agreed()["canonical.person"], "description": "<b>bold</b>"}}
    assert "&lt;b&gt;bold" in dictionary.render(odd, "1.0.0")
    with pytest.raises(CdmError, match="publishes no table"):
        dictionary.render({"source.crm.contact": agreed()["source.crm.contact"]}, "1.0.0")


def test_what_a_change_reaches_is_named(manifest: dict[str, Any]) -> None:
    names = contracts.reached(manifest, {"canonical.event"})
    assert "source ga4.event" in names
    assert "model person_timeline" in names
    assert not [name for name in names if ".stg_" in name or "map_" in name]
    assert "exposure weekly_pack" in contracts.reached(manifest, {"marts.sla_scorecard"})

"""A copy of the project whose YAML is edited as its owners would: rules made strict hold exactly
the rows that break them, a waiver lets some in for a while, a column that an export renames is
named in the same run, and a table's second version stands beside the first."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from conftest import REPO, Run, cdm

from cdm import contract as contracts
from cdm import odcs
from cdm.publish import stored_relations, write_published
from cdm.records import table_of

NOT_COPIED = [".*", "demo", "dbt_packages", "logs", "python", "target", "warehouse"]
# Firms 4 to 8 have more than a thousand people: they score otherwise and go to another queue.
FIRMS = [(str(n), f"Firm {n}", f"firm{n}.example", str(300 * n)) for n in range(1, 9)]
BUILT = (
    "+quality_alert +contract_waiver +quarantine_case +routing_decision +lead_score +lead_object"
)
# A deal that breaks one rule each, with the reason that holds it.
DEALS: dict[str, tuple[dict[str, str], str | None]] = {
    "whole": ({}, None),
    "required": ({"amount": ""}, "opportunity.amount.missing"),
    "range": ({"probability": "1.5"}, "opportunity.probability.out_of_range"),
    "format": ({"pipeline": "no pipeline!"}, "opportunity.pipeline.malformed"),
    "allowed": ({"type": "gift"}, "opportunity.type.not_allowed"),
    "reference": ({"account_record_id": "99"}, "opportunity.account_record_id.unknown"),
    "conditional": ({"is_closed": "true", "closed_at": ""}, "opportunity.closed_at.missing"),
    "unique": ({"campaign_record_id": "same"}, "opportunity.campaign_record_id.not_unique"),
    "unique too": ({"campaign_record_id": "same"}, "opportunity.campaign_record_id.not_unique"),
    "of the export": ({"stage": "Strange"}, "opportunity.stage.odd"),
}
EDITS = {
    "pipeline": "{format: '^[a-z ]+$', severity: reject, published: false}",
    "type": "{allowed_values: [new, renewal], severity: reject}",
    "primary_campaign_id": "{unique: true, severity: reject}",
}
RAW_STAGE = "maps_to: opportunity.stage, pii: none"  # as the connector declares it
RAW_RULE = ", rules: [{allowed_values: [Open], severity: reject, name: odd}]"
WAIVED = "opportunity.type.not_allowed"
WAIVER = f"{WAIVED},generic.opportunity,2026-07-02,2026-07-03,finance,Gifts are renamed in July\n"
VERSIONS = """    latest_version: 1
    versions:
      - v: 1
        defined_in: lead_object
        deprecation_date: 2027-06-30
      - v: 2
        columns:
          - include: all
            exclude: [company]
          - name: account_name
            data_type: string
            description: Name of the account. Absent without one.
            config: {meta: {pii: none, workflow: routing, source_of_truth: policy_survivorship}}
"""


def write(path: Path, rows: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def make_strict(path: Path) -> None:
    """Let all rules of the deal reject, and give columns without a rule one each."""
    text = path.read_text(encoding="utf-8").replace("severity: report", "severity: reject")
    text = re.sub(r"\{range: (\[[^]]*\]),", r"{range: \1, severity: reject,", text)
    for column, rule in EDITS.items():
        extra = ", intake_field: campaign_record_id" if column == "primary_campaign_id" else ""
        text, count = re.subn(
            rf"(- name: {column}\n(?:(?!      - name).*\n)*?.*config: \{{meta: \{{[^\n]*?)\}}\}}\n",
            rf"\1{extra}, rules: [{rule}]}}}}\n",
            text,
            count=1,
        )
        assert count == 1, column
    path.write_text(text, encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    """Put one text of a file in the place of another."""
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_second_version(folder: Path) -> None:
    """Give the flat lead object a second version, in which a column has another name."""
    described = folder / "lead_object.yml"
    text = described.read_text(encoding="utf-8")
    text, count = re.subn(r"    latest_version: 1\n    versions: .*\n", VERSIONS, text)
    assert count == 1
    described.write_text(text, encoding="utf-8")
    names = [n for n in re.findall(r"^      - name: (\w+)", text, re.M) if n != "company"]
    listed = ",\n    ".join([*names, "company as account_name"])
    (folder / "lead_object_v2.sql").write_text(
        f"-- Grain: one person with a lifecycle.\nselect\n    {listed}\n"
        "from {{ ref('lead_object', v=1) }}\n",
        encoding="utf-8",
    )


def add_alias(sources: Path) -> None:
    """Let the column `employees` be read under the name that the export gives it now."""
    text = sources.read_text(encoding="utf-8")
    text, count = re.subn(
        r"(- name: employees\n(?:(?!          - name).*\n)*?.*maps_to: account\.employees.*?)\}\}",
        lambda match: (
            re.sub(r"aliases: \[", "aliases: [workers_total, ", match[0])
            if "aliases: [" in match[0]
            else match[1] + ", aliases: [workers_total]}}"
        ),
        text,
        count=1,
        flags=re.S,
    )
    assert count == 1
    sources.write_text(text, encoding="utf-8")


def write_exports(exports: Path, size: str) -> None:
    """Write firms with their size in a column of this name, a lead of each, and the deals."""
    firms = [
        {"source_system": "crm", "source_record_id": i, "name": n, "domain": d, size: e}
        for i, n, d, e in FIRMS
    ]
    leads = [
        {
            "source_system": "crm", "source_record_id": f"lead{i}", "email": f"ann{i}@{domain}",
            "first_name": f"Ann{i}", "last_name": name.replace(" ", ""), "country": "SE",
            "job_title": "Head of Logistics", "company_record_id": i,
            "created_at": "2026-06-01T08:00:00Z",
        }
        for i, name, domain, _ in FIRMS
    ]  # fmt: skip
    qualified = [
        {
            "source_system": "crm", "source_record_id": f"mql{i}", "subject_type": "person",
            "subject_record_id": f"lead{i}", "to_stage": "MQL",
            "changed_at": "2026-06-22T09:00:00Z", "asserted_by": "sales",
        }
        for i, *_ in FIRMS
    ]  # fmt: skip
    whole = {
        "source_system": "crm", "account_record_id": "1", "pipeline": "sales", "stage": "Open",
        "amount": "10", "currency": "EUR", "probability": "0.5", "type": "new",
        "campaign_record_id": "", "is_closed": "false", "closed_at": "",
    }  # fmt: skip
    deals = [{"source_record_id": name, **whole, **values} for name, (values, _) in DEALS.items()]
    write(exports / "account.csv", firms)
    write(exports / "person.csv", leads)
    write(exports / "lifecycle_change.csv", qualified)
    write(exports / "opportunity.csv", deals)


QUERIES = {
    "sizes": "select name, employee_count from canonical.account order by name",
    "scores": "select person_id, judged_at, fit_score from canonical.score_history order by all",
    "grades": "select person_id, fit_score, needs_review from marts.lead_score order by all",
    "routes": "select handoff_id, rule_id, queue_id, owner_id from canonical.routing_decision "
    "where is_decision order by all",
    "alerts": "select kind, object_name, column_name, business_owner from governance.quality_alert",
    "deals": "select source_record_id, disposition, reason_codes "
    "from intake.int_opportunity__checked",
    "waivers": "select status, finding_count from governance.contract_waiver "
    f"where rule_id = '{WAIVED}'",
    "cases": f"select status from governance.quarantine_case where reason_codes = '{WAIVED}'",
    "hits": "select hit_count, held_count, waived_count from governance.rule_result "
    f"where rule_id = '{WAIVED}'",
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Three builds of a small company: as it is; on the day of a waiver, with a renamed column; and
    after it, with the column's alias. For each its run and the answers to QUERIES. Last one with
    rules that nothing would check."""
    project = tmp_path_factory.mktemp("strict") / "project"
    shutil.copytree(REPO, project, ignore=shutil.ignore_patterns(*NOT_COPIED))
    make_strict(project / "models" / "canonical" / "opportunity.yml")
    sources = project / "models" / "staging" / "generic" / "_generic__sources.yml"
    edit(sources, RAW_STAGE, RAW_STAGE + RAW_RULE)
    [described] = project.rglob("models/**/lead_object.yml")
    add_second_version(described.parent)
    with (project / "seeds" / "policy" / "policy_waiver.csv").open("a", encoding="utf-8") as file:
        file.write(WAIVER)

    found: dict[str, Any] = {"project": project}
    for step, day, column in (
        ("first", "01", "employees"),
        ("renamed", "02", "workers_total"),
        ("aliased", "03", "workers_total"),
    ):
        write_exports(project / "exports" / "generic", column)
        if step == "aliased":
            add_alias(sources)
        arguments = ["build", "--no-publish", "--select", BUILT]
        run = cdm(
            project,
            project.parent / "warehouse",
            [*arguments, "--exclude", "resource_type:test resource_type:unit_test"],
            CDM_EXPORTS=str(project / "exports"),
            CDM_CONNECTORS="generic",
            CDM_AS_OF=f"2026-07-{day}T00:00:00",
        ).check()
        found[step] = run
        found |= {f"{step} {name}": run.query(sql) for name, sql in QUERIES.items()}

    # On a table made of no entity of intake; on a raw column that feeds no field; and one that has
    # to look at all rows where intake looks only at new ones.
    [described] = project.rglob("models/**/lead_score.yml")
    edit(described, "meta: {pii: none,", "meta: {rules: [{required: true}], pii: none,")
    edit(
        sources, "maps_to: opportunity.pipeline, pii: none", "pii: none, rules: [{required: true}]"
    )
    events = project / "models" / "canonical" / "event.yml"
    edit(
        events,
        "Absent when the vendor has no sessions.\n        config: {meta: {pii: indirect,",
        "Absent when the vendor has no sessions.\n        config: {meta: {rules: [{unique: true}], "
        "pii: indirect,",
    )
    found["unchecked"] = cdm(
        project,
        project.parent / "warehouse",
        ["build", "--no-publish", "--select", "contract_rule int_event__checked"],
        CDM_EXPORTS=str(project / "exports"),
        CDM_CONNECTORS="generic",
    )
    return found


def test_exactly_the_rows_that_break_a_rule_are_held(runs: dict[str, Any]) -> None:
    assert {name: (place, reason) for name, place, reason in runs["first deals"]} == {
        name: ("quarantined" if reason else "accepted", reason)
        for name, (_, reason) in DEALS.items()
    }


def test_a_waiver_lets_rows_in_on_its_days_and_is_counted(runs: dict[str, Any]) -> None:
    """The row of the waived rule comes in, its reason noted; all others stay where they were."""
    before, during, after = (
        {name: tuple(rest) for name, *rest in runs[f"{step} deals"]}
        for step in ("first", "renamed", "aliased")
    )
    assert during == before | {"allowed": ("accepted", WAIVED)}
    assert after == before
    assert [runs[f"{step} waivers"] for step in ("first", "renamed", "aliased")] == [
        [("not_yet", 0)], [("in_force", 1)], [("ended", 0)],
    ]  # fmt: skip
    assert [runs[f"{step} hits"] for step in ("first", "renamed", "aliased")] == [
        [(1, 1, 0)], [(1, 0, 1)], [(1, 1, 0)],
    ]  # fmt: skip
    assert [runs[f"{step} cases"] for step in ("first", "renamed", "aliased")] == [
        [("open",)], [("waived",)], [("open",)],
    ]  # fmt: skip
    assert "8 waivers in force" in runs["renamed"].output


def test_a_rule_without_a_check_stops_the_build(runs: dict[str, Any]) -> None:
    assert runs["unchecked"].rc == 1
    output = " ".join(runs["unchecked"].output.split())
    assert "lead_score." in output and "and nothing checks it" in output
    assert "generic.opportunity.pipeline declares" in output
    assert "event.session_key declares a rule unique" in output


def test_a_renamed_column_is_named_in_the_same_run(runs: dict[str, Any]) -> None:
    found = {(kind, table, column) for kind, table, column, _ in runs["renamed alerts"]}
    assert ("column_missing", "generic.account", "employees") in found
    assert ("column_new", "generic.account", "workers_total") in found
    assert all(owner for *_, owner in runs["renamed alerts"])
    assert "generic.account employees: the export no longer has this column" in (
        runs["renamed"].output
    )
    assert "add that to the aliases" in runs["renamed"].output
    first = {kind for kind, *_ in runs["first alerts"]}
    # There is nothing to drift from, and few people to be in a segment.
    assert first <= {"unknown_value", "incomplete", "segment_empty"}


def test_nothing_has_changed_once_the_alias_is_there(runs: dict[str, Any]) -> None:
    """Sizes are gone without the column and back with its alias. Scores and routes go by the size
    that was said last and do not change at all."""
    assert len([size for _, size in runs["first sizes"] if size]) == len(FIRMS)
    assert runs["renamed sizes"] != runs["first sizes"]
    for name in ("sizes", "scores", "grades", "routes"):
        assert len(runs[f"first {name}"]) == len(FIRMS), name
        assert runs[f"aliased {name}"] == runs[f"first {name}"], name
        assert name == "sizes" or runs[f"renamed {name}"] == runs[f"first {name}"], name
    assert {"segment_large", "everybody"} <= {rule for _, rule, *_ in runs["first routes"]}
    kinds = {kind for kind, *_ in runs["aliased alerts"]}
    assert "column_missing" not in kinds


def test_two_versions_of_a_table_stand_beside_each_other(
    runs: dict[str, Any], demo_build: Run, tmp_path: Path
) -> None:
    """The first version keeps its name and shape and says until when; the second has a name of its
    own. The contract takes that as a small step, and the same change in its place as a break."""
    warehouse = runs["aliased"].warehouse
    manifest = json.loads(warehouse.manifest.read_text(encoding="utf-8"))
    built = stored_relations(warehouse.state)
    manifest["nodes"] = {
        name: node for name, node in manifest["nodes"].items() if table_of(node) in built
    }
    published = tmp_path / "cdm.duckdb"
    write_published(warehouse.state, published, manifest)
    with duckdb.connect(str(published), read_only=True) as connection:
        said = dict(
            connection.execute(
                "select table_name, comment from duckdb_tables() "
                "where table_name like 'lead_object%'"
            ).fetchall()
        )
        same = (
            "select count(*) from marts.lead_object as old "
            "join marts.lead_object_v2 as new using (person_id) "
            "where old.company = new.account_name"
        )
        assert connection.execute(same).fetchall() == [(len(FIRMS),)]
    assert "it goes on 2027-06-30. Read marts.lead_object_v2 instead." in said["lead_object"]
    assert "Deprecated" not in said["lead_object_v2"]

    before = contracts.read_contract(
        json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))
    )
    now = contracts.read_contract(manifest)
    tables = ("marts.lead_object", "marts.lead_object_v2")
    old = {name: before[name] for name in tables if name in before}
    beside = {name: now[name] for name in tables}
    changes = contracts.compare(old, beside)
    assert [(one.table, one.kind, one.step) for one in changes] == [
        ("marts.lead_object", "deprecated", "minor"),
        ("marts.lead_object_v2", "added", "minor"),
    ]
    assert list(contracts.beside(changes, old, "2026-07-03")) == []
    broken = {"marts.lead_object": now["marts.lead_object_v2"]}
    [wrong] = contracts.beside(contracts.compare(old, broken), old, "2026-07-03")
    assert "marts.lead_object.company: it is called account_name now" in wrong
    early, late = (
        list(contracts.beside(contracts.compare(beside, {}), beside, day))
        for day in ("2027-06-29", "2027-06-30")
    )
    assert "marts.lead_object is gone: not before 2027-06-30." in early
    assert "marts.lead_object is gone: not before 2027-06-30." not in late
    [path] = odcs.write_contracts(
        {"nodes": {"v1": manifest["nodes"]["model.customer_data_model.lead_object.v1"]}},
        tmp_path, "1.0.0", published,
    )  # fmt: skip
    assert "status: deprecated" in path.read_text(encoding="utf-8")

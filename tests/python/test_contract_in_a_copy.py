"""A copy of the project whose YAML is edited as its owners would: rules made strict hold exactly
the rows that break them, and a column that an export renames is named in the same run."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import REPO, Run, cdm

NOT_COPIED = [".*", "demo", "dbt_packages", "logs", "python", "target", "warehouse"]
FIRMS = [(str(n), f"Firm {n}", f"firm{n}.example", str(100 * n)) for n in range(1, 9)]
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
}
EDITS = {
    "pipeline": "{format: '^[a-z ]+$', severity: reject, published: false}",
    "type": "{allowed_values: [new, renewal], severity: reject}",
    "primary_campaign_id": "{unique: true, severity: reject}",
}


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


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Three builds of a small company: as it is, with a renamed column, and with its alias."""
    project = tmp_path_factory.mktemp("strict") / "project"
    shutil.copytree(REPO, project, ignore=shutil.ignore_patterns(*NOT_COPIED))
    make_strict(project / "models" / "canonical" / "opportunity.yml")
    exports, warehouse = project / "exports" / "generic", project.parent / "warehouse"

    def firms(size: str) -> None:
        write(
            exports / "account.csv",
            [
                {"source_system": "crm", "source_record_id": i, "name": n, "domain": d, size: e}
                for i, n, d, e in FIRMS
            ],
        )

    whole = {
        "source_system": "crm", "account_record_id": "1", "pipeline": "sales", "stage": "Open",
        "amount": "10", "currency": "EUR", "probability": "0.5", "type": "new",
        "campaign_record_id": "", "is_closed": "false", "closed_at": "",
    }  # fmt: skip
    write(
        exports / "opportunity.csv",
        [{"source_record_id": name, **whole, **values} for name, (values, _) in DEALS.items()],
    )

    def run(day: str) -> Run:
        return cdm(
            project,
            warehouse,
            ["build", "--no-publish", "--exclude", "resource_type:test resource_type:unit_test"],
            CDM_EXPORTS=str(project / "exports"),
            CDM_CONNECTORS="generic",
            CDM_AS_OF=f"2026-07-{day}T00:00:00",
        ).check()

    sizes = "select name, employee_count from canonical.account order by name"
    alerts = "select kind, object_name, column_name, business_owner from governance.quality_alert"
    found: dict[str, Any] = {}
    for step, day, column in (("first", "01", "employees"), ("renamed", "02", "workers_total")):
        firms(column)
        found[step] = run(day)
        found[f"{step} sizes"] = found[step].query(sizes)
        found[f"{step} alerts"] = found[step].query(alerts)
    found["deals"] = found["first"].query(
        "select source_record_id, disposition, reason_codes from intake.int_opportunity__checked"
    )
    sources = project / "models" / "staging" / "generic" / "_generic__sources.yml"
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
    found["aliased"] = run("03")
    found["aliased sizes"] = found["aliased"].query(sizes)
    found["aliased alerts"] = found["aliased"].query(alerts)
    return found


def test_exactly_the_rows_that_break_a_rule_are_held(runs: dict[str, Any]) -> None:
    assert {name: (place, reason) for name, place, reason in runs["deals"]} == {
        name: ("quarantined" if reason else "accepted", reason)
        for name, (_, reason) in DEALS.items()
    }


def test_a_renamed_column_is_named_in_the_same_run(runs: dict[str, Any]) -> None:
    found = {(kind, table, column) for kind, table, column, _ in runs["renamed alerts"]}
    assert ("column_missing", "generic.account", "employees") in found
    assert ("column_new", "generic.account", "workers_total") in found
    assert all(owner for *_, owner in runs["renamed alerts"])
    assert "generic.account employees: the export no longer has this column" in (
        runs["renamed"].output
    )
    assert "add that to the aliases" in runs["renamed"].output
    assert {kind for kind, *_ in runs["first alerts"]} <= {"unknown_value"}  # nothing to drift from


def test_nothing_has_changed_once_the_alias_is_there(runs: dict[str, Any]) -> None:
    assert len([size for _, size in runs["first sizes"] if size]) == len(FIRMS)
    assert runs["renamed sizes"] != runs["first sizes"]
    assert runs["aliased sizes"] == runs["first sizes"]
    kinds = {kind for kind, *_ in runs["aliased alerts"]}
    assert "column_missing" not in kinds

"""`cdm subject-access` finds what is held about a person in all layers, and nobody else's data."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from conftest import REPO, Run, cdm

from cdm.database import CONFIG
from cdm.erasure import State
from cdm.subject_access import record_columns, rows_about


@pytest.mark.demo
def test_all_layers_answer_for_the_one_person(demo_build: Run, tmp_path: Path) -> None:
    [(person, email, record)] = demo_build.query(
        """
        select pii.person_id, pii.email, max(xref.source_record_id)
        from vault.person_pii as pii
        inner join canonical.person_xref as xref on pii.person_id = xref.person_id
        inner join canonical.consent_event as consents on pii.person_id = consents.person_id
        inner join canonical.event as events on pii.person_id = events.person_id
        inner join canonical.opportunity_contact_role as roles on pii.person_id = roles.person_id
        where xref.source_system = 'hubspot'
        group by pii.person_id, pii.email
        order by pii.person_id
        limit 1
        """
    )
    target = tmp_path / "held.json"
    run = cdm(
        REPO,
        demo_build.warehouse.root,
        ["subject-access", "-i", email.upper(), "-o", str(target)],
    )
    assert run.rc == 0, run.output
    assert target.stat().st_mode & 0o077 == 0
    held = json.loads(target.read_text())
    assert held["person_ids"] == [person]
    tables = held["tables"]
    assert {name.partition(".")[0] for name in tables} >= {
        "staging", "intake", "resolve", "vault", "canonical", "marts",
    }
    assert [row["id"] for row in tables["staging.stg_hubspot__contact"]] == [record]
    assert tables["vault.person_pii"][0]["email"] == email
    for table in ("consent_event", "event", "opportunity_contact_role", "person", "person_xref"):
        rows = tables[f"canonical.{table}"]
        assert len(rows) == demo_build.value(
            f"select count(*) from canonical.{table} where person_id = '{person}'"
        )
    others = demo_build.query(
        f"select email from vault.person_pii where person_id <> '{person}' and email is not null"
    )
    text = target.read_text()
    assert not [other for (other,) in others if other in text]


def test_a_record_is_found_where_it_is_declared_and_an_address_in_any_text(tmp_path: Path) -> None:
    """A number that is somebody's record here is a firm's or another system's there."""
    targets = {
        "source_system": "lifecycle_change.source_system",
        "subject_type": "lifecycle_change.subject_type",
        "subject_record_id": "lifecycle_change.subject_record_id",
        "company_id": "person.company_record_id",
    }
    columns = {name: {"config": {"meta": {"maps_to": to}}} for name, to in targets.items()}
    declared = {"sources": {"a": {"source_name": "generic", "name": "change", "columns": columns}}}
    [(table, records)] = record_columns(declared).items()
    path = tmp_path / "cdm.duckdb"
    names = ["source_system", "subject_type", "subject_record_id", "company_id", "_unparsable"]
    rows = [
        ("crm", "person", "7", None, None),
        ("crm", None, "7", None, None),
        ("crm", "Account", "7", None, None),
        ("shop", "person", "7", None, None),
        ("crm", "person", "8", "7", None),
        (None, None, None, None, "9,Ann,<ANN@acme.example>;x"),
        (None, None, None, None, "9,Joann,joann@acme.example"),
    ]
    with duckdb.connect(str(path), config=CONFIG) as connection:
        connection.execute("create schema staging")
        listed = ", ".join(f"{name} varchar" for name in names)
        connection.execute(f"create table {table} ({listed})")
        connection.executemany(f"insert into {table} values (?, ?, ?, ?, ?)", rows)
    with State(path) as state:
        found = rows_about(state, table, names, records, ["ann@acme.example", "crm:7"])
    assert sorted(rows.index(tuple(row[name] for name in names)) for row in found) == [0, 1, 5]


@pytest.mark.demo
def test_nobody_and_several_are_refused(demo_build: Run, tmp_path: Path) -> None:
    for identifier, said in (
        ("nobody@nowhere.example", "Nothing is held"),
        ("test@test.com", "several people"),
    ):
        run = cdm(
            REPO,
            demo_build.warehouse.root,
            ["subject-access", "-i", identifier, "-o", str(tmp_path / "x.json")],
        )
        assert run.rc == 1
        assert said in run.output
    assert not (tmp_path / "x.json").exists()

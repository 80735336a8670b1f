"""The vault's file: what stands in it and nowhere else, and what its key protects."""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import json
import os
import re
from pathlib import Path

import duckdb
import pytest
from absence import Needles, found_in_tables, found_in_texts
from conftest import DEMO_EXPORTS, REPO, Mini, Run, cdm, environment

from cdm import database, erasure, files
from cdm.files import CdmError, Warehouse, vault_of
from cdm.project import Project, run_dbt
from cdm.publish import PUBLISHED_SCHEMAS
from cdm.rotate import Renamed, kept_tables, rename_in_policies

KEY = "it's a key of \"words\""
can_encrypt = pytest.mark.skipif(
    importlib.util.find_spec("duckdb_extension_httpfs") is None
    or duckdb.__version__ != "1.5.5",
    reason="the extension that encrypts is there for DuckDB 1.5.5 (the extra vault)",
)


def digests(warehouse: Warehouse) -> list[str]:
    """Return a hash of the bytes of both files of the state."""
    return [hashlib.sha256(p.read_bytes()).hexdigest() for p in files.pair(warehouse.state)]


def schemas_of(file: Path) -> set[str]:
    """Return the schemas of a DuckDB file that hold anything."""
    with duckdb.connect(str(file), read_only=True) as connection:
        sql = "select distinct table_schema from information_schema.tables"
        return {schema for (schema,) in connection.execute(sql).fetchall()}


@pytest.mark.demo
def test_each_schema_stands_in_its_file(demo_build: Run) -> None:
    """By dbt's description of the project and by what is in the files."""
    warehouse = demo_build.warehouse
    nodes = json.loads(warehouse.manifest.read_text(encoding="utf-8"))["nodes"].values()
    places: dict[str, set[str]] = {}
    for node in nodes:
        if node["resource_type"] in ("model", "seed"):
            places.setdefault(node["database"], set()).add(node["schema"])
    vault = set(database.VAULT_SCHEMAS)
    public = {*PUBLISHED_SCHEMAS, "policy", "reference"}
    assert places == {"cdm": public, database.VAULT: vault}
    assert schemas_of(warehouse.state) == public
    assert schemas_of(vault_of(warehouse.state)) == vault
    assert schemas_of(warehouse.published) == set(PUBLISHED_SCHEMAS)


ADDRESS = re.compile(r"[^\s\"',;:=&|<>(){}\[\]/?\\]+@[^\s\"',;:=&|<>(){}\[\]/?\\]+\.\w+")


def everybody_in(demo_build: Run) -> Needles:
    """Return what names anybody in the demo's exports: every address in any file, and the numbers
    and names of all records."""
    words = {
        address.lower()
        for path in DEMO_EXPORTS.rglob("*")
        if path.suffix in (".csv", ".json", ".ndjson")
        for address in ADDRESS.findall(path.read_text(encoding="utf-8", errors="replace"))
    }
    phones = demo_build.query(
        "select distinct trim(phone) from intake.int_person__checked where phone is not null "
        "union select distinct phone from vault.person_pii where phone is not null"
    )
    words |= {phone for (phone,) in phones if len(re.sub("[^0-9]", "", phone)) > 8}
    names = demo_build.query(
        "select distinct nfc_normalize(lower(trim(first_name))), "
        "nfc_normalize(lower(trim(last_name))) from intake.int_person__checked "
        "where length(trim(first_name)) > 1 and length(trim(last_name)) > 1"
    )
    words -= {
        value
        for (value,) in demo_build.query("select value from policy.policy_blocked_identifier")
    }
    return Needles(words, {name for name in names if all(name) and " " not in "".join(name)})


@pytest.mark.demo
def test_nobody_in_the_exports_is_named_outside_the_vault(
    demo_build: Run, session_folder: Path
) -> None:
    """No table of the file beside the vault's or of the published one, no log and no record of a
    run holds an address, a number or a name of anybody. A placeholder such as test@test.com, which
    the policy of blocked identifiers lists, is nobody's."""
    needles, warehouse = everybody_in(demo_build), demo_build.warehouse
    assert len(needles.words) > 500 and len(needles.names) > 300
    clear = demo_build.query("select cast(to_json(t) as varchar) from vault.person_pii as t")
    assert sum(bool(needles.in_text(row)) for (row,) in clear) > 400, "the search finds nobody"
    assert found_in_tables(warehouse.published, needles) == {}
    same = tuple(f'"cdm"."{schema}"' for schema in PUBLISHED_SCHEMAS)  # the tables just looked at
    assert found_in_tables(warehouse.state, needles, ('"cdm_vault"', *same)) == {}
    folders = [warehouse.root, *session_folder.glob("current-*")]
    assert len([path for folder in folders for path in folder.rglob("*")]) > 100
    assert found_in_texts(folders, needles) == {}


READERS = {
    "staging": [], "intake": [], "resolve": [],
    "canonical": ["everybody"], "marts": ["everybody"], "governance": ["everybody"],
    "policy": ["everybody"], "reference": ["everybody"],
    "vault": ["privacy"],
}  # fmt: skip


def test_each_schema_is_granted_to_its_roles_alone(tmp_path: Path) -> None:
    """The grants as dbt config: what a warehouse with roles is given, for every model and seed."""
    with environment(
        CDM_READERS="everybody",
        CDM_MASKED_READERS="support  desk",
        CDM_VAULT_READERS="privacy",
        CDM_WAREHOUSE=str(tmp_path / "warehouse"),
        DBT_TARGET_PATH=str(tmp_path / "target"),
        DBT_LOG_PATH=str(tmp_path / "logs"),
    ):
        assert run_dbt(Project(REPO), ["parse", "--no-partial-parse"]).success
    manifest = json.loads((tmp_path / "target" / "manifest.json").read_text(encoding="utf-8"))
    nodes = [n for n in manifest["nodes"].values() if n["resource_type"] in ("model", "seed")]
    wrong = {
        node["name"]: node["config"].get("grants")
        for node in nodes
        if node["name"] != "person_masked"
        and node["config"].get("grants") != {"select": READERS[node["schema"]]}
    }
    assert wrong == {}
    [masked] = [node for node in nodes if node["name"] == "person_masked"]
    assert masked["config"]["grants"] == {"select": ["support", "desk"]}
    assert masked["schema"] == "vault"


def test_without_a_key_only_its_owner_can_read_it(mini: Mini) -> None:
    state = Warehouse(mini.warehouse).state
    assert vault_of(state).stat().st_mode & 0o777 == 0o600
    assert state.parent.stat().st_mode & 0o777 == 0o700
    assert not database.is_encrypted(vault_of(state))
    assert schemas_of(vault_of(state)) == {"staging", "vault"}


@can_encrypt
def test_a_key_given_later_encrypts_what_was_there(mini: Mini) -> None:
    """And from then on nothing is read without it, nor with another one."""
    warehouse = Warehouse(mini.warehouse)
    needles = [f"person{n}@example.org".encode() for n in range(50)]
    with database.open_warehouse(warehouse.state) as connection:  # so that texts stand as they are
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute("create or replace table vault.person_pii as from vault.person_pii")
    assert any(needle in vault_of(warehouse.state).read_bytes() for needle in needles)
    erasure.database.write_held(warehouse.root / "erasure", ("email",), [{"email": "a@b.example"}])
    run = mini.cdm("build", CDM_VAULT_KEY=KEY).check()
    assert database.is_encrypted(vault_of(warehouse.state))
    assert database.is_encrypted(warehouse.root / "erasure" / database.HELD_FILE)
    for path in (path for path in warehouse.root.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert not [needle for needle in needles if needle in content], path
        assert KEY.encode() not in content, path
    assert KEY not in run.output
    with environment(CDM_VAULT_KEY=KEY):
        with database.open_warehouse(warehouse.state, read_only=True) as connection:
            spilled = "select current_setting('temp_file_encryption')"
            assert connection.execute(spilled).fetchone() == (True,), "what is spilled is in clear"
        assert run.value("select count(*) from vault.person_pii") == 50
        assert database.read_held(warehouse.root / "erasure") == [{"email": "a@b.example"}]
    before = digests(warehouse)
    for key, said in ((None, "is encrypted. Set CDM_VAULT_KEY"), ("x", "is not the key")):
        refused = mini.cdm("build", CDM_VAULT_KEY=key)
        assert refused.rc == 1 and said in " ".join(refused.output.split())
        with environment(CDM_VAULT_KEY=key), pytest.raises(CdmError, match=said):
            run.query("select 1")
    assert digests(warehouse) == before


@can_encrypt
def test_a_failed_build_leaves_both_files_as_they_were(mini: Mini) -> None:
    mini.cdm("build", CDM_VAULT_KEY=KEY).check()
    warehouse = Warehouse(mini.warehouse)
    before = digests(warehouse)
    assert mini.cdm("build", CDM_VAULT_KEY=KEY, MINI_PERSONS="95").rc == 1
    assert digests(warehouse) == before
    assert database.is_encrypted(vault_of(warehouse.failed))


@pytest.mark.demo
def test_what_is_masked_names_nobody(demo_build: Run) -> None:
    """The view for roles that recognise and do not write: no value of the vault stands in it."""
    shown = demo_build.query(
        "select masked.first_name, clear.first_name, masked.last_name, clear.last_name, "
        "masked.email, clear.email, masked.phone, clear.phone, masked.postcode, clear.postcode "
        "from vault.person_masked as masked inner join vault.person_pii as clear using (person_id)"
    )
    assert len(shown) > 400
    for row in shown:
        for masked, clear in zip(row[::2], row[1::2], strict=True):
            assert (masked is None) == (clear is None)
            assert masked is None or (masked != clear and "…" in masked)
    assert any("…@" in (row[4] or "") for row in shown)


@can_encrypt
@pytest.mark.demo
def test_every_command_works_under_a_key(demo_build: Run, tmp_path: Path) -> None:
    """Explaining, subject access and erasure of a person of the demo."""
    warehouse = Warehouse(tmp_path / "warehouse")
    files.copy(demo_build.warehouse.state, warehouse.state)
    with environment(CDM_VAULT_KEY=KEY):
        database.prepare(warehouse.state)
    [(person, email)] = demo_build.query(
        "select person_id, email from vault.person_pii where email is not null order by 1 limit 1"
    )
    written = tmp_path / "subject.json"
    for arguments in (
        ["explain", person],
        ["subject-access", "--identifier", email, "--output", str(written)],
        ["erase", "--identifier", person, "--reason", "asked", "--yes", "--no-build"],
    ):
        assert cdm(REPO, warehouse.root, arguments, CDM_VAULT_KEY="wrong").rc == 1
        run = cdm(REPO, warehouse.root, arguments, CDM_VAULT_KEY=KEY)
        assert run.rc == 0, run.output
        assert email not in run.output
    assert "vault.person_pii" in json.loads(written.read_text())["tables"]
    assert schemas_of(warehouse.state) >= set(PUBLISHED_SCHEMAS)


def test_one_file_of_former_times_is_taken_apart(tmp_path: Path) -> None:
    """Clear text of a warehouse that had one file does not stay in the file that is open."""
    state = Warehouse(tmp_path).state
    state.parent.mkdir(parents=True)
    with duckdb.connect(str(state)) as connection:
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute("create schema vault; create schema canonical; create schema intake")
        connection.execute(
            "create table vault.person_pii as select 'jo' || i || '@gone.example' as email "
            "from range(9) as t (i); create table canonical.person as select 1 as x"
        )
        connection.execute("create view intake.all_of_it as from vault.person_pii")
    assert b"jo3@gone.example" in state.read_bytes()
    database.prepare(state)
    assert b"jo3@gone.example" not in state.read_bytes()
    assert schemas_of(state) == {"canonical"}
    with database.open_warehouse(state, read_only=True) as connection:
        assert connection.execute("select count(*) from vault.person_pii").fetchone() == (9,)
    before = [os.stat(path).st_mtime_ns for path in files.pair(state)]
    database.prepare(state)  # nothing is left to be done
    assert [os.stat(path).st_mtime_ns for path in files.pair(state)] == before


@can_encrypt
def test_the_vaults_key_is_changed(mini: Mini) -> None:
    """The old key opens nothing any more, a second call ends what the first began."""
    warehouse = Warehouse(mini.warehouse)
    refused = mini.cdm("keys", "rotate-vault", CDM_VAULT_KEY=KEY)
    assert refused.rc == 1 and "Set CDM_NEW_VAULT_KEY" in refused.output
    mini.cdm("build", CDM_VAULT_KEY=KEY).check()
    database.write_held(warehouse.root / "erasure", ("email",), [{"email": "a@b.example"}], KEY)
    for _ in range(2):
        run = mini.cdm("keys", "rotate-vault", CDM_VAULT_KEY=KEY, CDM_NEW_VAULT_KEY="new")
        assert run.rc == 0, run.output
    with environment(CDM_VAULT_KEY=KEY), pytest.raises(CdmError, match="is not the key"):
        run.query("select 1")
    with environment(CDM_VAULT_KEY="new"):
        assert run.value("select count(*) from vault.person_pii") == 50
        assert database.read_held(warehouse.root / "erasure") == [{"email": "a@b.example"}]
    assert mini.cdm("build", CDM_VAULT_KEY="new").rc == 0


def test_another_hash_key_is_noticed(mini: Mini) -> None:
    """Hashes of two keys never stand side by side, and who was erased does not come back."""
    warehouse = Warehouse(mini.warehouse)
    before = digests(warehouse)
    run = mini.cdm("build", CDM_HASH_KEY="another")
    assert run.rc == 1 and "was built with another CDM_HASH_KEY" in run.output
    database.note_erasure_key(warehouse.root / "erasure")
    run = mini.cdm("build", CDM_ERASURE_KEY="another")
    assert run.rc == 1 and "who was erased would come back" in run.output
    assert digests(warehouse) == before


@pytest.mark.demo
def test_persons_keep_their_ids_when_the_hash_key_changes(
    demo_build: Run, tmp_path: Path
) -> None:
    """Mailchimp's records are named by a keyed hash. Under the new key the registry has the names
    that the exports now give, each with the person it had; what holds other hashes is gone."""
    warehouse = Warehouse(tmp_path / "warehouse")
    files.copy(demo_build.warehouse.state, warehouse.state)
    warehouse.manifest.write_bytes(demo_build.warehouse.manifest.read_bytes())
    registry = (
        "select person_id, count(*) from resolve.int_identity__registry "
        "where record_key like 'mailchimp:%' group by person_id order by person_id"
    )
    names = "select 'mailchimp:' || source_record_id from staging.map_mailchimp__person"
    known = f"select count(*) from ({names}) as t (name) where name in "
    known += "(select record_key from resolve.int_identity__registry)"
    [(records,)] = demo_build.query(f"select count(*) from ({names})")
    assert demo_build.value(known) == records > 50
    wrong = {"CDM_HASH_KEY": "wrong", "CDM_NEW_HASH_KEY": "new"}
    assert cdm(REPO, warehouse.root, ["keys", "rotate-hash"], **wrong).rc == 1
    run = cdm(REPO, warehouse.root, ["keys", "rotate-hash"], CDM_NEW_HASH_KEY="new")
    assert run.rc == 0, run.output
    assert run.query(registry) == demo_build.query(registry)
    salt = "select row_salt from staging.hash_key"
    assert run.value(salt) == demo_build.value(salt), "raw rows would get other names"
    assert run.value(known) == 0, "the old key still gives the names of the registry"
    with environment(CDM_HASH_KEY="new"):
        assert run.value(known) == records
        database.check_hash_key(warehouse.state)
    assert schemas_of(warehouse.state) == {"policy", "reference", "governance"}
    left = run.query(
        "select table_name from duckdb_tables() where schema_name in ('governance', 'resolve')"
    )
    manifest = json.loads(warehouse.manifest.read_text(encoding="utf-8"))
    kept = {table.split(".")[1] for table in kept_tables(manifest)}
    assert "int_identity__registry" in kept
    assert {name for (name,) in left} == kept


def test_policies_name_records_by_their_new_names(tmp_path: Path) -> None:
    """What people wrote about records that are named by a hash: each known record gets its new
    name, a second call changes nothing, and a record that nothing is known of is told."""
    old, new, gone = "a" * 32, "b" * 32, "c" * 32
    policy = tmp_path / "policy_identity_override.csv"
    written = (
        "override_id,action,record_a,record_b,reason\n"
        f"one,force_merge,mailchimp:list:{{}},hubspot:1,\"quoted, as {'d' * 31} is\"\n"
        f"two,split,mailchimp:list:{gone},,gone\n"
    )
    policy.write_text(written.format(old))
    other = tmp_path / "policy_other.csv"
    other.write_text("a,b\n1,2\n")
    for renamed_lines in ([f"{policy.name}: line 2"], []):
        renamed = Renamed()
        rename_in_policies(tmp_path, {old: new}, renamed)
        assert policy.read_text() == written.format(new)
        assert renamed.policies == renamed_lines
        assert renamed.unknown_policies == [f"{policy.name}: line 3"]
    assert other.read_text() == "a,b\n1,2\n"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.demo
def test_hashes_of_rows_and_browsers_can_not_be_tried(demo_build: Run) -> None:
    """Whoever can guess what a row says, or what a browser is called, finds neither in what is
    published: a salt that only the vault has goes into those hashes."""
    salt = demo_build.value("select row_salt from staging.hash_key")

    def md5(*texts: str) -> str:
        return hashlib.md5("".join(texts).encode()).hexdigest()

    with (REPO / "demo" / "exports" / "generic" / "consent.csv").open(encoding="utf-8") as file:
        [row] = [row for row in csv.DictReader(file) if row["source_record_id"] == "pc-03603"]
    told = r"\x1f".join(f"{name}={value}" for name, value in sorted(row.items()) if value)
    [(published,)] = demo_build.query(
        "select content_hash from governance.quarantine where source_record_id = 'pc-03603'",
        "published",
    )
    assert published == md5(salt, told) != md5(told)
    trails = demo_build.query(
        "select distinct source_system || '|session|' || session_key "
        "from intake.int_event__checked where session_key is not null"
    )
    salted = {"ses_" + md5(f"{len(salt)}:{salt}{len(trail)}:{trail}-") for (trail,) in trails}
    tried = {"ses_" + md5(f"{len(trail)}:{trail}-") for (trail,) in trails}
    sessions = demo_build.query(
        "select session_id from canonical.session where is_vendor_session", "published"
    )
    assert len(sessions) > 500
    ids = {session_id for (session_id,) in sessions}
    assert ids <= salted and not ids & tried

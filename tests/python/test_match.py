"""The probabilistic tier on people that others invented: FEBRL and Splink's fake_1000.

The models' own compiled SQL runs on each data set in memory, with the project's seeds. A pair
counts from the seed's threshold for merges on; what guards would still ask for is left out, since
each of these sets is one system.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pytest
from conftest import REPO, Run, cdm
from test_demo_truth import rows_of, stored

MODELS = ("features", "blocks", "compared", "scored")
SEEDS = REPO / "seeds"
RECORDS = {
    "febrl1": """
        select trim(rec_id) as record_key, given_name as first_name, surname as last_name,
            cast(try_strptime(trim(date_of_birth), '%Y%m%d') as date) as date_of_birth,
            concat_ws(' ', trim(street_number), trim(address_1)) as street, suburb as city,
            state as region, postcode, null as email, split_part(trim(rec_id), '-', 2) as truth
        from read_csv('{data}/er_febrl/dataset1.csv', all_varchar = true)""",
    "fake_1000": """
        select unique_id as record_key, first_name, surname as last_name,
            try_cast(dob as date) as date_of_birth, null as street, city, null as region,
            null as postcode, email, cluster as truth
        from read_csv('{data}/er_splink/fake_1000.csv', all_varchar = true)""",
}
RECORDS["febrl2"] = RECORDS["febrl1"].replace("dataset1", "dataset2")
# Lowest F1 of pairs and of the persons that follow. `make bench-match` has Splink's beside them.
FLOORS = {"febrl1": (0.996, 0.996), "febrl2": (0.991, 0.998), "fake_1000": (0.75, 0.88)}


@pytest.fixture(scope="module")
def compiled(demo_build: Run) -> dict[str, str]:
    """The SQL of the models, as the demo's build compiled it."""
    manifest = json.loads(demo_build.warehouse.manifest.read_text(encoding="utf-8"))
    nodes = manifest["nodes"]
    return {m: nodes[f"model.customer_data_model.int_match__{m}"]["compiled_code"] for m in MODELS}


def scored(records: str, compiled: dict[str, str]) -> duckdb.DuckDBPyConnection:
    """Run the models on a query for records; return the connection that has their tables."""
    connection = duckdb.connect()
    connection.execute("attach ':memory:' as cdm; attach ':memory:' as cdm_vault")
    schemas = ("cdm_vault.intake", "cdm_vault.resolve", "cdm.policy", "cdm.reference")
    for schema in schemas:
        connection.execute(f"create schema {schema}")
    connection.execute(f"set search_path = '{','.join(['cdm.main', *schemas])}'")
    for seed in ("policy/policy_match_blocking", "policy/policy_match_weight",
                 "policy/policy_match_threshold", "reference/ref_nickname"):  # fmt: skip
        schema, name = seed.split("/")
        connection.execute(f"create table {schema}.{name} as from read_csv('{SEEDS / seed}.csv')")
    connection.execute(
        "update policy.policy_match_threshold set is_on = true, lawful_basis = 'invented people'"
    )
    columns = "record_key, first_name, last_name, street, city, region, postcode, email"
    blanks = ", ".join(f"nullif(trim({column}), '') as {column}" for column in columns.split(", "))
    connection.execute(
        f"create table intake.int_person__checked as select {blanks}, date_of_birth, truth, "
        "'one' as source_system, null::text as user_id, null::text as phone, "
        f"null::text as company_name, true as is_current, false as is_deleted from ({records})"
    )
    connection.execute(
        "create table resolve.int_email__normalised as select distinct email as written, "
        "lower(email) as email, null::text as problem from intake.int_person__checked "
        "where email is not null"
    )
    for model in MODELS:
        connection.execute(f"create table resolve.int_match__{model} as {compiled[model]}")
    return connection


def pairs(counts: Counter) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def f1(right: int, found: int, wanted: int) -> float:
    return 2 * right / (found + wanted)


def quality(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Return F1 of the pairs above the threshold, and of the persons they make."""
    truth = dict(
        connection.execute("select record_key, truth from intake.int_person__checked").fetchall()
    )
    joined = connection.execute(
        "select left_record_key, right_record_key from resolve.int_match__scored, "
        "policy.policy_match_threshold where decision = 'merge' "
        "and match_probability >= min_probability"
    ).fetchall()
    leader = {record: record for record in truth}

    def find(record: str) -> str:
        while leader[record] != record:
            leader[record] = record = leader[leader[record]]
        return record

    for left, right in joined:
        leader[find(left)] = find(right)
    wanted = pairs(Counter(truth.values()))
    both = pairs(Counter((find(record), person) for record, person in truth.items()))
    found = pairs(Counter(map(find, truth)))
    right = sum(truth[left] == truth[other] for left, other in joined)
    return f1(right, len(joined), wanted), f1(both, found, wanted)


@pytest.mark.shared_data
@pytest.mark.demo
@pytest.mark.parametrize("name", FLOORS)
def test_likeness_finds_people_that_others_invented(
    name: str, compiled: dict[str, str], shared_data: Path
) -> None:
    connection = scored(RECORDS[name].format(data=shared_data), compiled)
    of_pairs, of_persons = quality(connection)
    assert of_pairs >= FLOORS[name][0], of_pairs
    assert of_persons >= FLOORS[name][1], of_persons


@pytest.mark.demo
def test_likeness_on_the_demo_merges_nobody_wrongly(demo_build: Run, tmp_path: Path) -> None:
    """Switched on, tried as a what-if: some come together, all rightly, and the state stays."""
    seed = SEEDS / "policy" / "policy_match_threshold.csv"
    switched_on = seed.read_text().replace(",false,,", ",true,invented people,")
    (tmp_path / seed.name).write_text(switched_on)
    before = demo_build.warehouse.state.stat()
    output = tmp_path / "changed.csv"
    run = cdm(
        REPO,
        demo_build.warehouse.root,
        ["identity", "what-if", "--seeds", str(tmp_path), "--csv", str(output)],
    ).check()
    assert "would become one" in run.output and "come apart" not in run.output
    assert demo_build.warehouse.state.stat() == before
    truth = {
        stored(f"{row['source_system']}:{row['source_record_id']}"): row["person_key"]
        for row in rows_of("person_key.csv")
    }
    persons = defaultdict(set)
    with output.open(newline="") as file:
        for row in csv.DictReader(file):
            persons[row["id_after"]].add(truth[row["record_key"]])
    assert persons and all(len(keys) == 1 for keys in persons.values()), persons

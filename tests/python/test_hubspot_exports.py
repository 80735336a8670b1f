"""HubSpot: a loader's real tables, answers of its API, and small exports in five loaders' names."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REPO

STAGING = REPO / "models" / "staging" / "hubspot"
DECLARED = yaml.safe_load((STAGING / "_hubspot__sources.yml").read_text(encoding="utf-8"))
OBJECTS = {table["name"]: table for table in DECLARED["sources"][0]["tables"]}
MAPS = "path:models/staging/hubspot"
# What exports write where they have nothing to say; the last two are MD5 of the empty text.
BLANK = {"", "N/A", "-", "null", "d41d8cd98f00b204e9800998ecf8427e", "1B2M2Y8AsgTpgAmY7PhCfg=="}

Rows = list[dict[str, Any]]


def raw_rows(path: Path) -> Rows:
    """Return a CSV file's rows by header, as Python's own reader sees them."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def raw_name(column: dict[str, Any], header: list[str]) -> str | None:
    """Return the raw column that a declared one stands for: its own name or its first alias."""
    normal = {re.sub("[^0-9a-z]+", "_", name.lower()).strip("_"): name for name in header}
    names = [column["name"], *column["config"]["meta"].get("aliases", [])]
    return next((normal[name.strip("_")] for name in names if name.strip("_") in normal), None)


def staged(run: Any, name: str, types: set[str]) -> Rows:
    """Return an object's staged rows in the order of the file, their columns of some types."""
    columns = [c["name"] for c in OBJECTS[name]["columns"] if c["data_type"] in types]
    rows = run.query(f"select {', '.join(columns)} from staging.stg_hubspot__{name} order by rowid")
    return [dict(zip(columns, row, strict=True)) for row in rows]


def write_csv(path: Path, rows: Rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


# A loader's tables --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared_data: Path, build: Callable[..., Any], tmp_path_factory: Any) -> tuple[Any, dict]:
    """One build of Fivetran's tables: (run, {object: raw rows}), of the objects it has."""
    source = shared_data / "fivetran_hubspot"
    if not source.is_dir():
        pytest.skip(f"There is no {source}.")
    folder = tmp_path_factory.mktemp("hubspot_exports") / "hubspot"
    folder.mkdir()
    raw = {}
    for name in OBJECTS:
        if (source / f"{name}_data.csv").exists():
            shutil.copy(source / f"{name}_data.csv", folder / f"{name}.csv")
            raw[name] = raw_rows(source / f"{name}_data.csv")
    assert len(raw) > 20
    run = build(
        folder.parent,
        "hubspot",
        select="+reconciliation",
        publish=False,
        DBT_INDIRECT_SELECTION="cautious",  # no test of a model that is not built here
    ).check()
    return run, raw


@pytest.mark.shared_data
def test_every_raw_row_is_staged_and_has_one_place(real: tuple[Any, dict]) -> None:
    run, raw = real
    for name, rows in raw.items():
        assert run.value(f"select count(*) from staging.stg_hubspot__{name}") == len(rows) > 0
    balance = run.query(
        "select source_object, entity, rows_in, accepted + duplicate + quarantined + excluded, "
        "difference, is_same_rows from governance.reconciliation where rows_in > 0"
    )
    assert {row[0]: row[1:] for row in balance} == {
        name: (OBJECTS[name]["config"]["meta"]["entity"], len(rows), len(rows), 0, True)
        for name, rows in raw.items()
    }


@pytest.mark.shared_data
def test_no_text_is_invented_or_lost(real: tuple[Any, dict]) -> None:
    """Every staged text is the raw one of its own row and column; only blanks become null."""
    run, raw = real
    compared = blanks = 0
    for name, rows in raw.items():
        kept = staged(run, name, {"string"})
        for column in OBJECTS[name]["columns"]:
            if column["data_type"] == "string":
                source = raw_name(column, list(rows[0]))
                texts = [row[source] if source else "" for row in rows]
                expected = [None if text in BLANK else text for text in texts]
                assert [row[column["name"]] for row in kept] == expected, (name, column["name"])
                compared += len(texts) - expected.count(None)
                blanks += sum(text in BLANK - {""} for text in texts)
    assert compared > 2000
    assert blanks >= 50  # hashed blanks, which look like texts


@pytest.mark.shared_data
def test_numbers_and_times_are_those_of_the_export(real: tuple[Any, dict]) -> None:
    run, raw = real
    created = [row["createdate"] for row in staged(run, "contact", {"timestamp"})]
    assert created == [datetime.fromisoformat(row["property_createdate"]) for row in raw["contact"]]
    revenue = [row["annualrevenue"] for row in staged(run, "company", {"decimal"})]
    assert [str(int(value)) if value else "" for value in revenue] == [
        row["property_annualrevenue"] for row in raw["company"]
    ]
    for name in raw:
        failures = f"select count(_cast_failures) from staging.stg_hubspot__{name}"
        assert run.value(failures) == 0, name


@pytest.mark.shared_data
def test_merges_reach_the_person_and_the_links(real: tuple[Any, dict]) -> None:
    """E11: HubSpot keeps the losers' rows; the survivor lists them."""
    run, raw = real
    assert run.query(
        "select source_record_id, merged_record_ids from staging.map_hubspot__person "
        "where merged_record_ids is not null"
    ) == [("78971951", "76340251;46897301;76226001")]
    pairs = run.query(
        "select from_record_id, to_record_id from staging.map_hubspot__link "
        "where role = 'merged_into' order by 1"
    )
    assert pairs == sorted(
        (row["vid_to_merge"], row["canonical_vid"]) for row in raw["contact_merge_audit"]
    )


@pytest.mark.shared_data
def test_maps_neither_lose_nor_multiply_rows(real: tuple[Any, dict]) -> None:
    run, raw = real
    counted: Counter[str] = Counter()
    for entity in {table["config"]["meta"]["entity"] for table in OBJECTS.values()}:
        for name, rows in run.query(
            f"select source_object, count(*) from staging.map_hubspot__{entity} "
            "where not is_derived group by source_object"
        ):
            counted[name] += rows
    assert counted == Counter({name: len(rows) for name, rows in raw.items()})


# HubSpot's own API --------------------------------------------------------------------------------


@pytest.mark.shared_data
def test_answers_of_the_api_are_read_as_they_come(
    shared_data: Path, build: Callable[..., Any], tmp_path: Path
) -> None:
    source = shared_data / "dlt_hubspot_api"
    if not source.is_dir():
        pytest.skip(f"There is no {source}.")
    (tmp_path / "hubspot").mkdir()
    answers = {}
    for name in ("contacts", "companies", "deals"):
        shutil.copy(source / f"mock_{name}_data.json", tmp_path / "hubspot" / f"{name}.json")
        text = (source / f"mock_{name}_data.json").read_text(encoding="utf-8")
        answers[name] = json.loads(text)["results"]
    run = build(tmp_path, "hubspot", select=MAPS, publish=False).check()

    def said(name: str, *properties: str) -> list[tuple[Any, ...]]:
        return sorted(
            (one["id"], *(one["properties"][key] for key in properties)) for one in answers[name]
        )

    time = "strftime({}, '%Y-%m-%dT%H:%M:%S.%gZ')"
    assert run.query(
        f"select source_record_id, email, first_name, last_name, {time.format('created_at')}, "
        f"{time.format('record_updated_at')} from staging.map_hubspot__person order by 1"
    ) == said("contacts", "email", "firstname", "lastname", "createdate", "lastmodifieddate")
    assert run.query(
        f"select source_record_id, name, domain, {time.format('record_updated_at')} "
        "from staging.map_hubspot__account order by 1"
    ) == said("companies", "name", "domain", "hs_lastmodifieddate")
    assert run.query(
        "select source_record_id, cast(cast(amount as int) as varchar), stage, pipeline "
        "from staging.map_hubspot__opportunity order by 1"
    ) == said("deals", "amount", "dealstage", "pipeline")


# Every loader's names, and every rule of the maps -------------------------------------------------

PROPERTIES = {
    "email": "Email",
    "hs_additional_emails": "Additional email addresses",
    "firstname": "First Name",
    "lastname": "Last Name",
    "phone": "Phone Number",
    "jobtitle": "Job Title",
    "company": "Company name",
    "associatedcompanyid": "Associated Company ID",
    "city": "City",
    "state": "State/Region",
    "zip": "Postal Code",
    "country": "Country/Region",
    "lifecyclestage": "Lifecycle Stage",
    "hs_lead_status": "Lead Status",
    "hs_analytics_source": "Original Source",
    "createdate": "Create Date",
    "lastmodifieddate": "Last Modified Date",
    "hs_merged_object_ids": "Merged record IDs",
    "hs_email_optout": "Unsubscribed from all email",
}
PEOPLE: Rows = [
    {
        "id": str(number),
        "email": f"{name.lower()}@acme.example",
        "hs_additional_emails": "ana@home.example;a.sol@acme.example" if number == 1 else "",
        "firstname": name,
        "lastname": last_name,
        "phone": "+34 600 000 001" if number == 1 else "",
        "jobtitle": "Head of Operations",
        "company": "Acme, Inc.",
        "associatedcompanyid": "900" if number < 4 else "",
        "city": "Málaga",
        "state": "Andalucía",
        "zip": "01234",
        "country": "Spain",
        "lifecyclestage": stage,
        "hs_lead_status": "IN_PROGRESS" if number == 2 else "",
        "hs_analytics_source": "ORGANIC_SEARCH",
        "createdate": f"2026-01-0{number}T10:00:00.000Z",
        "lastmodifieddate": f"2026-02-0{number}T10:00:00.000Z",
        "hs_merged_object_ids": "77;78" if number == 3 else "",
        "hs_email_optout": {4: "true", 5: "false"}.get(number, ""),
    }
    for number, name, last_name, stage in [
        (1, "Ana", "Sol", "lead"),
        (2, "Bo", "Müller-Lüdenscheidt", "marketingqualifiedlead"),
        (3, "Chi", 'O"Neil', "customer"),
        (4, "Dee", "N/A", "subscriber"),
        (5, "Eve", "Li", "custom stage 7"),
    ]
]


def as_loader(loader: str, person: dict[str, Any]) -> dict[str, Any]:
    """Return one contact in the column names of a loader."""
    id_, properties = person["id"], {k: v for k, v in person.items() if k != "id"}
    if loader == "fivetran":
        return {"id": id_, "_fivetran_deleted": "FALSE"} | {
            f"property_{key}": value for key, value in properties.items()
        }
    if loader == "airbyte":
        return {"id": id_, "archived": "false"} | {
            f"properties_{key}": value for key, value in properties.items()
        }
    if loader == "dlt":
        return {"id": id_, "archived": "false", "_dlt_id": "x"} | {
            f"properties__{key}": value for key, value in properties.items()
        }
    if loader == "singer":
        return {"vid": id_} | {f"property_{key}__value": v for key, v in properties.items()}
    if loader == "native":  # labels, where others have words
        labels = {"IN_PROGRESS": "In Progress", "ORGANIC_SEARCH": "Organic Search"}
        return {"Record ID": id_} | {
            PROPERTIES[key]: labels.get(value, value) for key, value in properties.items()
        }
    assert loader == "api"
    given = {key: value or None for key, value in properties.items()}
    return {"id": id_, "archived": False, "createdAt": person["createdate"], "properties": given}


LOADERS = ["fivetran", "airbyte", "dlt", "singer", "native", "api"]


@pytest.fixture(scope="module")
def small(build: Callable[..., Any], tmp_path_factory: Any) -> Any:
    """One build: the five contacts in each loader's names, and one example of each rule."""
    folder = tmp_path_factory.mktemp("hubspot_small") / "hubspot"
    for loader in LOADERS[:-1]:
        rows = [as_loader(loader, person) for person in PEOPLE]
        write_csv(folder / "contact" / f"{loader}.csv", rows)
    answer = {"results": [as_loader("api", person) for person in PEOPLE]}
    (folder / "contact" / "api.json").write_text(json.dumps(answer), encoding="utf-8")
    contacts = [
        {"id": "11", "hs_email_optout": "true", "hs_legal_basis": "", "bounced": ""},
        {"id": "12", "hs_email_optout": "true", "hs_legal_basis": "", "bounced": ""},
        {"id": "13", "hs_email_optout": "false", "hs_legal_basis": "Consent", "bounced": ""},
        {"id": "14", "hs_email_optout": "", "hs_legal_basis": "", "bounced": "UNKNOWN_USER"},
    ]
    for row in contacts:
        row |= {"hs_email_hard_bounce_reason_enum": row.pop("bounced")}
        row |= {"lastmodifieddate": "2026-03-01 00:00:00", "mobilephone": "0170 1"}
        row |= {"hs_merged_object_ids": "", "hs_calculated_merged_vids": ""}
        row |= {"hs_email_optout_4711": "TRUE" if row["id"] == "13" else "false"}
    contacts[0] |= {"hs_merged_object_ids": "77", "hs_calculated_merged_vids": "78:1700;79:1701"}
    write_csv(folder / "contact" / "rules.csv", contacts)
    tables: dict[str, list[str]] = {
        "contact_property_history": [
            "contact_id,name,value,timestamp,source",
            "12,hs_email_optout,true,2026-01-05 08:00:00,EMAIL",
            "12,hs_email_optout,false,2026-01-06 08:00:00,CRM_UI",
            "12,lifecyclestage,,2026-01-07 08:00:00,CRM_UI",
            "12,lifecyclestage,lead,2026-01-08 08:00:00,FORM",
            "12,jobtitle,CEO,2026-01-09 08:00:00,CRM_UI",
            "14,hs_email_optout_4711,true,2026-01-10 08:00:00,EMAIL",
        ],
        "contact_merge_audit": [
            "canonical_vid,vid_to_merge,timestamp",
            "11,14,2026-02-01 00:00:00",
            "13,14,2026-01-01 00:00:00",
        ],
        "email_event": [
            "id,type,created,recipient,filtered_event",
            "e1,STATUSCHANGE,2026-01-05 08:00:00,dee@acme.example,",
            "e1,STATUSCHANGE,2026-01-05 08:00:00,dee@acme.example,",
            "e2,OPEN,2026-01-05 08:00:00,dee@acme.example,true",
        ],
        "email_event_status_change": [
            "id,portal_subscription_status,bounced,source",
            "e1,UNSUBSCRIBED,,SOURCE_RECIPIENT",
            "e3,SUBSCRIBED,,SOURCE_IMPORT",
            "e4,,true,SOURCE_BOUNCE",
        ],
        "deal": [
            "id,dealstage,amount,closedate,hs_is_closed,hs_is_closed_won,dealtype",
            "d1,won,10,2026-04-01 00:00:00,,,",
            "d2,talk,20,2026-05-01 00:00:00,,,",
            "d3,gone,30,2026-06-01 00:00:00,,,newbusiness",
            "d4,talk,40,2026-06-01 00:00:00,true,,",
            "d5,Closed Won,50,2026-07-01 00:00:00,,true,Existing Business",
        ],
        "deal_property_history": [
            "deal_id,name,value,timestamp",
            "d1,dealstage,talk,2026-01-02 08:00:00",
            "d1,dealname,Big one,2026-01-02 08:00:00",
            "d1,amount,7.50,2026-01-03 08:00:00",
            "d1,dealstage,won,2026-01-04 08:00:00",
            "d1,closedate,1767600000000,2026-01-04 08:00:00",
            "d1,dealstage,talk,2026-01-05 08:00:00",
            "d1,amount,,2026-01-05 08:00:00",
            "d1,dealstage,won,2026-01-06 08:00:00",
            "d9,dealstage,won,2026-01-06 08:00:00",
        ],
        "deal_pipeline_stage": [
            "stage_id,label,display_order,probability,is_closed,closed_won",
            "won,Closed won,5,1.0,TRUE,TRUE",
            "talk,In talks,2,0.4,FALSE,FALSE",
            "talk,In talks,2,0.4,FALSE,FALSE",
        ],
        "merged_deal": ["deal_id,merged_deal_id", "d1,d3"],
        "deal_company": [
            "deal_id,company_id,type_id,category",
            "d1,900,5,HUBSPOT_DEFINED",
            "d1,901,341,HUBSPOT_DEFINED",
            "d2,900,,",
        ],
        "engagement": [
            "id,type,timestamp,owner_id",
            "1,CALL,2026-01-01 10:00:00,o1",
            "2,INCOMING_EMAIL,2026-01-02 10:00:00,o1",
            "3,SMS,2026-01-03 10:00:00,o1",
            "4,EMAIL,2026-01-04 10:00:00,o1",
        ],
        "engagement_call": [
            "engagement_id,property_hs_timestamp,property_hs_call_direction,"
            "property_hs_call_disposition,property_hs_call_status",
            "1,,OUTBOUND,f240bbac-87c9-4f6e-bf70-924b57d47db7,COMPLETED",
            "5,2026-01-05 10:00:00,,,NO_ANSWER",
        ],
        "engagement_email": ["engagement_id,hs_sequence_id", "4,778"],
        "engagement_task": [
            "engagement_id,hs_timestamp,hs_createdate,hs_task_completion_date,hs_task_status",
            "6,2026-12-24 00:00:00,2026-01-06 10:00:00,,NOT_STARTED",
            "7,2026-12-24 00:00:00,2026-01-06 10:00:00,2026-01-07 10:00:00,COMPLETED",
        ],
        "contact_form_submission": [
            "conversion_id,contact_id,timestamp,page_url,values",
            "c1,1,2026-01-01 10:00:00,https://acme.example/demo?utm_source=li&utm_medium=cpc"
            "&email=ana@acme.example#x,",
            'c2,,2026-01-01 10:00:00,,"[{""name"": ""email"", ""value"": ""bo@acme.example""}]"',
        ],
    }
    tables["hubspot-crm-exports-all-deals-2026-11-20"] = tables.pop("deal")  # as HubSpot calls it
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return build(folder.parent, "hubspot", select=MAPS, publish=False).check()


def test_every_loader_gives_the_same_persons(small: Any) -> None:
    columns = [
        name
        for (name,) in small.query(
            "select column_name from information_schema.columns where table_schema = 'staging' "
            "and table_name = 'map_hubspot__person' and column_name not like '\\_%' escape '\\'"
        )
    ]
    by_loader = {
        loader: small.query(
            f"select {', '.join(columns)} from staging.map_hubspot__person "
            f"where _source_file like 'hubspot/contact/{loader}.%' order by source_record_id"
        )
        for loader in LOADERS
    }
    expected = by_loader["fivetran"]
    for loader in LOADERS:
        assert by_loader[loader] == expected, loader
    people = [dict(zip(columns, row, strict=True)) for row in expected]
    for person, raw in zip(people, PEOPLE, strict=True):
        for column, key in {
            "source_record_id": "id",
            "email": "email",
            "additional_emails": "hs_additional_emails",
            "first_name": "firstname",
            "phone": "phone",
            "job_title": "jobtitle",
            "company_name": "company",
            "company_record_id": "associatedcompanyid",
            "city": "city",
            "region": "state",
            "postcode": "zip",
            "country": "country",
            "lifecycle_stage": "lifecyclestage",
            "lead_status": "hs_lead_status",
            "acquisition_source": "hs_analytics_source",
            "merged_record_ids": "hs_merged_object_ids",
        }.items():
            assert person[column] == (raw[key] or None), (column, raw["id"])
        assert f"{person['created_at']:%Y-%m-%dT%H:%M:%S}.000Z" == raw["createdate"]
        assert f"{person['record_updated_at']:%Y-%m-%dT%H:%M:%S}.000Z" == raw["lastmodifieddate"]
        assert person["is_deleted"] is False
    assert [person["last_name"] for person in people] == [
        "Sol", "Müller-Lüdenscheidt", 'O"Neil', None, "Li",
    ]  # fmt: skip


def test_a_file_without_ids_stops_the_build(build: Callable[..., Any], tmp_path: Path) -> None:
    """The same contacts under a name for the id that nobody knows."""
    rows = [{"contact number": person["id"], "Email": person["email"]} for person in PEOPLE]
    write_csv(tmp_path / "hubspot" / "contact.csv", rows)
    run = build(tmp_path, "hubspot", select="stg_hubspot__contact", publish=False)
    assert run.rc == 1
    assert "hubspot.contact" in run.output
    assert "contact number" in run.output or "contact_number" in run.output


def test_an_opt_out_is_a_withdrawal_and_its_default_is_nothing(small: Any) -> None:
    """E30: a false says nothing. A dated opt-out stands at its own time and once, also when it was
    taken back later: only an explicit consent ends it. Who left a single subscription refuses
    marketing. A legal basis is no consent either."""
    rows = small.query(
        "select person_record_id, action, lawful_basis, cast(captured_at as varchar), method, "
        "purpose from staging.map_hubspot__consent "
        "where is_derived and source_object in ('contact', 'contact_property_history') "
        "and (person_record_id <> '4' or _source_file like '%/api.json') order by 1, 2"
    )
    assert rows == [
        ("11", "withdraw", None, "2026-03-01 00:00:00", "contact_property", "*"),
        ("12", "withdraw", None, "2026-01-05 08:00:00", "EMAIL", "*"),
        ("13", "unknown", "Consent", "2026-03-01 00:00:00", "contact_property", "*"),
        ("13", "withdraw", None, "2026-03-01 00:00:00", "contact_property", "marketing"),
        ("14", "bounce", None, "2026-03-01 00:00:00", "contact_property", "*"),
        ("14", "withdraw", None, "2026-01-10 08:00:00", "EMAIL", "marketing"),
        ("4", "withdraw", None, "2026-02-04 10:00:00", "contact_property", "*"),
    ]
    assert small.query(
        "select distinct channel, contact_point_type from staging.map_hubspot__consent"
    ) == [("email", "email")]


def test_subscription_changes_are_dated_by_their_event(small: Any) -> None:
    """A repeated event does not repeat the change; subscribed to something is no consent to all."""
    assert small.query(
        "select source_record_id, contact_point, action, cast(captured_at as varchar), method "
        "from staging.map_hubspot__consent where not is_derived order by 1"
    ) == [
        ("e1", "dee@acme.example", "withdraw", "2026-01-05 08:00:00", "SOURCE_RECIPIENT"),
        ("e3", None, "unknown", None, "SOURCE_IMPORT"),
        ("e4", None, "bounce", None, "SOURCE_BOUNCE"),
    ]


def test_only_the_lifecycle_stage_is_a_stage(small: Any) -> None:
    """E65: a cleared stage is a row without a stage; other properties are named, for intake."""
    assert small.query(
        "select field_name, to_stage, asserted_by from staging.map_hubspot__lifecycle_change "
        "where source_object = 'contact_property_history' order by changed_at"
    ) == [
        ("hs_email_optout", None, "EMAIL"),
        ("hs_email_optout", None, "CRM_UI"),
        ("lifecycle_stage", None, "CRM_UI"),
        ("lifecycle_stage", "lead", "FORM"),
        ("job_title", None, "CRM_UI"),
        ("hs_email_optout_4711", None, "EMAIL"),
    ]


def test_merged_contacts_name_each_other(small: Any) -> None:
    """Both of HubSpot's lists count, and the latest of two merges of one contact."""
    assert small.query(
        "select source_record_id, merged_into, merged_record_ids, phone "
        "from staging.map_hubspot__person where _source_file like '%rules.csv' order by 1"
    ) == [
        ("11", None, "77;78;79", "0170 1"),
        ("12", None, None, "0170 1"),
        ("13", None, None, "0170 1"),
        ("14", "11", None, "0170 1"),
    ]


def test_a_stage_tells_whether_a_deal_is_closed_and_doubles_none(small: Any) -> None:
    """What the deal itself says comes first; an unknown stage keeps its id and decides nothing.
    What is won is closed, also where the export does not say so."""
    assert small.query(
        "select source_record_id, stage, stage_rank, cast(probability as double), is_closed, "
        "is_won, cast(closed_at as varchar), cast(expected_close_date as varchar), merged_into "
        "from staging.map_hubspot__opportunity where not is_derived order by 1"
    ) == [
        ("d1", "Closed won", 5, 1.0, True, True, "2026-04-01 00:00:00", None, None),
        ("d2", "In talks", 2, 0.4, False, False, None, "2026-05-01", None),
        ("d3", "gone", None, None, None, None, None, "2026-06-01", "d1"),
        ("d4", "In talks", 2, 0.4, True, False, "2026-06-01 00:00:00", None, None),
        ("d5", "Closed Won", None, None, True, True, "2026-07-01 00:00:00", None, None),
    ]
    assert small.query(
        "select source_record_id, type from staging.map_hubspot__opportunity "
        "where not is_derived and type is not null order by 1"
    ) == [("d3", "new"), ("d5", "expansion")]


def test_a_deals_history_tells_what_it_was(small: Any) -> None:
    """E77, E78: its last change is the deal itself; of a deal that is not exported nothing is told.
    A property with a history was empty before it begins and when it was cleared."""
    assert small.query(
        "select cast(record_updated_at as date), stage, amount, is_closed, closed_at, is_derived "
        "from staging.map_hubspot__opportunity where source_record_id in ('d1', 'd9') "
        "order by record_updated_at, is_derived"
    ) == [
        (date(2026, 1, 2), "In talks", None, False, None, True),
        (date(2026, 1, 3), "In talks", Decimal("7.50"), False, None, True),
        (date(2026, 1, 4), "Closed won", Decimal("7.50"), True, datetime(2026, 1, 5, 8), True),
        (date(2026, 1, 5), "In talks", None, False, None, True),
        (date(2026, 1, 6), "Closed won", Decimal("10.00"), True, datetime(2026, 4, 1), False),
    ]


def test_the_primary_company_of_a_deal(small: Any) -> None:
    assert small.query(
        "select from_object, from_record_id, to_object, to_record_id, is_primary "
        "from staging.map_hubspot__link where source_object = 'deal_company' order by 2, 4"
    ) == [
        ("opportunity", "d1", "account", "900", True),
        ("opportunity", "d1", "account", "901", False),
        ("opportunity", "d2", "account", "900", None),
    ]


def test_an_engagement_is_one_activity(small: Any) -> None:
    """Older exports keep time, seller and direction in the common part. Where no detail is there,
    the common part is the activity; both are raw rows, and only one of them is derived."""
    columns = "source_record_id, is_derived, activity_type, direction, outcome, is_automated"
    assert small.query(
        f"select {columns}, cast(occurred_at as varchar), owner_record_id "
        "from staging.map_hubspot__activity order by 1"
    ) == [
        ("1", False, "call", "outbound", "Connected", False, "2026-01-01 10:00:00", "o1"),
        ("2", True, "email", "inbound", None, False, "2026-01-02 10:00:00", "o1"),
        ("3", True, "message", None, None, False, "2026-01-03 10:00:00", "o1"),
        ("4", False, "email", "outbound", None, True, "2026-01-04 10:00:00", "o1"),
        ("5", False, "call", None, "NO_ANSWER", False, "2026-01-05 10:00:00", None),
        ("6", False, "task", None, "NOT_STARTED", False, "2026-01-06 10:00:00", None),
        ("7", False, "task", None, "COMPLETED", False, "2026-01-07 10:00:00", None),
    ]
    assert small.value(
        "select count(*) from staging.map_hubspot__reference where kind = 'engagement'"
    ) == len(["1", "2", "3", "4"])


def test_a_page_keeps_its_campaign_and_loses_its_visitor(small: Any) -> None:
    assert small.query(
        "select source_record_id, event_name, person_record_id, email, page_location, source, "
        "medium from staging.map_hubspot__event "
        "where source_object = 'contact_form_submission' order by 1"
    ) == [
        (
            "c1",
            "form_submission",
            "1",
            None,
            "https://acme.example/demo?utm_source=li&utm_medium=cpc",
            "li",
            "cpc",
        ),
        ("c2", "form_submission", None, "bo@acme.example", None, None, None),
    ]


def test_a_machine_that_opens_mail_is_marked(small: Any) -> None:
    """E58: HubSpot's own filter becomes the word by which intake excludes bots."""
    assert small.query(
        "select distinct source_record_id, event_name, email, properties "
        "from staging.map_hubspot__event where source_object = 'email_event' order by 1"
    ) == [
        ("e1", "email_statuschange", "dee@acme.example", None),
        ("e2", "email_open", "dee@acme.example", '{"traffic_type":"bot"}'),
    ]

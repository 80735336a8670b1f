"""The first day's report on a folder of exports."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from cdm import audit
from cdm.files import CdmError

CONTRACT = {
    "source.crm.contact": {
        "aliases": ["contacts"],
        "columns": {
            "id": {"maps_to": "person.source_record_id"},
            "email": {"maps_to": "person.email", "aliases": ["E-Mail"]},
            "country": {"maps_to": "person.country"},
            "phone": {"maps_to": "person.phone"},
        }
    },
    "source.shop.customer": {
        "aliases": ["customers"],
        "columns": {
            "mail": {"maps_to": "person.email"},
            "country": {"maps_to": "person.country"},
        }
    },
}
ROWS = [(str(n), f"person{n}@firm{n}.example", "DE" if n % 2 else "") for n in range(1, 11)]


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    (folder / "crm").mkdir(parents=True)
    (folder / "shop" / "customers").mkdir(parents=True)
    with (folder / "crm" / "contacts.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "E-Mail", "mail_copy", "country", "=cmd()", "note"])
        for number, mail, country in ROWS:
            writer.writerow([number, mail, mail.upper(), country, "x", "<b>Ann</b> 0170"])
        writer.writerow(["10", ROWS[9][1], ROWS[9][1].upper(), "", "x", "<b>Ann</b> 0170"])
        file.write("11,too,few\n")
    (folder / "shop" / "customers" / "2026.json").write_text(
        "[" + ",".join(f'{{"mail": "{m}", "country": "FR"}}' for _, m, _ in ROWS) + "]"
    )
    (folder / "shop" / "broken.parquet").write_bytes(b"no parquet")
    return folder


def test_it_says_what_the_exports_hold(exports: Path) -> None:
    objects, conflicts = audit.audit(exports, CONTRACT)
    found = {(one.system, one.name): one for one in objects}
    contacts = found["crm", "contacts"]
    columns = {column.name: column for column in contacts.columns}
    assert (contacts.rows, contacts.duplicates, contacts.shared) == (11, 1, 1)
    assert contacts.unreadable == 1
    assert contacts.declared_as == "source.crm.contact"
    assert (columns["E-Mail"].looks_like, columns["E-Mail"].taken_by) == ("e-mail", "person.email")
    assert (columns["country"].filled, columns["country"].distinct) == (5, 1)
    assert columns["note"].status == "unmapped"
    assert columns["id"].is_id and not columns["country"].is_id  # a row stands there twice, whole
    assert ("E-Mail", "mail_copy") in [(left, right) for left, right, _ in contacts.same]
    customers = found["shop", "customers"]
    assert {c.name: c.is_id for c in customers.columns} == {"mail": True, "country": False}
    assert found["shop", "broken"].problem
    assert [(c.field, c.compared, c.different, c.examples) for c in conflicts] == [
        ("person.country", 5, 5, ["xx ≠ xx"])
    ]
    assert audit.lacking(objects, CONTRACT) == {"crm.contacts": ["phone"]}


def test_an_object_that_no_connector_reads_is_likened_to_one_that_is(tmp_path: Path) -> None:
    """By the names of its columns, three at least; one that the other lacks feeds nothing."""
    folder = tmp_path / "exports" / "other_crm"
    folder.mkdir(parents=True)
    (folder / "people.csv").write_text("Email,Country,Phone,Shoe size\na@b.example,DE,1,44\n")
    (folder / "shops.csv").write_text("Email,Country,Floor\na@b.example,DE,1\n")
    people, shops = audit.audit(tmp_path / "exports", CONTRACT)[0]
    assert (people.declared_as, people.resembles) == ("", "source.crm.contact")
    assert {c.name: c.could_feed for c in people.columns} == {
        "Email": "person.email", "Country": "person.country", "Phone": "person.phone",
        "Shoe size": "",
    }  # fmt: skip
    assert {c.taken_by for c in people.columns} == {""}
    assert shops.resembles == "" and not any(c.could_feed for c in shops.columns)
    page = audit.render([people, shops], [], CONTRACT)
    assert "like source.crm.contact" in page and "could feed person.email" in page


def test_no_value_is_shown_and_none_is_executed(exports: Path, tmp_path: Path) -> None:
    objects, conflicts = audit.audit(exports, CONTRACT)
    paths = audit.write_report(objects, conflicts, CONTRACT, tmp_path / "audit")
    texts = {path.name: path.read_text(encoding="utf-8") for path in paths}
    for text in texts.values():
        assert "person1@" not in text and "Ann" not in text and "0170" not in text
    page = texts["audit.html"]
    assert "<b>" not in page and "&lt;x&gt;" in page
    assert "<script" not in page and "default-src 'none'" in page
    assert "\n'=cmd()" not in page and ",'=cmd()," in texts["columns.csv"]


def test_a_folder_without_exports_is_named(tmp_path: Path) -> None:
    with pytest.raises(CdmError, match="no folder"):
        audit.audit(tmp_path / "nothing", {})
    with pytest.raises(CdmError, match="no CSV"):
        audit.audit(tmp_path, {})


def test_masks_keep_the_shape_alone() -> None:
    assert audit.mask("Änne.O'Neil@firm.example") == "xxxx.x'xxxx@xxxx.xxxxxxx"
    assert audit.mask("+49 170 5") == "+99 999 9"
    assert len(audit.mask("x" * 1000)) == 41

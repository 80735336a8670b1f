"""The pages: what they name is there, and what they promise is proven where they say."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import pytest
import yaml
from conftest import REPO

from cdm.cli import cli

PUBLISHED = ("canonical", "governance", "marts")
CODE = ("src", "macros", "models", "profiles", "scripts", "benches", "demo", ".ci")
CODE_ENDINGS = {".py", ".sql", ".yml", ""}
# Commands that a page names and that are not there yet. The list may only shrink.
WAITING: set[str] = set()
PROOF = re.compile(
    r"later|the [a-z ]+: later|demo(, as E\d+)?|(?P<kind>unit|test|check) `(?P<name>\w+)`"
)


def pages() -> list[Path]:
    """All Markdown files of the repository, except dbt's doc blocks."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=REPO, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    paths = [REPO / name for name in listed if name]
    return [path for path in paths if path.exists() and "{% docs" not in path.read_text()]


PAGES = pages()
IDS = [str(path.relative_to(REPO)) for path in PAGES]


def fenced(text: str) -> list[str]:
    """The blocks of code of a page."""
    return re.findall(r"^```.*?\n(.*?)^```", text, re.S | re.M)


def code_of(text: str) -> str:
    """All code of a page, one piece a line: blocks, and what stands between backticks."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    spans = [span.replace("\n", " ") for span in re.findall(r"`([^`]+)`", prose)]
    return "\n".join([*fenced(text), *spans])


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    headings = re.findall(r"^#+ +(.+)$", prose, re.M)
    words = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings]
    return {word.strip().replace(" ", "-") for word in words}


def broken_links(page: Path, text: str) -> list[str]:
    """The relative links of a page that lead nowhere."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (
            anchor and (target.is_dir() or anchor not in anchors(target.read_text()))
        ):
            broken.append(link)
    return broken


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z0-9-]+):", (REPO / "Makefile").read_text(), re.M))


def unknown_commands(text: str) -> list[str]:
    """What a page calls with make or cdm, and is no target, command or option there."""
    code = code_of(text)
    unknown = [
        f"make {name}"
        for name in re.findall(r"(?:^|[;&|] *)make ([a-z][a-z0-9-]*)", code, re.M)
        if name not in make_targets()
    ]
    for name, rest in re.findall(r"(?<![\w-])cdm ([a-z][a-z-]*)([^\n;&|]*)", code):
        command = cli.commands.get(name)
        if isinstance(command, click.Group) and (called := rest.split()):
            name, command = f"{name} {called[0]}", command.commands.get(called[0])
        if command is None:
            unknown.append(f"cdm {name}")
            continue
        known = {option for one in command.params for option in one.opts if _is_option(one)}
        unknown += [f"cdm {name} {o}" for o in re.findall(r"--[a-z-]+", rest) if o not in known]
    return unknown


def _is_option(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option)


def models(schema: str) -> set[str]:
    """The models of a layer; of staging, all connectors'."""
    return {path.stem for path in (REPO / "models" / schema).rglob("*.sql")}


def unknown_tables(text: str) -> list[str]:
    """The tables that a page names with their schema and that no model makes."""
    layers = "|".join(sorted(path.name for path in (REPO / "models").iterdir() if path.is_dir()))
    named = re.findall(rf"(?<![\w./-])({layers})\.([a-z_]+)(?![a-z_<*/])", code_of(text))
    return [f"{schema}.{name}" for schema, name in named if name not in models(schema)]


def table_rows(text: str, first: str) -> Iterator[list[str]]:
    """The cells of the table rows whose first cell is `first` and a number."""
    for line in text.splitlines():
        if re.match(rf"\| {first}\d+ \|", line):
            yield [cell.strip() for cell in line.strip("| ").split(" | ")]


def proofs() -> dict[str, set[str]]:
    """The names of all unit tests, singular checks and Python tests."""
    units = {
        unit["name"]
        for path in (REPO / "tests" / "unit").rglob("*.yml")
        for unit in yaml.safe_load(path.read_text())["unit_tests"]
    }
    tests = {
        name
        for path in (REPO / "tests" / "python").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.M)
    }
    checks = {path.stem for path in (REPO / "tests" / "singular").rglob("*.sql")}
    return {"unit": units, "test": tests, "check": checks}


def demo_cases() -> dict[str, bool]:
    """For each case in the demo's truth: whether the tables that it looks at are there."""
    cases: dict[str, bool] = {}
    with (REPO / "demo" / "truth" / "expected.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            schema, _, table = json.loads(row["subject"]).get("table", "").partition(".")
            there = not table or table in models(schema)
            cases[row["edge_case"]] = cases.get(row["edge_case"], True) and there
    return cases


def false_claims(cells: Iterable[list[str]]) -> list[str]:
    """What edge_cases.md says of proofs, and is not so."""
    known, shown, wrong = proofs(), demo_cases(), []
    for case, *_, said in cells:
        for part in said.split("; "):
            claim = PROOF.fullmatch(part)
            if claim is None:
                wrong.append(f"{case}: {part!r} says nothing")
            elif claim["name"] and claim["name"] not in known[claim["kind"]]:
                wrong.append(f"{case}: there is no {claim['kind']} {claim['name']}")
            elif part.startswith("demo") and not shown.get(part.partition(" as ")[2] or case):
                wrong.append(f"{case}: the demo does not show it")
        if shown.get(case) and "demo" not in said:
            wrong.append(f"{case}: the demo shows it")
    return wrong


def variables_in_code() -> set[str]:
    """The environment variables of the project that its code reads or names."""
    paths = [REPO / "dbt_project.yml", REPO / "Makefile"]
    for folder in CODE:
        paths += [p for p in (REPO / folder).rglob("*") if p.suffix in CODE_ENDINGS and p.is_file()]
    return {
        name
        for path in paths
        if "__pycache__" not in path.parts
        for name in re.findall(r"\bCDM_[A-Z]+(?:_[A-Z]+)*\b", path.read_text(encoding="utf-8"))
    }


def variables_in_settings(text: str) -> set[str]:
    """The variables that have a row in a table of settings."""
    return set(re.findall(r"^\| `(CDM_[A-Z_]+)` \|", text, re.M))


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert broken_links(page, page.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_command_that_is_named_exists(page: Path) -> None:
    assert set(unknown_commands(page.read_text())) <= WAITING


def test_what_is_waited_for_is_named_and_still_missing() -> None:
    named = {command for page in PAGES for command in unknown_commands(page.read_text())}
    assert named >= WAITING, "Take from WAITING what is there now."


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_every_table_that_is_named_is_a_model(page: Path) -> None:
    assert unknown_tables(page.read_text()) == []


def test_every_published_table_is_listed_once() -> None:
    listed = re.findall(r"^\| `(\w+\.\w+)` \|", (REPO / "docs/tables.md").read_text(), re.M)
    published = [f"{schema}.{name}" for schema in PUBLISHED for name in models(schema)]
    assert sorted(listed) == sorted(published)


def test_the_readme_is_short() -> None:
    assert len((REPO / "README.md").read_text().splitlines()) <= 200


def test_every_edge_case_stands_once_in_order() -> None:
    rows = table_rows((REPO / "docs" / "edge_cases.md").read_text(), "E")
    assert [cells[0] for cells in rows] == [f"E{number}" for number in range(1, 111)]


def test_every_edge_case_is_shown_where_the_page_says() -> None:
    rows = list(table_rows((REPO / "docs" / "edge_cases.md").read_text(), "E"))
    assert {len(cells) for cells in rows} == {4}
    assert false_claims(rows) == []


def test_every_invariant_stands_once_and_is_proven_where_the_page_says() -> None:
    rows = list(table_rows((REPO / "docs" / "contract.md").read_text(), "I"))
    assert [cells[0] for cells in rows] == [f"I{number}" for number in range(1, 21)]
    known = set().union(*proofs().values())
    for invariant, _, said in rows:
        names = [name for name in re.findall(r"`(\w+)`", said) if "_" in name]
        others = {"person_xref", "relationships"}
        assert [name for name in names if name not in known | others] == [], invariant
        assert names or "later" in said or "construction" in said, invariant


def test_every_setting_is_on_the_page_and_in_the_code() -> None:
    page = (REPO / "docs" / "operations.md").read_text()
    assert variables_in_settings(page) == variables_in_code()


def test_decisions_are_numbered_once() -> None:
    names = [path.name for path in sorted((REPO / "docs" / "decisions").iterdir())]
    assert all(re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name) for name in names), names
    assert len({name[:4] for name in names}) == len(names)


# Each of these checks notices what it is there for.


def test_broken_links_are_noticed() -> None:
    page = REPO / "README.md"
    good = "[a](docs/operations.md#settings) [b](LICENSE) [c](https://example.com/x) [d](docs)"
    assert broken_links(page, good) == []
    bad = "[a](docs/nothing.md) [b](docs/operations.md#no-such-heading) [c](#nor-here)"
    assert broken_links(page, bad) == [
        "docs/nothing.md", "docs/operations.md#no-such-heading", "#nor-here",
    ]  # fmt: skip


def test_unknown_commands_are_noticed() -> None:
    good = "`make build`, `.venv/bin/cdm build --full-refresh`, make up your mind\n```sh\nmake\n```"
    assert unknown_commands(good) == []
    bad = "```sh\nmake tea\ndbt build && cdm polish\n```\n`cdm build --fast`"
    assert unknown_commands(bad) == ["make tea", "cdm polish", "cdm build --fast"]


def test_unknown_tables_are_noticed() -> None:
    good = "`canonical.person`, `vault.person_pii.email_key`, `intake.int_<entity>__checked`"
    assert unknown_tables(good) == []
    assert unknown_tables("`select * from canonical.lead`") == ["canonical.lead"]


@pytest.mark.parametrize(
    ("case", "said", "wrong"),
    [
        ("E26", "demo; check `consent_is_never_wider_than_its_ledger`", False),
        ("E72", "demo, as E11", False),
        ("E41", "later", False),
        ("E41", "demo", True),
        ("E26", "later", True),
        ("E26", "demo; unit `there_is_no_such_test`", True),
        ("E26", "demo; test `a_merge_never_chains`", True),
        ("E26", "demo; trust us", True),
    ],
)
def test_false_claims_are_noticed(case: str, said: str, wrong: bool) -> None:
    assert bool(false_claims([[case, "", "", said]])) == wrong


def test_settings_are_read_off_the_table() -> None:
    page = "`CDM_ELSEWHERE`\n| `CDM_ONE` | a |\n| `CDM_TWO_WORDS` | b |"
    assert variables_in_settings(page) == {"CDM_ONE", "CDM_TWO_WORDS"}
    assert {"CDM_HASH_KEY", "CDM_THREADS"} <= variables_in_code()

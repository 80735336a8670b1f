"""The command `cdm launch-check`: planned campaign links, judged before they go out.

It reads the policies as files, so it needs neither a build nor a database.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus, urlsplit

import click
from rich.markup import escape

from cdm.files import CdmError
from cdm.project import Project
from cdm.records import plural

ADDRESS = re.compile(r"[^\s/?&=]+(@|%40)[^\s/?&=]+\.[a-z]", re.IGNORECASE)
FIELDS = {"utm_source": "source", "utm_medium": "medium", "utm_campaign": "campaign"}


@dataclass
class Verdict:
    """What is wrong with one link. Errors keep it from going out; warnings are advice."""

    link: str
    channel: str = ""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass
class Policies:
    """The rows in force on a day of the seeds that speak of campaign links."""

    rules: list[dict[str, str]]
    words: dict[tuple[str, str], str]
    channels: list[dict[str, str]]
    categories: dict[str, str]


def rows_in_force(path: Path, day: date) -> list[dict[str, str]]:
    """Return the rows of a policy that hold on a day; raise CdmError if there is no such file."""
    if not path.exists():
        raise CdmError(f"There is no {path}. Run cdm launch-check in the project's folder.")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            row
            for row in csv.DictReader(file)
            if row.get("valid_from", "") <= day.isoformat()
            and (not row.get("valid_to") or day.isoformat() < row["valid_to"])
        ]


def read_policies(project: Project, day: date) -> Policies:
    """Read the seeds of the project as they hold on a day."""
    policy = project.root / "seeds" / "policy"
    channels = rows_in_force(policy / "policy_channel_group.csv", day)
    sources = rows_in_force(project.root / "seeds" / "reference" / "ref_channel_source.csv", day)
    return Policies(
        rules=rows_in_force(policy / "policy_link_rule.csv", day),
        words={
            (row["field"], row["alias"]): row["value"]
            for row in rows_in_force(policy / "policy_utm_value.csv", day)
        },
        channels=sorted(channels, key=lambda row: int(row["rule_rank"])),
        categories={row["source"]: row["category"] for row in sources},
    )


def channel_of(policies: Policies, source: str, medium: str, campaign: str) -> str:
    """Return the channel group that the model will give to these words, by the first rule."""
    asked = {
        "source_pattern": source or "(not set)",
        "medium_pattern": medium or "(none)",
        "campaign_pattern": campaign,
    }
    for rule in policies.channels:
        category = rule["source_category"]
        if category and category != policies.categories.get(source):
            continue
        if all(not rule[name] or re.search(rule[name], word) for name, word in asked.items()):
            return rule["channel_group"]
    return "Unassigned"


def parameters(query: str) -> Iterator[tuple[str, str]]:
    """Yield the names and values of a query as they are written."""
    for part in filter(None, query.split("&")):
        name, _, value = part.partition("=")
        yield name, value


def word(policies: Policies, parameter: str, written: str) -> str:
    """Return a value as the model compares it: decoded, lower case, aliases joined."""
    plain = unquote_plus(written).strip().lower()
    return policies.words.get((FIELDS.get(parameter, ""), plain), plain)


def judge_parameter(policies: Policies, rule: dict[str, str], values: list[str]) -> Verdict:
    """Hold the values of one parameter of a link against its rule and the vocabulary."""
    name, verdict = rule["parameter"], Verdict("")
    if not [value for value in values if value]:
        if rule["is_required"] == "true":
            verdict.errors.append(f"{name} is missing: {rule['reason']}.")
        return verdict
    if len(values) > 1:
        verdict.errors.append(f"{name} stands {len(values)} times; trackers take one of them.")
    written = values[0]
    plain = unquote_plus(written).strip().lower()
    known = policies.words.get((FIELDS.get(name, ""), plain))
    if known and known != written:
        verdict.errors.append(f'{name} is "{written}": write {known}.')
    elif rule["pattern"] and not re.search(rule["pattern"], written):
        verdict.errors.append(
            f'{name} is "{written}": lower case, digits, dots, dashes and underscores only.'
        )
    elif name == "utm_medium" and not known:
        verdict.errors.append(
            f'utm_medium "{written}" is not agreed on; see seeds/policy/policy_utm_value.csv.'
        )
    elif name == "utm_source" and not known:
        verdict.warnings.append(f'utm_source "{written}" is new; add it to policy_utm_value.')
    return verdict


def judge(policies: Policies, link: str) -> Verdict:
    """Judge one planned link."""
    verdict = Verdict(link)
    try:
        address = urlsplit(link.strip())
        host = address.hostname or ""
    except ValueError:
        address, host = urlsplit(""), ""
    if address.scheme not in ("http", "https") or "." not in host:
        verdict.errors.append("It is no web address; it has to begin with https:// and a host.")
        return verdict
    if address.scheme == "http":
        verdict.warnings.append("It begins with http://; a redirect to https may lose the tags.")
    if "utm_" in address.fragment:
        verdict.errors.append("Tags stand behind the #, where no server sees them.")
    if "?" in address.query:
        verdict.errors.append("It has two question marks; write & before the second tag.")
    if ADDRESS.search(link):
        verdict.errors.append("It holds an e-mail address; links may not name people.")
    given: dict[str, list[str]] = {}
    for name, value in parameters(address.query.replace("?", "&")):
        given.setdefault(name.lower(), []).append(value)
        if name != name.lower() and name.lower().startswith("utm_"):
            verdict.errors.append(f"{name} is written {name.lower()}.")
    if any(name.startswith("amp;") for name in given):
        verdict.errors.append("Its & are written &amp; as in HTML: write &.")
    for rule in policies.rules:
        one = judge_parameter(policies, rule, given.get(rule["parameter"], []))
        verdict.errors += one.errors
        verdict.warnings += one.warnings
    known = {rule["parameter"] for rule in policies.rules} | {"utm_id"}
    for name in sorted(name for name in given if name.startswith("utm_") and name not in known):
        verdict.errors.append(f"{name} is no tag that anything reads.")
    tags = [word(policies, name, given.get(name, [""])[0]) for name in FIELDS]
    if all(tags):
        verdict.channel = channel_of(policies, *tags)
        if verdict.channel == "Unassigned":
            verdict.errors.append("No rule of policy_channel_group knows its channel.")
    return verdict


def links_of(file: Path) -> Iterator[str]:
    """Yield the links of a file: one a line, or the cells of a CSV that hold one or tags of one."""
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    if file.suffix.lower() not in (".csv", ".tsv"):
        yield from (line.strip() for line in lines if line.strip() and line.strip()[0] != "#")
        return
    delimiter = max(",;\t", key=(lines or [""])[0].count)
    for row in csv.reader(lines, delimiter=delimiter):
        yield from (cell.strip() for cell in row if re.search(r"://|utm_\w+=", cell, re.IGNORECASE))


def judge_all(policies: Policies, links: Iterable[str]) -> list[Verdict]:
    """Judge all links; the same link twice is one."""
    return [judge(policies, link) for link in dict.fromkeys(links)]


@click.command(name="launch-check")
@click.argument("links", nargs=-1)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of links: one a line, or a CSV with a column of them.",
)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the launch (today).")
@click.pass_context
def launch_check(
    context: click.Context, links: tuple[str, ...], files: tuple[Path, ...], day: date | None
) -> int:
    """Judge planned campaign links by the policies, before they go out.

    Ends with 0 if all may go out, 2 if there is advice, 1 if a link may not.
    """
    from cdm.cli import FAILED, PASSED, WARNED, new_console

    policies = read_policies(context.obj, date(day.year, day.month, day.day) if day else today())
    verdicts = judge_all(policies, [*links, *(link for file in files for link in links_of(file))])
    if not verdicts:
        raise CdmError("There is no link to check. Give links, or a file of them with --file.")
    console = new_console()
    for verdict in verdicts:
        mark = "stop" if verdict.errors else "look" if verdict.warnings else "ok"
        console.print(f"{mark:<5} {escape(verdict.link)}  {verdict.channel}", highlight=False)
        for text in [*verdict.errors, *verdict.warnings]:
            console.print(f"      {escape(text)}", highlight=False)
    stopped = sum(1 for verdict in verdicts if verdict.errors)
    advised = sum(1 for verdict in verdicts if verdict.warnings and not verdict.errors)
    console.print(
        f"{plural(len(verdicts), 'link')}: "
        f"{len(verdicts) - stopped} may go out, {stopped} may not.",
        highlight=False,
    )
    return FAILED if stopped else WARNED if advised else PASSED


def today() -> date:
    """Return the day by the machine's clock, for links are about to go out."""
    return date.today()

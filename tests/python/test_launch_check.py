"""`cdm launch-check`: planned links by the policies as they are shipped, and by changed ones."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from conftest import REPO, Run, cdm

from cdm.launch_check import Policies, channel_of, judge, links_of, read_policies
from cdm.project import Project

GOOD = (
    "https://www.firm.example/offer?utm_source=newsletter&utm_medium=email"
    "&utm_campaign=spring_sale&utm_content=button"
)


@pytest.fixture(scope="module")
def policies() -> Policies:
    return read_policies(Project(REPO), date(2026, 7, 1))


def test_a_good_link_may_go_out(policies: Policies) -> None:
    verdict = judge(policies, GOOD)
    assert (verdict.errors, verdict.warnings, verdict.channel) == ([], [], "Email")


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("utm_medium=email", "utm_medium=E-Mail", "write email"),
        ("utm_medium=email", "utm_medium=newsletter", "write email"),
        ("utm_medium=email", "utm_medium=Email", "write email"),
        ("utm_medium=email", "utm_medium=kooperation", "not agreed on"),
        ("&utm_medium=email", "", "utm_medium is missing"),
        ("&utm_content=button", "", "utm_content is missing"),
        ("utm_campaign=spring_sale", "utm_campaign=", "utm_campaign is missing"),
        ("utm_campaign=spring_sale", "utm_campaign=Spring%20Sale", "lower case"),
        ("utm_source=newsletter", "utm_source=fb", "write facebook"),
        ("utm_source=newsletter", "utm_source=a&utm_source=b", "stands 2 times"),
        ("&utm_medium", "?utm_medium", "two question marks"),
        ("&utm_", "&amp;utm_", "as in HTML"),
        ("?utm_source", "#utm_source", "behind the #"),
        ("utm_content=button", "utm_content=ann@acme.example", "e-mail address"),
        ("utm_content=button", "utm_content=button&mail=ann%40acme.example", "e-mail address"),
        ("utm_medium=email", "UTM_Medium=email", "UTM_Medium is written utm_medium"),
        ("utm_content=button", "utm_content=button&utm_medum=x", "no tag that anything reads"),
        ("https://www.firm.example", "www.firm.example", "no web address"),
        ("https://www.firm.example", "https://[firm", "no web address"),
    ],
)
def test_a_bad_link_is_stopped_with_what_to_do(
    policies: Policies, old: str, new: str, error: str
) -> None:
    errors = judge(policies, GOOD.replace(old, new)).errors
    assert [text for text in errors if error in text], errors


def test_each_agreed_medium_has_a_channel(policies: Policies) -> None:
    """A word that campaigns are told to write is one that the channel rules know."""
    media = {value for (field, _), value in policies.words.items() if field == "medium"}
    assert len(media) > 20
    unknown = {medium for medium in media if channel_of(policies, "x", medium, "y") == "Unassigned"}
    assert unknown == set()


def test_a_new_source_is_only_advice(policies: Policies) -> None:
    verdict = judge(policies, GOOD.replace("newsletter", "lagerblatt"))
    assert verdict.errors == []
    assert "is new" in verdict.warnings[0]


def test_the_channel_is_the_one_that_the_model_gives(policies: Policies, demo_build: Run) -> None:
    """Each source of the demo: the command and the build read the same rules alike."""
    rows = demo_build.query("select source, medium, campaign, channel_group from canonical.source")
    assert len(rows) > 20
    for source, medium, campaign, channel in rows:
        assert channel_of(policies, source or "", medium or "", campaign or "") == channel


def test_a_changed_policy_changes_the_verdict(tmp_path: Path) -> None:
    """A row more in the vocabulary lets a word in, from its first day on."""
    shutil.copytree(REPO / "seeds", tmp_path / "seeds")
    (tmp_path / "dbt_project.yml").touch()
    with (tmp_path / "seeds" / "policy" / "policy_utm_value.csv").open("a") as file:
        file.write("medium,partner-mail,partner-mail,2026-08-01,,marketing_operations,New\n")
    link = GOOD.replace("medium=email", "medium=partner-mail")

    def said(day: date) -> str:
        return " ".join(judge(read_policies(Project(tmp_path), day), link).errors)

    assert "not agreed on" in said(date(2026, 7, 31))
    assert "not agreed on" not in said(date(2026, 8, 1))
    assert "policy_channel_group" in said(date(2026, 8, 1))  # and a channel it has not


def test_links_of_a_list_and_of_a_table(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(f"# spring\n\n{GOOD}\nfirm.example/x\n")
    (tmp_path / "plan.csv").write_text(f"name,link\nspring,{GOOD}\nnone,\n")
    assert list(links_of(tmp_path / "plan.txt")) == [GOOD, "firm.example/x"]
    assert list(links_of(tmp_path / "plan.csv")) == [GOOD]
    comma, bare = GOOD.replace("offer", "a,b"), GOOD.removeprefix("https://")
    (tmp_path / "commas.txt").write_text(f"{comma}\n")
    (tmp_path / "plan.CSV").write_text(f"Name;utm_source;Link\nspring;mail;{comma}\nx;y;{bare}\n")
    assert list(links_of(tmp_path / "commas.txt")) == [comma]
    assert list(links_of(tmp_path / "plan.CSV")) == [comma, bare]


def test_the_command_says_what_to_do_and_how_it_ends(tmp_path: Path) -> None:
    bad = GOOD.replace("medium=email", "medium=Email")
    run = cdm(REPO, tmp_path, ["launch-check", GOOD, bad])
    assert run.rc == 1
    assert f"ok    {GOOD}  Email" in run.output
    assert "write email" in run.output
    assert "2 links: 1 may go out, 1 may not." in run.output
    single = cdm(REPO, tmp_path, ["launch-check", GOOD])
    assert single.rc == 0 and "1 link: 1 may go out, 0 may not." in single.output
    assert cdm(REPO, tmp_path, ["launch-check", GOOD.replace("newsletter", "x1")]).rc == 2
    nothing = cdm(REPO, tmp_path, ["launch-check"])
    assert nothing.rc == 1 and "There is no link" in nothing.output


def test_every_pattern_reads_the_same_in_python_and_duckdb(policies: Policies) -> None:
    texts = ["email", "e-mail", "spring-shop", "workshop", "paid_social", "cpm", "(direct)", "x y"]
    patterns = [rule["pattern"] for rule in policies.rules] + [
        row[name]
        for row in policies.channels
        for name in ("source_pattern", "medium_pattern", "campaign_pattern")
        if row[name]
    ]
    with duckdb.connect() as connection:
        for pattern in dict.fromkeys(patterns):
            for text in texts:
                [(found,)] = connection.execute(
                    "select regexp_matches(?, ?)", [text, pattern]
                ).fetchall()
                assert found is bool(re.search(pattern, text)), (pattern, text)

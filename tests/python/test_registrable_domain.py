"""int_domain__registrable against the package that reads the same Public Suffix List."""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from publicsuffixlist import PublicSuffixList

from cdm import reference
from cdm.identifiers import unicode_host

REPO = Path(__file__).resolve().parents[2]
SEEDS = REPO / "seeds" / "reference"

PROJECT = """
name: customer_data_model
version: '1.0'
profile: domains
flags: {send_anonymous_usage_stats: false}
models: {+materialized: table}
"""

# Stand-ins for what the model reads: hosts from addresses; no company records.
STAND_INS = {
    "int_email__normalised": "select host from read_csv('{hosts}', columns={{'host': 'varchar'}})",
    "int_account__checked": "select 'accepted' as disposition, 'none' as domain",
    "int_person__checked": "select 'accepted' as disposition, 'none' as company_domain",
}


def rules() -> list[tuple[str, str]]:
    """(suffix, rule_type) of every rule as the seed has them."""
    with (SEEDS / "ref_public_suffix.csv").open(encoding="utf-8", newline="") as lines:
        return [(row["suffix"], row["rule_type"]) for row in csv.DictReader(lines)]


def generated_hosts(seed: int = 1) -> list[str]:
    """Hosts under sampled rules, under every wildcard and exception, and under no rule at all."""
    draw = random.Random(seed)
    listed = rules()
    special = [suffix for suffix, kind in listed if kind != "exact"]
    suffixes = draw.sample([suffix for suffix, kind in listed if kind == "exact"], 2_000) + special
    word = ["acme", "mail", "eu", "x1", "a-b", "bücher", "shop", "www"]
    hosts = {"localhost.nowhere", "a.b.c.nowhere", "one.two.three.four.five.six.seven.eight.com"}
    for suffix in suffixes:
        hosts.add(suffix)
        hosts.add(f"{draw.choice(word)}.{suffix}")
        hosts.add(f"{draw.choice(word)}.{draw.choice(word)}.{suffix}")
        hosts.add(".".join(draw.choices(word, k=4)) + f".{suffix}")
        # An ending that is one label short of a rule.
        hosts.add(suffix.partition(".")[2] or suffix)
    return sorted(hosts)


@pytest.fixture(scope="module")
def registrable(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str | None]:
    """host -> domain, as the real model with the real seeds gives it."""
    folder = tmp_path_factory.mktemp("domains")
    for part in ("models", "seeds"):
        (folder / part).mkdir()
    macros = REPO / "macros"
    for name in ("identity", "platform"):
        shutil.copytree(macros / name, folder / "macros" / name)
    shutil.copy(REPO / "models/resolve/account/int_domain__registrable.sql", folder / "models")
    for name in ("ref_public_suffix", "ref_free_mail_domain", "ref_disposable_domain"):
        shutil.copy(SEEDS / f"{name}.csv", folder / "seeds")
    (folder / "hosts.csv").write_text("host\n" + "\n".join(generated_hosts()), encoding="utf-8")
    for name, sql in STAND_INS.items():
        text = sql.format(hosts=folder / "hosts.csv")
        (folder / "models" / f"{name}.sql").write_text(text)
    (folder / "dbt_project.yml").write_text(PROJECT)
    warehouse = folder / "domains.duckdb"
    (folder / "profiles.yml").write_text(
        f"domains: {{target: dev, outputs: {{dev: {{type: duckdb, path: '{warehouse}', "
        "plugins: [{module: cdm.duckdb_plugin}]}}}"
    )
    arguments = ["build", "--project-dir", str(folder), "--profiles-dir", str(folder), "--quiet"]
    # In a process of its own, which leaves no database open.
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", *arguments, "--log-path", str(folder / "logs")],
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stdout + done.stderr
    with duckdb.connect(str(warehouse)) as connection:
        query = "select host, domain from main.int_domain__registrable"
        return dict(connection.execute(query).fetchall())


def test_every_host_has_the_domain_that_the_package_says(
    registrable: dict[str, str | None],
) -> None:
    hosts = generated_hosts()
    assert len(hosts) >= 5_000
    assert set(registrable) == set(hosts)
    package = PublicSuffixList()
    said = {host: package.privatesuffix(host) for host in hosts}
    wrong = {
        host: (domain, said[host])
        for host, domain in registrable.items()
        if domain != (said[host] and unicode_host(said[host]))  # a domain is written in letters
    }
    assert not wrong, f"{len(wrong)} of {len(hosts)}: {dict(list(wrong.items())[:10])}"


def test_hosts_under_each_kind_of_rule_are_among_them() -> None:
    hosts = set(generated_hosts())
    kinds = {kind for suffix, kind in rules() if suffix in hosts}
    assert kinds == {"exact", "wildcard", "exception"}
    assert any(not host.isascii() for host in hosts)
    assert any("xn--" in host for host in hosts)


def test_the_deepest_rule_is_within_the_models_reach() -> None:
    with (SEEDS / "ref_public_suffix.csv").open(encoding="utf-8", newline="") as lines:
        deepest = max(int(row["labels"]) for row in csv.DictReader(lines))
    model = (REPO / "models/resolve/account/int_domain__registrable.sql").read_text()
    assert f"deepest={deepest + 1}" in model


def test_the_seeds_are_what_the_pinned_packages_say() -> None:
    for name, text in reference.rendered().items():
        assert (SEEDS / name).read_text(encoding="utf-8") == text, (
            f"run: cdm reference refresh ({name})"
        )


def test_refresh_writes_only_what_changed(tmp_path: Path) -> None:
    written = reference.refresh(tmp_path)
    assert {path.stem for path in written} == {*reference.SEEDS, "ref_provenance"}
    (tmp_path / "ref_country.csv").write_text("alpha2\n")
    assert reference.refresh(tmp_path) == [tmp_path / "ref_country.csv"]
    assert reference.refresh(tmp_path) == []


def test_another_version_of_a_package_is_refused() -> None:
    source = reference.Source("publicsuffixlist", "0.0.1", "MPL-2.0", "too old")
    seed = reference.Seed(("suffix",), source, list)
    with pytest.raises(reference.CdmError, match=r"publicsuffixlist==0\.0\.1, installed is"):
        reference.check_versions({"ref_public_suffix": seed})


def test_every_list_has_a_licence_that_notice_names() -> None:
    notice = (REPO / "NOTICE").read_text(encoding="utf-8")
    for name, seed in reference.SEEDS.items():
        assert f"{name}.csv" in notice
        assert seed.source.package in notice

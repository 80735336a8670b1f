"""Set-up: the lock, the profile's targets, and that one machine's paths are nowhere in them."""

from __future__ import annotations

import os
import re
import subprocess
from typing import Any

import pytest
import yaml
from conftest import REPO, environment
from dbt.config.profile import Profile
from dbt.config.renderer import ProfileRenderer
from dbt_common.context import set_invocation_context
from dbt_common.exceptions import DbtBaseException

LOCK = (REPO / "requirements.lock").read_text()
PROFILE = REPO / "profiles" / "profiles.yml"


def test_every_locked_package_has_a_hash_and_a_version() -> None:
    packages = re.findall(r"^([a-z0-9][^ \n]*)(.*?)(?=^\S|\Z)", LOCK, flags=re.M | re.S)
    assert len(packages) > 50
    for name, rest in packages:
        assert "==" in name, name
        assert "--hash=sha256:" in rest, name


@pytest.mark.parametrize(
    "name", ["dbt-core==1.11.16", "dbt-duckdb==1.11.1", "duckdb==1.5.5", "rich==", "numpy=="]
)
def test_the_lock_holds_what_the_design_names(name: str) -> None:
    assert f"\n{name}" in LOCK


def test_the_lock_names_no_place() -> None:
    for lock in REPO.glob("*.lock"):
        text = re.sub(r"^#.*$", "", lock.read_text(), flags=re.M)
        assert not re.search(r"://|--index-url|--find-links|(^|\s)/|@ file", text, flags=re.M), lock


def test_make_lists_its_commands() -> None:
    listed = subprocess.run(["make", "-s"], cwd=REPO, capture_output=True, text=True).stdout
    named = set(re.findall(r"^  make (\S+)", listed, flags=re.M))
    assert {"setup", "build", "test", "check", "demo", "docs", "bench", "clean"} <= named
    targets = re.findall(r"^([a-z0-9-]+):", (REPO / "Makefile").read_text(), flags=re.M)
    assert named == set(targets), "a target without a description"


def test_scripts_can_be_run() -> None:
    for path in [REPO / ".ci" / "run", *(REPO / "scripts").iterdir()]:
        assert path.stat().st_mode & 0o111, path


OUTPUTS = yaml.safe_load(PROFILE.read_text())["customer_data_model"]["outputs"]


@pytest.mark.parametrize("target", sorted(set(OUTPUTS) - {"duckdb"}))
def test_a_target_is_read_only_when_it_is_chosen(target: str) -> None:
    """Each warehouse target asks for variables of its own; the default asks for none."""
    with (
        environment(CDM_TARGET=target),
        pytest.raises(DbtBaseException, match="Env var required"),
    ):
        rendered()
    with environment():
        name, data = rendered()
    assert name == "duckdb" and data["path"].endswith("/build/cdm.duckdb")


def rendered() -> tuple[str, dict[str, Any]]:
    """Return name and values of the target that dbt reads in the present environment."""
    set_invocation_context(os.environ)
    raw = yaml.safe_load(PROFILE.read_text())["customer_data_model"]
    return Profile.render_profile(raw, "customer_data_model", None, ProfileRenderer({}))

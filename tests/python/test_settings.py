"""Settings that can't be meant: each is named, with what to write instead."""

from __future__ import annotations

import re
from datetime import datetime
from types import SimpleNamespace

import jinja2
import pytest
import yaml
from conftest import REPO

from cdm import cli


class Stopped(Exception):
    """What dbt raises where a macro stops the build."""


def stop(message: str) -> None:
    """Stand for `exceptions.raise_compiler_error`."""
    raise Stopped(message)


def said(macro: str, call: str, **environment: str) -> str:
    """Return what a macro writes or, as `stopped: …`, what it stops with."""
    text = (REPO / "macros" / f"{macro}.sql").read_text(encoding="utf-8")
    written: list[object] = []
    try:
        rendered = jinja2.Environment(extensions=["jinja2.ext.do"]).from_string(
            text + "{{ " + call + " }}"
        ).render(
            env_var=lambda name, default="": environment.get(name, default),
            run_started_at=datetime(2026, 11, 26, 19, 15),
            modules=SimpleNamespace(re=re),
            dbt=SimpleNamespace(type_timestamp=lambda: "timestamp"),
            exceptions=SimpleNamespace(raise_compiler_error=stop),
            **{"return": written.append},
        )  # fmt: skip
    except Stopped as stopped:
        return f"stopped: {stopped}"
    return str(written[0]) if written else rendered.strip()


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-01", "2026-07-01T25:00", "01.07.2026"])
def test_a_day_that_is_none_is_named(moment: str) -> None:
    message = said("as_of", "as_of()", CDM_AS_OF=moment)
    assert message.startswith(f'stopped: CDM_AS_OF is "{moment}"')
    assert "2026-07-01T00:00:00" in message


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ("2026-07-02", "2026-07-02"),
        ("2026-07-02 10:30", "2026-07-02 10:30"),
        ("2026-07-02T10:30:00Z", "2026-07-02T10:30:00Z"),
        ("", "2026-11-26T19:15:00"),
    ],
)
def test_a_day_that_is_one_counts(given: str, counts: str) -> None:
    assert said("as_of", "as_of()", CDM_AS_OF=given, CDM_EXPORTS="exports") == (
        f"cast('{counts}' as timestamp)"
    )


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("file", 'stopped: CDM_SOURCES is "file"; set it to files or tables.'),
        ("tables", "True"),
        ("files", "False"),
        ("", "False"),
    ],
)
def test_sources_are_files_or_tables(given: str, answer: str) -> None:
    call = "duckdb__reads_tables()"
    assert said("platform/reads_tables", call, CDM_SOURCES=given) == answer


def test_an_empty_list_of_connectors_switches_none_off() -> None:
    project = yaml.safe_load((REPO / "dbt_project.yml").read_text(encoding="utf-8"))
    staging = project["models"]["customer_data_model"]["staging"]
    enabled = {
        name: jinja2.Template(config["+enabled"]).render(env_var=lambda *_: "")
        for name, config in staging.items()
        if isinstance(config, dict) and "+enabled" in config
    }
    on_request = project["vars"]["connectors_on_request"]
    assert enabled == {name: str(name not in on_request) for name in project["vars"]["connectors"]}


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`export CDM_WAREHOUSE=` would else make the project's own folder the warehouse."""
    monkeypatch.setenv("CDM_WAREHOUSE", " ")
    monkeypatch.setenv("CDM_CONNECTORS", "generic")
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert "CDM_WAREHOUSE" not in cli.os.environ and "CDM_CONNECTORS" in cli.os.environ

"""Run records: what a run did, as plain data in runs/*.json, outside the files that a failed build
throws away."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cdm.files import Warehouse

# dbt's word for how a node ended, where that is not simply well.
VERDICTS = {
    "error": "failed",
    "fail": "failed",
    "runtime error": "failed",
    "partial success": "failed",
    "warn": "warned",
    "skipped": "skipped",
    "no-op": "skipped",
}
CHECKS = ("test", "unit_test")  # everything else is counted under "models"
COUNTS = [
    f"{of_what}_{verdict}"
    for of_what in ("models", "checks")
    for verdict in ("passed", "warned", "failed", "skipped")
]


@dataclass
class Outcome:
    """One node of a run that did not simply pass."""

    name: str
    kind: str  # model, seed, test, unit_test …
    status: str  # dbt's word: error, fail, warn, skipped
    message: str
    owner: str
    next_step: str


@dataclass
class Record:
    """One run of `cdm build` or `cdm publish`. Times are UTC, ISO 8601, to the second."""

    command: str
    started: str
    finished: str = ""
    outcome: str = "started"  # then: passed, failed
    pid: int = 0
    as_of: str = ""
    counts: dict[str, int] = field(default_factory=dict)  # see COUNTS
    problems: list[Outcome] = field(default_factory=list)
    error: str = ""  # why there was no result at all
    notes: list[str] = field(default_factory=list)
    published: dict[str, Any] = field(default_factory=dict)  # path, tables, bytes
    invocation_id: str = ""

    @property
    def warnings(self) -> int:
        return self.counts.get("checks_warned", 0) + self.counts.get("models_warned", 0)

    @property
    def seconds(self) -> float:
        """How long the run took, in seconds."""
        if not self.finished:
            return 0.0
        span = datetime.fromisoformat(self.finished) - datetime.fromisoformat(self.started)
        return span.total_seconds()


def plural(count: int, word: str) -> str:
    """Write a count with its word."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def now() -> str:
    """Return the present moment as records have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def begin(warehouse: Warehouse, command: str) -> tuple[Record, Path]:
    """Write the record of a run that starts, so that a killed one is seen too."""
    record = Record(
        command=command,
        started=now(),
        pid=os.getpid(),
        as_of=os.environ.get("CDM_AS_OF", ""),
    )
    path = warehouse.runs / f"{datetime.now(UTC):%Y%m%dT%H%M%S_%f}.json"
    save(record, path)
    return record, path


def save(record: Record, path: Path) -> None:
    """Write a record; a reader sees the old or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
    os.replace(part, path)


def load(path: Path) -> Record:
    """Read one record."""
    data = json.loads(path.read_text(encoding="utf-8"))
    data["problems"] = [Outcome(**problem) for problem in data["problems"]]
    return Record(**data)


def latest(warehouse: Warehouse) -> Record | None:
    """Return the record of the run that began last, or None."""
    paths = sorted(warehouse.runs.glob("*.json"))
    return load(paths[-1]) if paths else None


def read_results(record: Record, results: list[dict[str, Any]], manifest: dict[str, Any]) -> None:
    """Fill a record from the `results` of dbt's run_results.json and its manifest."""
    counts = dict.fromkeys(COUNTS, 0)
    for result in results:
        node = find_node(manifest, result["unique_id"])
        if node["resource_type"] == "exposure":
            continue  # names readers, and is not built
        verdict = VERDICTS.get(result["status"], "passed")
        of_what = "checks" if node["resource_type"] in CHECKS else "models"
        counts[f"{of_what}_{verdict}"] += 1
        if verdict in ("failed", "warned"):
            record.problems.append(problem_of(result, node, manifest))
    # A model that could not be built comes before the checks it takes down.
    record.problems.sort(key=lambda problem: (problem.status == "warn", problem.kind in CHECKS))
    record.counts = counts


def find_node(manifest: dict[str, Any], unique_id: str) -> dict[str, Any]:
    """Return a node or unit test of the manifest; an empty one when it is not there."""
    for section in ("nodes", "unit_tests", "exposures", "saved_queries", "functions"):
        if unique_id in manifest.get(section, {}):
            return manifest[section][unique_id]
    name = unique_id.split(".")[2:3]
    return {
        "unique_id": unique_id,
        "resource_type": unique_id.split(".")[0],
        "name": name[0] if name else unique_id,
    }


def meta_of(node: dict[str, Any]) -> dict[str, Any]:
    """Return a node's meta, wherever this dbt version puts it."""
    return {**(node.get("meta") or {}), **((node.get("config") or {}).get("meta") or {})}


def table_of(node: dict[str, Any]) -> str:
    """Return the `schema.table` that a node makes; a later version has its number in the name."""
    return f"{node['schema']}.{node.get('alias') or node['name']}"


def owner_of(node: dict[str, Any], manifest: dict[str, Any]) -> str:
    """Return the business owner of a node, or of the model or source that it tests."""
    tested = [node.get("attached_node"), *(node.get("depends_on") or {}).get("nodes", [])]
    nearby = [
        manifest.get("nodes", {}).get(name) or manifest.get("sources", {}).get(name) or {}
        for name in tested
        if name
    ]
    for candidate in [node, *nearby]:
        meta = {**(candidate.get("source_meta") or {}), **meta_of(candidate)}
        if meta.get("business_owner"):
            return str(meta["business_owner"])
    return ""


def problem_of(result: dict[str, Any], node: dict[str, Any], manifest: dict[str, Any]) -> Outcome:
    """Describe one failure or warning in words for the one who has to act on it."""
    kind, meta = node.get("resource_type", ""), meta_of(node)
    message = essential(result.get("message") or "")
    if kind == "test" and result.get("failures") and result["status"] not in ("error",):
        said = meta.get("message") or node.get("description") or message
        message = f"{plural(result['failures'], 'row')}: {said}"
    return Outcome(
        name=node.get("name", result["unique_id"]),
        kind=kind,
        status=result["status"],
        message=message,
        owner=owner_of(node, manifest),
        next_step=str(meta.get("next_step") or usual_step(node, kind, result["status"], message)),
    )


def usual_step(node: dict[str, Any], kind: str, status: str, message: str) -> str:
    """Return what to do about a problem when the node itself does not say it."""
    file = node.get("original_file_path", "")
    if kind == "test" and status != "error":
        return (
            f"Look at the rows with `cdm rows {node.get('name', '')}`; correct them in the system "
            f"they come from, or the rule in {file or 'its YAML'}."
        )
    if kind == "unit_test":
        return f"The logic no longer does what {file} says; correct one of the two."
    if kind == "seed":
        return f"Correct the file {file}."
    if not file:
        return ""
    step = f"Correct what the message names (the model is {file})."
    # A column that is missing or of another type: the code is wrong, or a table is older than it.
    if "Binder Error" in message or "schemas on this incremental model are out of sync" in message:
        step += " If the project was updated, run `cdm build --full-refresh` once."
    return step


def located(message: str) -> str:
    """Return the essential part of an error message, after the node that dbt says it is about."""
    found = re.search(r" Error in (.+\))$", message, flags=re.M)
    return f"{found[1]}:\n{essential(message)}" if found else essential(message)


def essential(message: str) -> str:
    """Return the part of an error message that says what is wrong, without stack and location.

    dbt puts "<Kind> Error in model x (path)" before it, DuckDB "Invalid Input Error: Python
    exception …" in front and "At: …" behind, and both a caret line.
    """
    lines = []
    for line in message.replace("\r", "").split("\n"):
        text = line.strip()
        if text.startswith(("At:", "Traceback", "compiled code at", "> in macro", "> called by")):
            break
        if text.startswith(("LINE ", "^")) or not text:
            continue
        if " Error in " in text and text.endswith(")"):
            continue
        if text in ("Runtime Error", "Database Error", "Compilation Error", "Parsing Error"):
            continue
        for prefix in (
            "Invalid Input Error: ",
            "Python exception occurred while executing the UDF: ",
        ):
            text = text.removeprefix(prefix)
        lines.append(text)
    return "\n".join(lines)

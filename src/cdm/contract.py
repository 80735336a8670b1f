"""The contract as data: read from dbt's manifest, kept as files, compared, checked and logged.

A contract is `{table: facts}`. Tables are published ones (`canonical.person`) and raw objects
(`source.hubspot.contact`); facts have the table's own and, under `columns`, each column's.
A published table is one version of a dbt model: version 1 has the model's name, version 2 is called
`canonical.person_v2` and is a table of its own. A name keeps its meaning until it goes.

`contract/*.json` in the project is the contract as it was last agreed, one file a table, and
`contract/changes.csv` says of each version what changed, why, who approved it and who must adapt.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import itertools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cdm.files import CdmError
from cdm.project import Project
from cdm.publish import PUBLISHED_SCHEMAS
from cdm.records import meta_of, table_of

Contract = dict[str, dict[str, Any]]
LOG_COLUMNS = (
    "version", "changed_on", "step", "tables", "what", "why", "approved_by", "who_must_adapt",
    "digest",
)  # fmt: skip
STEPS = ("patch", "minor", "major")
PII_ORDER = ("none", "indirect", "direct", "sensitive")
SAME_MEANING = 0.9  # texts more alike than this are the same meaning in better words
SAME_COLUMN = 0.75  # a removed and an added column whose descriptions are this alike are one
WIDER = {("int", "bigint"), ("date", "timestamp"), ("int", "double"), ("bigint", "double")}
IN_ITS_PLACE = {"removed", "renamed", "retyped", "required", "key", "meaning"}
RULE_TYPES = ("required", "format", "range", "allowed_values", "unique", "reference")
SAID_OF_RULES = {"problem": "", "next_step": ""}
ALWAYS = {"marketing_operations", "revenue_operations"}
LIFECYCLE = re.compile(r"lifecycle|lead|handoff|sla|routing|opportunit")


@dataclass(frozen=True, order=True)
class Change:
    """One difference of two contracts. `step` is the least step of the version that it takes."""

    table: str
    column: str  # empty for the table itself
    kind: str  # added, removed, renamed, retyped, narrowed, widened, meaning, reworded, owner …
    step: str
    message: str

    @property
    def breaking(self) -> bool:
        return self.step == "major"


def read_contract(manifest: dict[str, Any]) -> Contract:
    """Return the contract that the project's YAML states."""
    project = manifest["metadata"]["project_name"]
    found: Contract = {}
    for node in manifest["nodes"].values():
        own = node["package_name"] == project and node["resource_type"] == "model"
        if own and node["schema"] in PUBLISHED_SCHEMAS:
            found[table_of(node)] = _versioned(node) | _facts(node, meta_of(node))
    for source in manifest["sources"].values():
        if source["package_name"] == project:
            meta = {**(source.get("source_meta") or {}), **meta_of(source)}
            found[f"source.{source['source_name']}.{source['name']}"] = _facts(source, meta)
    return dict(sorted(found.items()))


def _versioned(node: dict[str, Any]) -> dict[str, Any]:
    """Return which version of which table a node is, and when it goes."""
    facts: dict[str, Any] = {"version": node["version"]} if node.get("version") else {}
    if node.get("alias", node["name"]) != node["name"]:
        facts["version_of"] = f"{node['schema']}.{node['name']}"
    if node.get("deprecation_date"):
        facts["deprecation_date"] = str(node["deprecation_date"])[:10]
    return facts


def _facts(node: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    kept = ("business_owner", "steward", "refresh_cadence", "source_of_truth", "primary_key")
    facts: dict[str, Any] = {"description": _text(node.get("description"))}
    facts |= {key: meta[key] for key in kept if meta.get(key)}
    if meta.get("object_aliases"):
        facts["aliases"] = sorted(meta["object_aliases"])
    facts["columns"] = {name: _column(about) for name, about in node["columns"].items()}
    return facts


def _column(about: dict[str, Any]) -> dict[str, Any]:
    meta = meta_of(about)
    kept = (
        "business_owner", "steward", "source_of_truth", "pii", "workflow", "maps_to", "rules",
        "min_completeness",
    )  # fmt: skip
    column = {
        "type": about.get("data_type"),
        "description": _text(about.get("description")),
        "required": bool(meta.get("required"))
        or any(rule.get("type") == "not_null" for rule in about.get("constraints") or []),
    }
    if meta.get("aliases"):
        column["aliases"] = sorted(meta["aliases"])
    return column | {key: meta[key] for key in kept if meta.get(key) not in (None, [], "")}


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())


def compare(before: Contract, now: Contract) -> list[Change]:
    """Return what changed, in order. Whatever makes something that held before untrue for a reader
    or a producer is breaking."""
    changes: list[Change] = []
    for table in sorted(set(before) | set(now)):
        if table not in now:
            until = before[table].get("deprecation_date")
            said = f"it is gone, as was said for {until}" if until else "it is gone"
            changes.append(Change(table, "", "removed", "major", said))
        elif table not in before:
            first = now[table].get("version_of")
            said = f"it is version {now[table]['version']} of {first}" if first else "it is new"
            changes.append(Change(table, "", "added", "minor", said))
        else:
            changes += _table_changes(table, before[table], now[table])
            changes += _columns_changes(table, before[table]["columns"], now[table]["columns"])
    return sorted(changes)


def _table_changes(table: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    yield from _common(table, "", old, new)
    if old.get("primary_key") != new.get("primary_key"):
        said = f"its key was {old.get('primary_key')} and is {new.get('primary_key')}"
        yield Change(table, "", "key", "major", said)
    yield from _alias_changes(table, "", old, new)
    until, before = new.get("deprecation_date"), old.get("deprecation_date")
    if until != before:
        sooner = before is not None and until is not None and until < before
        said = f"it goes on {until}" if until else f"it no longer goes on {before}"
        yield Change(table, "", "deprecated", "major" if sooner else "minor", said)


def _common(table: str, column: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    """What tables and columns have alike: meaning, owners, where a value comes from."""
    if old["description"] != new["description"]:
        alike = difflib.SequenceMatcher(None, old["description"], new["description"]).ratio()
        kind, step = ("reworded", "patch") if alike >= SAME_MEANING else ("meaning", "major")
        said = f"it meant: {old['description']} It means: {new['description']}"
        yield Change(table, column, kind, step, said)
    for fact, kind in (
        ("business_owner", "owner"),
        ("steward", "owner"),
        ("refresh_cadence", "cadence"),
        ("source_of_truth", "source_of_truth"),
        ("workflow", "workflow"),
    ):
        if old.get(fact) != new.get(fact):
            said = f"{fact} was {old.get(fact)} and is {new.get(fact)}"
            yield Change(table, column, kind, "minor", said)


def _alias_changes(
    table: str, column: str, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[Change]:
    """The other names under which exports may have an object or a column."""
    lost = set(old.get("aliases") or []) - set(new.get("aliases") or [])
    if lost:
        said = f"no longer read as: {', '.join(sorted(lost))}"
        yield Change(table, column, "aliases", "major", said)
    elif old.get("aliases") != new.get("aliases"):
        yield Change(table, column, "aliases", "minor", "it is read under more names")


def _columns_changes(table: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    for name in gone:
        heir = _heir(name, old[name], {one: new[one] for one in come})
        if heir:
            come.remove(heir)
            yield Change(table, name, "renamed", "major", f"it is called {heir} now")
        else:
            yield Change(table, name, "removed", "major", "it is gone")
    for name in come:
        needed = table.startswith("source.") and new[name]["required"]
        said = "it is new, and exports must have it" if needed else "it is new"
        yield Change(table, name, "added", "major" if needed else "minor", said)
    for name in old:
        if name in new:
            yield from _common(table, name, old[name], new[name])
            yield from _column_changes(table, name, old[name], new[name])


def _heir(name: str, old: dict[str, Any], come: dict[str, dict[str, Any]]) -> str | None:
    """Return the new column that an old one has most probably become."""
    best, score = None, SAME_COLUMN
    for other, about in come.items():
        alike = difflib.SequenceMatcher(None, old["description"], about["description"]).ratio()
        if name in (about.get("aliases") or []):
            alike = 1.0
        if about["type"] == old["type"] and alike >= score:
            best, score = other, alike
    return best


def _column_changes(
    table: str, name: str, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[Change]:
    is_source = table.startswith("source.")
    if old["type"] != new["type"]:
        step = "minor" if (old["type"], new["type"]) in WIDER else "major"
        said = f"its type was {old['type']} and is {new['type']}"
        yield Change(table, name, "retyped", step, said)
    if old["required"] != new["required"]:
        # Readers rely on a value that is always there, producers on one that need not be.
        eased = old["required"] != is_source
        said = "it may be absent now" if old["required"] else "it must always be there now"
        yield Change(table, name, "required", "major" if eased else "minor", said)
    if old.get("pii") != new.get("pii"):
        stricter = PII_ORDER.index(new.get("pii", "none")) > PII_ORDER.index(old.get("pii", "none"))
        said = f"its class of personal data was {old.get('pii')} and is {new.get('pii')}"
        yield Change(table, name, "pii", "major" if stricter else "minor", said)
    if old.get("maps_to") != new.get("maps_to"):
        said = f"it fed {old.get('maps_to')} and feeds {new.get('maps_to')}"
        yield Change(table, name, "mapping", "major" if old.get("maps_to") else "minor", said)
    least, before = new.get("min_completeness") or 0, old.get("min_completeness") or 0
    if least != before:
        kind, step = ("narrowed", "minor") if least > before else ("widened", "major")
        said = f"at least {before:.0%} of the rows should have a value, and now {least:.0%}"
        yield Change(table, name, kind, "minor" if is_source else step, said)
    yield from _alias_changes(table, name, old, new)
    yield from _rule_changes(table, name, old.get("rules") or [], new.get("rules") or [])


def _rule_changes(table: str, name: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    """Rules that came, went or changed: more of what was true before is ruled out, or less."""
    before, now = _by_kind(old), _by_kind(new)
    for one in sorted(before.keys() | now.keys()):
        was, rule = before.get(one), now.get(one)
        if was == rule:
            continue
        reports = all(r.get("severity") == "report" for r in (was, rule) if r)
        step = "patch" if reports else "major"
        if was is None or rule is None:
            kind = "narrowed" if was is None else "widened"
            said = f"rule {'added' if was is None else 'taken away'}: {_written(rule or was)}"
        elif {**was, **SAID_OF_RULES} == {**rule, **SAID_OF_RULES}:
            kind, step, said = "reworded", "patch", f"of a rule it says now: {_written(rule)}"
        else:
            kind = "widened" if _is_wider(was, rule) else "narrowed"
            said = f"rule was {_written(was)} and is {_written(rule)}"
        yield Change(table, name, kind, step, said)


def _by_kind(rules: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the rules of a field by what tells them apart: type, name, condition, else place."""
    found: dict[str, dict[str, Any]] = {}
    for rule in rules:
        kind = next(one for one in rule if one in RULE_TYPES)
        one = f"{kind} {rule.get('name', '')} {rule.get('when', '')}"
        found[f"{one} {len(found)}" if one in found else one] = rule
    return found


def _written(rule: Any) -> str:
    return json.dumps(rule, sort_keys=True, ensure_ascii=False)


def _is_wider(was: dict[str, Any], rule: dict[str, Any]) -> bool:
    """True where a rule lets in something that it ruled out before."""
    if "allowed_values" in rule:
        return bool(set(rule["allowed_values"]) - set(was["allowed_values"]))
    if "range" in rule:
        (low, high), (new_low, new_high) = was["range"], rule["range"]
        lower = low is not None and (new_low is None or new_low < low)
        return lower or (high is not None and (new_high is None or new_high > high))
    return False


def beside(changes: list[Change], before: Contract, today: str) -> Iterator[str]:
    """Say which changes break readers of a published table in its place. Those ship as a new
    version beside it, and the old one goes when its time is over."""
    for change in changes:
        if change.table.startswith("source.") or not change.breaking:
            continue
        where = f"{change.table}.{change.column}".rstrip(".")
        if change.kind == "removed" and not change.column:
            until = before[change.table].get("deprecation_date")
            if until is None or until > today:
                said = f"not before {until}" if until else "give it a deprecation_date first"
                yield f"{where} is gone: {said}."
        elif change.kind in IN_ITS_PLACE:
            yield (
                f"{where}: {change.message}; that breaks its readers. Leave {change.table} as it "
                "was and give its model a new version beside it."
            )


def needed_step(changes: list[Change]) -> str | None:
    """Return the least step of the version that some changes take; None for no change."""
    return max((change.step for change in changes), key=STEPS.index, default=None)


def needed_approvals(changes: list[Change], contract: Contract) -> set[str]:
    """Return the roles that have to approve: marketing and revenue operations always, sales too
    where the lifecycle, deals or the routing are concerned."""
    roles = set(ALWAYS) if changes else set()
    for change in changes:
        column = (contract.get(change.table) or {}).get("columns", {}).get(change.column) or {}
        if LIFECYCLE.search(change.table) or column.get("workflow") == "routing":
            roles.add("sales_operations")
    return roles


def parse_version(text: str) -> tuple[int, int, int]:
    """Read a version; raises CdmError for anything but three numbers with points between."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", text):
        raise CdmError(f"{text!r} is no version: write three numbers, such as 1.2.0.")
    major, minor, patch = (int(part) for part in text.split("."))
    return major, minor, patch


def next_version(text: str, step: str) -> str:
    """Return the version one step on."""
    major, minor, patch = parse_version(text)
    if step == "major":
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if step == "minor" else f"{major}.{minor}.{patch + 1}"


def step_between(before: str, now: str) -> str | None:
    """Return which step leads from one version to a later one; None where it is not later."""
    old, new = parse_version(before), parse_version(now)
    if new <= old:
        return None
    return "major" if new[0] > old[0] else "minor" if new[1] > old[1] else "patch"


def digest(contract: Contract) -> str:
    """Return a short name of the contract's content."""
    return hashlib.sha256(json.dumps(contract, sort_keys=True).encode()).hexdigest()[:16]


# Files


def folder_of(project: Project) -> Path:
    return project.root / "contract"


def write_files(project: Project, contract: Contract) -> None:
    """Write one file a table, and delete those of tables that are gone."""
    folder = folder_of(project)
    folder.mkdir(exist_ok=True)
    for path in folder.glob("*.json"):
        if path.stem not in contract:
            path.unlink()
    for table, facts in contract.items():
        text = json.dumps(facts, indent=1, ensure_ascii=False) + "\n"
        (folder / f"{table}.json").write_text(text, encoding="utf-8")


def read_files(folder: Path) -> Contract:
    """Read the files of a contract. Raises CdmError where there are none."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise CdmError(f"There is no contract in {folder}. `cdm contract accept` writes it.")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def read_path(path: Path) -> Contract:
    """Read the contract that a folder of its files holds, one of the files, or a dbt manifest, such
    as `warehouse/state/manifest.json` of the last good build. Raises CdmError for another file."""
    if path.is_dir():
        return read_files(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if "nodes" in content:
            return read_contract(content)
        return {path.stem: {**content, "columns": dict(content["columns"])}}
    except (ValueError, KeyError, TypeError) as error:
        raise CdmError(f"{path} is neither a file of a contract nor a dbt manifest.") from error


def last_release(project: Project) -> str | None:
    """Return the newest tag of a release (v1.2.3) that the work at hand comes after and that has a
    contract, if any."""

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=project.root, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    if shutil.which("git") is None:
        return None
    tag = git("describe", "--tags", "--abbrev=0", "--match", "v[0-9]*")
    return tag if tag and git("ls-tree", "--name-only", tag, "contract/") else None


def read_ref(project: Project, ref: str) -> tuple[Contract, list[dict[str, str]]]:
    """Read the contract's files and its log as they stand at a git ref."""

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=project.root, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise CdmError(f"git knows no {ref}: {done.stderr.strip()}")
        return done.stdout

    names = git("ls-tree", "--name-only", ref, "contract/").splitlines()
    if not names:
        raise CdmError(f"There is no contract/ at {ref}.")
    texts = {name: git("show", f"{ref}:{name}") for name in names}
    log = read_log(texts.pop("contract/changes.csv", ""))
    return {Path(n).stem: json.loads(t) for n, t in texts.items() if n.endswith(".json")}, log


def read_log(text: str) -> list[dict[str, str]]:
    """Read a log of changes, oldest first."""
    return list(csv.DictReader(io.StringIO(text)))


def log_path(project: Project) -> Path:
    return folder_of(project) / "changes.csv"


def logged(project: Project) -> list[dict[str, str]]:
    path = log_path(project)
    return read_log(path.read_text(encoding="utf-8")) if path.exists() else []


def log_change(project: Project, row: dict[str, str]) -> None:
    """Add one row to the log."""
    path = log_path(project)
    path.parent.mkdir(exist_ok=True)
    is_new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, LOG_COLUMNS, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def contract_version(project: Project) -> str:
    """Return `contract_version` of dbt_project.yml."""
    text = (project.root / "dbt_project.yml").read_text(encoding="utf-8")
    found = re.search(r'^  contract_version: "?([^"\n]+)"?$', text, re.M)
    if found is None:
        raise CdmError("dbt_project.yml has no var contract_version.")
    return found[1]


def set_version(project: Project, version: str) -> None:
    """Write `contract_version` into dbt_project.yml."""
    path = project.root / "dbt_project.yml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r'^(  contract_version: )"?[^"\n]+"?$', rf'\1"{version}"', text, flags=re.M)
    path.write_text(changed, encoding="utf-8")


def check(
    now: Contract,
    agreed: Contract,
    log: list[dict[str, str]],
    version: str,
    base: tuple[Contract, list[dict[str, str]]] | None = None,
    today: str | None = None,
) -> list[str]:
    """Return what is wrong with how the contract was changed; nothing if all is agreed.

    `now` is what the YAML states, `agreed` the files, `base` both as they were before, if known.
    `today` is a day as YYYY-MM-DD.
    """
    wrong = []
    for change in compare(agreed, now):
        where = f"{change.table}.{change.column}".rstrip(".")
        wrong.append(f"{where}: {change.message}; this is agreed nowhere")
    if wrong:
        wrong.append("Agree on it, then run `cdm contract accept --why … --approved-by …`.")
        return wrong
    if not log:
        return ["contract/changes.csv has no row."]
    last = log[-1]
    if last["version"] != version:
        wrong.append(
            f"dbt_project.yml says contract_version {version}, the log ends with {last['version']}."
        )
    if last["digest"] != digest(agreed):
        wrong.append(f"The contract is another one than that which {last['version']} agreed on.")
    for row in log:
        empty = [name for name in LOG_COLUMNS if not (row.get(name) or "").strip()]
        if empty:
            wrong.append(f"version {row['version']}: the log lacks {', '.join(empty)}.")
    for before, after in itertools.pairwise(log):
        if step_between(before["version"], after["version"]) is None:
            wrong.append(f"version {after['version']} does not come after {before['version']}.")
    if base is not None:
        wrong += _check_step(agreed, log, *base)
        wrong += beside(compare(base[0], agreed), base[0], today or f"{date.today():%Y-%m-%d}")
    return wrong


def _check_step(
    agreed: Contract, log: list[dict[str, str]], old: Contract, old_log: list[dict[str, str]]
) -> Iterator[str]:
    """Hold the changes since a base against the step of the version and the approvals."""
    changes = compare(old, agreed)
    needed = needed_step(changes)
    if needed is None or not old_log:
        return
    if log[: len(old_log)] != old_log:
        yield "The log of earlier versions was rewritten."
        return
    new_rows = log[len(old_log) :]
    taken = step_between(old_log[-1]["version"], log[-1]["version"])
    if taken is None or STEPS.index(taken) < STEPS.index(needed):
        yield f"The changes take a {needed} step of the version; it was {taken or 'none'}."
    approved = {role for row in new_rows for role in row["approved_by"].split(";")}
    lacking = needed_approvals(changes, agreed | old) - approved
    if lacking:
        yield f"Not approved by: {', '.join(sorted(lacking))}."
    told = {table for row in new_rows for table in row["tables"].split(";")}
    for table in sorted({change.table for change in changes} - told):
        yield f"The log says nothing of {table}."


def reached(manifest: dict[str, Any], tables: set[str]) -> list[str]:
    """Return the names of what reads some tables, directly or through others, and of the sources
    that feed them: models, exposures and sources, those of the project alone."""
    ids = set()
    for section in ("nodes", "sources"):
        for unique_id, node in manifest[section].items():
            is_source = section == "sources"
            name = f"source.{node['source_name']}.{node['name']}" if is_source else table_of(node)
            if name in tables:
                ids.add(unique_id)
    found: set[str] = set()
    for direction in ("child_map", "parent_map"):
        waiting = set(ids)
        while waiting:
            one = waiting.pop()
            for other in manifest[direction].get(one, []):
                kind = other.split(".")[0]
                wanted = ("model", "exposure") if direction == "child_map" else ("source", "model")
                if kind in wanted and other not in waiting and other not in ids | found:
                    waiting.add(other)
                    found.add(other)
    kept = [u for u in found if not (u.startswith("model.") and _is_inner(u, manifest, ids))]
    names = {u: manifest["nodes"][u].get("alias") for u in kept if u.startswith("model.")}
    return sorted(f"{u.split('.')[0]} {names.get(u) or '.'.join(u.split('.')[2:])}" for u in kept)


def _is_inner(unique_id: str, manifest: dict[str, Any], ids: set[str]) -> bool:
    """True for a model that only leads from the sources to the changed tables."""
    descendants, waiting = set(), set(ids)
    while waiting:
        for child in manifest["child_map"].get(waiting.pop(), []):
            if child not in descendants:
                descendants.add(child)
                waiting.add(child)
    return unique_id not in descendants


def log_row(
    version: str, step: str, changes: list[Change], contract: Contract, **said: str
) -> dict[str, str]:
    """Return the row of the log for some changes. `said` has why, approved_by, who_must_adapt."""
    tables = sorted({change.table for change in changes})
    what = "; ".join(
        f"{change.table}{'.' + change.column if change.column else ''} {change.kind}"
        for change in changes[:20]
    )
    more = f"; and {len(changes) - 20} more" if len(changes) > 20 else ""
    return {
        "version": version, "changed_on": f"{date.today():%Y-%m-%d}", "step": step,
        "tables": ";".join(tables) or "*", "what": what + more or "The first contract",
        "digest": digest(contract), **said,
    }  # fmt: skip

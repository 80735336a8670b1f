"""Run all own lints on the project: python -m tools.lint [target/manifest.json]."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import yaml

from tools.lint import Problem, contract_rules, layer_rules, sql_rules, text_rules, yaml_rules
from tools.lint.baseline import compare

ROOT = Path(__file__).resolve().parents[2]
BASELINE = Path(__file__).with_name("baseline.txt")
PROPERTIES = (
    "models/",
    "seeds/",
    "macros/",
    "analyses/",
    "tests/generic/",
    "tests/singular/",
    "tests/unit/",
)
TYPES = {
    "string",
    "int",
    "bigint",
    "decimal",
    "double",
    "boolean",
    "timestamp",
    "date",
    "json",
}


def tracked_files() -> list[str]:
    """The files that git knows or would add, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file())


def lint(manifest_path: Path) -> list[Problem]:
    """All problems of the project."""
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    problems = [
        *layer_rules.check_layers(manifest),
        *layer_rules.check_names(manifest),
        *layer_rules.check_memories(manifest),
        *contract_rules.check_published(manifest),
    ]
    texts: dict[str, str] = {}
    for path in tracked_files():
        try:
            texts[path] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
    for path, text in texts.items():
        problems += text_rules.check_text(path, text)

    keys = yaml.safe_load((Path(__file__).with_name("keys.yml")).read_text(encoding="utf-8"))
    described: set[str] = set()
    for path, text in texts.items():
        if path.startswith(PROPERTIES) and path.endswith(".yml"):
            document = yaml.safe_load(text)
            problems += yaml_rules.check_keys(path, document, keys)
            described |= {
                macro["name"]
                for macro in (document or {}).get("macros") or []
                if macro.get("description")
            }

    entity_macro = texts["macros/landing/entity_columns.sql"]
    entities = contract_rules.entity_columns(entity_macro)
    problems += contract_rules.check_sources(manifest, entities, TYPES)

    refs = {
        node["original_file_path"]: len({ref["name"] for ref in node["refs"]})
        for node in layer_rules.own_nodes(manifest, "model")
    }
    models = {p: t for p, t in texts.items() if p.startswith("models/") and p.endswith(".sql")}
    for path, text in models.items():
        problems += sql_rules.check_model_file(path, text, refs.get(path, 0))
        problems += sql_rules.check_portable(path, text)
        problems += sql_rules.check_backslashes(path, text)
    problems += sql_rules.check_branching(models)
    for path, text in texts.items():
        if path.startswith("macros/") and path.endswith(".sql"):
            problems += sql_rules.check_macro_file(path, text, described)
            problems += sql_rules.check_backslashes(path, text)
            if not path.startswith("macros/platform/"):
                problems += sql_rules.check_portable(path, text, model=False)
    return sorted(set(problems))


def main() -> int:
    """Print new problems and repaired ones; 1 when there are any."""
    manifest = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "target" / "manifest.json"
    known = [
        line
        for line in BASELINE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    new, repaired = compare(lint(manifest), known)
    for problem in new:
        print(problem)
    for line in repaired:
        print(f"repaired, so take it out of {BASELINE.relative_to(ROOT)}: {line}")
    return 1 if new or repaired else 0


if __name__ == "__main__":
    sys.exit(main())

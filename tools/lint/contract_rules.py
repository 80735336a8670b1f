"""What every published table and every declared source says about itself."""

from __future__ import annotations

import re
from typing import Any

from tools.lint import Problem
from tools.lint.layer_rules import PUBLISHED, layer, own_nodes

PII_CLASSES = {"none", "indirect", "direct", "sensitive"}
TABLE_META = ("primary_key", "business_owner", "steward")
# What the macro `provenance` adds to each entity.
PROVENANCE = {
    "connector",
    "source_system",
    "source_object",
    "source_record_id",
    "record_updated_at",
    "is_deleted",
}


def check_published(manifest: dict[str, Any]) -> list[Problem]:
    """Published tables have an enforced contract, owners, a key, and fully described columns."""
    problems = []
    for node in own_nodes(manifest, "model"):
        if layer(node) not in PUBLISHED:
            continue
        said = []
        meta = node["config"].get("meta") or {}
        columns = node.get("columns") or {}
        if not (node["config"].get("contract") or {}).get("enforced"):
            said.append("no enforced contract")
        if not node.get("version"):
            said.append("no version: add `latest_version: 1` and `versions: [{v: 1}]`")
        if not node.get("description"):
            said.append("no description")
        said += [f"no config.meta.{key}" for key in TABLE_META if not meta.get(key)]
        keys = meta.get("primary_key") or []
        said += [f"primary key {key} is no column" for key in keys if key not in columns]
        for name, column in columns.items():
            if not column.get("description"):
                said.append(f"column {name} has no description")
            if not column.get("data_type"):
                said.append(f"column {name} has no data_type")
            pii = (column.get("meta") or {}).get("pii")
            if pii not in PII_CLASSES:
                said.append(f"column {name} has pii {pii!r}")
            elif layer(node) != "vault" and pii in {"direct", "sensitive"}:
                said.append(f"column {name} is {pii}: that belongs into the vault")
        problems += [Problem(node["original_file_path"], "contract", text) for text in said]
    return problems


def entity_columns(macro_sql: str) -> dict[str, set[str]]:
    """The columns of each entity, read from the source text of the macro `entity_columns`."""
    shapes = re.search(r"set shapes = \{(.*?)\} -%\}", macro_sql, re.S)
    if shapes is None:
        raise ValueError("the macro entity_columns has no `set shapes = {…}`")
    return {
        entity: {word.split(":")[0] for word in words.split()} | PROVENANCE
        for entity, words in re.findall(r"'(\w+)':\s*'([^']*)'", shapes.group(1))
    }


def check_sources(
    manifest: dict[str, Any], entities: dict[str, set[str]], types: set[str]
) -> list[Problem]:
    """Each source object names its entity; each column its type, meaning, PII class and target."""
    problems = []
    for source in manifest["sources"].values():
        if source["package_name"] != manifest["metadata"]["project_name"]:
            continue
        said = []
        meta = {**(source.get("source_meta") or {}), **((source["config"] or {}).get("meta") or {})}
        if not source.get("description"):
            said.append("has no description")
        said += [
            f"has no config.meta.{key}"
            for key in ("business_owner", "steward", "refresh_cadence")
            if not meta.get(key)
        ]
        if meta.get("entity") not in entities:
            said.append(f"names no known entity ({meta.get('entity')!r})")
        for name, column in (source.get("columns") or {}).items():
            column_meta = column.get("meta") or {}
            if column.get("data_type") not in types:
                said.append(f"column {name} has data_type {column.get('data_type')!r}")
            if not column.get("description"):
                said.append(f"column {name} has no description")
            if column_meta.get("pii") not in PII_CLASSES:
                said.append(f"column {name} has pii {column_meta.get('pii')!r}")
            zone = column_meta.get("time_zone") or meta.get("time_zone")
            if column.get("data_type") == "timestamp" and not zone:
                said.append(f"column {name} is a time and no time_zone is declared for it")
            targets = column_meta.get("maps_to") or []
            for target in [targets] if isinstance(targets, str) else targets:
                entity, _, field = target.partition(".")
                if field not in entities.get(entity, set()):
                    said.append(f"column {name} maps to {target}, which does not exist")
        problems += [
            Problem(source["original_file_path"], "source", f"{source['name']} {text}")
            for text in said
        ]
    return problems

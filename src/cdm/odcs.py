"""Published tables as files of the Open Data Contract Standard 3.1 (one data contract a table)."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import yaml

from cdm.files import CdmError
from cdm.publish import PUBLISHED_SCHEMAS
from cdm.records import meta_of, table_of

NAMESPACE = uuid.UUID("6f1d3c52-2b0e-5d0b-9a3f-0c7c6a1c7f10")
LOGICAL = {
    "string": "string", "int": "integer", "bigint": "integer", "decimal": "number",
    "double": "number", "boolean": "boolean", "timestamp": "timestamp", "date": "date",
    "json": "string",
}  # fmt: skip
PHYSICAL = {
    "string": "VARCHAR", "int": "INTEGER", "double": "DOUBLE", "json": "VARCHAR",
}  # fmt: skip
CLASSIFICATION = {
    "none": "public", "indirect": "restricted", "direct": "confidential", "sensitive": "sensitive",
}  # fmt: skip
FREQUENCY = {"daily": "d", "weekly": "w", "hourly": "h", "monthly": "m"}


def write_contracts(
    manifest: dict[str, Any], output: Path, version: str, published: Path
) -> list[Path]:
    """Write one YAML file a published table into a folder; return their paths.

    `published` is the DuckDB file that the contracts name as their server.
    """
    output.mkdir(parents=True, exist_ok=True)
    paths = []
    for node in sorted(manifest["nodes"].values(), key=lambda one: one["unique_id"]):
        if node["resource_type"] != "model" or node["schema"] not in PUBLISHED_SCHEMAS:
            continue
        path = output / f"{table_of(node)}.odcs.yaml"
        text = yaml.safe_dump(
            contract_of(node, version, published), sort_keys=False, allow_unicode=True, width=100
        )
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    if not paths:
        raise CdmError("The project publishes no table.")
    return paths


def contract_of(node: dict[str, Any], version: str, published: Path) -> dict[str, Any]:
    """Return the data contract of one table as the standard has it."""
    meta, name = meta_of(node), table_of(node)
    table, ends = name.partition(".")[2], node.get("deprecation_date")
    key = list(meta.get("primary_key") or [])
    first_line = (node.get("description") or name).strip().splitlines()[0]
    document: dict[str, Any] = {
        "version": version,
        "kind": "DataContract",
        "apiVersion": "v3.1.0",
        "id": str(uuid.uuid5(NAMESPACE, name)),
        "name": name,
        "domain": "customer data",
        "status": "deprecated" if ends else "active",
        "description": {"purpose": first_line},
        "servers": [
            {
                "server": "published",
                "type": "duckdb",
                "database": str(published),
                "schema": node["schema"],
            }
        ],
        "schema": [
            {
                "name": table,
                "logicalType": "object",
                "physicalType": "table",
                "physicalName": table,
                "description": (node.get("description") or "").strip(),
                "properties": [
                    property_of(column, about, key) for column, about in node["columns"].items()
                ],
            }
        ],
        "team": {
            "name": meta.get("business_owner", "data_team"),
            "members": [
                {"username": meta.get("business_owner", "data_team"), "role": "business owner"},
                {"username": meta.get("steward", "data_team"), "role": "steward"},
            ],
        },
    }
    promises = []
    unit = FREQUENCY.get(str(meta.get("refresh_cadence")))
    if unit:
        promises.append({"property": "frequency", "value": 1, "unit": unit, "element": table})
    if ends:
        promises.append({"property": "endOfSupport", "value": str(ends)[:10], "element": table})
    if promises:
        document["slaProperties"] = promises
    return document


def property_of(name: str, about: dict[str, Any], key: list[str]) -> dict[str, Any]:
    """Return one column as a property of the standard."""
    meta, declared = meta_of(about), str(about.get("data_type") or "string")
    declared = declared.replace("numeric", "decimal")  # two words for one type
    kind = declared.partition("(")[0]
    constraints = {rule.get("type") for rule in about.get("constraints") or []}
    found: dict[str, Any] = {
        "name": name,
        "logicalType": LOGICAL.get(kind, "string"),
        "physicalType": PHYSICAL.get(kind, declared.upper().replace(" ", "")),
        "description": (about.get("description") or "").strip(),
        "required": "not_null" in constraints or name in key,
        "classification": CLASSIFICATION.get(str(meta.get("pii")), "restricted"),
    }
    if name in key:
        found |= {"primaryKey": True, "primaryKeyPosition": key.index(name) + 1}
        if len(key) == 1:
            found["unique"] = True
    if options := options_of(meta.get("rules") or [], found["logicalType"]):
        found["logicalTypeOptions"] = options
    if quality := quality_of(meta.get("rules") or []):
        found["quality"] = quality
    custom = [
        {"property": fact, "value": meta[fact]}
        for fact in ("source_of_truth", "workflow", "min_completeness")
        if meta.get(fact)
    ]
    if custom:
        found["customProperties"] = custom
    return found


def asked(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rules that hold for every published row."""
    return [
        rule
        for rule in rules
        if rule.get("severity", "warn") != "report"
        and rule.get("published", True)
        and not rule.get("when")
    ]


def options_of(rules: list[dict[str, Any]], logical: str) -> dict[str, Any]:
    """Return what the standard has options for: patterns of texts, ends of numbers."""
    options: dict[str, Any] = {}
    for rule in asked(rules):
        if "format" in rule and logical == "string":
            options["pattern"] = rule["format"]
        if "range" in rule and logical in ("integer", "number"):
            low, high = rule["range"]
            options |= {"minimum": low} if low is not None else {}
            options |= {"maximum": high} if high is not None else {}
    return options


def quality_of(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return lists of allowed values as checks of the standard's library."""
    return [
        {
            "type": "library",
            "metric": "invalidValues",
            "arguments": {"validValues": list(rule["allowed_values"])},
            "mustBe": 0,
        }
        for rule in asked(rules)
        if "allowed_values" in rule
    ]

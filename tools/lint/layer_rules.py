"""Which model may read which, and what it is called. Input is dbt's manifest as a dict."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from tools.lint import Problem

# A layer is what a model's folder and name make it; each may read the layers listed.
READS: dict[str, set[str]] = {
    "stg": {"source"},
    "map": {"stg"},
    "records": {"map"},
    "intake": {"records", "intake", "policy", "reference"},
    "resolve": {"intake", "resolve", "policy", "reference"},
    "vault": {"resolve", "vault", "policy", "reference"},
    "canonical": {"intake", "resolve", "vault", "canonical", "policy", "reference"},
    "marts": {"canonical", "marts", "policy", "reference"},
    "governance": {
        *("stg", "map", "records", "intake", "resolve", "vault", "canonical", "marts"),
        *("governance", "policy", "reference"),
    },
    "policy": set(),
    "reference": set(),
}
NAMES = {
    "stg": r"stg_[a-z0-9]+__[a-z0-9_]+",
    "map": r"map_[a-z0-9]+__[a-z0-9_]+",
    "records": r"int_[a-z_]+__records",
    "intake": r"int_[a-z_]+?__[a-z_]+",
    "resolve": r"int_[a-z_]+?__[a-z_]+",
    "policy": r"policy_[a-z_]+",
    "reference": r"ref_[a-z_]+",
}
PLAIN_NAME = r"(?!(?:stg|map|int|policy|ref)_)[a-z]+(?:_[a-z0-9]+)*"
# What these remember is about firms and deals, and names no person.
NAMELESS_MEMORIES = {"int_account__states", "int_opportunity__versions"}
PUBLISHED = {"vault", "canonical", "marts", "governance"}


def own_nodes(manifest: dict[str, Any], *types: str) -> Iterator[dict[str, Any]]:
    """The project's own nodes of the given resource types, without those of packages."""
    project = manifest["metadata"]["project_name"]
    for node in manifest["nodes"].values():
        if node["resource_type"] in types and node["package_name"] == project:
            yield node


def layer(node: dict[str, Any]) -> str:
    """The layer of a model, seed or source; a folder that is no layer is returned as it is."""
    if node["resource_type"] == "source":
        return "source"
    parts = PurePosixPath(node["original_file_path"]).parts
    folder = parts[1] if len(parts) > 2 else ""
    if folder == "staging":
        return "map" if node["name"].startswith("map_") else "stg"
    if folder == "intake" and node["name"].endswith("__records"):
        return "records"
    return folder


def connector(node: dict[str, Any]) -> str:
    """The connector of a staging model or source: its folder."""
    return PurePosixPath(node["original_file_path"]).parts[2]


def check_layers(manifest: dict[str, Any]) -> list[Problem]:
    """A model reads only what its layer may see, and staging only its own connector."""
    problems = []
    everything = {**manifest["nodes"], **manifest["sources"]}
    for node in own_nodes(manifest, "model"):
        reader = layer(node)
        if reader not in READS:
            problems.append(
                Problem(node["original_file_path"], "layer", f"{reader!r} is not a layer")
            )
            continue
        for unique_id in node["depends_on"]["nodes"]:
            read = everything.get(unique_id)
            if read is None:
                continue
            if layer(read) not in READS[reader]:
                problems.append(
                    Problem(
                        node["original_file_path"],
                        "layer",
                        f"{reader} may not read {layer(read)} ({read['name']})",
                    )
                )
            elif reader in {"stg", "map"} and connector(read) != connector(node):
                problems.append(
                    Problem(
                        node["original_file_path"],
                        "layer",
                        f"reads {read['name']} of another connector",
                    )
                )
    return problems


def check_names(manifest: dict[str, Any]) -> list[Problem]:
    """Internal models carry the prefix of their layer, published ones none."""
    problems = []
    for node in own_nodes(manifest, "model", "seed"):
        kind = layer(node)
        pattern = NAMES.get(kind, PLAIN_NAME)
        if kind in {"stg", "map"}:
            pattern = pattern.replace("[a-z0-9]+__", re.escape(connector(node)) + "__", 1)
        if not re.fullmatch(pattern, node["name"]):
            problems.append(
                Problem(
                    node["original_file_path"], "name", f"{node['name']} does not fit {pattern}"
                )
            )
    return problems


def check_memories(manifest: dict[str, Any]) -> list[Problem]:
    """A table that outlives --full-refresh lets go of people who were erased; those of governance
    name nobody."""
    problems = []
    for node in own_nodes(manifest, "model"):
        config = node["config"]
        if config.get("full_refresh") is not False or layer(node) == "governance":
            continue
        if node["name"] in NAMELESS_MEMORIES:
            continue
        hooks = " ".join(hook["sql"] for hook in config.get("post-hook") or [])
        if "forget_erased" not in hooks:
            problems.append(
                Problem(
                    node["original_file_path"],
                    "memory",
                    "no forget_erased… among its hooks: erased people would stay in it",
                )
            )
    return problems

"""Keys that dbt does not know: on DuckDB it passes them silently, so they would do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.lint import Problem

Keys = dict[str, Any]


def check_keys(path: str, document: Any, allowed: Keys) -> list[Problem]:
    """Compare a properties file with the allow-list in keys.yml.

    `allowed` maps a kind of block to {key: kind of what it holds}; the kind None takes anything,
    a kind in brackets means a list of such blocks. The file itself is a block of the kind `file`.
    """
    return [
        Problem(path, "yaml-key", f"{where or 'the file'}: {text}")
        for where, text in _unknown(document or {}, "file", "", allowed)
    ]


def _unknown(block: Any, kind: str, where: str, allowed: Keys) -> Iterator[tuple[str, str]]:
    if kind == "data_test":
        if isinstance(block, str):
            return
        # {name_of_the_test: {arguments, config, …}}
        for name, body in block.items():
            yield from _unknown(body or {}, "data_test_body", f"{where}.{name}", allowed)
        return
    if not isinstance(block, dict):
        yield where, f"is no mapping but {block!r}"
        return
    for key, value in block.items():
        if key not in allowed[kind]:
            yield where, f"unknown key {key!r}"
            continue
        held = allowed[kind][key]
        if held is None or value is None:
            continue
        here = f"{where}.{key}".strip(".")
        if isinstance(held, list):
            for number, item in enumerate(value):
                name = item.get("name", number) if isinstance(item, dict) else number
                yield from _unknown(item, held[0], f"{here}[{name}]", allowed)
        else:
            yield from _unknown(value, held, here, allowed)

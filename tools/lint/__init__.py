"""The project's own lints: what the general tools cannot know about its layers and its SQL.

`python -m tools.lint` runs them all. Each rule is a function of plain data (a manifest, a parsed
YAML file, a text) that returns problems, so each one is tested without a dbt run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One finding: the file relative to the project's root, the rule's name, what is wrong."""

    path: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.rule}: {self.message}"

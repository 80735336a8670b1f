"""Words that must not be in any tracked file: paths of one machine, hosts of package registries."""

from __future__ import annotations

import re

from tools.lint import Problem

# Put together from pieces, so that this file passes its own rule.
_FOLDERS = "|".join(["tmp", "work", "home", "root", "Users", "mnt"])
_HOSTS = "|".join(["py" + "pi", "python" + "hosted", "npm" + "js", "conda" + r"\.anaconda"])
PATTERNS = {
    rf"(?<![\w.}})$/-])/(?:{_FOLDERS})/\w": "a path of one machine",
    rf"https?://[\w.-]*(?:{_HOSTS})\.\w+": "the host of a package registry",
    r"^\s*--(?:extra-)?(?:index-url|find-links)\b": "a package registry",
}


def check_text(path: str, text: str) -> list[Problem]:
    """Search the lines of one text file."""
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        for pattern, meaning in PATTERNS.items():
            match = re.search(pattern, line)
            if match:
                problems.append(
                    Problem(path, "text", f"line {number}: {match.group()!r} is {meaning}")
                )
    return problems

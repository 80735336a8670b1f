"""Known problems, which may only become fewer."""

from __future__ import annotations

from tools.lint import Problem


def compare(found: list[Problem], known: list[str]) -> tuple[list[Problem], list[str]]:
    """Split what was found from what is known.

    Returns the new problems and the lines of the baseline that are no longer found: both make the
    check fail, so a line that was repaired has to be taken out and cannot come back.
    """
    texts = {str(problem) for problem in found}
    return [p for p in found if str(p) not in known], [line for line in known if line not in texts]

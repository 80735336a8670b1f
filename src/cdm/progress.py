"""What a person sees while dbt builds: a progress bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import threading
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

PLAIN_EVERY = 100  # nodes between two plain lines


class BuildProgress:
    """A listener of dbt's events; use it as a context manager around the run."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.total = 0
        self.done = 0
        self.troubled = 0
        self.lock = threading.Lock()
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[node]}", style="dim"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.bar.add_task("Reading the project", total=None, node="")

    def __enter__(self) -> BuildProgress:
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.stop()

    def __call__(self, event: Any) -> None:
        """Take in one event of dbt; all others than those of nodes are of no interest."""
        kind = event.info.name
        if kind == "LogStartLine":
            self.started(event.data.total, event.data.node_info.node_name)
        elif kind == "NodeFinished":
            self.finished(event.data.node_info.node_status)

    def started(self, total: int, name: str) -> None:
        """Note how many nodes there are, and which one begins."""
        with self.lock:
            if not self.total:
                self.total = total
                self.bar.update(self.task, description="Building", total=total)
                self.say(f"Building {total} models, seeds and checks.")
            self.bar.update(self.task, node=name)

    def finished(self, status: str) -> None:
        """Count one node that ended."""
        with self.lock:
            self.done += 1
            self.troubled += status in ("error", "fail")
            self.bar.update(self.task, completed=self.done)
            if self.done % PLAIN_EVERY == 0 and self.done < self.total:
                trouble = f", {self.troubled} failed" if self.troubled else ""
                self.say(f"  {self.done} of {self.total} done{trouble}")

    def say(self, line: str) -> None:
        """Print a line where there is no bar."""
        if not self.console.is_terminal:
            self.console.print(line)

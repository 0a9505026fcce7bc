"""How far a long command has come, for whoever sits at a terminal; said nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

Tell = Callable[[str, int, int], None]
"""Takes what is under way in words, how much of it is done, and of how much; 0 where nobody knows."""


def is_seen() -> bool:
    """Return whether there is a terminal; a window on Windows has no standard error at all."""
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def seen_progress() -> Iterator[Tell]:
    """Show on a terminal what is told, and remove it at the end."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not is_seen()) as progress:
        task = progress.add_task("", total=None)
        yield lambda words, done, of: progress.update(
            task, description=words, completed=done, total=of or None
        )

"""What of a patient must not outlast the program: the folder of a preview, an image of the memory."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ASIDE = ".preview"
"""In the data folder: what is written to be looked at has patients in it, and is gone at once."""


@contextmanager
def place_aside(data_dir: Path) -> Iterator[Path]:
    """Give a folder that nobody else may read, and take it away again."""
    clear_aside(data_dir)
    place = data_dir / ASIDE
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        clear_aside(data_dir)


def clear_aside(data_dir: Path) -> None:
    """Take away what a program that was killed in the middle of a preview left there."""
    shutil.rmtree(data_dir / ASIDE, ignore_errors=True)


def keep_memory_in() -> None:
    """Let the system write no image of the memory, with names and keys in it, when the program falls over."""
    if sys.platform == "win32":  # a setting of the whole system there, for IT to choose
        return
    import resource  # noqa: PLC0415 - Windows has no such module

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

"""Whether the open database still stands where it was opened.

On Linux and macOS a file that is deleted or moved stays open and takes every write, and so
does its write-ahead log: touches would be stored where nobody finds them again.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.store.faults import DatabaseGone
from desktop_app.store.log_file import LOG_SUFFIX

if TYPE_CHECKING:
    from desktop_app.store.exclusive import FolderLock

Identity = tuple[int, int]
"""A file's device and its number on it."""


class Standing:
    """The database file and its log as they were at the opening, and the lock where it is ours."""

    def __init__(self, database: Path, lock: FolderLock | None = None) -> None:
        self._lock = lock
        self._database = database.absolute()
        name = os.fspath(self._database)
        self._known = {file: _identity(file) for file in (name, name + LOG_SUFFIX)}

    def require(self) -> None:
        """Raise DatabaseGone when a file was moved, exchanged or deleted; three looks, some microseconds.

        Raises FolderTaken where another program may have come in.
        """
        for file, known in self._known.items():
            if _identity(file) != known:
                raise DatabaseGone(
                    f"The database {self._database} was moved or deleted while Chairtime works, so nothing "
                    "more is stored; earlier touches are in that file alone: put it back, or start Chairtime "
                    "again on a copy."
                )
        if self._lock is not None:
            self._lock.hold()


def _identity(file: str) -> Identity | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - a Path costs more than the look itself
    except OSError:
        return None
    return found.st_dev, found.st_ino

"""One program per data folder: a lock that the system gives back when the program ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop_app.store.durable_file import OWNER_ONLY
from desktop_app.store.faults import FolderInUse, FolderNotWritable

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def wait_for(handle: int) -> None:
        """Take the lock of an open file, waiting for whoever has it. Raises OSError after ten seconds."""
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def wait_for(handle: int) -> None:
        """Take the lock of an open file, waiting for whoever has it. Raises OSError."""
        fcntl.flock(handle, fcntl.LOCK_EX)


class FolderLock:
    """Holds a data folder for this process from its making to ``release``."""

    def __init__(self, path: Path) -> None:
        """Take the lock at once. Raises FolderInUse, or FolderNotWritable, naming the folder."""
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        except OSError as error:
            sentence = f"The data folder {path.parent} cannot be written: {error.strerror}."
            raise FolderNotWritable(sentence) from error
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise FolderInUse(f"Another Chairtime already works in the data folder {path.parent}.") from None

    def release(self) -> None:
        """Give the folder back; the file stays, since removing it would let two programs in."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

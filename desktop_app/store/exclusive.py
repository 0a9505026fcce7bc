"""One program per data folder: a lock that the system gives back when the program ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop_app.store.durable_file import OWNER_ONLY
from desktop_app.store.faults import FolderInUse, FolderNotWritable, FolderTaken

if sys.platform == "win32":
    import msvcrt

    def take(handle: int) -> None:
        """Take the lock of an open file, or raise OSError at once."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def take(handle: int) -> None:
        """Take the lock of an open file, or raise OSError at once."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderLock:
    """Holds a data folder for this process from its making to ``release``.

    The lock is of the open file and not of its name: where somebody takes the file away another can make
    and lock a new one. So whoever writes looks whether the file there is the one that is locked.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock at once. Raises FolderInUse, or FolderNotWritable, naming the folder."""
        self._path = os.fspath(path.absolute())
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        except OSError as error:
            sentence = f"The data folder {path.parent} cannot be written: {error.strerror}."
            raise FolderNotWritable(sentence) from error
        try:
            take(self._handle)
        except OSError:
            os.close(self._handle)
            raise FolderInUse(f"Another Chairtime already works in the data folder {path.parent}.") from None
        self._known = os.fstat(self._handle)

    def hold(self) -> None:
        """See that no other program can have come in; a lock that was taken away is made again.

        Raises FolderTaken where another lies in its place: whoever made that one may have worked here.
        """
        try:
            found = os.stat(self._path)  # noqa: PTH116 - a Path costs more than the look itself
        except OSError:
            self._make_again()
            return
        if not os.path.samestat(found, self._known):
            raise self._taken()

    def _make_again(self) -> None:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            raise self._taken() from None
        except OSError:
            # Where no file can be made nobody else can make one either.
            return
        try:
            take(handle)
        except OSError:
            # Somebody opened it before it was locked. What is known stays, so the next look tells it too.
            os.close(handle)
            raise self._taken() from None
        os.close(self._handle)
        self._handle, self._known = handle, os.fstat(handle)

    def _taken(self) -> FolderTaken:
        return FolderTaken(
            f"{self._path} was exchanged while Chairtime works, so another one may work in that folder "
            "and nothing more is stored: end both, then start one."
        )

    def release(self) -> None:
        """Give the folder back; the file stays, since removing it would let two programs in."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

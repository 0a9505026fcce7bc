"""Where a batch is written: a folder whose files are hashed as they grow and durable when closed."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from desktop_app.core.events import BatchFile

OWNER_ONLY_FOLDER = 0o700
_OWNER_ONLY = 0o600


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


class GrowingFile(io.RawIOBase):
    """A new file that knows the checksum of what was written to it, which is never read back."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.name = path.name
        self._out = open(path, "xb", opener=_for_its_owner)  # noqa: SIM115 - closed by finish
        self._hash = hashlib.sha256()
        self._is_deaf = False

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]  # any bytes
        """Write all of the data. Raises OSError."""
        if not self._is_deaf:
            self._out.write(data)
            self._hash.update(data)
        return len(data)

    def be_deaf(self) -> None:
        """Let what is still written go nowhere: the file is given up, and whoever writes may end."""
        self._is_deaf = True

    def flush(self) -> None:
        """Do nothing: ``finish`` does it, and whoever ends late may ask for it of a file that is given up."""

    def finish(self, rows: int) -> BatchFile:
        """Make it durable, close it, and return its name, checksum and rows. Raises OSError."""
        self._out.flush()
        os.fsync(self._out.fileno())
        self._out.close()
        self.close()
        return BatchFile(name=self.name, sha256=self._hash.hexdigest(), rows=rows)

    def close(self) -> None:
        """Close it, whole or not: what a full disk did not take before it does not take now."""
        with suppress(OSError):
            self._out.close()
        super().close()


class Place:
    """A batch's folder while it is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: list[GrowingFile] = []
        self._closing: list[Callable[[], None]] = []

    def create(self, name: str) -> GrowingFile:
        """Begin a new file. Raises OSError."""
        file = GrowingFile(self.folder / name)
        # A year of superbills is twelve thousand files: those that are closed need nobody any more.
        self._open = [*(one for one in self._open if not one.closed), file]
        return file

    def write(self, name: str, write: Callable[[BinaryIO], int]) -> BatchFile:
        """Write a whole file with a function that returns how many rows it wrote. Raises OSError."""
        file = self.create(name)
        return file.finish(write(cast("BinaryIO", file)))

    def close_with(self, close: Callable[[], None]) -> None:
        """Have something else closed too, where the folder is given up."""
        self._closing.append(close)

    def give_up(self) -> None:
        """Close every file that is still open, so that its folder can be removed."""
        for file in self._open:
            file.be_deaf()
            file.close()
        for close in self._closing:
            with suppress(OSError):
                close()

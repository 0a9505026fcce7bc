"""Files of rules and tables, opened only where they are files: a pipe would keep the start waiting."""

from __future__ import annotations

import stat
from pathlib import Path

from desktop_app.coding.refusals import RulebookError


def content_of(path: Path, name: str, most: int = -1) -> bytes:
    """Return what a file holds, or its first bytes up to ``most``.

    Raises RulebookError, by the name given, for what is no file and for what cannot be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as stream:
                return stream.read(most)
    except OSError as fault:
        raise RulebookError(name, 1, "the file", f"readable, but: {fault.strerror}") from None
    what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
    raise RulebookError(name, 1, "this", f"a file, and it is {what}")


def paths_in(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name; nothing where there is none. Raises RulebookError."""
    try:
        return sorted(folder.iterdir())
    except OSError as fault:
        if isinstance(fault, FileNotFoundError) and not folder.is_symlink():
            return []
        if isinstance(fault, NotADirectoryError):
            raise RulebookError(str(folder), 1, "this", "a folder, and it is a file") from None
        raise RulebookError(str(folder), 1, "the folder", f"readable, but: {fault.strerror}") from None

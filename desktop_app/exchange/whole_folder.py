"""A folder that appears whole or not at all: written under a hidden name, then renamed once."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from pathlib import Path

from desktop_app.core.events import BatchFile


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows does so by itself and opens no folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reachable(folder: Path) -> bool:
    """Return whether a folder is there and can be asked about."""
    try:
        return folder.is_dir()
    except (OSError, ValueError):
        return False


def stands(path: Path) -> bool:
    """Return whether something has this name. Raises OSError when that cannot be seen."""
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def reveal(partial: Path, final: Path) -> None:
    """Give the hidden folder its name in one step. Raises OSError when something has that name."""
    if stands(final):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final))
    partial.rename(final)


def remove(folder: Path) -> None:
    """Remove a folder and all in it, if it is there and can be removed."""
    shutil.rmtree(folder, ignore_errors=True)


def differing(folder: Path, files: tuple[BatchFile, ...]) -> str:
    """Return the first file that is missing, closed to us or not as it was written, or nothing.

    Raises OSError when the disk does not answer.
    """
    return next((file.name for file in files if not _is_as_written(folder / file.name, file.sha256)), "")


def _is_as_written(path: Path, sha256: str) -> bool:
    """What this program writes it can read: a file that is closed to it is another's, or was changed."""
    try:
        return checksum(path) == sha256
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return False


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hex. Raises OSError."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def not_there(folder: Path) -> str:
    """Return in one sentence why a folder cannot be written into, missing or no folder, and what to do."""
    try:
        is_other = folder.exists() and not folder.is_dir()
    except (OSError, ValueError):
        is_other = False
    if is_other:
        return f"the file {folder} is no folder; nothing was sent: choose a folder"
    return f"the folder {folder} is not there; nothing was sent: connect its drive, or choose another folder"


def why_not(error: OSError | UnicodeEncodeError, folder: Path) -> str:
    """Return in one sentence why a batch could not be written, and what to do; nothing was sent then."""
    if isinstance(error, UnicodeEncodeError):
        return "a text in these sessions cannot be written as UTF-8; nothing was sent"
    if error.errno in _GONE:
        return _taken_away(folder) if reachable(folder) else not_there(folder)
    if error.errno in _WHY_NOT:
        what, do = _WHY_NOT[error.errno]
        return f"{what.format(folder)}; nothing was sent: {do}"
    said = (error.strerror or str(error)).lower()
    did_not = f"writing to {folder} did not work ({said})"
    return f"{did_not}; nothing was sent: try once more, or choose another folder"


def _taken_away(folder: Path) -> str:
    return f"what was being written in {folder} was taken away; nothing was sent: try once more"


_TAKEN = ("somebody took the batch's name in {}", "try once more")
_FULL = ("the disk of {} is full", "make room there, or choose another folder")
_CLOSED = ("nobody may write to {} from here", "get the right to, or choose another folder")
_WHY_NOT: dict[int | None, tuple[str, str]] = {
    **dict.fromkeys((errno.EEXIST, errno.ENOTEMPTY), _TAKEN),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), _FULL),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _CLOSED),
}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.ENODEV}

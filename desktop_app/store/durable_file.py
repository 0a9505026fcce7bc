"""Write a small file so that after any crash it is the old one or the new one, whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

OWNER_ONLY = 0o600
BESIDE = ".new"
"""How the name of a file ends that is not written to its end yet."""
_CHUNK_BYTES = 1 << 20


def write_durably(path: Path, content: str | bytes) -> None:
    """Replace ``path`` with some content, readable by its owner alone, durable on return. Raises OSError."""
    beside = path.with_name(f"{path.name}{BESIDE}")
    try:
        _write_through(beside, content.encode() if isinstance(content, str) else content)
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def _write_through(path: Path, data: bytes) -> None:
    # What lies there by that name may be a link, and what it leads to is nobody's to overwrite.
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def flush_left(path: Path) -> None:
    """Make durable what a program that was cut off has left in a file, if there is any. Raises OSError.

    What it wrote is seen by every program, and may be in the system's memory only.
    """
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's new names durable; Windows does so by itself and cannot be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def overwritten_after(path: Path, *, wanted: bool = True) -> Iterator[None]:
    """Overwrite what a file held where it lay on the disk, once the block has taken its only name.

    That is as much as a program can do: a disk may have written it elsewhere before. On Windows a file
    that is held open cannot be replaced, so there nothing is overwritten.
    """
    try:
        handle = os.open(path, os.O_RDWR) if wanted and os.name != "nt" else None
    except OSError:
        handle = None
    if handle is None:
        yield
        return
    with os.fdopen(handle, "r+b") as former:
        yield
        with suppress(OSError):
            # Whoever gave it a second name, as some backups do, has not asked for this.
            if os.fstat(handle).st_nlink == 0:
                _overwrite(former)


def _overwrite(file: BinaryIO) -> None:
    left = file.seek(0, os.SEEK_END)
    file.seek(0)
    while left > 0:
        left -= file.write(bytes(min(left, _CHUNK_BYTES)))
    file.flush()
    os.fsync(file.fileno())

"""Imported tables on disk: new files first, then the index that names them, then the old ones go.

A program that dies at any instant leaves the old index or the new one, each with all its files.
They hold no patient data and need no key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.store.durable_file import write_durably
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import FolderInUse, FolderNotWritable

LOCK_NAME = "import.lock"
_OWNER_ONLY_FOLDER = 0o700


@contextmanager
def table_folder(path: Path) -> Iterator[None]:
    """Make the folder of tables where it is missing, and keep every other import out of it.

    Raises FolderInUse or FolderNotWritable, naming it. A program that codes reads beside it.
    """
    try:
        path.parent.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        path.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(f"The folder {path} cannot be made: {error.strerror}.") from error
    try:
        lock = FolderLock(path / LOCK_NAME)
    except FolderInUse:
        raise FolderInUse(f"Another import already works in the folder {path}.") from None
    try:
        yield
    finally:
        lock.release()


def write_tables(path: Path, files: Mapping[str, str], index: tuple[str, str], keep: Collection[str]) -> None:
    """Write tables and then their index, by name and text; remove every other file of the folder.

    Raises OSError with the old index in place; what was written beside it is removed again.
    """
    name, text = index
    try:
        for file, content in files.items():
            write_durably(path / file, content)
        write_durably(path / name, text)
    except OSError:
        _remove(path / file for file in files if file not in keep)
        raise
    _sweep(path, {name, LOCK_NAME, *files, *keep})


def _sweep(path: Path, keep: Collection[str]) -> None:
    _remove(file for file in path.iterdir() if file.name not in keep)


def _remove(files: Iterator[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()

"""Imported tables on disk: new files first, then the index that names them, then the old tables go.

A program that dies at any instant leaves the old index or the new one, each with all its files.
They hold no patient data and need no key. Whatever else lies in their folder is somebody's own and stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import BESIDE, write_durably
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


@dataclass(frozen=True, slots=True)
class TableFolder:
    """A folder of tables, and which names in it are the import's own."""

    path: Path
    index: str
    table: re.Pattern[str]
    """The shape of the name of a table's file."""

    def leftovers(self, named: Collection[str]) -> Iterator[Path]:
        """Yield tables that are not named any more, and what was not written to its end; nothing else."""
        for path in self.path.iterdir():
            name = path.name.removesuffix(BESIDE)
            own = name == self.index or self.table.fullmatch(name) is not None
            if own and path.name not in {self.index, *named}:
                yield path


def write_tables(
    folder: TableFolder, files: Mapping[str, str], index: str, named: Collection[str], *, first: str
) -> None:
    """Write tables, by name and text, then the index that names them; remove tables it does not name.

    Where there is no index yet, ``first`` is written as one before any table, so that tables without
    an index are never the import's doing. Raises OSError with the old index in place; what was written
    beside it is removed again.
    """
    place = folder.path / folder.index
    there = {path.name for path in folder.path.iterdir()}
    try:
        if folder.index not in there:
            write_durably(place, first)
        for file, content in files.items():
            write_durably(folder.path / file, content)
        write_durably(place, index)
    except OSError:
        if not _holds(place, index):
            new = [name for name in (*files, folder.index) if name not in there]
            _remove(folder.path / name for name in new)
        raise
    _remove(list(folder.leftovers(named)))


def _holds(file: Path, text: str) -> bool:
    """Whether the new index is in its place all the same: only that it stays there was not told then."""
    try:
        return file.read_bytes() == text.encode()
    except OSError:
        return False


def _remove(files: Iterable[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()

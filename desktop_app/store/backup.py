"""Make a backup: a copy beside a program that works, tried before it takes its place.

The copy is taken through the engine, a few pages at a time, from a connection of its own: in WAL a
reader holds up no writer. What is copied is flushed step by step, so that no touch finds the disk
busy with all of it at once. The journal stands still for the copy, and the program goes on.

::

    copy -> key file, own files -> every page, the whole chain, the head -> checksums
         -> manifest -> one rename -> what is too old goes
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from desktop_app import __version__
from desktop_app.core.ports import Clock, JournalError
from desktop_app.core.values import dataclass
from desktop_app.store.backups import (
    OWN_FILES,
    UNMADE,
    Backup,
    name_of,
    next_number,
    on_shelf,
    read_backup,
    remove_unmade,
    rotate,
    shelf_of,
)
from desktop_app.store.checking import journal_fault, page_fault
from desktop_app.store.database import Database, DatabaseKey, SqlError, new_copy, open_database, unusable
from desktop_app.store.durable_file import sync_folder, write_durably
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import BackupFailed, DatabaseDamaged, FolderInUse
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.heads import last_head
from desktop_app.store.keys import Head, text_of_keys
from desktop_app.store.manifest import Manifest, kept_file, write_manifest
from desktop_app.store.migrations import require_current
from desktop_app.store.signed_head import as_plain
from desktop_app.store.still import first_origin, journal_of, keys_with
from desktop_app.store.tables import FOUND, LISTS

LOCK_NAME = "backup.lock"
_OWNER_ONLY_FOLDER = 0o700
_ROOM_LEFT = 64 * 1024 * 1024
"""A backup leaves at least so much of the drive free, for whoever else writes there."""


class Pace(NamedTuple):
    """How a copy goes: so many pages at a time, and a rest after them."""

    pages: int
    rest_s: float


GENTLE = Pace(128, 0.004)
"""Beside somebody who works."""
AT_ONCE = Pace(2048, 0.0)


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up: a data folder and the key to its journal."""

    folder: Path
    key: DatabaseKey


class Snapshot(NamedTuple):
    """What the journal was at the instant of the copy."""

    journal: str
    head: Head
    events: int
    rest: str
    """A hash over all tables but the events and the lists made from them."""


def make_backup(source: Source, place: Path, clock: Clock, pace: Pace = GENTLE) -> Backup:
    """Make a backup in a backup folder and return it; the newest, where nothing happened since it was made.

    Raises BackupFailed with one sentence, and JournalUnusable where the journal itself cannot be read.
    """
    database = open_database(source.folder / DATABASE_NAME, source.key, read_only=True)
    try:
        require_current(database, source.folder / DATABASE_NAME)
        with _names_the_folder(place):
            return _made(source, database, place, clock, pace)
    except SqlError as error:
        raise database.fault(error) from error
    finally:
        database.close()


def _made(source: Source, database: Database, place: Path, clock: Clock, pace: Pace) -> Backup:
    # The journal stands still on this connection until the copy is done.
    database.execute("BEGIN")
    seen = snapshot_of(database)
    shelf = shelf_of(place, seen.journal)
    lock = _claim(shelf)
    try:
        remove_unmade(shelf)
        if (newest := _newest(shelf)) is not None and _is_same(newest, seen, source):
            return newest
        _require_room(source.folder / DATABASE_NAME, shelf)
        number, made_us = next_number(shelf), clock.now().wall_us
        beside = shelf / f"{UNMADE}{number:06}"
        beside.mkdir(mode=_OWNER_ONLY_FOLDER)
        _fill(source, database, beside, seen, pace)
        files = _files_of(beside)
        manifest = Manifest(
            journal=seen.journal,
            made_us=made_us,
            program=__version__,
            events=seen.events,
            head=seen.head,
            rest=seen.rest,
            files={name: kept_file(beside / name) for name in files},
            signed_head=as_plain(head) if (head := last_head(database)) else {},
        )
        write_manifest(beside, manifest)
        made = beside.rename(shelf / name_of(number, made_us))
        sync_folder(shelf)
        rotate(shelf)
        return read_backup(made)
    finally:
        remove_unmade(shelf)
        lock.release()


def snapshot_of(database: Database) -> Snapshot:
    """Return how far the journal is. Raises SqlError."""
    journal = journal_of(database)
    seq, link = journal.last()
    return Snapshot(
        first_origin(database), Head(journal.origin, seq, link), journal.count(), _rest_of(database)
    )


def _rest_of(database: Database) -> str:
    """Return a hash over what no event says: the settings, and whatever else was put beside them."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = {name for (name,) in database.execute(query).fetchall()} - {"event", *LISTS, *FOUND}
    digest = sha256()
    for name in sorted(names):
        rows = database.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - a name of ours
        digest.update(repr((name, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


def _claim(shelf: Path) -> FolderLock:
    shelf.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    try:
        return FolderLock(shelf / LOCK_NAME)
    except FolderInUse:
        raise BackupFailed(f"A backup is being made in {shelf} already.") from None
    except JournalError as fault:
        raise BackupFailed(str(fault)) from fault


def _newest(shelf: Path) -> Backup | None:
    return next((backup for backup in on_shelf(shelf) if backup.manifest), None)


def _is_same(newest: Backup, seen: Snapshot, source: Source) -> bool:
    """Whether the newest backup holds all there is, key and own files included; its database is not read."""
    manifest = newest.manifest
    if manifest is None or (manifest.head, manifest.events, manifest.rest) != seen[1:]:
        return False
    if not {DATABASE_NAME, KEYS_NAME} <= manifest.files.keys():
        return False
    database = newest.path / DATABASE_NAME
    if not database.exists() or database.stat().st_size != manifest.files[DATABASE_NAME].size:
        return False
    kept = {name: one for name, one in manifest.files.items() if name != DATABASE_NAME}
    keys, own = kept.pop(KEYS_NAME), _own_files(source.folder)
    return (
        kept.keys() == {*own}
        and keys.sha256 == sha256(_key_text(source, seen).encode()).hexdigest()
        and all(kept_file(source.folder / name) == one for name, one in kept.items())
    )


def _key_text(source: Source, seen: Snapshot) -> str:
    """Return the key file as it is for what is copied: meanwhile the folder's may know of later events."""
    return text_of_keys(replace(keys_with(source.folder / KEYS_NAME, source.key), head=seen.head))


def _require_room(database: Path, shelf: Path) -> None:
    log = database.with_name(f"{database.name}-wal")
    needed = sum(path.stat().st_size for path in (database, log) if path.exists()) + _ROOM_LEFT
    free = shutil.disk_usage(shelf).free
    if free < needed:
        raise BackupFailed(
            f"The backup folder {shelf.parent} has {free // 1_000_000 or 'less than 1'} MB left; "
            f"a backup needs {_megabytes(needed)} MB."
        )


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _fill(source: Source, database: Database, into: Path, seen: Snapshot, pace: Pace) -> None:
    """Copy the journal, the key file and the practice's own files, and try the copy. Raises BackupFailed."""
    copy_pages(database, into / DATABASE_NAME, source.key, pace)
    database.execute("ROLLBACK")
    write_durably(into / KEYS_NAME, _key_text(source, seen))
    for name in _own_files(source.folder):
        (into / name).parent.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        _copy_file(source.folder / name, into / name)
    copy = into / DATABASE_NAME
    if fault := page_fault(copy, source.key):
        # The engine copies a page that it cannot read as an empty one: whose fault it is, the journal tells.
        if worse := database.execute("PRAGMA cipher_integrity_check").fetchone():
            raise DatabaseDamaged(f"The database {source.folder / DATABASE_NAME} is damaged: {worse[0]}.")
        raise BackupFailed(f"The copy of the journal is not good, so no backup was made: {fault}.")
    # Every page is as it was read, so that what is wrong now is wrong in the journal.
    if fault := journal_fault(copy, source.key, seen.head, seen.events):
        raise DatabaseDamaged(f"The database {source.folder / DATABASE_NAME} is damaged: {fault}.")


def copy_pages(database: Database, target: Path, key: DatabaseKey, pace: Pace = AT_ONCE) -> None:
    """Copy a database into a new file of the same key, durable on return. Raises BackupFailed."""
    copy = new_copy(target, key)
    handle = os.open(target, os.O_RDWR | getattr(os, "O_BINARY", 0))
    flush: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)

    def breathe(_status: int, _remaining: int, _total: int) -> None:
        flush(handle)
        time.sleep(pace.rest_s)

    try:
        database.conn.backup(copy, pages=pace.pages, progress=breathe)
        os.fsync(handle)
    except SqlError as error:
        if isinstance(fault := database.fault(error), DatabaseDamaged):
            raise fault from error
        raise BackupFailed(f"The copy of the journal cannot be made: {unusable(target, error)}") from error
    finally:
        os.close(handle)
        copy.close()


def _copy_file(path: Path, into: Path) -> None:
    write_durably(into, path.read_bytes())


def _own_files(folder: Path) -> list[str]:
    """Return the names of the practice's own files, relative to the data folder."""
    found = (path for name in OWN_FILES for path in sorted((folder / name).rglob("*")) if path.is_file())
    return [path.relative_to(folder).as_posix() for path in found if not path.name.startswith(".")]


def _files_of(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]


class _names_the_folder:  # noqa: N801 - it reads as what it does
    """Says which folder a fault of the system was met in."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> None:
        """Turn a fault of the system into a sentence."""
        if isinstance(fault, OSError):
            where = fault.filename or self._place
            sentence = f"The backup folder {self._place} cannot be used: {where}: {fault.strerror}."
            raise BackupFailed(sentence) from fault

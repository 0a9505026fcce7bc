"""A data folder: the journal, its key, the settings and the lock, opened and closed together.

::

    chairtime.db  (-wal, -shm)   the encrypted journal, its lists and the settings
    keys.json                    the key to it, and where it stood when last closed
    chairtime.lock               held while a program works here
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.core.ports import Clock, Identities, JournalError
from desktop_app.store.clock import SystemClock
from desktop_app.store.database import Database, SqlError, open_database, unusable
from desktop_app.store.durable_file import flush_left
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import (
    DatabaseDamaged,
    FolderNotWritable,
    JournalUnusable,
    KeyFileUnusable,
    NotClosedWell,
)
from desktop_app.store.heads import Heads
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.journal import SqlJournal
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import Head, Keys, create_keys, keep_private, read_keys
from desktop_app.store.log_file import LeftLog, log_of, read_log
from desktop_app.store.migrations import migrate, require_current
from desktop_app.store.origins import begin_origin, current_origin, has_origin
from desktop_app.store.settings import Settings
from desktop_app.store.standing import Standing
from desktop_app.store.verify import find_missing_head, verify_tail

DATABASE_NAME = "chairtime.db"
KEYS_NAME = "keys.json"
LOCK_NAME = "chairtime.lock"
_OWNER_ONLY_FOLDER = 0o700


class Folder:
    """An open data folder. ``journal`` and ``settings`` serve the thread that opened it."""

    def __init__(
        self,
        path: Path,
        database: Database,
        keys: Keys,
        lock: FolderLock | None,
        names: Identities,
        log: LeftLog,
    ) -> None:
        self.path = path
        self.was_cut_off = log.is_cut_off
        """Whether the program before was cut off while it wrote a touch."""
        origin = current_origin(database)
        self._standing = Standing(path / DATABASE_NAME)
        self.journal = SqlJournal(database, names, origin, self._standing)
        self.heads = Heads(database, self.journal, self._standing)
        self.settings = Settings(database, self._standing)
        self._database = database
        self._keys = KeyFile(path / KEYS_NAME, keys)
        self._lock = lock

    @property
    def known_head(self) -> Head | None:
        """Where the journal stood when the key file was last written."""
        return self._keys.keys.head

    def keep_head(self) -> str:
        """Write into the key file where the journal stands now, so that a later loss is noticed.

        Returns in one sentence what had to be put right in that file, once.
        """
        seq, link = self.journal.last()
        return self._keys.keep_head(Head(self.journal.origin, seq, link))

    def look_after_keys(self) -> str:
        """See that the key file still holds the key, writing it anew if not; return once what was wrong."""
        return self._keys.look() if self._lock else ""

    def close(self) -> None:
        """Close the journal and give the folder back.

        Raises NotClosedWell when the database is gone or damaged, or the key file could not be
        written, or had to be written anew; all is closed then too.
        """
        mended = ""
        try:
            if self._lock:
                self._standing.require()
                self.heads.sign_new()
                mended = self.keep_head()
        except KeyFileUnusable as fault:
            raise NotClosedWell(f"{fault} Every answered touch is on disk all the same.") from fault
        except JournalError as fault:
            raise NotClosedWell(str(fault)) from fault
        finally:
            self._database.close()
            if self._lock:
                self._lock.release()
        if mended:
            raise NotClosedWell(mended)


def open_folder(
    path: Path, *, read_only: bool = False, clock: Clock | None = None, names: Identities | None = None
) -> Folder:
    """Open a data folder, making it when it is missing.

    Raises JournalUnusable, in one sentence that names the folder or file, when another program
    works in it, it cannot be written, or what is in it is damaged. With ``read_only`` no
    lock is taken, no event or setting changes, and a program that works there is not disturbed; the
    engine may make its own ``-wal`` and ``-shm``, and folds the log in when the last one closes.
    """
    names = names or TimeOrderedIdentities()
    if read_only:
        return _open_to_read(path, names)
    _make_folder(path)
    lock = FolderLock(path / LOCK_NAME)
    try:
        return _open_to_write(path, lock, clock or SystemClock(), names)
    except BaseException:
        lock.release()
        raise


def _open_to_write(path: Path, lock: FolderLock, clock: Clock, names: Identities) -> Folder:
    file = path / DATABASE_NAME
    keys = _keys_of(path)
    unmade = keys.head is None and (not file.exists() or file.stat().st_size == 0)
    log = _look_at_log(file, flush=True)
    database = open_database(file, keys.database, create=unmade)
    with _closed_on_error(database, file):
        migrate(database, file)
        if not has_origin(database):
            begin_origin(database, names.new(), clock.now().wall_us)
        folder = Folder(path, database, keys, lock, names, log)
        _require_whole(folder)
        folder.keep_head()
    return folder


def _look_at_log(file: Path, *, flush: bool) -> LeftLog:
    """Read what a program that was cut off has left in the log. Raises DatabaseDamaged, FolderNotWritable.

    It may have been killed between the write and the flush of a touch, which then is in memory alone:
    it is made durable before anything of it is shown, or the key file speaks of it.
    """
    try:
        log = read_log(file)
        if flush:
            flush_left(log_of(file))
    except OSError as error:
        raise FolderNotWritable(
            f"The log of the database {file} cannot be used: {error.strerror}."
        ) from error
    if log.is_damaged:
        raise DatabaseDamaged(
            f"The log {log_of(file)} is damaged: touches that were stored cannot be read in it any more. "
            "Nothing in the folder was changed."
        )
    return log


def _open_to_read(path: Path, names: Identities) -> Folder:
    file = path / DATABASE_NAME
    if not file.exists() and not (path / KEYS_NAME).exists():
        raise JournalUnusable(f"There is no journal in the folder {path}.")
    keys = read_keys(path / KEYS_NAME)
    log = _look_at_log(file, flush=False)
    database = open_database(file, keys.database, read_only=True)
    with _closed_on_error(database, file):
        require_current(database, file)
        folder = Folder(path, database, keys, None, names, log)
        _require_whole(folder)
    return folder


@contextmanager
def _closed_on_error(database: Database, file: Path) -> Iterator[None]:
    try:
        yield
    except SqlError as error:
        database.close()
        raise unusable(file, error) from error
    except BaseException:
        database.close()
        raise


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(f"The data folder {path} cannot be made: {error.strerror}.") from error
    if not os.access(path, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise FolderNotWritable(
            f"The data folder {path} is read-only. Nothing in it was changed; "
            "start again once it can be written to."
        )


def _keys_of(path: Path) -> Keys:
    """Read the key file; make one only where there is no database that would need another."""
    file = path / KEYS_NAME
    if not file.exists() and not (path / DATABASE_NAME).exists():
        return create_keys(file)
    keys = read_keys(file)
    keep_private(file)
    return keys


def _require_whole(folder: Folder) -> None:
    """Check the end of the chain and that it still holds the event last written before."""
    bad = find_missing_head(folder.journal, folder.known_head) or verify_tail(folder.journal)
    if bad:
        raise DatabaseDamaged(f"The database {folder.path / DATABASE_NAME} is damaged: {bad.sentence}.")

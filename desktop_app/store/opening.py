"""Opens a data folder: to work in it, alone, or only to read beside whoever works there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.ports import Clock, Identities, JournalError
from desktop_app.store.clock import SystemClock
from desktop_app.store.database import (
    Database,
    DatabaseKey,
    SqlError,
    open_database,
    salt_at_head,
    unusable,
)
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import (
    DatabaseDamaged,
    FolderLocked,
    FolderNotWritable,
    JournalUnusable,
)
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.keys import (
    Keys,
    Opened,
    SealedKeys,
    create_keys,
    keep_private,
    read_key_file,
)
from desktop_app.store.left_log import look_at_log
from desktop_app.store.migrations import migrate, require_current
from desktop_app.store.origins import begin_origin, has_origin
from desktop_app.store.plain_files import small_json
from desktop_app.store.verify import find_missing_head, verify_tail

if TYPE_CHECKING:
    from desktop_app.store.locked import Unlock

from desktop_app.store.folder import (
    BACKUPS_NAME,
    DATABASE_NAME,
    KEYS_NAME,
    LOCK_NAME,
    OWNER_ONLY_FOLDER,
    RESTORE_NAME,
    TRIES_NAME,
    Folder,
    renewed,
)


def open_folder(
    path: Path,
    *,
    read_only: bool = False,
    clock: Clock | None = None,
    names: Identities | None = None,
    unlock: Unlock | None = None,
) -> Folder:
    """Open a data folder, making it when it is missing.

    Where people sign in ``unlock`` is asked for the data key: it is given a ``Locked``, and what it
    raises is raised here; without it FolderLocked is.

    Raises JournalUnusable, in one sentence that names the folder or file, when another program
    works in it, it cannot be written, or what is in it is damaged. With ``read_only`` no
    lock is taken, no event or setting changes, and a program that works there is not disturbed; the
    engine may make its own ``-wal`` and ``-shm``, and folds the log in when the last one closes.
    """
    if not read_only:
        make_folder(path)
    opening = _Opening(path, clock or SystemClock(), names or TimeOrderedIdentities(), unlock)
    if read_only:
        return opening.to_read()
    lock = FolderLock(path / LOCK_NAME)
    try:
        return opening.to_write(lock)
    except BaseException:
        lock.release()
        raise


class _Opening:
    """Opens one folder."""

    def __init__(self, path: Path, clock: Clock, names: Identities, unlock: Unlock | None) -> None:
        self._path = path
        self._file = path / DATABASE_NAME
        self._clock = clock
        self._names = names
        self._unlock = unlock
        self._former: DatabaseKey | None = None
        self._reads_only = False

    def to_write(self, lock: FolderLock) -> Folder:
        if (self._path / RESTORE_NAME).exists():
            from desktop_app.store.quarantine import finish_at_start  # noqa: PLC0415 - hardly any start finds one

            finish_at_start(self._path)
        found = _keys_of(self._path)
        keys, opened = self._unlocked(found)
        log = look_at_log(self._file, flush=True)
        if keys.renew:
            keys = self._renewed(keys)
        unmade = keys.head is None and (not self._file.exists() or self._file.stat().st_size == 0)
        database = open_database(self._file, keys.database, create=unmade)
        with _closed_on_error(database, self._file):
            migrate(database, self._file)
            if not has_origin(database):
                begin_origin(database, self._names.new(), self._clock.now().wall_us)
            folder = self._folder(database, keys, lock, opened)
            folder.was_cut_off = log.is_cut_off
            _require_whole(folder)
            if isinstance(found, SealedKeys) and len(found.salts) > 1:
                folder.settle_keys()
            folder.keep_head()
        return folder

    def to_read(self) -> Folder:
        self._reads_only = True
        if (self._path / RESTORE_NAME).exists():
            from desktop_app.store.quarantine import require_fit  # noqa: PLC0415 - as above

            require_fit(self._path)
            sentence = f"A restore in {self._path} was cut off; open the window on it once, to finish it."
            raise JournalUnusable(sentence)
        if not self._file.exists() and not (self._path / KEYS_NAME).exists():
            raise JournalUnusable(f"There is no journal in the folder {self._path}.")
        keys, opened = self._unlocked(read_key_file(self._path / KEYS_NAME))
        log = look_at_log(self._file, flush=False)
        database = open_database(self._file, keys.database, read_only=True)
        with _closed_on_error(database, self._file):
            require_current(database, self._file)
            folder = self._folder(database, keys, None, opened)
            folder.was_cut_off = log.is_cut_off
            _require_whole(folder)
        return folder

    def _folder(self, database: Database, keys: Keys, lock: FolderLock | None, opened: Opened) -> Folder:
        folder = Folder(self._path, database, keys, lock, names=self._names, clock=self._clock, opened=opened)
        folder.former_key = self._former
        return folder

    def _unlocked(self, found: Keys | SealedKeys) -> tuple[Keys, Opened]:
        if isinstance(found, Keys):
            return found, Opened()
        if self._unlock is None:
            salt_at_head(self._file, found.salts)
            raise FolderLocked(f"The data folder {self._path} is locked; sign in to open it.")
        from desktop_app.store.locked import open_sealed  # noqa: PLC0415 - only where people sign in
        from desktop_app.store.tries import NoTries, TriesFile  # noqa: PLC0415 - as above

        tries = (NoTries if self._is_backup else TriesFile)(self._path / TRIES_NAME, self._clock)
        return open_sealed(self._file, found, self._unlock, tries)

    @property
    def _is_backup(self) -> bool:
        """Whether it is a backup that is looked at: nothing is to change in it."""
        from desktop_app.store.manifest import is_backup  # noqa: PLC0415 - as above

        return self._reads_only and is_backup(self._path)

    def _renewed(self, keys: Keys) -> Keys:
        """Make the new data key that is due; where it cannot be made now, the old one opens the folder."""
        with suppress(JournalError):
            after = renewed(self._path, keys)
            self._former = keys.database
            return after
        salt_at_head(self._file, (keys.database.salt,))
        return keys


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


def make_folder(path: Path) -> None:
    """Make a data folder that is missing. Raises FolderNotWritable, also where it may not be written."""
    try:
        path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise FolderNotWritable(f"The data folder {path} cannot be made: {error.strerror}.") from error
    if not os.access(path, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
        raise FolderNotWritable(
            f"The data folder {path} is read-only. Nothing in it was changed; "
            "start again once it can be written to."
        )


def _keys_of(path: Path) -> Keys | SealedKeys:
    """Read the key file; make one only where there is no database that would need another."""
    file = path / KEYS_NAME
    if not file.exists() and not (path / DATABASE_NAME).exists():
        return create_keys(file)
    keys = read_key_file(file)
    keep_private(file)
    return keys


def _events_backed_up(folder: Folder) -> int:
    """Return how many events of this journal the last backup was made of, as the note beside it says."""
    try:
        note = small_json(folder.path / BACKUPS_NAME)
        events = note["events"] if note["journal"] in folder.journal.origins() else 0
        return events if type(events) is int else 0
    except (OSError, ValueError, TypeError, KeyError):
        return 0


def _require_whole(folder: Folder) -> None:
    """Check the end of the chain and that it still holds the event last written before."""
    held, backed_up = folder.journal.count(), _events_backed_up(folder)
    if held < backed_up:
        file = folder.path / DATABASE_NAME
        raise DatabaseDamaged(f"The database {file} holds {held} events, though {backed_up} were backed up.")
    bad = find_missing_head(folder.journal, folder.known_head) or verify_tail(folder.journal)
    if bad:
        raise DatabaseDamaged(f"The database {folder.path / DATABASE_NAME} is damaged: {bad.sentence}.")

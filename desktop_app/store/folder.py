"""A data folder: the journal, its key, the settings and the lock, opened and closed together.

::

    chairtime.db  (-wal, -shm)   the encrypted journal, its lists and the settings
    keys.json                    the key to it, and where it stood when last closed
    tries.txt                    wrong passphrases that the journal was not told yet, or that let wait
    chairtime.lock               held while a program works here
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.ports import Clock, Identities, JournalError, NotSaved
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
    KeyFileUnusable,
    NotClosedWell,
)
from desktop_app.store.heads import Heads
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.journal import SqlJournal
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import (
    Head,
    Keys,
    Opened,
    SealedKeys,
    create_keys,
    keep_private,
    read_key_file,
)
from desktop_app.store.left_log import look_at_log
from desktop_app.store.migrations import migrate, require_current
from desktop_app.store.origins import begin_origin, current_origin, has_origin
from desktop_app.store.settings import Settings
from desktop_app.store.standing import Standing
from desktop_app.store.verify import find_missing_head, verify_tail

if TYPE_CHECKING:
    from desktop_app.store.locked import Unlock
    from desktop_app.store.sign_in import FolderSignIn
    from desktop_app.store.tries import FailedTry, TriesFile

DATABASE_NAME = "chairtime.db"
KEYS_NAME = "keys.json"
LOCK_NAME = "chairtime.lock"
TRIES_NAME = "tries.txt"
BACKUPS_NAME = "backups.json"
RESTORE_NAME = "restore.json"
"""There only while a restore is being finished."""
_OWNER_ONLY_FOLDER = 0o700


class Folder:
    """An open data folder. ``journal`` and ``settings`` serve the thread that opened it."""

    def __init__(
        self,
        path: Path,
        database: Database,
        keys: Keys,
        lock: FolderLock | None,
        *,
        names: Identities,
        clock: Clock,
        opened: Opened,
    ) -> None:
        self.path = path
        self.opened = opened
        """Who opened it, and what with."""
        self.was_cut_off = False
        """Whether the program before was cut off while it wrote a touch."""
        self._clock = clock
        origin = current_origin(database)
        self._standing = Standing(path / DATABASE_NAME)
        self.journal = SqlJournal(database, names, origin, self._standing)
        self.heads = Heads(database, self.journal, self._standing)
        self.settings = Settings(database, self._standing)
        self._database = database
        self._keys = KeyFile(path / KEYS_NAME, keys)
        self._lock = lock
        self.former_key: DatabaseKey | None = None
        """The key from before this start, where it made a new one."""
        self.may_renew = True
        """Whether a new data key that is due may be made at the end; something may need the old one still."""

    @property
    def database_key(self) -> DatabaseKey:
        """The key to the journal, for whoever copies it."""
        return self._keys.keys.database

    @property
    def is_renewing(self) -> bool:
        """Whether a new data key is made when the folder is closed."""
        return self._keys.keys.renew and self.may_renew

    @property
    def known_head(self) -> Head | None:
        """Where the journal stood when the key file was last written."""
        return self._keys.keys.head

    @property
    def opened_by(self) -> str:
        """The short name of whoever opened it; empty where nobody signs in, or the key names nobody."""
        return self.opened.name

    @property
    def is_anybodys(self) -> bool:
        """Whether nobody has a passphrase, so that whoever has the folder can read it; loads nothing."""
        return not self._keys.keys.slots

    @cached_property
    def sign_in(self) -> FolderSignIn:
        """The secrets of the people who work here, as ``core.access.SignIn``; loads the ciphers.

        Raises FolderNotWritable where the folder is only read: whoever works in it writes the key file.
        """
        if self._lock is None:
            raise FolderNotWritable(f"The data folder {self.path} is only read, so no secret of it changes.")
        from desktop_app.store.pins import Pins  # noqa: PLC0415 - a folder without people needs no ciphers
        from desktop_app.store.sign_in import FolderSignIn  # noqa: PLC0415 - as above

        return FolderSignIn(self._keys, Pins(self._database, self._standing, self._clock))

    @property
    def failed_tries(self) -> tuple[FailedTry, ...]:
        """The wrong passphrases and recovery keys that the journal was not told yet, oldest first.

        Whoever has told it calls ``forget_tries``.
        """
        return () if self.is_anybodys else self._tries.failed()

    def forget_tries(self) -> None:
        """Count the failed tries as told; a wait that is not over goes on. Raises NotSaved."""
        try:
            self._tries.be_told()
        except OSError as error:
            sentence = f"The list of wrong tries in {self.path} cannot be written: {error.strerror}."
            raise NotSaved(sentence) from error

    @property
    def _tries(self) -> TriesFile:
        from desktop_app.store.tries import TriesFile  # noqa: PLC0415 - only where people sign in

        return TriesFile(self.path / TRIES_NAME, self._clock)

    def keep_head(self) -> str:
        """Write into the key file where the journal stands now, so that a later loss is noticed.

        Returns in one sentence what had to be put right in that file, once.
        """
        seq, link = self.journal.last()
        return self._keys.keep_head(Head(self.journal.origin, seq, link))

    def settle_keys(self) -> None:
        """Leave the key of this database alone in the key file. Raises KeyFileUnusable."""
        self._keys.put(self._keys.keys)

    def look_after_keys(self) -> str:
        """See that the key file still holds the key, writing it anew if not; return once what was wrong."""
        return self._keys.look() if self._lock else ""

    def close(self) -> None:
        """Close the journal and give the folder back.

        Raises NotClosedWell when the database is gone or damaged, or the key file could not be
        written, or had to be written anew; all is closed then too.
        """
        try:
            mended = self._end()
            self._renew()
        finally:
            if self._lock:
                self._lock.release()
        if mended:
            raise NotClosedWell(mended)

    def _end(self) -> str:
        """Close the database and return what had to be put right in the key file. Raises NotClosedWell."""
        try:
            if not self._lock:
                return ""
            self._standing.require()
            self.heads.sign_new()
            return self.keep_head()
        except KeyFileUnusable as fault:
            raise NotClosedWell(f"{fault} Every answered touch is on disk all the same.") from fault
        except JournalError as fault:
            raise NotClosedWell(str(fault)) from fault
        finally:
            self._database.close()

    def _renew(self) -> None:
        """Give the closed database a new data key where one is due. Raises NotClosedWell."""
        if not (self._lock and self.is_renewing):
            return
        try:
            self._keys.keys = _renewed(self.path, self._keys.keys)
        except JournalError as fault:
            sentence = f"{fault} The folder keeps its data key; a new one is made at the next end or start."
            raise NotClosedWell(sentence) from fault


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
        if (self._path / RESTORE_NAME).exists():
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
        from desktop_app.store.tries import TriesFile  # noqa: PLC0415 - as above

        tries = TriesFile(self._path / TRIES_NAME, self._clock)
        return open_sealed(self._file, found, self._unlock, tries)

    def _renewed(self, keys: Keys) -> Keys:
        """Make the new data key that is due; where it cannot be made now, the old one opens the folder."""
        with suppress(JournalError):
            after = _renewed(self._path, keys)
            self._former = keys.database
            return after
        salt_at_head(self._file, (keys.database.salt,))
        return keys


def _renewed(path: Path, keys: Keys) -> Keys:
    from desktop_app.store.rekey import renew_key  # noqa: PLC0415 - only after a secret was taken away

    after = renew_key(path / DATABASE_NAME, path / KEYS_NAME, keys)
    if keys.keyring:
        from desktop_app.store.system_keyring import forget_key, keep_key  # noqa: PLC0415 - seldom wanted

        keep_key(after.database)
        forget_key(keys.database.salt)
    return after


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
        path.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
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
        note = json.loads((folder.path / BACKUPS_NAME).read_text(encoding="utf-8"))
        return int(note["events"]) if note["journal"] in folder.journal.origins() else 0
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

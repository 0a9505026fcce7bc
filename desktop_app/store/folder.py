"""A data folder: the journal, its key, the settings and the lock, opened and closed together.

::

    chairtime.db  (-wal, -shm)   the encrypted journal, its lists and the settings
    keys.json                    the key to it, and where it stood when last closed
    tries.txt                    wrong passphrases that the journal was not told yet, or that let wait
    tries.lock                   only while somebody tries: tries that are made at once wait for one another
    chairtime.lock               held while a program works here
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.ports import Clock, Identities, JournalError, NotSaved
from desktop_app.store.database import (
    Database,
    DatabaseKey,
)
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.faults import (
    FolderNotWritable,
    KeyFileUnusable,
    NotClosedWell,
)
from desktop_app.store.heads import Heads
from desktop_app.store.journal import SqlJournal
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import (
    Head,
    Keys,
    Opened,
)
from desktop_app.store.origins import current_origin
from desktop_app.store.settings import Settings
from desktop_app.store.standing import Standing
from desktop_app.store.upkeep import Upkeep

if TYPE_CHECKING:
    from desktop_app.store.sign_in import FolderSignIn
    from desktop_app.store.tries import FailedTry, TriesFile

DATABASE_NAME = "chairtime.db"
KEYS_NAME = "keys.json"
LOCK_NAME = "chairtime.lock"
TRIES_NAME = "tries.txt"
BACKUPS_NAME = "backups.json"
RESTORE_NAME = "restore.json"
"""There only while a restore is being finished."""
OWNER_ONLY_FOLDER = 0o700


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
        self._standing = Standing(path / DATABASE_NAME, lock)
        self.journal = SqlJournal(database, names, origin, self._standing)
        self.heads = Heads(database, self.journal, self._standing)
        self.settings = Settings(database, self._standing)
        self._database = database
        self._lock = lock
        self._keys = KeyFile(path / KEYS_NAME, keys, lock.hold) if lock else KeyFile(path / KEYS_NAME, keys)
        self.upkeep = Upkeep(database, self.journal, self.heads, self._keys, clock)
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

    @property
    def slots(self) -> dict[str, str]:
        """By each name in the key file the public half of what that passphrase opens."""
        return {slot.name: slot.public.hex() for slot in self._keys.keys.slots}

    @cached_property
    def sign_in(self) -> FolderSignIn:
        """The secrets of the people who work here, as ``core.secrets_kept.SignIn``; loads the ciphers.

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

        Whoever has told some calls ``forget_tries`` with them.
        """
        return () if self.is_anybodys else self._tries.failed()

    def forget_tries(self, told: Iterable[FailedTry]) -> None:
        """Count some failed tries as told; a wait that is not over goes on. Raises NotSaved."""
        try:
            self._tries.be_told(told)
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
            self._keys.keys = renewed(self.path, self._keys.keys)
        except JournalError as fault:
            sentence = f"{fault} The folder keeps its data key; a new one is made at the next end or start."
            raise NotClosedWell(sentence) from fault


def renewed(path: Path, keys: Keys) -> Keys:
    """Give a closed folder a new data key and return its keys. Raises JournalError."""
    from desktop_app.store.rekey import renew_key  # noqa: PLC0415 - only after a secret was taken away

    after = renew_key(path / DATABASE_NAME, path / KEYS_NAME, keys)
    if keys.keyring:
        from desktop_app.store.system_keyring import forget_key, keep_key  # noqa: PLC0415 - seldom wanted

        keep_key(after.database)
        forget_key(keys.database.salt)
    return after

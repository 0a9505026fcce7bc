"""Open a database that nobody writes to, such as a backup: nothing in its folder changes by being read.

The one place where the backups' databases are opened, with the key to each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlcipher3  # type: ignore[import-untyped]

from desktop_app.core.ports import SecretRefused
from desktop_app.store.database import Database, DatabaseKey, SqlError, salt_at_head, unlock, unusable
from desktop_app.store.faults import DatabaseDamaged, FolderLocked, KeyFileUnusable
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.journal import SqlJournal
from desktop_app.store.keys import Keys, Opened, read_key_file, read_keys
from desktop_app.store.locked import Locked, Unlock
from desktop_app.store.origins import current_origin
from desktop_app.store.standing import Standing
from desktop_app.store.tries import TriesFile

KeyOf = Callable[[Path], DatabaseKey]
"""Gives the key that a key file holds, asking whoever can open it. Raises KeyFileUnusable."""


def plain_key_of(key_file: Path) -> DatabaseKey:
    """Return the key of a key file that nobody has to open. Raises KeyFileUnusable or FolderLocked."""
    return read_keys(key_file).database


class AskedKeys:
    """Opens key files that are sealed to people, each data key once: who was asked is not asked again.

    Implements ``KeyOf``. Without ``unlock`` only what was opened before is, and nobody is asked.
    """

    def __init__(self, unlock: Unlock | None, tries: TriesFile) -> None:
        self.unlock = unlock
        self._tries = tries
        self._known: dict[bytes, DatabaseKey] = {}
        self._openers: dict[bytes, Opened] = {}
        self._refused: dict[tuple[bytes, ...], SecretRefused] = {}
        """By what was tried: backups of one day have the same slots, which the same secret opens no more."""

    def __call__(self, key_file: Path) -> DatabaseKey:
        """Return the key. Raises KeyFileUnusable, FolderLocked, or what ``unlock`` raises."""
        found = read_key_file(key_file)
        if isinstance(found, Keys):
            return found.database
        if known := [self._known[salt] for salt in found.salts if salt in self._known]:
            return known[0]
        if self.unlock is None:
            raise FolderLocked(f"The key file {key_file} is locked; sign in to open it.")
        # The head of the database may be what is damaged; the first salt is the key's that holds.
        try:
            salt = salt_at_head(key_file.with_name(DATABASE_NAME), found.salts)
        except DatabaseDamaged:
            salt = found.salts[0]
        slots = (salt, *(slot.private for slot in found.slots))
        if refused := self._refused.get(slots):
            raise refused
        locked = Locked(key_file.parent, found, salt, self._tries)
        try:
            key = self._known[salt] = self.unlock(locked)
        except SecretRefused as fault:
            self._refused[slots] = fault
            raise
        self._openers[salt] = locked.opened_by(key)
        return key

    @property
    def has_opened(self) -> bool:
        """Whether anybody's secret opened one."""
        return bool(self._openers)

    def opener(self, key: DatabaseKey) -> Opened:
        """Return who opened a data key, and what with; nobody where it lay in the open."""
        return self._openers.get(key.salt, Opened())


def keys_with(key_file: Path, key: DatabaseKey) -> Keys:
    """Return all that a key file holds, given the key that opens it. Raises KeyFileUnusable."""
    found = read_key_file(key_file)
    if isinstance(found, Keys):
        return found
    from desktop_app.store.sealed_keys import opened  # noqa: PLC0415 - only where people sign in

    if (keys := opened(found, key)) is None:
        raise KeyFileUnusable(f"The key file {key_file} was changed by somebody without its key.")
    return keys


def open_still(path: Path, key: DatabaseKey) -> Database:
    """Open a database to read only, as it lies there, without its log. Raises JournalUnusable."""
    salt_at_head(path, (key.salt,))
    try:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        connection = sqlcipher3.connect(address, uri=True, isolation_level=None)
    except SqlError as error:
        raise unusable(path, error) from error
    try:
        unlock(connection, key)
    except SqlError as error:
        connection.close()
        raise unusable(path, error) from error
    return Database(connection, path)


def journal_of(database: Database, origin: str = "") -> SqlJournal:
    """Return the journal in a database that is only read; of its newest own origin unless one is named."""
    names = TimeOrderedIdentities()
    return SqlJournal(database, names, origin or current_origin(database), Standing(database.path))


def first_origin(database: Database) -> str:
    """Return the name a journal has had since it was made. Raises SqlError."""
    (name,) = database.execute("SELECT name FROM origin ORDER BY number LIMIT 1").fetchone()
    return str(name)

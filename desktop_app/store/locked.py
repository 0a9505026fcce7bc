"""A data folder before anybody has signed in: whose passphrases open it, and the doors to try them at.

``open_folder(path, unlock=...)`` hands it to ``unlock``, which asks a person and returns what one of the
doors gave. A wrong secret is counted on disk before it is answered; the window may ask again with the
same ``Locked``. Each try takes an eighth of a second and 64 MiB, so a window asks in another thread.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop_app.store.database import DatabaseKey, salt_at_head
from desktop_app.store.faults import KeyFileUnusable, WrongSecret
from desktop_app.store.keys import RECOVERY, Keys, Opened, SealedKeys, Slot
from desktop_app.store.tries import TriesFile

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a way in
RECOVERY_KEY = "recovery-key"
KEYRING = "keyring"


class Locked:
    """What can be known and done before the data key is known."""

    def __init__(self, path: Path, sealed: SealedKeys, salt: bytes, tries: TriesFile) -> None:
        self.path = path
        """The data folder."""
        self._sealed = sealed
        self._salt = salt
        self._tries = tries
        self._opened: dict[bytes, Opened] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Who has a passphrase, in the order they got it."""
        return self._sealed.names

    @property
    def has_recovery_key(self) -> bool:
        """Whether a recovery key opens the folder."""
        return any(slot.name == RECOVERY for slot in self._sealed.slots)

    @property
    def has_keyring(self) -> bool:
        """Whether the system's keyring is to be asked."""
        return self._sealed.keyring

    def with_passphrase(self, name: str, passphrase: str) -> DatabaseKey:
        """Return the data key for somebody's passphrase. Raises WrongSecret; MustWait after wrong tries."""
        slot = self._slot(name) if name != RECOVERY else None
        if slot is None:
            raise WrongSecret("Nobody of that name has a passphrase here.")
        return self._try(slot, passphrase, PASSPHRASE)

    def with_recovery_key(self, typed: str) -> DatabaseKey:
        """Return the data key for the recovery key.

        Raises SecretRefused where a group is mistyped, naming it, WrongSecret, or MustWait.
        """
        from desktop_app.store.recovery_key import plain_recovery_key  # noqa: PLC0415 - it is hardly ever used

        slot = self._slot(RECOVERY)
        if slot is None:
            raise WrongSecret("This data folder has no recovery key.")
        return self._try(slot, plain_recovery_key(typed), RECOVERY_KEY)

    def with_keyring(self) -> DatabaseKey | None:
        """Return the data key that the system's keyring holds, or None at once where it cannot be had.

        Then nobody has signed in: the program may open its window, and shows nothing but the lock screen.
        """
        if not self._sealed.keyring:
            return None
        from desktop_app.store.system_keyring import kept_key  # noqa: PLC0415 - only where it was asked for

        key = kept_key(self._salt)
        database = DatabaseKey(key, self._salt) if key else None
        if database is None or self._keys(database) is None:
            return None
        return self._remember(database, Opened(by=KEYRING))

    def as_before(self, database: DatabaseKey, opened: Opened) -> DatabaseKey:
        """Return a data key that somebody got a moment ago; they need not sign in once more."""
        return self._remember(database, opened)

    def opened_by(self, database: DatabaseKey) -> Opened:
        """Return who got a data key here, and what with."""
        return self._opened.get(database.key, Opened())

    def keys(self, database: DatabaseKey) -> Keys:
        """Return all that the key file holds. Raises KeyFileUnusable where somebody has changed it."""
        keys = self._keys(database)
        if keys is None:
            raise KeyFileUnusable(
                f"The key file of the data folder {self.path} was changed by somebody without its key; put "
                "it back from a copy."
            )
        return keys

    def _keys(self, database: DatabaseKey) -> Keys | None:
        from desktop_app.store.sealed_keys import opened  # noqa: PLC0415 - only where people sign in

        return opened(self._sealed, database)

    def _slot(self, name: str) -> Slot | None:
        return next((slot for slot in self._sealed.slots if slot.name == name), None)

    def _try(self, slot: Slot, secret: str, by: str) -> DatabaseKey:
        from desktop_app.store.slots import open_slot  # noqa: PLC0415 - it loads the ciphers

        with self._tries.one_at_a_time():
            self._tries.require_free(slot.name)
            try:
                database = open_slot(slot, secret, self._salt)
            except WrongSecret:
                self._tries.note(slot.name, right=False)
                raise
            self._tries.note(slot.name, right=True)
        return self._remember(database, Opened(slot.name, by))

    def _remember(self, database: DatabaseKey, opened: Opened) -> DatabaseKey:
        self._opened[database.key] = opened
        return database


Unlock = Callable[[Locked], DatabaseKey]
"""Asks a person, or whatever knows, for what opens a folder."""


def open_sealed(database: Path, sealed: SealedKeys, unlock: Unlock, tries: TriesFile) -> tuple[Keys, Opened]:
    """Return the keys of a database whose people sign in, and who did. Raises what ``unlock`` raises.

    The database need not lie in a data folder: a backup has its own key file, of the day it was made.
    Where wrong tries are counted is for the caller to say. Raises DatabaseDamaged where it is no database
    of that key file, and KeyFileUnusable where somebody changed it.
    """
    locked = Locked(database.parent, sealed, salt_at_head(database, sealed.salts), tries)
    key = unlock(locked)
    return locked.keys(key), locked.opened_by(key)

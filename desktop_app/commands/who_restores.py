"""Who may put a backup in the place of a journal that people sign in to.

Whoever opens the folder is held against the people in it. Where it cannot be opened any more nobody is
left to ask but the backup: then its people count, as they were when it was made. A backup from before the
first passphrase asks nobody; the key file in the folder still does. The recovery key stands
for every right here, as it does when it gives somebody a new passphrase.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from desktop_app.commands.streams import NothingDone
from desktop_app.core.access import RECOVERED, Right
from desktop_app.core.events import PEOPLE_STREAM
from desktop_app.core.guard import acting_as, sentence
from desktop_app.core.ports import Journal
from desktop_app.core.staff import fold_people
from desktop_app.store.backups import Backup
from desktop_app.store.faults import FolderLocked, JournalUnusable, KeyFileUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import Keys, Opened, SealedKeys, read_key_file
from desktop_app.store.locked import RECOVERY_KEY
from desktop_app.store.opening import open_folder
from desktop_app.store.still import AskedKeys, journal_of, open_still


class WhoRestores:
    """Asks the folder who restores it, and then the backup where the folder could not say."""

    def __init__(self, folder: Path, key_of: AskedKeys) -> None:
        """Ask the folder. Raises NothingDone for who may not, or JournalError for a wrong secret."""
        self._key_of = key_of
        self._folder = folder
        self._opened = self._opener_of(folder)

    def of(self, backup: Backup) -> str:
        """Return the name that a restore is recorded with. Raises NothingDone or JournalError."""
        return name_of(self._opened or opener_in(backup, self._key_of, self._folder))

    def _opener_of(self, folder: Path) -> Opened | None:
        """Return who opened the folder; None where it cannot be opened, or anybody may open it."""
        try:
            there = open_folder(folder, read_only=True, unlock=lambda at: self._key_of(at.path / KEYS_NAME))
        except FolderLocked:
            raise
        except JournalUnusable:
            return None
        try:
            if there.is_anybodys:
                return None
            opened = self._key_of.opener(there.database_key)
            _require_may(there.journal, opened)
            return opened
        finally:
            there.close()


def opener_in(backup: Backup, key_of: AskedKeys, folder: Path) -> Opened:
    """Return who opened a backup and may restore it, as its people say. Raises NothingDone, JournalError.

    One from before the first passphrase opens for anybody; then it is who opens the key file that is in the
    folder, if people sign in to that by now.
    """
    key = key_of(backup.path / KEYS_NAME)
    if not is_open(backup.path):
        opened = key_of.opener(key)
    elif is_sealed(folder):
        opened = key_of.opener(key_of(folder / KEYS_NAME))
    else:
        return Opened()
    database = open_still(backup.path / DATABASE_NAME, key)
    try:
        _require_may(journal_of(database), opened)
    finally:
        database.close()
    return opened


def is_open(path: Path) -> bool:
    """Return whether the key file in a folder opens for anybody."""
    with suppress(KeyFileUnusable):
        return isinstance(read_key_file(path / KEYS_NAME), Keys)
    return False


def is_sealed(path: Path) -> bool:
    """Return whether people sign in to the key file in a folder, as far as it can be read."""
    with suppress(KeyFileUnusable):
        return isinstance(read_key_file(path / KEYS_NAME), SealedKeys)
    return False


def name_of(opened: Opened) -> str:
    """Return the name that a restore of somebody's is recorded with."""
    return RECOVERED if opened.by == RECOVERY_KEY else opened.name


def _require_may(journal: Journal, opened: Opened) -> None:
    if opened.by == RECOVERY_KEY:
        return
    people = fold_people(journal.load(PEOPLE_STREAM))
    if refusal := acting_as(people, opened.name).why_not(Right.RESTORE):
        raise NothingDone(sentence(refusal))

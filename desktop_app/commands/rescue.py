"""A journal that cannot be opened: what the rescue window is told, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.commands.streams import NothingDone
from desktop_app.core.ports import JournalError, NotAllowed
from desktop_app.store.faults import (
    BackupFailed,
    DatabaseDamaged,
    JournalGone,
    JournalUnusable,
    KeyFileNotWritten,
    KeyFileOfNewer,
    KeyFileUnusable,
)
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, TRIES_NAME

if TYPE_CHECKING:
    from desktop_app.store.backups import Backup
    from desktop_app.store.database import DatabaseKey
    from desktop_app.store.locked import Locked, Unlock
    from desktop_app.store.restore import Outlook
    from desktop_app.store.still import KeyOf
    from desktop_app.ui.application import Application
    from desktop_app.ui.backup_ports import Found

MENDED = (DatabaseDamaged, KeyFileUnusable, JournalGone)
"""The faults that a restore ends; the others end when somebody makes the folder usable."""

NOT_MENDED = (KeyFileOfNewer, KeyFileNotWritten)


class WayOn(Enum):
    """What a person chose."""

    QUIT = "quit"
    AGAIN = "again"
    BEGIN = "begin"


def require_no_loss(path: Path) -> None:
    """Raise JournalGone where there is no journal, but backups of one: a folder that was moved or lost."""
    if (path / DATABASE_NAME).exists() or (path / KEYS_NAME).exists():
        return
    # Only a folder without a journal is asked about; the backups say whether it had one.
    from desktop_app.store.backup_state import known_backups  # noqa: PLC0415 - hardly any start gets here

    if known_backups(path):
        raise JournalGone(
            f"There is no journal in {path}, though backups of one lie beside it: "
            "the folder was moved, renamed or deleted."
        )


class Door(Protocol):
    """Asks who is there where a key file is sealed to people."""

    def unlock(self, locked: Locked) -> DatabaseKey:
        """Return what opens it. Raises JournalError where nobody signs in."""
        ...

    def ask(self, locked: Locked) -> DatabaseKey:
        """Return what opens it for a person, whatever a keyring holds. Raises JournalError as above."""
        ...

    def leave(self) -> None:
        """Close what was shown."""
        ...


def rescue(
    application: Application, path: Path, fault: JournalUnusable, door_of: Callable[[], Door]
) -> WayOn:
    """Show what is wrong and the ways out, where somebody may see it; return the way that was chosen."""
    from desktop_app.commands.at_the_door import theme_before  # noqa: PLC0415 - as above
    from desktop_app.ui.application import UNSEEN  # noqa: PLC0415 - no good start gets here
    from desktop_app.ui.recovery.window import RescueWindow  # noqa: PLC0415 - as above

    if application.platformName() in UNSEEN:
        return WayOn.QUIT
    door = door_of()
    rescued = FolderRescue(path, fault, door.ask)
    rescued.sign_in()
    door.leave()
    theme = theme_before(path)
    window = RescueWindow(rescued, theme)
    theme.apply()
    return WayOn(window.ask())


def key_if_same(key: DatabaseKey) -> KeyOf:
    """Return what gives the key that was in use to whatever it opens, and reads other keys in the open."""

    def key_of(key_file: Path) -> DatabaseKey:
        from desktop_app.store.keys import SealedKeys, read_key_file  # noqa: PLC0415 - as above
        from desktop_app.store.still import plain_key_of  # noqa: PLC0415 - as above

        found = read_key_file(key_file)
        return key if isinstance(found, SealedKeys) and key.salt in found.salts else plain_key_of(key_file)

    return key_of


def put_back(path: Path, name: str, key_of: KeyOf, why: str = "", actor: str = "") -> str:
    """Put back the backup of a name for somebody and tell what was done. Raises JournalError."""
    from desktop_app.commands.backup_words import restored_words  # noqa: PLC0415 - as above
    from desktop_app.commands.restore import ASKED, why_not_opened  # noqa: PLC0415 - as above
    from desktop_app.store.clock import SystemClock  # noqa: PLC0415 - as above
    from desktop_app.store.identities import TimeOrderedIdentities  # noqa: PLC0415 - as above
    from desktop_app.store.restore import restore  # noqa: PLC0415 - as above

    backup = _named(path, name)
    why = why or why_not_opened(path) or ASKED
    clock, names = SystemClock(), TimeOrderedIdentities()
    done = restore(path, backup, clock=clock, names=names, why=why, actor=actor, key_of=key_of)
    return restored_words(done.event)


def _named(path: Path, name: str) -> Backup:
    from desktop_app.store.backup_state import known_backups  # noqa: PLC0415 - as above

    backup = next((one for one in known_backups(path) if one.name == name), None)
    if backup is None:
        raise BackupFailed(f"The backup {name} is not there any more.")
    return backup


class FolderRescue:
    """Implements ``ui.backup_ports.Rescue`` for a data folder."""

    def __init__(self, path: Path, fault: JournalUnusable, unlock: Unlock | None = None) -> None:
        from desktop_app.store.clock import SystemClock  # noqa: PLC0415 - as above
        from desktop_app.store.still import AskedKeys  # noqa: PLC0415 - as above
        from desktop_app.store.tries import TriesFile  # noqa: PLC0415 - as above

        self._key_of = AskedKeys(unlock, TriesFile(path / TRIES_NAME, SystemClock()))
        self.folder = path
        self.what = str(fault)
        self.restores = isinstance(fault, MENDED) and not isinstance(fault, NOT_MENDED)
        self.begins = isinstance(fault, JournalGone)

    def sign_in(self) -> None:
        """Let somebody open the newest backup that is what was written, where its key is sealed to people.

        One from before the first passphrase opens by itself: then the folder's own key file asks, if it is
        sealed. Nobody is asked later: what looks for the newest good one runs beside the window.
        """
        from desktop_app.commands.who_restores import is_open, is_sealed  # noqa: PLC0415 - as above
        from desktop_app.store.backup_state import known_backups  # noqa: PLC0415 - as above
        from desktop_app.store.checking import bytes_fault  # noqa: PLC0415 - as above

        if self.restores:
            backup = next((one for one in known_backups(self.folder) if not bytes_fault(one)), None)
            with suppress(JournalError):
                if backup is not None:
                    self._key_of(backup.path / KEYS_NAME)
                    if is_open(backup.path) and is_sealed(self.folder):
                        self._key_of(self.folder / KEYS_NAME)
        self._key_of.unlock = None

    def find(self) -> Found | None:
        """Return the newest good backup; None where there is none."""
        from desktop_app.commands.backup_words import found_of  # noqa: PLC0415 - as above
        from desktop_app.store.backup_state import known_backups  # noqa: PLC0415 - as above
        from desktop_app.store.checking import backup_fault  # noqa: PLC0415 - as above

        passed_over = ""
        for backup in known_backups(self.folder):
            fault = backup_fault(backup, self._key_of)
            if not fault:
                return found_of(backup, self._outlook(backup), passed_over)
            passed_over = passed_over or fault
        return None

    def restore(self, name: str) -> str:
        """Put a backup back and tell what was done; its people say who may. Raises JournalError."""
        from desktop_app.commands.who_restores import name_of, opener_in  # noqa: PLC0415 - as above

        try:
            actor = name_of(opener_in(_named(self.folder, name), self._key_of, self.folder))
        except NothingDone as fault:
            raise NotAllowed(str(fault)) from fault
        return put_back(self.folder, name, self._key_of, self.what, actor)

    def _outlook(self, backup: Backup) -> Outlook | None:
        from desktop_app.store.restore import outlook  # noqa: PLC0415 - as above

        with suppress(JournalError):
            return outlook(self.folder, backup, self._key_of)
        return None

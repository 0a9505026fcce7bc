"""A journal that people sign in to stays theirs when an open backup of it is put back.

A backup from before the first passphrase has its key in the open. Put back as it is, it would open to
anybody, with all that was salvaged since. What seals a data key to somebody is public, so the key is sealed
to whoever could open the folder, and nobody has to be there for it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.store.backup_state import known_backups
from desktop_app.store.backups import Backup
from desktop_app.store.faults import KeyFileUnusable
from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.keys import Keys, SealedKeys, Slot, read_key_file, write_keys
from desktop_app.store.slots import sealed_to


def slots_in_force(folder: Path, backup: Backup) -> tuple[Slot, ...]:
    """Return what the passphrases of a folder open: as its key file says, or its newest sealed backup.

    Nothing takes the passphrases from a folder again, so a sealed backup says that there are some.
    """
    journal = backup.manifest.journal if backup.manifest else ""
    shelf = [one.path for one in known_backups(folder) if one.manifest and one.manifest.journal == journal]
    for place in (folder, *shelf):
        found = _key_file_in(place)
        if isinstance(found, SealedKeys):
            return found.slots
    return ()


def seal(key_file: Path, slots: tuple[Slot, ...]) -> None:
    """Seal an open key file to whoever these slots are of; a new data key is due. Raises KeyFileUnusable."""
    found = read_key_file(key_file)
    if slots and isinstance(found, Keys):
        sealed = tuple(sealed_to(slot, found.database) for slot in slots)
        write_keys(key_file, replace(found, slots=sealed, renew=True))


def _key_file_in(place: Path) -> Keys | SealedKeys | None:
    try:
        return read_key_file(place / KEYS_NAME)
    except KeyFileUnusable:
        return None

"""Copies of a journal from before its first passphrase: their key lies in the open, so anybody reads them.

A backup has the key file of its day, and so has a journal in the quarantine. Giving the folder a
passphrase seals neither; they are named until somebody has destroyed them.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from desktop_app.store.backup_state import read_state
from desktop_app.store.backups import Backup, in_place, shelves_in
from desktop_app.store.checking import bytes_fault
from desktop_app.store.database import DatabaseKey
from desktop_app.store.durable_file import overwritten_after, sync_folder
from desktop_app.store.faults import KeyFileUnusable
from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.keys import SealedKeys, read_key_file
from desktop_app.store.places import default_place
from desktop_app.store.plain_files import small_content
from desktop_app.store.quarantine import QUARANTINE, RESTORING

_OPEN = b'"key"'
"""Stands in a key file whose key is not sealed, be the rest of it damaged."""


def is_protected(folder: Path) -> bool:
    """Whether the key of a data folder is sealed to the people who sign in."""
    return (folder / KEYS_NAME).exists() and not _is_open(folder / KEYS_NAME)


def open_copies(folder: Path, *places: Path, journal: str = "") -> list[Path]:
    """Return what lies about of a protected folder's journal with the key in the open, or nothing.

    Looked at are the quarantine, key files that were set aside, and the backups: beside the folder, where
    the last try put them, and in the places named; those of one journal where it is said which.
    """
    return copies_in_the_open(folder, *places, journal=journal) if is_protected(folder) else []


def copies_in_the_open(folder: Path, *places: Path, journal: str = "") -> list[Path]:
    """Return the same of any folder: what will still open without a passphrase once there is a first one."""
    return sorted({path for path in _candidates(folder, places, journal) if _is_open(_key_file(path))})


def is_one_left(found: Collection[Path], key: DatabaseKey, journal: str, *places: Path) -> bool:
    """Return whether a good backup of a journal is left once these copies are gone, opened by who signs in.

    It holds no less than any of them, its key file is of the data key in use, and each byte of it is what was
    written. Of another journal on the same drive nothing counts.
    """
    kept = [backup for place in dict.fromkeys(places) for backup in _of(place, journal)]
    told = [backup.manifest for backup in kept if backup.path in found and backup.manifest]
    least = max((manifest.events for manifest in told), default=0)
    full = [one for one in kept if one.manifest and one.manifest.events >= least and one.path not in found]
    return any(_is_sealed_with(one.path / KEYS_NAME, key) and not bytes_fault(one) for one in full)


def _of(place: Path, journal: str) -> list[Backup]:
    with suppress(OSError):
        return in_place(place, journal)
    return []


def _is_sealed_with(file: Path, key: DatabaseKey) -> bool:
    from desktop_app.store.sealed_keys import opened  # noqa: PLC0415 - only where people sign in

    with suppress(KeyFileUnusable):
        found = read_key_file(file)
        return isinstance(found, SealedKeys) and opened(found, key) is not None
    return False


def destroy(copy: Path) -> None:
    """Overwrite a copy's key where it lies, as far as a program can, and remove the copy. Raises OSError."""
    file = _key_file(copy)
    with overwritten_after(file):
        file.unlink()
    if copy != file:
        shutil.rmtree(copy)
    sync_folder(copy.parent)


def _candidates(folder: Path, places: tuple[Path, ...], journal: str) -> Iterator[Path]:
    yield from (path for path in _inside(folder) if path.name.startswith(f"{KEYS_NAME}."))
    yield from (path for path in _folders(folder) if path.name.startswith(RESTORING))
    yield from _folders(folder / QUARANTINE)
    state = read_state(folder)
    for place in {default_place(folder), Path(state.place), *places}:
        for shelf in shelves_in(place, journal or state.journal):
            yield from _folders(shelf)


def _folders(place: Path) -> Iterator[Path]:
    yield from (path for path in _inside(place) if path.is_dir() and not path.is_symlink())


def _key_file(copy: Path) -> Path:
    return copy / KEYS_NAME if copy.is_dir() else copy


def _is_open(file: Path) -> bool:
    try:
        return _OPEN in small_content(file)
    except OSError:
        return False


def _inside(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []

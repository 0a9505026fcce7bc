"""Copies of a journal from before its first passphrase: their key lies in the open, so anybody reads them.

A backup has the key file of its day, and so has a journal in the quarantine. Giving the folder a
passphrase seals neither; they are named until somebody has destroyed them.

Whatever lies where copies lie, with a key in the open, is named. Destroyed is only what this program
surely put there, as it put it there, and never by way of a link: the rest may be all somebody has.
"""

from __future__ import annotations

import errno
import re
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from desktop_app.core.ports import JournalError
from desktop_app.store.backup_state import read_state
from desktop_app.store.backups import Backup, in_place, is_name, shelf_of, shelves_in
from desktop_app.store.checking import bytes_fault
from desktop_app.store.database import DatabaseKey
from desktop_app.store.durable_file import overwritten_after, sync_folder
from desktop_app.store.faults import KeyFileUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.key_file import DAMAGED
from desktop_app.store.keys import SealedKeys, read_key_file
from desktop_app.store.manifest import MANIFEST_NAME, ManifestUnreadable, read_manifest
from desktop_app.store.places import default_place
from desktop_app.store.plain_files import small_content
from desktop_app.store.quarantine import QUARANTINE, RESTORING, is_as_set_aside

_OPEN = b'"key"'
"""Stands in a key file whose key is not sealed, be the rest of it damaged."""
_SET_ASIDE = re.compile(rf"{re.escape(KEYS_NAME + DAMAGED)}(-\d{{1,6}})?", re.ASCII)
_LOGS = {f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm"}
_NOT_OURS = "it is not as Chairtime puts a copy there, so look at it and destroy it by hand"


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
    """Return the same of any folder: what will still open without a passphrase once there is a first one.

    What this program has put there comes first, then what only lies there.
    """
    found = {path for path in _candidates(folder, places, journal) if _is_open(_key_file(path))}
    return sorted(found, key=lambda path: (not is_ours(path), path))


def is_ours(copy: Path) -> bool:
    """Whether a copy that was found is surely one this program made, and holds nothing else."""
    try:
        if copy.is_symlink() or copy.parent.is_symlink():
            return False
        if not copy.is_dir():
            return _is_set_aside(copy)
        if copy.parent.name == QUARANTINE:
            return is_as_set_aside(copy)
        return _is_backup(copy)
    except OSError:
        return False


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
    """Overwrite a copy's key where it lies, as far as a program can, and remove the copy.

    Raises OSError, with nothing touched where the copy is not surely this program's own.
    """
    if not is_ours(copy):
        raise PermissionError(errno.EPERM, _NOT_OURS)
    file = _key_file(copy)
    with overwritten_after(file):
        file.unlink()
    if copy != file:
        shutil.rmtree(copy)
    sync_folder(copy.parent)


def _is_set_aside(file: Path) -> bool:
    """Whether a key file was put aside since it could not be read; one that can be read opens a journal."""
    found = file.lstat()
    if not _SET_ASIDE.fullmatch(file.name) or not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        return False
    try:
        read_key_file(file)
    except JournalError:
        return True
    return False


def _is_backup(copy: Path) -> bool:
    """Whether it is a backup of the shelf's journal as it was made, with no file of anybody's beside."""
    if not is_name(copy.name):
        return False
    try:
        manifest = read_manifest(copy)
    except ManifestUnreadable:
        return False
    if shelf_of(copy.parent.parent, manifest.journal) != copy.parent or not _holds_only(
        copy, {*manifest.files, MANIFEST_NAME, *_LOGS}
    ):
        return False
    kept = manifest.files.get(KEYS_NAME)
    return kept is not None and sha256(small_content(copy / KEYS_NAME)).hexdigest() == kept.sha256


def _holds_only(copy: Path, names: set[str]) -> bool:
    """Whether a folder and those in it hold plain files of some names, and no link. Raises OSError."""
    for path in copy.rglob("*"):
        mode = path.lstat().st_mode
        is_known = stat.S_ISREG(mode) and path.relative_to(copy).as_posix() in names
        if not is_known and not stat.S_ISDIR(mode):
            return False
    return True


def _candidates(folder: Path, places: tuple[Path, ...], journal: str) -> Iterator[Path]:
    yield from (path for path in _inside(folder) if path.name.startswith(f"{KEYS_NAME}."))
    yield from (path for path in _folders(folder) if path.name.startswith(RESTORING))
    yield from _folders(folder / QUARANTINE)
    state = read_state(folder)
    for place in {default_place(folder), Path(state.place), *places}:
        for shelf in shelves_in(place, journal or state.journal):
            yield from _folders(shelf)


def _folders(place: Path) -> Iterator[Path]:
    yield from (path for path in _inside(place) if path.is_dir())


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

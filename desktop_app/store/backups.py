"""The backups of a data folder: where they lie, which there are, and which of them stay.

::

    BACKUP FOLDER/
      journal-3f2a9c5d7e01/                  one a journal, so that several may share a drive
        000041-2026-03-02T170501Z/           one a backup, numbered in the order they were made
          chairtime.db  keys.json  manifest.json
          rules/  protocols/  layouts/  tables/    the practice's own files, where there are any

The number decides which is newer: a clock may be set back, a number is not.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from desktop_app.core.moments import local_time
from desktop_app.core.values import dataclass
from desktop_app.store.folder import DATABASE_NAME
from desktop_app.store.manifest import Manifest, ManifestUnreadable, read_manifest
from desktop_app.store.places import tail_of

OWN_FILES = ("layouts", "protocols", "rules", "tables")
"""The folders beside the journal that hold what the practice made or imported."""

HOURS, DAYS, MONTHS = 24, 30, 12
RECENT = 5
"""So many of the newest stay whenever they were made: one made by hand takes no earlier one's place."""
_SHELF = "journal-"
_NAME = re.compile(r"(\d{6,})-\d{4}-\d{2}-\d{2}T\d{6}Z")
UNMADE = ".making-"
"""Begins the name of a backup that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it lies somewhere, and what it says of itself; ``checking`` finds out if it is true."""

    path: Path
    manifest: Manifest | None
    fault: str = ""
    """Why it says nothing."""

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.path.name

    @property
    def number(self) -> int:
        """Which one of its journal it is."""
        found = _NAME.fullmatch(self.name)
        return int(found[1]) if found else 0


def shelf_of(place: Path, journal: str) -> Path:
    """Return the folder of one journal's backups."""
    return place / f"{_SHELF}{tail_of(journal)}"


def name_of(number: int, made_us: int) -> str:
    """Return the name of a backup's folder."""
    return f"{number:06}-{_at(made_us):%Y-%m-%dT%H%M%S}Z"


def is_name(name: str) -> bool:
    """Return whether a folder is called as backups are."""
    return _NAME.fullmatch(name) is not None


def read_backup(path: Path) -> Backup:
    """Return a backup by its folder."""
    try:
        return Backup(path, read_manifest(path))
    except ManifestUnreadable as fault:
        return Backup(path, None, str(fault))


def on_shelf(shelf: Path) -> list[Backup]:
    """Return the backups of one journal, newest first. Raises OSError."""
    if not shelf.is_dir():
        return []
    found = [read_backup(path) for path in shelf.iterdir() if _NAME.fullmatch(path.name)]
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def in_place(place: Path, journal: str = "") -> list[Backup]:
    """Return the backups in a backup folder, newest first: of one journal, or of all. Raises OSError."""
    if journal:
        return on_shelf(shelf_of(place, journal))
    found = [backup for shelf in shelves_in(place) for backup in on_shelf(shelf)]
    return sorted(found, key=_made_us, reverse=True)


def shelves_in(place: Path, journal: str = "") -> list[Path]:
    """Return the folders of one journal's backups in a backup folder, or of all that can be read."""
    if journal:
        return [shelf_of(place, journal)]
    return [path for path in _inside(place) if path.name.startswith(_SHELF)]


def at(path: Path) -> list[Backup]:
    """Return what a person pointed at: one backup, the backups of a journal, or of a backup folder."""
    if (path / DATABASE_NAME).exists():
        return [read_backup(path)]
    return on_shelf(path) or in_place(path)


def next_number(shelf: Path) -> int:
    """Return the number of the next backup."""
    names = [_NAME.fullmatch(path.name) for path in _inside(shelf)]
    return max((int(found[1]) for found in names if found), default=0) + 1


def remove_unmade(shelf: Path) -> None:
    """Take away what was begun and never finished."""
    for path in _inside(shelf):
        if path.name.startswith(UNMADE):
            shutil.rmtree(path, ignore_errors=True)


def stay(backups: Iterable[Backup]) -> set[str]:
    """Return the names of the backups that stay: the last of each of so many hours, days and months.

    The newest few always do, the one with the most events, should the journal ever hold less, and what
    says nothing of itself: it is for a person to look at.
    """
    backups = list(backups)
    ordered = sorted(backups, key=lambda backup: backup.number, reverse=True)
    told = [(backup.name, _at(backup.manifest.made_us)) for backup in ordered if backup.manifest]
    kept = {backup.name for backup in ordered if backup.manifest is None}
    kept |= {name for name, _ in told[:RECENT]}
    kept |= {backup.name for backup in sorted(backups, key=_events)[-1:]}
    for form, most in (("%Y-%m-%d %H", HOURS), ("%Y-%m-%d", DAYS), ("%Y-%m", MONTHS)):
        last_of: dict[str, str] = {}
        for name, made in told:
            last_of.setdefault(f"{made:{form}}", name)
        kept.update(list(last_of.values())[:most])
    return kept


def rotate(shelf: Path) -> list[str]:
    """Take away the backups that do not stay, and return their names. Raises OSError."""
    backups = on_shelf(shelf)
    kept = stay(backups)
    gone = [backup for backup in backups if backup.name not in kept]
    for backup in gone:
        # Under another name first: half of a backup must not look like one.
        aside = backup.path.with_name(f"{UNMADE}{backup.name}")
        backup.path.rename(aside)
        shutil.rmtree(aside)
    return [backup.name for backup in gone]


def _at(at_us: int) -> datetime:
    return local_time(at_us, "UTC")


def _events(backup: Backup) -> tuple[int, int]:
    return (backup.manifest.events if backup.manifest else 0), backup.number


def _made_us(backup: Backup) -> tuple[int, int]:
    return (backup.manifest.made_us if backup.manifest else 0), backup.number


def _inside(folder: Path) -> Iterator[Path]:
    try:
        yield from folder.iterdir()
    except OSError:
        return

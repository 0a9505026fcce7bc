"""A journal with a backup behind it, and ways to damage it."""

from __future__ import annotations

import os
import shutil
from atexit import register
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from desktop_app.core.events import Recorded
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.backup_state import known_backups
from desktop_app.store.backups import Backup
from desktop_app.store.folder import DATABASE_NAME, open_folder
from desktop_app.store.places import default_place
from desktop_app.store.restore import Restored, Step, restore
from tests.fakes import FakeClock, SequentialIdentities
from tests.store.examples import open_here, put, seated, session, started

BACKED_UP, LATER = 120, 60
"""How many events the backup has, and how many followed on it."""
PAGE = 4096


@cache
def _made() -> Path:
    """Make a data folder once for all: work, a backup, more work; closed, and as a crash left it."""
    place = Path(mkdtemp())
    register(shutil.rmtree, place, ignore_errors=True)
    folder = open_here(place / "closed")
    session(folder.journal, "a", *(started(str(n)) for n in range(BACKED_UP - 1)))
    source = Source(folder.path, folder.database_key)
    make_backup(source, place / "backups", FakeClock(), AT_ONCE)
    put(folder.journal, "session/b", seated(), *(started(str(n)) for n in range(LATER - 21)))
    for n in range(20):
        put(folder.journal, "session/b", started(f"more-{n}"))
    shutil.copytree(folder.path, place / "crashed")
    folder.close()
    return place


def worked_in(path: Path, *, closed: bool = True) -> Backup:
    """Return the backup of a data folder in which more was done since; closed in order, or as by a crash."""
    shutil.copytree(_made() / ("closed" if closed else "crashed"), path, dirs_exist_ok=True)
    shutil.copytree(_made() / "backups", default_place(path))
    (backup,) = known_backups(path)
    return backup


def change(path: Path, at: int, content: bytes) -> None:
    """Write over some bytes of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def pages_of(path: Path) -> int:
    """Return how many pages a database has."""
    return (path / DATABASE_NAME).stat().st_size // PAGE


def put_back(path: Path, backup: Backup, step: Step = str) -> Restored:
    """Restore a folder with clocks and names that tests can foresee."""
    names = SequentialIdentities(f"new-{os.urandom(3).hex()}")
    return restore(
        path, backup, clock=FakeClock("2026-03-02T12:00"), names=names, why="A page is damaged.", step=step
    )


def recorded(path: Path) -> list[Recorded]:
    """Return every event of a folder."""
    folder = open_folder(path, read_only=True)
    try:
        return list(folder.journal.everything())
    finally:
        folder.close()


def told_of(events: list[Recorded]) -> Iterator[tuple[str, int, str]]:
    """Tell each event by what can be seen of it."""
    return ((one.stream, one.version, one.hash) for one in events)

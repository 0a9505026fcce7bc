"""What a damaged journal becomes, and the end of a restore that may have been cut off.

Whoever opens a folder looks here first; nothing of this needs a key.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_app.core.moments import local_time
from desktop_app.store.durable_file import sync_folder, write_durably
from desktop_app.store.faults import FolderNotWritable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, RESTORE_NAME

RESTORING = "restoring"
QUARANTINE = "quarantine"
WHY_NAME = "why.txt"
_OLD = (f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm", DATABASE_NAME, KEYS_NAME)
"""In this order: a database without its log would look whole and lack its end."""
_OWNER_ONLY_FOLDER = 0o700


def is_cut_off(folder: Path) -> bool:
    """Whether a restore was decided on in a data folder and is not finished."""
    return (folder / RESTORE_NAME).exists()


def free_quarantine(folder: Path, at_us: int) -> Path | None:
    """Return the folder that is to take what is there, not made yet; None where nothing is."""
    if not any((folder / name).exists() for name in _OLD):
        return None
    place = folder / QUARANTINE
    name = f"{local_time(at_us, 'UTC'):%Y-%m-%dT%H%M%S}Z"
    taken = {path.name for path in place.iterdir()} if place.is_dir() else set()
    names = (name, *(f"{name}-{n}" for n in range(2, len(taken) + 3)))
    return place / next(one for one in names if one not in taken)


def finish_restore(folder: Path, step: Callable[[str], object] = str) -> bool:
    """Finish a restore that was decided on, from wherever it was cut off; say whether there was one.

    Raises OSError where the folder cannot be written; the next one goes on then.
    """
    if not is_cut_off(folder):
        return False
    said = json.loads((folder / RESTORE_NAME).read_text(encoding="utf-8"))
    new = folder / RESTORING
    if (new / DATABASE_NAME).exists():
        _set_aside(folder, said["quarantine"], said["why"], step)
        for name in (KEYS_NAME, DATABASE_NAME):
            # The database is the last: while it waits here, what lies in the folder is the old one.
            if (new / name).exists():
                step(f"place {name}")
                (new / name).replace(folder / name)
                sync_folder(folder)
    step("done")
    (folder / RESTORE_NAME).unlink()
    sync_folder(folder)
    with suppress(OSError):
        shutil.rmtree(new)
    return True


def _set_aside(folder: Path, name: str, why: str, step: Callable[[str], object]) -> None:
    if not name:
        return
    place = folder / QUARANTINE / name
    place.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    if not (place / WHY_NAME).exists():
        write_durably(place / WHY_NAME, f"{why}\n")
    for file in _OLD:
        is_new = file == KEYS_NAME and not (folder / RESTORING / KEYS_NAME).exists()
        if (folder / file).exists() and not is_new:
            step(f"aside {file}")
            (folder / file).replace(place / file)
    for changed in (place, place.parent, folder):
        sync_folder(changed)


def finish_at_start(folder: Path) -> None:
    """Finish a restore before anything in the folder is believed. Raises FolderNotWritable."""
    try:
        finish_restore(folder)
    except (OSError, ValueError, KeyError) as error:
        sentence = f"A restore in {folder} was cut off and cannot be finished: {error}."
        raise FolderNotWritable(sentence) from error

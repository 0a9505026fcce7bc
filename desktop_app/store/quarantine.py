"""What a damaged journal becomes, and the end of a restore that may have been cut off.

Whoever opens a folder looks here first; nothing of this needs a key.
"""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_app.core.moments import local_time
from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import BESIDE, sync_folder, write_durably
from desktop_app.store.faults import FolderNotWritable, RestoreNoteUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, RESTORE_NAME
from desktop_app.store.plain_files import small_content, small_json

RESTORING = "restoring"
QUARANTINE = "quarantine"
WHY_NAME = "why.txt"
_OLD = (f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-shm", DATABASE_NAME, KEYS_NAME)
"""In this order: a database without its log would look whole and lack its end."""
_OWNER_ONLY_FOLDER = 0o700
REFUSED = ".refused"
"""Ends the name of what was put aside because nothing of ours has decided it."""
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z(-\d{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Decided:
    """What the small file says: which folder of quarantine takes what was there, and why."""

    quarantine: str
    why: str


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

    Raises OSError where the folder cannot be written; the next one goes on then. Raises
    RestoreNoteUnusable, with nothing moved, where following it could touch what is not this folder's own.
    """
    if not is_cut_off(folder):
        return False
    said = _decided(folder)
    new = folder / RESTORING
    if (new / DATABASE_NAME).exists():
        _set_aside(folder, said, step)
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


def require_fit(folder: Path) -> None:
    """Raise RestoreNoteUnusable where what was decided on is nothing this program decides."""
    _decided(folder)


def refuse_restore(folder: Path) -> Path:
    """Put a decision that cannot be followed, and what it would have placed, under other names.

    Returns what the decision is called now. Raises OSError.
    """
    aside = _free(folder / f"{RESTORE_NAME}{REFUSED}")
    if (folder / RESTORING).exists() or (folder / RESTORING).is_symlink():
        (folder / RESTORING).rename(_free(folder / f"{RESTORING}{REFUSED}"))
    (folder / RESTORE_NAME).rename(aside)
    sync_folder(folder)
    return aside


def _free(path: Path) -> Path:
    taken = {one.name for one in path.parent.iterdir()}
    names = (path.name, *(f"{path.name}-{n}" for n in range(2, len(taken) + 3)))
    return path.with_name(next(name for name in names if name not in taken))


def _decided(folder: Path) -> _Decided:
    """Return what was decided on. Raises RestoreNoteUnusable, before anything is moved."""
    try:
        raw = small_json(folder / RESTORE_NAME)
    except (OSError, ValueError):
        raise _unusable(folder, "it is not what Chairtime writes") from None
    match raw:
        case {"quarantine": str(name), "why": str(why), **more} if not more:
            said = _Decided(name, why)
        case _:
            raise _unusable(folder, "it is not what Chairtime writes")
    if fault := _misfit(folder, said):
        raise _unusable(folder, fault)
    return said


def _unusable(folder: Path, fault: str) -> RestoreNoteUnusable:
    return RestoreNoteUnusable(
        f"The restore that {folder / RESTORE_NAME} tells of is not finished, since {fault}. "
        "Nothing was changed; take that file away, or let `chairtime restore` put it aside."
    )


def is_as_set_aside(place: Path) -> bool:
    """Return whether a folder of the quarantine is as it was made: of its name, and nothing else in it.

    Raises OSError.
    """
    held = list(place.iterdir())
    names = {path.name for path in held}
    is_plain = all(stat.S_ISREG(path.lstat().st_mode) for path in held)
    is_made = bool(_NAME.fullmatch(place.name)) and WHY_NAME in names
    return is_plain and is_made and names <= {*_OLD, WHY_NAME}


def _misfit(folder: Path, said: _Decided) -> str:
    """Return why following a decision could touch what is not this folder's own; empty where it cannot."""
    if not _is_plain_folder(folder / RESTORING):
        return f"{RESTORING} is a link or no folder"
    if said.quarantine and not _NAME.fullmatch(said.quarantine):
        return "it names no folder of the quarantine"
    place = folder / QUARANTINE / said.quarantine
    if not (_is_plain_folder(place.parent) and _is_plain_folder(place)):
        return f"{QUARANTINE} is a link or no folder"
    is_to_move = said.quarantine and (folder / RESTORING / DATABASE_NAME).exists()
    if is_to_move and not _is_begun(folder, place, said):
        return f"{place} holds something else"
    return ""


def _is_plain_folder(path: Path) -> bool:
    """Return whether a folder is missing, or one that holds no link where a file of a journal goes."""
    if not (path.exists() or path.is_symlink()):
        return True
    if path.is_symlink() or not path.is_dir():
        return False
    return not any((path / name).is_symlink() for name in (*_OLD, WHY_NAME))


def _is_begun(folder: Path, place: Path, said: _Decided) -> bool:
    """Return whether a folder of the quarantine is missing, or was begun for this and takes the rest."""
    if not place.exists():
        return True
    held = {path.name for path in place.iterdir()}
    if not held <= {*_OLD, WHY_NAME, f"{WHY_NAME}{BESIDE}"} or held & {*_to_move(folder)}:
        return False
    try:
        return small_content(place / WHY_NAME) == f"{said.why}\n".encode()
    except FileNotFoundError:
        return not held & {*_OLD}
    except (OSError, ValueError):
        return False


def _to_move(folder: Path) -> list[str]:
    """Return what of the old journal is still in its place; a key file may be the new one by now."""
    is_placed = not (folder / RESTORING / KEYS_NAME).exists()
    return [name for name in _OLD if (folder / name).exists() and not (name == KEYS_NAME and is_placed)]


def _set_aside(folder: Path, said: _Decided, step: Callable[[str], object]) -> None:
    if not said.quarantine:
        return
    place = folder / QUARANTINE / said.quarantine
    place.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    if not (place / WHY_NAME).exists():
        write_durably(place / WHY_NAME, f"{said.why}\n")
    for file in _to_move(folder):
        step(f"aside {file}")
        (folder / file).replace(place / file)
    for changed in (place, place.parent, folder):
        sync_folder(changed)


def finish_at_start(folder: Path) -> None:
    """Finish a restore before anything in the folder is believed. Raises FolderNotWritable."""
    try:
        finish_restore(folder)
    except OSError as error:
        why = error.strerror or "the system does not say why"
        sentence = f"A restore in {folder} was cut off and cannot be finished: {why}."
        raise FolderNotWritable(sentence) from error

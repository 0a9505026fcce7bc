"""What became of the last try to make a backup, kept beside the journal and readable without its key.

It says where the backups are when the journal cannot be opened, and what went wrong until it is
put right. Nothing depends on it: a state that cannot be read is none.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.store.backups import Backup, in_place, shelf_of
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import BACKUPS_NAME as STATE_NAME
from desktop_app.store.manifest import LATEST_US, MANIFEST_NAME
from desktop_app.store.places import default_place, is_there
from desktop_app.store.plain_files import small_json


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupState:
    """The last try, and the last backup that was made."""

    place: str
    journal: str = ""
    name: str = ""
    """The last good backup; empty before the first."""
    made_us: int = 0
    events: int = 0
    tried_us: int = 0
    fault: str = ""
    """What went wrong the last time, in one sentence; empty where it went well."""
    is_damaged: bool = False
    """Whether it was the journal itself that is not what was written."""


def read_state(folder: Path) -> BackupState:
    """Return what is known of a data folder's backups."""
    nothing = BackupState(place=str(default_place(folder)))
    try:
        raw = small_json(folder / STATE_NAME)
        kinds = {field.name: type(getattr(nothing, field.name)) for field in fields(BackupState)}
        if {name: type(value) for name, value in raw.items()} != kinds or not all(map(_fits, raw.values())):
            return nothing
        return BackupState(**raw)
    except (OSError, ValueError, AttributeError):
        return nothing


def _fits(value: str | int) -> bool:
    """Return whether a number can be a moment or a count, and a text the name of a file."""
    if isinstance(value, int):
        return 0 <= value < LATEST_US
    return "\0" not in value and value.encode("utf-8", errors="replace").decode() == value


def keep_state(folder: Path, state: BackupState) -> None:
    """Write it down, where there is room; what went wrong is told on screen all the same."""
    with suppress(OSError):
        write_durably(folder / STATE_NAME, json.dumps(asdict(state), indent=1) + "\n")


def after_success(state: BackupState, place: Path, backup: Backup, tried_us: int) -> BackupState:
    """Return the state after a good backup."""
    manifest = backup.manifest
    if manifest is None:
        return after_failure(state, place, backup.fault, tried_us)
    return BackupState(
        place=str(place),
        journal=manifest.journal,
        name=backup.name,
        made_us=manifest.made_us,
        events=manifest.events,
        tried_us=tried_us,
    )


def after_failure(
    state: BackupState, place: Path, fault: str, tried_us: int, *, is_damaged: bool = False
) -> BackupState:
    """Return the state after a try that made none."""
    return replace(state, place=str(place), tried_us=tried_us, fault=fault, is_damaged=is_damaged)


def is_last_gone(state: BackupState) -> bool:
    """Whether the last backup does not lie any more where it was made, as far as this user may look."""
    if not state.name:
        return False
    return not is_there(shelf_of(Path(state.place), state.journal) / state.name / MANIFEST_NAME)


def before_restore(folder: Path) -> None:
    """Say of no backup any more how much it holds: the journal that comes back may hold less."""
    if (folder / STATE_NAME).exists():
        keep_state(folder, replace(read_state(folder), name="", made_us=0, events=0))


def known_backups(folder: Path) -> list[Backup]:
    """Return the backups of a data folder, newest first, found without opening its journal.

    Where they are was said by the last try; else they lie beside the folder. A place that cannot be
    read has none.
    """
    state = read_state(folder)
    for place in dict.fromkeys((Path(state.place), default_place(folder))):
        with suppress(OSError):
            if found := in_place(place, state.journal):
                return found
    return []

"""Where what belongs to a data folder lies outside it; apart from what uses it, since every start asks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

BESIDE = "-backups"
_TAIL = 12


def default_place(data_folder: Path) -> Path:
    """Return where the backups of a data folder go unless a setting says otherwise: beside it."""
    whole = data_folder.absolute()
    return whole.with_name(f"{whole.name}{BESIDE}")


def backup_place(setting: str, data_folder: Path) -> Path:
    """Return where backups go: where the setting says, or beside the data folder."""
    return Path(setting).expanduser() if setting else default_place(data_folder)


def tail_of(journal: str) -> str:
    """Return the end of a journal's first origin: short, and no other journal's."""
    return "".join(letter for letter in journal if letter.isalnum())[-_TAIL:]


def emergency_files(journal: str, places: Iterable[Path]) -> list[Path]:
    """Return where a journal's emergency file may lie, the likeliest first."""
    return [place / f"emergency-{tail_of(journal)}.bin" for place in places]


def is_there(path: Path) -> bool:
    """Return whether a file is there, as far as this user may look."""
    try:
        return path.exists()
    except OSError:
        return False

"""New files of the practice's own in the data folder: copies of the program's, to be changed by hand."""

from __future__ import annotations

import os
from pathlib import Path

from desktop_app.coding.toml_lines import key_lines
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.store.durable_file import OWNER_ONLY

_OWNER_ONLY_FOLDER = 0o700


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)


def make_folders(last: Path, data_dir: Path) -> None:
    """Make what is missing; the data folder holds the journal's key, so all of it is its owner's alone."""
    for folder in (data_dir, last.parent, last):
        folder.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)


def renamed(text: str, name: str, title: str) -> str:
    """Return a text with another name and title, every other line as it was."""
    lines, places = text.split("\n"), key_lines(text)
    for key, value in (("name", name), ("title", title)):
        lines[places[key,] - 1] = f'{key} = "{value}"'
    return "\n".join(lines)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises NothingDone, naming it."""
    try:
        with open(path, "x", encoding="utf-8", newline="\n", opener=_for_its_owner) as file:
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                path.unlink()
                raise
    except OSError as fault:
        raise NothingDone(f"{path} cannot be written: {plain(fault)}; nothing was written.") from fault

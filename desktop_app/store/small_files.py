"""Protocols and layouts on disk: each a small file, written whole or not at all, changed by nobody else.

They hold no patient data and need no key. A file that is no longer what the program read is
somebody's work of the meantime, and is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from desktop_app.core.ports import JournalError
from desktop_app.store.durable_file import sync_folder, write_durably

LONGEST_STEM = 60
_OWNER_ONLY_FOLDER = 0o700
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


class FileNotKept(JournalError):
    """A file could not be written or taken away; what was there is there still."""


def free_path(folder: Path, name: str) -> Path:
    """Return a path for a new protocol that is nobody's file yet, whatever letters its name has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    stem = _NOT_PLAIN.sub("-", plain).strip("-")[:LONGEST_STEM].strip("-") or "protocol"
    taken = {path.name.casefold() for path in _inside(folder)}
    names = (f"{stem}.toml", *(f"{stem}-{n}.toml" for n in range(2, len(taken) + 3)))
    return folder / next(name for name in names if name not in taken)


def keep_file(path: Path, text: str, *, was: str | None) -> None:
    """Write a file, durable on return. ``was`` is what it held; None: it must not be there yet.

    Raises FileNotKept with the old file in place.
    """
    try:
        path.parent.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        _require_unchanged(path, was)
        write_durably(path, text)
    except OSError as fault:
        raise _not_kept(path, "cannot be written", fault) from fault


def remove_file(path: Path, *, was: str) -> None:
    """Take a file away. Raises FileNotKept with the file in place."""
    try:
        _require_unchanged(path, was)
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    except OSError as fault:
        raise _not_kept(path, "cannot be taken away", fault) from fault


def _require_unchanged(path: Path, was: str | None) -> None:
    if path.exists() and path.read_bytes().decode("utf-8-sig", errors="replace") != was:
        sentence = (
            f"The file {path} was changed outside the program and is left as it is; start Chairtime anew."
        )
        raise FileNotKept(sentence)


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _not_kept(path: Path, what: str, fault: OSError) -> FileNotKept:
    return FileNotKept(f"The file {path} {what}: {fault.strerror}. Nothing was changed.")

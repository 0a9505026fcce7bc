"""The key file while its key is in use: what damages it now must not lose the key at the end.

The program holds the key and everybody's slot in memory for as long as it works, so it can write the
file anew. Only a file that holds another key is left alone: which of the two is right is for a person to say.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from desktop_app.store.durable_file import overwritten_after
from desktop_app.store.faults import FolderTaken, KeyFileOfNewer, KeyFileUnusable
from desktop_app.store.keys import Head, Keys, SealedKeys, read_key_file, write_keys

DAMAGED = ".damaged"
"""Ends the name of a key file that was set aside."""
KEPT = ".kept"
"""Ends the name of the file that holds the key in use, beside a key file that holds another."""

_Look = tuple[int, int, int, int]


def _held() -> None:
    """Nobody else can be in the folder."""


class KeyFile:
    """The key file of an open folder, and the keys it has to hold."""

    def __init__(self, path: Path, keys: Keys, hold: Callable[[], None] = _held) -> None:
        self._path = path
        self._hold = hold
        """Raises FolderTaken where the file may be another program's by now."""
        self.keys = keys
        self._seen: _Look | None = None
        self._told: set[str] = set()
        self._unsaid = ""
        """What was put right while nobody was listening."""

    def keep_head(self, head: Head) -> str:
        """Note where the journal stands; return in one sentence what had to be put right first, if not told.

        Raises KeyFileUnusable when the file cannot be written, or is of another key by now.
        """
        told = self._mend() or self._unsaid
        if head != self.keys.head:
            self.keys = replace(self.keys, head=head)
            write_keys(self._path, self.keys)
        self._seen = self._look()
        return self._once(told)

    def note_head(self, head: Head) -> None:
        """Note where the journal stands; what had to be put right first is said by the next look."""
        self._unsaid = self._mend() or self._unsaid
        self.keys = replace(self.keys, head=head)
        write_keys(self._path, self.keys)
        self._seen = self._look()

    def put(self, keys: Keys) -> None:
        """Write other slots, durable on return. Raises KeyFileUnusable and holds the former ones.

        A file with the key in the open is overwritten where it lies on the disk, as far as a program can.
        """
        self._unsaid = self._mend() or self._unsaid
        try:
            with overwritten_after(self._path, wanted=bool(keys.slots) and not self.keys.slots):
                write_keys(self._path, keys)
        except KeyFileUnusable:
            self._take_back()
            raise
        self.keys = keys
        self._seen = self._look()

    def _take_back(self) -> None:
        """Let the file say what is held, where the other slots took their place before the disk failed."""
        with suppress(KeyFileUnusable):
            if not _is_same(read_key_file(self._path), self.keys):
                write_keys(self._path, self.keys)

    def look(self) -> str:
        """Return what is wrong with the file or was put right, once; it is read only where it has changed."""
        if self._seen is not None and self._look() == self._seen:
            return self._once(self._unsaid)
        try:
            told = self._mend()
            self._seen = self._look()
        except (KeyFileUnusable, FolderTaken) as fault:
            told = str(fault)
        return self._once(told)

    def _mend(self) -> str:
        """Write the file anew where it holds no key. Raises KeyFileUnusable or FolderTaken."""
        self._hold()
        try:
            found = read_key_file(self._path)
        except KeyFileOfNewer:
            raise
        except KeyFileUnusable as fault:
            return self._write_anew(str(fault))
        if _is_same(found, self.keys):
            return ""
        if _opens_the_same(found, self.keys):
            told = f"The key file {self._path} was put back from an older copy while it was in use."
            return self._write_anew(told, keep=isinstance(found, SealedKeys))
        kept = self._path.with_name(self._path.name + KEPT)
        write_keys(kept, self.keys)
        raise KeyFileUnusable(
            f"The key file {self._path} was exchanged while it was in use; the key to the journal that "
            f"is open is kept as {kept}."
        )

    def _write_anew(self, fault: str, *, keep: bool = True) -> str:
        aside = self._set_aside() if keep else None
        try:
            write_keys(self._path, self.keys)
        except KeyFileUnusable:
            if aside and self._path.exists():
                aside.unlink()
            raise
        kept = f"; what stood there is kept as {aside}" if aside else ""
        what, _, _ = fault.partition(";")
        return f"{what.rstrip('.')}. Chairtime has written it anew, with the key it holds{kept}."

    def _set_aside(self) -> Path | None:
        if not (self._path.exists() or self._path.is_symlink()):
            return None
        aside = _free(self._path.with_name(self._path.name + DAMAGED))
        with suppress(OSError):
            aside.hardlink_to(self._path)
            return aside
        # A folder, and a file where there are no second names, makes room.
        try:
            self._path.rename(aside)
        except OSError as error:
            sentence = f"The key file {self._path} is damaged and cannot be set aside: {error.strerror}."
            raise KeyFileUnusable(sentence) from error
        return aside

    def _look(self) -> _Look | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    def _once(self, told: str) -> str:
        if told in self._told:
            return ""
        self._told.add(told)
        return told


def _is_same(found: Keys | SealedKeys, keys: Keys) -> bool:
    if isinstance(found, Keys):
        return found.database == keys.database and not keys.slots
    from desktop_app.store.sealed_keys import holds  # noqa: PLC0415 - only where people sign in

    return holds(found, keys)


def _opens_the_same(found: Keys | SealedKeys, keys: Keys) -> bool:
    """Return whether a file is of the same data key, with other slots or with that key in the open."""
    if isinstance(found, Keys):
        return found.database == keys.database
    from desktop_app.store.sealed_keys import opened  # noqa: PLC0415 - as above

    return opened(found, keys.database) is not None


def _free(path: Path) -> Path:
    """Return a path that is nobody's file yet."""
    taken = {one.name for one in path.parent.iterdir()}
    names = (path.name, *(f"{path.name}-{n}" for n in range(2, len(taken) + 3)))
    return path.with_name(next(name for name in names if name not in taken))

"""Touches that the journal cannot take now, kept on another path too: a kill loses none of them.

The file lies outside the data folder and its room is taken when the window opens, so that it
can be written while the disk is full. Each record is sealed and encrypted with a key made from
the journal's, at its own place; the next start stores what waits, each with its own stamp.

::

    64 bytes: what it is, and of which journal
    4 bytes length | 12 bytes nonce | record, encrypted and sealed        (length 0: the end)
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from desktop_app.core.events import Event, Stamp
from desktop_app.core.moments import ClockReading
from desktop_app.core.ports import Write
from desktop_app.store.codec import canonical, decode, encode
from desktop_app.store.database import DatabaseKey
from desktop_app.store.durable_file import OWNER_ONLY, sync_folder
from desktop_app.store.faults import UnreadableEvent
from desktop_app.store.places import emergency_files, is_there
from desktop_app.store.plain_files import NoPlainFile, small_content

RESERVED = 128 * 1024
_LARGEST = 64_000_000
"""Room for some two hundred touches, taken beforehand; more is asked for when it is needed."""
_HEAD = 64
_MAGIC = b"chairtime emergency 1\n"
_LENGTH, _NONCE = 4, 12
_END = bytes(_LENGTH)
_OWNER_ONLY_FOLDER = 0o700


class Waiting(NamedTuple):
    """A touch that waited: what it was to write, and its stamp."""

    writes: tuple[Write, ...]
    stamp: Stamp


class EmergencyFile:
    """Implements ``core.ports.Emergency`` in the first of some folders that takes it."""

    def __init__(
        self, key: DatabaseKey, journal: str, places: Sequence[Path], former: DatabaseKey | None = None
    ) -> None:
        self._paths = emergency_files(journal, places)
        self._head = (_MAGIC + journal.encode()).ljust(_HEAD, b"\x00")[:_HEAD]
        self._key = _made_from(key)
        self._keys = (self._key, _made_from(former)) if former else (self._key,)
        """What was kept before a new data key was made opens with the former one."""
        self._path: Path | None = None
        self._end = _HEAD
        self._kept: dict[str, bytes] = {}
        self._left: list[tuple[Path, int]] = []
        """The files of another run, and where each ends."""

    @property
    def path(self) -> Path | None:
        """Where it lies now."""
        return self._path

    def exists(self) -> bool:
        """Whether there is one anywhere, from another run, as far as this user may look."""
        return any(map(is_there, self._paths))

    def prepare(self) -> bool:
        """Take the room beforehand, in the first folder that has it; False where none has."""
        return self._path is not None or self._began_anew()

    def keep(self, touch: str, writes: Sequence[Write], stamp: Stamp) -> bool:
        """Keep a touch that waits, durable on return; False where no place takes it."""
        if touch in self._kept:
            return True
        try:
            record = canonical(_record(writes, stamp)).encode()
        except UnreadableEvent:
            return False
        if self._takes(record) or self._began_anew(record):
            self._kept[touch] = record
            return True
        return False

    def _takes(self, record: bytes) -> bool:
        with suppress(OSError):
            if self._path is not None:
                self._add(record)
                return True
        return False

    def settle(self, touch: str) -> None:
        """Forget a touch that waits no longer. What cannot be noted is seen by the next start."""
        self._kept.pop(touch, None)
        with suppress(OSError):
            if self._path is not None and self._kept:
                self._add(canonical({"settled": touch}).encode())
            elif self._path is not None:
                self._write_at(_HEAD, _END)
                self._end = _HEAD

    def waiting(self) -> tuple[list[Waiting], int]:
        """Return what another run left, oldest first, and how many records could not be read."""
        found: dict[str, Waiting] = {}
        unread = 0
        for path in self._paths:
            for record in self._records(path):
                if record is None:
                    unread += 1
                elif "settled" in record:
                    found.pop(record["settled"], None)
                else:
                    try:
                        waiting = _read(record)
                    except (UnreadableEvent, KeyError, TypeError, ValueError):
                        unread += 1
                    else:
                        found[waiting.stamp.touch] = waiting
        return sorted(found.values(), key=lambda one: one.stamp.touch), unread

    def go_on(self, waiting: Sequence[Waiting]) -> None:
        """Go on in the file of another run, whose touches wait still."""
        if self._left:
            self._path, self._end = self._left[0]
            self._kept = {one.stamp.touch: canonical(_record(*one)).encode() for one in waiting}

    def remove(self) -> None:
        """Take the files away, all that was in them being stored, or nothing waiting."""
        for path in self._paths:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        self._path, self._end = None, _HEAD

    def set_aside(self) -> None:
        """Keep files that hold what cannot be read, under another name."""
        for path in self._paths:
            with suppress(OSError):
                path.chmod(OWNER_ONLY)
            with suppress(OSError):
                path.replace(path.with_suffix(".unread"))

    def _began_anew(self, *more: bytes) -> bool:
        """Write all that waits, and a record more, into another place that takes it; else all stays."""
        before = self._path, self._end
        for path in self._paths:
            if path == before[0]:
                continue
            with suppress(OSError):
                self._begin(path, (*self._kept.values(), *more))
                return True
            self._path, self._end = before
        return False

    def _begin(self, path: Path, records: Sequence[bytes]) -> None:
        path.parent.mkdir(mode=_OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), OWNER_ONLY)
        try:
            os.write(handle, self._head.ljust(RESERVED, b"\x00"))
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(path.parent)
        self._path, self._end = path, _HEAD
        for record in records:
            self._add(record)

    def _add(self, content: bytes) -> None:
        """Add a record and the end behind it, durable on return. Raises OSError."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - most days none is

        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + AESGCM(self._key).encrypt(nonce, content, self._place(self._end))
        self._write_at(self._end, len(sealed).to_bytes(_LENGTH) + sealed + _END)
        self._end += _LENGTH + len(sealed)

    def _write_at(self, at: int, content: bytes) -> None:
        if self._path is None:
            return
        handle = os.open(self._path, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(handle, at, os.SEEK_SET)
            if os.write(handle, content) < len(content):
                raise OSError(28, os.strerror(28))
            os.fsync(handle)
        finally:
            os.close(handle)

    def _place(self, at: int) -> bytes:
        return self._head + at.to_bytes(8)

    def _records(self, path: Path) -> Iterator[dict[str, Any] | None]:
        """Yield what each record says; None for one that cannot be read, behind which nothing can."""
        try:
            content = small_content(path, _LARGEST)
        except NoPlainFile:
            yield None
            return
        except OSError:
            return
        if content[:_HEAD] != self._head:
            if any(content):
                yield None
            return
        at = _HEAD
        while size := int.from_bytes(content[at : at + _LENGTH]):
            record = self._opened(content[at + _LENGTH : at + _LENGTH + size], at)
            yield record
            if record is None:
                return
            at += _LENGTH + size
        self._left.append((path, at))

    def _opened(self, sealed: bytes, at: int) -> dict[str, Any] | None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        for key in self._keys:
            with suppress(InvalidTag, ValueError):
                record = json.loads(AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], self._place(at)))
                return record if isinstance(record, dict) else None
        return None


def _made_from(key: DatabaseKey) -> bytes:
    return hmac.digest(key.key, b"chairtime emergency", "sha256")


def _record(writes: Sequence[Write], stamp: Stamp) -> dict[str, Any]:
    reading = stamp.reading
    return {
        "touch": stamp.touch,
        "actor": stamp.actor,
        "reading": [
            reading.wall_us,
            reading.counting_us,
            reading.boot,
            reading.zone,
            reading.offset_s,
            reading.reference_offset_us,
        ],
        "writes": [
            [write.stream, write.after_version, [_event(event) for event in write.events]] for write in writes
        ],
    }


def _event(event: Event) -> list[Any]:
    return [event.KIND, event.SCHEMA, event.at_us, encode(event)]


def _read(record: dict[str, Any]) -> Waiting:
    touch = str(record["touch"])
    writes = tuple(
        Write(stream, after, tuple(decode(*event, name=touch) for event in events))
        for stream, after, events in record["writes"]
    )
    return Waiting(
        writes, Stamp(touch=touch, actor=record["actor"], reading=ClockReading(*record["reading"]))
    )

"""What a disk holds after the power failed at some instant: each sector old or new, in any order.

A flush makes durable all that was written to its file before. What was written since may be there
whole, in part, or not at all, and what came later may be there without what came sooner: of every
sector of 512 or 4,096 bytes any state that it had since the last flush can be the one that is found.
Bytes of a sector that nobody wrote stay as they are, as drives promise and SQLite takes for granted.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.stress.engine_disk import Op

SECTORS = (512, 4096)
SHARED = "chairtime.db-shm"
_SHARED_BYTES = 32 * 1024


@dataclass
class CutFile:
    """A file as far as it is durable, and what was asked of it since. None: there is no such file."""

    durable: bytes | None = None
    pending: list[Op] = field(default_factory=list)

    def ask(self, op: Op) -> None:
        """Take in one more write, truncation, deletion, replacement or flush."""
        if op.what == "sync":
            self.durable, self.pending = self.whole(), []
        elif op.what == "replaced":
            self.durable, self.pending = op.content, []
        else:
            self.pending.append(op)

    def flush_name(self) -> None:
        """Take in that the folder was flushed, and with it that the file is gone, if it was deleted."""
        deleted = [at for at, op in enumerate(self.pending) if op.what == "delete"]
        if deleted:
            self.durable, self.pending = None, self.pending[deleted[-1] + 1 :]

    def whole(self) -> bytes | None:
        """Return the file as every program sees it while the power is on."""
        return self._after(self.pending)

    def cut(self, chance: random.Random) -> bytes | None:
        """Return the file as it may be found after the power failed now."""
        how = chance.randrange(4)
        if any(op.what == "replacing" for op in self.pending):
            how = min(how, 1)  # what was flushed elsewhere takes a name whole, or does not
        match how:
            case 0:
                return self.durable
            case 1:
                return self._after(self.pending[: chance.randint(0, len(self.pending))])
            case 2:
                return self._torn(chance, SECTORS[0])
        return self._torn(chance, SECTORS[1])

    def _after(self, ops: Iterable[Op]) -> bytes | None:
        content = None if self.durable is None else bytearray(self.durable)
        for op in ops:
            content = _done(content, op)
        return None if content is None else bytes(content)

    def _torn(self, chance: random.Random, sector: int) -> bytes | None:
        """Choose each sector, and the file's length, from all that they were since the last flush."""
        content = None if self.durable is None else bytearray(self.durable)
        lengths = [None if content is None else len(content)]
        states: dict[int, list[bytes]] = {}
        for op in self.pending:
            touched = range(op.at // sector, -(-(op.at + len(op.content)) // sector))
            for number in touched:
                states.setdefault(number, [_sector(content, number, sector)])
            content = _done(content, op)
            lengths.append(None if content is None else len(content))
            for number in touched:
                states[number].append(_sector(content, number, sector))
        length = chance.choice(lengths)
        if length is None:
            return None
        found = bytearray(self.durable or b"").ljust(length, b"\0")
        for number, was in states.items():
            place = number * sector
            if place < length:
                found[place : place + sector] = chance.choice(was)
        return bytes(found[:length])


def _sector(content: bytearray | None, number: int, size: int) -> bytes:
    return bytes((content or b"")[number * size : (number + 1) * size]).ljust(size, b"\0")


def _done(content: bytearray | None, op: Op) -> bytearray | None:
    """Return a file's content after one thing was asked of it."""
    if op.what == "delete":
        return None
    if op.what == "replacing":
        return bytearray(op.content)
    content = bytearray() if content is None else content
    if op.what == "truncate":
        del content[op.at :]
        content.extend(b"\0" * (op.at - len(content)))
        return content
    content.extend(b"\0" * (op.at - len(content)))
    content[op.at : op.at + len(op.content)] = op.content
    return content


class CutDisk:
    """The files of a data folder, followed through all that was asked of them."""

    def __init__(self) -> None:
        self.files: dict[str, CutFile] = {}
        self.marked = 0
        """The highest mark passed: how many events were answered."""

    def ask(self, op: Op) -> None:
        """Let one more thing be asked of the disk."""
        if op.what == "mark":
            self.marked = op.at
        else:
            file = self.files.setdefault(op.file, CutFile())
            # A file's first flush, and an exchange by name, flush the folder they stand in.
            flushes = (op.what == "sync" and file.durable is None) or op.what == "replaced"
            file.ask(op)
            if flushes or (op.what == "delete" and op.at):
                for other in self.files.values():
                    other.flush_name()

    def whole_into(self, folder: Path) -> None:
        """Write the files as every program sees them, as after a program was killed."""
        _write(folder, {name: file.whole() for name, file in self.files.items()})

    def cut_into(self, folder: Path, chance: random.Random) -> None:
        """Write the files as they may be found once the power is back; what programs shared is anything."""
        _write(folder, {name: file.cut(chance) for name, file in self.files.items()})
        if chance.random() < 0.5:
            (folder / SHARED).write_bytes(chance.randbytes(_SHARED_BYTES))


def _write(folder: Path, files: dict[str, bytes | None]) -> None:
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        if content is not None:
            (folder / name).write_bytes(content)

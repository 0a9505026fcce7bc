"""What a program that was cut off has left in the write-ahead log, read before the engine touches it.

::

    head | frame frame frame! | frame frame! | frame ...      !: ends a touch, and was flushed with it

The engine takes the frames up to the first whose checksum does not hold and passes over the rest in
silence. That is right for a touch that was being written. It is not for a byte that was changed further
up: the touches behind it were answered. Each touch is flushed before the next is written, so more than
one that ends behind the first bad frame says that the log was damaged and not just cut off.

(SQLite's file format, section 4; the checksums are of 32-bit words in pairs.)
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from struct import unpack

from desktop_app.core.values import dataclass
from desktop_app.store.plain_files import require_file

LOG_SUFFIX = "-wal"
_HEAD = 32
_FRAME_HEAD = 24
_MAGIC = 0x377F0682
"""The lowest bit says whether the words of the checksums have the higher byte first."""
_WORD = 0xFFFFFFFF
_SECTOR = 512
"""The least that a disk writes as one."""
_CHECKED = 8
"""So many bytes of a frame's head are under its checksum, besides the page."""
_LOOKS = 5
_PAGE_SIZES = {1 << power for power in range(9, 17)}

Sums = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LeftLog:
    """What stands in a log that was left: which pages hold, and what stands behind them."""

    pages: frozenset[int] = frozenset()
    behind: int = 0
    """How many frames of the same turn stand behind the last touch that holds."""
    ends_behind: int = 0
    """How many touches end among them."""
    has_bad_head: bool = False

    @property
    def is_damaged(self) -> bool:
        """Whether answered touches cannot be read any more."""
        return self.has_bad_head or self.ends_behind > 1

    @property
    def is_cut_off(self) -> bool:
        """Whether it ends in a touch that was not written to its end."""
        return self.behind > 0 and not self.is_damaged


@dataclass(frozen=True, slots=True)
class _Frame:
    page: int
    ends: bool
    """Whether a touch ends with it."""
    salts: bytes
    sums: Sums
    checked: bytes
    is_split: bool
    """Whether its head lies in two sectors, and so can be of two turns."""


def log_of(database: Path) -> Path:
    """Return where the log of a database lies."""
    return database.with_name(f"{database.name}{LOG_SUFFIX}")


def read_log(database: Path) -> LeftLog:
    """Read the log beside a database; empty where there is none. Raises OSError.

    One that changes while it is read is not left: a program is at work on it, and looks after it.
    """
    try:
        require_file(log_of(database))
        content = log_of(database).read_bytes()
        for _ in range(_LOOKS):
            before, content = content, log_of(database).read_bytes()
            if content == before:
                return _read(content)
    except FileNotFoundError:
        return LeftLog()
    return LeftLog()


def _read(content: bytes) -> LeftLog:
    if len(content) < _HEAD + _FRAME_HEAD:
        return LeftLog()
    magic, _, page_size, _, *_ = unpack(">8I", content[:_HEAD])
    is_swapped = (magic & 1) != (sys.byteorder == "big")
    sums = _summed(content[:_FRAME_HEAD], (0, 0), swapped=is_swapped)
    is_known = magic | 1 == _MAGIC | 1 and page_size in _PAGE_SIZES
    if not is_known or sums != unpack(">2I", content[_FRAME_HEAD:_HEAD]):
        return LeftLog(has_bad_head=any(content))
    return _walked(_frames(content, page_size), content[16:_FRAME_HEAD], sums, swapped=is_swapped)


def _walked(frames: Iterator[_Frame], salts: bytes, sums: Sums, *, swapped: bool) -> LeftLog:
    """Take the touches that hold, then count what stands behind them in frames of the same turn."""
    held: set[int] = set()
    behind: list[_Frame] = []
    is_whole = True
    for frame in frames:
        is_whole = is_whole and frame.salts == salts
        if is_whole:
            sums = _summed(frame.checked, sums, swapped=swapped)
            is_whole = sums == frame.sums
        behind.append(frame)
        if is_whole and frame.ends:
            held.update(one.page for one in behind)
            behind.clear()
    return LeftLog(frozenset(held), *_counted(behind, salts, swapped=swapped))


def _counted(behind: list[_Frame], salts: bytes, *, swapped: bool) -> tuple[int, int]:
    """Return how many frames of this turn there are, and how many touches end in them.

    Of the turn before there may be others, also between those of a touch that was half written.
    """
    own = sum(frame.salts == salts for frame in behind)
    ends = 0
    for before, frame in zip([None, *behind], behind, strict=False):
        if frame.ends and _differing(frame.salts, salts) <= 1:
            ends += not frame.is_split or _follows(frame, before, swapped=swapped)
    return own, ends if own else 0


def _follows(frame: _Frame, before: _Frame | None, *, swapped: bool) -> bool:
    """Whether a frame is whole, if the sums of the one before are what they were."""
    return before is not None and _summed(frame.checked, before.sums, swapped=swapped) == frame.sums


def _differing(one: bytes, other: bytes) -> int:
    """Count the bytes that differ: of another turn are most of them, and one where one was changed."""
    return sum(map(int.__ne__, one, other))


def _frames(content: bytes, page_size: int) -> Iterator[_Frame]:
    step = _FRAME_HEAD + page_size
    for at in range(_HEAD, len(content) - step + 1, step):
        head = content[at : at + _FRAME_HEAD]
        page, size, _, _, *sums = unpack(">6I", head)
        checked = head[:_CHECKED] + content[at + _FRAME_HEAD : at + step]
        is_split = at % _SECTOR > _SECTOR - _FRAME_HEAD
        yield _Frame(page, size > 0, head[_CHECKED:16], (sums[0], sums[1]), checked, is_split)


def _summed(data: bytes, sums: Sums, *, swapped: bool) -> Sums:
    words = array("I", data)
    if swapped:
        words.byteswap()
    first, second = sums
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _WORD
        second = (second + odd + first) & _WORD
    return first, second

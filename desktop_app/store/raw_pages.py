"""The pages of a database file as they lie on the disk, each by itself: what the engine will not open.

A damaged page makes the engine refuse the whole file. But every page is encrypted and sealed by
itself, so that each that is whole can be told from each that is not, and read without the others.

::

    page   content … | 16 bytes where the cipher begins | 64 bytes seal (HMAC-SHA512 over both and its number)
    log    32 bytes, then for each page 24 bytes, the first four its number, eight more of which
           round of the log it is, and the page

The engine's format: https://www.sqlite.org/fileformat2.html; the cipher's: https://www.zetetic.net/sqlcipher/design/
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from functools import cached_property
from hashlib import pbkdf2_hmac
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.store.database import DatabaseKey
from desktop_app.store.plain_files import require_file

if TYPE_CHECKING:
    from typing import BinaryIO

PAGE = 4096
_SEAL = 64
_START = 16
RESERVED = _SEAL + _START
USABLE = PAGE - RESERVED
_SALT = 16
_FAST_ROUNDS = 2
_MASK = 0x3A
_LOG_HEAD = 32
_FRAME_HEAD = 24
_ROUND = slice(8, 16)
_FIRST_HEAD = 100
_TABLE_LEAF = 0x0D
_TEXT, _BLOB = 13, 12
_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
"""How many bytes a whole number of each type takes; 8 and 9 are zero and one themselves."""

Value = int | str | bytes | None


class Cell(NamedTuple):
    """A row on a page of a table: its number, and where what it holds begins."""

    number: int
    size: int
    at: int


class RawPages:
    """The pages of a database file and of its log that open with a key; nothing is written."""

    def __init__(self, path: Path, key: DatabaseKey) -> None:
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._key = key.key
        salt = bytes(byte ^ _MASK for byte in key.salt)
        self._seal_key = pbkdf2_hmac("sha512", key.key, salt, _FAST_ROUNDS, len(key.key))

    def all(self) -> Iterator[bytes]:
        """Yield what each page holds that is whole: those of the log first, then those of the file."""
        yield from self._in_log.values()
        for number, page in _pages(self._path):
            if number not in self._in_log and (opened := self._opened(number, page)) is not None:
                yield opened

    @property
    def is_theirs(self) -> bool:
        """Whether any page opens with the key."""
        return next(self.all(), None) is not None

    def content(self, page: bytes, cell: Cell) -> bytes | None:
        """Return all of what a cell holds, from the pages it runs over too; None where one is not whole."""
        local = _local_size(cell.size)
        content = page[cell.at : cell.at + local]
        following = int.from_bytes(page[cell.at + local : cell.at + local + 4])
        while len(content) < cell.size:
            more = self._numbered(following)
            if more is None:
                return None
            following = int.from_bytes(more[:4])
            content += more[4 : 4 + cell.size - len(content)]
        return content

    @cached_property
    def _in_log(self) -> dict[int, bytes]:
        """The newest of each page in the log, by its number."""
        found = ((number, self._opened(number, page)) for number, page in _frames(self._log))
        return {number: page for number, page in found if page is not None}

    def _numbered(self, number: int) -> bytes | None:
        if number in self._in_log:
            return self._in_log[number]
        if number < 1:
            return None
        try:
            require_file(self._path)
            with self._path.open("rb") as file:
                file.seek((number - 1) * PAGE)
                return self._opened(number, file.read(PAGE))
        except OSError:
            return None

    def _opened(self, number: int, page: bytes) -> bytes | None:
        """Return what a page holds, with room for the salt on the first; None where its seal is broken."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes  # noqa: PLC0415 - only who salvages

        first = _SALT if number == 1 else 0
        sealed, seal = page[first:-_SEAL], page[-_SEAL:]
        made = hmac.digest(self._seal_key, sealed + number.to_bytes(4, "little"), "sha512")
        if len(page) < PAGE or not hmac.compare_digest(made, seal):
            return None
        mode = modes.CBC(sealed[-_START:])
        decryptor = Cipher(algorithms.AES256(self._key), mode).decryptor()
        return bytes(first) + decryptor.update(sealed[:-_START]) + decryptor.finalize()


def highest(page: bytes) -> int:
    """Return the highest number of a row on a page, if it is one of a table's; else 0."""
    last = _places(page)[-2:]
    cell = _cell(page, int.from_bytes(last)) if last else None
    return cell.number if cell else 0


def _places(page: bytes) -> bytes:
    """Return where the rows of a table's page lie, two bytes for each, the lowest number first."""
    head = 0 if page[0] else _FIRST_HEAD
    if page[head] != _TABLE_LEAF:
        return b""
    count = int.from_bytes(page[head + 3 : head + 5])
    return page[head + 8 : head + 8 + 2 * count]


def cells(page: bytes, after: int = 0) -> list[Cell]:
    """Return the rows on a page, if it is one of a table's, that have a higher number; else none."""
    places = _places(page)
    found = []
    # The last is the highest, so that a page of old rows is left at once.
    for at in range(len(places) - 2, -1, -2):
        cell = _cell(page, int.from_bytes(places[at : at + 2]))
        if cell is None or cell.number <= after:
            break
        found.append(cell)
    return found[::-1]


def values(content: bytes) -> tuple[Value, ...] | None:
    """Return the values of a row; None where it is none, or holds what no row of ours does."""
    try:
        head, at = _varint(content, 0)
        types: list[int] = []
        while at < head:
            kind, at = _varint(content, at)
            types.append(kind)
        found: list[Value] = []
        for kind in types:
            value, at = _value(content, at, kind)
            found.append(value)
    except (IndexError, KeyError, UnicodeDecodeError):
        return None
    return tuple(found)


def _value(content: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind >= _BLOB:
        size = (kind - _BLOB) // 2
        raw = content[at : at + size]
        return (raw.decode() if kind % 2 else raw), at + size
    size = _SIZES[kind]
    if kind in {8, 9}:
        return kind - 8, at
    return (int.from_bytes(content[at : at + size], signed=True) if kind else None), at + size


def _cell(page: bytes, at: int) -> Cell | None:
    try:
        size, at = _varint(page, at)
        number, at = _varint(page, at)
    except IndexError:
        return None
    return Cell(number, size, at)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, seven bits in each but the ninth, and the place behind it."""
    number = 0
    for byte in data[at : at + 8]:
        number = number << 7 | byte & 0x7F
        at += 1
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that another follows
            return number, at
    return number << 8 | data[at], at + 1


def _local_size(size: int) -> int:
    """Return how much of a row lies on its own page."""
    most = USABLE - 35
    if size <= most:
        return size
    least = (USABLE - 12) * 32 // 255 - 23
    wanted = least + (size - least) % (USABLE - 4)
    return wanted if wanted <= most else least


def _pages(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        require_file(path)
        with path.open("rb") as file:
            number = 0
            while page := _read(file, PAGE):
                number += 1
                yield number, page
    except OSError:
        return


def _frames(log: Path) -> Iterator[tuple[int, bytes]]:
    try:
        require_file(log)
        with log.open("rb") as file:
            file.seek(_LOG_HEAD)
            first = head = _read(file, _FRAME_HEAD)
            # The log is written over from its beginning; behind its end stands what is in the file by now.
            while len(head) == _FRAME_HEAD and head[_ROUND] == first[_ROUND]:
                yield int.from_bytes(head[:4]), _read(file, PAGE)
                head = _read(file, _FRAME_HEAD)
    except OSError:
        return


def _read(file: BinaryIO, size: int) -> bytes:
    """Read on; what the disk cannot read is passed over as a page that is not whole."""
    try:
        return file.read(size)
    except OSError:
        file.seek(size, 1)
        return bytes(size)

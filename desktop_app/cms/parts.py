"""From a downloaded file to rows of cells, as a stream: text, spreadsheet, or an archive of them.

A row is never kept once the next is asked for, so a file of millions of rows needs no more
memory than a small one. Bytes are taken as Latin-1: what is kept of a row is ASCII in any case.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from errno import EINVAL
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Protocol
from xml.etree.ElementTree import ParseError

import openpyxl

from desktop_app.cms.cells import Cells, text_of
from desktop_app.cms.faults import ImportRefused
from desktop_app.core.recordable import as_line

Numbered = tuple[int, Cells]
Advance = Callable[[float], None]
"""Is told how many bytes of the file on disk were worked through since it was last told."""

LARGEST = 2**31
"""Bytes unpacked; no published table comes near."""
LARGEST_SHARED = 2**27
"""Bytes of what a workbook holds in memory while it is read: its texts, its styles, its list of sheets."""
MOST_LINES = 20_000_000
"""Several times those of all published pairs."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 200
"""Of a sheet: as many rows as one can have, and many times the columns. A single cell far off would else
make the reader fill up everything before it."""
LONGEST_LINE = 65_536
_LONGEST_NAME = 120
_IN_MEMORY = 2**25
_SAMPLE_LINES = 100
_ARCHIVE = b"PK\x03\x04"
_EMPTY_ARCHIVE = b"PK\x05\x06"
_OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOK = "xl/workbook.xml"
_SHEETS = "xl/worksheets/"
_DAMAGED = (zipfile.BadZipFile, zlib.error, ParseError, EOFError, KeyError, IndexError, ValueError, TypeError)
_DAMAGED_ARCHIVE = (*_DAMAGED, NotImplementedError, RuntimeError, OSError, AttributeError)
_FIXED_WIDTH = re.compile(
    r"[0-9A-Z ]{5}[0-9]{5}[3478].{257}|[1-3][0-9A-Z]{5} +(?:[0-9]{7} +)?[0-9A-Z]{5} +[0-9]{7}"
)


class Part(Protocol):
    """One table of cells in a file."""

    name: str
    """What a person knows it by: the file, and what in the file."""
    row_word: str
    """What its rows are called: lines or rows."""

    def rows(self) -> Iterator[Numbered]:
        """Yield every row with its number, counted from 1. Raises ImportRefused where it is damaged."""
        ...


@contextmanager
def parts_of(path: Path, name: str, advance: Advance) -> Iterator[Iterator[Part]]:
    """Give the tables in a file, each to be read before the next. Raises ImportRefused or OSError."""
    with path.open("rb") as file:
        yield _parts(file, name, advance)


def _parts(file: IO[bytes], name: str, advance: Advance, *, inside: bool = False) -> Iterator[Part]:
    head = file.read(len(_ARCHIVE))
    file.seek(0)
    if head == _OLD_SPREADSHEET:
        raise ImportRefused(
            f"{name} is a spreadsheet of an old form; save it as .xlsx, or take the text file."
        )
    if head == _EMPTY_ARCHIVE:
        raise ImportRefused(f"{name} is an archive that holds no file.")
    if head != _ARCHIVE:
        yield TextPart(_Told(file, advance), name)
        return
    with _opened(file, name) as archive:
        if _WORKBOOK in archive.namelist():
            _require_room_in_memory(archive, name)
            yield from _sheets(_Told(file, advance), name)
        elif inside:
            raise ImportRefused(f"{name} is an archive in an archive; take the file out of it.")
        else:
            yield from _members(archive, name, advance)


def _require_room_in_memory(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook that would take all memory before its first row: no archive unpacks to more."""
    for part in archive.infolist():
        most = LARGEST if part.filename.startswith(_SHEETS) else LARGEST_SHARED
        if part.file_size > most:
            raise ImportRefused(f"{name} is larger than any table of CMS.")


@contextmanager
def _opened(file: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED_ARCHIVE as fault:
        raise _damaged(name) from fault
    with archive:
        yield archive


def _damaged(name: str) -> ImportRefused:
    return ImportRefused(f"{name} is damaged or was not downloaded whole; download it again.")


def _members(archive: zipfile.ZipFile, name: str, advance: Advance) -> Iterator[Part]:
    """Yield the tables in an archive; where one is there as text and as a spreadsheet, the text."""
    left = LARGEST
    for member in _chosen(archive.infolist()):
        inner = f"{name} ({as_line(Path(member.filename).name, _LONGEST_NAME)})"
        left -= member.file_size
        if left < 0:
            raise ImportRefused(f"{inner} is larger than any table of CMS.")
        try:
            with archive.open(member) as packed, SpooledTemporaryFile(_IN_MEMORY) as file:
                _unpack(packed, file, inner)
                yield from _parts(file, inner, _share(member, advance), inside=True)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as fault:
            raise _damaged(inner) from fault
        except (ValueError, OSError) as fault:  # it says that a part begins before the file does
            if isinstance(fault, OSError) and fault.errno != EINVAL:
                raise
            raise _damaged(inner) from fault


def _chosen(members: Iterable[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    best: dict[str, tuple[int, zipfile.ZipInfo]] = {}
    for member in members:
        place = Path(member.filename)
        ending = place.suffix.lower()
        if ending in _ENDINGS and not place.name.startswith("."):
            stem, rank = str(place.with_suffix("")), _ENDINGS.index(ending)
            if stem not in best or rank < best[stem][0]:
                best[stem] = rank, member
    return [member for _rank, member in best.values()]


_ENDINGS = (".txt", ".csv", ".xlsx")


def _unpack(packed: IO[bytes], file: IO[bytes], name: str) -> None:
    while block := packed.read(_IN_MEMORY // 32):
        with _room_for(name):
            file.write(block)
    with _room_for(name):
        file.seek(0)


@contextmanager
def _room_for(name: str) -> Iterator[None]:
    """Name the folder of temporary files where it is that folder that cannot be written."""
    try:
        yield
    except OSError as fault:
        folder, said = tempfile.tempdir or "for temporary files", str(fault.strerror or fault)
        raise ImportRefused(
            f"The folder {folder} cannot hold {name} unpacked: {said[:1].lower()}{said[1:]}."
        ) from fault


def _share(member: zipfile.ZipInfo, advance: Advance) -> Advance:
    """Return what tells of an unpacked member in bytes of its archive."""
    share = member.compress_size / max(member.file_size, 1)
    return lambda read: advance(read * share)


class _Told(io.BufferedReader):
    """A file that tells how much of it was read."""

    def __init__(self, file: IO[bytes], advance: Advance) -> None:
        super().__init__(_Counted(file, advance))


class _Counted(io.RawIOBase):
    def __init__(self, file: IO[bytes], advance: Advance) -> None:
        self._file, self._advance = file, advance

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer is what a reader hands in
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        self._advance(len(block))
        return len(block)


class TextPart:
    """A text file: columns by tabs, by commas, or by their place on the line."""

    row_word = "line"

    def __init__(self, file: _Told, name: str) -> None:
        """Look at how the file begins."""
        self.name = name
        self._file = file

    def rows(self) -> Iterator[Numbered]:
        """Yield every line's cells; a line of fixed width is one cell."""
        encoding = "utf-16" if self._file.peek(2)[:2] in _UTF_16 else "latin-1"
        text = io.TextIOWrapper(self._file, encoding=encoding, newline="")
        try:
            lines = self._lines(text)
            sample = list(islice(lines, _SAMPLE_LINES))
            yield from self._cells(sample, _both(sample, lines))
        except UnicodeDecodeError as fault:
            raise _damaged(self.name) from fault
        finally:
            text.detach()

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = 0
        while line := text.readline(LONGEST_LINE):
            number += 1
            if len(line) == LONGEST_LINE:
                raise ImportRefused(
                    f"{self.name}, line {number}: it is longer than any line of these tables."
                )
            if number > MOST_LINES:
                raise ImportRefused(f"{self.name} has more lines than any table of CMS.")
            if "\0" in line:
                raise ImportRefused(f"{self.name}, line {number}: it is no text.")
            yield line.removeprefix("\xef\xbb\xbf") if number == 1 else line

    def _cells(self, sample: list[str], lines: Iterator[str]) -> Iterator[Numbered]:
        if any(_FIXED_WIDTH.match(line) for line in sample):
            for number, line in enumerate(lines, 1):
                yield number, (line.rstrip("\r\n"),)
            return
        table = csv.reader(
            lines, delimiter="\t" if any("\t" in line for line in sample) else ",", strict=True
        )
        try:
            for cells in table:
                yield table.line_num, tuple([cell.strip() for cell in cells])
        except csv.Error as fault:
            raise ImportRefused(f"{self.name}, line {table.line_num}: its quotes are not closed.") from fault


def _both(first: Iterable[str], then: Iterator[str]) -> Iterator[str]:
    yield from first
    yield from then


class SheetPart:
    """One sheet of a workbook, read row by row."""

    row_word = "row"

    def __init__(self, sheet: _Sheet, name: str) -> None:
        """Take an open sheet."""
        self.name = name
        self._sheet = sheet

    def rows(self) -> Iterator[Numbered]:
        """Yield every row's cells as text; a row ends at its last cell, so short ones are filled up."""
        width = 0
        try:
            for number, cells in enumerate(self._sheet.iter_rows(values_only=True), 1):
                if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                    raise ImportRefused(
                        f"{self.name}, row {number}: it stands farther off than a table goes."
                    )
                width = max(width, len(cells))
                yield number, tuple([text_of(cell) for cell in cells]) + ("",) * (width - len(cells))
        except _DAMAGED_ARCHIVE as fault:
            raise _damaged(self.name) from fault


class _Sheet(Protocol):
    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def _sheets(file: IO[bytes], name: str) -> Iterator[Part]:
    with warnings.catch_warnings():
        # What a workbook lacks for its looks is of no interest here.
        warnings.simplefilter("ignore", UserWarning)
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except _DAMAGED_ARCHIVE as fault:
            raise _damaged(name) from fault
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield SheetPart(sheet, f"{name}, sheet {as_line(sheet.title, _LONGEST_NAME)}")
        finally:
            book.close()

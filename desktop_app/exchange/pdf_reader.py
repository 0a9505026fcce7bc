"""A PDF that the program wrote, read again: its pages and the letters on them, by what the file says.

Only what Qt writes is understood: a table of places at the end, streams that are packed by zlib or not
at all, glyphs in hexadecimal, and for each font the letters its glyphs stand for. Anything else is a
fault, told by ``UnreadablePdf``.
"""

from __future__ import annotations

import re
import zlib

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_PLACES = re.compile(rb"xref\s+0 (\d+)\s+")
_PLACE = 20
_OBJECT = re.compile(rb"\d+ 0 obj\s(.*?)(?:stream\r?\n|endobj)", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)( 0 R)?")
_SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)> Tj")
_FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")
_LETTER = re.compile(rb"<([0-9A-F]+)>")
_PACKED = b"/FlateDecode"
Letters = dict[int, str]


class UnreadablePdf(ValueError):
    """The file is no whole PDF of ours; ``str`` says in a few words what is missing."""


def page_texts(data: bytes) -> list[str]:
    """Return what can be read on each page of a PDF, in the order it was written. Raises UnreadablePdf."""
    letters: dict[int, Letters] = {}
    try:
        objects = _Objects(data)
        return [_text(objects, page, letters) for page in objects.pages()]
    except (IndexError, KeyError, ValueError, zlib.error) as fault:
        if isinstance(fault, UnreadablePdf):
            raise
        raise UnreadablePdf("it is not whole") from fault


class _Objects:
    """The numbered parts of a file, each found by its place."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        start = _START.search(data[-64:])
        if start is None or not data.startswith(b"%PDF-"):
            raise UnreadablePdf("it has no beginning or no end")
        table = _PLACES.match(data, int(start[1]))
        if table is None:
            raise UnreadablePdf("it has no table of its parts")
        first, count = table.end(), int(table[1])
        rows = (data[first + _PLACE * at : first + _PLACE * (at + 1)] for at in range(count))
        self._places = [int(row[:10]) for row in rows]

    def said(self, number: int) -> bytes:
        """Return what a part says of itself."""
        return self._found(number)[1]

    def stream(self, number: int) -> bytes:
        """Return what a part holds, unpacked."""
        end, said = self._found(number)[0].end(), self.said(number)
        length = _LENGTH.search(said)
        if length is None:
            raise UnreadablePdf(f"part {number} holds nothing")
        size = int(self.said(int(length[1])) if length[2] else length[1])
        raw = self._data[end : end + size]
        return zlib.decompress(raw) if _PACKED in said else raw

    def one(self, number: int, name: str) -> int:
        """Return the number of the part that another names."""
        found = re.search(rf"/{name}\s+(\d+) 0 R".encode(), self.said(number))
        if found is None:
            raise UnreadablePdf(f"part {number} names no {name}")
        return int(found[1])

    def pages(self) -> list[int]:
        """Return the number of each page, in order."""
        (root,) = re.findall(rb"/Root (\d+) 0 R", self._data[-512:])
        (kids,) = re.findall(rb"/Kids\s*\[([^\]]*)\]", self.said(self.one(int(root), "Pages")))
        return [int(page) for page in re.findall(rb"(\d+) 0 R", kids)]

    def _found(self, number: int) -> tuple[re.Match[bytes], bytes]:
        found = _OBJECT.match(self._data, self._places[number])
        if found is None:
            raise UnreadablePdf(f"part {number} is not at its place")
        return found, found[1]


def _text(objects: _Objects, page: int, letters: dict[int, Letters]) -> str:
    fonts = {
        name: int(number) for name, number in _FONT.findall(objects.said(objects.one(page, "Resources")))
    }
    told: list[str] = []
    known: Letters = {}
    for font, glyphs in _SHOWN.findall(objects.stream(objects.one(page, "Contents"))):
        if font:
            number = fonts[font]
            if number not in letters:
                letters[number] = _letters(objects.stream(objects.one(number, "ToUnicode")))
            known = letters[number]
        else:
            codes = (int(glyphs[at : at + 4], 16) for at in range(0, len(glyphs), 4))
            told += [known.get(code, "") for code in codes]
    return "".join(told)


def _letters(table: bytes) -> Letters:
    """Return which letter each glyph of a font stands for."""
    known: Letters = {}
    for first, last, start, listed in _RANGE.findall(table):
        if start:
            span = int(last, 16) - int(first, 16) + 1
            known |= {int(first, 16) + at: chr(int(start, 16) + at) for at in range(span)}
        else:
            for at, letter in enumerate(_LETTER.findall(listed)):
                known[int(first, 16) + at] = bytes.fromhex(letter.decode()).decode("utf-16-be")
    return known

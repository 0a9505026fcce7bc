"""Whether a PDF says what was written on its pages: read back from the disk, page by page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop_app.exchange.pdf_reader import UnreadablePdf, page_texts

_OWN_SIGNS = frozenset("·–×→…\u00a0")
"""Signs of the program's own that are read as they were written, whatever the font."""


def faults_of_pdf(path: Path, pages: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with a file whose pages should say so much. Raises OSError."""
    try:
        read = page_texts(path.read_bytes())
    except UnreadablePdf as fault:
        yield str(fault)
        return
    if len(read) != len(pages):
        yield f"it has {len(read)} pages instead of {len(pages)}"
        return
    for number, (found, expected) in enumerate(zip(read, pages, strict=True), start=1):
        if not _says(found, expected):
            yield f"page {number} does not say what was written on it"


def _says(found: str, expected: str) -> bool:
    """Return whether a page says what it should, as far as the letters of its fonts can be told.

    Plain letters stand in their order. Beside other alphabets, which are written from right to left or
    joined to one another, each of them is there.
    """
    told, wanted = _plain(found), _plain(expected)
    if all(sign.isascii() or sign in _OWN_SIGNS for sign in expected):
        return told == wanted
    return Counter(wanted) <= Counter(told)


def _plain(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in normal if sign.isascii() and sign.isprintable() and sign != " ")

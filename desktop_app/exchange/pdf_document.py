"""Papers into one PDF, or onto a printer: an application must be there, a screen need not.

Qt writes the file; three things it leaves are put right in its bytes, none of which changes their
length: the times it was made at, which would differ from file to file, and the space, which Qt says
is a tab where a font draws the two alike, so that nothing copied from the paper would be found again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter

from desktop_app import __version__
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.pdf_pages import LETTER, Page, pages_of
from desktop_app.exchange.pdf_text import POINT, Painter
from desktop_app.exchange.steps import at_once

_POINTS_TO_AN_INCH = 72
_EXACTLY = QPageSize.SizeMatchPolicy.ExactMatch
_INFO_DATE = re.compile(rb"(?<=Date \(D:)\d{14}([^)]*)")
_XMP_DATE = re.compile(rb'(?<=Date=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([^"]*)')
_LETTERS = re.compile(rb"(?<=beginbfrange\n).*?(?=endbfrange)", re.DOTALL)
_TAB, _SPACE = b"<0009>", b"<0020>"
_NO_OFFSET = {0: b"", 1: b"Z", 6: b"+00:00", 7: b"+00'00'"}
"""How UTC is written in so many bytes."""


class Written(NamedTuple):
    """A PDF, and the words that were written on each of its pages, in their order."""

    data: bytes
    pages: tuple[str, ...]


def pdf_of(papers: Iterable[Paper], *, title: str, key: str, made_at: datetime) -> Written:
    """Return papers as one PDF, as ``drawing`` makes it, at once."""
    return at_once(drawing(papers, title=title, key=key, made_at=made_at))


def drawing(
    papers: Iterable[Paper], *, title: str, key: str, made_at: datetime
) -> Generator[int, None, Written]:
    """Return papers as one PDF, one after the other, each with pages that count by themselves.

    Yields how many are drawn after each.

    The title is a property of the file: never a patient's name. The same papers, key and time make the
    same bytes on the same computer; another key makes another document.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"Chairtime {__version__}")
    writer.setDocumentId(QUuid.fromRfc4122(hashlib.sha256(key.encode()).digest()[:16]))
    writer.setResolution(_POINTS_TO_AN_INCH * POINT)
    writer.setPageSize(QPageSize(QSizeF(*LETTER), QPageSize.Unit.Point, matchPolicy=_EXACTLY))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    painter = Painter(writer)
    pages: list[str] = []
    try:
        for count, paper in enumerate(papers, start=1):
            if pages:
                writer.newPage()
            pages += draw_pages(pages_of(paper), painter, writer)
            yield count
    finally:
        painter.end()
    return Written(_put_right(bytes(buffer.data().data()), made_at), tuple(pages))


def draw_pages(pages: Sequence[Page], painter: Painter, device: QPagedPaintDevice) -> list[str]:
    """Draw the pages of a paper on a device, whose painter counts in twentieths of a point.

    Returns the words of each.
    """
    told = []
    for page in pages:
        if page.number > 1:
            device.newPage()
        painter.written.clear()
        page.draw(painter, len(pages))
        told.append("\n".join(painter.written))
    return told


def _put_right(written: bytes, made_at: datetime) -> bytes:
    at = made_at.astimezone(UTC)
    info, xmp = f"{at:%Y%m%d%H%M%S}".encode(), f"{at:%Y-%m-%dT%H:%M:%S}".encode()
    written = _INFO_DATE.sub(lambda found: info + _utc(found), written)
    written = _XMP_DATE.sub(lambda found: xmp + _utc(found), written)
    return _LETTERS.sub(lambda found: found[0].replace(_TAB, _SPACE), written)


def _utc(found: re.Match[bytes]) -> bytes:
    """Return the offset of UTC in as many bytes as the one that stood there; else that one."""
    return _NO_OFFSET.get(len(found[1]), found[1])

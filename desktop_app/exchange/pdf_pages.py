"""Papers on pages: who it is from at the top, slab under slab, and at every foot which page of how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QLineF
from PySide6.QtGui import QPen

from desktop_app.exchange.paper import Paper, Tone
from desktop_app.exchange.pdf_slabs import Slab, slabs_of
from desktop_app.exchange.pdf_text import BODY, BOLD, POINT, SENDER, SMALL, TITLE, Laid, Painter, color

LETTER = (612, 792)
"""The paper of the United States, in points."""
_SIDE, _TOP, _BOTTOM = 36 * POINT, 34 * POINT, 34 * POINT
_FOOT = 2 * SMALL.pitch + 6 * POINT
_RUNNING = BODY.pitch + 6 * POINT


class Sheet(NamedTuple):
    """The room there is on each page, in twentieths of a point."""

    width: int
    height: int

    @property
    def inner(self) -> int:
        """How wide what is written can be."""
        return self.width - 2 * _SIDE

    @property
    def room(self) -> int:
        """How high what stands between the running head and the foot can be."""
        return self.height - _TOP - _BOTTOM - _RUNNING - _FOOT


class Page:
    """One page, ready to be drawn."""

    def __init__(self, paper: Paper, sheet: Sheet, number: int, slabs: list[Slab]) -> None:
        self.number = number
        self._paper = paper
        self._sheet = sheet
        self._slabs = slabs

    def draw(self, painter: Painter, pages: int) -> None:
        """Draw it; the painter counts in twentieths of a point."""
        painter.save()
        painter.translate(_SIDE, _TOP)
        y = 0 if self.number == 1 else self._draw_running_head(painter)
        for slab in self._slabs:
            slab.draw(painter, y)
            y += slab.height
        self._draw_foot(painter, pages)
        painter.restore()

    def _draw_running_head(self, painter: Painter) -> int:
        told = Laid(self._paper.running or self._paper.title, BOLD, self._sheet.inner)
        told.draw_line(painter, 0, 0, 0)
        return _RUNNING

    def _draw_foot(self, painter: Painter, pages: int) -> None:
        wide = 80 * POINT
        top = self._sheet.height - _TOP - _BOTTOM - _FOOT
        painter.setPen(QPen(color(Tone.SOFT), POINT // 2))
        painter.drawLine(QLineF(0, top, self._sheet.inner, top))
        y = top + 3 * POINT
        told = Laid(self._paper.foot, SMALL, self._sheet.inner - wide)
        for at in range(min(2, told.count)):
            told.draw_line(painter, at, 0, y + at * SMALL.pitch)
        counted = Laid(f"Page {self.number} of {pages}", SMALL, wide, right=True)
        counted.draw(painter, self._sheet.inner - wide, y)


def pages_of(paper: Paper, width: int = LETTER[0], height: int = LETTER[1]) -> list[Page]:
    """Return a paper as pages of a size in points."""
    sheet = Sheet(width * POINT, height * POINT)
    flow = _flow(_slabs(paper, sheet), sheet)
    return [Page(paper, sheet, number, slabs) for number, slabs in enumerate(flow, start=1)]


def _slabs(paper: Paper, sheet: Sheet) -> Iterator[Slab]:
    yield _head(paper, sheet.inner)
    # What is kept with a heading and the head of a table still finds room under them.
    most = sheet.room * 3 // 4
    for block in paper.blocks:
        yield from slabs_of(block, sheet.inner, most)


def _head(paper: Paper, width: int) -> Slab:
    """Return who it is from at the left, and what it is at the right."""
    half = width // 2
    name, *rest = paper.sender or ("",)
    left = [Laid(name, SENDER, half), *(Laid(line, SMALL, half) for line in rest)]
    right = [Laid(paper.title, TITLE, half, right=True)]
    right += [Laid(line, BODY, half, right=True) for line in paper.under_title]

    def draw(painter: Painter, y: int) -> None:
        for x, column in ((0, left), (width - half, right)):
            at = y
            for laid in column:
                laid.draw(painter, x, at)
                at += laid.height

    high = max(sum(laid.height for laid in column) for column in (left, right))
    return Slab(high + 4 * POINT, draw)


def _flow(slabs: Iterable[Slab], sheet: Sheet) -> Iterator[list[Slab]]:
    """Yield the slabs of one page after the other; what is kept together goes on together."""
    page: list[Slab] = []
    room = sheet.room + _RUNNING
    together: list[Slab] = []
    for slab in slabs:
        together.append(slab)
        if slab.keep:
            continue
        high = sum(one.height for one in together)
        if page and high > room:
            yield page
            again = together[0].again
            page = [again] if again is not None else []
            room = sheet.room - sum(one.height for one in page)
        page += together
        room -= high
        together = []
    yield [*page, *together]

"""From the blocks of a paper to slabs: strips of a page's width that are never cut, one under the other.

A row of a table is one slab. One that is higher than a page becomes a slab a line, so that nothing
is ever left out for want of room. All lengths are in twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QColor, QPen

from desktop_app.exchange.paper import (
    Block,
    Column,
    FactGroup,
    Facts,
    Heading,
    Notice,
    Table,
    TableRow,
    Timeline,
    Tone,
    Words,
)
from desktop_app.exchange.pdf_text import BODY, BOLD, HEAD, HEADING, POINT, SMALL, Laid, Painter, Style, color
from desktop_app.exchange.pdf_timeline import timeline_parts

Draw = Callable[[Painter, int], None]
"""Draws a slab with its upper edge at a height of the page."""

GAP = 9 * POINT
CONTINUED = " · continued"
_HAIR = QColor("#C3CCD6")
_BETWEEN = 6 * POINT
_PAD = 5 * POINT // 2
_LABEL = 62 * POINT
_FRAME = 6 * POINT


class Slab(NamedTuple):
    """A strip of a page."""

    height: int
    draw: Draw
    keep: bool = False
    """Whether the next one stands on the same page."""
    again: Slab | None = None
    """What is drawn once more above it where it is the first on a page."""


def slabs_of(block: Block, width: int, most: int) -> Iterator[Slab]:
    """Yield a block as slabs of a width, none of them higher than ``most``."""
    match block:
        case Heading():
            yield _words_slab(Laid(block.text, HEADING, width), before=GAP, keep=True)
        case Words():
            yield from _lines([(Laid(block.text, _body(block.tone), width), 0)])
        case Notice():
            yield from _notice(block, width, most)
        case Facts():
            yield from _facts(block, width, most)
        case Table():
            yield from _table(block, width, most)
        case Timeline():
            parts = timeline_parts(block, width)
            axis = Slab(parts.axis[0], parts.axis[1], keep=True)
            yield axis
            for height, draw, keep in parts.lanes:
                yield Slab(height, draw, keep=keep, again=axis)


def _body(tone: Tone) -> Style:
    return BODY._replace(tone=tone)


def _words_slab(laid: Laid, *, before: int = 0, keep: bool = False) -> Slab:
    after = 3 * POINT if keep else 0
    return Slab(before + laid.height + after, lambda painter, y: laid.draw(painter, 0, y + before), keep=keep)


def _lines(parts: Sequence[tuple[Laid, int]], again: Slab | None = None) -> Iterator[Slab]:
    """Yield texts that stand beside each other, each at its place, a slab a line."""
    for at in range(max((laid.count for laid, _ in parts), default=0)):
        here = [(laid, x) for laid, x in parts if at < laid.count]
        yield Slab(max(laid.style.pitch for laid, _ in here), _draw_lines(here, at), again=again)


def _draw_lines(parts: Sequence[tuple[Laid, int]], at: int) -> Draw:
    def draw(painter: Painter, y: int) -> None:
        for laid, x in parts:
            laid.draw_line(painter, at, x, y)

    return draw


def _notice(block: Notice, width: int, most: int) -> Iterator[Slab]:
    laid = Laid(block.text, BOLD._replace(tone=Tone.ALERT), width - 2 * _FRAME)
    height = laid.height + 2 * _PAD
    if height + 2 * _PAD > most:
        yield from _lines([(laid, _FRAME)])
        return

    def draw(painter: Painter, y: int) -> None:
        painter.setPen(QPen(color(Tone.ALERT), POINT))
        painter.drawRoundedRect(QRectF(POINT // 2, y + _PAD, width - POINT, height), 3 * POINT, 3 * POINT)
        laid.draw(painter, _FRAME, y + 2 * _PAD)

    yield Slab(height + 2 * _PAD, draw)


def _facts(block: Facts, width: int, most: int) -> Iterator[Slab]:
    groups = [group for group in block.groups if any(value for _, value in group.facts)]
    each = (width - _BETWEEN * (len(groups) - 1)) // max(1, len(groups))
    columns = [_group(group, each) for group in groups]
    height = max((column.height for column in columns), default=0) + GAP
    if height > most:
        for column in columns:
            yield from _group_by_lines(column)
        return

    def draw(painter: Painter, y: int) -> None:
        for place, column in enumerate(columns):
            column.draw(painter, place * (each + _BETWEEN), y + GAP)

    yield Slab(height, draw)


class _Group(NamedTuple):
    """Facts under their heading, laid out."""

    title: Laid
    facts: list[tuple[Laid, Laid]]

    @property
    def height(self) -> int:
        return self.title.height + POINT + sum(max(one.height for one in fact) for fact in self.facts)

    def draw(self, painter: Painter, x: int, y: int) -> None:
        self.title.draw(painter, x, y)
        y += self.title.height + POINT
        for label, value in self.facts:
            label.draw(painter, x, y + BODY.pitch - SMALL.pitch)
            value.draw(painter, x + _LABEL, y)
            y += max(label.height, value.height)


def _group(group: FactGroup, width: int) -> _Group:
    told = [
        (Laid(name, SMALL, _LABEL), Laid(text, BODY, width - _LABEL)) for name, text in group.facts if text
    ]
    return _Group(Laid(group.title, HEAD, width), told)


def _group_by_lines(group: _Group) -> Iterator[Slab]:
    yield _words_slab(group.title, before=GAP, keep=True)
    for label, value in group.facts:
        yield from _lines([(label, 0), (value, _LABEL)])


def _table(table: Table, width: int, most: int) -> Iterator[Slab]:
    places = _places(table.columns, width)
    cells = [column.head for column in table.columns]
    heads = _row_slab(_laid(table, TableRow(tuple(cells)), places, HEAD), None, width)._replace(keep=True)
    head = _titled(heads, table.title, "", width)
    yield head
    again = _titled(heads, table.title, CONTINUED, width)
    for row in table.rows:
        laid = _laid(table, row, places, BOLD if row.is_sum else BODY)
        left = places[table.under_from][0]
        under = (Laid(row.under, SMALL, width - left), left) if row.under else None
        whole = _row_slab(laid, under, width)._replace(again=again)
        if whole.height + head.height <= most:
            yield whole
            continue
        yield from _lines(laid, again)
        yield from _lines([under] if under else [], again)
        yield _rule(width)


def _titled(heads: Slab, title: str, more: str, width: int) -> Slab:
    """Return the headings of a table under its title."""
    if not title:
        return heads
    laid = Laid(f"{title}{more}", HEADING, width)
    before = 0 if more else GAP

    def draw(painter: Painter, y: int) -> None:
        laid.draw(painter, 0, y + before)
        heads.draw(painter, y + before + laid.height)

    return Slab(before + laid.height + heads.height, draw, keep=True)


def _places(columns: Sequence[Column], width: int) -> list[tuple[int, int]]:
    """Return where each column begins and how wide it is."""
    free = width - sum(column.width * POINT for column in columns) - _BETWEEN * (len(columns) - 1)
    shares = max(1, sum(1 for column in columns if not column.width))
    places, x = [], 0
    for column in columns:
        wide = column.width * POINT or free // shares
        places.append((x, wide))
        x += wide + _BETWEEN
    return places


def _laid(
    table: Table, row: TableRow, places: Sequence[tuple[int, int]], style: Style
) -> list[tuple[Laid, int]]:
    return [
        (Laid(text, BOLD if column.bold and style is BODY else style, wide, right=column.right), x)
        for column, text, (x, wide) in zip(table.columns, row.cells, places, strict=True)
    ]


def _row_slab(cells: Sequence[tuple[Laid, int]], under: tuple[Laid, int] | None, width: int) -> Slab:
    high = max(laid.height for laid, _ in cells)
    height = high + (under[0].height if under else 0) + 2 * _PAD

    def draw(painter: Painter, y: int) -> None:
        for laid, x in cells:
            laid.draw(painter, x, y + _PAD)
        if under:
            under[0].draw(painter, under[1], y + _PAD + high)
        _draw_rule(painter, y + height, width)

    return Slab(height, draw)


def _rule(width: int) -> Slab:
    return Slab(2 * _PAD, lambda painter, y: _draw_rule(painter, y + _PAD, width))


def _draw_rule(painter: Painter, y: int, width: int) -> None:
    painter.setPen(QPen(_HAIR, POINT // 2))
    painter.drawLine(QLineF(0, y, width, y))

"""A timeline on paper: a lane a service under the wall clock, to scale, pauses hatched, quiet ticks.

    name            08:30     09:00     09:30     10:00     note
    site 1
    Infliximab      ......|============////========|......  90 min
                              '              '              the minutes at which its units changed

What a bar is can be told without colours: solid, light with an edge, hatched, or a dot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen

from desktop_app.core.wall_scale import Scale, scale_for
from desktop_app.exchange.paper import Bar, Lane, Piece, Timeline
from desktop_app.exchange.pdf_text import BODY, HEAD, POINT, SMALL, Laid, Painter

Draw = Callable[[Painter, int], None]

_NAME, _NOTE, _BETWEEN = 132 * POINT, 104 * POINT, 6 * POINT
_LANE, _BAR = 15 * POINT, 9 * POINT
_LETTER = 90
"""How wide a letter of the scale is at the most, in twentieths of a point."""
_TICK = 3 * POINT
_HATCH = 4 * POINT
_RUN, _FLUID, _FLUID_EDGE = QColor("#0E7C4A"), QColor("#CFE0EE"), QColor("#3F6A8C")
_PAUSE, _MOMENT, _UNKNOWN = QColor("#9A6200"), QColor("#6A3FA0"), QColor("#B3261E")
_LINE, _INK = QColor("#DDE3EA"), QColor("#14202B")

_TOLD = {
    Piece.RUN: "ran",
    Piece.FLUID: "fluid ran",
    Piece.PAUSE: "paused",
    Piece.MOMENT: "given at once",
    Piece.UNKNOWN: "stop not known",
}


class Parts(NamedTuple):
    """What a timeline is made of, from the top: the scale, then lanes and what stands between them."""

    axis: tuple[int, Draw]
    lanes: list[tuple[int, Draw, bool]]
    """How high each is, how it is drawn, and whether the next stands on the same page."""


class _Place(NamedTuple):
    """Where instants stand on the paper."""

    scale: Scale
    left: int
    width: int

    def x(self, at_us: int) -> float:
        return self.left + (at_us - self.scale.origin_us) * self.width / (
            self.scale.end_us - self.scale.origin_us
        )

    @property
    def right(self) -> int:
        return self.left + self.width


def timeline_parts(timeline: Timeline, width: int) -> Parts:
    """Return the parts of a timeline on paper of a width."""
    left = _NAME + _BETWEEN
    room = width - left - _BETWEEN - _NOTE
    scale = scale_for(timeline.first_us, timeline.last_us, timeline.zone, room // _LETTER)
    place = _Place(scale, left, room)
    return Parts(_axis(place), [*_lanes(timeline, place), *_legend(timeline, width)])


def _axis(place: _Place) -> tuple[int, Draw]:
    labels = list(_labels(place))

    def draw(painter: Painter, y: int) -> None:
        for laid, x in labels:
            laid.draw(painter, round(x), y)
        foot = y + SMALL.pitch + 2 * POINT
        painter.setPen(QPen(_INK, POINT * 3 // 4))
        painter.drawLine(QLineF(place.left, foot, place.right, foot))

    return SMALL.pitch + 3 * POINT, draw


def _labels(place: _Place) -> Iterator[tuple[Laid, float]]:
    """Yield what the clock shows along the scale, as far as each has room, with its place."""
    written_to = float(place.left)
    for at_us, words in _ticks(place.scale):
        laid = Laid(words, SMALL, place.width)
        x = min(place.x(at_us), place.right - laid.natural_width)
        if x >= written_to:
            written_to = x + laid.natural_width + 4 * POINT
            yield laid, x


def _ticks(scale: Scale) -> list[tuple[int, str]]:
    """Return the instants at which the clock is read, and what it shows; a midnight shows its day."""
    midnights = {scale.column(at_us): scale.day(at_us) for at_us in scale.midnights()}
    return [
        (scale.origin_us + column * scale.column_us, midnights.get(column, label))
        for column, label in scale.ticks()
    ]


def _lanes(timeline: Timeline, place: _Place) -> Iterator[tuple[int, Draw, bool]]:
    group = ""
    for lane in timeline.lanes:
        if lane.group != group:
            group = lane.group
            caption = Laid(group, HEAD, place.left)
            yield caption.height + POINT, _draw_caption(caption, place), True
        yield _lane(lane, place)


def _draw_caption(caption: Laid, place: _Place) -> Draw:
    def draw(painter: Painter, y: int) -> None:
        _draw_grid(painter, place, y, caption.height + POINT)
        caption.draw(painter, 0, y + POINT)

    return draw


def _lane(lane: Lane, place: _Place) -> tuple[int, Draw, bool]:
    name, note = Laid(lane.name, BODY, _NAME), Laid(lane.note, SMALL, _NOTE)
    height = max(_LANE, name.height + 2 * POINT, note.height + 2 * POINT)

    def draw(painter: Painter, y: int) -> None:
        _draw_grid(painter, place, y, height)
        name.draw(painter, 0, y + POINT)
        note.draw(painter, place.right + _BETWEEN, y + POINT + BODY.pitch - SMALL.pitch)
        top = y + (_LANE - _BAR) // 2
        for bar in lane.bars:
            _draw_bar(painter, place, bar, top)
        painter.setPen(QPen(_INK, POINT * 3 // 4))
        for at_us in lane.thresholds:
            x = place.x(at_us)
            painter.drawLine(QLineF(x, top + _BAR - _TICK, x, top + _BAR + _TICK // 2))

    return height, draw, False


def _draw_grid(painter: Painter, place: _Place, y: int, height: int) -> None:
    painter.setPen(QPen(_LINE, POINT // 2))
    for at_us, _ in _ticks(place.scale):
        x = place.x(at_us)
        painter.drawLine(QLineF(x, y, x, y + height))


def _draw_bar(painter: Painter, place: _Place, bar: Bar, top: int) -> None:
    left = place.x(bar.from_us)
    if bar.piece is Piece.MOMENT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_MOMENT)
        painter.drawEllipse(QPointF(left, top + _BAR / 2), _BAR / 2, _BAR / 2)
        return
    box = QRectF(left, top, max(POINT, place.x(bar.to_us) - left), _BAR)
    if bar.piece in {Piece.RUN, Piece.FLUID}:
        is_run = bar.piece is Piece.RUN
        painter.setPen(QPen(_RUN if is_run else _FLUID_EDGE, POINT // 2))
        painter.setBrush(_RUN if is_run else _FLUID)
        painter.drawRect(box)
    else:
        _draw_hatched(painter, box, _PAUSE if bar.piece is Piece.PAUSE else _UNKNOWN)


def _draw_hatched(painter: Painter, box: QRectF, ink: QColor) -> None:
    painter.save()
    edge = QPainterPath()
    edge.addRect(box)
    painter.setClipPath(edge, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(ink, POINT))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QLineF(x, box.bottom(), x + box.height(), box.top()))
        x += _HATCH
    painter.restore()
    painter.setBrush(QBrush())
    painter.setPen(QPen(ink, POINT // 2))
    painter.drawRect(box)


def _legend(timeline: Timeline, width: int) -> Iterator[tuple[int, Draw, bool]]:
    """Yield what the signs of the lanes mean."""
    used = {bar.piece for lane in timeline.lanes for bar in lane.bars}
    signs = [piece for piece in Piece if piece in used]
    ticks = "short ticks: where units changed" if any(lane.thresholds for lane in timeline.lanes) else ""
    told = Laid(ticks, SMALL, width)

    def draw(painter: Painter, y: int) -> None:
        x = 0
        place = _Place(Scale(0, 1, 18 * POINT, timeline.zone), 0, 18 * POINT)
        for piece in signs:
            painter.save()
            painter.translate(x, 0)
            at = 9 * POINT if piece is Piece.MOMENT else 0
            _draw_bar(painter, place, Bar(at, 18 * POINT, piece), y + 4 * POINT)
            painter.restore()
            words = Laid(_TOLD[piece], SMALL, width)
            words.draw(painter, x + 22 * POINT, y + 3 * POINT)
            x += 34 * POINT + round(words.natural_width)
        told.draw(painter, x, y + 3 * POINT)

    yield 16 * POINT, draw, False

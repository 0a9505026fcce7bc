"""The program's own icons, drawn as paths on a grid of sixteen: crisp at any size, in any colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

GRID = 16.0
_NO_PEN, _NO_BRUSH = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush
_ROUND = 2
"""Pixels around a box that a line at its edge may take."""
Drawing = Callable[[QPainter], None]


def draw_icon(painter: QPainter, name: str, box: QRectF, color: QColor) -> None:
    """Draw an icon into a box in one colour."""
    device = painter.device()
    if isinstance(device, QWidget | QPixmap) and device.devicePixelRatioF() == 1:
        # On a screen the same few icons are drawn some seventy times a frame: from a picture of each.
        left, top = floor(box.left()), floor(box.top())
        aside = (box.left() - left, box.top() - top)
        painter.drawPixmap(
            left - _ROUND, top - _ROUND, _picture(name, box.width(), box.height(), aside, color.rgba())
        )
    else:
        _draw(painter, name, box, color.rgba())


@lru_cache(maxsize=512)
def _picture(name: str, width: float, height: float, aside: tuple[float, float], rgba: int) -> QPixmap:
    """Return an icon's picture, the box as far from a whole pixel as it is on the screen."""
    picture = QPixmap(ceil(width) + 1 + 2 * _ROUND, ceil(height) + 1 + 2 * _ROUND)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _draw(painter, name, QRectF(aside[0] + _ROUND, aside[1] + _ROUND, width, height), rgba)
    painter.end()
    return picture


def _draw(painter: QPainter, name: str, box: QRectF, rgba: int) -> None:
    painter.save()
    painter.translate(box.topLeft())
    painter.scale(box.width() / GRID, box.height() / GRID)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(rgba))
    painter.setBrush(_NO_BRUSH)
    _ICONS[name](painter)
    painter.restore()


@cache
def _pen(rgba: int) -> QPen:
    """Return the pen of a colour; there are a dozen of them."""
    color = QColor.fromRgba(rgba)
    return QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _filled(painter: QPainter, path: QPainterPath) -> None:
    pen = painter.pen()
    painter.setBrush(pen.color())
    painter.setPen(_NO_PEN)
    painter.drawPath(path)
    painter.setPen(pen)
    painter.setBrush(_NO_BRUSH)


def _lines(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline([QPointF(x, y) for x, y in points])


@cache
def _play_path() -> QPainterPath:
    path = QPainterPath(QPointF(4, 2.5))
    path.lineTo(13.5, 8)
    path.lineTo(4, 13.5)
    path.closeSubpath()
    return path


def _play(painter: QPainter) -> None:
    _filled(painter, _play_path())


@cache
def _stop_path() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3, 3, 10, 10), 1.2, 1.2)
    return path


def _stop(painter: QPainter) -> None:
    _filled(painter, _stop_path())


@cache
def _pause_path() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3.2, 2.5, 3.4, 11), 0.8, 0.8)
    path.addRoundedRect(QRectF(9.4, 2.5, 3.4, 11), 0.8, 0.8)
    return path


def _pause(painter: QPainter) -> None:
    _filled(painter, _pause_path())


def _check(painter: QPainter) -> None:
    _lines(painter, (2.5, 8.6), (6.2, 12.2), (13.5, 4))


def _plus(painter: QPainter) -> None:
    painter.drawLine(QPointF(8, 3), QPointF(8, 13))
    painter.drawLine(QPointF(3, 8), QPointF(13, 8))


def _minus(painter: QPainter) -> None:
    painter.drawLine(QPointF(3, 8), QPointF(13, 8))


def _back(painter: QPainter) -> None:
    _lines(painter, (10, 3), (5, 8), (10, 13))


def _forward(painter: QPainter) -> None:
    _lines(painter, (6, 3), (11, 8), (6, 13))


def _alert(painter: QPainter) -> None:
    _lines(painter, (8, 2), (14.5, 13.5), (1.5, 13.5), (8, 2))
    painter.drawLine(QPointF(8, 6.6), QPointF(8, 9.4))
    painter.drawPoint(QPointF(8, 11.6))


def _clock(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 6, 6)
    _lines(painter, (8, 4.6), (8, 8), (10.4, 9.6))


def _board(painter: QPainter) -> None:
    path = QPainterPath()
    for x in (1.5, 6.2, 10.9):
        for y in (1.5, 6.2, 10.9):
            path.addRoundedRect(QRectF(x, y, 3.6, 3.6), 0.6, 0.6)
    _filled(painter, path)


def _send(painter: QPainter) -> None:
    _lines(painter, (8, 10.5), (8, 2.2))
    _lines(painter, (4.6, 5.4), (8, 2), (11.4, 5.4))
    _lines(painter, (2.5, 9.5), (2.5, 13.6), (13.5, 13.6), (13.5, 9.5))


def _settings(painter: QPainter) -> None:
    for y, knob in ((4.0, 10.5), (8.0, 5.5), (12.0, 9.5)):
        painter.drawLine(QPointF(2, y), QPointF(14, y))
        path = QPainterPath()
        path.addEllipse(QPointF(knob, y), 2, 2)
        _filled(painter, path)


def _person(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 5.4), 2.9, 2.9)
    path = QPainterPath(QPointF(2.6, 14))
    path.cubicTo(3, 8.8, 13, 8.8, 13.4, 14)
    painter.drawPath(path)


def _search(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(6.8, 6.8), 4.6, 4.6)
    painter.drawLine(QPointF(10.4, 10.4), QPointF(14, 14))


def _pencil(painter: QPainter) -> None:
    _lines(painter, (3, 13), (3.6, 10), (11, 2.6), (13.4, 5), (6, 12.4), (3, 13))


def _flag(painter: QPainter) -> None:
    """Draw a flag at a finish: the session ends."""
    _lines(painter, (4, 14), (4, 2.4), (13, 2.4), (10.6, 5.8), (13, 9.2), (4, 9.2))


def _dot(painter: QPainter) -> None:
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), 5, 5)
    _filled(painter, path)


def _info(painter: QPainter) -> None:
    painter.drawEllipse(QPointF(8, 8), 6.2, 6.2)
    painter.drawLine(QPointF(8, 7.6), QPointF(8, 11))
    painter.drawPoint(QPointF(8, 5))


def _unsaved(painter: QPainter) -> None:
    """Draw an hourglass: it waits."""
    _lines(painter, (3.4, 2.2), (12.6, 2.2))
    _lines(painter, (3.4, 13.8), (12.6, 13.8))
    _lines(painter, (4.6, 2.2), (4.6, 4.6), (11.4, 11.4), (11.4, 13.8))
    _lines(painter, (11.4, 2.2), (11.4, 4.6), (4.6, 11.4), (4.6, 13.8))


def _bell(painter: QPainter) -> None:
    path = QPainterPath(QPointF(2.6, 12))
    path.cubicTo(5, 10, 3.4, 2.6, 8, 2.6)
    path.cubicTo(12.6, 2.6, 11, 10, 13.4, 12)
    path.closeSubpath()
    painter.drawPath(path)
    _lines(painter, (6.8, 14.2), (9.2, 14.2))


def _lock(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3, 7.2, 10, 7), 1.4, 1.4)
    path = QPainterPath(QPointF(5.2, 7))
    path.lineTo(5.2, 5)
    path.cubicTo(5.2, 1.2, 10.8, 1.2, 10.8, 5)
    path.lineTo(10.8, 7)
    painter.drawPath(path)


def _strip(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(1.5, 5, 13, 6), 1.4, 1.4)
    for x in (5.0, 8.0, 11.0):
        painter.drawPoint(QPointF(x, 8))


def _more(painter: QPainter) -> None:
    path = QPainterPath()
    for y in (3.0, 8.0, 13.0):
        path.addEllipse(QPointF(8, y), 1.5, 1.5)
    _filled(painter, path)


def _next(painter: QPainter) -> None:
    path = QPainterPath(QPointF(3, 2.5))
    path.lineTo(10.5, 8)
    path.lineTo(3, 13.5)
    path.closeSubpath()
    path.addRoundedRect(QRectF(11, 2.5, 2.4, 11), 0.6, 0.6)
    _filled(painter, path)


_STAR = (
    (8, 1.6), (9.9, 5.8), (14.4, 6.3), (11, 9.3), (12, 13.8), (8, 11.5), (4, 13.8), (5, 9.3), (1.6, 6.3),
    (6.1, 5.8), (8, 1.6),
)  # fmt: skip


def _star(painter: QPainter) -> None:
    _lines(painter, *_STAR)


def _star_set(painter: QPainter) -> None:
    path = QPainterPath()
    path.addPolygon([QPointF(x, y) for x, y in _STAR])
    _filled(painter, path)


_ICONS: dict[str, Drawing] = {
    "play": _play,
    "stop": _stop,
    "pause": _pause,
    "check": _check,
    "plus": _plus,
    "minus": _minus,
    "back": _back,
    "forward": _forward,
    "alert": _alert,
    "clock": _clock,
    "board": _board,
    "send": _send,
    "settings": _settings,
    "person": _person,
    "search": _search,
    "pencil": _pencil,
    "flag": _flag,
    "dot": _dot,
    "info": _info,
    "bell": _bell,
    "unsaved": _unsaved,
    "lock": _lock,
    "strip": _strip,
    "more": _more,
    "next": _next,
    "star": _star,
    "star-set": _star_set,
}
ICON_NAMES = tuple(_ICONS)

"""A card as it was drawn last: put back whole when what lay over it goes away.

A sheet that closes, a page that comes back and a button under the mouse have every card behind
them drawn again, though none of them changed. Drawing one takes a millisecond, putting its
picture back a tenth of it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

Drawing = Callable[[QPainter], None]


class CardPicture:
    """Keeps the picture of one widget for as long as it is to look the same."""

    def __init__(self) -> None:
        self._picture: QPixmap | None = None
        self._look: tuple[object, ...] = ()

    def drop(self) -> None:
        """Forget the picture: what it shows is no longer true."""
        self._picture = None

    def put(self, widget: QWidget, behind: QColor, look: tuple[object, ...], draw: Drawing) -> None:
        """Draw the widget, or put back its picture where it was drawn with the same ``look``.

        Where a pixel of the program is not a whole number of the screen's, a picture would be
        put between two of them and lose its edge: there everything is drawn each time.
        """
        ratio = widget.devicePixelRatioF()
        painter = QPainter(widget)
        if ratio != int(ratio):
            draw(painter)
            return
        seen = (widget.size().toTuple(), ratio, behind.rgb(), *look)
        if self._picture is None or self._look != seen:
            self._picture, self._look = _drawn(widget, ratio, behind, draw), seen
        painter.drawPixmap(0, 0, self._picture)


def _drawn(widget: QWidget, ratio: float, behind: QColor, draw: Drawing) -> QPixmap:
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    # Letters are smoothed against what they stand on, so the ground belongs to the picture.
    picture.fill(behind)
    painter = QPainter(picture)
    try:
        draw(painter)
    finally:
        # A painter that outlives its picture takes the program down with it.
        painter.end()
    return picture

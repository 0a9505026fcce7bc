"""A running chair on the small strip: number, icon and time on its colour; pressing it goes there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from desktop_app.ui.board.in_short import ChairInShort
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.labels import tip

HEIGHT = 40
PLATE = 30
_ICON, _GAP, _PAD = 10, 5, 9


class Chip(QAbstractButton):
    """One chair."""

    def __init__(self, theme: Theme, shown: ChairInShort) -> None:
        super().__init__()
        self._theme = theme
        self.shown = shown
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name()

    def show_chair(self, shown: ChairInShort) -> None:
        """Show the chair as it is now."""
        if shown != self.shown:
            self.shown = shown
            self._name()
            self.updateGeometry()
            self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.shown.spoken}. Go to the chair")
        self.setToolTip(tip(self.shown.spoken))

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        px = self._theme.px
        metrics = QFontMetrics(self._theme.font(13, bold=True))
        text = metrics.horizontalAdvance(self.shown.chair) + metrics.horizontalAdvance(self.shown.figure)
        icons = 2 if self.shown.due else 1
        return QSize(text + px(icons * (_ICON + _GAP) + _GAP + 2 * _PAD), px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate, and on it the number, the state's icon, the time, and a bell for what is due."""
        px, color = self._theme.px, self._theme.color(self.shown.tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QRectF(1, (self.height() - px(PLATE)) / 2, self.width() - 2, px(PLATE))
        painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint("accent" if self.underMouse() else self.shown.tone))
        painter.drawRoundedRect(plate, RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setPen(color)
        painter.setFont(self._theme.font(13, bold=True))
        left = self._write(painter, px(_PAD), self.shown.chair)
        left = self._icon(painter, left, self.shown.icon, self.shown.tone)
        left = self._write(painter, left, self.shown.figure)
        if self.shown.due:
            self._icon(painter, left, "bell", "due")

    def _write(self, painter: QPainter, left: int, text: str) -> int:
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(left, 0, width + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, text)
        return left + width + self._theme.px(_GAP)

    def _icon(self, painter: QPainter, left: int, icon: str, tone: str) -> int:
        size = self._theme.px(_ICON)
        draw_icon(
            painter, icon, QRectF(left, (self.height() - size) / 2, size, size), self._theme.color(tone)
        )
        return left + size + self._theme.px(_GAP)

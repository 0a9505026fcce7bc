"""A box to tick, painted so that it can be seen in both schemes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.icons import draw_icon

HEIGHT = 40
BOX = 20
GAP = 10
EDGE = 4


class Tick(QCheckBox):
    """A check box: an outline, or a filled box with a tick in it; the ring shows the focus."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Room for box and words."""
        px = self._theme.px
        width = QFontMetrics(self._theme.font(13)).horizontalAdvance(self.text())
        return QSize(width + px(BOX + GAP) + 2 * EDGE + 2, self._theme.target(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As large as what it says."""
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        """Box and words are one target."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick, words and ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, size = self._theme, self._theme.px(BOX)
        box = QRectF(EDGE + 0.5, (self.height() - size) / 2, size, size)
        checked = self.isChecked()
        painter.setPen(QPen(theme.color("accent" if checked else "ink_3"), 1.4))
        painter.setBrush(theme.color("accent" if checked else "raised"))
        painter.drawRoundedRect(box, 4, 4)
        if checked:
            inset = size / 5
            draw_icon(painter, "check", box.adjusted(inset, inset, -inset, -inset), theme.color("on_accent"))
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("ink"))
        words = self.rect().adjusted(round(box.right()) + theme.px(GAP), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

"""The quiet corner of a card that opens everything else that can be done at its chair."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.board.card_paint import RING
from desktop_app.ui.theme import RADIUS_CONTROL, Theme
from desktop_app.ui.widgets.icons import draw_icon
from desktop_app.ui.widgets.pressable import Pressable

WIDTH, HEIGHT = 28, 40
_ICON = 14


class MoreButton(Pressable):
    """Three dots at the right of a card's head."""

    def __init__(self, theme: Theme, card: QWidget) -> None:
        super().__init__(theme, card)
        self.setToolTip("More (O)")

    def show_chair(self, chair: str, *, shown: bool) -> None:
        """Be the corner of a chair, or be hidden."""
        self.setAccessibleName(f"More, chair {chair}")
        self.setVisible(shown)

    def place(self, width: int) -> None:
        """Stand at the top right of a card of that width."""
        edge, wide = self._theme.px(RING + 2), self._theme.px(WIDTH)
        self.setGeometry(width - edge - wide, edge, wide, self._theme.target(HEIGHT))

    def sizeHint(self) -> QSize:
        """High enough for a finger."""
        return QSize(self._theme.px(WIDTH), self._theme.target(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dots, and a plate under the pointer or the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(self._theme.color("accent"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.tint("accent"))
            box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        size = self._theme.px(_ICON)
        spot = QRectF((self.width() - size) / 2, self._theme.px(11), size, size)
        draw_icon(painter, "more", spot, self._theme.color("ink_2"))

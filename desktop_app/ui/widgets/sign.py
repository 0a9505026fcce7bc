"""A small icon beside words that say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.icons import draw_icon

SIZE = 16


class Sign(QWidget):
    """A small icon beside words that say the same."""

    def __init__(self, theme: Theme, icon: str, tone: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._tone = tone
        self.setFixedSize(theme.px(SIZE), theme.px(SIZE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_icon(
            painter, self._icon, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._theme.color(self._tone)
        )

    def show_as(self, icon: str, tone: str) -> None:
        """Become another one."""
        self._icon, self._tone = icon, tone
        self.update()

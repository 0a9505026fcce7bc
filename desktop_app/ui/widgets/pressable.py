"""What is pressed and paints itself: a corner, a line or a row that is no push button to look at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.ui.theme import Theme


class Pressable(QAbstractButton):
    """A target that the mouse's hand, Tab and Space find; whoever is one draws it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space presses; Enter is the window's, which knows a scan from a press."""
        if event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()

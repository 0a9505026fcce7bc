"""How a window comes onto the screen: in its size, to the front, and what waits until it is drawn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

TITLE_BAR = 40
"""Pixels a desktop puts above a window, at most."""

SEEN_MS = 10
"""After its first paint a picture has reached the screen."""

SETTLED_MS = 50
"""After its first paint a window answers first whoever waits at it."""


def open_on_screen(window: QWidget) -> None:
    """Show a window in its own size, or over the whole screen where that has no room for it."""
    room = window.screen().availableGeometry()
    if window.width() > room.width() or window.height() + TITLE_BAR > room.height():
        window.showMaximized()
    else:
        window.show()


def bring_to_front(window: QWidget) -> None:
    """Show a window that may be hidden, minimised or behind others; one that is in front stays as it is."""
    if window.isActiveWindow() and not window.isMinimized():
        return
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def still_seen(widget: QWidget | None) -> QWidget | None:
    """Return a widget that can still be seen: rows are made anew while something stands over them."""
    return widget if widget is not None and isValid(widget) and widget.isVisible() else None


class AfterFirstPaint(QObject):
    """Does something once a window has been drawn for the first time: what no picture waits for."""

    def __init__(self, window: QWidget, act: Callable[[], object], *, within_ms: int = SETTLED_MS) -> None:
        super().__init__(window)
        self._within_ms = within_ms
        self._act = act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the paint go on, and act when it is done."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(self._within_ms, self._act)
        return False

"""What a touch became, said at the foot of the window: saved with its undo, or refused and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop_app.ui import words
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label, retone

_SHOWN_MS = 12_000
_MARGIN = 16
_INSIDE = (16, 4, 10, 4)
_GAP = 14
ROOM = 72
"""What a page that scrolls leaves free at its end, so that the news hides none of it."""


class Toast(QFrame):
    """One line of news over the window's foot.

    Signals:
        undo_wanted: the undo was pressed.
    """

    undo_wanted = Signal()

    def __init__(self, theme: Theme, over: QWidget, area: Callable[[], QRect]) -> None:
        super().__init__(over)
        self._theme = theme
        self._area = area
        self._is_refusal = False
        self.setMinimumHeight(theme.px(44))
        self._words = label("", wrap=True)
        self.undo_button = Button(theme, "Undo (Ctrl+Z)", kind=Kind.INVERSE)
        self.undo_button.setAccessibleName("Undo the last touch")
        self.undo_button.clicked.connect(self.undo_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(*_INSIDE)
        row.setSpacing(_GAP)
        row.addWidget(self._words)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return self._words.text() if self.isVisible() else ""

    def say_saved(self, said: str, *, can_undo: bool) -> None:
        """Say that a touch is on disk."""
        self._say(f"{said} · saved", refusal=False, can_undo=can_undo)

    def say_refused(self, why: str) -> None:
        """Say why a touch was not taken."""
        self._say(f"Not done. {words.sentence(why)}", refusal=True, can_undo=False)

    def say_late(self, text: str) -> None:
        """Say what became of touches that waited, some of them refused; it stays until the next news."""
        self._say(text, refusal=True, can_undo=False)
        self._timer.stop()

    def say(self, text: str) -> None:
        """Say something that is neither."""
        self._say(text, refusal=False, can_undo=False)

    def place(self) -> None:
        """Stand at the foot of the area, no wider than it; what does not fit is wrapped."""
        if self.isHidden():
            return
        area = self._area()
        beside = _INSIDE[0] + _INSIDE[2] + 2 * _MARGIN
        if not self.undo_button.isHidden():
            beside += _GAP + self.undo_button.sizeHint().width()
        self._words.ensurePolished()
        needed = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 4
        self._words.setFixedWidth(min(needed, area.width() - beside))
        self.adjustSize()
        left = area.left() + (area.width() - self.width()) // 2
        self.move(left, area.bottom() + 1 - self.height() - _MARGIN)

    def _say(self, text: str, *, refusal: bool, can_undo: bool) -> None:
        self._is_refusal = refusal
        retone(self._words, "alert" if refusal else "inverse")
        self._words.setText(text)
        self.undo_button.setVisible(can_undo)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)
        self.place()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("alert" if self._is_refusal else "ink"))
        painter.setBrush(self._theme.tint("alert") if self._is_refusal else self._theme.color("ink"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CARD, RADIUS_CARD)

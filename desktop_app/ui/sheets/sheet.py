"""A sheet: title, what is stamped, fields, and at most two ways on. Enter takes it, Esc keeps nothing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.ui import words
from desktop_app.ui.theme import RADIUS_CARD, Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label

WIDTH = 440
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_SCROLLS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ARROWS = {Qt.Key.Key_Down: True, Qt.Key.Key_Right: True, Qt.Key.Key_Up: False, Qt.Key.Key_Left: False}


class Sheet(QFrame):
    """One form over the window.

    Signals:
        confirmed(bool): take it; True asks for the instant of confirming.
        done: the sheet may go.
    """

    confirmed = Signal(bool)
    done = Signal()

    def __init__(self, theme: Theme, title: str, under: str = "", *, width: int = WIDTH) -> None:
        super().__init__()
        self.theme = theme
        self._writing: QLineEdit | None = None
        self._lettered: Mapping[Button, str] = {}
        self.setFixedWidth(theme.px(width))
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*(theme.px(20),) * 4)
        self.body.setSpacing(theme.px(10))
        self._title = label(title, size=16, heavy=True, wrap=True)
        self._under = label(under, size=12, tone="soft", wrap=True)
        self._problem = label("", size=12, tone="alert", wrap=True)
        self._problem.hide()
        head = QVBoxLayout()
        head.setSpacing(theme.px(2))
        head.addWidget(self._title)
        head.addWidget(self._under)
        self.body.addLayout(head)
        self._under.setVisible(bool(under))

    def say_under(self, text: str) -> None:
        """Say something else under the title."""
        self._under.setText(text)
        self._under.setVisible(bool(text))

    def show_problem(self, text: str) -> None:
        """Say in place why it cannot be taken; nothing was stored."""
        if self._problem.parentWidget() is None:
            self.body.addWidget(self._problem)
        self._problem.setText(words.sentence(text) if text else "")
        self._problem.setVisible(bool(text))

    @property
    def problem(self) -> str:
        """What the sheet says is wrong; empty when nothing is."""
        return self._problem.text()

    def add_row(self, *parts: QWidget | QLayout, spacing: int = 8) -> QHBoxLayout:
        """Add parts beside each other, of equal width."""
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(spacing))
        for part in parts:
            if isinstance(part, QWidget):
                row.addWidget(part, 1)
            else:
                row.addLayout(part, 1)
        self.body.addLayout(row)
        return row

    def add_ways_on(self, back: str, on: str, *, hint: str = "Enter") -> tuple[Button, Button]:
        """Add the last row: the way back, and the way on that Enter takes."""
        backwards = Button(self.theme, back, hint="Esc")
        forwards = Button(self.theme, on, kind=Kind.PRIMARY, hint=hint)
        backwards.clicked.connect(self.done)
        forwards.clicked.connect(lambda: self.confirm(now=False))
        self.body.addWidget(self._problem)
        self.add_row(backwards, forwards)
        return backwards, forwards

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says; ``now`` asks for the instant of confirming."""
        self.confirmed.emit(now)

    def take_scan(self, _text: str) -> bool:
        """Take a scan that no field took; False where it means nothing to this sheet."""
        return False

    def take_other_way(self) -> None:
        """Go the other way on, where a sheet has one for Ctrl+Enter; else what Enter takes."""
        self._enter(now=False)

    def first_field(self) -> QWidget | None:
        """The control that has the focus when the sheet opens; none where the sheet is only read."""
        return None

    def take_letter(self, letter: str, when: When) -> bool:  # noqa: ARG002 - for sheets that have some
        """Do what a letter stands for in this sheet, at the instant of its key; False when it has none."""
        return False

    def show_keys_outside(self, edit: QLineEdit, keys: Mapping[Button, str]) -> None:
        """Show the letters of buttons only while a field does not have the keyboard: there they are text."""
        self._writing, self._lettered = edit, keys
        edit.installEventFilter(self)

    def go_by_arrow(self, event: QKeyEvent) -> bool:
        """Go to the next control with an arrow, or to the one before; False for any other key."""
        forward = _ARROWS.get(Qt.Key(event.key()))
        if forward is not None:
            self.focusNextPrevChild(forward)
        return forward is not None

    def _enter(self, *, now: bool) -> None:
        """Press the focused button; from a field or a chip, take the sheet."""
        focused = self.focusWidget()
        if isinstance(focused, Button) and not focused.isCheckable() and not now:
            focused.click()
        else:
            self.confirm(now=now)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, Shift+Enter takes it with this instant, Esc keeps nothing; what is read scrolls."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take_other_way()
        elif event.key() in _ENTER:
            self._enter(now=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif self.hasFocus() and event.key() in _SCROLLS:
            event.ignore()
        else:
            event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard into the field that takes letters as text, and out of it."""
        if watched is self._writing and event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            for button, key in self._lettered.items():
                button.show_hint("" if event.type() == QEvent.Type.FocusIn else key.upper())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the plate."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(self.theme.color("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), RADIUS_CARD, RADIUS_CARD)

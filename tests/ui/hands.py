"""Two hands for the window: one that only types, one that only clicks."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui.board.card import Card
from desktop_app.ui.keys import QUIET_MS, SEPARATOR
from desktop_app.ui.sheets import first_match
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.widgets.second_press import SECOND_PRESS_MS
from desktop_app.ui.window import MainWindow

W = TypeVar("W", bound=QWidget)
S = TypeVar("S", bound=Sheet)


GOES = frozenset(
    {
        Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left,
        Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip


def focused() -> QWidget:
    """Return the control that has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


class Typist:
    """Presses keys on whatever has the focus, and counts."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot = qtbot
        self._window = window
        self._last: Qt.Key | str = ""
        self._since = QElapsedTimer()
        self.touches = 0

    def press(
        self, key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key; letters on the board take a blink, so wait it out."""
        self.touches += 1
        self._mean_it(key)
        # The typed stub knows keys, Qt itself also characters.
        QTest.keyClick(focused(), key, modifier)  # type: ignore[arg-type]
        # What it did may have taken long; whoever rests, rests after it.
        self._since.start()
        self._qtbot.waitUntil(lambda: not self._window.keyboard.reader.is_waiting)

    def enter(self, text: str) -> None:
        """Type a text into the focused field and press Enter: one touch."""
        self.touches += 1
        assert isinstance(focused(), QLineEdit)
        QTest.keyClicks(focused(), text)
        self._qtbot.waitUntil(lambda: not self._window.keyboard.reader.is_waiting)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        self._pressed(Qt.Key.Key_Return)

    def _mean_it(self, key: Qt.Key | str) -> None:
        """Rest before the same key is pressed again: a hand that hits a key twice means it once.

        Keys that only go somewhere go on as fast as they are hit.
        """
        if key == self._last and key not in GOES:
            self._qtbot.waitUntil(lambda: self._since.hasExpired(SECOND_PRESS_MS + 10))
        self._pressed(key)

    def _pressed(self, key: Qt.Key | str) -> None:
        self._last = key
        self._since.start()

    def type(self, text: str) -> None:
        """Type a text into the focused field and leave it at that: one touch."""
        self.touches += 1
        assert isinstance(focused(), QLineEdit)
        QTest.keyClicks(focused(), text)
        self._qtbot.waitUntil(lambda: not self._window.keyboard.reader.is_waiting)

    def scan(self, text: str) -> None:
        """Type as a scanner does: all at once, a separator as Ctrl+], then Enter."""
        self.touches += 1
        target = focused()
        for place, part in enumerate(text.split(SEPARATOR)):
            if place:
                control = Qt.KeyboardModifier.ControlModifier
                key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_BracketRight, control, SEPARATOR)
                QApplication.sendEvent(target, key)
            QTest.keyClicks(target, part)
        QTest.keyClick(target, Qt.Key.Key_Return)
        self._last = ""
        self._put_scanner_down()

    def _put_scanner_down(self) -> None:
        """Wait as long as a scanner may need for a second end: a hand is never as quick."""
        passed = QElapsedTimer()
        passed.start()
        self._qtbot.waitUntil(lambda: passed.hasExpired(QUIET_MS + 10))


def read_question(qtbot: QtBot) -> None:
    """Take the time that it takes to read which of several drugs is chosen."""
    passed = QElapsedTimer()
    passed.start()
    qtbot.waitUntil(lambda: passed.hasExpired(first_match.READ_MS + 10))


class Mouse:
    """Clicks on controls, and counts."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.touches = 0

    def click(self, widget: QWidget) -> None:
        """Click the middle of a control that can be seen and pressed."""
        assert widget.isVisible(), f"{widget.accessibleName()} cannot be seen"
        assert widget.isEnabled(), f"{widget.accessibleName()} cannot be pressed"
        self.touches += 1
        card = widget.parentWidget()
        if isinstance(card, Card):
            self._qtbot.waitUntil(lambda: card.takes_press)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def click_at(self, widget: QWidget, at: QPoint) -> None:
        """Click a point of a control."""
        self.touches += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)


def sheet(window: MainWindow) -> Sheet:
    """Return the sheet that is open."""
    found = window.sheets.sheet
    assert found is not None, "no sheet is open"
    return found


def sheet_of(window: MainWindow, kind: type[S]) -> S:
    """Return the sheet that is open, which is of a kind."""
    found = window.sheets.sheet
    assert isinstance(found, kind), f"{found} is open"
    return found


def says(widget: QWidget, text: str) -> bool:
    """Return whether a label that can be seen says just that."""
    return any(label.text() == text and label.isVisible() for label in widget.findChildren(QLabel))


def shown(qtbot: QtBot, root: QWidget, kind: type[W]) -> list[W]:
    """Return the controls of a kind that can be seen under a widget, once any can."""

    def visible() -> list[W]:
        return [widget for widget in root.findChildren(kind) if widget.isVisible()]

    qtbot.waitUntil(lambda: bool(visible()))
    return visible()

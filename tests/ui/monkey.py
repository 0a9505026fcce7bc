"""A monkey at the real window: keys, texts, scans and clicks by chance, the same ones for the same seed."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop_app.ui.on_screen import bring_to_front
from desktop_app.ui.window import MainWindow

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYS = [Qt.Key(ord(letter)) for letter in "SXPAMEUTRLKGVDBHFZYJICOWN1234567890"] + [
    Qt.Key.Key_Return,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Right,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_F1,
]
CONTROL_KEYS = [Qt.Key(ord(key)) for key in "ZKLTQD1234"] + [Qt.Key.Key_Return]
"""With Control: undo, search, lock, strip, quit, a star, the four pages, the page's main action."""
WORDS = ("0004821", "van", "infl", "saline", "10:31", "pump log", "RM", "-5", "8", "60")
SCANS = ("MRN4478123", "MRN4478124", "0100312345678906" + "17271231" + "10LOT7", "XPEU")
SIZES = ((1440, 900), (1280, 720), (1024, 640))
TRAIL = 12


def let_events_through() -> None:
    """Let Qt do what it does between two touches, and delete what was put away: no loop runs here."""
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Monkey:
    """Touches whatever is there, and remembers its last touches for whoever has to find a fault."""

    def __init__(self, window: MainWindow, choice: random.Random) -> None:
        self._window = window
        self._choice = choice
        self.trail: deque[str] = deque(maxlen=TRAIL)
        deeds: list[tuple[Callable[[], None], int]] = [
            (self._key, 40), (self._key_with_control, 4), (self._confirm_now, 2), (self._text, 13),
            (self._scan, 4), (self._button, 30), (self._point, 8), (self._resize, 1), (self._beside, 2),
            (self._back_to_the_chairs, 6), (self._sign_or_send, 2), (self._go_on, 6),
        ]  # fmt: skip
        self._deeds = [deed for deed, _ in deeds]
        self._weights = [weight for _, weight in deeds]

    def touch(self) -> None:
        """Make one touch."""
        (deed,) = self._choice.choices(self._deeds, self._weights)
        deed()

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.trail.append(f"{modifier.name} {key.name}")
        QTest.keyClick(self._focused(), key, modifier)

    def _key(self) -> None:
        self._press(self._choice.choice(KEYS))

    def _key_with_control(self) -> None:
        self._press(self._choice.choice(CONTROL_KEYS), CONTROL)

    def _back_to_the_chairs(self) -> None:
        """Do as a nurse does who has looked at something else: most of a day is on the board."""
        for key, modifier in ((Qt.Key.Key_Escape, NO_MODIFIER), (Qt.Key.Key_1, CONTROL)):
            self._press(key, modifier)

    def _sign_or_send(self) -> None:
        """Go to the review or the export and take what the page is for."""
        for key in (self._choice.choice([Qt.Key.Key_2, Qt.Key.Key_3]), Qt.Key.Key_Return):
            self._press(key, CONTROL)

    def _confirm_now(self) -> None:
        self._press(*self._choice.choice([(Qt.Key.Key_Return, SHIFT), (Qt.Key.Key_Tab, SHIFT)]))

    def _text(self) -> None:
        self._write(self._choice.choice(WORDS))

    def _scan(self) -> None:
        self._write(self._choice.choice(SCANS))

    def _write(self, text: str) -> None:
        self.trail.append(f"text {text}")
        QTest.keyClicks(self._focused(), text)
        QTest.keyClick(self._focused(), Qt.Key.Key_Return)

    def _button(self) -> None:
        if buttons := self._buttons():
            button = self._choice.choice(buttons)
            self.trail.append(f"button {button.accessibleName() or button.text()}")
            button.click()

    def _buttons(self) -> list[QAbstractButton]:
        found = [button for root in self._roots() for button in root.findChildren(QAbstractButton)]
        return [button for button in found if button.isVisible() and button.isEnabled()]

    def _roots(self) -> list[QWidget]:
        """Return what a hand could reach: the sheet that is open, else the whole window, and the strip."""
        window = self._window
        strip = window.beside.strip
        root: QWidget = window.sheets if window.sheets.sheet is not None else window
        return [root, strip] if strip.isVisible() else [root]

    def _go_on(self) -> None:
        """Take what a sheet asks, as a nurse does: no key of a monkey rests long enough for that."""
        ways = (getattr(self._window.sheets.sheet, name, None) for name in ("go", "seat"))
        on = next((way for way in ways if isinstance(way, QAbstractButton)), None)
        if on is not None and on.isVisible() and on.isEnabled():
            self.trail.append(f"on: {on.text()}")
            on.click()

    def _point(self) -> None:
        """Click anywhere, with either button."""
        window = self._window
        at = QPoint(self._choice.randrange(window.width()), self._choice.randrange(window.height()))
        button = self._choice.choice([Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
        hit = window.childAt(at) or window
        self.trail.append(f"{button.name} at {at.x()}, {at.y()}: {type(hit).__name__}")
        QTest.mouseClick(hit, button, pos=hit.mapFrom(window, at))

    def _resize(self) -> None:
        size = self._choice.choice(SIZES)
        self.trail.append(f"size {size}")
        self._window.resize(*size)

    def _beside(self) -> None:
        """Hide the window and bring it back, as its icon in the tray does."""
        self.trail.append("hide and show")
        self._window.close()
        let_events_through()
        bring_to_front(self._window)

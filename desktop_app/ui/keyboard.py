"""What each key does in the window, once no field and no sheet has taken it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton

from desktop_app.core.decisions import When
from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.keys import ENTER, KeyReader, chair_of
from desktop_app.ui.sheets.keys_sheet import KeysSheet

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow

LETTERS = {
    "s": Deed.START_NEXT,
    "a": Deed.START,
    "x": Deed.STOP,
    "p": Deed.PAUSE_OR_RESUME,
    "t": Deed.STOPPED_AT,
    "m": Deed.MARK,
    "e": Deed.END,
    "r": Deed.REVIEW,
}
"""The letters of the board, each with its deed at the chosen chair."""
PAGE_KEYS = {
    Qt.Key.Key_1: "board",
    Qt.Key.Key_2: "review",
    Qt.Key.Key_3: "export",
    Qt.Key.Key_4: "settings",
}
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Keyboard(QObject):
    """Turns keys into what the window can do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._chair_before = ""
        self.reader = KeyReader(window.station.stamp, self)
        self.reader.began.connect(self._remember_chair)
        self.reader.digits.connect(self._digits)
        self.reader.letter.connect(self._letter)
        self.reader.scanned.connect(self._scanned)

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it asks for nothing."""
        if self._window.page == "welcome":
            return event.key() in ENTER and self._press_focused()
        if self._with_control(event) or self._alone(event) or self.reader.take(event):
            return True
        return event.key() in ENTER and self._press_focused()

    def _with_control(self, event: QKeyEvent) -> bool:
        if not event.modifiers() & _CONTROL:
            return False
        window, key = self._window, Qt.Key(event.key())
        deeds: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Z: window.undo,
            Qt.Key.Key_K: window.begin_search,
            **dict.fromkeys(ENTER, self._main_action),
        }
        deed = deeds.get(key)
        if deed is not None:
            deed()
        elif key in PAGE_KEYS:
            window.show_page(PAGE_KEYS[key])
        return deed is not None or key in PAGE_KEYS

    def _alone(self, event: QKeyEvent) -> bool:
        window = self._window
        if event.key() == Qt.Key.Key_F1:
            window.sheets.open(KeysSheet(window.theme))
        elif event.key() == Qt.Key.Key_Escape:
            window.show_page("board")
        else:
            return False
        return True

    def _main_action(self) -> None:
        if self._window.page == "review":
            self._window.review.sign()
        elif self._window.page == "export":
            self._window.export.export()

    def _press_focused(self) -> bool:
        focused = self._window.focusWidget()
        if isinstance(focused, Card):
            focused.enter()
        elif isinstance(focused, QAbstractButton):
            focused.click()
        elif self._window.page == "welcome":
            self._window.welcome.finish()
        return True

    def _remember_chair(self) -> None:
        self._chair_before = self._window.board.chair

    def _scanned(self, text: str) -> None:
        """Take a scan; its digits chose no chair."""
        self._window.board.choose(self._chair_before)
        self._window.search(text, scanned=True)

    def _digits(self, digits: str) -> None:
        chair = chair_of(digits, self._window.station.desk.suite.chairs)
        if chair is not None and self._window.page == "board":
            self._window.board.focus(chair)

    def _letter(self, letter: str, when: When) -> None:
        if letter == "u":
            self._window.undo(when)
        elif letter in LETTERS and self._window.page == "board":
            perform(self._window.station, LETTERS[letter], self._window.board.chair, when)

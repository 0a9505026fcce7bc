"""The keyboard of the board, and the scanner, which is a keyboard too.

A digit chooses a chair at once; a second one soon after makes it a chair of two digits. A
letter waits a blink, because a scanner types far faster than a hand: many characters in one
burst and Enter are a scan and never a command. The instant of a command is that of its key.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.core.decisions import When

BURST_MS = 45
TWO_DIGITS_MS = 900
SHORTEST_SCAN = 4
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class KeyReader(QObject):
    """Tells digits, letters and scans apart.

    Signals:
        began: the first key after a while; a scan may follow.
        digits(str): a chair's digits so far.
        letter(str, When): a command's letter, with its instant.
        scanned(str): a whole scan.
    """

    began = Signal()
    digits = Signal(str)
    letter = Signal(str, object)
    scanned = Signal(str)

    def __init__(self, stamp: Callable[[], When], parent: QObject) -> None:
        super().__init__(parent)
        self._stamp = stamp
        self._burst = ""
        self._letters: list[tuple[str, When]] = []
        self._chair = ""
        self._since_key = QElapsedTimer()
        self._since_digit = QElapsedTimer()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(BURST_MS)
        self._flush.timeout.connect(self._send_letters)

    @property
    def is_waiting(self) -> bool:
        """Whether a letter is held back, because it may be the first of a scan."""
        return self._flush.isActive()

    def take(self, event: QKeyEvent) -> bool:
        """Take a key; False when it is none of the reader's."""
        if event.key() in ENTER:
            return self._take_enter()
        text = event.text()
        if not text.isprintable() or len(text) != 1 or event.modifiers() & ~_PLAIN:
            return False
        self._add(text)
        return True

    def _take_enter(self) -> bool:
        burst = self._burst if self._in_burst() else ""
        self._burst = ""
        if len(burst) >= SHORTEST_SCAN:
            self._letters.clear()
            self._flush.stop()
            self.scanned.emit(burst)
            return True
        self._send_letters()
        return False

    def _add(self, text: str) -> None:
        if not self._in_burst():
            self._burst = ""
            self.began.emit()
        self._burst += text
        self._since_key.start()
        if text.isdigit():
            self._add_digit(text)
        elif text.isalpha():
            self._letters.append((text.lower(), self._stamp()))
            self._flush.start()

    def _add_digit(self, text: str) -> None:
        soon = self._since_digit.isValid() and self._since_digit.elapsed() < TWO_DIGITS_MS
        self._chair = (self._chair + text)[-2:] if soon else text
        self._since_digit.start()
        if len(self._burst) < SHORTEST_SCAN:
            self.digits.emit(self._chair)

    def _in_burst(self) -> bool:
        return self._since_key.isValid() and self._since_key.elapsed() <= BURST_MS

    def _send_letters(self) -> None:
        letters, self._letters = self._letters, []
        if len(letters) == 1:
            self.letter.emit(*letters[0])


_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def chair_of(digits: str, chairs: tuple[str, ...]) -> str | None:
    """Return the chair of that label, else the one at that place; 0 is the tenth."""
    for typed in (digits, digits[-1:]):
        if typed in chairs:
            return typed
        place = 10 if typed == "0" else int(typed or 0)
        if 1 <= place <= len(chairs) and not chairs[place - 1].isdigit():
            return chairs[place - 1]
    tenth = digits[-1:] == "0" and "10" in chairs
    return "10" if tenth else None

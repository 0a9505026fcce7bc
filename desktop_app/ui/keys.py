"""The keyboard of the board, and the scanner, which is a keyboard too.

A digit chooses a chair at once; a second one soon after makes it a chair of two digits. A
letter waits a blink, because a scanner types far faster than a hand: many characters in one
burst and Enter are a scan and never a command. The instant and the chair of a command are
those of its key, however late it is acted on; how fast keys came is told by their own times,
because a busy window takes slow keys in one go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.core.decisions import When

BURST_MS = 45
SCAN_BURST_MS = 150
"""A scanner may halt for a moment; whoever has typed four keys in bursts is none but a scanner."""
TWO_DIGITS_MS = 900
SHORTEST_SCAN = 4
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Command(NamedTuple):
    """A letter that was pressed, when, and the chair that was chosen then."""

    letter: str
    when: When
    chair: str


class KeyReader(QObject):
    """Tells digits, letters and scans apart.

    Signals:
        began: the first key after a while; a scan may follow.
        digits(str): a chair's digits so far.
        command(Command): a letter that is no part of a scan.
        scanned(str): a whole scan.
    """

    began = Signal()
    digits = Signal(str)
    command = Signal(object)
    scanned = Signal(str)

    def __init__(self, stamp: Callable[[], When], chosen_chair: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._stamp = stamp
        self._chosen_chair = chosen_chair
        self._burst = ""
        self._commands: list[Command] = []
        self._number = ""
        self._key_ms: int | None = None
        self._digit_ms: int | None = None
        self._running = QElapsedTimer()
        self._running.start()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self.settle)

    @property
    def is_waiting(self) -> bool:
        """Whether a letter is held back, because it may be the first of a scan."""
        return self._flush.isActive()

    def take(self, event: QKeyEvent) -> bool:
        """Take a key; False when it is none of the reader's."""
        # Some platforms give a key no time; then it is the moment it is handled.
        at_ms = event.timestamp() or self._running.elapsed()
        if event.key() in ENTER:
            return self._take_enter(at_ms)
        text = event.text()
        if not text.isprintable() or len(text) != 1 or event.modifiers() & ~_PLAIN:
            return False
        # A key that is held down was pressed once.
        if not event.isAutoRepeat():
            self._add(text, at_ms)
        return True

    def settle(self) -> None:
        """Act on the letters held back, in their order: they are no scan."""
        self._flush.stop()
        commands, self._commands = self._commands, []
        for command in commands:
            self.command.emit(command)

    def _take_enter(self, at_ms: int) -> bool:
        burst = self._burst if self._in_burst(at_ms) else ""
        self._burst = ""
        if len(burst) >= SHORTEST_SCAN:
            self._commands.clear()
            self._flush.stop()
            self._number = ""
            self.scanned.emit(burst)
            return True
        self.settle()
        return False

    def _add(self, text: str, at_ms: int) -> None:
        if not self._in_burst(at_ms):
            self._burst = ""
            self.settle()
            self.began.emit()
        self._burst += text
        self._key_ms = at_ms
        if is_digit(text):
            self._add_digit(text, at_ms)
        elif text.isalpha():
            self._number = ""
            self._commands.append(Command(text.lower(), self._stamp(), self._chosen_chair()))
        if self._commands:
            self._flush.start(self._gap_ms)

    def _add_digit(self, text: str, at_ms: int) -> None:
        soon = _within(self._digit_ms, at_ms, TWO_DIGITS_MS)
        self._number = (self._number + text)[-2:] if soon else text
        self._digit_ms = at_ms
        self.digits.emit(self._number)

    @property
    def _gap_ms(self) -> int:
        return BURST_MS if len(self._burst) < SHORTEST_SCAN else SCAN_BURST_MS

    def _in_burst(self, at_ms: int) -> bool:
        return _within(self._key_ms, at_ms, self._gap_ms)


def is_digit(text: str) -> bool:
    """Return whether a text is plain digits; a superscript is none."""
    return text.isascii() and text.isdigit()


def chair_of(digits: str, chairs: tuple[str, ...]) -> str | None:
    """Return the chair of that label, else the one at that place; 0 is the tenth."""
    for typed in (digits, digits[-1:]):
        if typed in chairs:
            return typed
        if not is_digit(typed):
            continue
        place = 10 if typed == "0" else int(typed)
        if 1 <= place <= len(chairs) and not is_digit(chairs[place - 1]):
            return chairs[place - 1]
    tenth = digits[-1:] == "0" and "10" in chairs
    return "10" if tenth else None


def _within(before_ms: int | None, at_ms: int, most_ms: int) -> bool:
    return before_ms is not None and 0 <= at_ms - before_ms <= most_ms

"""The keyboard of the board, and the scanner, which is a keyboard too.

A scanner types far faster than a hand: keys in one burst and Enter are a scan and never
commands. So a key waits a blink before it acts, and acts only if it came alone. The instant
and the chair of a command are those of its key, however late it is acted on; how fast keys
came is told by their own times, because a busy window takes slow keys in one go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from desktop_app.core.decisions import When
from desktop_app.core.values import dataclass
from desktop_app.ui.twice import Twice

QUIET_MS = 150
"""A key acts alone only if no other came within this, before it or after it."""
TWO_DIGITS_MS = 900
SHORTEST_SCAN = 4
MOST_DIGITS = 2
SPACE = " "
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
SEPARATOR = "\x1d"
"""What a scanner types between two parts of a vial's barcode, as Ctrl+]."""
_ENDS = frozenset({"\r", "\n"})
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True, slots=True)
class Command:
    """A letter that was pressed, when, and the chair that was chosen then."""

    letter: str
    when: When
    chair: str
    at_ms: int
    """The key's own time, by which a second press of it is told."""
    typed: str = ""
    """The letter as it was typed."""


class Burst:
    """The characters that came one right behind another."""

    def __init__(self, gap_ms: int) -> None:
        self._gap_ms = gap_ms
        self._last_ms: int | None = None
        self.text = ""

    def goes_on(self, at_ms: int) -> bool:
        """Whether a key at that time is still of the burst."""
        return bool(self.text) and within(self._last_ms, at_ms, self._gap_ms)

    def add(self, text: str, at_ms: int) -> None:
        """Add a character, to this burst or as the first of the next."""
        self.text = self.text + text if self.goes_on(at_ms) else text
        self._last_ms = at_ms

    def end(self, at_ms: int) -> str:
        """Return what came in the burst that a key at that time ends, and forget it."""
        text = self.text if self.goes_on(at_ms) else ""
        self.text = ""
        return text


class KeyReader(QObject):
    """Tells digits, letters and scans apart.

    Signals:
        digits(str): a chair's digits so far.
        command(Command): a letter that came alone.
        space: a space that came alone.
        too_fast(str): keys that came like a scan's and were none; nothing was done.
        scanned(str): a whole scan.
    """

    digits = Signal(str)
    command = Signal(object)
    space = Signal()
    too_fast = Signal(str)
    scanned = Signal(str)

    def __init__(self, stamp: Callable[[], When], chosen_chair: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._stamp = stamp
        self._chosen_chair = chosen_chair
        self._burst = Burst(QUIET_MS)
        self._command: Command | None = None
        self._number = ""
        self._digit_ms: int | None = None
        self.twice = Twice()
        """Knows the last letter that was acted on, until another key comes."""
        self._running = QElapsedTimer()
        self._running.start()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.timeout.connect(self._look_again)

    @property
    def is_waiting(self) -> bool:
        """Whether keys came so lately that the next may be of the same burst."""
        return self._flush.isActive() or bool(self._burst.text)

    def time_of(self, event: QKeyEvent) -> int:
        """Return when a key was pressed, in ms; some platforms do not say, then it is now."""
        return event.timestamp() or self._running.elapsed()

    def wait(self) -> None:
        """Wait for the next key of a burst."""
        self._flush.start(QUIET_MS)

    def take(self, event: QKeyEvent) -> bool:
        """Take a key; False when it is none of the reader's."""
        at_ms = self.time_of(event)
        if ends_scan(event):
            return self._take_end(at_ms)
        if not is_character(event):
            return False
        # A key that is held down was pressed once.
        if not event.isAutoRepeat():
            self._add(event.text(), at_ms)
        return True

    def command_of(self, letter: str, at_ms: int) -> Command:
        """Return a letter as a command of this instant, at the chair that is chosen."""
        return Command(letter.lower(), self._stamp(), self._chosen_chair(), at_ms, letter)

    def settle(self) -> None:
        """Act on the keys held back: they are no scan."""
        self._flush.stop()
        held, self._burst.text = self._burst.text, ""
        command, self._command = self._command, None
        if is_digit(held) and len(held) <= MOST_DIGITS:
            self.digits.emit(self._number)
        elif command is not None and is_chair_and_letter(held):
            # The chair first: the letter is about the one that it was pressed behind, at its own instant.
            self.digits.emit(held[:-1])
            self.command.emit(replace(command, chair=self._chosen_chair()))
        elif len(held) > 1 and not (command is not None and is_one_letter(held)):
            self._number = ""
            self.too_fast.emit(held)
        elif command is not None:
            self.command.emit(command)
        elif held == SPACE:
            self.space.emit()

    def end_number(self) -> None:
        """Let the next digit begin another number."""
        self._number = ""

    def _look_again(self) -> None:
        """A busy window may have keys that it has not taken yet; they go first."""
        QTimer.singleShot(0, self, self._settle_if_quiet)

    def _settle_if_quiet(self) -> None:
        if not self._flush.isActive():
            self.settle()

    def _take_end(self, at_ms: int) -> bool:
        burst = self._burst.text if self._burst.goes_on(at_ms) else ""
        if len(burst) >= SHORTEST_SCAN:
            self._burst.text, self._command, self._number = "", None, ""
            self.wait()
            self.scanned.emit(burst)
            return True
        self.settle()
        self._number = ""
        is_chair = is_digit(burst) and len(burst) <= MOST_DIGITS
        return bool(burst) and not is_chair

    def _add(self, text: str, at_ms: int) -> None:
        if not self._burst.goes_on(at_ms):
            self.settle()
        self._burst.add(text, at_ms)
        if is_digit(text):
            self._add_digit(text, at_ms)
        elif text.isalpha() and not (self._command is not None and is_one_letter(self._burst.text)):
            self._number = ""
            self._command = self.command_of(text, at_ms)
        self.wait()

    def _add_digit(self, text: str, at_ms: int) -> None:
        self.twice.forget()
        soon = within(self._digit_ms, at_ms, TWO_DIGITS_MS)
        self._number = (self._number + text)[-MOST_DIGITS:] if soon else text
        self._digit_ms = at_ms


def is_character(event: QKeyEvent) -> bool:
    """Return whether a key writes one character, without Ctrl or Alt, or a scanner's separator."""
    text = event.text()
    if text == SEPARATOR:
        return True
    return len(text) == 1 and text.isprintable() and not event.modifiers() & ~_PLAIN


def ends_scan(event: QKeyEvent) -> bool:
    """Return whether a key is Enter, but not Ctrl+Enter; some scanners send a line feed, as Ctrl+J."""
    if event.key() in ENTER:
        return not event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return event.text() in _ENDS


def is_one_letter(text: str) -> bool:
    """Return whether a text is one letter, however often it was hit: it was meant once."""
    return len(set(text.casefold())) == 1 and text.isalpha()


def is_chair_and_letter(text: str) -> bool:
    """Return whether a text is a chair's number and one letter behind it, hit with two hands."""
    return 1 < len(text) <= MOST_DIGITS + 1 and is_digit(text[:-1]) and text[-1].isalpha()


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


def within(before_ms: int | None, at_ms: int, most_ms: int) -> bool:
    """Return whether one time is at most so long after another."""
    return before_ms is not None and 0 <= at_ms - before_ms <= most_ms

"""The first to see a key, before any field, button or sheet: a scan must not type into what is open.

A scanner ends with Enter, and Enter takes a sheet. So keys that come like a scan's are told
here, above the sheets, and reach only the fields that are meant for scans.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QWidget,
)

from desktop_app.core.values import dataclass
from desktop_app.ui.held import Held, as_repeat
from desktop_app.ui.keys import (
    ENTER,
    QUIET_MS,
    SHORTEST_SCAN,
    SPACE,
    Burst,
    Command,
    KeyReader,
    ends_scan,
    is_character,
    within,
)
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.twice import Twice
from desktop_app.ui.widgets.fields import keep_scan, leaves_letters, takes_scans

FIELD_GAP_MS = 100
"""In a field a hand types too; keys closer than this, and Enter as close, are a scanner's."""
_SHIFTS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_CapsLock})


@dataclass(frozen=True, slots=True)
class _Before:
    """What stood in a field before the first key of a burst."""

    text: str
    cursor: int
    is_selected: bool = False
    put_back: Callable[[], None] | None = None
    """Puts back the rest of the sheet the field is in."""

    def restore(self, field: QLineEdit) -> None:
        """Write it into the field again."""
        field.setText(self.text)
        field.setCursorPosition(self.cursor)
        if self.is_selected:
            field.selectAll()
        if self.put_back is not None:
            self.put_back()


class ScanGate(QObject):
    """Watches whatever has the keyboard in one window."""

    def __init__(
        self, window: QWidget, sheets: SheetHost, reader: KeyReader, scanned: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._sheets = sheets
        self._reader = reader
        self._scanned = scanned
        self.lock: Callable[[], None] = lambda: None
        """Locks the window: this key is never kept by a sheet or a field."""
        self._burst = Burst(FIELD_GAP_MS)
        self._before = _Before("", 0)
        self._letter: Command | None = None
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.timeout.connect(self._take_letter)
        self._scan_ms: int | None = None
        self._end_ms = 0
        self._twice = Twice()
        self._held = Held()
        self.is_open = True
        reader.scanned.connect(self._tell)
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)

    def _admit(self, target: QWidget, event: QKeyEvent) -> bool:
        """Return whether the key has been dealt with."""
        ends = ends_scan(event)
        is_text = isinstance(target, _text_fields())
        if event.isAutoRepeat() and (ends or event.key() in ENTER or (is_character(event) and not is_text)):
            return True
        if self._sheets.sheet is not None and (ends or event.key() in ENTER):
            self._sheets.entered.start()
        if not self.is_open:
            return False
        at_ms = self._reader.time_of(event)
        if ends:
            # A scanner may end with two keys, such as Enter and a line feed.
            if within(self._scan_ms, at_ms, QUIET_MS):
                return True
            self._end_ms = at_ms
        if self._is_second_enter(target, event, at_ms):
            return True
        if isinstance(target, QLineEdit):
            return self._in_field(target, event, at_ms)
        return not is_text and self._elsewhere(target, event)

    def _is_second_enter(self, target: QWidget, event: QKeyEvent, at_ms: int) -> bool:
        """Return whether Enter was hit twice: the first may have opened what the second would take."""
        if not is_character(event) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._reader.twice.forget()
        if event.key() in ENTER and not isinstance(target, _many_lines()):
            return self._twice.is_second("enter", at_ms)
        self._twice.forget()
        return False

    def _elsewhere(self, target: QWidget, event: QKeyEvent) -> bool:
        if self._sheets.sheet is not None:
            if not is_character(event) and not ends_scan(event):
                self._reader.settle()
            # A digit may choose among a sheet's buttons; it takes nothing, so it need not wait.
            return self._reader.take(event) and not event.text().isdecimal()
        is_press = event.text() == SPACE and isinstance(target, QAbstractButton)
        return is_press and self._reader.take(event)

    def _in_field(self, field: QLineEdit, event: QKeyEvent, at_ms: int) -> bool:
        if ends_scan(event):
            return self._end_in_field(field, event, at_ms)
        if not is_character(event):
            self._burst.text = ""
            return False
        if not self._burst.goes_on(at_ms):
            sheet, text = self._sheets.sheet, field.text()
            whole = bool(text) and field.selectedText() == text
            self._before = _Before(
                text, field.cursorPosition(), whole, sheet.remembered() if sheet is not None else None
            )
        self._burst.add(event.text(), at_ms)
        # A letter after a space is the name of an offset: 1:30 EDT, where clocks are put back.
        is_letter = event.text().isalpha() and leaves_letters(field) and " " not in field.text()
        if is_letter:
            self._letter = self._reader.command_of(event.text(), at_ms)
            self._alone.start(QUIET_MS)
        self._reader.wait()
        return is_letter

    def _take_letter(self) -> None:
        """Give a letter that came alone to the sheet; of a scan it is only the beginning."""
        if self._letter is not None and self._burst.text.lower() == self._letter.letter:
            self._burst.text = ""
            self._reader.command.emit(self._letter)
        self._letter = None

    def _end_in_field(self, field: QLineEdit, event: QKeyEvent, at_ms: int) -> bool:
        text = self._burst.end(at_ms)
        if len(text) < SHORTEST_SCAN:
            return False
        if not takes_scans(field):
            self._before.restore(field)
            self._tell(text)
            return True
        self._twice.forget()
        keep_scan(field, text)
        if event.key() not in ENTER:
            enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            self._scan_ms = None
            QCoreApplication.sendEvent(field, enter)
            self._scan_ms = at_ms
            return True
        self._scan_ms = at_ms
        return False

    def _tell(self, text: str) -> None:
        self._scan_ms = self._end_ms
        self._twice.forget()
        self._reader.wait()
        self._scanned(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a key once, at whatever has the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            self._held.let_go(event)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if self._held.goes_on(event):
            QCoreApplication.sendEvent(watched, as_repeat(event))
            return True
        target = QApplication.focusWidget() or self._window
        if watched is not target or event.key() in _SHIFTS or not isinstance(watched, QWidget):
            return False
        if self.is_open and _locks(event):
            self.lock()
            return True
        return self._admit(watched, event)


def _locks(event: QKeyEvent) -> bool:
    is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return is_control and event.key() == Qt.Key.Key_L and not event.isAutoRepeat()


@cache
def _many_lines() -> tuple[type[QWidget], ...]:
    """Return the kinds of field in which Enter begins a line; they are loaded with the first key."""
    from PySide6.QtWidgets import QPlainTextEdit, QTextEdit  # noqa: PLC0415 - the board comes up first

    return (QPlainTextEdit, QTextEdit)


@cache
def _text_fields() -> tuple[type[QWidget], ...]:
    """Return every kind of field a hand may type into; they are loaded with the first key."""
    from PySide6.QtWidgets import QAbstractSpinBox, QPlainTextEdit, QTextEdit  # noqa: PLC0415 - the board comes up first

    return (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)

"""The first to see a key, before any field, button or sheet: a scan must not type into what is open.

A scanner ends with Enter, and Enter takes a sheet. So keys that come like a scan's are told
here, above the sheets, and reach only the fields that are meant for scans.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from desktop_app.ui.keys import (
    ENTER,
    QUIET_MS,
    SHORTEST_SCAN,
    SPACE,
    Burst,
    KeyReader,
    ends_scan,
    is_character,
    within,
)
from desktop_app.ui.sheets.host import SheetHost
from desktop_app.ui.widgets.fields import keep_scan, takes_scans

FIELD_GAP_MS = 100
"""In a field a hand types too; keys closer than this, and Enter as close, are a scanner's."""
_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_SHIFTS = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_CapsLock})


class _Before(NamedTuple):
    """What stood in a field before the first key of a burst."""

    text: str
    cursor: int


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
        self._scan_ms: int | None = None
        self._end_ms = 0
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
        is_text = isinstance(target, _TEXT)
        if event.isAutoRepeat() and (ends or event.key() in ENTER or (is_character(event) and not is_text)):
            return True
        if not self.is_open:
            return False
        if event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.lock()
            return True
        at_ms = self._reader.time_of(event)
        if ends:
            # A scanner may end with two keys, such as Enter and a line feed.
            if within(self._scan_ms, at_ms, QUIET_MS):
                return True
            self._end_ms = at_ms
        if isinstance(target, QLineEdit):
            return self._in_field(target, event, at_ms)
        return not is_text and self._elsewhere(target, event)

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
            self._before = _Before(field.text(), field.cursorPosition())
        self._burst.add(event.text(), at_ms)
        self._reader.wait()
        return False

    def _end_in_field(self, field: QLineEdit, event: QKeyEvent, at_ms: int) -> bool:
        text = self._burst.end(at_ms)
        if len(text) < SHORTEST_SCAN:
            return False
        if not takes_scans(field):
            field.setText(self._before.text)
            field.setCursorPosition(self._before.cursor)
            self._tell(text)
            return True
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
        self._reader.wait()
        self._scanned(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See a key once, at whatever has the keyboard."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        target = QApplication.focusWidget() or self._window
        if watched is not target or event.key() in _SHIFTS or not isinstance(watched, QWidget):
            return False
        return self._admit(watched, event)

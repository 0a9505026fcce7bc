"""Choosing an instant of the past: just now, a minute or five further back at each press, or a clock time."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.core.moments import MINUTE_US, local_date
from desktop_app.ui import words
from desktop_app.ui.clock_text import read_clock
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import leave_letters

FIVE = 5
NO_TIME = "type a time such as 10:31"
_BACK = re.compile(r"^[-−](\d{1,3})$")
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: FIVE, Qt.Key.Key_PageUp: -FIVE}


class WhenChoice(QWidget):
    """Chips for the common instants, a field for a clock time or for minutes back, such as -12.

    The field always shows what is chosen, so that nobody has to do the sum. In it the arrows
    up and down go on and back by a minute, the page keys by five. An ``unset`` choice begins with
    none, so that no time is told that nobody chose; ``from_us`` is then only offered.

    Signals:
        changed: another instant is chosen.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        from_us: int,
        present_us: Callable[[], int],
        zone: str,
        *,
        first: str = "Just now",
        unset: bool = False,
    ) -> None:
        super().__init__()
        self._from_us, self._present_us, self._zone = from_us, present_us, zone
        self._unwritten_us = None if unset else from_us
        self._at_us: int | None = self._unwritten_us
        self.setAccessibleName(name)
        self.first = self._chip(theme, name, first, 0)
        self.back_1 = self._chip(theme, name, "−1 min", 1)
        self.back_5 = self._chip(theme, name, "−5 min", FIVE)
        self.clock = QLineEdit()
        self.clock.setText("" if unset else self._shown(from_us))
        self.clock.setPlaceholderText("When?")
        self.clock.setAccessibleName(f"{name}: clock time such as 10:31, or minutes back such as -12")
        self.clock.setMinimumWidth(theme.px(96))
        self.clock.setAlignment(Qt.AlignmentFlag.AlignCenter)
        leave_letters(self.clock)
        self.clock.installEventFilter(self)
        self.clock.textEdited.connect(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for part in (self.first, self.back_1, self.back_5, self.clock):
            row.addWidget(part, 1)
        self._show()

    def at_us(self) -> int | None:
        """Return the chosen instant; None when the clock time is none."""
        return self._at_us

    def words(self) -> str:
        """Write the chosen instant, and its day where it is not today; an ellipsis while there is none."""
        if self._at_us is None:
            return "…"
        at, now = (local_date(us, self._zone) for us in (self._at_us, self._present_us()))
        shown = self._shown(self._at_us)
        if at == now:
            return shown
        return (
            f"{shown} yesterday"
            if (now - at).days == 1
            else f"{shown} on {words.day(self._at_us, self._zone)}"
        )

    def go_back(self, minutes: int) -> None:
        """Choose an instant so many minutes before the one that is chosen; never one to come."""
        at_us = (self._from_us if self._at_us is None else self._at_us) - minutes * MINUTE_US
        self._choose(min(at_us, max(self._present_us(), self._from_us)))

    def _chip(self, theme: Theme, name: str, text: str, minutes: int) -> Button:
        chip = Button(theme, text, kind=Kind.CHIP)
        chip.setAccessibleName(f"{name}: {text}{', again to go further back' if minutes else ''}")
        chip.clicked.connect(lambda: self.go_back(minutes) if minutes else self._choose(self._from_us))
        return chip

    def _choose(self, at_us: int) -> None:
        self._at_us = at_us
        self.clock.setText(self._shown(at_us))
        self._show()
        self.changed.emit()

    def _typed(self, text: str) -> None:
        self._at_us = self._read(text.strip())
        self._show()
        self.changed.emit()

    def _read(self, text: str) -> int | None:
        if not text:
            return self._unwritten_us
        if text == self._shown(self._from_us):
            return self._from_us
        back = _BACK.match(text)
        if back:
            return self._from_us - int(back[1]) * MINUTE_US
        return read_clock(text, self._present_us(), self._zone)

    def _show(self) -> None:
        """Mark what is taken: the first chip, or the field."""
        is_first = self._at_us == self._from_us
        self.first.setChecked(is_first)
        self.back_1.setChecked(False)
        self.back_5.setChecked(False)
        self.clock.setProperty("taken", not is_first and self._at_us is not None and bool(self.clock.text()))
        self.clock.style().unpolish(self.clock)
        self.clock.style().polish(self.clock)

    def _shown(self, at_us: int) -> str:
        whole = at_us % MINUTE_US == 0
        return words.clock(at_us, self._zone) if whole else words.clock_s(at_us, self._zone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go on and back while the field has the keyboard; typing there begins anew."""
        if event.type() == QEvent.Type.FocusIn:
            self.clock.selectAll()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            minutes = _KEYS.get(Qt.Key(event.key()))
            if minutes is not None:
                self.go_back(minutes)
                return True
        return super().eventFilter(watched, event)

"""Choosing an instant of the past: just now, one or five minutes ago, or a clock time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop_app.core.moments import MINUTE_US
from desktop_app.ui import words
from desktop_app.ui.clock_text import read_clock
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice


class WhenChoice(QWidget):
    """Chips for the common instants, a field for a clock time; typing takes the field.

    Signals:
        changed: another instant is chosen.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, name: str, from_us: int, now_us: int, zone: str, *, first: str = "Just now"
    ) -> None:
        super().__init__()
        self._from_us, self._now_us, self._zone = from_us, now_us, zone
        self.chips = Choice(theme, name, (("0", first), ("1", "−1 min"), ("5", "−5 min"), ("clock", "At…")))
        self.clock = QLineEdit()
        self.clock.setPlaceholderText(words.clock(from_us, zone))
        self.clock.setAccessibleName(f"{name}: clock time, such as 10:31")
        self.clock.setFixedWidth(theme.px(96))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.chips, 1)
        row.addWidget(self.clock)
        self.clock.textEdited.connect(self._typed)
        self.chips.chosen.connect(self._chosen)

    def at_us(self) -> int | None:
        """Return the chosen instant; None when the clock time is none."""
        if self.chips.taken == "clock":
            return read_clock(self.clock.text(), self._now_us, self._zone)
        return self._from_us - int(self.chips.taken) * MINUTE_US

    def _typed(self, text: str) -> None:
        if text.strip():
            self.chips.take("clock")
        self.changed.emit()

    def _chosen(self, key: str) -> None:
        if key == "clock":
            self.clock.setFocus()
        self.changed.emit()

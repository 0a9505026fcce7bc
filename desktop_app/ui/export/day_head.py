"""The head of the export page: which day it is, its numbers, and its lock."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.day import Totals
from desktop_app.core.suite import DayState
from desktop_app.ui import words
from desktop_app.ui.board.figure import Figure
from desktop_app.ui.board.suite_bar import HEIGHT
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.sign import Sign

TITLE = "End of day"
_SIDE, _BETWEEN, _CLOSE, _SECOND = 18, 22, 6, 24
_FIGURES = ("sessions", "signed", "blocked", "lines", "billable", "infused")


class DayHead(QFrame):
    """Day, numbers and lock; the numbers stand in a line of their own where there is no room beside the day.

    Signals:
        stepped(int): the day before is to be shown (-1), or the day after (1).
        day_wanted: another day is to be chosen.
        lock_wanted: the day is to be locked, or unlocked.
    """

    stepped = Signal(int)
    day_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "bar")
        self._theme = theme
        self._title = label(TITLE, size=18, heavy=True)
        self.before = Button(theme, "", icon="back")
        self.day = Button(theme, "")
        self.after = Button(theme, "", icon="forward")
        self.before.setAccessibleName("The day before")
        self.after.setAccessibleName("The day after")
        self.figures = {name: Figure(name) for name in _FIGURES}
        self._counted = label("", size=11, tone="soft")
        self._sign = Sign(theme, "lock", "ink_2")
        self._state = label("", size=12, tone="soft")
        self.lock = Button(theme, "Lock day…", icon="lock")
        self._brief = label("", tone="soft")
        self._parts: tuple[str, ...] = ("",)
        """What stands in the line below: the numbers, and what they count where that is to be said."""
        self._lay_out()
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self.day.clicked.connect(self.day_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        theme.changed.connect(self._fit)

    def show_day(self, day: date, today: date, totals: Totals) -> None:
        """Show another day, or other numbers."""
        said = words.day_name(day)
        self.day.show_as(said, name=f"{said}{', today' if day == today else ''}. Choose another day")
        self.after.setEnabled(day < today)
        numbers = (
            str(totals.sessions),
            str(totals.signed),
            str(totals.blocked),
            str(totals.lines),
            f"{totals.billable_hours} h",
            words.hours_words(totals.infused_minutes),
        )
        for name, number in zip(_FIGURES, numbers, strict=True):
            self.figures[name].show_number(number, alert=name == "blocked" and bool(totals.blocked))
        told = [f"{number} {name}" for name, number in zip(_FIGURES, numbers, strict=True)]
        counted = counted_words(totals)
        self._counted.setText("\n".join(counted))
        self._parts = (" · ".join(told), *((" · ".join(counted),) if counted else ()))
        self._fit()

    def show_lock(self, state: DayState, zone: str) -> None:
        """Show whether the day is locked, since when and by whom."""
        self._sign.setVisible(state.is_locked)
        self._state.setVisible(state.is_locked)
        at = words.clock(state.locked_us, zone) if state.locked_us is not None else ""
        self._state.setText(f"Locked {at} by {state.by}")
        if state.is_locked:
            self.lock.show_as("Unlock…", name="Unlock the day")
        else:
            self.lock.show_as("Lock day…", icon="lock", name="Lock the day")
        self._fit()

    def _lay_out(self) -> None:
        px = self._theme.px
        self._row = row = QHBoxLayout()
        row.setContentsMargins(px(_SIDE), 0, px(_SIDE), 0)
        row.setSpacing(px(_CLOSE))
        row.addWidget(self._title)
        row.addSpacing(px(_CLOSE))
        for part in (self.before, self.day, self.after):
            row.addWidget(part)
        self._numbers = QWidget()
        numbers = QHBoxLayout(self._numbers)
        numbers.setContentsMargins(px(_BETWEEN), 0, 0, 0)
        numbers.setSpacing(px(_BETWEEN))
        for figure in self.figures.values():
            numbers.addWidget(figure)
        numbers.addWidget(self._counted)
        row.addWidget(self._numbers)
        row.addStretch()
        row.addWidget(self._sign)
        row.addWidget(self._state)
        row.addWidget(self.lock)
        self._brief.setContentsMargins(px(_SIDE), 0, px(_SIDE), px(10))
        self._brief.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self._brief)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the numbers stand where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        is_narrow = self._room() > self.width()
        self._numbers.setVisible(not is_narrow)
        self._brief.setVisible(is_narrow)
        lines = self._brief_lines()
        self._brief.setText("\n".join(lines))
        self._title.setVisible(not is_narrow or self._room_of_first() <= self.width())
        self.setFixedHeight(px(HEIGHT) + (px(_SECOND) * len(lines) if is_narrow else 0))

    def _brief_lines(self) -> tuple[str, ...]:
        """Return what stands below the day: in one line where it has room."""
        one = " · ".join(self._parts)
        width = QFontMetrics(self._theme.font(13)).horizontalAdvance(one) + 2 * self._theme.px(_SIDE)
        return (one,) if width <= self.width() else self._parts

    def _room_of_first(self) -> int:
        """Return how wide the first line must be without the numbers, in pixels."""
        theme, px = self._theme, self._theme.px
        buttons = [self.before, self.day, self.after, self.lock]
        width = sum(button.sizeHint().width() for button in buttons) + 2 * px(_SIDE) + 8 * px(_CLOSE)
        width += QFontMetrics(theme.font(18, bold=True)).horizontalAdvance(TITLE)
        if self._state.text() and not self._state.isHidden():
            width += QFontMetrics(theme.font(12)).horizontalAdvance(self._state.text()) + px(24)
        return width

    def _room(self) -> int:
        """Return how wide all of it is in one line, in pixels."""
        px = self._theme.px
        numbers = sum(figure.room(self._theme, brief=False) for figure in self.figures.values())
        counted = self._counted.sizeHint().width()
        return self._room_of_first() + numbers + counted + px(_BETWEEN) * (len(self.figures) + 2)


def counted_words(totals: Totals) -> tuple[str, ...]:
    """Say what the numbers count otherwise than the board does, and than what is sent."""
    lines = words.count_words(totals.unsigned_lines, "line", "lines")
    chairs = words.count_words(totals.running, "chair", "chairs")
    return (
        *((f"{lines} not signed yet",) if totals.unsigned_lines else ()),
        *((f"without what runs in {chairs}",) if totals.running else ()),
    )

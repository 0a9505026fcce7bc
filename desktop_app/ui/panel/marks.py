"""Open marks: instants stamped on the board whose meaning is still to be said."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.decisions import When
from desktop_app.core.desk import Outcome
from desktop_app.core.suite import Mark
from desktop_app.ui import words
from desktop_app.ui.panel.refill import refill
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import heading, label, rule, tip

MOST_SHOWN, FEWEST_SHOWN = 2, 1
_ALL = "all"
_LARGE = 125
"""Above this text size the tray leaves the panel its room: the oldest mark, and the way to all."""
STAY = "They stay here until they are given a meaning (W) or dropped with a reason."


class MarksTray(QWidget):
    """The open marks, oldest first, each with its question.

    Signals:
        meaning_asked(str): what was this mark?
        all_asked: show every mark.
    """

    meaning_asked = Signal(str)
    all_asked = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._shown: tuple[Mark, ...] = ()
        self.buttons: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(18, 0, 18, 0)
        self._column.setSpacing(2)
        self.hide()

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show other marks than before."""
        if marks == self._shown:
            return
        self._shown = marks
        refill(self._column, [])
        self.buttons = {}
        self.setVisible(bool(marks))
        if marks:
            self._column.addWidget(rule())
            self._column.addSpacing(6)
            self._column.addWidget(self._head(len(marks)))
        most = FEWEST_SHOWN if self._station.theme.px(100) > _LARGE else MOST_SHOWN
        for mark in marks[:most]:
            self._column.addWidget(self._row(mark))
        if len(marks) > most:
            self._column.addWidget(self._more(marks), 0, Qt.AlignmentFlag.AlignLeft)

    def _head(self, count: int) -> QWidget:
        """Return the heading; that marks stay is told there, not in a row that the lines need."""
        head = heading(words.count_words(count, "open mark", "open marks"))
        head.setToolTip(tip(STAY))
        return head

    def _more(self, marks: tuple[Mark, ...]) -> QWidget:
        button = Button(self._station.theme, f"All {len(marks)} marks…", kind=Kind.LINK, hint="W")
        button.clicked.connect(self.all_asked)
        self.buttons[_ALL] = button
        return button

    def _row(self, mark: Mark) -> QWidget:
        at = words.clock_s(mark.at.at_us, self._station.zone)
        place = f"Chair {mark.chair}" if mark.chair else "no chair yet"
        button = Button(self._station.theme, "It was… ▾", kind=Kind.LINK)
        button.setAccessibleName(f"Say what the mark at {at}, {place}, was")
        button.clicked.connect(lambda: self.meaning_asked.emit(mark.id))
        self.buttons[mark.id] = button
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(at, heavy=True))
        line.addWidget(label(place, size=12, tone="soft"), 1)
        line.addWidget(button)
        return row


def stamp_mark(station: Station, chair: str, when: When) -> Outcome | None:
    """Stamp an instant at a chair; what it was is said later."""
    said = f"Chair {chair} · {words.clock_s(when.at_us, station.zone)} marked"
    return station.touches.send(Touch(said, lambda: station.desk.mark(when, chair=chair)))

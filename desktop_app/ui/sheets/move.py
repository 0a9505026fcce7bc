"""Moving a patient to another chair: every timer goes on. The chair is touched, or its name typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.session import Session
from desktop_app.core.suite import Suite
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label

COLUMNS = 6


class MoveSheet(Sheet):
    """Asks for the chair.

    Signals:
        taken(str): a free chair was touched.
    """

    needs = Right.CARE

    taken = Signal(str)

    def __init__(self, theme: Theme, session: Session, free: Sequence[str]) -> None:
        super().__init__(theme, f"Chair {session.chair} · move to another chair", width=WIDE)
        self.to = Field(theme, "Chair", hint="Type it, or touch one below")
        self.chairs = {chair: self._button(theme, chair) for chair in free}
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for at, button in enumerate(self.chairs.values()):
            grid.addWidget(button, at // COLUMNS, at % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(self.to)
        self.body.addLayout(grid)
        if not free:
            self.body.addWidget(label("Every chair is taken.", size=12, tone="soft"))
        self.back, self.go = self.add_ways_on("Stay", "Move")

    def faulty(self) -> QLineEdit | None:
        """The chair."""
        return self.to.edit

    def first_field(self) -> QWidget:
        """The chair's name."""
        return self.to.edit

    def _button(self, theme: Theme, chair: str) -> Button:
        button = Button(theme, chair)
        button.setAccessibleName(f"Move to chair {chair}")
        button.clicked.connect(lambda: self.taken.emit(chair))
        return button


def ask_move(station: Station, session: Session, when: When) -> None:
    """Ask for the chair to move to; the instant is already stamped."""
    sheet = MoveSheet(station.theme, session, free_chairs(station.desk.expected))
    at = words.clock_s(when.at_us, session.zone)
    sheet.say_stamped(at, f"{words.who(session)} moves, every timer goes on")
    sheet.taken.connect(lambda chair: _taken(station, session, sheet, chair, when))
    sheet.confirmed.connect(
        lambda now: _taken(station, session, sheet, sheet.to.text, station.stamp() if now else when)
    )
    station.sheets.open(sheet)


def move(station: Station, session: Session, chair: str, when: When) -> bool:
    """Move a patient, and go along; False when it was refused."""
    at = words.clock_s(when.at_us, session.zone)
    said = f"Chair {session.chair} · moved to chair {chair} at {at}"
    outcome = station.touches.send(Touch(said, lambda: station.desk.move(session.id, chair, when)))
    if isinstance(outcome, Refusal):
        return False
    if outcome is not None:
        station.show_page("board", session.id)
    return True


def carry_over(station: Station, here: str, there: str) -> None:
    """Move whoever sits in one chair to another, as their card was carried there."""
    when, session = station.stamp(), station.desk.expected.occupant(here)
    if session is not None:
        move(station, session, there, when)


def free_chairs(suite: Suite) -> list[str]:
    """Return the chairs that a patient can be moved to, those that show nobody first."""
    free = [chair for chair in suite.chairs if suite.occupant(chair) is None]
    return sorted(free, key=lambda chair: suite.shown_in(chair) is not None)


def _taken(station: Station, session: Session, sheet: MoveSheet, chair: str, when: When) -> None:
    if not chair:
        sheet.show_problem("type a chair, or touch one")
    elif move(station, session, chair, when):
        sheet.done.emit()

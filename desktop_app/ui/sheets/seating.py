"""When the patient sat down: every value it had, and the way to put it right, as for any other moment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.core.corrections import correct_seating
from desktop_app.core.history import values_of
from desktop_app.core.session import SEATED, Session, Stage
from desktop_app.ui.sheets.correct import CorrectSheet, open_correction
from desktop_app.ui.sheets.moment_history import ValueRow
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.labels import label, rule

EFFECT = "Every drug keeps its own times. Nothing may have happened before the patient sat down."


class SeatingSheet(Sheet):
    """Shows every value of the seating, newest first."""

    def __init__(self, station: Station, session: Session) -> None:
        theme = station.theme
        super().__init__(theme, f"Chair {session.chair} · seated", width=500)
        self.values = values_of(station.desk.history(session.id), "", SEATED)
        for value in self.values:
            self.body.addWidget(ValueRow(theme, value, session.zone))
            self.body.addWidget(rule())
        self.body.addWidget(label(EFFECT, size=12, tone="soft", wrap=True))
        self.correct = Button(theme, "Correct the seating…")
        self.correct.clicked.connect(lambda: ask_seating(station, session))
        self.correct.setVisible(session.stage in {Stage.OPEN, Stage.ENDED})
        self.close_button = Button(theme, "Close", kind=Kind.PRIMARY, hint="Esc")
        self.close_button.clicked.connect(self.done)
        self.confirmed.connect(lambda _: self.done.emit())
        for button in (self.correct, self.close_button):
            self.body.addWidget(button)

    def first_field(self) -> QWidget:
        """The way out."""
        return self.close_button


def show_seating(station: Station, session: Session) -> None:
    """Show when the patient sat down."""
    station.sheets.open(SeatingSheet(station, session))


def ask_seating(station: Station, session: Session) -> None:
    """Ask for the true time of the seating."""
    title = f"Chair {session.chair} · correct the seating"
    sheet = CorrectSheet(station, session, title, session.seated, correct_seating)
    open_correction(station, session, sheet, "seating")

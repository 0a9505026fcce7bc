"""What the practice charges: a table is chosen, with the day from which it holds, and taken whole or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.moments import local_date
from desktop_app.ui.export.ports import CannotBeTaken
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.tick import Tick

UNDER = (
    "A table (CSV or Excel) with the columns Code and Charge, for one unit in dollars, and in a hospital "
    "Revenue code. It is taken whole or not at all; earlier days keep the charges they had."
)
FILTER = "Tables (*.csv *.xlsx *.txt);;Every file (*)"


class ChargesSheet(Sheet):
    """Asks for a table of charges; what was taken is said in the place of what is asked."""

    needs = Right.BILLING

    def __init__(self, theme: Theme, told: str, since: str) -> None:
        super().__init__(theme, "Charges", UNDER, width=WIDE)
        self.told = label(told, wrap=True)
        self.file = Field(theme, "Table")
        self.browse = Button(theme, "Choose a table…")
        self.since = Field(theme, "Holds from", since, hint="2026-01-01")
        self.fewer = Tick(theme, "It may leave out codes that have a charge now")
        for part in (self.told, self.file, self.browse, self.since, self.fewer):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Cancel", "Take it")
        self.browse.clicked.connect(self._choose)

    def say_taken(self, told: str) -> None:
        """Say what was taken; there is nothing left to do but to close."""
        self.told.setText(told)
        self.show_problem("")
        for part in (self.file, self.browse, self.since, self.fewer, self.go):
            part.hide()
        self.back.show_as("Close")
        self.back.setFocus()

    def faulty(self) -> QLineEdit:
        """The file; the day where that is what is missing."""
        return self.since.edit if self.file.text and "2026-01-01" in self.problem else self.file.edit

    def first_field(self) -> QWidget:
        """The way to choose a table."""
        return self.browse

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Table of charges", self.file.text, FILTER)
        if chosen:
            self.file.set_text(chosen)
            self.since.edit.setFocus()


def ask_charges(station: Station, changed: Callable[[], None]) -> None:
    """Ask for a table of charges and take it; ``changed`` hears of it."""
    charges = station.billing.charges
    this_year = local_date(station.now_us(), station.zone).replace(month=1, day=1)
    sheet = ChargesSheet(station.theme, charges.told(), this_year.isoformat())

    def take() -> None:
        if not sheet.file.text:
            sheet.show_problem("choose a table first")
            return
        try:
            told = charges.take(Path(sheet.file.text), sheet.since.text, fewer=sheet.fewer.isChecked())
        except CannotBeTaken as fault:
            sheet.show_problem(str(fault))
            return
        sheet.say_taken(told)
        changed()

    sheet.confirmed.connect(lambda _: take())
    station.sheets.open(sheet)

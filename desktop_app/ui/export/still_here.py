"""A day that cannot be locked yet, said before anything is asked: who still sits where, and the way there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.day import Entry, Standing
from desktop_app.core.told import chairs_words
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.labels import label


class StillHereSheet(Sheet):
    """Says whom a lock of the day waits for; it offers no lock."""

    needs = Right.LOCK

    def __init__(self, theme: Theme, day: date, chairs: Sequence[str]) -> None:
        super().__init__(theme, f"{words.day_name(day)} cannot be locked yet", still_here_words(chairs))
        then = "Stop what runs and end each session on the board. Then lock the day here."
        self.body.addWidget(label(then, wrap=True))
        self.back, self.go = self.add_ways_on("Close", f"Go to chair {chairs[0]}")

    def first_field(self) -> QWidget:
        """The way to the chair: it only goes there."""
        return self.go


def seated(entries: tuple[Entry, ...]) -> list[Entry]:
    """Return whose patients still sit in a chair."""
    return [entry for entry in entries if entry.standing is Standing.RUNNING]


def still_here_words(chairs: Sequence[str]) -> str:
    """Say in which chairs somebody of the day still sits."""
    return f"Somebody of that day still sits in {chairs_words(chairs)}."


def tell_still_here(station: Station, day: date, entries: list[Entry]) -> None:
    """Say whom the lock waits for, in the board's order, and lead to the first of them."""
    entries = sorted(entries, key=lambda entry: station.desk.suite.place_of(entry.session.chair))
    sheet = StillHereSheet(station.theme, day, [entry.session.chair for entry in entries])

    def go() -> None:
        sheet.done.emit()
        station.show_page("board", entries[0].session.id)

    sheet.confirmed.connect(lambda _: go())
    station.sheets.open(sheet)

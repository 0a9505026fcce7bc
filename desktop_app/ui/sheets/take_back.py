"""Asks before an undo reaches another chair than the chosen one, or back over a minute."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_app.core.suite import Touched
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.stray import SLIP_US
from desktop_app.ui.taken_back import what_is_taken_back
from desktop_app.ui.theme import Theme


class TakeBackSheet(Sheet):
    """Names chair, touch and time; Enter takes it back, Esc leaves it."""

    def __init__(self, theme: Theme, what: str, under: str) -> None:
        super().__init__(theme, f"Take back: {what}?", under)
        self.back, self.on = self.add_ways_on("Leave it", "Take it back")

    def first_field(self) -> QWidget:
        """Enter takes it back."""
        return self.on


def ask_to_take_back(station: Station, touched: Touched, chosen: str, take: Callable[[], None]) -> None:
    """Ask whether the last touch is to be taken back; ``chosen`` is the chair it is not at, if it is not."""
    sheet = TakeBackSheet(
        station.theme, what_is_taken_back(touched, station.zone), _when_and_where(station, touched, chosen)
    )
    sheet.confirmed.connect(lambda _: sheet.done.emit())
    sheet.confirmed.connect(lambda _: take())
    station.sheets.open(sheet)


def _when_and_where(station: Station, touched: Touched, chosen: str) -> str:
    then = touched.touch_reading
    at = f"at {words.clock_s(then.present_us, station.zone)}" if then else "at a time that is not known"
    age = "" if station.desk.is_recent(touched, SLIP_US) else ", over a minute ago"
    place = f" Chair {chosen} is chosen." if chosen else ""
    return f"Touched {at}{age}.{place}"

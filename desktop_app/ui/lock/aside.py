"""A sheet waits for whose it is while somebody else works at the window: neither seen nor lost meanwhile."""

from __future__ import annotations

from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station


class Aside:
    """The sheets that wait at one window, each with who had it open."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._waiting: list[tuple[str, Sheet]] = []

    def hand_over(self, was: str) -> None:
        """Set a sheet aside that ``was`` left and that is not for who is on now, and show one that is."""
        sheets, left = self._station.sheets, self._station.sheets.sheet
        if left is not None and was and not self._is_for_who_is_on(was, left):
            sheets.set_aside()
            self._waiting.append((was, left))
        if sheets.sheet is not None:
            return
        found = next((one for one in self._waiting if self._is_for_who_is_on(*one)), None)
        if found is not None:
            self._waiting.remove(found)
            sheets.open(found[1])

    def keep(self, whose: str) -> None:
        """Set the open sheet aside for whose it is, whoever is on now."""
        left = self._station.sheets.sheet
        if left is not None:
            self._station.sheets.set_aside()
            self._waiting.append((whose, left))

    def _is_for_who_is_on(self, whose: str, sheet: Sheet) -> bool:
        """Return whether who is on had it open, or may go on with it: a stop is anybody's who works there."""
        desk = self._station.desk
        may = sheet.needs is None or desk.acting.why_not(sheet.needs) is None
        return desk.access.on == whose or (may and not sheet.is_for_one)

"""At the turn of the day who was signed and sent before leaves the suite, so that it does not grow."""

from __future__ import annotations

from datetime import date

from desktop_app.core.moments import local_date
from desktop_app.core.ports import JournalError
from desktop_app.ui.station import Station


class NewDay:
    """Watches for the suite's next day; the record is asked only then."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._day = self._today(station.now_us())

    def tick(self, now_us: int) -> None:
        """Begin the day if it is another; a journal that cannot be asked is asked again the next second."""
        today = self._today(now_us)
        if today == self._day:
            return
        desk = self._station.desk
        try:
            desk.load_day(today.isoformat())
            desk.let_go(today, self._station.zone)
        except JournalError:
            return
        self._station.codings.keep_only(desk.suite.sessions)
        self._day = today

    def _today(self, now_us: int) -> date:
        return local_date(now_us, self._station.zone)

"""Keeps the day's picture for as long as it is true: it is made anew with the minute or a touch."""

from __future__ import annotations

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.suite import Suite
from desktop_app.ui.board.day_model import Day, day_view
from desktop_app.ui.board.suite_model import SuiteView, sessions_today
from desktop_app.ui.codings import Codings

_APART_US = MINUTE_US // 2
"""With the minute most cards are drawn anew; the day waits for half of it, so that no frame is long."""


class DayKeeper:
    """Makes the picture of a suite's day, once for each minute, suite and sum beside it."""

    def __init__(self, codings: Codings) -> None:
        self._codings = codings
        self._suite: Suite | None = None
        self._of: tuple[int, int, int] | None = None
        self._day = Day(())

    def day(self, suite: Suite, view: SuiteView, now_us: int, zone: str) -> Day:
        """Return the picture whose hours add up to the numbers of the bar."""
        of = ((now_us + _APART_US) // MINUTE_US, view.billable_now, view.projected)
        if suite is not self._suite or of != self._of:
            self._suite, self._of = suite, of
            self._day = day_view(sessions_today(suite, now_us, zone), self._codings, now_us, zone)
        return self._day

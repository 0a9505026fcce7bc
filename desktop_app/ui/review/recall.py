"""Brings sessions back from the record: by their day, by initials or MRN, and who was signed today.

What is signed and sent needs nobody any more and is not at hand after a start; a payer's question finds it.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.desk import Desk
from desktop_app.core.moments import HOUR_US
from desktop_app.core.ports import JournalError
from desktop_app.ui.review.side import ReviewSide
from desktop_app.ui.station import Station

A_DAY_US = 26 * HOUR_US
"""No day is longer, not even the one on which clocks are set back."""


def recalling(station: Station, side: ReviewSide, show: Callable[[], None]) -> None:
    """Bring back what is looked for at the side of the review, then show it; first who was signed today."""

    def bring(take: Callable[[Desk], None]) -> None:
        try:
            take(station.desk)
        except JournalError as fault:
            station.touches.refused.emit(str(fault))
        show()

    side.day_wanted.connect(lambda day: bring(lambda desk: desk.load_day(day)))
    side.name_wanted.connect(lambda text: bring(lambda desk: desk.load_found(text)))
    bring(lambda desk: desk.load_signed_since(station.now_us() - A_DAY_US))

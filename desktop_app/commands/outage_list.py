"""The list of a downtime, made from the record: for the window and for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop_app.core.events import session_stream
from desktop_app.core.fold import fold
from desktop_app.core.moments import local_date, local_time
from desktop_app.core.outages import Outage
from desktop_app.core.ports import Journal
from desktop_app.core.session import Session

if TYPE_CHECKING:
    from desktop_app.exchange.downtime_list import PatientDone
    from desktop_app.exchange.downtime_paper import Stretch

LONGEST_STAY = timedelta(days=2)
"""How long before a downtime somebody may have been seated who is still here."""
_DAY = timedelta(days=1)


def stretch_of(outage: Outage, now_us: int, zone: str) -> Stretch:
    """Return the time of a downtime: up to now while it lasts."""
    from desktop_app.exchange.downtime_paper import Stretch  # noqa: PLC0415 - the board comes up first

    to_us = outage.over.at_us if outage.over else max(now_us, outage.begun.at_us)
    return Stretch(from_us=outage.begun.at_us, to_us=to_us, zone=zone, outage=outage)


def told_in(journal: Journal, stretch: Stretch) -> tuple[PatientDone, ...]:
    """Return what was done to each patient in a stretch of time."""
    from desktop_app.exchange.downtime_list import Window, downtime_list  # noqa: PLC0415 - as above

    window = Window(stretch.from_us, stretch.to_us)
    return downtime_list(_sessions(journal, stretch), window)


def file_name(stretch: Stretch) -> str:
    """Return what the files of a list are called, without their kind: downtime-2026-03-02-1002."""
    return f"downtime-{local_time(stretch.from_us, stretch.zone):%Y-%m-%d-%H%M}"


def _sessions(journal: Journal, stretch: Stretch) -> Iterator[Session]:
    """Yield each session that may have been here: those of its days, and those that are still open."""
    day, last = (local_date(us, stretch.zone) for us in (stretch.from_us, stretch.to_us))
    day -= LONGEST_STAY
    names = dict.fromkeys(journal.unsigned_sessions())
    while day <= last + _DAY:
        names |= dict.fromkeys(journal.sessions_on(day.isoformat()))
        day += _DAY
    for name in names:
        session = fold(journal.load(session_stream(name)))
        if session is not None:
            yield session

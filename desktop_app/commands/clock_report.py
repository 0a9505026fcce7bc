"""What happened to the clocks on a day, which services it touched, and what each one's minutes stand on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.core import events as e
from desktop_app.core.basis import Basis, Stood, stood
from desktop_app.core.clock_log import ClockLog
from desktop_app.core.clock_words import told_words
from desktop_app.core.fold import fold
from desktop_app.core.moments import MINUTE_US, local_date, time_words
from desktop_app.core.session import Session, Stage
from desktop_app.core.told import count_words, day_words, drug_words, who
from desktop_app.core.values import dataclass
from desktop_app.store.folder import Folder

NOTHING = "Nothing happened to the clock on this day."
NOBODY = "Nobody was timed on this day."


@dataclass(frozen=True, slots=True)
class DayOfClocks:
    """What is on record of the clocks on one day of a zone."""

    day: date
    zone: str
    entries: tuple[e.Recorded, ...]


def on_day(log: ClockLog, day: date, zone: str) -> DayOfClocks:
    """Return what happened to the clocks on a day."""
    of_day = (r for r in log.entries if local_date(r.event.at_us, zone) == day)
    return DayOfClocks(day, zone, tuple(r for r in of_day if not isinstance(r.event, e.ClockSeen)))


def print_report(folder: Folder, told: DayOfClocks) -> None:
    """Print the day: what happened, whom it touched, and what every service's minutes stand on."""
    page = Page()
    page.print(f"The clock on {day_words(told.day)}")
    if not told.entries:
        page.print(NOTHING)
    for recorded in told.entries:
        page.print(f"{time_words(recorded.event.at_us, told.zone)}  {told_words(recorded.event, told.zone)}")
    table = table_of("Chair", "Patient", "Service", "From", "To", "Minutes", "Stand on", "Meanwhile")
    rows = list(_rows(folder, told.day))
    for row in rows:
        add_row(table, *row[:-1])
    page.print(table if rows else NOBODY)
    doubtful = sum(1 for row in rows if row[-1])
    if doubtful:
        stand = count_words(doubtful, "service does", "services do")
        page.print(f"{stand} not stand on the clock that counts, or on a person's word, alone.")


def _rows(folder: Folder, day: date) -> Iterator[tuple[str, ...]]:
    """Yield a row a service; the last cell says whether it is to be looked at."""
    for name in folder.journal.sessions_on(day.isoformat()):
        history = folder.journal.load(e.session_stream(name))
        session = fold(history)
        if session is not None and session.stage is not Stage.CANCELLED:
            yield from (_row(session, one) for one in stood(session, history))


def _row(session: Session, one: Stood) -> tuple[str, ...]:
    zone, service = session.zone, one.service
    start = time_words(service.start.at_us, zone) if service.start else ""
    stop = time_words(service.stop.at_us, zone) if service.stop else ""
    minutes = str(service.elapsed_us(0) // MINUTE_US) if service.stop else ""
    is_doubtful = "yes" if one.basis in {Basis.WALL, Basis.EARLIEST} else ""
    told = (start, stop, minutes, one.basis.value, "; ".join(one.meanwhile), is_doubtful)
    return (session.chair, who(session), drug_words(service.order), *told)

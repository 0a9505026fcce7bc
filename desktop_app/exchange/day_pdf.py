"""The day summary of a batch: a page group for each date of service, and one for all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from datetime import date

from desktop_app.coding.sessions import date_of_service
from desktop_app.core.events import BatchFile
from desktop_app.core.told import day_words
from desktop_app.core.values import dataclass
from desktop_app.exchange.day_sessions import DaySession, Standing
from desktop_app.exchange.day_summary import Codes, Entry, Summary, day_summary, entry_of, of_day
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.pdf_checks import faults_of_pdf
from desktop_app.exchange.pdf_document import drawing
from desktop_app.exchange.place import Place
from desktop_app.exchange.read_back import first, require_none
from desktop_app.exchange.rows import Action, Row
from desktop_app.exchange.sending import Format, Practice, Sending
from desktop_app.exchange.steps import Closing, Step, at_once, told_as
from desktop_app.exchange.superbill_pdf import foot_of, put, require_fonts, unknown_charges

FILE_NAME = "day-summary.pdf"
IN_BATCH = "Lines in this batch, by code"
SUMS_OF_BATCH = "In this batch"
_STATES = {Action.NEW: "sent", Action.REPLACE: "sent, corrected", Action.VOID: "taken back"}
_AGAIN = ", once more"


@dataclass(slots=True)
class _Day:
    """What a batch holds of one date of service."""

    entries: dict[str, Entry] = field(default_factory=dict)
    codes: Codes = field(default_factory=Codes)

    def add(self, rows: Sequence[Row], practice: Practice) -> None:
        is_void = rows[0].action is Action.VOID
        state = _STATES[rows[0].action] + _AGAIN * any(row.sent_before for row in rows)
        lines = () if is_void else tuple(row.line for row in rows)
        known = DaySession(session=rows[0].session, standing=Standing.SENT, lines=lines)
        self.entries[known.session.id] = entry_of(known, state)
        for line in lines:
            self.codes.add(line, practice)
        self.codes.taken_back += len(rows) if is_void else 0


class DayWriter:
    """Keeps a row of each session, and writes the days when all have been seen."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._place = place
        self._sending = sending
        self._days = _Days(sending)
        self._rows = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Count the lines of one session. Raises CannotBeSent."""
        require_fonts()
        self._days.add(rows)
        self._rows += len(rows)

    def close(self) -> tuple[BatchFile, ...]:
        """Write the file, read it back and check it. Raises OSError and CannotBeSent."""
        return at_once(self.closing())

    def closing(self) -> Closing:
        """Do what ``close`` does, a day at a time."""
        sending = self._sending
        title = f"Day summary, batch {sending.name}"
        key = f"{sending.batch} {FILE_NAME}"
        steps = drawing(self._days.papers(), title=title, key=key, made_at=sending.made_at)
        written = yield from told_as(steps, lambda done: Step(done, self._days.count, FILE_NAME))
        file = put(self._place, FILE_NAME, written, self._rows)
        require_none(FILE_NAME, first(faults_of_pdf(self._place.folder / FILE_NAME, written.pages)))
        return (file,)


class _Days:
    """What a batch holds, by its dates of service."""

    def __init__(self, sending: Sending) -> None:
        self._sending = sending
        self._days: dict[date, _Day] = {}

    def add(self, rows: Sequence[Row]) -> None:
        """Count the lines of one session."""
        day = date_of_service(rows[0].session)
        self._days.setdefault(day, _Day()).add(rows, self._sending.practice)

    @property
    def count(self) -> int:
        """How many papers there will be."""
        return len(self._days) + (len(self._days) > 1)

    def papers(self) -> Iterator[Paper]:
        """Yield the summary of each day, and one of all where there are several."""
        sending, everything, entries = self._sending, Codes(), list[Entry]()
        foot = foot_of(sending)
        for day, held in sorted(self._days.items()):
            told = self._told(day, held)
            everything.update(held.codes)
            entries += told.entries
            yield day_summary(told, sending.practice, foot=foot)
        if len(self._days) > 1:
            days = " to ".join(day_words(day) for day in (min(self._days), max(self._days)))
            sums = Summary(
                under_title=(f"{len(self._days)} days", days, f"Batch {sending.name}"),
                entries=entries,
                codes=everything,
                of_codes=IN_BATCH,
                of_sums=SUMS_OF_BATCH,
                lists_sessions=False,
            )
            yield day_summary(sums, sending.practice, foot=foot)

    def _told(self, day: date, held: _Day) -> Summary:
        """Return a day as it is after the batch: what is on record of it besides is told with it."""
        known = self._sending.records.day(day)
        entries = dict(held.entries)
        for one in known:
            sent = entries.get(one.session.id)
            entries[one.session.id] = _with_time(sent, one) if sent else entry_of(one)
        return Summary(
            under_title=of_day(day, f"Batch {self._sending.name}"),
            entries=tuple(entries.values()),
            codes=held.codes,
            of_codes=IN_BATCH,
            of_sums=SUMS_OF_BATCH,
            is_whole=bool(known),
        )


def papers(sessions: Sequence[Sequence[Row]], sending: Sending) -> tuple[Paper, ...]:
    """Return the summaries of the days of some sessions. Raises CannotBeSent."""
    require_fonts()
    days = _Days(sending)
    for rows in sessions:
        days.add(rows)
    return tuple(days.papers())


def _with_time(entry: Entry, known: DaySession) -> Entry:
    return replace(entry, infused_minutes=known.infused_minutes, billable_hours=known.billable_hours)


DAY = Format(
    title="Day summary",
    about="A PDF a day: every session and what became of it, lines by code, hours, who signed.",
    begin=DayWriter,
    papers=papers,
    lacks=unknown_charges,
    is_drawn=True,
)

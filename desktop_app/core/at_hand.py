"""What of the journal is at hand: the suite as far as it was read, and what is read when it is missing.

The desk decides and stores; this only reads. What is stored is shown here, and what somebody else has
written to is read again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from desktop_app.core import events as e
from desktop_app.core.clock_log import MOST_KEPT, fold_clock
from desktop_app.core.fold import fold
from desktop_app.core.locked_days import fold_day
from desktop_app.core.outages import fold_outages
from desktop_app.core.ports import Clock, Journal, Write
from desktop_app.core.session import sessions_by_age
from desktop_app.core.staff import fold_people
from desktop_app.core.steady import is_same_run
from desktop_app.core.suite import Suite, fold_marks, with_chairs
from desktop_app.core.suite_fold import suite_after


class AtHand:
    """The suite after the last stored touch. Every method that reads raises JournalError."""

    def __init__(self, journal: Journal, clock: Clock, chairs: tuple[str, ...]) -> None:
        self._journal = journal
        self._clock = clock
        self._chairs = chairs
        self.suite = Suite(chairs=chairs)
        self.touched: set[str] = set()
        """The sessions that were touched since the computer began."""

    def set_chairs(self, chairs: tuple[str, ...]) -> None:
        """Show other chairs from now on; a chair with a patient in it stays until it is free."""
        self._chairs = chairs
        self._keep_occupied()

    def load(self, sessions: tuple[str, ...]) -> list[tuple[e.Recorded, ...]]:
        """Bring sessions into the suite; return what was recorded of those that wait for a stop."""
        wanted = (s for s in sessions if s not in self.suite.sessions)
        histories = [self._journal.load(e.session_stream(session)) for session in wanted]
        folded = [(session, history) for history in histories if (session := fold(history)) is not None]
        waiting = [(session, history) for session, history in folded if session.needs_time]
        reading = self._clock.now()
        for session, history in waiting:
            if is_same_run(history[-1].stamp.reading, reading):
                self.touched.add(session.id)
        found = {session.id: session for session in sessions_by_age(session for session, _ in folded)}
        self.suite = replace(self.suite, sessions=MappingProxyType({**self.suite.sessions, **found}))
        self._keep_occupied()
        return [history for _, history in waiting]

    def load_people(self) -> None:
        """Read who works here."""
        people = fold_people(self._journal.load(e.PEOPLE_STREAM))
        self.suite = replace(self.suite, people=people)

    def load_marks(self) -> None:
        """Read what is the suite's own: open marks and downtimes, and what its clocks did."""
        history = self._journal.load(e.SUITE_STREAM)
        marks, outages = MappingProxyType(fold_marks(history)), MappingProxyType(fold_outages(history))
        self.suite = replace(self.suite, marks=marks, outages=outages, marks_version=len(history))
        self.suite = replace(self.suite, clock=fold_clock(self._journal.tail(e.CLOCK_STREAM, MOST_KEPT)))

    def learn(self, days: set[date]) -> bool:
        """Read of some days whether they are locked; say whether that was not known of one."""
        unknown = days - self.suite.days.keys()
        for day in unknown:
            self.suite = self.suite.with_day(fold_day(day, self._journal.load(e.day_stream(day))))
        return bool(unknown)

    def show(self, recorded: e.Recorded) -> None:
        """Fold what was stored into the suite."""
        self.suite = suite_after(self.suite, recorded)
        if recorded.stream.startswith(e.SESSION_STREAM_PREFIX):
            self._keep_occupied()

    def read_again(self, writes: tuple[Write, ...]) -> None:
        """Catch up with streams that someone else has written to, so that the next touch is taken."""
        for stream in (write.stream for write in writes):
            if stream in {e.SUITE_STREAM, e.CLOCK_STREAM}:
                self.load_marks()
            elif stream.startswith(e.DAY_STREAM_PREFIX):
                self.suite = replace(self.suite, days=MappingProxyType({}))
            elif stream.startswith(e.SESSION_STREAM_PREFIX):
                self._read_session_again(stream.removeprefix(e.SESSION_STREAM_PREFIX))
            else:
                self.load_people()

    def _read_session_again(self, stale: str) -> None:
        others = {name: session for name, session in self.suite.sessions.items() if name != stale}
        self.suite = replace(self.suite, sessions=MappingProxyType(others))
        self.load((stale,))

    def let_go(self, needed: Collection[str], today: date, zone: str) -> None:
        """Let the sessions leave the suite that nobody needs and ``today`` does not show."""
        stay = {
            name: session
            for name, session in self.suite.sessions.items()
            if name in needed or session.is_of_day(today, zone)
        }
        self.suite = replace(self.suite, sessions=MappingProxyType(stay))
        self.touched.intersection_update(needed)

    def _keep_occupied(self) -> None:
        self.suite = with_chairs(self.suite, self._chairs)

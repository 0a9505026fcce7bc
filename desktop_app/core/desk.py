"""The one way a touch becomes a fact: decide, store, then show.

A screen or a script names a session, an action and the instant; the desk asks the action,
stores its events in one append, and only after they are durable folds them into the suite
and tells its listeners. Nothing else writes to the journal's sessions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Unpack

from desktop_app.core import events as e
from desktop_app.core.corrections import undo_touch
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.fold import evolve, fold
from desktop_app.core.marks import (
    drop_mark,
    give_meaning,
    make_mark,
    mark_instant,
    open_mark,
    return_marks,
    take_mark_back,
)
from desktop_app.core.moments import MINUTE_US, ClockReading, HowKnown
from desktop_app.core.ports import Clock, Identities, Journal, StaleVersion, Write
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.core.stay import Seating, move_to_chair, reopen_session, seat_patient
from desktop_app.core.steady import carried_on, is_same_run, on_the_wall, passed_us, taken_up, with_present
from desktop_app.core.suite import Mark, Suite, evolve_suite, fold_marks


@dataclass(frozen=True, slots=True)
class Saved:
    """A touch that is on disk: its events as stored, and the session it was about."""

    recorded: tuple[e.Recorded, ...]
    session: str = ""


Outcome = Saved | Refusal
UNDO_REACH_US = 10 * MINUTE_US
"""How old a touch an undo may take back that names no session."""

Action = Callable[[Session, When], Decision]
Listener = Callable[[Saved], None]


class Desk:
    """The suite as it stands, and the touches that may change it.

    Every method that records raises ``JournalError`` when the journal does not take the
    events; nothing has changed then, and the same touch may be made again.
    """

    def __init__(
        self, *, journal: Journal, clock: Clock, names: Identities, chairs: tuple[str, ...], actor: str
    ) -> None:
        self.actor = actor
        self._journal = journal
        self._clock = clock
        self._names = names
        self._chairs = chairs
        self._suite = Suite(chairs=chairs)
        self._listeners: list[Listener] = []
        self._touched: set[str] = set()
        self._present = on_the_wall(clock.now())
        waiting = self._load(journal.open_sessions())
        self._present = taken_up(waiting, clock.now())
        self.taken_up_from = self._reading()
        """What the clocks said when the program began, and how far off the wall was from the record."""
        self._load_marks()

    @property
    def suite(self) -> Suite:
        """The suite after the last stored touch."""
        return self._suite

    @property
    def head(self) -> str:
        """The hash of the last event in the journal."""
        return self._journal.head()

    def now(self) -> When:
        """Return this instant, as a touch made now.

        It goes on evenly while a session waits for stops that was touched since the computer
        began; otherwise it is what the clock on the wall shows, if that is not before the record.
        """
        self._reading()
        present = self._present
        how = HowKnown.EARLIEST if present.is_earliest else HowKnown.PRESSED
        return When(at_us=present.at_us, now_us=present.at_us, how=how)

    @property
    def is_clock_behind(self) -> bool:
        """Whether the clock on the wall stands before what was recorded ere the computer was started."""
        return self._present.is_earliest

    def listen(self, listener: Listener) -> None:
        """Tell ``listener`` of every touch after it is stored."""
        self._listeners.append(listener)

    def set_chairs(self, chairs: tuple[str, ...]) -> None:
        """Show other chairs from now on; a chair with a patient in it stays until it is free."""
        self._chairs = chairs
        self._keep_occupied()

    def session(self, session: str) -> Session | None:
        """Return a session by its id, reading it from the journal when it is not at hand."""
        if session not in self._suite.sessions:
            self._load((session,))
        return self._suite.sessions.get(session)

    def history(self, session: str) -> tuple[e.Recorded, ...]:
        """Return everything that was recorded of a session, oldest first, what was undone included."""
        return self._journal.load(e.session_stream(session))

    def load_day(self, day: str) -> None:
        """Bring every session of a day (ISO date, by its zone) into the suite."""
        self._load(self._journal.sessions_on(day))

    def let_go(self, today: date, zone: str) -> None:
        """Let who is settled leave the suite, but for whom ``today`` shows; the journal keeps them."""
        unsettled = set(self._journal.open_sessions())
        sessions = self._suite.sessions
        stay = {
            name: session
            for name, session in sessions.items()
            if name in unsettled or session.is_of_day(today, zone)
        }
        self._suite = replace(self._suite, sessions=MappingProxyType(stay))
        self._touched &= unsettled

    def seat(self, when: When, *, chair: str, session: str = "", **details: Unpack[Seating]) -> Outcome:
        """Seat a patient and return the new session's touch."""
        if session and self.session(session) is not None:
            return Refusal(f"there is a session “{session}” already")
        decision = seat_patient(self._suite, when, chair=chair, **details)
        return self._save_session(session or self._names.new(), 0, decision)

    def touch(self, session: str, action: Action, when: When | None = None) -> Outcome:
        """Ask an action about a session and store what it decides."""
        found = self.session(session)
        if found is None:
            return Refusal(f"there is no session {session}")
        return self._save_session(session, found.version, action(found, when or self.now()))

    def move(self, session: str, chair: str, when: When | None = None) -> Outcome:
        """Move a session to another chair."""
        return self.touch(session, lambda s, w: move_to_chair(self._suite, s, w, chair=chair), when)

    def reopen(self, session: str, reason: str, when: When | None = None) -> Outcome:
        """Open an ended or signed session again."""
        return self.touch(session, lambda s, w: reopen_session(self._suite, s, w, reason=reason), when)

    def undo(self, session: str = "", when: When | None = None) -> Outcome:
        """Take back the last touch of a session; without one, the suite's, if it was made just now.

        An old touch is taken back only where its session is named: a stray key must not reach a
        start of an hour ago.
        """
        found = self.session(session) if session else self._suite.last_touched
        if found is None:
            return Refusal("there is nothing to undo")
        if not session and not self.is_recent(found, UNDO_REACH_US):
            return Refusal(
                f"the last touch is older than {UNDO_REACH_US // MINUTE_US} minutes: correct it instead"
            )
        at = when or self.now()
        if isinstance(found, Mark):
            return self._save_suite(take_mark_back(self._suite, at, mark=found))
        if refusal := self._undo_blocked(found):
            return refusal
        decision = undo_touch(found, at)
        returned = return_marks(self._suite, at, touch=found.touch)
        return self._save_session(found.id, found.version, decision, beside=returned)

    def mark(self, when: When | None = None, *, chair: str = "", mark: str = "") -> Outcome:
        """Stamp an instant now and say later what it was."""
        name = mark or self._names.new()
        return self._save_suite(make_mark(self._suite, when or self.now(), mark=name, chair=chair))

    def drop(self, mark: str, reason: str, when: When | None = None) -> Outcome:
        """Drop a mark that meant nothing."""
        return self._save_suite(drop_mark(self._suite, when or self.now(), mark=mark, reason=reason))

    def assign(
        self, mark: str, session: str, meaning: str, action: Action, when: When | None = None
    ) -> Outcome:
        """Give a mark its meaning: the action happens in the session at the marked instant."""
        found, target = open_mark(self._suite, mark), self.session(session)
        if isinstance(found, Refusal):
            return found
        if target is None:
            return Refusal(f"there is no session {session}")
        at = mark_instant(found, (when or self.now()).now_us)
        meant = give_meaning(found, at, session=session, meaning=meaning)
        beside = meant if isinstance(meant, tuple) else ()
        return self._save_session(session, target.version, action(target, at), beside=beside)

    def is_recent(self, touched: Session | Mark, within_us: int) -> bool:
        """Say whether the last touch of a session or mark is known to be no older than that."""
        then = touched.touch_reading
        age_us = passed_us(then, self._reading()) if then else None
        return age_us is not None and age_us <= within_us

    def _reading(self) -> ClockReading:
        """Read the clocks, carry the present on, and say in the reading where the wall is not believed."""
        reading = self._clock.now()
        self._present = carried_on(self._present, reading) if self._is_timing else on_the_wall(reading)
        return with_present(reading, self._present)

    @property
    def _is_timing(self) -> bool:
        sessions = self._suite.sessions
        names = sessions if self._present.is_earliest else self._touched
        return any(sessions[name].needs_time for name in names if name in sessions)

    def _undo_blocked(self, session: Session) -> Refusal | None:
        """Refuse an undo that would put two patients in one chair."""
        was = session.before
        if was is None or was.stage is not Stage.OPEN:
            return None
        occupant = self._suite.occupant(was.chair)
        if occupant is None or occupant.id == session.id:
            return None
        return Refusal(f"chair {was.chair} is taken by another patient now")

    def _save_session(
        self, session: str, version: int, decision: Decision, *, beside: tuple[e.Event, ...] = ()
    ) -> Outcome:
        if isinstance(decision, Refusal):
            return decision
        writes = [Write(e.session_stream(session), version, decision)]
        if beside:
            writes.append(Write(e.SUITE_STREAM, self._suite.marks_version, beside))
        return self._save(writes, session)

    def _save_suite(self, decision: Decision) -> Outcome:
        if isinstance(decision, Refusal):
            return decision
        return self._save([Write(e.SUITE_STREAM, self._suite.marks_version, decision)], "")

    def _save(self, writes: list[Write], session: str) -> Saved:
        stamp = e.Stamp(touch=self._names.new(), actor=self.actor, reading=self._reading())
        try:
            saved = Saved(self._journal.append(writes, stamp), session)
        except StaleVersion:
            self._read_again(writes)
            raise
        for recorded in saved.recorded:
            self._show(recorded)
        self._touched.add(session)
        for listener in self._listeners:
            listener(saved)
        return saved

    def _show(self, recorded: e.Recorded) -> None:
        if recorded.stream == e.SUITE_STREAM:
            self._suite = evolve_suite(self._suite, recorded)
            return
        was = self._suite.sessions.get(recorded.stream.removeprefix(e.SESSION_STREAM_PREFIX))
        self._suite = self._suite.with_session(evolve(was, recorded))
        self._keep_occupied()

    def _read_again(self, writes: list[Write]) -> None:
        """Catch up with streams that someone else has written to, so that the next touch is taken."""
        for write in writes:
            if write.stream == e.SUITE_STREAM:
                self._load_marks()
                continue
            stale = write.stream.removeprefix(e.SESSION_STREAM_PREFIX)
            others = {name: s for name, s in self._suite.sessions.items() if name != stale}
            self._suite = replace(self._suite, sessions=MappingProxyType(others))
            self._load((stale,))

    def _load_marks(self) -> None:
        history = self._journal.load(e.SUITE_STREAM)
        marks = MappingProxyType(fold_marks(history))
        self._suite = replace(self._suite, marks=marks, marks_version=len(history))

    def _load(self, sessions: tuple[str, ...]) -> list[tuple[e.Recorded, ...]]:
        """Bring sessions into the suite; return what was recorded of those that wait for a stop."""
        wanted = (s for s in sessions if s not in self._suite.sessions)
        histories = [self._journal.load(e.session_stream(session)) for session in wanted]
        folded = [(session, history) for history in histories if (session := fold(history)) is not None]
        waiting = [(session, history) for session, history in folded if session.needs_time]
        reading = self._clock.now()
        for session, history in waiting:
            if is_same_run(history[-1].stamp.reading, reading):
                self._touched.add(session.id)
        found = {session.id: session for session in sessions_by_age(session for session, _ in folded)}
        self._suite = replace(self._suite, sessions=MappingProxyType({**self._suite.sessions, **found}))
        self._keep_occupied()
        return [history for _, history in waiting]

    def _keep_occupied(self) -> None:
        """Show the suite's chairs, and after them any other that a patient still sits in."""
        chairs = tuple(dict.fromkeys((*self._chairs, *self._suite.taken_chairs)))
        self._suite = replace(self._suite, chairs=chairs)

"""The one way a touch becomes a fact: decide, store, then show.

A screen or a script names a session, an action and the instant; the desk asks the action,
stores its events in one append, and only after they are durable folds them into the suite
and tells its listeners. Nothing else writes to the journal's sessions. A touch that the journal
cannot take can be kept: it waits its turn, and what is touched meanwhile is decided behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Unpack

from desktop_app.core import events as e
from desktop_app.core.at_hand import AtHand
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.guard import Acting, acting_as, guarded
from desktop_app.core.lately import Lately
from desktop_app.core.locked_days import days_changed, keeping_locks, of_day, state_of
from desktop_app.core.marks import drop_mark, make_mark
from desktop_app.core.moments import MINUTE_US, ClockReading, HowKnown
from desktop_app.core.plans import Decided, Plan, acting, assigning, of_session, of_suite, undoing
from desktop_app.core.ports import Clock, Identities, Journal, JournalError, NotSaved, StaleVersion
from desktop_app.core.refuge import Refuge
from desktop_app.core.session import Session
from desktop_app.core.shelf import Shelf
from desktop_app.core.stay import Seating, move_to_chair, reopen_session, seat_patient
from desktop_app.core.steady import gone_on, on_the_wall, passed_us, taken_up, with_present
from desktop_app.core.suite import DayState, Suite, Touched
from desktop_app.core.values import dataclass
from desktop_app.core.waiting import Kept, NotYet, carried, chairs_of, with_waiting

if TYPE_CHECKING:
    from desktop_app.core.access_log import AccessLog


@dataclass(frozen=True, slots=True)
class Saved:
    """A touch that is on disk: its events as stored, and the session it was about."""

    recorded: tuple[e.Recorded, ...]
    session: str = ""


Outcome = Saved | Refusal
UNDO_REACH_US = 10 * MINUTE_US
"""How old a touch an undo may take back that names no session."""

MOST_FOUND = 50
"""So many sessions of one patient are brought back; older ones are found by their day."""

Action = Callable[[Session, When], Decision]
Listener = Callable[[Saved], None]


class Desk:
    """The suite as it stands, and the touches that may change it.

    Every method that records raises ``JournalError`` when the journal does not take the
    events; nothing has changed then, and the same touch may be made again. Where the touch may
    be stored later it is a ``NotYet``, whose touch ``keep`` lets wait.
    """

    def __init__(
        self, *, journal: Journal, clock: Clock, names: Identities, chairs: tuple[str, ...], actor: str
    ) -> None:
        self.actor = actor
        self._journal = journal
        self._clock = clock
        self._names = names
        self._at_hand = AtHand(journal, clock, chairs)
        self._waiting: tuple[Kept, ...] = ()
        self._expected: tuple[Suite, tuple[Kept, ...], Suite] = (self._suite, (), self._suite)
        self._listeners: list[Listener] = []
        self.refuge = Refuge()
        """Where what waits is kept besides, so that it outlives the program."""
        self.lately = Lately(journal)
        self.shelf = Shelf(journal, lambda: self._suite.sessions)
        """The sessions that need nobody here any more, such as those that wait for billing."""
        self._present = on_the_wall(clock.now())
        self._at_hand.load_people()
        self._at_hand.load_marks()
        waiting = self._at_hand.load(journal.unsigned_sessions())
        self._present = taken_up(waiting, clock.now())
        self.taken_up_from = self._reading()
        """What the clocks said when the program began, and how far off the wall was from the record."""

    @property
    def _suite(self) -> Suite:
        return self._at_hand.suite

    @property
    def suite(self) -> Suite:
        """The suite after the last stored touch."""
        return self._suite

    @property
    def expected(self) -> Suite:
        """The suite as it will be once what waits is stored: every touch is decided against it."""
        suite, waiting, expected = self._expected
        if suite is not self._suite or waiting is not self._waiting:
            expected = with_waiting(self._suite, self._waiting)
            self._expected = (self._suite, self._waiting, expected)
        return expected

    @property
    def acting(self) -> Acting:
        """Whoever works here now, and what they may do."""
        return acting_as(self.expected.people, self.actor, self.expected.emergency)

    @cached_property
    def access(self) -> AccessLog:
        """Who comes and goes, and looks; made when somebody first does."""
        from desktop_app.core.access_log import AccessLog  # noqa: PLC0415 - the board comes up first

        return AccessLog(self, self._journal, self._names)

    @property
    def waiting(self) -> tuple[Kept, ...]:
        """The touches that wait to be stored, oldest first."""
        return self._waiting

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
        self._at_hand.set_chairs(chairs)

    def session(self, session: str) -> Session | None:
        """Return a session by its id, reading it from the journal when it is not at hand."""
        if session not in self._suite.sessions:
            self._at_hand.load((session,))
        return self._suite.sessions.get(session)

    def history(self, session: str) -> tuple[e.Recorded, ...]:
        """Return everything that was recorded of a session, oldest first, what was undone included."""
        return self._journal.load(e.session_stream(session))

    def load_day(self, day: str) -> None:
        """Bring every session of a day (ISO date, by its zone) into the suite."""
        self._at_hand.load(self._journal.sessions_on(day))

    def load_found(self, text: str) -> None:
        """Bring the newest sessions of who has those initials, or that in the MRN, into the suite."""
        self._at_hand.load(self._journal.found(text, MOST_FOUND))

    def load_signed_since(self, at_us: int) -> None:
        """Bring every session into the suite that was signed at an instant or later."""
        self._at_hand.load(self._journal.signed_since(at_us))

    def let_go(self, today: date, zone: str) -> None:
        """Let who is signed leave the suite, but for whom ``today`` shows; the journal keeps them."""
        waiting = {kept.decided.session for kept in self._waiting}
        self._at_hand.let_go(waiting.union(self._journal.unsigned_sessions()), today, zone)

    def day(self, day: date) -> DayState:
        """Return whether a day is locked. Raises JournalError where that cannot be read."""
        self._at_hand.learn({day})
        return state_of(self._suite, day)

    def touch_day(
        self, day: date, decide: Callable[[Suite, When], Decision], when: When | None = None
    ) -> Outcome:
        """Ask an action about a day, of which every session is at hand then, and store what it decides."""
        at = when or self.now()
        self.load_day(day.isoformat())
        self._at_hand.learn({day})
        return self._make(lambda suite: of_day(suite, day, decide(suite, at)))

    def keep(self, kept: Kept) -> Kept:
        """Let a touch wait behind those that wait already; return it with the chairs it is about."""
        before = self.expected
        after = carried(before, kept.decided, kept.stamp, len(self._waiting))
        kept = replace(kept, chairs=chairs_of(before, after, kept.decided))
        self._waiting = (*self._waiting, kept)
        self._at_hand.touched.add(kept.decided.session)
        self.refuge.keep(kept)
        return kept

    def save_oldest(self) -> Outcome:
        """Store the touch that has waited longest; it waits no longer, unless it is still ``NotSaved``."""
        oldest, *_ = self._waiting
        try:
            outcome = self._decide_again(oldest)
        except NotSaved:
            raise
        except JournalError:
            self._let_go_of_oldest()
            raise
        self._let_go_of_oldest()
        if isinstance(outcome, Saved):
            self._tell(outcome)
        return outcome

    def _let_go_of_oldest(self) -> None:
        self.refuge.let_go(self._waiting[0])
        self._waiting = self._waiting[1:]

    def seat(self, when: When, *, chair: str, session: str = "", **details: Unpack[Seating]) -> Outcome:
        """Seat a patient and return the new session's touch."""
        if session and (self.session(session) is not None or session in self.expected.sessions):
            return Refusal(f"there is a session “{session}” already")
        name = session or self._names.new()
        return self._make(
            lambda suite: of_session(name, 0, seat_patient(suite, when, chair=chair, **details))
        )

    def touch(self, session: str, action: Action, when: When | None = None) -> Outcome:
        """Ask an action about a session and store what it decides."""
        return self._touch(session, lambda _, s, w: action(s, w), when or self.now())

    def move(self, session: str, chair: str, when: When | None = None) -> Outcome:
        """Move a session to another chair."""
        return self._touch(session, partial(move_to_chair, chair=chair), when or self.now())

    def reopen(self, session: str, reason: str, when: When | None = None) -> Outcome:
        """Open an ended or signed session again."""
        return self._touch(session, partial(reopen_session, reason=reason), when or self.now())

    def undo(self, session: str = "", when: When | None = None) -> Outcome:
        """Take back the last touch of a session; without one, the suite's, if it was made just now.

        An old touch is taken back only where its session is named: a stray key must not reach a
        start of an hour ago. A touch that waits to be stored is taken back by one that waits too.
        """
        if session:
            self.session(session)
        found = self.expected.sessions.get(session) if session else self.expected.last_touched
        if found is None:
            return Refusal("there is nothing to undo")
        if not session and not self.is_recent(found, UNDO_REACH_US):
            return Refusal(
                f"the last touch is older than {UNDO_REACH_US // MINUTE_US} minutes: correct it instead"
            )
        return self._make(undoing(found, when or self.now()))

    def mark(self, when: When | None = None, *, chair: str = "", mark: str = "") -> Outcome:
        """Stamp an instant now and say later what it was."""
        at, name = when or self.now(), mark or self._names.new()
        return self._make(lambda suite: of_suite(suite, make_mark(suite, at, mark=name, chair=chair)))

    def take(self, plan: Plan) -> Outcome:
        """Decide and store a touch of the suite's own."""
        return self._make(plan)

    def drop(self, mark: str, reason: str, when: When | None = None) -> Outcome:
        """Drop a mark that meant nothing."""
        at = when or self.now()
        return self._make(lambda suite: of_suite(suite, drop_mark(suite, at, mark=mark, reason=reason)))

    def assign(
        self, mark: str, session: str, meaning: str, action: Action, when: When | None = None
    ) -> Outcome:
        """Give a mark its meaning: the action happens in the session at the marked instant."""
        self.session(session)
        return self._make(assigning(mark, session, meaning, action, (when or self.now()).now_us))

    def is_recent(self, touched: Touched, within_us: int) -> bool:
        """Say whether the last touch of something is known to be no older than that."""
        then = touched.touch_reading
        age_us = passed_us(then, self._reading()) if then else None
        return age_us is not None and age_us <= within_us

    def _reading(self) -> ClockReading:
        """Read the clocks, carry the present on, and say in the reading where the wall is not believed."""
        reading = self._clock.now()
        told = self._suite.clock.told
        self._present = gone_on(self._present, reading, told, is_timing=self._is_timing)
        return with_present(reading, self._present)

    @property
    def _is_timing(self) -> bool:
        sessions = self.expected.sessions
        names = sessions if self._present.is_earliest else self._at_hand.touched
        return any(sessions[name].needs_time for name in names if name in sessions)

    def _touch(self, session: str, decide: Callable[[Suite, Session, When], Decision], when: When) -> Outcome:
        self.session(session)
        return self._make(acting(session, decide, when))

    def _make(self, plan: Plan) -> Outcome:
        """Decide a touch and store it, or say that it has to wait."""
        plan = guarded(keeping_locks(plan), self.acting)
        decided = plan(self.expected)
        # What cannot be read now is read before the touch is stored.
        with suppress(JournalError):
            if self._at_hand.learn(days_changed(self.expected, decided)):
                decided = plan(self.expected)
        if isinstance(decided, Refusal):
            return decided
        stamp = e.Stamp(touch=self._names.new(), actor=self.actor, reading=self._reading())
        if self._waiting:
            raise NotYet("", Kept(plan, stamp, decided))
        try:
            saved = self._store(decided, stamp)
        except NotSaved as error:
            raise NotYet(str(error), Kept(plan, stamp, decided)) from error
        self._tell(saved)
        return saved

    def _decide_again(self, kept: Kept) -> Outcome:
        """Store a touch that waited; where another has written meanwhile, it is decided once more."""
        try:
            return self._store_kept(kept)
        except StaleVersion:
            return self._store_kept(kept)

    def _store_kept(self, kept: Kept) -> Outcome:
        decided = kept.plan(self._suite)
        if self._at_hand.learn(days_changed(self._suite, decided)):
            decided = kept.plan(self._suite)
        if isinstance(decided, Refusal):
            return decided
        return self._store(decided, replace(kept.stamp, reading=self._reading()))

    def _store(self, decided: Decided, stamp: e.Stamp) -> Saved:
        try:
            saved = Saved(self._journal.append(decided.writes, stamp), decided.session)
        except StaleVersion:
            self._at_hand.read_again(decided.writes)
            raise
        for recorded in saved.recorded:
            self._at_hand.show(recorded)
        self._at_hand.touched.add(decided.session)
        return saved

    def _tell(self, saved: Saved) -> None:
        for listener in self._listeners:
            listener(saved)

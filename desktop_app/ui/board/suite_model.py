"""The whole suite in a few numbers: what runs, what is billable now, what the day will come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.core.moments import SECOND_US, ClockReading, local_date
from desktop_app.core.reminders import Reminder
from desktop_app.core.session import Session, Stage
from desktop_app.core.steady import is_healthy
from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.board.card_model import past_plan_minutes, session_state
from desktop_app.ui.board.card_view import NEEDS_ATTENTION, CardState
from desktop_app.ui.board.due import is_told
from desktop_app.ui.codings import Codings
from desktop_app.ui.reminding import in_sentence

_TRUSTED_WITHIN_US = 2 * SECOND_US
CLOCK_BEHIND = "clock behind the record"


@dataclass(frozen=True, slots=True)
class Need:
    """A chair that needs someone, and why; without a chair it is a mark that stands alone."""

    chair: str
    why: str

    @property
    def spoken(self) -> str:
        """The need in words."""
        return f"chair {self.chair}, {self.why}" if self.chair else self.why


@dataclass(frozen=True, slots=True)
class SuiteView:
    """What the suite bar shows."""

    time: str
    day: str
    clock_words: str
    clock_is_good: bool
    running: int
    chairs: int
    billable_now: int
    projected: int
    lines: int
    is_coded: bool
    """Whether the hours and lines are known; they are not while the coder is being loaded."""
    attention: tuple[Need, ...]
    """What needs someone: chairs and their marks in the board's order, then the marks of no chair."""
    clock_told: str = ""
    """The clock's state in a sentence, where it needs one."""


DueOf = Callable[[Session | None, int], Sequence[Reminder]]
"""Tells what is due at a session at an instant."""


def _nothing_due(_session: Session | None, _now_us: int) -> tuple[Reminder, ...]:
    return ()


class ClockWatch:
    """Says whether the wall clock has been steady since the touches that are still timed by it.

    Two healthy clocks part by seconds over days. So what counts is how far the wall clock jumped from
    one look to the next, all jumps together: one that is put right again has not moved. The first look
    is the one with which the desk took the record up, which tells what jumped while no program ran.
    """

    def __init__(self, first: ClockReading | None = None) -> None:
        self._before = first
        self._moved_us = (first.reference_offset_us or 0) if first else 0

    def judge(self, reading: ClockReading, *, behind: bool = False) -> tuple[str, bool]:
        """Return the state of the clock in words, and whether it is good.

        A clock ``behind`` the record is no measure of anything; when it is put right, watching begins anew.
        """
        if behind:
            self._before, self._moved_us = None, 0
            return CLOCK_BEHIND, False
        self._moved_us = self._moved_by(reading)
        self._before = reading
        if abs(self._moved_us) > _TRUSTED_WITHIN_US:
            return f"clock moved {words.m_ss(abs(self._moved_us))}", False
        if reading.reference_offset_us is None:
            return "clock steady", True
        off_us = abs(reading.reference_offset_us)
        good = off_us <= _TRUSTED_WITHIN_US
        return ("clock trusted", True) if good else (f"clock off by {words.m_ss(off_us)}", False)

    def _moved_by(self, reading: ClockReading) -> int:
        before = self._before
        if before is None or before.boot != reading.boot:
            return 0
        passed_us = reading.counting_us - before.counting_us
        parted_us = reading.wall_us - before.wall_us - passed_us
        return self._moved_us + (0 if is_healthy(parted_us, passed_us) else parted_us)


def suite_view(
    suite: Suite,
    codings: Codings,
    now_us: int,
    zone: str,
    clock: tuple[str, bool],
    due: DueOf = _nothing_due,
) -> SuiteView:
    """Return the suite's numbers at an instant; the day is the suite's own."""
    today = sessions_today(suite, now_us, zone)
    now = [codings.now(session, now_us) for session in today]
    shown = [(chair, suite.shown_in(chair)) for chair in suite.chairs]
    return SuiteView(
        time=words.clock_s(now_us, zone),
        day=words.day(now_us, zone),
        clock_words=clock[0],
        clock_is_good=clock[1],
        running=sum(1 for _, session in shown if _runs(session)),
        chairs=len(suite.chairs),
        billable_now=sum(coding.billable_hours for coding in now),
        projected=sum(codings.projected(session, now_us).billable_hours for session in today),
        lines=sum(len(coding.lines) for coding in now),
        is_coded=not codings.are_awaited,
        attention=needs(suite, now_us, zone, due),
    )


def needs(suite: Suite, now_us: int, zone: str, due: DueOf = _nothing_due) -> tuple[Need, ...]:
    """Return every chair past its plan or with something due, and every unexplained mark by itself."""
    marks = [
        (mark.chair, f"mark at {words.clock(mark.at.at_us, zone)} to explain") for mark in suite.open_marks
    ]
    found = []
    for chair in suite.chairs:
        session = suite.shown_in(chair)
        whys = [*_state_needs(session, now_us), *_due_needs(session, now_us, due)]
        found += [Need(chair, ", ".join(whys))] if whys else []
        found += [Need(chair, why) for at, why in marks if at == chair]
    return (*found, *(Need("", why) for at, why in marks if at not in suite.chairs))


def _state_needs(session: Session | None, now_us: int) -> list[str]:
    state = session_state(session, now_us) if session is not None else CardState.FREE
    if session is None or state not in NEEDS_ATTENTION:
        return []
    if state is CardState.STOP_MISSING:
        return ["stop missing"]
    minutes = max(past_plan_minutes(service, now_us) for service in session.open_services)
    return [f"{minutes} min past plan" if minutes else "at plan end"]


def _due_needs(session: Session | None, now_us: int, due: DueOf) -> list[str]:
    if session is None:
        return []
    state = session_state(session, now_us)
    untold = (one for one in due(session, now_us) if not is_told(one, state))
    return [in_sentence(one) for one in untold]


def sessions_today(suite: Suite, now_us: int, zone: str) -> list[Session]:
    """Return the sessions seated on the suite's present day, and those still open from before."""
    today = local_date(now_us, zone)
    return [
        session
        for session in suite.sessions.values()
        if session.stage is not Stage.CANCELLED
        and (session.stage is Stage.OPEN or local_date(session.seated.at_us, zone) == today)
    ]


def _runs(session: Session | None) -> bool:
    return session is not None and session.stage is Stage.OPEN and bool(session.open_services)

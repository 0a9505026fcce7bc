"""Codings kept for as long as they are true, so that a tick costs little.

A session that was touched is coded at once. While it runs, the coder says until when its answer
holds, and the board asks again only then. Minutes and sentences go on in between: where they are
read, in the panel of one chair, they are asked for as each whole minute is full. What is signed
is coded from the record, never taken from here.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Generic, TypeVar

from desktop_app.coding.reasons import Change, Coding
from desktop_app.core.ahead import carried_out, has_plan
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.session import Session, Stage
from desktop_app.core.values import dataclass
from desktop_app.ui.ports import Coder

AWAITED = Coding("", "", "", (), (), (), 0, 0)
"""Stands for every answer while the coder is still being loaded: nothing is said of it yet."""

PlanEnd = tuple[int, Coding]
MOST_RENEWED = 4
"""How many answers are made anew in one tick because they hold no longer; the others wait for the next."""


Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Kept(Generic[Answer]):
    version: int
    answer: Answer
    from_us: int
    until: Change | None

    def holds(self, session: Session, now_us: int) -> bool:
        if self.version != session.version or self.until is None:
            return self.version == session.version
        return self.from_us <= now_us < self.until.at_us


@dataclass(slots=True)
class _Told:
    """What one session says to the minute."""

    session: str
    version: int
    minutes: tuple[int, ...]
    now: Coding
    plan_end: PlanEnd | None


class Codings:
    """Asks the coder only when a session has changed or its answer may have.

    While ``are_awaited`` it asks nothing: the first picture of the board waits for no line.
    """

    def __init__(self, coder: Coder, *, are_awaited: bool = False) -> None:
        self.are_awaited = are_awaited
        self._coder = coder
        self._now: dict[str, _Kept[Coding]] = {}
        self._plan_end: dict[str, _Kept[PlanEnd | None]] = {}
        self._ahead: dict[str, _Kept[PlanEnd | None]] = {}
        self._told: _Told | None = None
        self._left = MOST_RENEWED

    def keep_only(self, sessions: Container[str]) -> None:
        """Forget the answers of every other session."""
        for kept in (self._now, self._plan_end, self._ahead):
            for session in [name for name in kept if name not in sessions]:
                del kept[session]

    def begin_tick(self) -> None:
        """Allow some sessions to be coded anew."""
        self._left = MOST_RENEWED

    def now(self, session: Session, now_us: int) -> Coding:
        """Return the lines if everything open stopped now; as recorded once the session has ended.

        The lines are those of now; minutes and sentences may be those of a while ago.
        """
        if self.are_awaited:
            return AWAITED
        kept = self._now.get(session.id)
        if kept is None or not self._is_good(kept, session, now_us):
            kept = self._now[session.id] = self._code_now(session, now_us)
        return kept.answer

    def at_plan_end(self, session: Session, now_us: int) -> PlanEnd | None:
        """Return the planned end and the lines there; None without a plan."""
        if self.are_awaited:
            return None
        kept = self._plan_end.get(session.id)
        if kept is None or not self._is_good(kept, session, now_us):
            kept = self._plan_end[session.id] = self._code_plan_end(session, now_us)
        return kept.answer

    def ahead(self, session: Session, now_us: int) -> PlanEnd | None:
        """Return when all that is planned will be over, and the lines there; None without a plan.

        What is planned and not begun counts as well: it follows what runs, from now on.
        """
        if self.are_awaited or session.stage is not Stage.OPEN or not has_plan(session):
            return self.at_plan_end(session, now_us) if session.stage is Stage.OPEN else None
        kept = self._ahead.get(session.id)
        if kept is None or not self._is_good(kept, session, now_us):
            kept = self._ahead[session.id] = self._code_ahead(session, now_us)
        return kept.answer

    def projected(self, session: Session, now_us: int) -> Coding:
        """Return the lines once all that is planned is done, or now where there is no plan."""
        end = self.ahead(session, now_us)
        return end[1] if end else self.now(session, now_us)

    def to_the_minute(self, session: Session, now_us: int) -> tuple[Coding, PlanEnd | None]:
        """Return the lines now and at the planned end of the one session that is read, to the minute."""
        if self.are_awaited:
            return AWAITED, None
        told, minutes = self._told, _minutes(session, now_us)
        if told is None or (told.session, told.version, told.minutes) != (
            session.id,
            session.version,
            minutes,
        ):
            is_open = session.stage is Stage.OPEN
            now = self._coder.if_stopped(session, now_us) if is_open else self.now(session, now_us)
            plan_end = self._coder.at_plan_end(session, now_us) if is_open else None
            told = self._told = _Told(session.id, session.version, minutes, now, plan_end)
        return told.now, told.plan_end

    def _code_now(self, session: Session, now_us: int) -> _Kept[Coding]:
        if session.stage is not Stage.OPEN:
            return _Kept(session.version, self._coder.as_recorded(session), now_us, None)
        until = self._coder.next_change(session, now_us)
        return _Kept(session.version, self._coder.if_stopped(session, now_us), now_us, until)

    def _code_plan_end(self, session: Session, now_us: int) -> _Kept[PlanEnd | None]:
        plan_end = self._coder.at_plan_end(session, now_us)
        until = self._coder.next_change_at_plan_end(session, now_us) if plan_end else None
        return _Kept(session.version, plan_end, now_us, until)

    def _code_ahead(self, session: Session, now_us: int) -> _Kept[PlanEnd | None]:
        """Code what is planned as if it began now; it begins a little later each minute."""
        end_us, done = carried_out(session, now_us)
        planned = self._coder.at_plan_end(done, now_us)
        coding = planned[1] if planned else self._coder.if_stopped(done, now_us)
        soon = Change(now_us + MINUTE_US, certain=False)
        return _Kept(session.version, (end_us, coding), now_us, soon)

    def _is_good(self, kept: _Kept[Coding] | _Kept[PlanEnd | None], session: Session, now_us: int) -> bool:
        """Say whether an answer may be shown: it holds, or its session waits for the next tick."""
        if kept.holds(session, now_us):
            return True
        if kept.version != session.version:
            return False
        self._left -= 1
        return self._left < 0


def _minutes(session: Session, now_us: int) -> tuple[int, ...]:
    if session.stage is not Stage.OPEN:
        return ()
    elapsed = (service.elapsed_us(now_us) // MINUTE_US for service in session.open_services)
    return (now_us // MINUTE_US, *elapsed)

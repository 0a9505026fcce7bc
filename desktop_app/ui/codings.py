"""Codings kept for as long as they are true, so that a tick costs little.

A session that was touched is coded at once. While it runs, it is coded anew when a minute of the
wall clock or of an open service is full; all chairs reach the next minute of the wall clock at
once, so a few are renewed in each tick and no tick is late. A drug's own time may begin at the
second at which another stopped, so what is shown of a running session can be up to a minute and
some ticks old. What is signed is coded from the record, never taken from here.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.coding.reasons import Coding
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.session import Session, Stage
from desktop_app.ui.ports import Coder

PlanEnd = tuple[int, Coding]
MOST_RENEWED = 8
"""How many sessions are coded anew in one tick because a minute has passed."""


@dataclass(slots=True)
class _Kept:
    version: int
    minutes: tuple[int, ...]
    now: Coding | None = None
    plan_end: PlanEnd | None = None
    has_plan_end: bool = False


class Codings:
    """Asks the coder only when a session or a whole minute has changed."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self._kept: dict[str, _Kept] = {}
        self._left = MOST_RENEWED

    def begin_tick(self) -> None:
        """Allow some sessions to be coded anew."""
        self._left = MOST_RENEWED

    def now(self, session: Session, now_us: int) -> Coding:
        """Return the lines if everything open stopped now; as recorded once the session has ended."""
        kept = self._of(session, now_us)
        if kept.now is None:
            ended = session.stage in {Stage.ENDED, Stage.SIGNED}
            kept.now = self._coder.as_recorded(session) if ended else self._coder.if_stopped(session, now_us)
        return kept.now

    def at_plan_end(self, session: Session, now_us: int) -> PlanEnd | None:
        """Return the planned end and the lines there; None without a plan."""
        kept = self._of(session, now_us)
        if not kept.has_plan_end:
            kept.plan_end = self._coder.at_plan_end(session, now_us)
            kept.has_plan_end = True
        return kept.plan_end

    def projected(self, session: Session, now_us: int) -> Coding:
        """Return the lines at the planned end, or now where there is no plan."""
        end = self.at_plan_end(session, now_us) if session.stage is Stage.OPEN else None
        return end[1] if end else self.now(session, now_us)

    def _of(self, session: Session, now_us: int) -> _Kept:
        minutes = _minutes(session, now_us)
        kept = self._kept.get(session.id)
        if kept is not None and kept.version == session.version and not self._is_due(kept, minutes):
            return kept
        made = self._kept[session.id] = _Kept(session.version, minutes)
        return made

    def _is_due(self, kept: _Kept, minutes: tuple[int, ...]) -> bool:
        if kept.minutes == minutes or self._left <= 0:
            return False
        self._left -= 1
        return True


def _minutes(session: Session, now_us: int) -> tuple[int, ...]:
    if session.stage is not Stage.OPEN:
        return ()
    elapsed = (service.elapsed_us(now_us) // MINUTE_US for service in session.open_services)
    return (now_us // MINUTE_US, *elapsed)

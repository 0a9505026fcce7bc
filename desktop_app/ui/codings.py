"""Codings kept for as long as they are true, so that a tick costs little.

What a session codes to changes with its events and with whole minutes, never in between.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.coding.reasons import Coding
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.session import Session, Stage
from desktop_app.ui.ports import Coder

PlanEnd = tuple[int, Coding]
_Key = tuple[int, ...]


@dataclass(slots=True)
class _Kept:
    key: _Key
    now: Coding | None = None
    plan_end: PlanEnd | None = None
    has_plan_end: bool = False


class Codings:
    """Asks the coder only when a session or a whole minute has changed."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder
        self._kept: dict[str, _Kept] = {}

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
        key = _key(session, now_us)
        kept = self._kept.get(session.id)
        if kept is None or kept.key != key:
            kept = self._kept[session.id] = _Kept(key)
        return kept


def _key(session: Session, now_us: int) -> _Key:
    if session.stage is not Stage.OPEN:
        return (session.version,)
    minutes = (service.elapsed_us(now_us) // MINUTE_US for service in session.open_services)
    return (session.version, now_us // MINUTE_US, *minutes)

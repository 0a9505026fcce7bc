"""The coder as the window is given it: loaded with its rules when it is first asked, not before.

The board is drawn before: chairs, states and running times need no coder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.app import Parts
from desktop_app.coding.reasons import Change, Coding
from desktop_app.core.desk import Action
from desktop_app.core.orders import Order
from desktop_app.core.session import Session

if TYPE_CHECKING:
    from desktop_app.core.day import Told


class LateCoder:
    """Serves the window's coder from the parts of a data folder."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def as_recorded(self, session: Session) -> Coding:
        """Code what is recorded."""
        return self._parts.coder.as_recorded(session)

    def told(self, session: Session) -> Told:
        """Return what the end of a day is told of a session."""
        return self._parts.coder.told(session)

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        """Code the session as if every open service stopped at an instant."""
        return self._parts.coder.if_stopped(session, at_us)

    def at_plan_end(self, session: Session, now_us: int) -> tuple[int, Coding] | None:
        """Code the session as it will be at its planned end; None without a plan."""
        return self._parts.coder.at_plan_end(session, now_us)

    def next_change(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines are next others; None for never."""
        return self._parts.coder.next_change(session, now_us)

    def next_change_at_plan_end(self, session: Session, now_us: int) -> Change | None:
        """Return when the lines at the planned end are next others; None for never."""
        return self._parts.coder.next_change_at_plan_end(session, now_us)

    def one_minute(
        self, session: Session, services: tuple[str, ...], now_us: int, *, at_plan_end: bool
    ) -> str:
        """Return what one minute of some services would change."""
        return self._parts.coder.one_minute(session, services, now_us, at_plan_end=at_plan_end)

    def unit_minutes(self, session: Session, order: Order, most: int) -> tuple[int, ...]:
        """Return the minutes of running at which an infusion's units change."""
        return self._parts.coder.unit_minutes(session, order, most)

    def signing(self, session: Session, head: str) -> Action:
        """Return the action that seals the session's lines."""
        return self._parts.coder.signing(session, head)

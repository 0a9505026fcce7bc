"""The sessions of a day, each with where it stands on its way to billing: none of them is left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from desktop_app.core.events import SignedLine
from desktop_app.core.orders import Order
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass


class Standing(StrEnum):
    """Where a session stands at the end of a day."""

    SENT = "sent"
    READY = "ready"
    """Signed and not sent."""
    HELD = "held"
    BLOCKED = "blocked"
    """Ended, and something is in the way of its signature."""
    NOT_SIGNED = "not signed"
    IN_CHAIR = "in the chair"


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySession:
    """One session of a day: what there is to bill, how long it took, and what it waits for."""

    session: Session
    standing: Standing
    why: str = ""
    """What it is held for, or what is in the way; usually nothing."""
    lines: tuple[SignedLine, ...] = ()
    """The lines that were signed and are in force."""
    infused_minutes: int | None = None
    """Minutes in which an infusion ran; None where nobody has worked it out."""
    billable_hours: int | None = None


class Records(Protocol):
    """What is on record besides the sessions that are sent."""

    def unit_minutes(self, session: Session, order: Order) -> tuple[int, ...]:
        """Return the minutes of running at which an infusion's units change; none where nobody knows."""
        ...

    def day(self, day: date) -> Sequence[DaySession]:
        """Return every session of a date of service, oldest first; none where nobody can tell."""
        ...


class NoRecords:
    """Knows of nothing but what is sent."""

    def unit_minutes(self, _session: Session, _order: Order) -> tuple[int, ...]:
        """Return none."""
        return ()

    def day(self, _day: date) -> Sequence[DaySession]:
        """Return none."""
        return ()


NO_RECORDS = NoRecords()

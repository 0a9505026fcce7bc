"""What the end of a day is told of a session: its lines and hours, and what is in the way of them.

Of a signed session it is what was sealed, whatever the rules would make of it today.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from desktop_app.coding.reasons import Coding
from desktop_app.coding.rulebook import Era, Rulebook
from desktop_app.core.day import Told
from desktop_app.core.events import SignedLine
from desktop_app.core.session import Session


def at_day_end(session: Session, coding: Coding, rulebook: Rulebook) -> Told:
    """Return what a coding as recorded, or the signature in force, says of a session."""
    blocker = coding.blockers[0].text if coding.blockers else ""
    signature = session.signature
    if signature is None:
        return Told(len(coding.lines), coding.billable_hours, coding.infused_minutes, blocker)
    hours = sealed_hours(signature.lines, rulebook)
    return Told(len(signature.lines), hours, coding.infused_minutes)


def sealed_hours(lines: Iterable[SignedLine], rulebook: Rulebook) -> int:
    """Return how many hours sealed lines bill: the units of those whose code is for hours."""
    return sum(line.units for line in lines if _is_of_hours(line, rulebook.on(line.date)))


def _is_of_hours(line: SignedLine, era: Era | None) -> bool:
    return era is not None and line.code in _hour_codes(era)


@lru_cache(maxsize=32)
def _hour_codes(era: Era) -> frozenset[str]:
    return frozenset(code.number for code in era.codes.values() if code.hour)

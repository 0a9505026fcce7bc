"""Local times as a script writes them, and the instants they stand for."""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop_app.coding import case_values
from desktop_app.coding.refusals import CaseError
from desktop_app.script.strict import refused

NO_SHIFT = timedelta(0)


def instant_us(written: datetime, zone: str, shift: timedelta = NO_SHIFT) -> int:
    """Return the instant of a written time in microseconds, on the wall of a zone or by its own offset.

    ``shift`` moves the time before the zone is asked. An hour that comes twice is its first
    coming; a time that the zone's clocks skip raises NotATouch.
    """
    moved = written + shift
    try:
        return case_values.instant((moved.isoformat(),), moved, zone)
    except CaseError as fault:
        raise refused(fault) from None

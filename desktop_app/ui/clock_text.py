"""Reading a clock time as it is typed: 1031, 10:31, 10:31:20 or 1:20 EDT, always in the past."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from desktop_app.core.moments import instant_us, local_time, offset_name

_TIME = re.compile(r"^(\d{1,2})[:.]?(\d{2})(?:[:.]?(\d{2}))?(?: +([A-Za-z]+|UTC[+-]\d\d:\d\d))?$")
_HOURS, _SIXTY = 24, 60
_DAYS = (0, 1, 2)
"""How many days back a time was shown last, at the most: it may be left out on one of them."""


def read_clock(text: str, now_us: int, zone: str) -> int | None:
    """Return the last instant before now at which the suite's clock showed a time; None if it is none.

    A time without seconds is the whole minute. Where clocks are put back a time is shown twice, and
    where they are put on it is not shown at all on that day. The name of its offset says which it is.
    """
    found = _TIME.match(text.strip())
    if found is None:
        return None
    *parts, offset = found.groups()
    hour, minute, second = (int(part or 0) for part in parts)
    if hour >= _HOURS or minute >= _SIXTY or second >= _SIXTY:
        return None
    at = local_time(now_us, zone).replace(hour=hour, minute=minute, second=second, microsecond=0)
    shown = (_shown(at - timedelta(days=days), fold, zone) for days in _DAYS for fold in (1, 0))
    past = (at_us for at_us in shown if at_us is not None and at_us <= now_us)
    return next((at_us for at_us in past if _is_called(at_us, zone, offset or "")), None)


def _is_called(at_us: int, zone: str, offset: str) -> bool:
    return not offset or offset_name(local_time(at_us, zone)).casefold() == offset.casefold()


def _shown(at: datetime, fold: int, zone: str) -> int | None:
    """Return the instant of a local time, the later of two with fold 1; None where it is left out."""
    at_us = instant_us(at.replace(fold=fold))
    return (
        at_us
        if local_time(at_us, zone).replace(tzinfo=None, fold=0) == at.replace(tzinfo=None, fold=0)
        else None
    )

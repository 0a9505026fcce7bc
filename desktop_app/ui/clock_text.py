"""Reading a clock time as it is typed: 1031, 10:31 or 10:31:20, always in the past."""

from __future__ import annotations

import re
from datetime import timedelta

from desktop_app.core.moments import instant_us, local_time

_TIME = re.compile(r"^(\d{1,2})[:.]?(\d{2})(?:[:.]?(\d{2}))?$")
_HOURS, _SIXTY = 24, 60


def read_clock(text: str, now_us: int, zone: str) -> int | None:
    """Return the last instant before now at which the suite's clock showed a time; None if it is none.

    A time without seconds is the whole minute.
    """
    found = _TIME.match(text.strip())
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    if hour >= _HOURS or minute >= _SIXTY or second >= _SIXTY:
        return None
    now = local_time(now_us, zone)
    at = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
    return instant_us(at if instant_us(at) <= now_us else at - timedelta(days=1))

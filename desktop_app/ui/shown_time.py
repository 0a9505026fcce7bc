"""How long something takes, so that the sum with the clock times beside it comes out.

A clock on the wall cuts: 10:42 stands for all of its minute. So minutes between two times that are
shown are those between the minutes shown, and the seconds something ran those between the seconds
shown. What is billed is counted from the exact instants; where cutting them first would give another
whole minute, the exact length is told.
"""

from __future__ import annotations

from desktop_app.core.moments import MINUTE_US, SECOND_US, Moment
from desktop_app.core.service import Service


def minutes_between(from_us: int, to_us: int) -> int:
    """Return how many minutes lie between two instants that are written as HH:MM."""
    return to_us // MINUTE_US - from_us // MINUTE_US


def minutes_words(minutes: int) -> str:
    """Write minutes that are left; the last one is under way."""
    return f"{minutes} min" if minutes else "Under a minute"


def ran_us(service: Service, now_us: int) -> int:
    """Return how long a service ran; once it has stopped, by its times as they are written with seconds."""
    exact_us = service.elapsed_us(now_us)
    if service.start is None or service.stop is None:
        return exact_us
    stop_us = _cut(service.stop)
    paused_us = sum(
        (_cut(pause.until) if pause.until else stop_us) - _cut(pause.since) for pause in service.pauses
    )
    shown_us = stop_us - _cut(service.start) - paused_us
    return shown_us if shown_us // MINUTE_US == exact_us // MINUTE_US else exact_us


def _cut(moment: Moment) -> int:
    return moment.at_us - moment.at_us % SECOND_US

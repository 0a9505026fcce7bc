"""A busy day of any length as a touch script: twelve chairs, a visit after the other in each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

CHAIRS = 12
TOUCHES_A_VISIT = 9
_OPENS = datetime.fromisoformat("2026-03-02T06:00")
_ORDER = {"service": "a", "drug": "rituximab", "category": "chemo", "route": "iv-infusion"}
_STEP = timedelta(minutes=1)

Touch = dict[str, Any]


def busy_day(touches: int) -> list[str]:
    """Return so many touches, a line each, in the order they happen; each is made by a name of its own.

    A visit begins in the next chair every touch, so that all chairs are busy at once.
    """
    visits = [_visit(0, chair) for chair in range(CHAIRS)]
    lines, rounds = [], [0] * CHAIRS
    for number in range(touches):
        chair = number % CHAIRS
        touch = next(visits[chair], None)
        if touch is None:
            rounds[chair] += 1
            visits[chair] = _visit(rounds[chair], chair)
            touch = next(visits[chair])
        when = {
            "at": (_OPENS + number * _STEP / CHAIRS).isoformat(timespec="seconds"),
            "by": f"t{number + 1}",
        }
        lines.append(json.dumps({"session": touch.pop("session"), **touch, **when}))
    return lines


def _visit(number: int, chair: int) -> Iterator[Touch]:
    session = f"v{number}-{chair}"
    seat = {"do": "seat", "chair": str(chair + 1), "mrn": f"{number:04}{chair:02}", "timezone": "UTC"}
    steps: tuple[Touch, ...] = (
        seat,
        {"do": "start", **_ORDER},
        {"do": "pause", "service": "a", "reason": "line check"},
        {"do": "note", "text": "Warm blanket."},
        {"do": "resume", "service": "a"},
        {"do": "note", "text": "Sleeps."},
        {"do": "stop", "service": "a"},
        {"do": "end"},
        {"do": "sign"},
    )
    for step in steps:
        yield {"session": session, **step}

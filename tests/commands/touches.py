"""Touches to play: a visit of two hours and twenty minutes, and what else a day brings."""

from __future__ import annotations

from tests.commands.program import Json

DAY = "2026-03-02"


def touch(do: str, at: str, **more: object) -> Json:
    """Return a touch at chair 4 at a time of the day."""
    return {"at": f"{DAY}T{at}", "chair": "4", "do": do, **more}


SEAT = touch("seat", "08:50", mrn="0004821", initials="R.M.", timezone="America/New_York")
START = touch(
    "start",
    "09:00",
    service="a",
    drug="vancomycin",
    category="therapeutic",
    route="iv-infusion",
    planned_minutes=90,
)
STOP = touch("stop", "11:20", service="a")
END = touch("end", "11:25")
SIGN = touch("sign", "11:30")

VISIT = (SEAT, START, STOP, END, SIGN)
VISIT_LINES = [("96365", 1), ("96366", 1)]

"""Runs as far as their place among equals goes, for the tests of what compares minutes."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.moments import SECOND_US
from desktop_app.core.timeline import Spans, whole_minutes


def us(time: str) -> int:
    """Return a time of the first day there is as an instant; 25:00 is one of the next."""
    hours, minutes, seconds = (*(int(part) for part in time.split(":")), 0)[:3]
    return (hours * 3600 + minutes * 60 + seconds) * SECOND_US


@dataclass
class Stand:
    """A run that stands among others."""

    drug: str
    place: int
    start_us: int
    spans: Spans
    minutes: int | None


def stand(drug: str, start: str, stop: str, place: int = 0) -> Stand:
    """Return a run of a drug from one time to another."""
    spans = ((us(start), us(stop)),)
    return Stand(drug, place, us(start), spans, whole_minutes(spans))

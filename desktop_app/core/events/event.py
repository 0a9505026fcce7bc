"""What every event has, and how it stands in the journal: when, by whom, where, under which hash."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import ClassVar

from desktop_app.core.moments import ClockReading, HowKnown
from desktop_app.core.values import dataclass

SUITE_STREAM = "suite"
EXPORT_STREAM = "exports"
CLOCK_STREAM = "clock"
SESSION_STREAM_PREFIX = "session/"
DAY_STREAM_PREFIX = "day/"
PEOPLE_STREAM = "people"
EMERGENCY_STREAM = "emergencies"
ACCESS_STREAM_PREFIX = "access/"
"""Of each run of the program: who came and went."""
VIEWS_STREAM_PREFIX = "views/"
"""Of each session: who looked at it."""


def session_stream(session: str) -> str:
    """Return the name of the stream that holds one session's events."""
    return SESSION_STREAM_PREFIX + session


def views_stream(session: str) -> str:
    """Return the name of the stream that says who looked at a session."""
    return VIEWS_STREAM_PREFIX + session


def day_stream(day: date) -> str:
    """Return the name of the stream that says whether a day is locked."""
    return DAY_STREAM_PREFIX + day.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. ``at_us`` says when, ``how`` says how that is known."""

    KIND: ClassVar[str]
    SCHEMA: ClassVar[int] = 1

    at_us: int
    how: HowKnown = HowKnown.PRESSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What is true of a whole touch: when it was recorded, by whom, and its own id."""

    touch: str
    actor: str
    reading: ClockReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it stands in the journal."""

    id: str
    origin: str
    """The workstation (and epoch) that recorded it."""
    origin_seq: int
    """Gapless from 1 within an origin."""
    stream: str
    version: int
    """Gapless from 1 within a stream."""
    stamp: Stamp
    event: Event
    hash: str = field(default="", compare=False)
    previous_hash: str = field(default="", compare=False)

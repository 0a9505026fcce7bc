"""Marks: instants stamped first and named later."""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMade(Event):
    """An instant was stamped; what it was will be said later. On the suite's own stream."""

    KIND = "mark-made"

    mark: str
    chair: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkSigned(Event):
    """An instant that was stamped while nobody was signed in is somebody's: theirs who touched it."""

    KIND = "mark-signed"

    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkAssigned(Event):
    """A mark was given its meaning; the events it made stand in the session's stream."""

    KIND = "mark-assigned"

    mark: str
    session: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReturned(Event):
    """The touch that gave a mark its meaning, or dropped it, was undone; the mark is open again."""

    KIND = "mark-returned"

    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDropped(Event):
    KIND = "mark-dropped"

    mark: str
    reason: str

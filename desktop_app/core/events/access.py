"""Who came and went at the workstation, who was turned away, and whose record was looked at."""

from __future__ import annotations

from desktop_app.core.access import Secret
from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody works at the workstation from now on."""

    KIND = "signed-in"

    person: str
    by: Secret
    """What they showed for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    """Nobody works at the workstation, or somebody else does."""

    KIND = "signed-out"

    person: str
    why: str = ""
    """What ended it, such as a lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInFailed(Event):
    """Somebody tried to come in and was not let in."""

    KIND = "sign-in-failed"

    person: str
    """Whose name was given; empty where it was nobody's, for it may have been a secret."""
    by: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyOpened(Event):
    """Somebody went to work without the right to, for a reason: to be looked into afterwards."""

    KIND = "emergency-opened"

    person: str
    """Who they said they are."""
    reason: str
    access: str
    """The name that touches are kept with from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencySeen(Event):
    """An administrator has looked into the emergencies, up to an event of their stream."""

    KIND = "emergency-seen"

    up_to: int
    """The version of the last emergency that was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordViewed(Event):
    """Somebody looked at a session: told once for each person, session and time signed in."""

    KIND = "record-viewed"

    session: str
    """Empty where it was a list of many; it stands where comings and goings do."""
    person: str
    where: str
    """On which page, or by which command."""

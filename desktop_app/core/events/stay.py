"""A patient's stay: the chair taken, looked at, changed, left, and what was undone."""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.orders import Setting
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSeated(Event):
    """A patient took a chair: the session begins. Everything that decides its coding is fixed here."""

    KIND = "patient-seated"

    chair: str
    mrn: str
    initials: str
    zone: str
    setting: Setting
    place_of_service: str = ""
    profile: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Rule options set for this session alone, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChairChanged(Event):
    KIND = "chair-changed"

    chair: str


MRN = "mrn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientShown(Event):
    """Somebody looked at what is hidden of the patient. It changes nothing and cannot be undone."""

    KIND = "patient-shown"

    what: str
    """What was looked at: ``MRN`` for the whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchUndone(Event):
    """The last touch of the session was taken back, with all its events."""

    KIND = "touch-undone"

    touch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    KIND = "session-ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReopened(Event):
    """An ended or signed session was opened again for a change, with a reason."""

    KIND = "session-reopened"

    reason: str

"""Who the patient is, what billing knows of patient and payer, and the terms a session is coded under."""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.orders import Setting
from desktop_app.core.people import Registration
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRegistered(Event):
    """What billing knows of the patient was recorded, all of it, in place of what it knew before."""

    KIND = "patient-registered"

    registration: Registration


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientIdentified(Event):
    """It was told anew who sits here: MRN and initials, in place of what was told before."""

    KIND = "patient-identified"

    mrn: str
    initials: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsChanged(Event):
    """The session is coded under another setting, place of service, payer profile or options."""

    KIND = "terms-changed"

    setting: Setting
    place_of_service: str
    profile: str
    options: tuple[tuple[str, str], ...]

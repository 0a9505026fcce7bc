"""What is charted beside the times: the dose, the rate, the bag, the site, a note, a reminder seen."""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.orders import Dose
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseRecorded(Event):
    KIND = "dose-recorded"

    service: str
    dose: Dose


@dataclass(frozen=True, slots=True, kw_only=True)
class RateChanged(Event):
    KIND = "rate-changed"

    service: str
    rate_ml_h: str
    """A decimal number as text, so that nothing is rounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagChanged(Event):
    """A new bag of the same infusion; running time goes on."""

    KIND = "bag-changed"

    service: str
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOpened(Event):
    """A further access site, with the reason an auditor will ask for."""

    KIND = "site-opened"

    site: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    KIND = "note-added"

    text: str
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAcknowledged(Event):
    """Somebody saw what a service reminds of, and it falls silent until it is next due."""

    KIND = "reminder-acknowledged"

    service: str
    reminder: str
    """What it reminds of, such as ``plan-end`` or ``vitals``: see ``core.reminders``."""
    due_us: int
    """When it was due: the next time it is due it speaks again."""

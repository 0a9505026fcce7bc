"""Each word of the touch script, and the keys it takes.

What a touch asks for is decided in ``deciding`` and ``play``; here stands what may be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from desktop_app.core.events import MRN
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Setting
from desktop_app.core.people import Registration
from desktop_app.core.reminders import Reminds
from desktop_app.script.fields import Options
from desktop_app.script.services import DoseKeys, ServiceKeys


@dataclass(frozen=True, kw_only=True)
class Touch:
    """What every line may say: when, how that is known, by whom, and which session is meant."""

    do: str
    at: datetime | None = None
    how: HowKnown | None = None
    by: str = ""
    chair: str = ""
    session: str = ""
    mrn: str = ""


@dataclass(frozen=True, kw_only=True)
class Seat(Touch):
    """A patient takes a chair; ``session`` names the new session where the script needs to."""

    protocol: str = ""
    """A protocol whose services are planned with it."""
    initials: str = ""
    setting: Setting | None = None
    place_of_service: str | None = None
    timezone: str | None = None
    profile: str | None = None
    options: Options | None = None


@dataclass(frozen=True, kw_only=True)
class Plan(ServiceKeys, Touch):
    """A service is ordered and waits for its start, or all that a protocol has."""

    protocol: str = ""


@dataclass(frozen=True, kw_only=True)
class Reorder(Touch):
    """The planned services wait in another order; each is named once, the next one first."""

    services: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Begin(ServiceKeys, Touch):
    """A service starts to run or is given in one moment, as its route has it."""

    stop: datetime | None = None
    """When a push of charted length ended."""


@dataclass(frozen=True, kw_only=True)
class Change(ServiceKeys, Touch):
    """A service is described anew."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Pause(Touch):
    """A service pauses; a ``note`` tells more, such as a reaction."""

    service: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Resume(Touch):
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Stop(Touch):
    """A service stops; ``next`` begins at the same instant."""

    service: str = ""
    next: ServiceKeys | None = None


@dataclass(frozen=True, kw_only=True)
class NotWitnessed(Touch):
    """Nobody saw the service stop."""

    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Unstop(Touch):
    """A stop is taken back."""

    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Settle(Touch):
    """A later stop is answered: ``to`` names the one that is true, without it the first stands."""

    service: str = ""
    to: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Correct(Touch):
    """One instant of a service is replaced; here ``how`` says how the new one is known."""

    what: str
    to: datetime
    service: str = ""
    index: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordDose(DoseKeys, Touch):
    """What was given and from what, beside what is known of it already."""

    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Rate(Touch):
    rate_ml_h: Decimal
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Bag(Touch):
    """A new bag of the same infusion."""

    service: str = ""
    lot: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenSite(Touch):
    """A further access site is opened."""

    site: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Note(Touch):
    text: str
    service: str = ""


@dataclass(frozen=True, kw_only=True)
class Acknowledge(Touch):
    """What a service reminds of was seen; ``due`` is when it had been due."""

    service: str
    reminder: Reminds
    due: datetime


@dataclass(frozen=True, kw_only=True)
class Show(Touch):
    """Somebody looked at what is hidden of the patient."""

    what: str = MRN


@dataclass(frozen=True, kw_only=True)
class Void(Touch):
    """A service that never happened is struck out."""

    service: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class End(Touch):
    """The patient leaves the chair."""


@dataclass(frozen=True, kw_only=True)
class Hold(Touch):
    """Billing waits for something."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Release(Touch):
    """A held session goes on to billing."""


@dataclass(frozen=True, kw_only=True)
class Register(Touch):
    """What billing knows of the patient, in place of what it knew before."""

    patient: Registration


@dataclass(frozen=True, kw_only=True)
class Terms(Touch):
    """Who bills, where, under which payer profile; what is left out stays as it is."""

    setting: Setting | None = None
    place_of_service: str | None = None
    profile: str | None = None
    options: Options | None = None


@dataclass(frozen=True, kw_only=True)
class Sign(Touch):
    """The lines are sealed with a name."""


@dataclass(frozen=True, kw_only=True)
class Reopen(Touch):
    """An ended or signed session is opened again."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Move(Touch):
    """The patient moves ``to`` another chair."""

    to: str


@dataclass(frozen=True, kw_only=True)
class Undo(Touch):
    """The last touch is taken back; without a chair, the last touch of the suite."""


@dataclass(frozen=True, kw_only=True)
class Mark(Touch):
    """An instant is stamped; ``mark`` names it where the script needs to."""

    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Drop(Touch):
    """A mark meant nothing."""

    mark: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Assign(Touch):
    """A mark gets its meaning: the touch of the word ``what``, at the marked instant."""

    mark: str = ""
    meaning: Touch


@dataclass(frozen=True, kw_only=True)
class LockDay(Touch):
    """The sessions of a day stay as they are; without ``day`` it is the day of the touch."""

    day: str = ""
    """An ISO date."""
    confirm: bool = False
    """Whether the day is locked though something is left over."""


@dataclass(frozen=True, kw_only=True)
class UnlockDay(Touch):
    """The sessions of a locked day may be changed again."""

    day: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Export(Touch):
    """The signed lines that were not sent go out ``to`` a folder."""

    to: str
    formats: tuple[str, ...] = ("csv",)
    again: bool = False
    day: str = ""
    """An ISO date: only the sessions of this date of service."""

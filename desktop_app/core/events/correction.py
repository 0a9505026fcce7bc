"""What was put right afterwards: always an event of its own, never a change of the first one."""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Order
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StopProposed(Event):
    """A second stop arrived; the first stands until a person corrects it."""

    KIND = "stop-proposed"

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalsSettled(Event):
    """The later stops of a service were answered: one was taken, or the first stands."""

    KIND = "proposals-settled"

    service: str
    taken_us: int | None = None
    """Which later stop was taken; none where the first stands."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotWitnessed(Event):
    """Nobody saw the service stop, and nobody will claim to have."""

    KIND = "stop-not-witnessed"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentCorrected(Event):
    """An instant was corrected with a reason. ``at_us`` is when the correction was made."""

    KIND = "moment-corrected"

    service: str
    """Empty for a moment of the session itself."""
    what: str
    """``start``, ``stop``, ``pause`` or ``resume`` of a service; ``seated`` of the session."""
    index: int = 0
    """Which pause, counted from 0."""
    from_us: int
    to_us: int
    to_how: HowKnown
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRemoved(Event):
    """A stop was taken back: the service runs on from its first start."""

    KIND = "stop-removed"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChanged(Event):
    """What was given was described anew (drug, planned minutes, flags); times stay as they are."""

    KIND = "order-changed"

    service: str
    order: Order
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVoided(Event):
    """A service that never happened was struck out; it stays readable."""

    KIND = "service-voided"

    service: str
    reason: str

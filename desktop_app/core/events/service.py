"""A service's own course: planned, started, paused, stopped."""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.orders import Order
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlanned(Event):
    """A service was ordered for the session and waits for its start."""

    KIND = "service-planned"

    service: str
    order: Order
    protocol: str = ""
    """The name of the protocol it was planned from; empty when it was ordered by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReordered(Event):
    """The services that wait for their start were put in another order."""

    KIND = "plan-reordered"

    services: tuple[str, ...]
    """Every planned service, the next one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStarted(Event):
    """A running service began (an infusion, hydration, observation)."""

    KIND = "service-started"

    service: str
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceGiven(Event):
    """A service of one instant was given (a push, an injection, a flush, a tablet)."""

    KIND = "service-given"

    service: str
    order: Order
    until_us: int | None = None
    """When a push with a charted length ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePaused(Event):
    KIND = "service-paused"

    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResumed(Event):
    KIND = "service-resumed"

    service: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStopped(Event):
    KIND = "service-stopped"

    service: str

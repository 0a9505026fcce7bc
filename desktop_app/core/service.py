"""One drug or fluid in a session: its order, its moments, and what state that makes.

Running time is never counted up: it is always the difference of stored instants, less the
pauses between them::

    start                pause      resume             stop or now
      |====================|          |==================|
      '------ runs --------'  (out)   '------ runs ------'
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from desktop_app.core.moments import MINUTE_US, Moment
from desktop_app.core.orders import Order
from desktop_app.core.values import dataclass


class ServiceState(StrEnum):
    """What a service is doing, told from its moments."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    GIVEN = "given"
    NOT_WITNESSED = "not-witnessed"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the service did not run; without ``until`` it lasts to the stop, or still does."""

    since: Moment
    until: Moment | None
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A moment that was replaced, what replaced it, and why."""

    what: str
    index: int
    before: Moment
    after: Moment
    reason: str


@dataclass(frozen=True, slots=True)
class RateStep:
    """A change of rate; ``rate_ml_h`` is a decimal number as text."""

    at: Moment
    rate_ml_h: str


@dataclass(frozen=True, slots=True)
class Bag:
    """A further bag of the same infusion, with its lot where somebody read it."""

    at: Moment
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service of a session, folded from its events."""

    id: str
    order: Order
    start: Moment | None = None
    stop: Moment | None = None
    pauses: tuple[Pause, ...] = ()
    not_witnessed: str = ""
    """The reason, when nobody saw it stop and that was said."""
    void_reason: str = ""
    proposals: tuple[Moment, ...] = ()
    """Later stops, kept beside the first one that stands until a person settles them."""
    corrections: tuple[Correction, ...] = ()
    rates: tuple[RateStep, ...] = ()
    bags: tuple[Bag, ...] = ()
    protocol: str = ""
    """The protocol it was planned from."""

    @property
    def state(self) -> ServiceState:
        """What the service is doing now."""
        if self.void_reason:
            return ServiceState.VOIDED
        if self.start is None:
            return ServiceState.PLANNED
        if not self.order.runs:
            return ServiceState.GIVEN
        if self.stop is not None:
            return ServiceState.STOPPED
        if self.not_witnessed:
            return ServiceState.NOT_WITNESSED
        return ServiceState.PAUSED if self.open_pause else ServiceState.RUNNING

    @property
    def open_pause(self) -> Pause | None:
        """The pause that has ended by neither a resume nor a stop, if there is one."""
        if self.stop is not None or not self.pauses or self.pauses[-1].until is not None:
            return None
        return self.pauses[-1]

    @property
    def is_open(self) -> bool:
        """Whether it still needs a stop: running, or paused."""
        # Asked a thousand times a second by a full board: as ``state`` says it, without saying which.
        if self.start is None or self.stop is not None or self.void_reason or self.not_witnessed:
            return False
        return self.order.runs

    @property
    def has_begun(self) -> bool:
        """Whether it was started or given, and not struck out."""
        return self.start is not None and not self.void_reason

    @property
    def last_moment_us(self) -> int | None:
        """The latest instant it is known to have been doing anything; None before its start."""
        known = [moment.at_us for moment in self.moments()]
        return max(known, default=None)

    def elapsed_us(self, now_us: int) -> int:
        """Return running time in microseconds, less the pauses, up to its stop, or up to now while it runs.

        What was given in one moment has none; what nobody saw stop ran to its last known moment.
        """
        if self.start is None:
            return 0
        end_us = now_us if self.is_open else self.last_moment_us or 0
        return max(0, end_us - self.start.at_us - self.paused_us(end_us))

    def paused_us(self, until_us: int) -> int:
        """Return paused time in microseconds up to an instant."""
        return sum(
            max(0, (pause.until.at_us if pause.until else until_us) - pause.since.at_us)
            for pause in self.pauses
        )

    def planned_end_us(self, now_us: int) -> int | None:
        """Return when the planned minutes of running time are over, pauses pushing it back."""
        if self.start is None or self.order.planned_minutes is None:
            return None
        end_us = self.stop.at_us if self.stop else now_us
        return self.start.at_us + self.order.planned_minutes * MINUTE_US + self.paused_us(end_us)

    def with_order(self, order: Order) -> Service:
        """Return the service described anew, its moments unchanged."""
        return replace(self, order=order)

    def moments(self) -> list[Moment]:
        """Return every instant that is known of it: start, stop, and both ends of each pause."""
        ends = [m for m in (self.start, self.stop) if m is not None]
        pauses = [m for pause in self.pauses for m in (pause.since, pause.until) if m is not None]
        return ends + pauses


def moment_named(service: Service, what: str, index: int = 0) -> Moment | None:
    """Return a service's ``start``, ``stop``, or the ``pause`` or ``resume`` counted from 0."""
    if what == "start":
        return service.start
    if what == "stop":
        return service.stop
    if not 0 <= index < len(service.pauses):
        return None
    return service.pauses[index].since if what == "pause" else service.pauses[index].until


def with_moment(service: Service, what: str, index: int, moment: Moment) -> Service:
    """Return a service with another start, stop, pause or resume."""
    if what == "start":
        return replace(service, start=moment)
    if what == "stop":
        return replace(service, stop=moment)
    pause = service.pauses[index]
    changed = replace(pause, since=moment) if what == "pause" else replace(pause, until=moment)
    return replace(service, pauses=(*service.pauses[:index], changed, *service.pauses[index + 1 :]))

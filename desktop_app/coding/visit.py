"""One patient's visit as the coder sees it: what was given, when it ran, how that is known.

A session folds into a visit, a case in JSON is read into one, and nothing else is needed to
code it. Instants are microseconds since 1970 UTC; only sentences and dates use the zone.
"""

from __future__ import annotations

from datetime import date

from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import Order, Setting
from desktop_app.core.values import dataclass

Pause = tuple[int, int | None]
"""From when to when a service stood still; no second instant while it still does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitService:
    """One service of a visit with its times."""

    id: str
    order: Order
    start_us: int
    stop_us: int | None = None
    """When a running service stopped, or when a push with a charted length ended."""
    pauses: tuple[Pause, ...] = ()
    stop_how: HowKnown = HowKnown.CHARTED
    not_witnessed: bool = False
    """Nobody saw it stop, and nobody claims to have."""
    clock_behind: bool = False
    """A time of it is only the earliest that it can have been: the clock was behind when it was pressed."""

    @property
    def is_open(self) -> bool:
        """Whether it runs (or is paused) and may still be stopped."""
        return self.order.runs and self.stop_us is None and not self.not_witnessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Everything the lines of one visit follow from, in the order it was given."""

    id: str
    setting: Setting
    date: date
    """The date of service; it also picks the dated rules."""
    services: tuple[VisitService, ...]
    zone: str = "UTC"
    place_of_service: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Rule options for this visit alone, by name; they go before the payer profile's."""
    site_reasons: tuple[tuple[str, str], ...] = ()
    """Why each further access site was opened, by site."""
    evaluation: str = ""
    """The code of an evaluation and management service on the same visit, if there was one."""

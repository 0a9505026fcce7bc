"""Downtimes: stretches in which the record system beside this program could not be written to.

On the suite's own stream, as marks are: they are no patient's.
"""

from __future__ import annotations

from desktop_app.core.events.event import Event
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DowntimeBegun(Event):
    """A record system went away; what is recorded from now on is to be entered there afterwards."""

    KIND = "downtime-begun"

    outage: str
    system: str = ""
    """What went away, such as the name of the record system; empty when nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DowntimeOver(Event):
    KIND = "downtime-over"

    outage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DowntimeReturned(Event):
    """The last touch of a downtime was taken back: it goes on, or it never was."""

    KIND = "downtime-returned"

    outage: str

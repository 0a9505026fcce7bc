"""Deciding about downtimes: when a record system went away, and when it could be written to again."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.bounds import in_future
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.moments import time_words
from desktop_app.core.outages import Outage
from desktop_app.core.recordable import unheld_line
from desktop_app.core.suite import Suite

NONE_OPEN = "no downtime has begun"


def begin_downtime(suite: Suite, when: When, *, outage: str, system: str, zone: str) -> Decision:
    """Decide that a record system went away at an instant; one downtime lasts at a time."""
    if suite.open_outage is not None:
        since = time_words(suite.open_outage.begun.at_us, zone)
        return Refusal(f"a downtime has begun already, at {since}")
    if outage in suite.outages:
        return Refusal(f"there is a downtime “{outage}” already")
    if refusal := in_future(when) or unheld_line("the name of the system", system):
        return refusal
    before = suite.downtimes[-1] if suite.downtimes else None
    if before is not None and before.over is not None and when.at_us < before.over.at_us:
        return Refusal(f"the downtime before it lasted until {time_words(before.over.at_us, zone)}")
    return (e.DowntimeBegun(at_us=when.at_us, how=when.how, outage=outage, system=system.strip()),)


def end_downtime(suite: Suite, when: When, *, zone: str) -> Decision:
    """Decide that the downtime which lasts is over."""
    lasts = suite.open_outage
    if lasts is None:
        return Refusal(NONE_OPEN)
    if refusal := in_future(when):
        return refusal
    if when.at_us < lasts.begun.at_us:
        return Refusal(f"the downtime began at {time_words(lasts.begun.at_us, zone)}")
    return (e.DowntimeOver(at_us=when.at_us, how=when.how, outage=lasts.id),)


def take_downtime_back(suite: Suite, when: When, *, outage: Outage) -> Decision:
    """Decide to undo the last touch of a downtime: its end, or its beginning."""
    if outage.over is not None and suite.open_outage is not None:
        return Refusal("another downtime has begun since")
    return (e.DowntimeReturned(at_us=when.at_us, how=when.how, outage=outage.id),)

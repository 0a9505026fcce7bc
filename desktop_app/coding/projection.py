"""Lines of a visit that is still running: if everything stopped now, and at the planned end.

A projection is the coding of the same visit with its open services closed, so it can never
say anything the signed lines would not. Nothing here guesses that a service has stopped.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding
from desktop_app.coding.rulebook import Profile, Rulebook
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.timeline import in_order, length_us


def stopped_at(visit: Visit, at_us: int) -> Visit:
    """Return the visit as it would be if every open service stopped at an instant.

    No service stops before the last thing that is known of it.
    """
    return replace(visit, services=tuple(_stopped(service, at_us, at_us) for service in visit.services))


def at_plan_end(visit: Visit, now_us: int) -> Visit:
    """Return the visit as it would be if every open service ran to its planned end.

    One without a plan, or past it, stops now; one that is paused goes on now.
    """
    services = tuple(
        _stopped(service, planned_end_us(service, now_us) or now_us, now_us) for service in visit.services
    )
    return replace(visit, services=services)


def lines_if_stopped(visit: Visit, at_us: int, rulebook: Rulebook, profile: Profile) -> Coding:
    """Return the coding of a visit if every open service stopped at an instant."""
    return code(stopped_at(visit, at_us), rulebook, profile)


def lines_at_plan_end(
    visit: Visit, now_us: int, rulebook: Rulebook, profile: Profile
) -> tuple[int, Coding] | None:
    """Return when the last plan of what runs is over, and the coding if all ran to their plans.

    None when nothing that runs has a planned length. A plan that is over counts up to now.
    """
    ends = [planned_end_us(service, now_us) for service in visit.services]
    known = [end for end in ends if end is not None]
    return (max(known), code(at_plan_end(visit, now_us), rulebook, profile)) if known else None


def planned_end_us(service: VisitService, now_us: int) -> int | None:
    """Return when an open service ends by its plan, its pauses so far added, or now if that is past.

    None for a service that is not open or has no planned minutes.
    """
    planned = service.order.planned_minutes
    if planned is None or not service.is_open:
        return None
    until = ((start, now_us if stop is None else stop) for start, stop in service.pauses)
    stood_still_us = length_us(in_order(until))
    return max(now_us, service.start_us + planned * MINUTE_US + stood_still_us)


def _stopped(service: VisitService, at_us: int, paused_until_us: int) -> VisitService:
    if not service.is_open:
        return service
    pauses = tuple(
        (start, max(start, paused_until_us) if stop is None else stop) for start, stop in service.pauses
    )
    known = [service.start_us, *(stop for _start, stop in pauses)]
    return replace(service, stop_us=max(at_us, *known), pauses=pauses)

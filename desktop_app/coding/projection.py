"""Lines of a visit that is still running: if everything stopped now, and at the planned end.

A projection is the coding of the same visit with its open services closed, so it can never
say anything the signed lines would not. Nothing here guesses that a service has stopped. Each
projection also tells until when it holds, so that nobody has to ask again before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desktop_app.coding.coder import code, instants_of, listened_to
from desktop_app.coding.reasons import Change, Coding
from desktop_app.coding.rulebook import Era, Profile, Rulebook, options_on
from desktop_app.coding.running import LONGEST_RUN_US
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.coding.watch import Watch
from desktop_app.core.moments import HOUR_US, MINUTE_US, instant_us, local_date
from desktop_app.core.timeline import cut_to_minute, in_order, length_us

Projection = Callable[[Visit, int], Visit]
"""A visit as it would be, seen from an instant: ``stopped_at`` or ``at_plan_end``."""

MOST_LOOKS = 120
"""How often the coder looks ahead for a change before it says: ask again then."""
_FURTHEST_US = 24 * HOUR_US


Said = tuple[object, ...]


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


def next_change(
    visit: Visit, now_us: int, rulebook: Rulebook, profile: Profile, seen: Projection = stopped_at
) -> Change | None:
    """Return the first instant after now at which a projection of a visit says something else.

    What it says is its lines with their dates and rules, what is not billed and why, and its
    blockers; minutes and sentences go on by themselves, and findings that only ask for a second
    look are left aside. None where it never changes: nothing runs, or there are no rules for the day.
    """
    era = rulebook.on(visit.date)
    if era is None or not any(service.is_open for service in visit.services):
        return None
    charted = options_on(rulebook, profile, visit.setting, visit.date, visit.options).charted
    at_us, told = now_us, None
    for _look in range(MOST_LOOKS):
        watch = _watch(visit, at_us, seen, era, charted=charted)
        said = _said(listened_to(seen(visit, at_us), rulebook, profile, watch))
        if told not in (None, said):
            return Change(at_us, certain=True)
        told = said
        at_us += watch.soonest_us or _FURTHEST_US  # midnight is always ahead, which mypy cannot know
        if at_us > now_us + _FURTHEST_US:
            break
    return Change(at_us, certain=False)


def _watch(visit: Visit, at_us: int, seen: Projection, era: Era, *, charted: bool) -> Watch:
    """Return a watch that knows which instants of a projection go on with the present."""
    now, soon = (instants_of(seen(visit, us), era) for us in (at_us, at_us + 1))
    pairs = list(zip(now, soon, strict=True))
    # What stops at midnight stops on the day before: the day that ends is the one a moment ago.
    day_end_us = _midnight_after((cut_to_minute(at_us) if charted else at_us) - 1, visit.zone)
    stay = {one for one, other in pairs if one == other}
    return Watch(
        {at_us, *(one for one, other in pairs if one != other)},
        {*stay, day_end_us, *(service.start_us + LONGEST_RUN_US for service in visit.services)},
        lambda other_us: _midnight_after(other_us, visit.zone),
        charted=charted,
    )


def _midnight_after(at_us: int, zone: str) -> int:
    """Return when the day of an instant ends."""
    day = local_date(at_us, zone) + timedelta(days=1)
    return instant_us(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)))


def _said(coding: Coding) -> Said:
    """Return what an answer says, without the minutes and sentences that go on by themselves."""
    return (
        *(
            (line.code, line.modifiers, line.units, line.date, line.services, line.rules)
            for line in coding.lines
        ),
        *((item.service, item.rules) for item in coding.not_billed),
        *((finding.name, finding.service) for finding in coding.blockers),
    )


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

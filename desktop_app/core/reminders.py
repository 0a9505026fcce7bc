"""What a session reminds of at an instant, and when it will next remind of something.

A reminder tells that an ordered time has come. It stops nothing, and it never asks for more time.
Three kinds follow the running time, so a pause pushes them back; the watch afterwards follows the
clock on the wall, since a patient is watched whether or not anything runs::

    start          pause     resume                        stop
      |==============|.........|==========|==================|..............|
      0             20        20         30                 50        watch over
                                          ^ rate step after 30 minutes of running, vital signs every 30

Which rate step is next, and after how much running, is ``titration``'s to say: a step that came late
pushes the next one back, and only its rate, once recorded, settles it.

What was seen is kept with the instant it had been due (``ReminderAcknowledged``): everything of that
kind due by then is seen with it, and what is due later speaks again. Whoever asks anew at each
instant that ``next_due_us`` tells, and after each touch, misses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Order
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.timeline import Spans, length_us, running
from desktop_app.core.titration import next_step, next_step_after_us
from desktop_app.core.values import dataclass


class Reminds(StrEnum):
    """What a reminder is about. These words stand in the journal for ever; the first is the most pressing."""

    RATE_STEP = "rate-step"
    VITALS = "vitals"
    PLAN_END = "plan-end"
    PLAN_NEAR = "plan-near"
    OBSERVATION_OVER = "observation-over"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a suite wants to be reminded of."""

    kinds: frozenset[Reminds] = frozenset(Reminds)
    vitals_minutes: int = 0
    """How often vital signs are due where the order of a drug does not say; 0 for never."""
    near_minutes: int = 0
    """So many minutes of running before the planned end it is said to be near; 0 for never."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to look at, of one service, and since or from when."""

    service: str
    what: Reminds
    due_us: int
    rate_ml_h: Decimal | None = None
    """The ordered rate, where it is time for a rate step."""


@dataclass(frozen=True, slots=True)
class _Point:
    """Something to remind of once a service has run for so long."""

    what: Reminds
    ran_us: int
    rate_ml_h: Decimal | None = None


def reminders_due(session: Session, wishes: Wishes, now_us: int) -> tuple[Reminder, ...]:
    """Return what is due at an instant and was not seen yet, the most pressing first.

    Of one kind at one service only the latest is told: the vital signs of an hour ago cannot be taken.
    At the planned end nobody needs to hear that it is near.
    """
    latest: dict[tuple[str, Reminds], Reminder] = {}
    for found in _all(session, wishes, now_us):
        before = latest.get((found.service, found.what))
        if found.due_us <= now_us and (before is None or found.due_us > before.due_us):
            latest[found.service, found.what] = found
    for service, what in list(latest):
        if what is Reminds.PLAN_END:
            latest.pop((service, Reminds.PLAN_NEAR), None)
    unseen = (found for found in latest.values() if not _is_seen(session, found))
    return tuple(sorted(unseen, key=lambda one: (list(Reminds).index(one.what), one.due_us)))


def reminders_coming(session: Session, wishes: Wishes, now_us: int) -> tuple[Reminder, ...]:
    """Return the next of each kind at each service if all runs on as it does, the soonest first.

    What is paused has no next: it waits for whoever resumes it.
    """
    soonest: dict[tuple[str, Reminds], Reminder] = {}
    for found in _all(session, wishes, now_us):
        before = soonest.get((found.service, found.what))
        if found.due_us > now_us and (before is None or found.due_us < before.due_us):
            soonest[found.service, found.what] = found
    return tuple(sorted(soonest.values(), key=lambda one: one.due_us))


def next_due_us(session: Session, wishes: Wishes, now_us: int) -> int | None:
    """Return when something is next due if nothing is touched; None for never."""
    coming = reminders_coming(session, wishes, now_us)
    return coming[0].due_us if coming else None


def _all(session: Session, wishes: Wishes, now_us: int) -> Iterator[Reminder]:
    """Yield what every service of a patient who is here reminds of, due or still to come."""
    if session.stage is not Stage.OPEN:
        return
    for service in session.services:
        found = _of_running(service, wishes, now_us) if service.is_open else _of_watch(service)
        yield from (one for one in found if one.what in wishes.kinds)


def _of_running(service: Service, wishes: Wishes, now_us: int) -> Iterator[Reminder]:
    start_us = service.start.at_us if service.start else now_us
    pauses = [(p.since.at_us, p.until.at_us if p.until else now_us) for p in service.pauses]
    ran = running(start_us, now_us, pauses)
    for point in (*_step_point(service), *_points(service.order, wishes, length_us(ran))):
        at_us = _instant(service, ran, point.ran_us, now_us)
        if at_us is not None:
            yield Reminder(service.id, point.what, at_us, point.rate_ml_h)


def _of_watch(service: Service) -> Iterator[Reminder]:
    minutes = service.order.observe_minutes
    over = {ServiceState.STOPPED, ServiceState.GIVEN}
    end_us = service.last_moment_us
    if minutes and service.state in over and end_us is not None:
        yield Reminder(service.id, Reminds.OBSERVATION_OVER, end_us + minutes * MINUTE_US)


def _step_point(service: Service) -> Iterator[_Point]:
    step, after_us = next_step(service), next_step_after_us(service)
    if step is not None and after_us is not None:
        yield _Point(Reminds.RATE_STEP, after_us, step.planned.rate_ml_h)


def _points(order: Order, wishes: Wishes, ran_us: int) -> Iterator[_Point]:
    planned, near = order.planned_minutes, wishes.near_minutes
    if planned is not None:
        yield _Point(Reminds.PLAN_END, planned * MINUTE_US)
        if 0 < near < planned:
            yield _Point(Reminds.PLAN_NEAR, (planned - near) * MINUTE_US)
    every_us = vitals_minutes(order, wishes) * MINUTE_US
    if every_us > 0:
        for times in (ran_us // every_us, ran_us // every_us + 1):
            if times:
                yield _Point(Reminds.VITALS, times * every_us)


def vitals_minutes(order: Order, wishes: Wishes) -> int:
    """Return how often vital signs are due while an order runs: as it says, else as wished for drugs."""
    if order.vitals_every_minutes is not None:
        return order.vitals_every_minutes
    is_drug = order.category is not Category.HYDRATION and not order.kvo
    return wishes.vitals_minutes if is_drug else 0


def _instant(service: Service, ran: Spans, ran_us: int, now_us: int) -> int | None:
    """Return the first instant at which it had run for so long, or will have; None while it is paused."""
    left_us = ran_us
    for start, stop in ran:
        if left_us <= stop - start:
            return start + left_us
        left_us -= stop - start
    return now_us + left_us if service.state is ServiceState.RUNNING else None


def _is_seen(session: Session, found: Reminder) -> bool:
    return any(
        seen.service == found.service and seen.reminder == found.what and seen.due_us >= found.due_us
        for seen in session.acknowledged
    )

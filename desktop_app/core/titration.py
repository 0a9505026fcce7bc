"""Where an infusion stands in its ordered rate steps: the rate it runs at, the step that is, and the next.

A step is reached by recording its rate; nothing is taken for granted because its time has come.
Each step is due after as long on the one before it as was ordered, however late that began::

    ordered    0 ------- 30 ------- 60        minutes of running time
    recorded   0 ------------ 41              step 2 came late
    due                           71          so step 3 is due after 30 more

The card's button and the reminder both stand on ``next_step_after_us``, so that they name one rate and
one instant. A rate that is none of the steps makes nothing due: when to go on is for a person to say.
"""

from __future__ import annotations

from decimal import Decimal

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import PlannedRate
from desktop_app.core.service import RateStep, Service
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One of the ordered steps, counted from 1."""

    number: int
    of: int
    planned: PlannedRate


def rate_in_force(service: Service) -> Decimal | None:
    """Return the rate it runs at in mL/h: as last recorded, else as ordered; None when nobody said."""
    if service.rates:
        return Decimal(_in_time(service)[-1].rate_ml_h)
    steps = service.order.rate_steps
    return steps[0].rate_ml_h if steps else service.order.rate_ml_h


def step_in_force(service: Service) -> Step | None:
    """Return the ordered step it runs at; None without steps, or at a rate that is none of them."""
    steps = service.order.rate_steps
    place = _place(service)
    if not steps or rate_in_force(service) != steps[place].rate_ml_h:
        return None
    return _step(service, place)


def step_at_rate(service: Service, rate_ml_h: Decimal) -> Step | None:
    """Return the ordered step a service would be at, if this rate were recorded now."""
    steps = service.order.rate_steps
    place = _reached(steps, _place(service), rate_ml_h)
    return _step(service, place) if steps and steps[place].rate_ml_h == rate_ml_h else None


def next_step(service: Service) -> Step | None:
    """Return the step that comes next; after a slower rate than ordered, the first step above it."""
    steps, rate = service.order.rate_steps, rate_in_force(service)
    if not steps or rate is None:
        return None
    place = _place(service)
    following = place + 1
    if rate != steps[place].rate_ml_h:
        above = (at for at, step in enumerate(steps[:following]) if step.rate_ml_h > rate)
        following = next(above, following)
    return _step(service, following) if following < len(steps) else None


def next_step_after_us(service: Service) -> int | None:
    """Return after how much running time the next step is due, in microseconds.

    None without one, and at a rate off the plan: when to go on from there is for a person to say.
    """
    here, following = step_in_force(service), next_step(service)
    if here is None or following is None or service.start is None:
        return None
    since_us = ran_us(service, _in_time(service)[-1].at.at_us) if service.rates else 0
    since_us = max(since_us, here.planned.after_minutes * MINUTE_US)
    return since_us + (following.planned.after_minutes - here.planned.after_minutes) * MINUTE_US


def is_step_due(service: Service, now_us: int) -> bool:
    """Return whether an infusion that is open has run long enough for its next step."""
    due_us = next_step_after_us(service)
    return due_us is not None and service.is_open and service.elapsed_us(now_us) >= due_us


def ran_us(service: Service, at_us: int) -> int:
    """Return the running time from the start to an instant in the past, less the pauses until then."""
    if service.start is None:
        return 0
    paused = (
        min(at_us, pause.until.at_us if pause.until else at_us) - pause.since.at_us
        for pause in service.pauses
        if pause.since.at_us < at_us
    )
    return max(0, at_us - service.start.at_us - sum(paused))


def _step(service: Service, place: int) -> Step:
    steps = service.order.rate_steps
    return Step(place + 1, len(steps), steps[place])


def _place(service: Service) -> int:
    """Return the place of the step that was reached last; a rate that is no step leaves it where it was."""
    place = 0
    for recorded in _in_time(service):
        place = _reached(service.order.rate_steps, place, Decimal(recorded.rate_ml_h))
    return place


def _reached(steps: tuple[PlannedRate, ...], place: int, rate: Decimal) -> int:
    found = [at for at, step in enumerate(steps) if step.rate_ml_h == rate]
    ahead = [at for at in found if at >= place]
    return next(iter(ahead), found[-1] if found else place)


def _in_time(service: Service) -> list[RateStep]:
    return sorted(service.rates, key=lambda step: step.at.at_us)

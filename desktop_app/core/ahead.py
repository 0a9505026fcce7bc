"""What a session will have been once its plan is carried out: the ground of the day's projection.

What runs goes on to its planned end; what is planned then follows, one after another, each for
its planned minutes:

    now          10:00
    running           |=====| 10:20
    planned 30              |========| 10:50
    planned push                     | 10:50

It is a guess about the future and never more: nothing of it is stored, signed or sent.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.moments import MINUTE_US, HowKnown, Moment
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session


def has_plan(session: Session) -> bool:
    """Say whether something is planned that has not begun, and how long it will take is known."""
    return any(_planned_minutes(service) is not None for service in session.services)


def carried_out(session: Session, now_us: int) -> tuple[int, Session]:
    """Return when a session's plan will be over, and the session with what is planned carried out.

    What runs is left running. An infusion without planned minutes has no place in the plan.
    """
    ends = [service.planned_end_us(now_us) for service in session.open_services]
    at_us = max([now_us, *(end for end in ends if end is not None)])
    services: list[Service] = []
    for service in session.services:
        minutes = _planned_minutes(service)
        if minutes is not None:
            began_us, at_us = at_us, at_us + minutes * MINUTE_US
            services.append(_done(service, began_us, at_us, now_us))
        else:
            services.append(service)
    return at_us, replace(session, services=tuple(services))


def _planned_minutes(service: Service) -> int | None:
    """Return how long a planned service will take; None for one that is not planned, or not how long."""
    if service.state is not ServiceState.PLANNED:
        return None
    return service.order.planned_minutes if service.order.runs else 0


def _done(service: Service, began_us: int, ended_us: int, now_us: int) -> Service:
    start, stop = (Moment(at_us, HowKnown.PRESSED, now_us, "") for at_us in (began_us, ended_us))
    return replace(service, start=start, stop=stop if service.order.runs else None)

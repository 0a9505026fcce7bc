"""What a biller is told of a service that was stopped twice, while nobody has said which stop is true.

A warning and never a blocker: the first stop stands, and the minutes are its own::

    vancomycin   start 09:00 |==============| stop 09:30
                                                 again at 09:32
"""

from __future__ import annotations

from desktop_app.coding.reasons import Finding, Level
from desktop_app.core.moments import time_words
from desktop_app.core.recordable import as_line
from desktop_app.core.service import Service
from desktop_app.core.session import Session


def second_stops(session: Session) -> tuple[Finding, ...]:
    """Return a finding for each service with a later stop that nobody has settled."""
    return tuple(
        Finding(
            level=Level.WARNING,
            name="stop-proposed",
            text=_twice_words(session.zone, service, service.stop.at_us),
            service=service.id,
        )
        for service in session.begun_services
        if service.proposals and service.stop
    )


def _twice_words(zone: str, service: Service, first_us: int) -> str:
    drug = as_line(service.order.drug or service.order.route.value)
    first = time_words(first_us, zone)
    again = ", ".join(time_words(moment.at_us, zone) for moment in service.proposals)
    return f"{drug[:1].upper()}{drug[1:]} was stopped at {first} and again at {again}. The first stands."

"""What a biller is told of a service that was stopped twice, while nobody has said which stop is true.

A warning and never a blocker: the first stop stands, and the minutes are its own::

    vancomycin   start 09:00 |==============| stop 09:30
                                                 again at 09:32
"""

from __future__ import annotations

from desktop_app.coding.reasons import Finding, Level
from desktop_app.core.moments import time_words_at
from desktop_app.core.recordable import as_line
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.told import count_words

MOST_TOLD = 3
"""So many later stops are told with their times: a key that is pressed and pressed makes no page of them."""


def second_stops(session: Session, home: str = "") -> tuple[Finding, ...]:
    """Return a finding for each service with a later stop that nobody has settled.

    The words are sealed as they are, so times that are not those of ``home``, the suite's zone, say so.
    """
    return tuple(
        Finding(
            level=Level.WARNING,
            name="stop-proposed",
            text=_twice_words(session.zone, home, service, service.stop.at_us),
            service=service.id,
        )
        for service in session.begun_services
        if service.proposals and service.stop
    )


def _twice_words(zone: str, home: str, service: Service, first_us: int) -> str:
    drug = as_line(service.order.drug or service.order.route.value)
    first = time_words_at(home, first_us, zone)
    again = ", ".join(time_words_at(home, later.at_us, zone) for later in service.proposals[:MOST_TOLD])
    more = len(service.proposals) - MOST_TOLD
    again += f" and {count_words(more, 'time', 'times')} more" if more > 0 else ""
    return f"{drug[:1].upper()}{drug[1:]} was stopped at {first} and again at {again}. The first stands."

"""What no touch may do: each bound refuses with one sentence, or lets the touch through with None.

Deciding in ``care``, ``corrections`` and ``stay`` asks these first, so that a thing is refused in
the same words wherever it is tried.
"""

from __future__ import annotations

from desktop_app.core.decisions import Refusal, When
from desktop_app.core.moments import time_words
from desktop_app.core.service import Service
from desktop_app.core.session import Session, Stage


def running(session: Session, service: str) -> Service | Refusal:
    """Return the named service if it still needs a stop; without a name, the only one that does."""
    if refusal := sealed(session):
        return refusal
    if service:
        return _named_running(session, service)
    opened = session.open_services
    if len(opened) == 1:
        return opened[0]
    if opened:
        return Refusal(f"chair {session.chair} has {len(opened)} services running: say which")
    return Refusal(f"chair {session.chair} has nothing running")


def sealed(session: Session) -> Refusal | None:
    """Refuse a change to a session that is signed or was never used."""
    if session.stage is Stage.SIGNED:
        return Refusal(f"the session in chair {session.chair} is signed: reopen it with a reason first")
    return taken_back(session)


def taken_back(session: Session) -> Refusal | None:
    """Refuse a touch on a session that was seated by mistake and undone."""
    if session.stage is Stage.CANCELLED:
        return Refusal(f"the session in chair {session.chair} was taken back")
    return None


def not_here(session: Session, when: When) -> Refusal | None:
    """Refuse an instant at which the patient was not here: before the seating, after the end, or to come."""
    if session.stage is Stage.ENDED and session.ended is not None and when.at_us > session.ended.at_us:
        return Refusal(f"the session in chair {session.chair} has ended")
    if refusal := sealed(session):
        return refusal
    return _before_seated(session, when) or in_future(when)


def unknown(session: Session, service: str) -> Refusal | None:
    """Refuse a service that the session does not have."""
    if session.service(service) is None:
        return Refusal(f"chair {session.chair} has no service “{service}”")
    return None


def not_standing(session: Session, service: str) -> Refusal | None:
    """Refuse a service that is not there, or was struck out."""
    found = session.service(service)
    if found is None or not found.void_reason:
        return unknown(session, service)
    return Refusal(f"{found.order.drug} in chair {session.chair} was struck out")


def in_future(when: When) -> Refusal | None:
    """Refuse an instant that has not come yet."""
    return Refusal("that time has not come yet") if when.at_us > when.now_us else None


def before_start(service: Service, when: When, what: str) -> Refusal | None:
    """Refuse an instant before the service's own start."""
    if service.start is not None and when.at_us < service.start.at_us:
        return Refusal(f"the {what} would be before the start of {service.order.drug}")
    return None


def before_last(session: Session, service: Service, when: When, what: str) -> Refusal | None:
    """Refuse an instant before the last thing recorded of the service."""
    last_us = service.last_moment_us
    if last_us is None or when.at_us >= last_us:
        return before_start(service, when, what)
    shown = time_words(last_us, session.zone)
    name = "start" if service.start is not None and last_us == service.start.at_us else "last change"
    return Refusal(f"the {what} would be before the {name} of {service.order.drug} at {shown}")


def _named_running(session: Session, service: str) -> Service | Refusal:
    found = session.service(service)
    if found is None:
        return Refusal(f"chair {session.chair} has no service “{service}”")
    if not found.is_open:
        return Refusal(f"{found.order.drug} in chair {session.chair} is not running")
    return found


def _before_seated(session: Session, when: When) -> Refusal | None:
    if when.at_us < session.seated.at_us:
        shown = time_words(session.seated.at_us, session.zone)
        return Refusal(f"that is before the patient was seated at {shown}")
    return None

"""Deciding how a record may be put right: never in place, always with the first value kept."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.bounds import in_future, running, sealed
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.moments import HowKnown, local_time
from desktop_app.core.service import Pause, Service, ServiceState, moment_named
from desktop_app.core.session import SEATED, Session

CORRECTABLE = ("start", "stop", "pause", "resume")


def correct_moment(
    session: Session,
    when: When,
    *,
    service: str,
    what: str,
    to_us: int,
    how: HowKnown,
    reason: str,
    index: int = 0,
) -> Decision:
    """Decide to replace one instant of a service by ``to_us``; the first value stays in the record."""
    found = session.service(service)
    if refusal := sealed(session) or _cannot_correct(session, found, service, what, reason, index):
        return refusal
    before = moment_named(found, what, index) if found else None
    if found is None or before is None:
        return Refusal(f"service “{service}” has no {what} to correct")
    if refusal := _out_of_order(session, found, what, to_us, index, when):
        return refusal
    return (
        e.MomentCorrected(
            at_us=when.at_us,
            how=when.how,
            service=service,
            what=what,
            index=index,
            from_us=before.at_us,
            to_us=to_us,
            to_how=how,
            reason=reason.strip(),
        ),
    )


def correct_seating(session: Session, when: When, *, to_us: int, how: HowKnown, reason: str) -> Decision:
    """Decide to replace the instant the patient sat down; the first value stays, all else is as it was."""
    if refusal := sealed(session) or in_future(When(at_us=to_us, now_us=when.now_us)):
        return refusal
    first_us = session.first_moment_us
    if first_us is not None and to_us > first_us:
        shown = local_time(first_us, session.zone).strftime("%H:%M:%S")
        return Refusal(f"the patient would sit down after what happened first, at {shown}")
    if not reason.strip():
        return Refusal("a correction needs its reason")
    return (
        e.MomentCorrected(
            at_us=when.at_us,
            how=when.how,
            service="",
            what=SEATED,
            from_us=session.seated.at_us,
            to_us=to_us,
            to_how=how,
            reason=reason.strip(),
        ),
    )


def not_witnessed(session: Session, when: When, *, service: str = "", reason: str = "") -> Decision:
    """Decide to say truthfully that nobody saw the service stop."""
    named = session.service(service)
    if named is not None and named.state is ServiceState.NOT_WITNESSED and not sealed(session):
        return Refusal(f"the stop of {named.order.drug} is recorded as not witnessed already")
    found = running(session, service)
    if isinstance(found, Refusal):
        return found
    said = reason.strip() or "nobody saw it stop"
    return (e.StopNotWitnessed(at_us=when.at_us, how=when.how, service=found.id, reason=said),)


def remove_stop(session: Session, when: When, *, service: str, reason: str = "") -> Decision:
    """Decide to take a stop back, so that the service runs on from its first start."""
    found = session.service(service)
    if refusal := sealed(session):
        return refusal
    if (
        found is None
        or found.void_reason
        or not found.order.runs
        or (found.stop is None and not found.not_witnessed)
    ):
        return Refusal(f"service “{service}” has no stop to take back")
    return (e.StopRemoved(at_us=when.at_us, how=when.how, service=service, reason=reason.strip()),)


def void_service(session: Session, when: When, *, service: str, reason: str) -> Decision:
    """Decide to strike out a service that never happened; it stays readable."""
    found = session.service(service)
    if refusal := sealed(session):
        return refusal
    if found is None or found.void_reason:
        return Refusal(f"chair {session.chair} has no service “{service}” to strike out")
    if not reason.strip():
        return Refusal("striking out needs a reason")
    return (e.ServiceVoided(at_us=when.at_us, how=when.how, service=service, reason=reason.strip()),)


def undo_touch(session: Session, when: When) -> Decision:
    """Decide to take back the last touch of a session, all its events together."""
    if refusal := sealed(session):
        return refusal
    if not session.touch:
        return Refusal(f"there is nothing to undo in chair {session.chair}")
    return (e.TouchUndone(at_us=when.at_us, how=when.how, touch=session.touch),)


def _cannot_correct(
    session: Session, found: Service | None, service: str, what: str, reason: str, index: int
) -> Refusal | None:
    if what not in CORRECTABLE:
        return Refusal(f"“{what}” cannot be corrected; only {', '.join(CORRECTABLE)} can")
    if found is None or found.void_reason:
        return Refusal(f"chair {session.chair} has no service “{service}”")
    if index and what in ("start", "stop"):
        return Refusal(f"a service has only one {what}: the index is for its pauses")
    return None if reason.strip() else Refusal("a correction needs its reason")


def _out_of_order(
    session: Session, service: Service, what: str, to_us: int, index: int, when: When
) -> Refusal | None:
    """Refuse a corrected instant that would not lie between its neighbours."""
    if refusal := in_future(When(at_us=to_us, now_us=when.now_us)):
        return refusal
    order = _moments_in_order(session, service)
    place = order.index((what, index, (moment_named(service, what, index) or session.seated).at_us))
    earlier, later = order[:place], order[place + 1 :]
    if earlier and to_us < earlier[-1][2]:
        return Refusal(f"the {what} of {service.order.drug} would be before {_spoken(earlier[-1][0])}")
    if later and to_us > later[0][2]:
        return Refusal(f"the {what} of {service.order.drug} would be after {_spoken(later[0][0])}")
    return None


def _spoken(what: str) -> str:
    return "the patient was seated" if what == SEATED else f"its {what}"


def _moments_in_order(session: Session, service: Service) -> list[tuple[str, int, int]]:
    """Return (what, index, at_us) of every known instant, from seated to stop."""
    order = [(SEATED, 0, session.seated.at_us)]
    if service.start is not None:
        order.append(("start", 0, service.start.at_us))
    for index, pause in enumerate(service.pauses):
        order.extend(_pause_moments(index, pause))
    if service.stop is not None:
        order.append(("stop", 0, service.stop.at_us))
    return order


def _pause_moments(index: int, pause: Pause) -> list[tuple[str, int, int]]:
    since = ("pause", index, pause.since.at_us)
    return [since] if pause.until is None else [since, ("resume", index, pause.until.at_us)]

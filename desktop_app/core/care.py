"""Deciding what may happen to a service: start, give, pause, resume, stop and the rest.

Each function answers a touch with the events to store, or a Refusal. The bounds are few:
seated <= start <= stop <= now. A stop is never refused for being late.
"""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.bounds import (
    before_last,
    before_start,
    in_future,
    not_here,
    not_standing,
    running,
    sealed,
    taken_back,
    unknown,
)
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.orders import MOST_PAUSES, MOST_SERVICES, Dose, Order
from desktop_app.core.recordable import dose_fault, note_fault, rate_fault, unheld, unheld_line, unheld_order
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session


def plan_service(session: Session, when: When, *, service: str, order: Order) -> Decision:
    """Decide to put an ordered service on the session's plan."""
    if refusal := not_here(session, when) or _id_taken(session, service) or unheld_order(order):
        return refusal
    return (e.ServicePlanned(at_us=when.at_us, how=when.how, service=service, order=order),)


def start_service(session: Session, when: When, *, service: str, order: Order) -> Decision:
    """Decide to start a running service, planned before or not."""
    if refusal := not_here(session, when) or _cannot_begin(session, service) or unheld_order(order):
        return refusal
    if not order.runs:
        return Refusal(
            f"{order.drug} by {order.route} is given in one moment: record it as given, not started"
        )
    return (e.ServiceStarted(at_us=when.at_us, how=when.how, service=service, order=order),)


def give_service(
    session: Session, when: When, *, service: str, order: Order, until_us: int | None = None
) -> Decision:
    """Decide to record a service of one moment; ``until_us`` ends a push of charted length."""
    if refusal := not_here(session, when) or _cannot_begin(session, service) or unheld_order(order):
        return refusal
    if order.runs:
        return Refusal(f"{order.drug} by {order.route} runs: start it, then stop it")
    if until_us is not None and until_us < when.at_us:
        return Refusal(f"the push of {order.drug} would end before it began")
    return (e.ServiceGiven(at_us=when.at_us, how=when.how, service=service, order=order, until_us=until_us),)


def pause_service(session: Session, when: When, *, service: str, reason: str = "") -> Decision:
    """Decide to pause a running service, with the reason it was paused for."""
    found = running(session, service)
    if isinstance(found, Refusal):
        return found
    if found.state is ServiceState.PAUSED:
        return Refusal(f"{found.order.drug} is paused already")
    if len(found.pauses) >= MOST_PAUSES:
        return Refusal(f"a service holds at most {MOST_PAUSES} pauses")
    if refusal := in_future(when) or before_last(session, found, when, "pause"):
        return refusal
    if refusal := unheld_line("the reason", reason):
        return refusal
    return (e.ServicePaused(at_us=when.at_us, how=when.how, service=found.id, reason=reason.strip()),)


def resume_service(session: Session, when: When, *, service: str) -> Decision:
    """Decide to let a paused service run on."""
    found = running(session, service)
    if isinstance(found, Refusal):
        return found
    if found.state is not ServiceState.PAUSED:
        return Refusal(f"{found.order.drug} is not paused")
    if refusal := in_future(when) or before_last(session, found, when, "resume"):
        return refusal
    return (e.ServiceResumed(at_us=when.at_us, how=when.how, service=found.id),)


def stop_service(session: Session, when: When, *, service: str = "") -> Decision:
    """Decide to stop a service. A second stop does not replace the first: it is kept as a proposal."""
    named = session.service(service) if service else None
    if named is not None and named.stop is not None and named.order.runs and not named.void_reason:
        return _propose(session, named, when)
    found = _to_stop(session, named, service)
    if isinstance(found, Refusal):
        return found
    if refusal := in_future(when) or before_last(session, found, when, "stop"):
        return refusal
    return (e.ServiceStopped(at_us=when.at_us, how=when.how, service=found.id),)


def stop_and_start_next(
    session: Session, when: When, *, service: str, next_service: str, order: Order
) -> Decision:
    """Decide to stop one service and start the next at the same instant."""
    stopped = stop_service(session, when, service=service)
    if isinstance(stopped, Refusal):
        return stopped
    started = start_service(session, when, service=next_service, order=order)
    return started if isinstance(started, Refusal) else (*stopped, *started)


def record_dose(session: Session, when: When, *, service: str, dose: Dose) -> Decision:
    """Decide to record what was given and from which containers."""
    if refusal := sealed(session) or not_standing(session, service) or unheld(dose_fault(dose)):
        return refusal
    return (e.DoseRecorded(at_us=when.at_us, how=when.how, service=service, dose=dose),)


def change_order(session: Session, when: When, *, service: str, order: Order, reason: str = "") -> Decision:
    """Decide to describe a service anew; a service that runs stays one that runs."""
    found = session.service(service)
    if refusal := sealed(session) or not_standing(session, service) or unheld_order(order):
        return refusal
    if refusal := unheld_line("the reason", reason):
        return refusal
    if found is not None and found.start is not None and found.order.runs != order.runs:
        return Refusal(
            f"{found.order.drug} was recorded by {found.order.route}; strike it out and enter it anew"
        )
    return (
        e.OrderChanged(at_us=when.at_us, how=when.how, service=service, order=order, reason=reason.strip()),
    )


def change_rate(session: Session, when: When, *, service: str, rate_ml_h: str) -> Decision:
    """Decide to record a new rate in millilitres an hour, given as decimal text."""
    found = running(session, service)
    if isinstance(found, Refusal):
        return found
    rate = rate_ml_h.strip()
    if refusal := unheld(rate_fault(rate)) or in_future(when) or before_start(found, when, "rate"):
        return refusal
    return (e.RateChanged(at_us=when.at_us, how=when.how, service=found.id, rate_ml_h=rate),)


def change_bag(session: Session, when: When, *, service: str, lot: str = "") -> Decision:
    """Decide to record a new bag of the same infusion; it runs on."""
    found = running(session, service)
    if isinstance(found, Refusal):
        return found
    if refusal := unheld_line("the lot", lot) or in_future(when) or before_start(found, when, "bag change"):
        return refusal
    return (e.BagChanged(at_us=when.at_us, how=when.how, service=found.id, lot=lot.strip()),)


def open_site(session: Session, when: When, *, site: str, reason: str) -> Decision:
    """Decide to record a further access site; an auditor will ask why, so the reason is needed."""
    if refusal := not_here(session, when):
        return refusal
    if not site.strip():
        return Refusal("a further access site needs a name")
    if not reason.strip():
        return Refusal("a further access site needs its reason")
    if refusal := unheld_line("the access site", site) or unheld_line("the reason", reason):
        return refusal
    return (e.SiteOpened(at_us=when.at_us, how=when.how, site=site.strip(), reason=reason.strip()),)


def add_note(session: Session, when: When, *, text: str, service: str = "") -> Decision:
    """Decide to record free text for the session or one of its services."""
    if refusal := sealed(session) or (unknown(session, service) if service else None):
        return refusal
    if not text.strip():
        return Refusal("the note is empty")
    if refusal := unheld(note_fault(text.strip())):
        return refusal
    return (e.NoteAdded(at_us=when.at_us, how=when.how, text=text.strip(), service=service),)


def acknowledge_reminder(
    session: Session, when: When, *, service: str, reminder: str, due_us: int
) -> Decision:
    """Decide to record that a reminder was seen."""
    if refusal := taken_back(session) or unknown(session, service):
        return refusal
    return (
        e.ReminderAcknowledged(
            at_us=when.at_us, how=when.how, service=service, reminder=reminder, due_us=due_us
        ),
    )


def show_patient(session: Session, when: When, *, what: str) -> Decision:
    """Decide to record that somebody looked at what is hidden of a patient."""
    return taken_back(session) or (e.PatientShown(at_us=when.at_us, how=when.how, what=what),)


def _to_stop(session: Session, named: Service | None, service: str) -> Service | Refusal:
    if named is not None and named.state is ServiceState.NOT_WITNESSED:
        return sealed(session) or named
    return running(session, service)


def _propose(session: Session, service: Service, when: When) -> Decision:
    if refusal := sealed(session) or in_future(when) or before_start(service, when, "stop"):
        return refusal
    return (e.StopProposed(at_us=when.at_us, how=when.how, service=service.id),)


def _cannot_begin(session: Session, service: str) -> Refusal | None:
    found = session.service(service)
    if found is not None and found.state is ServiceState.PLANNED:
        return None
    return _id_taken(session, service)


def _id_taken(session: Session, service: str) -> Refusal | None:
    if not service.strip():
        return Refusal("the service has no name")
    found = session.service(service)
    if found is not None:
        return Refusal(f"service “{service}” is {found.order.drug} already")
    full = len(session.services) >= MOST_SERVICES
    return Refusal(f"a session holds at most {MOST_SERVICES} services") if full else None

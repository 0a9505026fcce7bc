"""What each event does to a session: one small step a kind of event, and the table of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from desktop_app.core import events as e
from desktop_app.core.moments import Moment
from desktop_app.core.orders import Order
from desktop_app.core.service import Bag, Correction, Pause, RateStep, Service, moment_named, with_moment
from desktop_app.core.session import SEATED, Acknowledged, Move, Note, Session, Signature, Site, Stage

Step = Callable[[Session, Any, Moment], Session]
"""From a session, an event and the moment it is about to the session after it."""


def _service(session: Session, service_id: str) -> Service:
    service = session.service(service_id)
    if service is None:
        message = f"session {session.id} has no service {service_id}"
        raise ValueError(message)
    return service


def _planned(session: Session, event: e.ServicePlanned, _: Moment) -> Session:
    return session.with_service(Service(id=event.service, order=event.order, protocol=event.protocol))


def _plan_reordered(session: Session, event: e.PlanReordered, _: Moment) -> Session:
    """Put the planned services into the places of the planned ones; all others stay where they are."""
    following = iter(event.services)
    placed = (
        _service(session, next(following)) if service.id in event.services else service
        for service in session.services
    )
    return replace(session, services=tuple(placed))


def _started(session: Session, event: e.ServiceStarted, at: Moment) -> Session:
    return session.with_service(replace(_ordered(session, event.service, event.order), start=at))


def _ordered(session: Session, service_id: str, order: Order) -> Service:
    """Return the planned service as it is given now, or a new one."""
    planned = session.service(service_id) or Service(id=service_id, order=order)
    return planned.with_order(order)


def _given(session: Session, event: e.ServiceGiven, at: Moment) -> Session:
    stop = None if event.until_us is None else replace(at, at_us=event.until_us)
    given = replace(_ordered(session, event.service, event.order), start=at, stop=stop)
    return session.with_service(given)


def _paused(session: Session, event: e.ServicePaused, at: Moment) -> Session:
    service = _service(session, event.service)
    return session.with_service(replace(service, pauses=(*service.pauses, Pause(at, None, event.reason))))


def _resumed(session: Session, event: e.ServiceResumed, at: Moment) -> Session:
    service = _service(session, event.service)
    *earlier, last = service.pauses
    return session.with_service(replace(service, pauses=(*earlier, replace(last, until=at))))


def _stopped(session: Session, event: e.ServiceStopped, at: Moment) -> Session:
    """A stop in a pause leaves the pause without an end: nobody resumed it, and the stop may move."""
    return session.with_service(replace(_service(session, event.service), stop=at, not_witnessed=""))


def _stop_proposed(session: Session, event: e.StopProposed, at: Moment) -> Session:
    service = _service(session, event.service)
    return session.with_service(replace(service, proposals=(*service.proposals, at)))


def _proposals_settled(session: Session, event: e.ProposalsSettled, _: Moment) -> Session:
    return session.with_service(replace(_service(session, event.service), proposals=()))


def _not_witnessed(session: Session, event: e.StopNotWitnessed, _: Moment) -> Session:
    return session.with_service(replace(_service(session, event.service), not_witnessed=event.reason))


def _stop_removed(session: Session, event: e.StopRemoved, _: Moment) -> Session:
    """The service runs on; later stops that were proposed for the one taken back are answered with it."""
    service = _service(session, event.service)
    return session.with_service(replace(service, stop=None, not_witnessed="", proposals=()))


def _corrected(session: Session, event: e.MomentCorrected, at: Moment) -> Session:
    if event.what == SEATED:
        return _seating_corrected(session, event, at)
    service = _service(session, event.service)
    after = Moment(event.to_us, event.to_how, at.recorded_us, at.by)
    before = moment_named(service, event.what, event.index)
    if before is None:
        message = f"session {session.id} corrects a {event.what} that service {event.service} does not have"
        raise ValueError(message)
    note = Correction(event.what, event.index, before, after, event.reason)
    replaced = with_moment(service, event.what, event.index, after)
    return session.with_service(replace(replaced, corrections=(*service.corrections, note)))


def _seating_corrected(session: Session, event: e.MomentCorrected, at: Moment) -> Session:
    after = Moment(event.to_us, event.to_how, at.recorded_us, at.by)
    note = Correction(SEATED, 0, session.seated, after, event.reason)
    return replace(session, seated=after, seating_corrections=(*session.seating_corrections, note))


def _order_changed(session: Session, event: e.OrderChanged, _: Moment) -> Session:
    return session.with_service(_service(session, event.service).with_order(event.order))


def _dose_recorded(session: Session, event: e.DoseRecorded, _: Moment) -> Session:
    service = _service(session, event.service)
    return session.with_service(service.with_order(replace(service.order, dose=event.dose)))


def _rate_changed(session: Session, event: e.RateChanged, at: Moment) -> Session:
    service = _service(session, event.service)
    return session.with_service(replace(service, rates=(*service.rates, RateStep(at, event.rate_ml_h))))


def _bag_changed(session: Session, event: e.BagChanged, at: Moment) -> Session:
    service = _service(session, event.service)
    return session.with_service(replace(service, bags=(*service.bags, Bag(at, event.lot))))


def _voided(session: Session, event: e.ServiceVoided, _: Moment) -> Session:
    return session.with_service(replace(_service(session, event.service), void_reason=event.reason))


def _site_opened(session: Session, event: e.SiteOpened, at: Moment) -> Session:
    return replace(session, sites=(*session.sites, Site(event.site, at, event.reason)))


def _noted(session: Session, event: e.NoteAdded, at: Moment) -> Session:
    return replace(session, notes=(*session.notes, Note(at, event.text, event.service)))


def _acknowledged(session: Session, event: e.ReminderAcknowledged, at: Moment) -> Session:
    seen = Acknowledged(event.service, event.reminder, event.due_us, at)
    return replace(session, acknowledged=(*session.acknowledged, seen))


def _moved(session: Session, event: e.ChairChanged, at: Moment) -> Session:
    return replace(session, chair=event.chair, moves=(*session.moves, Move(at, session.chair, event.chair)))


def _ended(session: Session, _: e.SessionEnded, at: Moment) -> Session:
    return replace(session, stage=Stage.ENDED, ended=at)


def _reopened(session: Session, event: e.SessionReopened, at: Moment) -> Session:
    """A signed session goes back to review, an ended one back to its chair."""
    reopened = (*session.reopened, Note(at, event.reason))
    if session.stage is Stage.SIGNED:
        return replace(session, stage=Stage.ENDED, reopened=reopened)
    return replace(session, stage=Stage.OPEN, ended=None, reopened=reopened)


def _held(session: Session, event: e.SessionHeld, _: Moment) -> Session:
    return replace(session, hold_reason=event.reason)


def _released(session: Session, _: e.HoldReleased, __: Moment) -> Session:
    return replace(session, hold_reason="")


def _registered(session: Session, event: e.PatientRegistered, _: Moment) -> Session:
    return replace(session, registration=event.registration)


def _identified(session: Session, event: e.PatientIdentified, _: Moment) -> Session:
    return replace(session, mrn=event.mrn, initials=event.initials)


def _terms_changed(session: Session, event: e.TermsChanged, _: Moment) -> Session:
    return replace(
        session,
        setting=event.setting,
        place_of_service=event.place_of_service,
        profile=event.profile,
        options=event.options,
    )


def _signed(session: Session, event: e.SessionSigned, at: Moment) -> Session:
    signature = Signature(
        at,
        event.version,
        event.rulebook,
        event.profile,
        event.head,
        event.lines,
        event.not_billed,
        event.findings,
        event.setting,
        event.place_of_service,
    )
    return replace(session, stage=Stage.SIGNED, hold_reason="", signatures=(*session.signatures, signature))


STEPS = cast(
    "dict[type[e.Event], Step]",
    {
        e.ServicePlanned: _planned,
        e.PlanReordered: _plan_reordered,
        e.ServiceStarted: _started,
        e.ServiceGiven: _given,
        e.ServicePaused: _paused,
        e.ServiceResumed: _resumed,
        e.ServiceStopped: _stopped,
        e.StopProposed: _stop_proposed,
        e.ProposalsSettled: _proposals_settled,
        e.StopNotWitnessed: _not_witnessed,
        e.StopRemoved: _stop_removed,
        e.MomentCorrected: _corrected,
        e.OrderChanged: _order_changed,
        e.DoseRecorded: _dose_recorded,
        e.RateChanged: _rate_changed,
        e.BagChanged: _bag_changed,
        e.ServiceVoided: _voided,
        e.SiteOpened: _site_opened,
        e.NoteAdded: _noted,
        e.ReminderAcknowledged: _acknowledged,
        e.ChairChanged: _moved,
        e.SessionEnded: _ended,
        e.SessionReopened: _reopened,
        e.SessionHeld: _held,
        e.HoldReleased: _released,
        e.SessionSigned: _signed,
        e.PatientIdentified: _identified,
        e.PatientRegistered: _registered,
        e.TermsChanged: _terms_changed,
    },
)
"""The step of each kind of event; what is not here changes no session, or how is said in ``fold``."""

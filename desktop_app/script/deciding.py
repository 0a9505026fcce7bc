"""What each touch about one session asks of it: the same decide functions as the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from desktop_app.core import bounds, care, corrections, later_stops, protocols, registration, stay
from desktop_app.core.decisions import Decision, Refusal
from desktop_app.core.moments import HowKnown
from desktop_app.core.service import Service
from desktop_app.core.session import SEATED, Session
from desktop_app.script import touches as t
from desktop_app.script.beginning import Scene, begin, plan, plan_protocol, with_note


def decide(touch: t.Touch, scene: Scene) -> Decision:
    """Return the events a touch asks for in its session, or why it cannot be."""
    return _DECISIONS[type(touch)](touch, scene)


def _begin(touch: t.Begin, scene: Scene) -> Decision:
    return begin(scene, touch, touch.do, touch.stop)


def _plan(touch: t.Plan, scene: Scene) -> Decision:
    return plan_protocol(scene, touch, touch.protocol) if touch.protocol else plan(scene, touch)


def _reorder(touch: t.Reorder, scene: Scene) -> Decision:
    return protocols.reorder_plan(scene.session, scene.when, services=touch.services)


def _change(touch: t.Change, scene: Scene) -> Decision:
    found = _service(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    order = touch.order_after(found.order)
    if isinstance(order, Refusal):
        return order
    changed = care.change_order(scene.session, scene.when, service=found.id, order=order, reason=touch.reason)
    return with_note(changed, scene, found.id, touch.note)


def _pause(touch: t.Pause, scene: Scene) -> Decision:
    found = bounds.running(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    paused = care.pause_service(scene.session, scene.when, service=found.id, reason=touch.reason)
    return with_note(paused, scene, found.id, touch.note)


def _resume(touch: t.Resume, scene: Scene) -> Decision:
    return care.resume_service(scene.session, scene.when, service=touch.service)


def _stop(touch: t.Stop, scene: Scene) -> Decision:
    stopped = care.stop_service(scene.session, scene.when, service=touch.service)
    if touch.next is None or isinstance(stopped, Refusal):
        return stopped
    begun = begin(scene, touch.next, "start")
    return begun if isinstance(begun, Refusal) else (*stopped, *begun)


def _not_witnessed(touch: t.NotWitnessed, scene: Scene) -> Decision:
    return corrections.not_witnessed(scene.session, scene.when, service=touch.service, reason=touch.reason)


def _unstop(touch: t.Unstop, scene: Scene) -> Decision:
    found = _service(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    return corrections.remove_stop(scene.session, scene.when, service=found.id, reason=touch.reason)


def _correct(touch: t.Correct, scene: Scene) -> Decision:
    if touch.what == SEATED and not touch.service:
        how = touch.how or HowKnown.BACK_DATED
        to_us = scene.instant_us(touch.to)
        return corrections.correct_seating(
            scene.session, scene.when, to_us=to_us, how=how, reason=touch.reason
        )
    found = _service(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    return corrections.correct_moment(
        scene.session,
        scene.when,
        service=found.id,
        what=touch.what,
        index=touch.index,
        to_us=scene.instant_us(touch.to),
        how=touch.how or HowKnown.BACK_DATED,
        reason=touch.reason,
    )


def _settle(touch: t.Settle, scene: Scene) -> Decision:
    found = _service(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    session, when = scene.session, scene.when
    if touch.to is None:
        return later_stops.leave_first_stop(session, when, service=found.id, reason=touch.reason)
    proposed_us = scene.instant_us(touch.to)
    return later_stops.take_later_stop(
        session, when, service=found.id, proposed_us=proposed_us, reason=touch.reason
    )


def _dose(touch: t.RecordDose, scene: Scene) -> Decision:
    found = _service(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    dose = touch.dose_after(found.order.dose)
    if dose is None:
        return Refusal("the line says nothing about the dose")
    return care.record_dose(scene.session, scene.when, service=found.id, dose=dose)


def _rate(touch: t.Rate, scene: Scene) -> Decision:
    rate = format(touch.rate_ml_h, "f")
    return care.change_rate(scene.session, scene.when, service=touch.service, rate_ml_h=rate)


def _bag(touch: t.Bag, scene: Scene) -> Decision:
    return care.change_bag(scene.session, scene.when, service=touch.service, lot=touch.lot)


def _site(touch: t.OpenSite, scene: Scene) -> Decision:
    return care.open_site(scene.session, scene.when, site=touch.site, reason=touch.reason)


def _note(touch: t.Note, scene: Scene) -> Decision:
    return care.add_note(scene.session, scene.when, text=touch.text, service=touch.service)


def _acknowledge(touch: t.Acknowledge, scene: Scene) -> Decision:
    return care.acknowledge_reminder(
        scene.session,
        scene.when,
        service=touch.service,
        reminder=str(touch.reminder),
        due_us=scene.instant_us(touch.due),
    )


def _show(touch: t.Show, scene: Scene) -> Decision:
    return care.show_patient(scene.session, scene.when, what=touch.what)


def _void(touch: t.Void, scene: Scene) -> Decision:
    found = _service(scene.session, touch.service)
    if isinstance(found, Refusal):
        return found
    return corrections.void_service(scene.session, scene.when, service=found.id, reason=touch.reason)


def _end(_: t.End, scene: Scene) -> Decision:
    return stay.end_session(scene.session, scene.when)


def _hold(touch: t.Hold, scene: Scene) -> Decision:
    return stay.hold_session(scene.session, scene.when, reason=touch.reason)


def _release(_: t.Release, scene: Scene) -> Decision:
    return stay.release_hold(scene.session, scene.when)


def _register(touch: t.Register, scene: Scene) -> Decision:
    return registration.register_patient(scene.session, scene.when, registration=touch.patient)


def _service(session: Session, name: str) -> Service | Refusal:
    """Return the named service; without a name, the only one that was started or given."""
    if name:
        return session.service(name) or Refusal(f"chair {session.chair} has no service “{name}”")
    begun = session.begun_services
    if len(begun) == 1:
        return begun[0]
    if begun:
        return Refusal(f"chair {session.chair} has {len(begun)} services: say which")
    return Refusal(f"chair {session.chair} has no service yet")


_DECISIONS = cast(
    "dict[type[t.Touch], Callable[[Any, Scene], Decision]]",
    {
        t.Begin: _begin,
        t.Plan: _plan,
        t.Reorder: _reorder,
        t.Change: _change,
        t.Pause: _pause,
        t.Resume: _resume,
        t.Stop: _stop,
        t.NotWitnessed: _not_witnessed,
        t.Unstop: _unstop,
        t.Correct: _correct,
        t.Settle: _settle,
        t.RecordDose: _dose,
        t.Rate: _rate,
        t.Bag: _bag,
        t.OpenSite: _site,
        t.Note: _note,
        t.Acknowledge: _acknowledge,
        t.Show: _show,
        t.Void: _void,
        t.End: _end,
        t.Hold: _hold,
        t.Register: _register,
        t.Release: _release,
    },
)

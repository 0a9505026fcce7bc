"""Deciding what may happen to a session: seat, move, end, reopen, hold, sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from desktop_app.core import events as e
from desktop_app.core.bounds import in_future, sealed, taken_back
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.identity import unnamed
from desktop_app.core.moments import is_zone
from desktop_app.core.orders import Order, Setting
from desktop_app.core.protocols import plan_events, unheld_plan
from desktop_app.core.recordable import unheld_line
from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite


class Seating(TypedDict):
    """What is known when a patient sits down; it decides how the whole session is coded."""

    mrn: str
    initials: NotRequired[str]
    zone: str
    setting: Setting
    place_of_service: NotRequired[str]
    profile: NotRequired[str]
    options: NotRequired[tuple[tuple[str, str], ...]]
    plan: NotRequired[tuple[Order, ...]]
    protocol: NotRequired[str]
    """The name of the protocol the plan is from."""


def seat_patient(suite: Suite, when: When, *, chair: str, **details: Unpack[Seating]) -> Decision:
    """Decide to seat a patient in a free chair, with a plan or none: a session begins."""
    mrn, initials = details["mrn"], details.get("initials", "")
    if refusal := in_future(when) or _cannot_take(suite, chair) or unnamed(mrn, initials):
        return refusal
    if not is_zone(details["zone"]):
        return Refusal(f"there is no time zone “{details['zone']}”")
    plan, protocol = details.get("plan", ()), details.get("protocol", "")
    if refusal := unheld_plan(plan, protocol):
        return refusal
    names = [str(n) for n in range(1, len(plan) + 1)]
    return (
        e.PatientSeated(
            at_us=when.at_us,
            how=when.how,
            chair=chair,
            mrn=mrn.strip(),
            initials=initials.strip(),
            zone=details["zone"],
            setting=details["setting"],
            place_of_service=details.get("place_of_service", ""),
            profile=details.get("profile", ""),
            options=details.get("options", ()),
        ),
        *plan_events(when, plan, names=names, protocol=protocol),
    )


def move_to_chair(suite: Suite, session: Session, when: When, *, chair: str) -> Decision:
    """Decide to move a session to another free chair; every timer goes on."""
    if session.stage is Stage.ENDED:
        return Refusal(f"the session in chair {session.chair} has ended")
    if refusal := sealed(session) or in_future(when) or _cannot_take(suite, chair):
        return refusal
    return (e.ChairChanged(at_us=when.at_us, how=when.how, chair=chair),)


def end_session(session: Session, when: When) -> Decision:
    """Decide to end a session. An open service stays open: its stop is missing until it is told."""
    if session.stage is not Stage.OPEN:
        return Refusal(f"the session in chair {session.chair} has ended already")
    if refusal := in_future(when):
        return refusal
    if when.at_us < session.last_moment_us:
        return Refusal("the end would be before the last thing recorded in the session")
    return (e.SessionEnded(at_us=when.at_us, how=when.how),)


def reopen_session(suite: Suite, session: Session, when: When, *, reason: str) -> Decision:
    """Decide to open a session again: a signed one for correction, an ended one in its chair."""
    if refusal := taken_back(session):
        return refusal
    if session.stage is Stage.OPEN:
        return Refusal(f"the session in chair {session.chair} is open")
    if not reason.strip():
        return Refusal("reopening needs its reason")
    if refusal := unheld_line("the reason", reason):
        return refusal
    if session.stage is Stage.ENDED and (refusal := _cannot_take(suite, session.chair)):
        return refusal
    return (e.SessionReopened(at_us=when.at_us, how=when.how, reason=reason.strip()),)


def hold_session(session: Session, when: When, *, reason: str) -> Decision:
    """Decide to keep a session from billing, with the reason; a signed one is not sent then."""
    if refusal := taken_back(session):
        return refusal
    if not reason.strip():
        return Refusal("a hold needs its reason")
    if refusal := unheld_line("the reason", reason):
        return refusal
    return (e.SessionHeld(at_us=when.at_us, how=when.how, reason=reason.strip()),)


def release_hold(session: Session, when: When) -> Decision:
    """Decide to let a held session go on to billing."""
    if not session.hold_reason:
        return Refusal(f"the session in chair {session.chair} is not held")
    return (e.HoldReleased(at_us=when.at_us, how=when.how),)


def sign_session(
    session: Session,
    when: When,
    *,
    rulebook: str,
    profile: str,
    head: str,
    lines: tuple[e.SignedLine, ...],
    not_billed: tuple[str, ...] = (),
    findings: tuple[str, ...] = (),
    blockers: Sequence[str] = (),
) -> Decision:
    """Decide to seal a session's lines with a person's name. Nothing with a blocker is signed."""
    if refusal := _cannot_sign(session, blockers):
        return refusal
    return (
        e.SessionSigned(
            at_us=when.at_us,
            how=when.how,
            version=len(session.signatures) + 1,
            rulebook=rulebook,
            profile=profile,
            head=head,
            lines=lines,
            not_billed=not_billed,
            findings=findings,
            setting=session.setting,
            place_of_service=session.place_of_service,
        ),
    )


def _cannot_sign(session: Session, blockers: Sequence[str]) -> Refusal | None:
    if refusal := sealed(session):
        return refusal
    if session.stage is Stage.OPEN:
        return Refusal(f"the session in chair {session.chair} has not ended")
    if session.missing_stops:
        drugs = ", ".join(service.order.drug for service in session.missing_stops)
        return Refusal(f"no stop is recorded for {drugs}")
    if session.hold_reason:
        return Refusal(f"the session is held: {session.hold_reason}")
    return Refusal(blockers[0].rstrip(".")) if blockers else None


def _cannot_take(suite: Suite, chair: str) -> Refusal | None:
    if chair not in suite.chairs:
        return Refusal(f"there is no chair {chair}")
    if suite.occupant(chair) is not None:
        return Refusal(f"chair {chair} is taken")
    return None

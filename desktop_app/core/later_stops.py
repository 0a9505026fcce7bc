"""Settling a second stop: it never replaces the first by itself, a person says which of them is true."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.bounds import sealed
from desktop_app.core.corrections import correct_moment
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.recordable import unheld_line
from desktop_app.core.service import Service
from desktop_app.core.session import Session


def take_later_stop(session: Session, when: When, *, service: str, proposed_us: int, reason: str) -> Decision:
    """Decide to correct a service's stop to one that was proposed; the first stays in the record."""
    found = _with_proposals(session, service)
    if isinstance(found, Refusal):
        return found
    proposed = next((moment for moment in found.proposals if moment.at_us == proposed_us), None)
    if proposed is None:
        return Refusal(f"no such stop is proposed for {found.order.drug}")
    corrected = correct_moment(
        session, when, service=service, what="stop", to_us=proposed_us, how=proposed.how, reason=reason
    )
    if isinstance(corrected, Refusal):
        return corrected
    return (*corrected, _settled(when, service, proposed_us, reason))


def leave_first_stop(session: Session, when: When, *, service: str, reason: str = "") -> Decision:
    """Decide that the first stop stands; what was proposed stays readable in the history."""
    found = _with_proposals(session, service)
    if isinstance(found, Refusal):
        return found
    return unheld_line("the reason", reason) or (_settled(when, service, None, reason),)


def _settled(when: When, service: str, taken_us: int | None, reason: str) -> e.ProposalsSettled:
    return e.ProposalsSettled(
        at_us=when.at_us, how=when.how, service=service, taken_us=taken_us, reason=reason.strip()
    )


def _with_proposals(session: Session, service: str) -> Service | Refusal:
    if refusal := sealed(session):
        return refusal
    found = session.service(service)
    if found is None or found.void_reason or not found.proposals:
        return Refusal(f"service “{service}” has no later stop to settle")
    return found

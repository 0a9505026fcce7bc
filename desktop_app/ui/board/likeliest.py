"""What a card offers beside its stop, and what it says of rate steps and of what comes next."""

from __future__ import annotations

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.core.titration import is_step_due, next_step, rate_in_force, step_in_force
from desktop_app.ui import words
from desktop_app.ui.board.card_view import CardButton, Deed

NEXT_BEFORE_US = 10 * MINUTE_US
"""So long before its planned end what runs is likely to be followed by the plan's next."""
NEXT_AFTER_US = 5 * MINUTE_US
"""So long after it the stop was likely missed, and its true time is asked for instead."""


def beside_stop(session: Session, lead: Service, now_us: int) -> CardButton | None:
    """Return the action that is likelier than a pause now: a due rate step, or the plan's next."""
    if lead.state is not ServiceState.RUNNING:
        return None
    step = next_step(lead)
    stepped = [service for service in session.open_services if next_step(service) is not None]
    if step is not None and stepped == [lead] and is_step_due(lead, now_us):
        rate = f"{words.number(step.planned.rate_ml_h)} mL/h"
        return CardButton(Deed.NEXT_STEP, rate, spoken=f"Record step {step.number} of {step.of}, {rate}")
    following = comes_next(session, lead, now_us)
    if following is None:
        return None
    verb = "start" if following.order.runs else "give"
    spoken = f"Stop {words.drug_name(lead.order)}, {verb} {words.drug_name(following.order)}"
    return CardButton(Deed.STOP_AND_NEXT, "Next", "next", spoken=spoken)


def comes_next(session: Session, lead: Service, now_us: int) -> Service | None:
    """Return the planned service that is likely to follow soon on the only one that is open."""
    planned = next((s for s in session.services if s.state is ServiceState.PLANNED), None)
    if planned is None or session.open_services != (lead,):
        return None
    end_us = lead.planned_end_us(now_us)
    is_near = end_us is None or -NEXT_BEFORE_US <= now_us - end_us < NEXT_AFTER_US
    return planned if is_near else None


def rate_words(lead: Service) -> str:
    """Say which ordered rate step a service is at, or its rate where that is none; empty without steps."""
    step, rate = step_in_force(lead), rate_in_force(lead)
    if step is not None:
        return f"step {step.number} of {step.of}"
    return f"{words.number(rate)} mL/h" if lead.order.rate_steps and rate is not None else ""


def step_places(lead: Service) -> tuple[int, ...]:
    """Return where the rate steps after the first lie on the bar, in thousandths of the planned time."""
    planned = lead.order.planned_minutes
    if planned is None:
        return ()
    minutes = (step.after_minutes for step in lead.order.rate_steps)
    return tuple(after * 1000 // planned for after in minutes if 0 < after < planned)

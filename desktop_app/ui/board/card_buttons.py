"""The two likeliest next actions of a chair, as its card offers them."""

from __future__ import annotations

from desktop_app.core.orders import Order
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_view import CardButton, CardState, Deed
from desktop_app.ui.board.likeliest import beside_stop

SEAT = CardButton(Deed.SEAT, "Seat a patient", "plus")
_STOP = CardButton(Deed.STOP, "Stop", "stop", primary=True)
_STOP_ONE = CardButton(Deed.STOP, "Stop…", "stop", primary=True)
_PAUSE = CardButton(Deed.PAUSE, "Pause", "pause")
_RESUME = CardButton(Deed.RESUME, "Resume", "play", primary=True)
_STOP_QUIET = CardButton(Deed.STOP, "Stop", "stop")
_STOPPED_AT = CardButton(Deed.STOPPED_AT, "Stopped at…")
_STOPPED_AT_FIRST = CardButton(Deed.STOPPED_AT, "Stopped at…", primary=True)
_REVIEW = CardButton(Deed.REVIEW, "Review & sign", primary=True)
_REVIEW_QUIET = CardButton(Deed.REVIEW, "Review")
_START = CardButton(Deed.START, "Start…", "play", primary=True)
_END = CardButton(Deed.END, "End session")


def running_buttons(session: Session, state: CardState, lead: Service, now_us: int) -> tuple[CardButton, ...]:
    """Return what is likeliest where something runs or is paused."""
    if state is CardState.PAUSED:
        return (_RESUME, _STOP_QUIET)
    stop = _STOP if len(session.open_services) == 1 else _STOP_ONE
    beside = beside_stop(session, lead, now_us)
    return (stop, beside or (_STOPPED_AT if state is CardState.PAST_PLAN else _PAUSE))


def between_buttons(session: Session) -> tuple[CardButton, ...]:
    """Return what is likeliest where nothing runs."""
    planned = next_planned(session)
    if planned:
        return (_start_next(planned.order),)
    done = any(not service.is_open for service in session.begun_services)
    return (_START, _END) if done else (_START,)


def ended_buttons(session: Session) -> tuple[CardButton, ...]:
    """Return what is likeliest after the end."""
    return (_STOPPED_AT_FIRST, _REVIEW_QUIET) if session.missing_stops else (_REVIEW,)


def next_planned(session: Session) -> Service | None:
    """Return the first service that is planned and not yet begun."""
    return next((s for s in session.services if s.state is ServiceState.PLANNED), None)


def _start_next(order: Order) -> CardButton:
    verb = "Start" if order.runs else "Give"
    return CardButton(
        Deed.START_NEXT, f"{verb} {words.drug_name(order)}", "play" if order.runs else "check", primary=True
    )

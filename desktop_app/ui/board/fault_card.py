"""The card of a session in which something fails: it says so, and what runs can still be stopped."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.session import Session, Stage
from desktop_app.core.suite import Suite
from desktop_app.ui.board.card_view import CardButton, CardState, CardView, Deed

UNDRAWN = "This card cannot be drawn"
_UNCODED = "Cannot be coded"
_STOP = CardButton(Deed.STOP, "Stop", "stop", primary=True)
_STOP_ONE = CardButton(Deed.STOP, "Stop…", "stop", primary=True)
_STOPPED_AT = CardButton(Deed.STOPPED_AT, "Stopped at…", primary=True)
_REVIEW = CardButton(Deed.REVIEW, "Review")
_START = CardButton(Deed.START, "Start…", "play", primary=True)
_END = CardButton(Deed.END, "End session")


def uncoded(view: CardView, fault: str) -> CardView:
    """Return the card of a session that could not be coded; its times are drawn as ever."""
    if not fault:
        return view
    return replace(
        view,
        time="" if view.time_is_quiet else view.time,
        codes=(),
        codes_rest=_UNCODED,
        notes=(fault, *view.notes) if view.time_is_quiet else view.notes,
        sentence=f"{view.sentence}, cannot be coded",
    )


def undrawn(suite: Suite, chair: str, session: Session, fault: Exception) -> CardView:
    """Return the card of a session whose own card could not be made."""
    return CardView(
        chair=chair,
        place=suite.chairs.index(chair) + 1,
        state=CardState.FAULT,
        sentence=f"Chair {chair}, {UNDRAWN[:1].lower()}{UNDRAWN[1:]}",
        session=session.id,
        pill="Fault",
        title=UNDRAWN,
        notes=("Its times are kept; it can be stopped.", f"Tell who looks after it: {type(fault).__name__}."),
        buttons=_buttons(session),
    )


def _buttons(session: Session) -> tuple[CardButton, ...]:
    opened = len(session.open_services)
    if session.stage is Stage.ENDED:
        return (_STOPPED_AT, _REVIEW) if opened else (_REVIEW,)
    if not opened:
        return (_START, _END)
    return (_STOP if opened == 1 else _STOP_ONE, _END)

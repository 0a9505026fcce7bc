"""A key that is pressed again because the board has not changed yet: said in place, and not done twice."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.decisions import When
from desktop_app.core.orders import Route
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.kept import REPEAT_US, KeptTouch, kept_words
from desktop_app.ui.station import Station

_FLUSHES = frozenset({Route.FLUSH, Route.PORT_FLUSH})
_STARTS = frozenset({"service-started", "service-given"})
_STOPS = frozenset({"service-stopped", "stop-proposed"})

SAME: dict[Deed, frozenset[str]] = {
    Deed.SEAT: frozenset({"patient-seated"}),
    Deed.START: _STARTS,
    Deed.START_NEXT: _STARTS,
    Deed.STOP: _STOPS,
    Deed.STOPPED_AT: _STOPS | {"stop-not-witnessed"},
    Deed.STOP_AND_NEXT: _STOPS,
    Deed.PAUSE: frozenset({"service-paused"}),
    Deed.RESUME: frozenset({"service-resumed"}),
    Deed.PAUSE_OR_RESUME: frozenset({"service-paused", "service-resumed"}),
    Deed.RATE: frozenset({"rate-changed"}),
    Deed.NEXT_STEP: frozenset({"rate-changed"}),
    Deed.BAG: frozenset({"bag-changed"}),
    Deed.END: frozenset({"session-ended"}),
    Deed.SEEN: frozenset({"reminder-acknowledged"}),
    Deed.MOVE: frozenset({"chair-changed"}),
    Deed.SITE: frozenset({"site-opened"}),
}
"""What each deed records that would be done twice, or undone, by the same press once more."""


def kept_already(station: Station, deed: Deed, chair: str, when: When) -> str:
    """Return why a press is not done: what it asks for waits already; empty where it is a new one.

    Only the last touch that waits at the chair is meant, and only for a minute: a pause of a while
    ago is followed by a resume, though neither is saved yet.
    """
    waiting = station.touches.waiting_at(chair)
    if not waiting or not SAME.get(deed, frozenset()) & _kinds(waiting[-1]):
        return ""
    if when.now_us - max(event.at_us for event in waiting[-1].kept.decided.events) >= REPEAT_US:
        return ""
    return kept_words(waiting[-1].said)


def _kinds(touch: KeptTouch) -> set[str]:
    """Return the kinds of a touch's events; a flush is a start of its own kind."""
    return {event.KIND for event in touch.kept.decided.events if not _is_flush(event)}


def _is_flush(event: e.Event) -> bool:
    return isinstance(event, e.ServiceGiven) and event.order.route in _FLUSHES

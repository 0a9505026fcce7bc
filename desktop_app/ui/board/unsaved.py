"""What was touched at a chair and is not saved yet, as its card tells it.

The state and the time stay those that are on disk; the words say what waits, and the buttons
are those of the chair as it will be, so that a press does what it says.
"""

from __future__ import annotations

from dataclasses import replace

from desktop_app.ui.board.card_model import next_actions
from desktop_app.ui.board.card_view import CardState, CardView
from desktop_app.ui.board.density import Density
from desktop_app.ui.kept import KeptTouch, unsaved_spoken
from desktop_app.ui.station import Station


def with_waiting(view: CardView, station: Station, now_us: int) -> CardView:
    """Return a card that says what waits there; as it is where nothing does."""
    waiting = station.touches.waiting_at(view.chair)
    if not waiting:
        return view
    expected = station.desk.expected.shown_in(view.chair)
    is_free = view.state is CardState.FREE
    # On a dense card both would stand in one place; what is due is in the panel until this is saved.
    is_dense = station.settings.get("density") == Density.DENSE
    return replace(
        view,
        due="" if is_dense else view.due,
        waiting=unsaved_words(waiting, station.zone),
        sentence=f"{view.sentence}, {unsaved_spoken(waiting, station.zone)}",
        buttons=view.buttons if is_free else next_actions(expected, now_us),
    )


def unsaved_words(waiting: tuple[KeptTouch, ...], zone: str) -> tuple[str, ...]:
    """Say what waits, in the room of a card, the longest form first; the last touch stands for all."""
    moment = waiting[-1].moment(zone)
    more = f" +{len(waiting) - 1}" if len(waiting) > 1 else ""
    return (
        f"{moment[:1].upper()}{moment[1:]} is not saved yet{more}",
        f"Not saved yet: {moment}{more}",
        f"Not saved: {moment}{more}",
    )

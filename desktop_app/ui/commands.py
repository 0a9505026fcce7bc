"""From a deed at a chair to the flow that does it. One table, so that keys, cards and panel agree."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.session import Session, Stage
from desktop_app.ui.board.card_model import next_planned
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.sheets.seat import ask_seat
from desktop_app.ui.sheets.start import ask_start, begin, begun_words
from desktop_app.ui.sheets.stop import stop_or_ask
from desktop_app.ui.station import Station

Flow = Callable[[Station, Session], None]


def perform(station: Station, deed: Deed, chair: str) -> None:
    """Do what was asked for at a chair; on a free chair everything begins with seating."""
    session = station.desk.suite.shown_in(chair)
    if deed is Deed.SEAT or (session is None and deed is Deed.START):
        ask_seat(station, chair)
    elif session is None:
        station.touches.refused.emit(f"chair {chair} is free")
    elif session.stage is Stage.ENDED and deed in _OPEN_ONLY:
        station.touches.refused.emit(f"the session in chair {chair} has ended")
    else:
        FLOWS[deed](station, session)


def start(station: Station, session: Session) -> None:
    """Ask what starts; the instant is this one."""
    stamped = station.stamp()
    ask_start(station, session, stamped=stamped)


def start_next(station: Station, session: Session) -> None:
    """Start the plan's next service at this instant; without a plan, ask."""
    when = station.stamp()
    planned = next_planned(session)
    if planned is None:
        ask_start(station, session, stamped=when)
        return
    said = begun_words(planned.order, when.at_us, session.zone)
    station.touch(session, said, begin(planned.order, planned.id), when)


FLOWS: dict[Deed, Flow] = {
    Deed.START: start,
    Deed.START_NEXT: start_next,
    Deed.STOP: stop_or_ask,
}
_OPEN_ONLY = frozenset({Deed.START, Deed.START_NEXT, Deed.STOP, Deed.PAUSE, Deed.RESUME, Deed.END})

"""Stop and start next: one touch, one instant for both."""

from __future__ import annotations

from functools import partial

from desktop_app.core.care import stop_service
from desktop_app.core.decisions import When
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_buttons import next_planned
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.start import begin, begun_words
from desktop_app.ui.sheets.which_stops import ask_which_stops
from desktop_app.ui.station import Station
from desktop_app.ui.together import together


def stop_and_start_next(station: Station, session: Session, when: When, service: str = "") -> None:
    """Stop what runs and begin the plan's next at the same instant; of several that run, ask which stops."""
    planned, opened = next_planned(session), session.open_services
    stopped = session.service(service) if service else opened[0] if len(opened) == 1 else None
    if planned is None:
        station.touches.refused.emit(f"nothing further is planned in chair {session.chair}; A adds a service")
    elif opened and stopped is None:
        _ask_which(station, session, when, planned)
    else:
        _go_on(station, session, when, stopped, planned)


def _go_on(station: Station, session: Session, when: When, stopped: Service | None, planned: Service) -> None:
    at = words.clock_s(when.at_us, session.zone)
    begun = begin(planned.order, planned.id)
    told = f"{words.drug_name(stopped.order)} stopped, " if stopped else ""
    action = together(partial(stop_service, service=stopped.id), begun) if stopped else begun
    station.touch(session, f"{told}{begun_words(planned.order)} at {at}", action, when)


def _ask_which(station: Station, session: Session, when: When, planned: Service) -> None:
    at = words.clock_s(when.at_us, session.zone)
    verb = "starts" if planned.order.runs else "is given"
    ask_which_stops(
        station,
        session,
        lead_first(session.open_services, when.at_us),
        lambda service: stop_and_start_next(station, session, when, service),
        title="which stops?",
        stamped=at,
        note=f"{words.drug_name(planned.order)} {verb} at the same instant",
        group="Stop and go on",
    )

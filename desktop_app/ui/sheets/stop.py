"""Stopping: one running service stops at once; of several, the sheet asks which, all of them first."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.care import stop_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.which import Which, names
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together


class StopSheet(Sheet):
    """Asks which of the open services stopped."""

    def __init__(self, theme: Theme, title: str, under: str, which: Which) -> None:
        super().__init__(theme, title, under)
        self.which = which
        self.body.addWidget(which)
        self.back, self.go = self.add_ways_on("Keep running", "Stop")

    def first_field(self) -> QWidget:
        """The first service; Space unticks it, Enter takes the sheet."""
        return next(iter(self.which.boxes.values()))


def stop_or_ask(station: Station, session: Session, when: When) -> None:
    """Stop the only open service at this instant, or ask which of several."""
    opened = session.open_services
    if len(opened) <= 1:
        stop(station, session, tuple(service.id for service in opened) or ("",), when)
        return
    at = words.clock_s(when.at_us, session.zone)
    under = f"Stamped {at}. Enter takes it, Shift+Enter takes the moment you press."
    which = Which(opened, "Stop", when.at_us, ticked=[service.id for service in opened])
    sheet = StopSheet(station.theme, f"Chair {session.chair} · which stopped?", under, which)
    sheet.confirmed.connect(lambda now: _confirmed(station, session, sheet, None if now else when))
    station.sheets.open(sheet)


def stop(station: Station, session: Session, services: tuple[str, ...], when: When) -> bool:
    """Stop services at one instant, all or none; False when it was refused."""
    at = words.clock_s(when.at_us, session.zone)
    said = f"{names(session.services, services)} stopped at {at}"
    action = together(*(partial(stop_service, service=service) for service in services))
    return not isinstance(station.touch(session, said, action, when), Refusal)


def _confirmed(station: Station, session: Session, sheet: StopSheet, when: When | None) -> None:
    chosen = sheet.which.chosen()
    if not chosen:
        sheet.show_problem("tick what stopped, or keep it all running")
    elif stop(station, session, chosen, when or station.stamp()):
        sheet.done.emit()

"""Ending a session: at once when nothing runs, else by saying what became of what does."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.care import stop_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together
from desktop_app.ui.widgets.button import Button


class EndSheet(Sheet):
    """Asks about services that still run when the session ends."""

    def __init__(self, theme: Theme, chair: str) -> None:
        super().__init__(theme, f"Chair {chair} · end the session")
        self.missing = Button(theme, "End with the stop missing; I will find it", hint="Shift+Enter")
        self.missing.clicked.connect(lambda: self.confirm(now=True))
        self.back, self.go = self.add_ways_on("Back", "Stop all now and end", hint="")
        self.foot.addWidget(self.missing)

    def first_field(self) -> QWidget:
        """The way back: Enter alone ends nothing that still runs."""
        return self.back

    def _enter(self, *, now: bool) -> None:
        """Press the focused button; with none, Enter decides nothing."""
        if now or isinstance(self.focusWidget(), Button):
            super()._enter(now=now)


def end_or_ask(station: Station, session: Session, when: When) -> None:
    """End a session in which nothing runs; ask about what still does."""
    if not session.open_services:
        end(station, session, when)
        return
    drugs = ", ".join(words.drug_name(service.order) for service in session.open_services)
    at = words.clock_s(when.at_us, session.zone)
    sheet = EndSheet(station.theme, session.chair)
    sheet.say_stamped(at, f"still running: {drugs}", keys="")
    sheet.confirmed.connect(lambda missing: _confirmed(station, session, sheet, when, missing=missing))
    station.sheets.open(sheet)


def end(station: Station, session: Session, when: When) -> bool:
    """End a session; what is open stays open, and its stop is missing."""
    said = f"session ended at {words.clock_s(when.at_us, session.zone)}"
    return not isinstance(station.touch(session, said, end_session, when), Refusal)


def _confirmed(station: Station, session: Session, sheet: EndSheet, when: When, *, missing: bool) -> None:
    if missing:
        done = end(station, session, when)
    else:
        stops = (partial(stop_service, service=service.id) for service in session.open_services)
        said = f"all stopped and session ended at {words.clock_s(when.at_us, session.zone)}"
        done = not isinstance(station.touch(session, said, together(*stops, end_session), when), Refusal)
    if done:
        sheet.done.emit()

"""Pausing, with a reason where one is chosen, and letting run on."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.care import pause_service, resume_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.which import Which, names
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together
from desktop_app.ui.widgets.fields import Choice, Field

REASONS = (
    ("Reaction", "Reaction"),
    ("Line trouble", "Line trouble"),
    ("Bag or pharmacy", "Bag or pharmacy"),
    ("Patient away", "Patient away"),
)
NO_REASON = "Pause, no reason yet"


class PauseSheet(Sheet):
    """Asks why it pauses; a pause without a reason is taken as it is."""

    def __init__(self, theme: Theme, title: str, under: str, which: Which) -> None:
        super().__init__(theme, title, under, width=520)
        self.which = which
        self.reason = Choice(theme, "Reason", REASONS, unset=True)
        self.note = Field(theme, "More, in a few words (optional)")
        for part in (which, self.reason, self.note):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Keep running", NO_REASON)
        self.reason.chosen.connect(lambda reason: self.go.show_as(f"Pause: {reason}"))

    def words(self) -> str:
        """Return the reason with its words; empty when neither was given."""
        return ": ".join(part for part in (self.reason.taken, self.note.text) if part)

    def first_field(self) -> QWidget:
        """The reasons; none is taken until Space or an arrow takes it."""
        return self.reason.chip(REASONS[0][0])


def pause_or_resume(station: Station, session: Session, when: When) -> None:
    """Pause what runs; when all is paused, let it run on."""
    running = [s for s in session.open_services if s.state is ServiceState.RUNNING]
    (ask_pause if running or not session.open_services else resume)(station, session, when)


def ask_pause(station: Station, session: Session, when: When) -> None:
    """Ask why it pauses; the instant is already stamped."""
    running = [s for s in session.open_services if s.state is ServiceState.RUNNING]
    if not running:
        station.touches.refused.emit(f"nothing runs in chair {session.chair}")
        return
    at = words.clock_s(when.at_us, session.zone)
    which = Which(running, "Pause", when.at_us, ticked=[service.id for service in running])
    what = words.drug_name(running[0].order) if len(running) == 1 else "which?"
    title = f"Chair {session.chair} · pause {what}"
    sheet = PauseSheet(station.theme, title, f"Stamped {at}. Enter takes it, Esc keeps nothing.", which)
    sheet.confirmed.connect(lambda now: _pause(station, session, sheet, station.stamp() if now else when))
    station.sheets.open(sheet)


def resume(station: Station, session: Session, when: When) -> None:
    """Let everything that is paused run on from this instant."""
    paused = tuple(s.id for s in session.open_services if s.state is ServiceState.PAUSED)
    at = words.clock_s(when.at_us, session.zone)
    action = together(*(partial(resume_service, service=service) for service in paused or ("",)))
    station.touch(session, f"{names(session.services, paused)} resumed at {at}", action, when)


def _pause(station: Station, session: Session, sheet: PauseSheet, when: When) -> None:
    chosen = sheet.which.chosen()
    if not chosen:
        sheet.show_problem("tick what pauses")
        return
    at = words.clock_s(when.at_us, session.zone)
    action = together(*(partial(pause_service, service=s, reason=sheet.words()) for s in chosen))
    said = f"{names(session.services, chosen)} paused at {at}"
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()

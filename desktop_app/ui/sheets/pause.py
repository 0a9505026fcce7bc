"""Pausing, with a reason where one is chosen, and letting run on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import pause_service, resume_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.which import Which, names
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field

REASONS = {
    "r": "Reaction",
    "l": "Line trouble",
    "b": "Bag or pharmacy",
    "w": "Patient away",
}
"""The quick reasons, by the letter that pauses with each."""
NO_REASON = "Pause, no reason yet"
_COLUMNS = 2


class PauseSheet(Sheet):
    """Asks why it pauses; a quick reason pauses by itself, a pause without a reason is taken as it is.

    Signals:
        reasoned(str): pause with a quick reason.
    """

    needs = Right.CARE

    reasoned = Signal(str)

    def __init__(self, theme: Theme, title: str, which: Which) -> None:
        super().__init__(theme, title, width=WIDE)
        self.which = which
        self.reasons = {reason: self._button(theme, key, reason) for key, reason in REASONS.items()}
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for at, button in enumerate(self.reasons.values()):
            grid.addWidget(button, at // _COLUMNS, at % _COLUMNS)
        self.note = Field(theme, "Another reason, or more about it")
        self.body.addWidget(which)
        self.body.addLayout(grid)
        self.body.addWidget(self.note)
        self.back, self.go = self.add_ways_on("Keep running", NO_REASON)
        self.note.edit.textChanged.connect(lambda _: self._say())
        self.show_keys_outside(self.note.edit, {self.reasons[text]: key for key, text in REASONS.items()})

    def words(self, reason: str = "") -> str:
        """Return a quick reason with what was typed about it; empty when neither was given."""
        return ": ".join(part for part in (reason, self.note.text) if part)

    def first_field(self) -> QWidget:
        """The pause without a reason: Enter takes it, a letter gives a reason."""
        return self.go

    def take_letter(self, letter: str, when: When) -> bool:  # noqa: ARG002 - it paused when the sheet opened
        """Pause with the reason of a letter."""
        if letter in REASONS:
            self.reasoned.emit(REASONS[letter])
        return letter in REASONS

    def _button(self, theme: Theme, key: str, reason: str) -> Button:
        button = Button(theme, reason, hint=key.upper())
        button.setAccessibleName(f"Pause: {reason}")
        button.clicked.connect(lambda: self.reasoned.emit(reason))
        return button

    def _say(self) -> None:
        self.go.show_as("Pause with these words" if self.note.text else NO_REASON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go among the buttons with the arrows."""
        if not self.go_by_arrow(event):
            super().keyPressEvent(event)


def pause_or_resume(station: Station, session: Session, when: When) -> None:
    """Pause what runs; when all is paused, let it run on."""
    running = [s for s in session.open_services if s.state is ServiceState.RUNNING]
    (ask_pause if running or not session.open_services else resume)(station, session, when)


def ask_pause(station: Station, session: Session, when: When, service: str = "") -> None:
    """Ask why it pauses; the instant is already stamped. A named service is the one that is ticked."""
    running = [s for s in session.open_services if s.state is ServiceState.RUNNING]
    if not running:
        station.touches.refused.emit(f"nothing runs in chair {session.chair}")
        return
    at = words.clock_s(when.at_us, session.zone)
    ticked = [s.id for s in running if s.id == service or not service]
    which = Which(station.theme, lead_first(running, when.at_us), "Pause", when.at_us, ticked=ticked)
    what = words.drug_name(running[0].order) if len(running) == 1 else "which?"
    title = f"Chair {session.chair} · pause {what}"
    sheet = PauseSheet(station.theme, title, which)
    sheet.say_stamped(at, "each reason pauses")
    sheet.reasoned.connect(lambda reason: _pause(station, session, sheet, sheet.words(reason), when))
    sheet.confirmed.connect(
        lambda now: _pause(station, session, sheet, sheet.words(), station.stamp() if now else when)
    )
    station.sheets.open(sheet)


def resume(station: Station, session: Session, when: When, service: str = "") -> None:
    """Let everything that is paused run on from this instant, or one named service."""
    paused = tuple(s.id for s in session.open_services if s.state is ServiceState.PAUSED)
    resumed = (service,) if service else paused
    at = words.clock_s(when.at_us, session.zone)
    action = together(*(partial(resume_service, service=service) for service in resumed or ("",)))
    station.touch(session, f"{names(session.services, resumed)} resumed at {at}", action, when)


def _pause(station: Station, session: Session, sheet: PauseSheet, reason: str, when: When) -> None:
    chosen = sheet.which.chosen()
    if not chosen:
        sheet.show_problem("tick what pauses")
        return
    at = words.clock_s(when.at_us, session.zone)
    action = together(*(partial(pause_service, service=s, reason=reason) for s in chosen))
    said = f"{names(session.services, chosen)} paused at {at}"
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()

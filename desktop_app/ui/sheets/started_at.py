"""Started at…: the true start of a planned service that was begun before anybody touched Start."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import add_note
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.start import begin, begun_words
from desktop_app.ui.sheets.when_known import HOW_MISSING, WhenKnown, both_kept
from desktop_app.ui.station import Station
from desktop_app.ui.together import together


class StartedAtSheet(Sheet):
    """Asks when it began and how that is known."""

    needs = Right.CARE

    def __init__(self, station: Station, session: Session, service: Service, when: When) -> None:
        verb = "start" if service.order.runs else "happen"
        title = f"Chair {session.chair} · when did {words.drug_name(service.order)} {verb}?"
        seated = words.clock_s(session.seated.at_us, session.zone)
        super().__init__(
            station.theme, title, f"Planned, not begun. The patient sat down at {seated}.", width=WIDE
        )
        self._station, self._session, self._service = station, session, service
        self.known = WhenKnown(station.theme, "Started", when, session.zone, present_us=station.now_us)
        self.body.addWidget(self.known)
        self.body.addWidget(both_kept(when, session.zone, station.desk.actor))
        self.back, self.go = self.add_ways_on("Leave it", "Start")
        self.known.changed.connect(self._say)
        self._say()

    def faulty(self) -> QLineEdit | None:
        """The time."""
        return self.known.at.clock

    def first_field(self) -> QWidget:
        """The clock time; a chip can be taken instead."""
        return self.known.at.clock

    def action(self) -> Action:
        """Return the action that begins the service, with its note."""
        actions: list[Action] = [begin(self._service.order, self._service.id)]
        if self.known.note.text:
            actions.append(_noted(self._service.id, self.known.note.text))
        return together(*actions)

    def _say(self) -> None:
        verb = "Start" if self._service.order.runs else "Given"
        self.go.setEnabled(bool(self.known.how.taken))
        self.go.show_as(f"{verb} at {self.known.at.words()}" if self.known.how.taken else HOW_MISSING)
        when = self.known.when()
        decision = (
            None
            if isinstance(when, str)
            else begin(self._service.order, self._service.id)(self._session, when)
        )
        self.show_problem(decision.text if isinstance(decision, Refusal) else "")


def ask_started_at(station: Station, session: Session, service: Service) -> None:
    """Ask for the true start of a planned service."""
    sheet = StartedAtSheet(station, session, service, station.stamp())
    sheet.confirmed.connect(lambda _: _confirmed(station, session, service, sheet))
    station.sheets.open(sheet)


def _confirmed(station: Station, session: Session, service: Service, sheet: StartedAtSheet) -> None:
    when = sheet.known.when()
    if isinstance(when, str):
        sheet.show_problem(when)
        return
    said = f"{begun_words(service.order)} at {words.clock_s(when.at_us, session.zone)}"
    if not isinstance(station.touch(session, said, sheet.action(), when), Refusal):
        sheet.done.emit()


def _noted(service: str, text: str) -> Action:
    return partial(add_note, text=text, service=service)

"""Ending a session: at once when nothing is left to do, else by saying what becomes of what is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import stop_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.reminders import Reminds, Wishes, reminders_coming
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.core.suite import Mark
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.sheet import TAKES, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.together import together
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label

_WATCH = Wishes(kinds=frozenset({Reminds.OBSERVATION_OVER}))
_KEYS = "Shift+Enter takes the moment you press, Esc keeps nothing."
MISSING = "m"
"""The letter that ends with the stop missing."""


class EndSheet(Sheet):
    """Says what is left when the session ends, a line each; Enter ends it unless something still runs.

    Signals:
        end_without_stop: end, and let the stop be found later.
    """

    needs = Right.CARE

    end_without_stop = Signal()

    def __init__(self, theme: Theme, chair: str, left: list[str], *, runs: bool) -> None:
        super().__init__(theme, f"Chair {chair} · end the session")
        self._runs = runs
        self.left = tuple(left)
        for text in left:
            self.body.addWidget(label(text, wrap=True))
        self.missing = Button(theme, "End with the stop missing; I will find it", hint=MISSING.upper())
        self.missing.clicked.connect(self.end_without_stop)
        on = "Stop all now and end" if runs else "End session"
        self.back, self.go = self.add_ways_on("Back", on, hint="" if runs else "Enter")
        self.foot.addWidget(self.missing)
        self.missing.setVisible(runs)

    def first_field(self) -> QWidget:
        """The way on; where something runs the way back: Enter alone stops nothing."""
        return self.back if self._runs else self.go

    def take_letter(self, letter: str, when: When) -> bool:  # noqa: ARG002 - it ends when the sheet opened
        """End with the stop missing."""
        if letter == MISSING and self._runs:
            self.end_without_stop.emit()
        return letter == MISSING and self._runs

    def _enter(self, *, now: bool) -> None:
        """Press the focused button; with none, Enter decides nothing."""
        if now or isinstance(self.focusWidget(), Button):
            super()._enter(now=now)


def end_or_ask(station: Station, session: Session, when: When) -> None:
    """End a session in which nothing is left; ask where something is."""
    runs = lead_first(session.missing_stops, when.at_us)
    left = what_is_left(session, runs, station.desk.suite.open_marks, when.at_us)
    if not left:
        end(station, session, when)
        return
    at = words.clock_s(when.at_us, session.zone)
    sheet = EndSheet(station.theme, session.chair, left, runs=bool(runs))
    sheet.say_stamped(at, keys=_KEYS if runs else TAKES)
    sheet.confirmed.connect(lambda now: _all(station, session, sheet, runs, station.stamp() if now else when))
    sheet.end_without_stop.connect(lambda: _finish(sheet, done=end(station, session, when)))
    station.sheets.open(sheet)


def what_is_left(session: Session, runs: list[Service], marks: tuple[Mark, ...], now_us: int) -> list[str]:
    """Return what an end would leave undone, a line each: stops, a watch, the plan, open marks."""
    zone = session.zone
    watched = reminders_coming(session, _WATCH, now_us)
    planned = [one for one in session.services if one.state is ServiceState.PLANNED]
    marked = [words.clock_s(mark.at.at_us, zone) for mark in marks if mark.chair == session.chair]
    told = (
        ("Still running", _drugs(runs)),
        ("To be watched until", ", ".join(words.clock(one.due_us, zone) for one in watched[-1:])),
        ("Planned and not given", _drugs(planned)),
        ("Marks of this chair without a meaning", ", ".join(marked)),
    )
    return [f"{what}: {which}." for what, which in told if which]


def _drugs(services: list[Service]) -> str:
    return ", ".join(words.drug_name(service.order) for service in services)


def end(station: Station, session: Session, when: When) -> bool:
    """End a session; what is open stays open, and its stop is missing."""
    said = f"session ended at {words.clock_s(when.at_us, session.zone)}"
    return not isinstance(station.touch(session, said, end_session, when), Refusal)


def _all(station: Station, session: Session, sheet: EndSheet, runs: list[Service], when: When) -> None:
    """Stop what still runs and end, at one instant."""
    if not runs:
        _finish(sheet, done=end(station, session, when))
        return
    stops = (partial(stop_service, service=service.id) for service in runs)
    said = f"all stopped and session ended at {words.clock_s(when.at_us, session.zone)}"
    outcome = station.touch(session, said, together(*stops, end_session), when)
    _finish(sheet, done=not isinstance(outcome, Refusal))


def _finish(sheet: EndSheet, *, done: bool) -> None:
    if done:
        sheet.done.emit()

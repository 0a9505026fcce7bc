"""Stopped at…: the true time of a stop that nobody pressed, and how it is known."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import acknowledge_reminder, add_note, stop_service
from desktop_app.core.corrections import not_witnessed
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.reminders import Reminds
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first, lead_service, past_plan_us
from desktop_app.ui.sheets.correct import ask_correction
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.when_known import (
    HOW_MISSING,
    HOWS_OF_A_STOP,
    NOBODY,
    TIME_MISSING,
    WhenKnown,
    both_kept,
)
from desktop_app.ui.sheets.which import Which, names
from desktop_app.ui.station import Station
from desktop_app.ui.together import together
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class _Told:
    """What a sheet says, ready to be recorded."""

    said: str
    action: Action
    at: When


AT_THE_END = "At the end"
STILL_RAN = "tick that it still ran, or choose a time before the end"


class StoppedAtSheet(Sheet):
    """Asks when it stopped and how that is known.

    Once the session has ended no time is chosen beforehand, and one after the end is taken only with a
    tick: the patient had left.
    """

    needs = Right.CARE

    def __init__(
        self, station: Station, session: Session, service: Service, which: Which, when: When
    ) -> None:
        drug = words.drug_name(service.order) if len(which.boxes) == 1 else "it"
        title = f"Chair {session.chair} · when did {drug} stop?"
        super().__init__(station.theme, title, _since(session, service), width=WIDE)
        ended = session.ended
        self._stamped, self._session, self._station = when, session, station
        self.which = which
        self.known = WhenKnown(
            station.theme,
            "Stopped",
            when,
            session.zone,
            first=AT_THE_END if ended else "Just now",
            hows=HOWS_OF_A_STOP,
            present_us=station.now_us,
            offered_us=ended.at_us if ended else None,
        )
        end = words.clock_s(ended.at_us, session.zone) if ended else ""
        self.still_ran = Tick(station.theme, f"It still ran after the session's end at {end}")
        self.at, self.how, self.note = self.known.at, self.known.how, self.known.note
        self.kept = both_kept(when, session.zone, station.desk.actor)
        for part in (which, self.known, self.still_ran, self.kept):
            self.body.addWidget(part)
        self.back, self.go = self._add_ways(service, when)
        self.known.changed.connect(self._say)
        self.still_ran.toggled.connect(lambda _: self._say())
        for box in which.boxes.values():
            box.toggled.connect(lambda _: self._say())
        self._say()

    def faulty(self) -> QLineEdit | None:
        """The time, where one is told."""
        return None if self.how.taken == NOBODY else self.at.clock

    def first_field(self) -> QWidget:
        """The clock time; a chip can be taken instead."""
        return self.at.clock

    def _add_ways(self, service: Service, when: When) -> tuple[Button, Button]:
        """Add the two answers. Past the plan one is “still running”, recorded; Esc keeps nothing."""
        runs_here = service.is_open and self._session.stage is Stage.OPEN
        is_answer = runs_here and past_plan_us(service, when.now_us) >= 0
        text = "Still running" if runs_here else "Leave it"
        back = Button(self.theme, text, hint="" if is_answer else "Esc")
        go = Button(self.theme, "Stop", kind=Kind.PRIMARY, hint="Enter")
        back.clicked.connect(self.done)
        go.clicked.connect(lambda: self.confirm(now=False))
        self.add_last_row(back, go)
        return back, go

    def told(self) -> _Told | str:
        """Return what is to be recorded, or what is missing."""
        chosen = self.which.chosen()
        if not chosen:
            return "tick what stopped"
        if self.how.taken == NOBODY:
            return self._unseen(chosen)
        when = self.known.when()
        if isinstance(when, str):
            return when
        if self._is_after_end() and not self.still_ran.isChecked():
            return STILL_RAN
        drugs = names(self._session.services, chosen)
        actions: list[Action] = [partial(stop_service, service=service) for service in chosen]
        if self.note.text:
            actions.append(partial(add_note, text=self.note.text, service=chosen[0]))
        said = f"{drugs} stopped at {words.clock_s(when.at_us, self._session.zone)}{self._after_end_words()}"
        return _Told(said, together(*actions), when)

    def _unseen(self, chosen: tuple[str, ...]) -> _Told:
        said = f"{names(self._session.services, chosen)}: stop not witnessed"
        actions = (partial(not_witnessed, service=service, reason=self.note.text) for service in chosen)
        return _Told(said, together(*actions), self._stamped)

    def _is_after_end(self) -> bool:
        """Return whether the chosen time is one at which the patient had left."""
        at_us = self.at.at_us()
        return self.how.taken != NOBODY and at_us is not None and self._session.has_ended_before(at_us)

    def _after_end_words(self) -> str:
        return ", after the session's end" if self._is_after_end() else ""

    def _say(self) -> None:
        self.at.setEnabled(self.how.taken != NOBODY)
        is_late = self._is_after_end()
        self.still_ran.setVisible(is_late)
        self.go.setEnabled(bool(self.how.taken) and (self.still_ran.isChecked() or not is_late))
        self.go.show_as(self._way_on())
        self.show_problem(self._refusal())

    def _way_on(self) -> str:
        if not self.how.taken:
            return HOW_MISSING
        if self.how.taken == NOBODY:
            return "Record: not witnessed"
        if self.at.at_us() is None:
            return TIME_MISSING
        return f"Stop at {self.at.words()}{self._after_end_words()}"

    def _refusal(self) -> str:
        """Return at once why the chosen time cannot be, before anybody presses on."""
        told = self.told()
        if isinstance(told, str):
            return told if told == STILL_RAN else ""
        session = self._station.expected(self._session.id) or self._session
        decision = told.action(session, told.at)
        return decision.text if isinstance(decision, Refusal) else ""


def needs_true_stop(service: Service) -> bool:
    """Return whether a true stop can be told: it is open, or nobody saw it stop."""
    return service.is_open or service.state is ServiceState.NOT_WITNESSED


def ask_stopped_at(station: Station, session: Session, when: When, service: str = "") -> None:
    """Ask for the true time of a stop; the question itself is stamped too.

    Where nothing waits for a stop, the question is about the last one: it is corrected.
    """
    asked = [one for one in session.services if needs_true_stop(one)]
    if not asked:
        _ask_about_last_stop(station, session)
        return
    lead = lead_service(session, when.at_us) if session.open_services else asked[0]
    about = next((one for one in asked if one.id == service), lead)
    until_us = session.ended.at_us if session.ended else when.at_us
    which = Which(station.theme, lead_first(asked, until_us), "Stopped:", until_us, ticked=[about.id])
    sheet = StoppedAtSheet(station, session, about, which, when)
    sheet.confirmed.connect(lambda _: _confirmed(station, session, sheet))
    sheet.back.clicked.connect(lambda: _still_running(station, session, which.chosen(), when))
    station.sheets.open(sheet)


def _ask_about_last_stop(station: Station, session: Session) -> None:
    stopped = [one for one in session.services if one.state is ServiceState.STOPPED and one.stop]
    if not stopped:
        station.touches.refused.emit(f"nothing runs in chair {session.chair}")
        return
    last = max(stopped, key=lambda one: one.stop.at_us if one.stop else 0)
    ask_correction(station, session, last, "stop")


def _since(session: Session, service: Service) -> str:
    since = words.clock_s(service.start.at_us, session.zone) if service.start else ""
    ended = words.clock_s(session.ended.at_us, session.zone) if session.ended else ""
    if not service.is_open:
        end = f" The session ended at {ended}." if ended else ""
        return f"Started {since}. So far nobody saw it stop; a time told now takes that back.{end}"
    if ended:
        return f"Started {since}. The session ended at {ended}, and no stop was recorded."
    end_us = service.planned_end_us(session.last_moment_us)
    plan = f" · plan end {words.clock(end_us, session.zone)}" if end_us else ""
    return f"Running since {since}{plan}. It runs on until you say otherwise."


def _confirmed(station: Station, session: Session, sheet: StoppedAtSheet) -> None:
    told = sheet.told()
    if isinstance(told, str):
        sheet.show_problem(told)
    elif not isinstance(station.touch(session, told.said, told.action, told.at), Refusal):
        sheet.done.emit()


def _still_running(station: Station, session: Session, chosen: tuple[str, ...], when: When) -> None:
    """Record the answer where it was a question: for what is past its plan. Otherwise nothing is said."""
    late = [one for one in session.open_services if one.id in chosen and past_plan_us(one, when.now_us) >= 0]
    if late and session.stage is Stage.OPEN:
        said = f"{names(session.services, [one.id for one in late])} still running"
        seen = (_seen(one, one.planned_end_us(when.now_us) or 0) for one in late)
        station.touch(session, said, together(*seen), when)


def _seen(service: Service, due_us: int) -> Action:
    return partial(acknowledge_reminder, service=service.id, reminder=Reminds.PLAN_END.value, due_us=due_us)

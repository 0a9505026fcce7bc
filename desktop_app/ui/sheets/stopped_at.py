"""Stopped at…: the true time of a stop that nobody pressed, and how it is known."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.care import add_note, stop_service
from desktop_app.core.corrections import not_witnessed
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.moments import HowKnown
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_service
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.which import Which, names
from desktop_app.ui.station import Station
from desktop_app.ui.together import together
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.when_choice import WhenChoice

SAW, PUMP, CHART, NOBODY = "saw", "pump", "chart", "nobody"
HOWS = ((SAW, "I saw it"), (PUMP, "Pump reading"), (CHART, "From chart"), (NOBODY, "Not witnessed"))
HOW_MISSING = "Choose how it is known"
_KNOWN = {SAW: HowKnown.BACK_DATED, PUMP: HowKnown.PUMP, CHART: HowKnown.CHARTED}


class StoppedAtSheet(Sheet):
    """Asks when it stopped and how that is known."""

    def __init__(
        self, station: Station, session: Session, service: Service, which: Which, when: When
    ) -> None:
        drug = words.drug_name(service.order) if len(which.boxes) == 1 else "it"
        title = f"Chair {session.chair} · when did {drug} stop?"
        super().__init__(station.theme, title, _since(session, service), width=540)
        self._stamped = when
        self._zone = session.zone
        self.which = which
        self.at = WhenChoice(station.theme, "Stopped", when.at_us, when.now_us, session.zone)
        self.how = Choice(station.theme, "How it is known", HOWS, unset=True)
        self.note = Field(station.theme, "Note (optional)")
        self.kept = label("", size=12, tone="soft", wrap=True)
        for part in (which, self.at, self.how, self.note, self.kept):
            self.body.addWidget(part)
        by = station.desk.actor
        self.kept.setText(
            f"Recorded now at {words.clock_s(when.at_us, session.zone)} by {by}. Both times are kept."
        )
        self.back, self.go = self.add_ways_on("Still running" if service.is_open else "Leave it", "Stop")
        self.at.changed.connect(self._say)
        self.how.chosen.connect(lambda _: self._say())
        self._say()

    def first_field(self) -> QWidget:
        """The clock time; a chip can be taken instead."""
        return self.at.clock

    def when(self) -> When | None:
        """Return the instant as it was chosen; None when the clock time is none."""
        at_us = self.at.at_us()
        if at_us is None:
            return None
        pressed = at_us == self._stamped.at_us and self.how.taken == SAW
        how = HowKnown.PRESSED if pressed else _KNOWN.get(self.how.taken, HowKnown.BACK_DATED)
        return When(at_us=at_us, now_us=self._stamped.now_us, how=how)

    def _say(self) -> None:
        nobody = self.how.taken == NOBODY
        self.at.setEnabled(not nobody)
        at_us = self.at.at_us()
        self.go.setEnabled(bool(self.how.taken))
        if not self.how.taken:
            self.go.show_as(HOW_MISSING)
        elif nobody:
            self.go.show_as("Record: not witnessed")
        else:
            self.go.show_as(f"Stop at {words.clock(at_us, self._zone)}" if at_us else "Stop at …")
        self.show_problem("")


def needs_true_stop(service: Service) -> bool:
    """Return whether a true stop can be told: it is open, or nobody saw it stop."""
    return service.is_open or service.state is ServiceState.NOT_WITNESSED


def ask_stopped_at(station: Station, session: Session, when: When, service: str = "") -> None:
    """Ask for the true time of a stop; the question itself is stamped too."""
    asked = [one for one in session.services if needs_true_stop(one)]
    if not asked:
        station.touches.refused.emit(f"nothing runs in chair {session.chair}")
        return
    lead = lead_service(session, when.at_us) if session.open_services else asked[0]
    about = next((one for one in asked if one.id == service), lead)
    which = Which(asked, "Stopped:", when.at_us, ticked=[about.id])
    sheet = StoppedAtSheet(station, session, about, which, when)
    sheet.confirmed.connect(lambda _: _confirmed(station, session, sheet, when))
    station.sheets.open(sheet)


def _since(session: Session, service: Service) -> str:
    since = words.clock_s(service.start.at_us, session.zone) if service.start else ""
    if not service.is_open:
        return f"Started {since}. So far nobody saw it stop; a time told now takes that back."
    end_us = service.planned_end_us(session.last_moment_us)
    plan = f" · plan end {words.clock(end_us, session.zone)}" if end_us else ""
    return f"Running since {since}{plan}. It runs on until you say otherwise."


def _confirmed(station: Station, session: Session, sheet: StoppedAtSheet, stamped: When) -> None:
    chosen, when = sheet.which.chosen(), sheet.when()
    if not chosen:
        sheet.show_problem("tick what stopped")
        return
    if not sheet.how.taken:
        sheet.show_problem(HOW_MISSING)
        return
    if when is None and sheet.how.taken != NOBODY:
        sheet.show_problem("type a time such as 10:31")
        return
    if sheet.how.taken == NOBODY or when is None:
        said, at = f"{names(session.services, chosen)}: stop not witnessed", stamped
        actions: list[Action] = [partial(not_witnessed, service=s, reason=sheet.note.text) for s in chosen]
    else:
        said, at = _said(session.services, chosen, when, session.zone), when
        actions = [partial(stop_service, service=service) for service in chosen]
        actions += [partial(add_note, text=sheet.note.text, service=chosen[0])] if sheet.note.text else []
    if not isinstance(station.touch(session, said, together(*actions), at), Refusal):
        sheet.done.emit()


def _said(services: tuple[Service, ...], chosen: tuple[str, ...], when: When, zone: str) -> str:
    return f"{names(services, chosen)} stopped at {words.clock_s(when.at_us, zone)}"

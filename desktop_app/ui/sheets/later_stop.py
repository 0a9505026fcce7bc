"""Stopped twice: the first stop stands until somebody says which of the two is true."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Action
from desktop_app.core.later_stops import leave_first_stop, take_later_stop
from desktop_app.core.moments import Moment
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.moment_words import HOW_WORDS, recorded_words
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label


class LaterStopSheet(Sheet):
    """Offers the later stop, with a reason, and the first one."""

    needs = Right.CARE

    def __init__(self, station: Station, session: Session, service: Service, first: Moment) -> None:
        theme, zone = station.theme, session.zone
        title = f"Chair {session.chair} · {words.drug_name(service.order)} was stopped twice"
        super().__init__(theme, title, f"First {told(first, zone)}. It stands until you say.", width=WIDE)
        self._zone = zone
        self._proposals = {str(at): moment for at, moment in enumerate(service.proposals)}
        for moment in service.proposals:
            self.body.addWidget(label(f"Again {told(moment, zone)}.", size=12, tone="soft", wrap=True))
        times = [(key, words.clock_s(one.at_us, zone)) for key, one in self._proposals.items()]
        self.which = Choice(theme, "Later stop", times, taken=times[-1][0])
        self.reason = Field(theme, "Reason (a later stop needs one)")
        self.first = Button(theme, f"Leave {words.clock_s(first.at_us, zone)}")
        self.later = Button(theme, "", kind=Kind.PRIMARY, hint="Enter")
        self.later.clicked.connect(lambda: self.confirm(now=False))
        self.wait = Button(theme, "Decide later", kind=Kind.LINK, hint="Esc")
        self.wait.clicked.connect(self.done)
        for part in (self.which, self.reason):
            self.body.addWidget(part)
        self.which.setVisible(len(times) > 1)
        self.add_last_row(self.first, self.later)
        self.foot.addWidget(self.wait)
        self.which.chosen.connect(lambda _: self._say())
        self._say()

    def faulty(self) -> QLineEdit | None:
        """The reason."""
        return self.reason.edit

    def first_field(self) -> QWidget:
        """The reason."""
        return self.reason.edit

    def chosen(self) -> Moment:
        """Return the later stop that would be taken."""
        return self._proposals[self.which.taken]

    def _say(self) -> None:
        self.later.show_as(f"Take {words.clock_s(self.chosen().at_us, self._zone)}")


def ask_which_stop(station: Station, session: Session, service: Service) -> None:
    """Ask which of a service's stops is true."""
    if service.stop is None or not service.proposals:
        station.touches.refused.emit(f"{words.drug_name(service.order)} was stopped once only")
        return
    first = service.stop
    sheet = LaterStopSheet(station, session, service, first)
    sheet.first.clicked.connect(lambda: _leave(station, session, service, sheet, first))
    sheet.confirmed.connect(lambda _: _take(station, session, service, sheet))
    station.sheets.open(sheet)


def _leave(
    station: Station, session: Session, service: Service, sheet: LaterStopSheet, first: Moment
) -> None:
    at = words.clock_s(first.at_us, session.zone)
    said = f"{words.drug_name(service.order)}: the stop at {at} stands"
    action = partial(leave_first_stop, service=service.id, reason=sheet.reason.text)
    _settle(station, session, sheet, said, action)


def _take(station: Station, session: Session, service: Service, sheet: LaterStopSheet) -> None:
    later_us = sheet.chosen().at_us
    said = f"{words.drug_name(service.order)} stop corrected to {words.clock_s(later_us, session.zone)}"
    action = partial(take_later_stop, service=service.id, proposed_us=later_us, reason=sheet.reason.text)
    _settle(station, session, sheet, said, action)


def told(moment: Moment, zone: str) -> str:
    """Say when a stop was, how it is known, by whom and when it was recorded."""
    return (
        f"{words.clock_s(moment.at_us, zone)}, {HOW_WORDS[moment.how]}, by {moment.by}, "
        f"{recorded_words(moment, zone)}"
    )


def _settle(station: Station, session: Session, sheet: Sheet, said: str, action: Action) -> None:
    if not isinstance(station.touch(session, said, action, station.stamp()), Refusal):
        sheet.done.emit()

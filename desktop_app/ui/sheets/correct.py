"""Correcting a time: what it was, what it is, how that is known, and why. The first value stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.corrections import correct_moment, remove_stop, void_service
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.fold import moment_named
from desktop_app.core.moments import HowKnown, Moment
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.when_choice import WhenChoice

_HOWS = (("back-dated", "I saw it"), ("pump", "Pump reading"), ("charted", "From chart"))


class CorrectSheet(Sheet):
    """Asks for the true time and the reason."""

    def __init__(self, station: Station, session: Session, service: Service, what: str, was: Moment) -> None:
        theme, zone = station.theme, session.zone
        shown = words.clock_s(was.at_us, zone)
        super().__init__(
            theme,
            f"{words.drug_name(service.order)} · correct the {what}",
            f"Recorded {shown}, {was.how.value}, by {was.by}. It stays readable.",
            width=540,
        )
        self.at = WhenChoice(theme, "Corrected to", was.at_us, station.now_us(), zone, first="As it is")
        self.how = Choice(theme, "How it is known", _HOWS, unset=True)
        self.reason = Field(theme, "Reason")
        for line in _history(service, what, zone):
            self.body.addWidget(label(line, size=12, tone="soft", wrap=True))
        for part in (self.at, self.how, self.reason):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Leave it", "Correct")

    def first_field(self) -> QWidget:
        """The clock time."""
        return self.at.clock


class ReasonSheet(Sheet):
    """Asks for a reason, and nothing else."""

    def __init__(self, theme: Theme, title: str, under: str, on: str) -> None:
        super().__init__(theme, title, under)
        self.reason = Field(theme, "Reason")
        self.body.addWidget(self.reason)
        self.back, self.go = self.add_ways_on("Leave it", on)

    def first_field(self) -> QWidget:
        """The reason."""
        return self.reason.edit


def ask_correction(station: Station, session: Session, service: Service, what: str, index: int = 0) -> None:
    """Ask for the true time of a start, stop, pause or resume."""
    was = moment_named(service, what, index)
    if was is None:
        station.touches.refused.emit(f"{words.drug_name(service.order)} has no {what} to correct")
        return
    sheet = CorrectSheet(station, session, service, what, was)
    sheet.confirmed.connect(lambda _: _correct(station, session, service, sheet, what, index))
    station.sheets.open(sheet)


def ask_removal_of_stop(station: Station, session: Session, service: Service) -> None:
    """Ask why a stop is taken back, so that the service runs on from its first start."""
    ask_reason(
        station,
        session,
        title=f"{words.drug_name(service.order)} · it still runs",
        under="The stop is taken back; the time runs on from the first start.",
        on="Take the stop back",
        said=f"{words.drug_name(service.order)} runs on",
        action_of=lambda reason: partial(remove_stop, service=service.id, reason=reason),
    )


def ask_removal_of_not_witnessed(station: Station, session: Session, service: Service) -> None:
    """Ask why “not witnessed” is taken back, so that the service waits for its stop again."""
    ask_reason(
        station,
        session,
        title=f"{words.drug_name(service.order)} · take back “not witnessed”",
        under="It counts as running again, from its first start, until its stop is told.",
        on="Take it back",
        said=f"{words.drug_name(service.order)}: “not witnessed” taken back",
        action_of=lambda reason: partial(remove_stop, service=service.id, reason=reason),
    )


def ask_strike_out(station: Station, session: Session, service: Service) -> None:
    """Ask why a service is struck out."""
    ask_reason(
        station,
        session,
        title=f"{words.drug_name(service.order)} · strike out",
        under="For a service that never happened. It stays readable and is not billed.",
        on="Strike out",
        said=f"{words.drug_name(service.order)} struck out",
        action_of=lambda reason: partial(void_service, service=service.id, reason=reason),
    )


def ask_reason(
    station: Station,
    session: Session,
    *,
    title: str,
    under: str,
    on: str,
    said: str,
    action_of: Callable[[str], Action],
) -> None:
    """Ask for a reason and record what needs it."""
    sheet = ReasonSheet(station.theme, title, under, on)
    sheet.confirmed.connect(
        lambda _: _finish(station, session, sheet, said, action_of(sheet.reason.text), station.stamp())
    )
    station.sheets.open(sheet)


def _finish(station: Station, session: Session, sheet: Sheet, said: str, action: Action, when: When) -> None:
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()


def _correct(
    station: Station, session: Session, service: Service, sheet: CorrectSheet, what: str, index: int
) -> None:
    to_us, when = sheet.at.at_us(), station.stamp()
    if to_us is None:
        sheet.show_problem("type a time such as 10:31")
        return
    if not sheet.how.taken:
        sheet.show_problem("choose how it is known")
        return
    action = partial(
        correct_moment,
        service=service.id,
        what=what,
        index=index,
        to_us=to_us,
        how=HowKnown(sheet.how.taken),
        reason=sheet.reason.text,
    )
    said = f"{words.drug_name(service.order)} {what} corrected to {words.clock_s(to_us, session.zone)}"
    _finish(station, session, sheet, said, action, when)


def _history(service: Service, what: str, zone: str) -> list[str]:
    return [
        f"First {words.clock_s(c.before.at_us, zone)} ({c.before.how.value}), then "
        f"{words.clock_s(c.after.at_us, zone)} by {c.after.by}: “{c.reason}”"
        for c in service.corrections
        if c.what == what
    ]

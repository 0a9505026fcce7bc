"""A new rate: the plan's next step is filled in, Enter records it; what it runs at stands above."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import change_rate
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.recordable import as_line
from desktop_app.core.service import Service, ServiceState
from desktop_app.core.session import Session
from desktop_app.core.titration import (
    Step,
    is_step_due,
    next_step,
    rate_in_force,
    step_at_rate,
    step_in_force,
)
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first, lead_of
from desktop_app.ui.sheets.amounts import amount_problem, read_amount
from desktop_app.ui.sheets.earlier import Earlier
from desktop_app.ui.sheets.order_form import MOST_ML_H, too_fast
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.which import OneOf, infusions
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.when_choice import NO_TIME

_LONGEST_SHOWN = 40
_FINEST_ML_H = Decimal("0.001")


class RateSheet(Sheet):
    """Asks for the rate a service runs at from the stamped instant on."""

    needs = Right.CARE

    def __init__(
        self, theme: Theme, session: Session, services: Sequence[Service], about: str, asked: When
    ) -> None:
        super().__init__(theme, f"Chair {session.chair} · new rate", width=WIDE)
        self._session = session
        self.about = OneOf(theme, session, services, about)
        self.stands = label("", size=13, wrap=True)
        self.rate = Field(theme, "From now on, in mL/h")
        self.heard = label("", size=12, tone="soft")
        self.earlier = Earlier(theme, "Changed", asked, session.zone)
        for part in (self.about, self.stands, self.rate, self.heard, self.earlier):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Leave it", "Record rate")
        self.about.chosen.connect(lambda _: self._fill())
        self.rate.edit.textChanged.connect(lambda _: self._say())
        self._fill()

    def service(self) -> Service | None:
        """Return the service the rate is of."""
        return self._session.service(self.about.taken)

    def read(self) -> Decimal | None:
        """Return the rate as it stands in the field; None when it is none a pump can run at."""
        return None if self.problem_with_rate() else read_amount(self.rate.text)

    def problem_with_rate(self) -> str:
        """Return in a few words why no pump can run at what stands in the field; empty where one can."""
        typed, rate = self.rate.text, read_amount(self.rate.text)
        if not typed:
            return "type a rate in mL/h"
        if rate is None:
            return f"{amount_problem('rate', typed)}; to hold it, pause it"
        if rate > MOST_ML_H:
            return too_fast(as_line(typed, _LONGEST_SHOWN))
        if rate != rate.quantize(_FINEST_ML_H):
            return "a rate has at most 3 decimal places"
        return ""

    def faulty(self) -> QLineEdit | None:
        """The rate while it is none, else the earlier time."""
        return self.rate.edit if self.read() is None else self.earlier.clock

    def first_field(self) -> QWidget:
        """The rate, ready to be typed over."""
        return self.rate.edit

    def _fill(self) -> None:
        service = self.service()
        if service is None:
            return
        following = next_step(service)
        self.stands.setText(f"{words.drug_name(service.order)} {rate_words(service)}.")
        self.rate.set_text(words.number(following.planned.rate_ml_h) if following else "")
        self.rate.edit.selectAll()
        self._say()

    def _say(self) -> None:
        service, rate = self.service(), self.read()
        step = step_at_rate(service, rate) if service is not None and rate is not None else None
        self.go.show_as(f"Record step {step.number} of {step.of}" if step else "Record rate")
        heard = f"{words.number(rate)} mL/h" if rate is not None and "," in self.rate.text else ""
        self.heard.setText(heard)
        self.heard.setVisible(bool(heard))
        self.show_problem("")


def ask_rate(station: Station, session: Session, when: When, service: str = "") -> None:
    """Ask for a new rate; the instant is already stamped."""
    opened = lead_first(infusions(session), when.at_us)
    if not opened:
        station.touches.refused.emit(f"no infusion runs in chair {session.chair}")
        return
    about = service or _likeliest(session, when.at_us).id
    sheet = RateSheet(station.theme, session, opened, about, when)
    at = words.clock_s(when.at_us, session.zone)
    sheet.say_stamped(at)
    sheet.confirmed.connect(lambda now: _taken(station, session, sheet, station.stamp() if now else when))
    station.sheets.open(sheet)


def take_next_step(station: Station, session: Session, when: When, service: str = "") -> None:
    """Record the plan's next rate at once; of several infusions with one, ask."""
    named = session.service(service) if service else None
    stepped = [named] if named else [s for s in session.open_services if next_step(s) is not None]
    following = next_step(stepped[0]) if stepped else None
    if following is None:
        station.touches.refused.emit(f"no further rate step is planned in chair {session.chair}")
    elif len(stepped) > 1:
        ask_rate(station, session, when, _likeliest(session, when.at_us).id)
    else:
        record_rate(station, session, stepped[0], following.planned.rate_ml_h, when)


def record_rate(station: Station, session: Session, service: Service, rate: Decimal, when: When) -> bool:
    """Record a rate in mL/h; False when it was refused."""
    at = words.clock_s(when.at_us, session.zone)
    step = step_at_rate(service, rate)
    told = f", step {step.number} of {step.of}," if step else ""
    said = f"{words.drug_name(service.order)} {words.number(rate)} mL/h{told} at {at}"
    action = partial(change_rate, service=service.id, rate_ml_h=words.number(rate))
    return not isinstance(station.touch(session, said, action, when), Refusal)


def rate_words(service: Service) -> str:
    """Say what a service runs at and which step that is; a plan that has been left is said to be."""
    rate, step = rate_in_force(service), step_in_force(service)
    if rate is None:
        return "has no rate on record yet"
    verb = "is paused, it ran at" if service.state is ServiceState.PAUSED else "runs at"
    at = f"{verb} {words.number(rate)} mL/h"
    if step is not None:
        return f"{at}, {step_words(step)}"
    return f"{at}, none of its planned steps" if service.order.rate_steps else at


def step_words(step: Step) -> str:
    """Write a step as the board does."""
    return f"step {step.number} of {step.of}"


def _likeliest(session: Session, now_us: int) -> Service:
    """Return the service a new rate is most likely of: one whose step is due, one with a step, the lead."""
    opened = infusions(session)
    due = (s for s in opened if is_step_due(s, now_us))
    stepped = (s for s in opened if next_step(s) is not None)
    return next(due, None) or next(stepped, None) or lead_of(opened, now_us)


def _taken(station: Station, session: Session, sheet: RateSheet, when: When) -> None:
    service, rate, at = sheet.service(), sheet.read(), sheet.earlier.instant(when)
    if at is None:
        sheet.show_problem(NO_TIME)
    elif rate is None:
        sheet.show_problem(sheet.problem_with_rate())
    elif service is not None and record_rate(station, session, service, rate, at):
        sheet.done.emit()

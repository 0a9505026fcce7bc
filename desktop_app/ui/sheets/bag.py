"""A new bag of the same infusion: its lot is scanned, typed or left out; the time runs on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import change_bag
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.board.card_model import lead_first
from desktop_app.ui.sheets.earlier import Earlier
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.which import OneOf, infusions
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.vials import lot_of
from desktop_app.ui.widgets.fields import Field, let_scans_in, take_scanned
from desktop_app.ui.widgets.when_choice import NO_TIME


class BagSheet(Sheet):
    """Asks which infusion has a new bag, and for its lot."""

    needs = Right.CARE

    def __init__(
        self, theme: Theme, session: Session, services: Sequence[Service], about: str, asked: When
    ) -> None:
        super().__init__(theme, f"Chair {session.chair} · new bag", width=WIDE)
        self.about = OneOf(theme, session, services, about)
        self.lot = Field(theme, "Lot (optional)", hint="Scan the bag, or type")
        let_scans_in(self.lot.edit)
        self.earlier = Earlier(theme, "Changed", asked, session.zone)
        for part in (self.about, self.lot, self.earlier):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Leave it", "Record new bag")

    def faulty(self) -> QLineEdit | None:
        """The earlier time: nothing else here can be wrong."""
        return self.earlier.clock

    def first_field(self) -> QWidget:
        """The lot, so that a scan lands in it."""
        return self.lot.edit


def ask_bag(station: Station, session: Session, when: When, service: str = "") -> None:
    """Ask for the lot of a new bag; the instant is already stamped."""
    opened = lead_first(infusions(session), when.at_us)
    if not opened:
        station.touches.refused.emit(f"no infusion runs in chair {session.chair}")
        return
    sheet = BagSheet(station.theme, session, opened, service or opened[0].id, when)
    at = words.clock_s(when.at_us, session.zone)
    sheet.say_stamped(at, "the time runs on")
    sheet.confirmed.connect(lambda now: _taken(station, session, sheet, station.stamp() if now else when))
    station.sheets.open(sheet)


def _taken(station: Station, session: Session, sheet: BagSheet, when: When) -> None:
    service, instant = sheet.about.taken, sheet.earlier.instant(when)
    lot = lot_of(take_scanned(sheet.lot.edit) or sheet.lot.text)
    if instant is None:
        sheet.show_problem(NO_TIME)
        return
    at = words.clock_s(instant.at_us, session.zone)
    found = session.service(service)
    drug = words.drug_name(found.order) if found else ""
    said = f"new bag of {drug} at {at}" + (f", lot {lot}" if lot else "")
    action = partial(change_bag, service=service, lot=lot)
    if not isinstance(station.touch(session, said, action, instant), Refusal):
        sheet.done.emit()

"""Recording what was given and from what: amount, vials or bags, lot. Waste follows from these."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.core.care import record_dose
from desktop_app.core.decisions import Refusal
from desktop_app.core.orders import Container, Dose
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.order_form import dose_text, read_amount
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Field, let_scans_in

MOST_CONTAINERS = 999


class DoseSheet(Sheet):
    """Asks for the dose and its containers."""

    def __init__(self, theme: Theme, service: Service) -> None:
        dose = service.order.dose or Dose()
        unit = dose.unit or "its unit"
        under = f"{dose.hcpcs} · in {unit}" if dose.hcpcs else "No drug line without a code."
        super().__init__(theme, f"{words.drug_name(service.order)} · dose and containers", under, width=500)
        self._dose = dose
        first = dose.containers[0] if dose.containers else None
        self.amount = Field(theme, f"Given ({unit})", dose_text(service.order))
        self.holds = Field(theme, f"One vial or bag ({unit})", words.number(first.size) if first else "")
        self.count = Field(theme, "How many", str(first.count) if first else "")
        self.single = QCheckBox("Single-dose: what is left over is discarded")
        self.single.setChecked(first.single_dose if first else True)
        self.lot = Field(theme, "Lot (optional)", dose.lot)
        self.ndc = Field(theme, "NDC (optional)", dose.ndc)
        for edit in (self.lot.edit, self.ndc.edit):
            let_scans_in(edit)
        self.add_row(self.amount, self.holds, self.count)
        self.body.addWidget(self.single)
        self.add_row(self.lot, self.ndc)
        self.back, self.go = self.add_ways_on("Leave it", "Record dose")

    def first_field(self) -> QWidget:
        """The amount."""
        return self.amount.edit

    def dose(self) -> Dose | str:
        """Return the dose as it stands in the sheet, or what is wrong with it."""
        amount = read_amount(self.amount.text)
        if amount is None:
            return f"the dose “{self.amount.text}” is not a number over 0"
        containers = self._containers()
        if isinstance(containers, str):
            return containers
        return replace(self._dose, amount=amount, containers=containers, lot=self.lot.text, ndc=self.ndc.text)

    def _containers(self) -> tuple[Container, ...] | str:
        if not self.holds.text and not self.count.text:
            return ()
        size, count = read_amount(self.holds.text), _whole(self.count.text or "1")
        if size is None:
            return f"the size “{self.holds.text}” is not a number over 0"
        if count is None:
            return f"how many must be a whole number from 1 to {MOST_CONTAINERS}"
        return (Container(Decimal(size), count, self.single.isChecked()),)


def ask_dose(station: Station, session: Session, service: Service) -> None:
    """Ask for the dose of a service."""
    sheet = DoseSheet(station.theme, service)
    sheet.confirmed.connect(lambda _: _record(station, session, service, sheet))
    station.sheets.open(sheet)


def _record(station: Station, session: Session, service: Service, sheet: DoseSheet) -> None:
    dose, when = sheet.dose(), station.stamp()
    if isinstance(dose, str):
        sheet.show_problem(dose)
        return
    action = partial(record_dose, service=service.id, dose=dose)
    if not isinstance(
        station.touch(session, f"dose of {words.drug_name(service.order)} recorded", action, when), Refusal
    ):
        sheet.done.emit()


def _whole(text: str) -> int | None:
    digits = text.isascii() and text.isdigit()
    return int(text) if digits and 1 <= int(text[:9]) <= MOST_CONTAINERS else None

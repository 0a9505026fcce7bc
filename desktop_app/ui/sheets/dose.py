"""Recording what was given and from what: amount, vials, lot, expiry, NDC. Waste follows from these."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.coding.ndc import display
from desktop_app.core.access import Right
from desktop_app.core.care import record_dose
from desktop_app.core.decisions import Refusal
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Dose
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.suite import Suite
from desktop_app.core.told import left_over
from desktop_app.ui import words
from desktop_app.ui.panel.dose_model import ndc_words
from desktop_app.ui.ports import Products
from desktop_app.ui.sheets.amounts import amount_problem, heard_words, read_amount
from desktop_app.ui.sheets.container_rows import ContainerRows
from desktop_app.ui.sheets.expiry import expiry_problem, read_expiry
from desktop_app.ui.sheets.order_form import dose_text
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.vial_part import WHICH_FIRST, VialPart
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.vials import is_vial, size_of
from desktop_app.ui.widgets.fields import Field, let_scans_in, take_scanned
from desktop_app.ui.widgets.labels import label, retone

LONGEST_DOSE = 7
"""So many characters of a plain number are a dose; an NDC has ten."""


class DoseSheet(Sheet):
    """Asks for the dose and its containers; a scan of the vial fills in what its barcode says."""

    needs = Right.CARE

    def __init__(self, theme: Theme, service: Service, products: Products, suite: Suite, today: date) -> None:
        dose = service.order.dose or Dose()
        unit = dose.unit or "any unit"
        super().__init__(
            theme, f"{words.drug_name(service.order)} · dose and waste", _about(dose), width=WIDE
        )
        self._dose, self._today = dose, today
        self._products, self._suite = products, suite
        self._seen: set[str] = set()
        self.scan = Field(theme, "Scan the vial, or go on to the fields", hint="GS1 barcode or NDC")
        let_scans_in(self.scan.edit)
        self.vial_part = VialPart(theme, products, today.isoformat(), counts=False)
        self.amount = Field(theme, f"Given ({unit})", dose_text(service.order))
        self.unit = Field(theme, "Unit", dose.unit)
        self.code = Field(theme, "Drug code", dose.hcpcs)
        self.containers = ContainerRows(theme, unit, dose.containers)
        self.lot = Field(theme, "Lot", dose.lot)
        self.expiry = Field(theme, "Expires", dose.expiry, hint="12/31/2027")
        self.ndc = Field(theme, "NDC", ndc_words(dose.ndc))
        self.heard = label("", size=12, tone="soft")
        self.told = label("", size=12, tone="soft", wrap=True)
        self._lay_out()
        self.vial_part.settled.connect(self._settle)
        self.scan.edit.editingFinished.connect(self._move_dose)
        self.containers.changed.connect(self._tell)
        for field in (self.amount, self.unit, self.expiry):
            field.edit.textChanged.connect(lambda _: self._tell())
        self._tell()

    def _lay_out(self) -> None:
        self.body.addWidget(self.scan)
        self.body.addWidget(self.vial_part)
        self.add_row(self.amount, self.unit, self.code)
        self.body.addWidget(self.heard)
        self.body.addWidget(self.containers)
        self.add_row(self.lot, self.expiry, self.ndc)
        self.body.addWidget(self.told)
        self.back, self.go = self.add_ways_on("Leave it", "Record dose")

    def faulty(self) -> QLineEdit | None:
        """The field that cannot be taken, as far as that is known."""
        if amount_problem("dose", self.amount.text):
            return self.amount.edit
        return self.containers.faulty() or (self.expiry.edit if expiry_problem(self.expiry.text) else None)

    def first_field(self) -> QWidget:
        """The field a scan lands in."""
        return self.scan.edit

    def _move_dose(self) -> None:
        """Take a short number in the field of the scan for what it is: the dose; no NDC is so short."""
        typed = self.scan.text
        if len(typed) <= LONGEST_DOSE and read_amount(typed) is not None:
            self.scan.edit.clear()
            self.amount.set_text(typed)

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says, or first the vial that was scanned into it."""
        self._move_dose()
        scanned = take_scanned(self.scan.edit) or self.scan.text
        self.scan.edit.clear()
        if scanned:
            self._read(scanned)
        elif self.vial_part.is_asking:
            self.show_problem(WHICH_FIRST)
        else:
            super().confirm(now=now)

    def take_scan(self, text: str) -> bool:
        """Take the scan of a vial wherever the keyboard is."""
        if is_vial(text):
            self._read(text)
            return True
        return False

    def add_vial(self, text: str) -> None:
        """Take the scan of one more vial, beside the one or the ones that are recorded."""
        first, recorded = self.containers.rows[0], ndc_words(self._dose.ndc)
        self._read(text)
        vial = self.vial_part.vial
        if vial is None or not vial.ndc or display(vial.ndc) != recorded:
            return
        if first.count.text == "1" and not self._dose.containers:
            first.count.set_text("2")
        elif self._dose.containers:
            first.add_one()
        size = size_of(vial, self._suite)
        if size is not None and not first.holds.text:
            first.holds.set_text(words.number(size.size))

    def dose(self) -> Dose | str:
        """Return the dose as it stands in the sheet, or what is wrong with it."""
        if not self.amount.text:
            return "type how much was given"
        if problem := amount_problem("dose", self.amount.text):
            return problem
        containers = self.containers.containers()
        if isinstance(containers, str):
            return containers
        if problem := expiry_problem(self.expiry.text):
            return problem
        expiry = read_expiry(self.expiry.text)
        return replace(
            self._dose,
            amount=read_amount(self.amount.text),
            unit=self.unit.text,
            hcpcs=self.code.text.upper(),
            containers=containers,
            lot=self.lot.text,
            expiry=expiry.text if expiry else "",
            ndc=self.ndc.text,
        )

    def _read(self, text: str) -> None:
        if fault := self.vial_part.read(text, self._suite):
            self.show_problem(fault)
            return
        self._fill()
        way_out = self.vial_part.way_out()
        if way_out is not None:
            way_out.setFocus()
        else:
            self._settle("")

    def _settle(self, fault: str) -> None:
        """Fill in the NDC once it is known which; the same product again is one more of the first size."""
        self._fill()
        vial, first = self.vial_part.vial, self.containers.rows[0]
        if vial is not None and vial.ndc:
            if vial.ndc in self._seen or not first.count.text:
                first.add_one()
            self._seen.add(vial.ndc)
        self.scan.edit.setFocus()
        self.show_problem(fault or self._doubt())

    def _fill(self) -> None:
        """Fill in what the barcode says; what it does not say stays as it was."""
        vial = self.vial_part.vial
        if vial is not None:
            expiry = vial.expiry.isoformat() if vial.expiry else ""
            ndc = display(vial.ndc) if vial.ndc else ""
            for field, text in ((self.lot, vial.lot), (self.expiry, expiry), (self.ndc, ndc)):
                if text:
                    field.set_text(text)
        self._tell()

    def _doubt(self) -> str:
        """Return what a person should look at: by the imported tables, a vial of another drug."""
        vial, code = self.vial_part.vial, self.code.text.upper()
        codes = self._products.codes_of(vial.ndc) if vial is not None and vial.ndc else ()
        if not code or not codes or code in codes:
            return ""
        return f"this vial is billed under {' or '.join(codes)}, the dose under {code}"

    def _tell(self) -> None:
        """Say what is left over, and loudly that a vial has expired."""
        self._say_heard()
        expiry = read_expiry(self.expiry.text)
        expired = expiry is not None and expiry.last_day < self._today
        retone(self.told, "alert" if expired else "soft")
        told = [self._waste()]
        if expiry is not None:
            told.insert(0, f"{'This vial expired' if expired else 'Good until'} {expiry.last_day}.")
        self.told.setText(" ".join(told))
        self.show_problem("")

    def _say_heard(self) -> None:
        """Say what was understood of the dose, where its unit is still the one a billing unit is in."""
        per_unit = self._dose.unit_amount if self.unit.text == self._dose.unit else None
        heard = heard_words(self.amount.text, self.unit.text, per_unit)
        self.heard.setText(heard)
        self.heard.setVisible(bool(heard))

    def _waste(self) -> str:
        dose = self.dose()
        if isinstance(dose, str) or not dose.containers:
            return "What is discarded follows from the vials, and its lines (JW, JZ) from that."
        left = left_over(dose)
        if left is None:
            return "What is left over stays in the vial, or does not follow from these."
        amount = f"{words.number(left)} {dose.unit}".strip()
        return f"{amount} left over: discarded." if left else "Nothing is left over."


def ask_dose(station: Station, session: Session, service: Service, vial: str = "") -> None:
    """Ask for the dose of a service, with one more vial where one was scanned for it."""
    today = local_date(station.now_us(), session.zone)
    sheet = DoseSheet(station.theme, service, station.products, station.desk.suite, today)
    sheet.confirmed.connect(lambda _: _record(station, session, service, sheet))
    station.sheets.open(sheet)
    if vial:
        sheet.add_vial(vial)


def _record(station: Station, session: Session, service: Service, sheet: DoseSheet) -> None:
    when, dose = station.stamp(), sheet.dose()
    if isinstance(dose, str):
        sheet.show_problem(dose)
        return
    action = partial(record_dose, service=service.id, dose=dose)
    said = f"dose of {words.drug_name(service.order)} recorded"
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()


def _about(dose: Dose) -> str:
    if not dose.hcpcs:
        return "Without a drug code there is no drug line."
    per_unit = (
        f"{words.number(dose.unit_amount)} {dose.unit} a unit" if dose.unit_amount else "unit not known"
    )
    return f"{dose.hcpcs} · {per_unit}"

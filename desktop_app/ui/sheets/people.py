"""Patient and payer: typed or scanned, verified in place, recorded in one touch. Nothing is obligatory."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Action
from desktop_app.core.identity import identify_patient
from desktop_app.core.moments import local_date
from desktop_app.core.people import NOTHING_KNOWN
from desktop_app.core.registration import register_patient, tidied
from desktop_app.core.session import Session
from desktop_app.ui.privacy import DATA, may_look
from desktop_app.ui.sheets.people_form import PeopleForm
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.together import together
from desktop_app.ui.vials import is_vial
from desktop_app.ui.widgets.fields import take_scanned, takes_scans

WIDTH = 720
UNDER = "Only what claims and charge messages need; leave out the rest. Names are shown while this is open."


class PeopleSheet(Sheet):
    """Asks for what billing knows of one session's patient."""

    needs = Right.REGISTER
    is_for_one = True

    def __init__(self, station: Station, session: Session) -> None:
        super().__init__(station.theme, f"Chair {session.chair} · patient and payer", UNDER, width=WIDTH)
        self._session = session
        today = partial(_today, station, session)
        self.form = PeopleForm(station.theme, session, today)
        self.body.addWidget(self.form)
        self.back, self.go = self.add_ways_on("Leave it", "Keep")

    def first_field(self) -> QWidget:
        """The MRN where there is none; else the last name."""
        patient = self.form.patient
        return patient.family.edit if patient.mrn.text else patient.mrn.edit

    def faulty(self) -> QLineEdit | None:
        """The first field with a fault under it."""
        return next((field.edit for field in self.form.fields() if not field.fault.isHidden()), None)

    def confirm(self, *, now: bool) -> None:
        """Take what the sheet says; the Enter behind a scan only goes on to the next field."""
        focused = self.focusWidget()
        if isinstance(focused, QLineEdit) and takes_scans(focused) and take_scanned(focused):
            self.focusNextPrevChild(True)  # noqa: FBT003 - Qt's own signature
            return
        faults = [fault for field in self.form.fields() if (fault := field.verify())]
        if faults:
            self.show_problem(faults[0])
            wrong = self.faulty()
            if wrong is not None:
                wrong.setFocus()
            return
        super().confirm(now=now)

    def take_scan(self, text: str) -> bool:
        """Take a wristband where no MRN is known yet; anything else is no field's."""
        mrn = self.form.patient.mrn
        if mrn.text or is_vial(text):
            return False
        mrn.set_text(text.strip())
        return True

    def action(self) -> Action | None:
        """Return what records the changes; None where nothing was changed."""
        session, patient = self._session, self.form.patient
        actions: list[Action] = []
        if (patient.mrn.text, patient.initials.text) != (session.mrn, session.initials):
            reason = patient.reason.text if patient.is_another else ""
            mrn, initials = patient.mrn.text, patient.initials.text
            actions.append(partial(identify_patient, mrn=mrn, initials=initials, reason=reason))
        known = self.form.registration()
        if tidied(known) != session.registration:
            actions.append(partial(register_patient, registration=known))
        return together(*actions) if actions else None


def ask_people(station: Station, session: Session) -> None:
    """Ask for patient and payer; that what is on file was looked at is recorded first."""
    if not station.may(Right.REGISTER):
        return
    is_known = session.mrn or session.registration != NOTHING_KNOWN
    if is_known and not may_look(station, session, DATA):
        return
    sheet = PeopleSheet(station, station.expected(session.id) or session)
    sheet.confirmed.connect(lambda _: _keep(station, session, sheet))
    station.sheets.open(sheet)


def _keep(station: Station, session: Session, sheet: PeopleSheet) -> None:
    when, action = station.stamp(), sheet.action()
    if action is None:
        sheet.done.emit()
        return
    outcome = station.touch(session, "patient and payer recorded", action, when)
    if not isinstance(outcome, Refusal):
        sheet.done.emit()


def _today(station: Station, session: Session) -> date:
    return local_date(station.now_us(), session.zone)

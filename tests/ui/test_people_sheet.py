"""Patient and payer are typed or scanned, verified where they are typed, and recorded in one touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.people import (
    NOTHING_KNOWN,
    Address,
    Insured,
    Pointer,
    Provider,
    Registration,
    Relation,
    Sex,
)
from desktop_app.core.registration import register_patient, tidied
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.review.people_model import NOTHING, people_rows
from desktop_app.ui.sheets.checked_fields import CheckedField
from desktop_app.ui.sheets.people import PeopleSheet
from desktop_app.ui.sheets.sheet import TYPED
from desktop_app.ui.window import MainWindow
from tests.core.chairside import sign
from tests.ui.conftest import DIPHENHYDRAMINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist, focused, says, sheet_of

NPI = "1234567893"
KNOWN = Registration(
    family="Example",
    given="Ada",
    birth_date=date(1970, 5, 17),
    sex=Sex.FEMALE,
    account="V000123",
    address=Address(street="1 Main Street", city="Springfield", state="IL", zip_code="62701"),
    ordering=Provider(family="Orderer", given="Olga", npi=NPI),
    rendering=Provider(family="Renderer", npi=NPI),
    diagnoses=("K5090", "D509"),
    pointers=(Pointer("2", (2, 1)),),
    payer="Example Health",
    payer_id="12345",
    filing="CI",
    member_id="W100200300",
    group="G1",
    authorisation="AUTH4471",
    insured=Insured(relation=Relation.CHILD, family="Example", given="Max", birth_date=date(1940, 1, 2)),
)


@pytest.fixture
def visit(ward: Ward) -> Session:
    return ward.do(ward.stop(ward.start(ward.start(ward.seat("1")), DIPHENHYDRAMINE)), end_session)


@pytest.fixture
def sheet(window: MainWindow, visit: Session) -> PeopleSheet:
    window.show_page("review", visit.id)
    window.review.take_letter("d")
    return sheet_of(window, PeopleSheet)


def fill(sheet: PeopleSheet, known: Registration) -> None:
    """Type everything of a registration into the sheet."""
    form = sheet.form
    patient, payer = form.patient, form.payer
    typed: list[tuple[CheckedField, str]] = [
        (patient.family, known.family), (patient.given, known.given), (patient.born, "5/17/1970"),
        (patient.account, known.account), (payer.payer, known.payer), (payer.payer_id, known.payer_id),
        (payer.filing, "ci"), (payer.member, known.member_id), (payer.group, known.group),
        (payer.authorisation, known.authorisation), (form.diagnoses.codes, "k50.90, D50.9"),
        (form.diagnoses.pointers["2"], "2 1"), (payer.family, "Example"), (payer.given, "Max"),
        (payer.born, "01/02/1940"), (form.ordering.family, "Orderer"), (form.ordering.given, "Olga"),
        (form.ordering.npi, NPI), (form.rendering.family, "Renderer"), (form.rendering.npi, NPI),
    ]  # fmt: skip
    typed += list(zip(patient.address.values(), ("1 Main Street", "Springfield", "il", "62701"), strict=True))
    payer.relation.choice.chip(Relation.CHILD).click()
    patient.sex.choice.chip(Sex.FEMALE).click()
    for field, text in typed:
        field.set_text(text)


def test_everything_typed_is_recorded_in_one_touch(ward: Ward, visit: Session, sheet: PeopleSheet) -> None:
    fill(sheet, KNOWN)
    kinds = len(ward.journal.kinds)
    sheet.confirm(now=False)
    assert ward.session(visit.id).registration == KNOWN
    assert ward.journal.kinds[kinds:] == ["patient-registered"]


def test_much_that_was_typed_is_not_dropped_by_one_key(
    ward: Ward, window: MainWindow, visit: Session, sheet: PeopleSheet, typist: Typist
) -> None:
    fill(sheet, KNOWN)
    typist.press(Qt.Key.Key_Escape)
    assert sheet_of(window, PeopleSheet) is sheet
    assert sheet.problem == TYPED
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert ward.session(visit.id).registration == NOTHING_KNOWN


def test_what_was_not_changed_is_left_by_one_key(
    ward: Ward, window: MainWindow, visit: Session, typist: Typist
) -> None:
    ward.do(visit, partial(register_patient, registration=KNOWN))
    window.show_page("review", visit.id)
    window.review.take_letter("d")
    sheet_of(window, PeopleSheet)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None


def test_behind_the_last_field_comes_the_way_that_keeps_what_was_typed(sheet: PeopleSheet) -> None:
    assert sheet.tab_stops()[-2:] == [sheet.go, sheet.back]


def test_what_is_known_stands_in_the_sheet_and_comes_back_as_it_was(
    ward: Ward, window: MainWindow, visit: Session
) -> None:
    ward.do(visit, partial(register_patient, registration=KNOWN))
    window.show_page("review", visit.id)
    window.review.take_letter("d")
    sheet = sheet_of(window, PeopleSheet)
    assert tidied(sheet.form.registration()) == KNOWN
    kinds = len(ward.journal.kinds)
    sheet.confirm(now=False)
    assert window.sheets.sheet is None
    assert ward.journal.kinds[kinds:] == []


def test_nothing_is_obligatory(ward: Ward, window: MainWindow, visit: Session, sheet: PeopleSheet) -> None:
    sheet.confirm(now=False)
    assert window.sheets.sheet is None
    assert ward.session(visit.id).registration == NOTHING_KNOWN
    assert says(window.review.detail.people, NOTHING)


WRONG = [
    ("ordering.npi", "1234567890", "The NPI 1234567890 has a wrong digit: its check digit does not fit."),
    ("rendering.npi", "12345", "The NPI 12345 does not have ten digits."),
    ("patient.born", "31/12/1960", "“31/12/1960” is no date: write it as 12/31/1960."),
    ("patient.born", "12/31/2060", "Nobody here was born on 2060-12-31."),
    ("diagnoses.codes", "K50.90 X", "X is no diagnosis code such as K50.90."),
    ("payer.filing", "MEDICARE", "The claim filing code MEDICARE is not two letters or digits."),
    ("patient.family", "x" * 61, "The last name has more than 60 characters."),
]


@pytest.mark.parametrize(("field", "typed", "says_so"), WRONG)
def test_a_slip_is_said_under_its_field_and_nothing_is_recorded(
    ward: Ward, visit: Session, sheet: PeopleSheet, field: str, typed: str, says_so: str
) -> None:
    part, name = field.split(".")
    wrong: CheckedField = getattr(getattr(sheet.form, part), name)
    wrong.set_text(typed)
    sheet.confirm(now=False)
    assert wrong.fault.text() == says_so
    assert wrong.fault.isVisible()
    assert wrong.edit.accessibleDescription() == says_so
    assert sheet.problem == says_so
    assert focused() is wrong.edit
    assert ward.session(visit.id).registration == NOTHING_KNOWN
    wrong.set_text("")
    assert not wrong.fault.isVisible()


def test_a_check_digit_is_judged_with_the_tenth_digit_and_not_before(sheet: PeopleSheet) -> None:
    npi = sheet.form.ordering.npi
    for typed, is_wrong in (("123456789", False), ("1234567890", True), (NPI, False)):
        npi.set_text(typed)
        assert npi.fault.isVisible() is is_wrong


def test_a_service_points_only_to_a_diagnosis_there_is(
    ward: Ward, visit: Session, sheet: PeopleSheet
) -> None:
    form = sheet.form.diagnoses
    assert list(form.pointers) == ["1", "2"]
    form.codes.set_text("K50.90")
    form.pointers["1"].set_text("2")
    sheet.confirm(now=False)
    assert form.pointers["1"].fault.text() == "There is no diagnosis number 2."
    form.codes.set_text("K50.90 D50.9")
    sheet.confirm(now=False)
    assert ward.session(visit.id).registration.pointers == (Pointer("1", (2,)),)


def test_a_diagnosis_that_a_service_is_for_cannot_be_left_out(
    ward: Ward, window: MainWindow, visit: Session
) -> None:
    ward.do(visit, partial(register_patient, registration=KNOWN))
    window.show_page("review", visit.id)
    window.review.take_letter("d")
    sheet = sheet_of(window, PeopleSheet)
    sheet.form.diagnoses.codes.set_text("K50.90")
    sheet.confirm(now=False)
    assert sheet.problem == "There is no diagnosis number 2."
    assert ward.session(visit.id).registration == KNOWN


def test_another_mrn_asks_for_its_reason_and_is_recorded_with_the_rest(
    ward: Ward, visit: Session, sheet: PeopleSheet
) -> None:
    patient = sheet.form.patient
    assert not patient.reason.isVisible()
    patient.mrn.set_text("0007777")
    assert patient.reason.isVisible()
    patient.family.set_text("Example")
    sheet.confirm(now=False)
    assert sheet.problem == "Another MRN needs its reason."
    assert ward.session(visit.id).mrn == "0004821"
    patient.reason.set_text("wrong wristband")
    kinds = len(ward.journal.kinds)
    sheet.confirm(now=False)
    assert ward.journal.kinds[kinds:] == ["patient-identified", "patient-registered"]
    after = ward.session(visit.id)
    assert (after.mrn, after.registration.family) == ("0007777", "Example")


def test_a_scan_fills_the_field_it_is_made_in_and_goes_on_to_the_next(
    ward: Ward, visit: Session, sheet: PeopleSheet, typist: Typist, window: MainWindow
) -> None:
    member = sheet.form.payer.member
    member.edit.setFocus()
    typist.scan("W100200300")
    assert window.sheets.sheet is sheet
    assert member.text == "W100200300"
    assert focused() is sheet.form.payer.group.edit
    sheet.confirm(now=False)
    assert ward.session(visit.id).registration.member_id == "W100200300"


def test_a_wristband_fills_in_an_mrn_that_is_missing_wherever_the_keyboard_is(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    session = ward.do(ward.seat("1", "", "RM"), end_session)
    window.show_page("review", session.id)
    window.review.take_letter("d")
    sheet = sheet_of(window, PeopleSheet)
    qtbot.waitUntil(sheet.form.patient.mrn.edit.hasFocus)
    sheet.form.patient.family.edit.setFocus()
    typist.scan("0004821")
    assert sheet.form.patient.mrn.text == "0004821"
    assert sheet.form.patient.family.text == ""
    sheet.confirm(now=False)
    assert ward.session(session.id).mrn == "0004821"


def test_who_gives_the_care_may_be_who_ordered_it(sheet: PeopleSheet) -> None:
    for field, text in zip(sheet.form.ordering.fields, ("Orderer", "Olga", NPI), strict=True):
        field.set_text(text)
    sheet.form.same.click()
    known = sheet.form.registration()
    assert known.rendering == known.ordering == Provider(family="Orderer", given="Olga", npi=NPI)


def test_the_insured_person_is_asked_for_only_where_it_is_another(sheet: PeopleSheet) -> None:
    payer = sheet.form.payer
    assert not payer.family.isVisible()
    payer.relation.choice.chip(Relation.SPOUSE).click()
    assert payer.family.isVisible()
    payer.family.set_text("Example")
    assert sheet.form.registration().insured == Insured(relation=Relation.SPOUSE, family="Example")
    payer.relation.choice.chip(Relation.SELF).click()
    assert sheet.form.registration().insured is None


def test_that_data_on_file_was_looked_at_is_recorded_before_it_is_shown(
    ward: Ward, window: MainWindow, visit: Session
) -> None:
    ward.do(visit, partial(register_patient, registration=KNOWN))
    window.show_page("review", visit.id)
    window.review.take_letter("d")
    looked = ward.desk.history(visit.id)[-1].event
    assert isinstance(looked, e.PatientShown)
    assert looked.what == "data for billing"


def test_the_page_names_nobody(ward: Ward, window: MainWindow, visit: Session) -> None:
    known = ward.do(visit, partial(register_patient, registration=KNOWN))
    window.show_page("review", visit.id)
    shown = dict(people_rows(known))
    assert shown == {
        "Patient": "name, birth date, sex, address, visit number on file",
        "Ordered by": "Orderer, Olga · NPI 1234567893",
        "Given by": "Renderer · NPI 1234567893",
        "Diagnoses": "1 K50.90, 2 D50.9 · Diphenhydramine for 2, 1",
        "Payer": (
            "Example Health (12345) · filed as CI · member ••0300 · group on file · authorisation ••4471"
        ),
        "Insured": "the patient's parent",
    }
    assert all(says(window.review.detail.people, text) for text in shown.values())
    hidden = ("Ada", "Example,", "1970", "Main Street", "W100200300")
    texts = " ".join(field.text() for field in window.review.findChildren(QLineEdit))
    assert not any(name in " ".join((*shown.values(), texts)) for name in hidden)


def test_a_signed_session_is_registered_and_its_lines_stay(
    ward: Ward, window: MainWindow, visit: Session
) -> None:
    before = ward.do(visit, sign)
    window.show_page("review", visit.id)
    window.review.take_letter("d")
    sheet = sheet_of(window, PeopleSheet)
    sheet.form.payer.payer.set_text("Example Health")
    sheet.confirm(now=False)
    after = ward.session(visit.id)
    assert after.registration.payer == "Example Health"
    assert after.signatures == before.signatures


def test_enter_keeps_it_and_esc_keeps_nothing(
    ward: Ward, visit: Session, sheet: PeopleSheet, typist: Typist, window: MainWindow
) -> None:
    assert focused() is sheet.form.patient.family.edit
    typist.type("Example")
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert ward.session(visit.id).registration == NOTHING_KNOWN
    window.review.take_letter("d")
    typist.enter("Example")
    assert ward.session(visit.id).registration == replace(NOTHING_KNOWN, family="Example")


def test_an_open_session_can_be_registered_too(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("2"), VANCOMYCIN)
    sheet = PeopleSheet(window.station, session)
    sheet.form.payer.payer.set_text("Example Health")
    action = sheet.action()
    assert action is not None
    assert ward.do(session, action).registration.payer == "Example Health"

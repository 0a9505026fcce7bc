"""Scans of vials: what they fill, what they ask, and that nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import Dose
from desktop_app.core.service import ServiceState
from desktop_app.ui.search import Found, Meant, find
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.vials import Vial, is_elements, is_vial, read_vial
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused, says, sheet
from tests.ui.stand_ins import DRUGS, FLUSH, VEDOLIZUMAB, StandInProducts

GTIN = "00312345678906"
TEN = "1234567890"
NDC = "12345067890"
"""Its reading 12345-678-90; the barcode does not say which of three it is."""
VIAL = f"01{GTIN}1727123110LOT7"


def start_sheet(window: MainWindow) -> StartSheet:
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    return opened


def ask(window: MainWindow, typist: Typist, chair: str) -> StartSheet:
    window.refresh()
    typist.press(chair)
    typist.press("a")
    return start_sheet(window)


def only_dose(ward: Ward, chair: str) -> Dose:
    (service,) = ward.in_chair(chair).begun_services
    assert service.order.dose is not None
    return service.order.dose


def test_a_vial_fills_drug_ndc_lot_and_expiry_and_starts_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    session = ward.seat("2")
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    assert opened.search.text() == "Vedolizumab"
    assert ward.session(session.id).services == ()
    opened.dose.set_text("300")
    typist.press(Qt.Key.Key_Return)
    assert only_dose(ward, "2") == Dose(
        hcpcs="J3380", unit_amount=Decimal(1), unit="mg", amount=Decimal(300), ndc=NDC, lot="LOT7",
        expiry="2027-12-31",
    )  # fmt: skip


def test_a_vial_of_the_plan_s_next_goes_with_what_is_planned(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    session = ward.plan(ward.plan(ward.seat("2"), VANCOMYCIN), VEDOLIZUMAB)
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    assert (opened.service(), opened.dose.text, opened.planned.text) == ("2", "300", "30")
    typist.press(Qt.Key.Key_Return)
    vancomycin, vedolizumab = ward.session(session.id).services
    assert (vancomycin.state, vedolizumab.state) == (ServiceState.PLANNED, ServiceState.RUNNING)
    assert vedolizumab.order.dose is not None
    assert (vedolizumab.order.dose.ndc, vedolizumab.order.dose.lot) == (NDC, "LOT7")


def test_a_vial_scanned_on_the_board_opens_the_start_sheet_and_enter_is_the_start(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    session = ward.plan(ward.plan(ward.seat("2"), VEDOLIZUMAB), FLUSH)
    window.refresh()
    typist.press("2")
    typist.scan(VIAL)
    assert says(
        start_sheet(window),
        "Scanned 09:00:00, which is no start. Not stamped: the start is the moment you press Enter or Start. "
        "Esc starts nothing.",
    )
    ward.clock.advance(25)
    typist.press(Qt.Key.Key_Return)
    vedolizumab, _flush = ward.session(session.id).services
    assert vedolizumab.start is not None
    assert vedolizumab.start.at_us == at("2026-03-02T09:25")
    assert only_dose(ward, "2").lot == "LOT7"
    assert typist.touches == 3


def test_a_vial_that_is_not_on_the_plan_says_what_is(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.products.codes[NDC] = ("J3370",)
    ward.plan(ward.seat("2"), VEDOLIZUMAB)
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    assert opened.search.text() == "Vancomycin"
    assert opened.problem == "This is not on the plan; next there is Vedolizumab."


def test_an_ambiguous_vial_asks_which_and_enter_guesses_nothing(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.seat("2")
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    part = opened.vial_part
    assert [button.text() for button in part.choices.values()] == [
        "1234-5678-90", "12345-678-90", "12345-6789-0", "Cannot say now",
    ]  # fmt: skip
    assert focused() is part.choices[""]
    opened.search.setFocus()
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == "Say first which NDC is printed on the label."
    Mouse(qtbot).click(part.choices[NDC])
    assert part.vial == Vial(ndc=NDC, ten=TEN, lot="LOT7", expiry=part.vial.expiry if part.vial else None)
    assert ward.products.remembered == {TEN: NDC}
    assert opened.problem == "The drug of this vial is not known here yet: type it."


def test_a_choice_is_remembered_only_while_the_box_is_ticked(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.seat("2")
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    opened.vial_part.remember.click()
    Mouse(qtbot).click(opened.vial_part.choices[NDC])
    assert ward.products.remembered == {}
    typist.press(Qt.Key.Key_Escape)
    again = ask(window, typist, "2")
    typist.scan(VIAL)
    assert again.vial_part.is_asking


def test_a_choice_that_cannot_be_remembered_holds_for_this_dose_and_says_so(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.products.problem = "The choice is not remembered: the disk is full."
    ward.plan(ward.seat("2"), VEDOLIZUMAB)
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    Mouse(qtbot).click(opened.vial_part.choices[NDC])
    assert opened.problem == ward.products.problem
    typist.enter("ved")
    assert only_dose(ward, "2").ndc == NDC


def test_nobody_must_say_which_and_the_vial_then_has_no_ndc(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.plan(ward.seat("2"), VEDOLIZUMAB)
    ask(window, typist, "2")
    typist.scan(VIAL)
    typist.press(Qt.Key.Key_Return)
    typist.enter("ved")
    dose = only_dose(ward, "2")
    assert (dose.ndc, dose.lot) == ("", "LOT7")
    assert ward.products.remembered == {}


def test_a_vial_given_before_is_known_without_any_table(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.seat("2")
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    opened.vial_part.remember.click()
    Mouse(qtbot).click(opened.vial_part.choices[NDC])
    typist.enter("vedo")
    ward.seat("3", mrn="0007712")
    again = ask(window, typist, "3")
    typist.scan(VIAL)
    assert (again.search.text(), again.vial_part.is_asking) == ("Vedolizumab", False)


def test_of_two_readings_that_were_both_given_before_none_is_guessed(ward: Ward) -> None:
    for chair, ndc in (("1", "01234567890"), ("2", "12345678900")):
        dose = Dose(hcpcs="J3380", ndc=ndc)
        ward.start(ward.seat(chair, mrn=f"000{chair}"), replace(VEDOLIZUMAB, dose=dose))
    assert read_vial(VIAL, ward.products, ward.desk.suite).candidates == (
        "01234567890", NDC, "12345678900",
    )  # fmt: skip


def test_an_ndc_that_is_billed_under_two_codes_chooses_no_drug(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380", "J3370")
    ward.seat("2")
    opened = ask(window, typist, "2")
    typist.scan(VIAL)
    assert opened.list.offer() is None
    assert opened.problem == "The drug of this vial is not known here yet: type it."


def test_a_vial_that_is_past_its_day_is_said_and_not_refused(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    ward.seat("2")
    opened = ask(window, typist, "2")
    typist.scan(f"01{GTIN}1726030110LOT7")
    told = opened.vial_part.told
    assert told.text() == "Vial: NDC 12345-0678-90 · lot LOT7 · expired on 2026-03-01"
    assert told.property("tone") == "alert"
    typist.press(Qt.Key.Key_Return)
    assert only_dose(ward, "2").expiry == "2026-03-01"


def test_a_barcode_that_is_no_drug_s_says_so_and_the_sheet_stays_as_it_was(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.plan(ward.seat("2"), VEDOLIZUMAB)
    opened = ask(window, typist, "2")
    typist.press(Qt.Key.Key_Down)
    opened.dose.set_text("250")
    typist.scan("010031234567890717271231")
    assert opened.problem.startswith("The barcode number 00312345678907 is not right")
    assert opened.vial_part.vial is None
    assert (opened.search.text(), opened.service(), opened.dose.text) == ("", "1", "250")


def test_what_was_typed_beside_a_planned_drug_stays_when_its_vial_is_scanned(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    session = ward.plan(ward.seat("2"), VEDOLIZUMAB)
    window.refresh()
    window.board.panel.service_asked.emit(session.id, "1")
    asked = sheet(window)
    assert isinstance(asked, ChooseSheet)
    asked.choices["Start, with dose or vial…"].click()
    opened = start_sheet(window)
    opened.dose.set_text("250")
    typist.scan(VIAL)
    typist.press(Qt.Key.Key_Return)
    assert only_dose(ward, "2").amount == Decimal(250)


def test_a_separator_ends_a_lot_wherever_the_keyboard_is(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    ward.seat("2")
    opened = ask(window, typist, "2")
    text = f"01{GTIN}10LOT7\x1d21SERIAL9"
    for place, key in enumerate([*text, "\r"]):
        held = Qt.KeyboardModifier.ControlModifier if key == "\x1d" else Qt.KeyboardModifier.NoModifier
        code = {"\r": Qt.Key.Key_Return, "\x1d": Qt.Key.Key_BracketRight}.get(key, Qt.Key(ord(key)))
        event = QKeyEvent(QEvent.Type.KeyPress, code, held, key)
        event.setTimestamp(50_000 + place * 8)
        QCoreApplication.sendEvent(focused(), event)
    assert opened.vial_part.vial is not None
    assert opened.vial_part.vial.lot == "LOT7"


def test_a_vial_is_taken_while_a_chip_of_the_sheet_has_the_keyboard(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes[NDC] = ("J3380",)
    ward.seat("2")
    opened = ask(window, typist, "2")
    opened.way.chip("infusion").setFocus()
    typist.scan(VIAL)
    assert opened.search.text() == "Vedolizumab"
    assert ward.in_chair("2").services == ()


def test_a_vial_is_no_wristband(window: MainWindow, typist: Typist) -> None:
    window.board.focus("5")
    typist.scan(VIAL)
    assert window.sheets.sheet is None
    assert window.toast.text == "Not done. Seat a patient in chair 5 first."
    typist.press(Qt.Key.Key_Return)
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    opened.protocols.search.setFocus()
    typist.scan(VIAL)
    assert opened.mrn.text == ""


def test_a_number_that_might_be_a_wristband_s_is_one_where_nobody_sits(
    window: MainWindow, typist: Typist
) -> None:
    window.board.focus("5")
    typist.scan(GTIN)
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == GTIN


def test_a_patient_with_that_number_goes_before_a_vial(ward: Ward) -> None:
    ward.seat("5", mrn=GTIN)
    assert find(ward.desk.suite, DRUGS, GTIN, scanned=True) == Found(Meant.CHAIR, "5")


@pytest.mark.parametrize(
    ("text", "vial", "elements"),
    [
        (VIAL, True, True),
        (f"]d2{VIAL}", True, True),
        (f"17271231{VIAL[:16]}", True, True),
        ("]C0MRN4478123", False, False),
        (GTIN, True, False),
        (GTIN[1:], True, False),
        (GTIN[2:], True, False),
        ("00312345678907", False, False),
        ("1234-5678-90", True, False),
        (TEN, False, False),
        ("MRN4478123", False, False),
        ("0004821", False, False),
        ("01ABCDEFGHIJKLMNOP", False, False),
        ("", False, False),
    ],
)
def test_what_is_a_vial_s_and_what_is_a_wristband_s(text: str, vial: bool, elements: bool) -> None:  # noqa: FBT001 - rows of a table
    assert (is_vial(text), is_elements(text)) == (vial, elements)


def test_a_remembered_choice_is_asked_no_more(ward: Ward) -> None:
    products = StandInProducts(remembered={TEN: NDC})
    vial = read_vial(VIAL, products, ward.desk.suite)
    assert (vial.ndc, vial.candidates, vial.lot) == (NDC, (), "LOT7")

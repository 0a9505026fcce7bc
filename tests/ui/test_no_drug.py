"""What is no drug never starts as one: a wristband, a number, a slip of the keys; a dose is never a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import Route
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.ways import Way
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused, read_question, sheet_of
from tests.ui.stand_ins import INFLIXIMAB, VEDOLIZUMAB

MRN = "66001234"
ASKED = "No drug is called “zzz”. Enter again: record it by this name, without a drug line."


def start_sheet(window: MainWindow, typist: Typist, chair: str) -> StartSheet:
    window.refresh()
    typist.press(chair)
    typist.press("a")
    return sheet_of(window, StartSheet)


def test_a_wristband_that_beeps_again_over_the_start_sheet_starts_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    for _ in range(2):
        typist.scan(MRN)
        assert ward.session(session.id).services == ()
        assert opened.problem == "Scanned ••1234, chair 5. Finish or close this first."
        assert opened.search.text() == ""


def test_the_wristband_of_another_chair_starts_nothing_here(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("1", mrn="0001107")
    ward.seat("2", mrn="0009940")
    opened = start_sheet(window, typist, "1")
    typist.scan("0009940")
    assert opened.problem == "Scanned ••9940, chair 2. Finish or close this first."
    assert ward.session(session.id).services == ()


@pytest.mark.parametrize("scanned", ["5500123", "V0001234", "INF01234"])
def test_a_scan_leaves_what_was_chosen_and_typed_as_it_was(
    ward: Ward, window: MainWindow, typist: Typist, scanned: str
) -> None:
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    typist.type("inf")
    typist.press(Qt.Key.Key_Down)
    opened.dose.set_text("350")
    opened.way.take(Way.SC)
    typist.scan(scanned)
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    dose = service.order.dose
    assert dose is not None
    assert (dose.hcpcs, dose.amount, service.order.route) == ("Q5103", Decimal(350), Route.SC)


def test_a_scan_leaves_a_planned_drug_as_it_was_and_selected(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.seat("5", mrn=MRN), VEDOLIZUMAB)
    opened = start_sheet(window, typist, "5")
    opened.fill_planned(session.services[0])
    typist.scan("V0001234")
    assert (opened.service(), opened.dose.text, opened.search.selectedText()) == ("1", "300", "Vedolizumab")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("771077", "A number alone is no drug: type the name of one, or scan its vial."),
        ("4,5-", "A number alone is no drug: type the name of one, or scan its vial."),
        ("mrn66001234", "••1234 is the MRN of a patient in chair 5, not a drug."),
        ("zzMRN66001234", "••1234 is the MRN of a patient in chair 5, not a drug."),
    ],
)
def test_a_number_or_an_mrn_is_refused_as_a_drug_however_often_it_is_entered(
    ward: Ward, window: MainWindow, typist: Typist, typed: str, said: str
) -> None:
    session = ward.seat("5", mrn="MRN66001234")
    opened = start_sheet(window, typist, "5")
    typist.enter(typed)
    assert opened.problem == said
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == said
    assert ward.session(session.id).services == ()


def test_a_name_that_no_table_has_takes_a_second_enter_that_is_meant(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    typist.enter("zzz")
    assert opened.problem == ASKED
    assert ward.session(session.id).services == ()
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert (service.order.drug, service.order.dose) == ("zzz", None)


def test_another_name_is_asked_about_anew(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    typist.enter("zzz")
    typist.type("y")
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == ASKED.replace("zzz", "zzzy")
    assert ward.session(session.id).services == ()


def test_a_double_click_on_start_answers_no_question(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    typist.type("zzz")
    mouse = Mouse(qtbot)
    mouse.click(opened.go)
    mouse.click(opened.go)
    assert opened.problem == ASKED
    assert ward.session(session.id).services == ()
    qtbot.waitUntil(lambda: not opened.once.waits)
    mouse.click(opened.go)
    assert [service.order.drug for service in ward.session(session.id).services] == ["zzz"]


def test_the_dose_of_another_patient_is_not_filled_in(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    ward.start(ward.seat("4", mrn="0001107"), INFLIXIMAB)
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    typist.type("inf")
    assert (opened.dose.text, opened.planned.text) == ("", "120")
    assert opened.source.text() == "Way and minutes as last given here; the dose is for you to say."
    typist.press(Qt.Key.Key_Return)
    assert ward.session(session.id).services == (), "several fit, and no dose is said"
    read_question(qtbot)
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert service.order.dose is not None
    assert (service.order.dose.hcpcs, service.order.dose.amount) == ("J1745", None)
    assert (service.order.route, service.order.planned_minutes) == (Route.IV_INFUSION, 120)


def test_the_last_dose_is_offered_as_that_and_taken_by_a_touch(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.start(ward.seat("4", mrn="0001107"), INFLIXIMAB)
    session = ward.seat("5", mrn=MRN)
    opened = start_sheet(window, typist, "5")
    typist.type("inf")
    assert opened.last_used.text() == "Last used: 400 mg"
    mouse.click(opened.last_used)
    assert focused() is opened.dose.edit
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert service.order.dose is not None
    assert (service.order.dose.hcpcs, service.order.dose.amount) == ("J1745", Decimal(400))


def test_an_order_fills_its_dose_and_offers_no_other(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.start(ward.seat("4", mrn="0001107"), VANCOMYCIN)
    session = ward.plan(ward.seat("5", mrn=MRN), VEDOLIZUMAB)
    opened = start_sheet(window, typist, "5")
    opened.fill_planned(session.services[0])
    assert (opened.dose.text, opened.source.text()) == ("300", "As ordered.")
    assert not opened.last_used.isVisible()
    typist.type("van")
    assert opened.dose.text == ""
    assert opened.last_used.isVisible()


def test_a_name_of_its_own_takes_nothing_of_the_planned_drug_before_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.seat("5", mrn=MRN), VEDOLIZUMAB)
    opened = start_sheet(window, typist, "5")
    opened.fill_planned(session.services[0])
    typist.enter("zzz")
    typist.press(Qt.Key.Key_Return)
    planned, own = ward.session(session.id).services
    assert planned.start is None
    assert (own.order.drug, own.order.dose, own.order.planned_minutes) == ("zzz", None, None)


def test_a_slip_that_is_taken_back_fills_in_the_order_again(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.seat("5", mrn=MRN), VEDOLIZUMAB)
    opened = start_sheet(window, typist, "5")
    opened.fill_planned(session.services[0])
    typist.press(Qt.Key.Key_End)
    typist.type("q")
    assert opened.dose.text == ""
    typist.press(Qt.Key.Key_Backspace)
    assert (opened.service(), opened.dose.text) == ("1", "300")

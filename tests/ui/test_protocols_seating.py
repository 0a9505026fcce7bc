"""Seating with a protocol and starting its first drug: the whole plan in one touch, each touch counted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop_app.core.orders import Order
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Stage
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.protocol_picker import by_last_use, find_protocols
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet
from tests.ui.stand_ins import FLUSH, INFLIXIMAB, ORAL, PROTOCOLS, VEDOLIZUMAB

ROW = 40
VIAL = "0100312345678906" + "17271231" + "10LOT7"
"""A made-up barcode of the ten digits 1234567890."""


def seat_sheet(window: MainWindow) -> SeatSheet:
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    return opened


def start_sheet(window: MainWindow) -> StartSheet:
    opened = sheet(window)
    assert isinstance(opened, StartSheet)
    return opened


def orders(ward: Ward, chair: str) -> list[Order]:
    return [service.order for service in ward.in_chair(chair).services]


def test_by_keyboard_seven_touches_seat_from_a_protocol_and_start_its_drug(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("5")
    typist.press(Qt.Key.Key_Return)
    typist.type("0004821")
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Return)
    assert orders(ward, "5") == [VEDOLIZUMAB, FLUSH]
    typist.press(Qt.Key.Key_Return)
    vedolizumab, flush = ward.in_chair("5").services
    assert (vedolizumab.state, flush.state) == (ServiceState.RUNNING, ServiceState.PLANNED)
    assert vedolizumab.id == "1"
    assert typist.touches == 7
    assert window.sheets.sheet is None


def test_by_mouse_four_touches_seat_from_a_protocol_and_start_its_drug(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    mouse.click(window.board.grid.cards[4])
    opened = seat_sheet(window)
    opened.mrn.set_text("0004821")
    mouse.click_at(opened.protocols.list.viewport(), QPoint(60, ROW + ROW // 2))
    mouse.click(opened.seat)
    mouse.click(start_sheet(window).go)
    assert ward.in_chair("5").services[0].state is ServiceState.RUNNING
    assert mouse.touches == 4


def test_by_scanner_two_scans_and_two_keys_seat_from_a_protocol_and_start_its_drug_with_its_vial(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.products.codes["12345067890"] = ("J3380",)
    typist.scan("MRN4478123")
    assert focused() is seat_sheet(window).protocols.search
    typist.enter("ved")
    typist.scan(VIAL)
    told = start_sheet(window).vial_part.told.text()
    assert told == "Vial: NDC 12345-0678-90 · lot LOT7 · good until 2027-12-31"
    typist.press(Qt.Key.Key_Return)
    vedolizumab, flush = ward.in_chair("1").services
    assert (vedolizumab.state, flush.state) == (ServiceState.RUNNING, ServiceState.PLANNED)
    assert vedolizumab.order.dose is not None
    assert (vedolizumab.order.dose.lot, vedolizumab.order.dose.expiry) == ("LOT7", "2027-12-31")
    assert typist.touches == 4


def test_one_undo_takes_back_the_seating_with_the_whole_plan(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("5")
    typist.press(Qt.Key.Key_Return)
    typist.type("0004821")
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Return)
    session = ward.in_chair("5")
    assert [s.order for s in session.services] == [ORAL, INFLIXIMAB, FLUSH]
    assert {s.protocol for s in session.services} == {"Infliximab, titrated"}
    typist.press(Qt.Key.Key_Escape)
    assert window.toast.text == "Chair 5 · ••4821 seated with Infliximab, titrated at 09:00:00 · saved"
    typist.press("u")
    assert ward.session(session.id).stage is Stage.CANCELLED
    assert ward.desk.suite.occupant("5") is None


def test_without_a_protocol_the_patient_is_seated_without_a_plan(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("5")
    typist.press(Qt.Key.Key_Return)
    opened = seat_sheet(window)
    assert opened.protocols.told.text() == "None chosen: the patient is seated without a plan."
    typist.enter("0004821")
    assert ward.in_chair("5").services == ()
    assert start_sheet(window).search.text() == ""


def test_a_protocol_says_what_it_plans_before_it_is_taken_and_a_second_press_lets_it_go(
    window: MainWindow, mouse: Mouse
) -> None:
    mouse.click(window.board.grid.cards[4])
    opened = seat_sheet(window)
    mouse.click_at(opened.protocols.list.viewport(), QPoint(60, ROW // 2))
    assert opened.protocols.told.text() == (
        "Plans Acetaminophen 650 mg, Infliximab 400 mg 120 min, Flush. An example."
    )
    mouse.click_at(opened.protocols.list.viewport(), QPoint(60, ROW // 2))
    assert opened.protocols.protocol() is None


def test_a_wristband_is_taken_while_the_protocol_has_the_keyboard_and_seats_nobody(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("5")
    typist.press(Qt.Key.Key_Return)
    opened = seat_sheet(window)
    opened.protocols.search.setFocus()
    typist.type("inf")
    typist.scan("MRN4478123")
    assert window.sheets.sheet is opened
    assert (opened.mrn.text, opened.protocols.search.text()) == ("MRN4478123", "inf")
    assert ward.journal.kinds == []


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("inf", ["Infliximab, titrated"]),
        ("titr", ["Infliximab, titrated"]),
        ("acet", ["Infliximab, titrated"]),
        ("ved", ["Vedolizumab"]),
        ("xyz", []),
        ("", ["Infliximab, titrated", "Vedolizumab"]),
    ],
)
def test_protocols_are_found_by_a_word_of_their_name_or_by_a_drug(letters: str, names: list[str]) -> None:
    assert [protocol.name for protocol in find_protocols(PROTOCOLS, letters)] == names


def test_the_protocol_used_last_is_offered_first(ward: Ward, window: MainWindow, typist: Typist) -> None:
    typist.press("5")
    typist.press(Qt.Key.Key_Return)
    seat_sheet(window).protocols.search.setFocus()
    seat_sheet(window).mrn.set_text("0004821")
    typist.enter("ved")
    names = [protocol.name for protocol in by_last_use(PROTOCOLS, ward.desk.suite)]
    assert names == ["Vedolizumab", "Infliximab, titrated"]


def test_what_is_started_of_a_plan_keeps_rates_rounds_and_watch(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.seat("2"), INFLIXIMAB)
    window.refresh()
    typist.press("2")
    typist.press("a")
    typist.enter("inf")
    (service,) = ward.session(session.id).services
    assert service.state is ServiceState.RUNNING
    assert (service.order.rate_steps, service.order.vitals_every_minutes) == (INFLIXIMAB.rate_steps, 30)
    assert service.order.observe_minutes == 30


@pytest.mark.parametrize("only", [False, True])
def test_a_protocol_that_there_is_none_of_is_refused_in_place(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse, *, only: bool
) -> None:
    perform(window.station, Deed.SEAT, "5", window.station.stamp())
    opened = seat_sheet(window)
    opened.mrn.set_text("0004821")
    opened.protocols.search.setFocus()
    typist.type("riv")
    assert opened.protocols.told.text() == "No protocol begins like this. These are there."
    assert opened.protocols.list.count() == len(ward.protocols.all())
    mouse.click(opened.seat_only if only else opened.seat)
    assert opened.problem == ("No protocol begins with “riv”: choose one of the list, or clear it for none.")
    assert ward.journal.kinds == []
    typist.press(Qt.Key.Key_Down)
    mouse.click(opened.seat_only)
    assert ward.in_chair("5").services[0].protocol == "Infliximab, titrated"


def test_a_cleared_protocol_is_none(ward: Ward, window: MainWindow, typist: Typist) -> None:
    perform(window.station, Deed.SEAT, "5", window.station.stamp())
    opened = seat_sheet(window)
    opened.mrn.set_text("0004821")
    opened.protocols.search.setFocus()
    typist.enter("riv")
    opened.protocols.search.selectAll()
    typist.press(Qt.Key.Key_Backspace)
    assert opened.problem == ""
    typist.press(Qt.Key.Key_Return)
    assert ward.in_chair("5").services == ()

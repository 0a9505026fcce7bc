"""The same vial once more: where its drug runs already, and in a start sheet that has it already."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.orders import Category, Container, Dose, Order, Route
from desktop_app.core.session import Session
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.dose import DoseSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Mouse, Typist, focused, says, sheet_of
from tests.ui.stand_ins import VEDOLIZUMAB

GTIN = "00312345678906"
NDC = "12345067890"
VIAL = f"01{GTIN}1727123110LOT7"
OTHER_LOT = f"01{GTIN}1727123110LOT8"
BAG, MORE, SECOND = "New bag of it", "One more vial of it", "A second infusion of it…"
RUNS = Order(
    drug="Vedolizumab",
    category=Category.THERAPEUTIC,
    route=Route.IV_INFUSION,
    dose=Dose(hcpcs="J3380", unit_amount=Decimal(1), unit="mg", amount=Decimal(300), ndc=NDC, lot="LOT7"),
)


@pytest.fixture
def ward(ward: Ward) -> Ward:
    ward.products.codes[NDC] = ("J3380",)
    return ward


def running(ward: Ward, window: MainWindow, minutes: int, order: Order = RUNS) -> Session:
    session = ward.start(ward.seat("1"), order)
    ward.clock.advance(minutes)
    window.refresh()
    window.board.focus("1")
    return session


def choices(window: MainWindow) -> list[str]:
    return list(sheet_of(window, ChooseSheet).choices)


def test_a_vial_of_a_drug_that_runs_asks_what_it_means_and_records_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = running(ward, window, 40)
    stored = len(ward.journal.kinds)
    typist.scan(VIAL)
    typist.scan(VIAL)
    assert choices(window) == [BAG, MORE, SECOND]
    assert says(
        sheet_of(window, ChooseSheet),
        "Scanned 09:40:00. Vial: NDC 12345-0678-90 · lot LOT7 · good until 2027-12-31",
    )
    assert len(ward.journal.kinds) == stored
    assert len(ward.session(session.id).services) == 1


@pytest.mark.parametrize(
    ("order", "minutes", "first"),
    [(RUNS, 5, MORE), (RUNS, 40, BAG), (replace(SALINE, dose=RUNS.dose), 5, BAG)],
)
def test_the_likeliest_stands_first_and_has_the_keyboard(
    ward: Ward, window: MainWindow, typist: Typist, order: Order, minutes: int, first: str
) -> None:
    running(ward, window, minutes, order)
    typist.scan(VIAL)
    assert choices(window)[0] == first
    assert focused() is sheet_of(window, ChooseSheet).choices[first]


def test_a_new_bag_is_recorded_at_the_touch_that_says_so(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = running(ward, window, 40)
    typist.scan(OTHER_LOT)
    ward.clock.advance(5)
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert window.sheets.sheet is None
    assert window.toast.text == "Chair 1 · new bag of Vedolizumab at 09:45:00, lot LOT8 · saved"
    assert service.is_open


def test_one_more_vial_counts_one_more_in_the_dose(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    session = running(ward, window, 5)
    typist.scan(VIAL)
    typist.press(Qt.Key.Key_Return)
    opened = sheet_of(window, DoseSheet)
    first = opened.containers.rows[0]
    assert first.count.text == "2"
    first.holds.set_text("150")
    mouse.click(opened.go)
    dose = ward.session(session.id).services[0].order.dose
    assert dose is not None
    assert dose.containers == (Container(Decimal(150), 2, single_dose=True),)
    typist.scan(VIAL)
    typist.press(Qt.Key.Key_Return)
    assert sheet_of(window, DoseSheet).containers.rows[0].count.text == "3"


def test_a_second_infusion_is_one_of_the_answers_and_asked_no_further(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    session = running(ward, window, 40)
    typist.scan(VIAL)
    mouse.click(sheet_of(window, ChooseSheet).choices[SECOND])
    assert sheet_of(window, StartSheet).search.text() == "Vedolizumab"
    typist.press(Qt.Key.Key_Return)
    assert len(ward.session(session.id).open_services) == 2


def test_a_drug_that_runs_is_not_started_again_by_the_first_enter(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = running(ward, window, 40)
    typist.press("a")
    typist.scan(VIAL)
    opened = sheet_of(window, StartSheet)
    assert opened.problem == "Vedolizumab already runs here."
    typist.press(Qt.Key.Key_Return)
    assert opened.problem == "Vedolizumab already runs here, site 1. Enter again starts it a second time."
    assert len(ward.session(session.id).services) == 1
    typist.press(Qt.Key.Key_Return)
    assert len(ward.session(session.id).services) == 2


def test_a_vial_of_the_plan_s_next_starts_it_though_the_drug_runs(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(running(ward, window, 40), VEDOLIZUMAB)
    typist.scan(VIAL)
    typist.press(Qt.Key.Key_Return)
    assert len(ward.session(session.id).open_services) == 2


def test_the_same_vial_scanned_again_is_counted_and_said(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    session = ward.seat("1")
    window.refresh()
    window.board.focus("1")
    typist.scan(VIAL)
    typist.scan(OTHER_LOT)
    opened = sheet_of(window, StartSheet)
    told = opened.vial_part.told
    assert told.text() == "2 vials: NDC 12345-0678-90 · lot LOT7, LOT8 · good until 2027-12-31"
    typist.scan(OTHER_LOT)
    assert told.text().startswith("3 vials")
    mouse.click(opened.vial_part.fewer)
    assert told.text().startswith("2 vials")
    opened.search.setFocus()
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert service.order.dose is not None
    assert (service.order.dose.lot, service.order.dose.containers) == ("LOT7, LOT8", ())
    assert [note.text for note in ward.session(session.id).notes] == ["Vedolizumab: 2 vials scanned"]


def test_counted_vials_are_containers_where_it_is_known_how_much_one_holds(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    dose = replace(RUNS.dose or Dose(), containers=(Container(Decimal(300), 1, single_dose=True),))
    ward.start(ward.seat("2", mrn="0009940"), replace(RUNS, dose=dose))
    session = ward.seat("1")
    window.refresh()
    window.board.focus("1")
    for _ in range(2):
        typist.scan(VIAL)
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert service.order.dose is not None
    assert service.order.dose.containers == (Container(Decimal(300), 2, single_dose=True),)
    assert ward.session(session.id).notes == ()


def test_one_vial_with_a_serial_number_counts_once(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.seat("1")
    window.refresh()
    window.board.focus("1")
    for serial in ("A1", "A1", "A2"):
        typist.scan(f"01{GTIN}1727123121{serial}")
    opened = sheet_of(window, StartSheet)
    assert opened.vial_part.count == 2


def test_s_a_and_the_card_stamp_the_start_and_say_so(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    session = ward.seat("1")
    window.refresh()
    window.board.focus("1")
    for way in ("s", "a", "card"):
        if way == "card":
            mouse.click(card(window))
        else:
            typist.press(way)
        assert sheet_of(window, StartSheet).stamped == "Stamped 09:00:00"
        typist.press(Qt.Key.Key_Escape)
    typist.press("s")
    typist.scan(VIAL)
    ward.clock.advance(3)
    typist.press(Qt.Key.Key_Return)
    (service,) = ward.session(session.id).services
    assert service.start is not None
    assert service.start.at_us == at("2026-03-02T09:00")


def card(window: MainWindow) -> Button:
    found = window.board.grid.card("1")
    assert found is not None
    return found.buttons[0]


def test_after_seating_nothing_is_stamped_and_the_sheet_says_so(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("5")
    typist.press(Qt.Key.Key_Return)
    typist.enter("0004821")
    unstamped = "Not stamped: the start is the moment you press Enter or Start. Esc starts nothing."
    assert says(sheet_of(window, StartSheet), unstamped)
    assert sheet_of(window, StartSheet).stamped == ""
    ward.clock.advance(3)
    typist.enter("van")
    start = ward.in_chair("5").services[0].start
    assert start is not None
    assert start.at_us == at("2026-03-02T09:03")

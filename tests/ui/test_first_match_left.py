"""Other letters, another row, another way, a vial: what was asked about several drugs holds no more."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.moments import MINUTE_US
from desktop_app.ui.sheets.start import UNSTAMPED
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.at_work import VIAL
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, says
from tests.ui.test_first_match import (
    ASKED,
    ENTER,
    NINE,
    SHIFT,
    start_of,
    start_sheet,
    started,
    unstamped_sheet,
)


def test_other_letters_take_a_blind_dose_away(ward: Ward, window: MainWindow, typist: Typist) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.type("1")
    opened.search.setFocus()
    opened.search.selectAll()
    typist.type("infl")
    assert opened.dose.text == ""


def test_the_usual_dose_of_another_row_is_taken_behind_a_blind_one(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.settings.set("usual-orders", "Q5103 | iv-infusion | 400 | 120")
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.type("1")
    opened.search.setFocus()
    typist.press(Qt.Key.Key_Down)
    typist.press(ENTER)
    assert [service.order.dose and service.order.dose.amount for service in started(ward)] == [Decimal(400)]


def test_the_first_enter_is_no_start_of_a_drug_of_other_letters(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = unstamped_sheet(window, typist)
    ward.clock.advance(2)
    typist.enter("inf")
    ward.clock.advance(20)
    opened.search.setFocus()
    opened.search.selectAll()
    typist.type("van")
    assert opened.stamped == ""
    assert says(opened, UNSTAMPED)
    typist.press(ENTER)
    assert [start_of(service) for service in started(ward)] == [NINE + 22 * MINUTE_US]


def test_the_first_enter_is_no_start_of_a_vial_that_is_scanned_then(
    window: MainWindow, typist: Typist
) -> None:
    opened = unstamped_sheet(window, typist)
    typist.enter("inf")
    assert opened.stamped == "Stamped 09:00:00"
    typist.type("1")
    typist.scan(VIAL)
    assert opened.vial() is not None
    assert opened.dose.text == "", "typed on blindly"
    assert opened.stamped == ""
    assert says(opened, UNSTAMPED)


def test_other_letters_bring_back_the_instant_of_the_touch_that_opened_the_sheet(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.type("inf")
    ward.clock.advance(4)
    typist.press(ENTER, SHIFT)
    assert opened.stamped == "Stamped 09:04:00"
    opened.search.setFocus()
    opened.search.selectAll()
    typist.enter("van")
    assert [start_of(service) for service in started(ward)] == [NINE]


def test_other_letters_are_asked_about_anew(ward: Ward, window: MainWindow, typist: Typist) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    opened.search.setFocus()
    opened.search.selectAll()
    typist.enter("infl")
    assert started(ward) == ()
    assert opened.problem == ASKED.replace("“inf”", "“infl”")


def test_another_row_takes_the_question_away_and_starts_on_one_enter(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    opened.search.setFocus()
    typist.press(Qt.Key.Key_Down)
    assert opened.problem == ""
    typist.press(ENTER)
    assert [service.order.drug for service in started(ward)] == ["Infliximab-dyyb"]


def test_back_at_the_first_row_it_is_asked_anew(ward: Ward, window: MainWindow, typist: Typist) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    opened.search.setFocus()
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Up)
    typist.press(ENTER)
    assert (started(ward), opened.problem) == ((), ASKED)


def click_row(opened: StartSheet, mouse: Mouse, row: int) -> None:
    rows = opened.list
    mouse.click_at(rows.viewport(), rows.visualItemRect(rows.item(row)).center())


@pytest.mark.parametrize(("row", "code"), [(0, "J1745"), (1, "Q5103")])
def test_a_click_on_a_row_answers_at_once(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse, row: int, code: str
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    click_row(opened, mouse, row)
    assert opened.problem == ""
    typist.enter("200")
    (service,) = started(ward)
    assert service.order.dose is not None
    assert (service.order.dose.hcpcs, service.order.dose.amount) == (code, Decimal(200))


def test_behind_a_drug_picked_by_a_click_its_dose_is_typed(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.settings.set("usual-orders", "J1745 | iv-infusion | 400 | 120")
    opened = start_sheet(ward, window, typist)
    typist.type("inf")
    click_row(opened, mouse, 0)
    assert focused() is opened.dose.edit
    typist.type("200")
    assert (opened.search.text(), opened.dose.text) == ("inf", "200")


def test_another_way_makes_no_dose_of_what_was_typed_on_blindly(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = start_sheet(ward, window, typist)
    typist.enter("inf")
    typist.type("1")
    opened.way.chip("push").click()
    typist.press(ENTER)
    assert (started(ward), opened.dose.text) == ((), "")

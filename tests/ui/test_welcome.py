"""The first start: Enter goes on, and whatever is wrong is said where it is."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.core.access import Role
from desktop_app.ui.welcome import page as welcome_page
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import focused


@pytest.fixture
def ward(ward: Ward) -> Ward:
    ward.settings.values["cpt-licence"] = ""
    return ward


def _open(opened: list[bool]) -> bool:
    opened.append(True)
    return True


def press_enter() -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Return)


def test_enter_in_the_licence_box_goes_on_and_leaves_it_ticked(window: MainWindow) -> None:
    page = window.welcome
    page.who.set_text("ak")
    page.licence.setFocus()
    QTest.keyClick(page.licence, Qt.Key.Key_Space)
    assert page.licence.isChecked()
    press_enter()
    assert page.licence.isChecked()
    assert window.page == "board"


def test_every_fault_is_said_under_its_field_and_the_first_has_the_focus(window: MainWindow) -> None:
    page = window.welcome
    page.who.set_text("ak")
    page.chairs.set_text("900")
    press_enter()
    assert window.page == "welcome"
    assert "from 1 to 60" in page.faults["chairs"].text()
    assert "CPT licence" in page.faults["cpt-licence"].text()
    assert page.faults["zone"].text() == ""
    assert focused() is page.chairs.edit


def test_a_fault_is_gone_as_soon_as_its_field_changes(ward: Ward, window: MainWindow) -> None:
    page = window.welcome
    page.who.set_text("ak")
    page.chairs.set_text("900")
    press_enter()
    page.chairs.set_text("20")
    assert page.faults["chairs"].isHidden()
    assert not page.faults["cpt-licence"].isHidden()
    page.licence.setChecked(True)
    assert page.faults["cpt-licence"].isHidden()
    press_enter()
    assert window.page == "board"
    assert ward.settings.values["chairs"] == "20"


def test_the_first_start_asks_who_works_here_and_goes_on_with_nobody(ward: Ward, window: MainWindow) -> None:
    page = window.welcome
    assert page.who.text == "", "the computer's user is nobody's initials"
    page.licence.setChecked(True)
    press_enter()
    assert window.page == "welcome"
    assert page.faults["actor"].text() == "Say who works here: initials such as AK are kept with every touch."
    assert focused() is page.who.edit
    page.who.set_text("mk")
    press_enter()
    assert window.page == "board"
    assert window.rail.user.text() == "MK"
    ward.seat("1")
    assert ward.in_chair("1").seated.by == "MK"


@pytest.mark.parametrize("typed", ["new york", "america/NEW_Y", "America/New_York"])
def test_a_zone_is_known_by_any_part_of_its_name(ward: Ward, window: MainWindow, typed: str) -> None:
    page = window.welcome
    page.who.set_text("ak")
    page.zone.set_text(typed)
    page.licence.setChecked(True)
    page.finish()
    assert ward.settings.values["zone"] == "America/New_York"


def test_where_a_few_zones_may_be_meant_they_are_named(window: MainWindow) -> None:
    page = window.welcome
    page.zone.set_text("eastern")
    page.finish()
    assert page.faults["zone"].text() == "Time zone: “eastern” may be Canada/Eastern or US/Eastern."


def test_the_demo_is_opened_once_however_often_its_button_is_pressed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bool] = []
    monkeypatch.setattr(welcome_page, "open_demo", partial(_open, opened))
    window.welcome.enter(window.welcome.demo)
    window.welcome.enter(window.welcome.demo)
    window.welcome.demo.click()
    assert opened == [True]


def test_a_nurse_of_a_suite_that_is_not_set_up_goes_on_to_the_board(ward: Ward, window: MainWindow) -> None:
    page = window.welcome
    name_person(ward.desk, "AK", Role.ADMINISTRATOR)
    ward.desk.actor = "AK"
    name_person(ward.desk, "NU", Role.NURSE)
    window.refresh()
    assert page.suite.isEnabled()
    ward.desk.actor = "NU"
    window.refresh()
    assert (page.suite.isEnabled(), page.licence.isEnabled()) == (False, False)
    assert page.problem.text().endswith("Open the board to go on.")
    assert page.first_focus() is page.go
    before = dict(ward.settings.values)
    page.go.click()
    assert window.page == "board"
    assert ward.settings.values == before

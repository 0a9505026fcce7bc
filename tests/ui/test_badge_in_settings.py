"""A badge that is scanned on the settings page, or over it, lands in no field that is not meant for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop_app.core.access import Role
from desktop_app.ui.signin.person_sheet import PersonSheet
from desktop_app.ui.signin.switch import WhoIsItSheet
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused, sheet_of
from tests.ui.secrets import StandInSecrets

BADGE = "B9999999"


@pytest.fixture
def secrets(ward: Ward, window: MainWindow) -> StandInSecrets:
    """AK names people and nurses, CD is a nurse; AK has a PIN."""
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    name_person(ward.desk, "CD", Role.NURSE)
    kept = StandInSecrets(dict.fromkeys(("AK", "CD"), "four words in a row"), {"AK": "4711"})
    window.station.secrets.ask = lambda: kept
    return kept


def opened(window: MainWindow, typist: Typist, name: str = "CD") -> PersonSheet:
    """Open the card of somebody, as AK does who shows that it is them."""
    window.show_page("settings")
    window.settings.people.rows[name].click()
    sheet_of(window, WhoIsItSheet)
    typist.enter("4711")
    return sheet_of(window, PersonSheet)


def test_the_settings_open_with_no_field_focused_and_tab_goes_to_the_first(window: MainWindow) -> None:
    window.show_page("settings")
    assert not isinstance(focused(), QLineEdit)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is window.settings.entries["suite-name"].field.edit


def test_a_scan_on_the_settings_page_is_no_suite_name(ward: Ward, window: MainWindow, typist: Typist) -> None:
    window.show_page("settings")
    typist.scan(BADGE)
    window.settings.entries["suite-name"].field.edit.setFocus()
    typist.scan(BADGE)
    window.show_page("board")
    kept = ward.settings.get("suite-name")
    assert BADGE not in kept
    assert window.settings.entries["suite-name"].field.text == kept


@pytest.mark.usefixtures("secrets")
def test_a_pin_is_typed_where_the_card_opens_and_the_keyboard_goes_back_to_the_row(
    window: MainWindow, typist: Typist, secrets: StandInSecrets
) -> None:
    card = opened(window, typist)
    assert focused() is card.pin.edit
    typist.enter("1111")
    assert (secrets.pins["CD"], window.sheets.sheet) == ("1111", card)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert focused() is window.settings.people.rows["CD"]


@pytest.mark.usefixtures("secrets")
def test_behind_a_person_who_is_gone_the_keyboard_is_on_no_field(window: MainWindow, typist: Typist) -> None:
    opened(window, typist).remove.click()
    assert set(window.settings.people.rows) == {"AK"}
    assert focused() is window.settings.people.add

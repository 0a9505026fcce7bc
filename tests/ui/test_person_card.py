"""A person's card drops nothing that was typed without a word, and takes nothing away unasked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.access import Role
from desktop_app.ui.signin.person_sheet import UNKEPT, PersonSheet, ask_about_person
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet_of
from tests.ui.secrets import StandInSecrets


@pytest.fixture
def secrets(ward: Ward, window: MainWindow) -> StandInSecrets:
    """AK names people, CD is a nurse with a PIN and no badge."""
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    name_person(ward.desk, "CD", Role.NURSE)
    kept = StandInSecrets(dict.fromkeys(("AK", "CD"), "four words in a row"), {"CD": "4711"})
    window.station.secrets.ask = lambda: kept
    return kept


@pytest.fixture
def card(window: MainWindow, secrets: StandInSecrets) -> PersonSheet:
    """The card of CD, as an administrator sees it."""
    assert secrets.is_needed
    ask_about_person(window.station, "CD", lambda: None, may_all=True)
    return sheet_of(window, PersonSheet)


TYPED: dict[str, Callable[[PersonSheet], None]] = {
    "a PIN": lambda card: card.pin.set_text("8642"),
    "a badge": lambda card: card.badge.set_text("BADGE-0042"),
    "a passphrase": lambda card: card.passphrase.first.set_text("another four words"),
    "a name": lambda card: card.full_name.set_text("Cora D."),
    "a role": lambda card: card.roles.tick(Role.BILLER).setChecked(True),
}


@pytest.mark.parametrize("what", TYPED)
def test_what_was_not_kept_is_dropped_at_the_second_close_only(
    window: MainWindow, card: PersonSheet, secrets: StandInSecrets, what: str
) -> None:
    TYPED[what](card)
    card.close_button.click()
    assert (window.sheets.sheet, card.problem) == (card, UNKEPT)
    card.close_button.click()
    assert window.sheets.sheet is None
    assert secrets.pins == {"CD": "4711"}


def test_esc_asks_as_close_does_and_a_card_nobody_typed_into_goes_at_once(
    window: MainWindow, card: PersonSheet
) -> None:
    card.pin.set_text("8642")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert card.problem == UNKEPT
    card.keep_pin.click()
    assert card.problem == ""
    card.full_name.set_text("Cora D.")
    card.keep.click()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert window.sheets.sheet is None


def test_an_empty_field_takes_no_pin_away(card: PersonSheet, secrets: StandInSecrets, typist: Typist) -> None:
    assert focused() is card.pin.edit
    typist.press(Qt.Key.Key_Return)
    card.keep_badge.click()
    assert secrets.pins == {"CD": "4711"}
    assert card.problem == "Type the new badge first."
    card.keep_pin.click()
    assert (card.problem, card.told.isVisible()) == ("Type the new PIN first.", False)
    assert focused() is card.pin.edit


def test_what_is_kept_is_said_and_only_that_can_be_taken_away(
    card: PersonSheet, secrets: StandInSecrets, qtbot: QtBot
) -> None:
    assert card.kept.text() == "A PIN is kept, and no badge."
    assert not card.drop_badge.isVisible()
    Mouse(qtbot).click(card.drop_pin)
    assert (secrets.pins, card.told.text()) == ({}, "The PIN is taken away.")
    assert (card.kept.text(), card.drop_pin.isVisible()) == ("No PIN and no badge are kept.", False)
    card.badge.set_text("BADGE-0042")
    card.keep_badge.click()
    assert card.kept.text() == "A badge is kept, and no PIN."
    Mouse(qtbot).click(card.drop_badge)
    assert secrets.badges == {}

"""Enter that was meant for a sheet that is gone presses no button at another patient's chair."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_app.core.session import Session
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Typist, focused

ENTER = Qt.Key.Key_Return


@pytest.fixture
def other(ward: Ward, window: MainWindow, typist: Typist) -> Session:
    """Vancomycin has run for five minutes in chair 2; a drug was started in chair 4 by Enter in a sheet."""
    running = ward.start(ward.seat("2"))
    ward.seat("4", mrn="0000004")
    ward.clock.advance(5)
    window.refresh()
    typist.press("4")
    typist.press("s")
    typist.enter("vanc")
    assert window.sheets.sheet is None
    assert len(ward.in_chair("4").open_services) == 1
    return running


def button(window: MainWindow, chair: str, at: int) -> QWidget:
    card = window.board.grid.card(chair)
    assert card is not None
    return card.buttons[at]


def go_on_typing(typist: Typist) -> None:
    """Type a dose into a field that is not there any more."""
    typist.press("2")
    typist.press(ENTER)
    typist.press(ENTER)


def test_a_dose_typed_behind_the_sheet_stops_nothing_at_another_chair(
    ward: Ward, window: MainWindow, typist: Typist, other: Session
) -> None:
    go_on_typing(typist)
    assert ward.session(other.id).open_services
    assert window.toast.text == (
        "Not done. “Stop” at chair 2 was not pressed: Enter came right behind a touch at chair 4. X stops it."
    )
    ward.clock.advance(us=2_000_000)
    at_us = ward.clock.now().wall_us
    typist.press("x")
    stop = ward.session(other.id).services[0].stop
    assert stop is not None
    assert stop.at_us == at_us


def test_it_pauses_nothing_there_either(
    ward: Ward, window: MainWindow, typist: Typist, other: Session
) -> None:
    typist.press("2")
    button(window, "2", 1).setFocus()
    typist.press(ENTER)
    assert window.sheets.sheet is None
    assert "“Pause” at chair 2 was not pressed" in window.toast.text
    assert ward.session(other.id).open_services


def test_some_seconds_later_enter_presses_it(ward: Ward, typist: Typist, other: Session) -> None:
    ward.clock.advance(us=6_000_000)
    go_on_typing(typist)
    assert not ward.session(other.id).open_services


@pytest.mark.usefixtures("other")
def test_what_waits_in_the_sheets_own_chair_is_pressed_at_once(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("4")
    typist.press(ENTER)
    assert focused() is button(window, "4", 0)
    typist.press(ENTER)
    assert not ward.in_chair("4").open_services


def test_behind_a_touch_by_letter_enter_presses_what_it_reaches(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    running = ward.start(ward.seat("2"))
    ward.start(ward.seat("4", mrn="0000004"), SALINE)
    window.refresh()
    typist.press("4")
    typist.press("x")
    go_on_typing(typist)
    assert not ward.session(running.id).open_services

"""The letters beside choices work where the keyboard begins; in a time they are no text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.moments import MINUTE_US
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.pause import PauseSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused, sheet_of


def correction(ward: Ward, window: MainWindow, typist: Typist) -> CorrectSheet:
    """Press T after a stop: the question is about that stop, and the keyboard is in its time."""
    session = ward.start(ward.seat("1"))
    ward.clock.advance(70)
    ward.stop(session)
    ward.clock.advance(2)
    window.board.focus("1")
    typist.press("t")
    asked = sheet_of(window, CorrectSheet)
    assert focused() is asked.at.clock
    return asked


def hints(buttons: dict[str, Button]) -> str:
    return "".join(button._hint for button in buttons.values())  # noqa: SLF001 - it is only painted


def test_a_letter_typed_in_the_time_gives_its_reason(ward: Ward, window: MainWindow, typist: Typist) -> None:
    asked = correction(ward, window, typist)
    time = asked.at.clock.text()
    typist.press("p")
    assert (asked.at.clock.text(), asked.reason.text, asked.how.taken) == (time, "Pump log", "pump")
    assert asked.at.at_us() is not None


def test_a_letter_that_stands_for_nothing_is_no_part_of_a_time(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    asked = correction(ward, window, typist)
    time = asked.at.clock.text()
    typist.press("x")
    assert (asked.at.clock.text(), asked.reason.text) == (time, "")
    assert asked.problem == "Answer this first, then press X again."


def test_digits_after_a_letter_that_came_alone_are_the_time(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    asked = correction(ward, window, typist)
    typist.press("q")
    typist.type("10:05")
    assert asked.at.words() == "10:05"


def test_a_scan_into_the_time_chooses_nothing(ward: Ward, window: MainWindow, typist: Typist) -> None:
    asked = correction(ward, window, typist)
    time = asked.at.clock.text()
    for code in ("P0004821", "0004821P", "PLSB"):
        typist.scan(code)
        assert (asked.reason.text, asked.how.taken, asked.at.clock.text()) == ("", "", time)
        assert asked.problem.startswith("Scanned")


def test_the_letters_are_hidden_while_the_keyboard_is_in_the_words(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    asked = correction(ward, window, typist)
    assert hints(asked.usual) == "PLSB"
    asked.reason.edit.setFocus()
    assert hints(asked.usual) == ""
    typist.type("Bag")
    assert asked.reason.text == "Bag"
    asked.at.clock.setFocus()
    assert hints(asked.usual) == "PLSB"


def test_the_letters_of_a_pause_are_hidden_in_its_note(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    window.board.focus("1")
    typist.press("p")
    asked = sheet_of(window, PauseSheet)
    assert hints(asked.reasons) == "RLBW"
    asked.note.edit.setFocus()
    assert hints(asked.reasons) == ""


@pytest.mark.parametrize(
    ("modifier", "minutes", "asks"),
    [(Qt.KeyboardModifier.ShiftModifier, 2, True), (Qt.KeyboardModifier.ControlModifier, 0, False)],
)
def test_shift_enter_seats_at_the_moment_of_pressing_and_control_enter_seats_only(
    ward: Ward, window: MainWindow, typist: Typist, modifier: Qt.KeyboardModifier, minutes: int, *, asks: bool
) -> None:
    stamped = ward.clock.now().wall_us
    window.board.focus("3")
    typist.press(Qt.Key.Key_Return)
    sheet_of(window, SeatSheet)
    typist.type("0004823")
    ward.clock.advance(2)
    typist.press(Qt.Key.Key_Return, modifier)
    assert ward.in_chair("3").seated.at_us == stamped + minutes * MINUTE_US
    assert isinstance(window.sheets.sheet, StartSheet) == asks


def test_control_enter_elsewhere_takes_the_sheet_as_enter_does(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("1"))
    window.board.focus("1")
    typist.press("p")
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ward.session(session.id).services[0].open_pause is not None


@pytest.mark.parametrize("keys", ["7x", "12x"])
def test_a_chair_and_its_letter_hit_with_two_hands_are_both_taken_and_for_that_chair(
    ward: Ward, window: MainWindow, qtbot: QtBot, keys: str
) -> None:
    chair = keys[:-1]
    for seated in ("1", chair):
        ward.start(ward.seat(seated, mrn=f"000{seated}"))
    window.refresh()
    window.board.focus("1")
    QTest.keyClicks(focused(), keys)
    qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)
    assert window.board.chair == chair
    assert ward.in_chair(chair).services[0].stop is not None
    assert ward.in_chair("1").services[0].stop is None


def test_two_letters_together_are_none_of_the_board(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    window.board.focus("1")
    QTest.keyClicks(focused(), "mx")
    qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)
    assert ward.in_chair("1").services[0].stop is None
    assert "too fast" in window.toast.text

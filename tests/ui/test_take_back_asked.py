"""An undo that reaches another chair than the chosen one, or back over a minute, asks first."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.session import Session
from desktop_app.ui.sheets.take_back import TakeBackSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, says, sheet_of

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def marked(ward: Ward, window: MainWindow, typist: Typist) -> Session:
    """A mark at chair 9, told in the news, and chair 1 chosen, where a drug runs."""
    running = ward.start(ward.seat("1"))
    window.refresh()
    window.board.focus("9")
    typist.press("m")
    typist.press("1")
    return running


def ask(typist: Typist) -> None:
    typist.press(Qt.Key.Key_Z, CONTROL)


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("by", ["u", "ctrl z"])
def test_behind_a_refusal_the_touch_of_another_chair_is_asked_for(
    ward: Ward, window: MainWindow, typist: Typist, by: str
) -> None:
    typist.press("g")
    assert window.toast.text.startswith("Not done.")
    if by == "u":
        typist.press("u")
    else:
        ask(typist)
    asked = sheet_of(window, TakeBackSheet)
    assert says(asked, "Take back: Chair 9 · mark at 09:00:00?")
    assert says(asked, "Touched at 09:00:00. Chair 1 is chosen.")
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert [mark.chair for mark in ward.desk.suite.open_marks] == ["9"]
    ask(typist)
    typist.press(Qt.Key.Key_Return)
    assert not ward.desk.suite.open_marks
    assert window.toast.text == "Chair 9 · mark at 09:00:00 taken back · saved"


@pytest.mark.usefixtures("marked")
def test_what_is_told_in_the_news_is_taken_back_by_one_key_at_any_chair(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    assert window.toast.offers_undo
    ask(typist)
    assert ward.desk.suite.open_marks == ()


def test_the_own_last_touch_is_taken_back_by_one_key_when_its_news_is_gone(
    ward: Ward, window: MainWindow, typist: Typist, marked: Session
) -> None:
    typist.press("x")
    window.toast.hide()
    ask(typist)
    assert window.sheets.sheet is None
    assert ward.session(marked.id).open_services


def test_what_is_over_a_minute_old_is_asked_for_at_its_own_chair_too(
    ward: Ward, window: MainWindow, typist: Typist, marked: Session
) -> None:
    typist.press("x")
    ward.clock.advance(us=61_000_000)
    ask(typist)
    asked = sheet_of(window, TakeBackSheet)
    assert says(asked, "Take back: Chair 1 · Vancomycin stop?")
    assert says(asked, "Touched at 09:00:00, over a minute ago.")
    typist.press(Qt.Key.Key_Return)
    assert ward.session(marked.id).open_services


def test_a_touch_that_came_while_it_was_asked_is_not_taken_back(
    ward: Ward, window: MainWindow, typist: Typist, marked: Session
) -> None:
    window.toast.hide()
    ask(typist)
    ward.stop(marked)
    typist.press(Qt.Key.Key_Return)
    assert not ward.session(marked.id).open_services
    assert len(ward.desk.suite.open_marks) == 1
    assert window.toast.text == "Not done. Something else was touched meanwhile, so nothing was taken back."


@pytest.mark.usefixtures("marked")
def test_what_is_too_old_for_an_undo_is_refused_at_once(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.clock.advance(11)
    ask(typist)
    assert window.sheets.sheet is None
    assert "older than 10 minutes" in window.toast.text

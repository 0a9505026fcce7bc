"""How many touches it takes to put things right, made in the real window: by mouse, and by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.core.session import Session, Stage
from desktop_app.ui.board.card import Card
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet, shown

BOARD = "board"


@pytest.fixture
def running(ward: Ward, window: MainWindow) -> Session:
    """Vancomycin, an hour and ten on, in the chosen chair 1."""
    session = ward.start(ward.seat("1"))
    ward.clock.advance(70)
    window.board.focus("1")
    window.refresh()
    return session


@pytest.fixture
def stopped(ward: Ward, window: MainWindow, running: Session) -> Session:
    """The same, stopped at ten past ten."""
    session = ward.stop(running)
    ward.clock.advance(2)
    window.refresh()
    return session


def stop_us(ward: Ward, session: Session) -> int:
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    return stop.at_us


def chosen(window: MainWindow) -> ChooseSheet:
    asked = sheet(window)
    assert isinstance(asked, ChooseSheet)
    return asked


def card(window: MainWindow) -> Card:
    found = window.board.grid.card("1")
    assert found is not None
    return found


def test_a_stop_is_corrected_by_five_minutes_in_six_clicks(
    ward: Ward, window: MainWindow, stopped: Session, mouse: Mouse, qtbot: QtBot
) -> None:
    mouse.click(shown(qtbot, window.board.panel.parts.services, ServiceButton)[0])
    mouse.click(chosen(window).choices["Correct the stop…"])
    asked = sheet(window)
    assert isinstance(asked, CorrectSheet)
    mouse.click(asked.at.back_5)
    mouse.click(asked.how.chip("pump"))
    mouse.click(asked.usual["Pump log"])
    mouse.click(asked.go)
    assert stop_us(ward, stopped) == at("2026-03-02T10:05")
    assert mouse.touches == 6


def test_a_stop_is_corrected_by_five_minutes_in_six_keys_and_texts(
    ward: Ward, window: MainWindow, stopped: Session, typist: Typist
) -> None:
    typist.press("t")
    typist.press(Qt.Key.Key_PageDown)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Right):
        typist.press(key)
    asked = sheet(window)
    assert isinstance(asked, CorrectSheet)
    assert asked.how.taken == "pump"
    while focused() is not asked.reason.edit:
        typist.press(Qt.Key.Key_Tab)
    typist.enter("pump log")
    assert stop_us(ward, stopped) == at("2026-03-02T10:05")
    assert typist.touches == 6


def test_a_moment_is_marked_and_given_its_meaning_in_three_clicks(
    ward: Ward, window: MainWindow, running: Session, mouse: Mouse, qtbot: QtBot
) -> None:
    marked_us = ward.clock.now().wall_us
    mouse.click(window.board.panel.mark)
    ward.clock.advance(4)
    window.refresh()
    (button,) = window.board.panel.marks.buttons.values()
    qtbot.waitUntil(button.isVisible)
    mouse.click(button)
    mouse.click(chosen(window).choices["Stop of Vancomycin"])
    assert stop_us(ward, running) == marked_us
    assert mouse.touches == 3


def test_a_moment_is_marked_and_given_its_meaning_in_four_keys(
    ward: Ward, window: MainWindow, running: Session, typist: Typist
) -> None:
    marked_us = ward.clock.now().wall_us
    typist.press("m")
    ward.clock.advance(4)
    typist.press("w")
    assert chosen(window).back is focused(), "Enter alone must give no meaning"
    typist.press(Qt.Key.Key_Down)
    typist.press(Qt.Key.Key_Return)
    assert stop_us(ward, running) == marked_us
    assert typist.touches == 4


def test_a_session_is_ended_and_signed_in_three_clicks(
    ward: Ward, window: MainWindow, stopped: Session, mouse: Mouse
) -> None:
    mouse.click(window.board.panel.end)
    mouse.click(card(window).buttons[0])
    mouse.click(window.review.sign_button)
    assert ward.session(stopped.id).stage is Stage.SIGNED
    assert mouse.touches == 3


def test_a_session_is_ended_and_signed_in_three_keys(ward: Ward, stopped: Session, typist: Typist) -> None:
    typist.press("e")
    typist.press("r")
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ward.session(stopped.id).stage is Stage.SIGNED
    assert typist.touches == 3
    assert isinstance(focused(), QAbstractButton)

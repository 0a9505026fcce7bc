"""A double click and a held key are one press, also where the first has changed the button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card import Card
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, focused

LEFT = Qt.MouseButton.LeftButton


def double_click(button: QAbstractButton) -> None:
    at = button.rect().center()
    QTest.mouseClick(button, LEFT, pos=at)
    QTest.mouseDClick(button, LEFT, pos=at)


def _rest(qtbot: QtBot, ms: int) -> None:
    passed = QElapsedTimer()
    passed.start()
    qtbot.waitUntil(lambda: passed.hasExpired(ms))


def ended(ward: Ward) -> list[Session]:
    return [ward.do(ward.seat(chair, mrn=f"000{chair}"), end_session) for chair in ("1", "2")]


def stages(ward: Ward, sessions: list[Session]) -> list[Stage]:
    return [ward.session(session.id).stage for session in sessions]


def test_a_double_click_on_stop_stops_and_does_nothing_more(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    card = window.board.grid.cards[0]
    double_click(card.buttons[0])
    assert ward.session(session.id).services[0].state is ServiceState.STOPPED
    assert window.sheets.sheet is None


def test_a_card_that_a_press_has_changed_takes_the_next_after_a_moment(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    card = window.board.grid.cards[0]
    QTest.mouseClick(card.buttons[0], LEFT)
    QTest.mouseClick(card.buttons[1], LEFT)
    assert ward.session(session.id).stage is Stage.OPEN
    qtbot.waitUntil(lambda: card.takes_press)
    QTest.mouseClick(card.buttons[1], LEFT)
    assert ward.session(session.id).stage is Stage.ENDED


def test_a_double_click_on_sign_signs_one_session(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    sessions = ended(ward)
    window.show_page("review")
    double_click(window.review.sign_button)
    assert sorted(stages(ward, sessions)) == [Stage.ENDED, Stage.SIGNED]
    assert not window.review.sign_button.isEnabled()
    qtbot.waitUntil(window.review.sign_button.isEnabled)
    QTest.mouseClick(window.review.sign_button, LEFT)
    assert stages(ward, sessions) == [Stage.SIGNED, Stage.SIGNED]


def test_a_held_control_enter_signs_one_session(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    sessions = ended(ward)
    window.show_page("review")
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.review.sign_button.isEnabled)
    for _ in range(5):
        held = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_Return,
            Qt.KeyboardModifier.ControlModifier,
            "\r",
            autorep=True,
            count=1,
        )
        QCoreApplication.sendEvent(focused(), held)
    assert sorted(stages(ward, sessions)) == [Stage.ENDED, Stage.SIGNED]
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stages(ward, sessions) == [Stage.SIGNED, Stage.SIGNED]


def test_enter_pressed_three_times_on_a_start_starts_and_stops_nothing(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.seat("1")
    window.refresh()
    window.board.focus("1")
    hands = Typist(qtbot, window)
    hands.press("a")
    hands.type("van")
    for _ in range(5):
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        _rest(qtbot, 150)
    (service,) = ward.in_chair("1").services
    assert service.state is ServiceState.RUNNING
    assert isinstance(focused(), Card)
    qtbot.waitUntil(lambda: not window.sheets.just_closed.comes_too_soon)
    hands.press(Qt.Key.Key_Return)
    assert focused() is window.board.grid.cards[0].buttons[0]
    hands.press(Qt.Key.Key_Return)
    assert ward.in_chair("1").services[0].state is ServiceState.STOPPED


def test_space_right_behind_a_sheet_presses_nothing(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    ward.seat("1")
    window.refresh()
    start = window.board.grid.cards[0].buttons[0]
    start.setFocus()
    hands = Typist(qtbot, window)
    hands.press(Qt.Key.Key_Return)
    hands.type("van")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert isinstance(focused(), Card), "not the button, which is Stop by now"
    for _ in range(3):
        hands.press(Qt.Key.Key_Space)
    assert ward.in_chair("1").services[0].state is ServiceState.RUNNING
    assert isinstance(focused(), Card)

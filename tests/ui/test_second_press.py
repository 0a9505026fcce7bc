"""A double click and a held key are one press, also where the first has changed the button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import focused

LEFT = Qt.MouseButton.LeftButton


def double_click(button: QAbstractButton) -> None:
    at = button.rect().center()
    QTest.mouseClick(button, LEFT, pos=at)
    QTest.mouseDClick(button, LEFT, pos=at)


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

"""A double click, a held key and a key hit twice are one press, also where the first has changed things."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import PlannedRate
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.widgets.second_press import SECOND_PRESS_MS
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist, focused
from tests.ui.stand_ins import INFLIXIMAB

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


@pytest.fixture
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy computer must not be so slow that a press counts as one made after a rest."""
    monkeypatch.setattr("desktop_app.ui.widgets.second_press.SECOND_PRESS_MS", 60_000)


@pytest.mark.usefixtures("_no_hurry")
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
    window.sheets.just_closed.invalidate()
    _rest(qtbot, SECOND_PRESS_MS + 50)
    hands.press(Qt.Key.Key_Return)
    assert focused() is window.board.grid.cards[0].buttons[0]
    _rest(qtbot, SECOND_PRESS_MS + 50)
    hands.press(Qt.Key.Key_Return)
    assert ward.in_chair("1").services[0].state is ServiceState.STOPPED


@pytest.mark.usefixtures("_no_hurry")
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


def press_at(keys: list[tuple[int, str]]) -> None:
    """Hand the window keys, each with the time (ms) at which it was pressed."""
    for at_ms, key in keys:
        code = Qt.Key.Key_Return if key == "\r" else Qt.Key(ord(key.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, key)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(focused(), event)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)


@pytest.mark.parametrize("gap_ms", [60, 149, 200, 250, 599])
def test_s_hit_twice_starts_one_service_of_the_plan(
    ward: Ward, window: MainWindow, qtbot: QtBot, gap_ms: int
) -> None:
    session = ward.plan(ward.plan(ward.seat("7"), VANCOMYCIN), DIPHENHYDRAMINE)
    window.refresh()
    window.board.focus("7")
    press_at([(1000, "s"), (1000 + gap_ms, "s")])
    settled(window, qtbot)
    states = [service.state for service in ward.session(session.id).services]
    assert states == [ServiceState.RUNNING, ServiceState.PLANNED]


def test_s_pressed_again_after_a_moment_gives_the_next(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = ward.plan(ward.plan(ward.seat("7"), VANCOMYCIN), DIPHENHYDRAMINE)
    window.refresh()
    window.board.focus("7")
    press_at([(1000, "s"), (1700, "s")])
    settled(window, qtbot)
    assert all(service.has_begun for service in ward.session(session.id).services)


def test_a_key_hit_again_and_again_counts_once_until_the_hand_rests(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    steps = tuple(PlannedRate(minute, Decimal(20 + minute)) for minute in (0, 15, 30, 45, 60))
    session = ward.start(ward.seat("7"), replace(INFLIXIMAB, rate_steps=steps))
    ward.clock.advance(15)
    window.refresh()
    window.board.focus("7")
    press_at([(1000, "d"), (1400, "d"), (1800, "d"), (2200, "d")])
    settled(window, qtbot)
    assert ward.journal.kinds.count("rate-changed") == 1
    assert len(ward.session(session.id).services[0].rates) == 1


def test_different_keys_and_different_chairs_may_follow_at_once(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    for chair in ("1", "2"):
        ward.start(ward.seat(chair, mrn=f"000{chair}"))
    window.refresh()
    window.board.focus("1")
    press_at([(1000, "x"), (1200, "2"), (1400, "x"), (1600, "f")])
    settled(window, qtbot)
    assert ward.journal.kinds.count("service-stopped") == 2
    assert ward.journal.kinds[-1] == "service-given"


def test_u_hit_twice_takes_back_one_touch(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = ward.start(ward.start(ward.seat("3"), DIPHENHYDRAMINE), DIPHENHYDRAMINE)
    window.refresh()
    window.board.focus("3")
    press_at([(1000, "u"), (1250, "u")])
    settled(window, qtbot)
    assert len(ward.session(session.id).services) == 1


def test_ctrl_z_hit_twice_takes_back_one_touch(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.start(ward.seat("3"), DIPHENHYDRAMINE), DIPHENHYDRAMINE)
    window.refresh()
    window.board.focus("3")
    for _ in range(2):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(ward.session(session.id).services) == 1


def test_the_second_of_two_enters_takes_nothing_that_the_first_has_opened(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    perform(window.station, Deed.SEAT, "5", window.station.stamp())
    opened = window.sheets.sheet
    assert isinstance(opened, SeatSheet)
    opened.mrn.set_text("0004821")
    opened.protocols.search.setText("ved")
    opened.protocols.search.setFocus()
    press_at([(1000, "\r"), (1300, "\r")])
    settled(window, qtbot)
    assert isinstance(window.sheets.sheet, StartSheet)
    assert not ward.in_chair("5").begun_services
    press_at([(2000, "\r")])
    assert len(ward.in_chair("5").begun_services) == 1

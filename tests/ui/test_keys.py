"""A key acts on the chair that was chosen when it was pressed, at that instant, and none is lost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.service import ServiceState
from desktop_app.ui.keys import chair_of
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.stop import StopSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Typist, focused, sheet

CHAIRS = tuple(str(n) for n in range(1, 13))


def type_at(keys: dict[int, str]) -> None:
    """Hand the window keys in one go, each with the time (ms) at which it was pressed."""
    for at_ms, key in keys.items():
        code = Qt.Key.Key_Return if key == "\r" else Qt.Key(ord(key.upper()))
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, key)
        event.setTimestamp(at_ms)
        QCoreApplication.sendEvent(focused(), event)


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)


def two_running(ward: Ward, window: MainWindow) -> None:
    for chair in ("3", "5"):
        ward.start(ward.seat(chair, mrn=f"000{chair}"))
    ward.clock.advance(30)
    window.refresh()
    window.board.focus("3")


def states(ward: Ward) -> list[ServiceState]:
    return [ward.in_chair(chair).services[0].state for chair in ("3", "5")]


def test_a_letter_acts_on_the_chair_that_was_chosen_at_its_key(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    two_running(ward, window)
    type_at({1000: "x", 1200: "5"})
    settled(window, qtbot)
    assert states(ward) == [ServiceState.STOPPED, ServiceState.RUNNING]
    assert window.board.chair == "5"


def test_letters_that_a_busy_window_takes_together_are_all_acted_on_in_their_order(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    two_running(ward, window)
    type_at({1000: "x", 1200: "5", 1400: "x"})
    settled(window, qtbot)
    assert states(ward) == [ServiceState.STOPPED, ServiceState.STOPPED]
    assert ward.journal.kinds[-2:] == ["service-stopped", "service-stopped"]


def test_slow_keys_that_a_busy_window_takes_in_one_go_are_no_scan(ward: Ward, window: MainWindow) -> None:
    two_running(ward, window)
    type_at({1000: "5", 1300: "x", 1600: "3", 1900: "x", 2200: "\r"})
    assert states(ward) == [ServiceState.STOPPED, ServiceState.STOPPED]
    assert window.sheets.sheet is None


def test_fast_keys_with_enter_are_a_scan_even_if_the_scanner_halts_for_a_moment(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    two_running(ward, window)
    type_at({1000: "x", 1010: "p", 1020: "5", 1030: "0", 1140: "1", 1150: "\r"})
    settled(window, qtbot)
    assert states(ward) == [ServiceState.RUNNING, ServiceState.RUNNING]
    opened = sheet(window)
    assert isinstance(opened, SeatSheet)
    assert opened.mrn.text == "xp501"


def test_a_letter_ends_the_number_before_it(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    ward.start(ward.seat("1", mrn="0001"))
    ward.start(ward.seat("2", mrn="0002"))
    window.refresh()
    type_at({1000: "1", 1200: "x", 1400: "2"})
    settled(window, qtbot)
    assert window.board.chair == "2"


def test_a_letter_that_comes_behind_a_question_is_said_and_not_acted_on(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.start(ward.seat("3")), SALINE)
    window.refresh()
    window.board.focus("3")
    type_at({1000: "x", 1200: "e"})
    settled(window, qtbot)
    opened = sheet(window)
    assert isinstance(opened, StopSheet)
    assert opened.problem == "Answer this first, then press E again."
    assert len(ward.session(session.id).open_services) == 2


def test_a_page_key_waits_for_the_letters_before_it(ward: Ward, window: MainWindow) -> None:
    two_running(ward, window)
    QTest.keyClicks(focused(), "x")
    QTest.keyClick(focused(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert states(ward) == [ServiceState.STOPPED, ServiceState.RUNNING]
    assert window.page == "review"


def test_a_key_held_down_was_pressed_once(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    session = ward.start(ward.start(ward.seat("3")), SALINE)
    window.board.focus("3")
    QTest.keyClicks(focused(), "u")
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_U, Qt.KeyboardModifier.NoModifier, "u", autorep=True, count=1
    )
    QCoreApplication.sendEvent(focused(), held)
    settled(window, qtbot)
    assert len(ward.session(session.id).services) == 1


def test_a_superscript_digit_is_no_chair(window: MainWindow) -> None:
    window.board.focus("4")
    QTest.keyClicks(focused(), "²")
    assert window.board.chair == "4"
    assert chair_of("²", CHAIRS) is None
    assert chair_of("1²", CHAIRS) is None


def test_a_letter_with_another_key_right_beside_it_does_nothing_and_says_so(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    two_running(ward, window)
    type_at({1000: "x", 1140: "5"})
    settled(window, qtbot)
    assert states(ward) == [ServiceState.RUNNING, ServiceState.RUNNING]
    assert window.board.chair == "3"
    assert "press them again" in window.toast.text


def test_a_letter_enter_or_escape_ends_the_number_of_a_chair(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    for chair in ("1", "2"):
        ward.start(ward.seat(chair, mrn=f"000{chair}"))
    window.refresh()
    type_at({1000: "1", 1200: "x", 1400: "2", 1600: "x"})
    settled(window, qtbot)
    assert [ward.in_chair(chair).services[0].state for chair in ("1", "2")] == [ServiceState.STOPPED] * 2
    type_at({3000: "1", 3200: "\r", 3400: "2"})
    settled(window, qtbot)
    assert window.board.chair == "2"


def test_a_click_ends_the_number_of_a_chair(window: MainWindow, qtbot: QtBot) -> None:
    type_at({1000: "1"})
    settled(window, qtbot)
    window.board.grid.cards[0].chosen.emit("1")
    type_at({1500: "2"})
    settled(window, qtbot)
    assert window.board.chair == "2"


def test_enter_held_down_on_a_stop_button_acts_once(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    two_running(ward, window)
    type_at({1000: "\r", 2000: "\r"})
    stored = len(ward.journal.kinds)
    for _ in range(5):
        QCoreApplication.sendEvent(focused(), held_key(Qt.Key.Key_Return, "\r"))
    settled(window, qtbot)
    assert len(ward.journal.kinds) == stored
    assert states(ward) == [ServiceState.STOPPED, ServiceState.RUNNING]
    assert window.sheets.sheet is None


def held_key(key: Qt.Key, text: str) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text, autorep=True, count=1)


def test_a_key_is_about_the_card_that_has_the_keyboard_in_a_window_that_is_not_active(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    sessions = {chair: ward.start(ward.seat(chair)) for chair in ("1", "4")}
    window.refresh()
    window.board.focus("1")
    card = window.board.grid.card("4")
    assert card is not None
    # Such a window tells its cards of no focus.
    card.blockSignals(True)  # noqa: FBT003 - Qt's own signature
    Typist(qtbot, window).press("4")
    card.setFocus()
    Typist(qtbot, window).press("x")
    stopped = {chair: not ward.session(s.id).open_services for chair, s in sessions.items()}
    assert stopped == {"1": False, "4": True}

"""No key pressed by mistake changes when a running drug began."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.session import Session
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Typist, shown

SYSTEM = {Qt.Key.Key_unknown, Qt.Key.Key_PowerOff, Qt.Key.Key_Sleep, Qt.Key.Key_LogOff}
LAST_LETTER, FIRST_SPECIAL, LAST_SPECIAL = Qt.Key.Key_AsciiTilde, Qt.Key.Key_Escape, Qt.Key.Key_F35
KEYS = [
    key
    for key in Qt.Key
    if key not in SYSTEM and (int(key) <= LAST_LETTER or FIRST_SPECIAL <= int(key) <= LAST_SPECIAL)
]
"""Every key of a keyboard, but those that the desktop takes."""
ALONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def running(ward: Ward, window: MainWindow) -> Session:
    """Two drugs that have run for five minutes in the chosen chair, and a plan."""
    session = ward.plan(ward.start(ward.start(ward.seat("1")), SALINE))
    ward.clock.advance(5)
    window.refresh()
    window.board.focus("1")
    return session


def starts(ward: Ward, session: Session) -> list[tuple[str, int]]:
    found = ward.session(session.id)
    return [(s.id, s.start.at_us) for s in found.services if s.start][:2]


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
    window.keyboard.reader.settle()


@pytest.mark.parametrize("modifier", [ALONE, SHIFT], ids=["alone", "shift"])
@pytest.mark.parametrize("place", ["card", "panel"])
def test_no_single_key_changes_a_running_start(
    ward: Ward, window: MainWindow, running: Session, qtbot: QtBot, place: str, modifier: Qt.KeyboardModifier
) -> None:
    before = starts(ward, running)
    pressed = 0
    for key in KEYS:
        window.sheets.close_sheet()
        window.show_page("board")
        window.board.focus("1")
        if place == "panel":
            shown(qtbot, window.board.panel.parts.services, ServiceButton)[0].setFocus()
        press(window, key, modifier)
        pressed += 1
        assert starts(ward, running) == before, key
    assert pressed > 130


@pytest.mark.parametrize("first", ["A", "S", "T", "X", "P", "M", "W", "E", "U", "R", "N"])
def test_no_letter_followed_by_enter_or_space_changes_a_running_start(
    ward: Ward, window: MainWindow, running: Session, first: str
) -> None:
    before = starts(ward, running)
    for second in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
        window.sheets.close_sheet()
        window.show_page("board")
        window.board.focus("1")
        press(window, Qt.Key[f"Key_{first}"], ALONE)
        press(window, second, ALONE)
        assert starts(ward, running) == before, (first, second)


def test_a_lone_u_takes_a_start_back_only_while_it_is_fresh(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    typist = Typist(qtbot, window)
    ward.clock.advance(us=61_000_000)
    typist.press("u")
    assert window.toast.text == (
        "Not done. Chair 1 · Vancomycin start is over a minute old: Ctrl+Z asks, and takes it back."
    )
    assert ward.session(session.id).open_services
    typist.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    typist.press(Qt.Key.Key_Return)
    assert window.toast.text == "Chair 1 · Vancomycin start taken back · saved"
    ward.start(ward.session(session.id))
    ward.clock.advance(us=60_000_000)
    typist.press("u")
    assert ward.session(session.id).open_services == ()


def test_a_lone_u_reaches_no_touch_of_before_at_another_chair(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.start(ward.seat("1"))
    other = ward.stop(ward.start(ward.seat("7", mrn="0007777")))
    window.refresh()
    ward.clock.advance(us=75_000_000)
    typist = Typist(qtbot, window)
    window.board.focus("1")
    typist.press("u")
    assert window.toast.text == (
        "Not done. Chair 7 · Vancomycin stop is over a minute old: Ctrl+Z asks, and takes it back."
    )
    assert ward.session(other.id).services[0].stop is not None
    typist.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    typist.press(Qt.Key.Key_Return)
    assert ward.session(other.id).services[0].stop is None

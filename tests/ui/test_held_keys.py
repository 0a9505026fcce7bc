"""A key that is held down was pressed once, also where the desktop does not say that it repeats."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, VANCOMYCIN, Ward
from tests.ui.hands import focused

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease
REPEAT_MS = 660
"""As long as an X server waits before a held key repeats: longer than the guard against a second press."""


def send(kind: QEvent.Type, letter: str, at_ms: int) -> None:
    event = QKeyEvent(kind, Qt.Key[f"Key_{letter.upper()}"], Qt.KeyboardModifier.NoModifier, letter)
    event.setTimestamp(at_ms)
    QCoreApplication.sendEvent(focused(), event)


def hold(window: MainWindow, qtbot: QtBot, letter: str, *, repeats: int) -> None:
    """Hold a key as an X server tells it: a release and a press of one instant, again and again."""
    send(PRESS, letter, 1_000_000)
    for at in range(1, repeats + 1):
        qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)
        send(RELEASE, letter, 1_000_000 + at * REPEAT_MS)
        send(PRESS, letter, 1_000_000 + at * REPEAT_MS)
    qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)


@pytest.mark.parametrize("repeats", [1, 6])
def test_s_held_down_starts_one_service_of_a_plan(
    ward: Ward, window: MainWindow, qtbot: QtBot, repeats: int
) -> None:
    ward.plan(ward.plan(ward.seat("1"), DIPHENHYDRAMINE), VANCOMYCIN)
    window.refresh()
    window.board.focus("1")
    hold(window, qtbot, "s", repeats=repeats)
    assert [bool(service.start) for service in ward.in_chair("1").services] == [True, False]


def test_u_held_down_takes_back_one_touch(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    for chair in ("1", "2", "3"):
        ward.start(ward.seat(chair, mrn=f"000{chair}"))
    window.refresh()
    window.board.focus("3")
    hold(window, qtbot, "u", repeats=5)
    assert [len(ward.in_chair(chair).open_services) for chair in ("1", "2", "3")] == [1, 1, 0]


def test_a_key_that_is_hit_again_after_a_rest_counts_again(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.plan(ward.plan(ward.seat("1"), DIPHENHYDRAMINE), VANCOMYCIN)
    window.refresh()
    window.board.focus("1")
    for at_ms in (1_000_000, 1_002_000):
        send(PRESS, "s", at_ms)
        send(RELEASE, "s", at_ms + 60)
        qtbot.waitUntil(lambda: not window.keyboard.reader.is_waiting)
    assert all(service.start for service in ward.in_chair("1").services)

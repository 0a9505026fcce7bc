"""Random keys and clicks on the real window: nothing breaks, nothing is lost, every session replays."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop_app.core.fold import fold
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward

KEYS = [Qt.Key(ord(letter)) for letter in "SXPAMEUTRLKGVDBHFZYJICOWN1234567890"] + [
    Qt.Key.Key_Return,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Right,
    Qt.Key.Key_Down,
    Qt.Key.Key_F1,
]
WORDS = ("0004821", "van", "infl", "saline", "10:31", "pump log", "RM", "-5", "8")
TOUCHES = 600


def visible_buttons(window: MainWindow) -> list[QAbstractButton]:
    root: QWidget = window.sheets if window.sheets.sheet is not None else window
    # The strip is a window of its own; who quits goes on with nothing.
    kept_away = {window.export.browse, window.rail.strip, window.settings.quit}
    found = [button for button in root.findChildren(QAbstractButton) if button.isVisible()]
    return [button for button in found if button.isEnabled() and button not in kept_away]


def touch(window: MainWindow, choice: random.Random) -> None:
    focused = QApplication.focusWidget() or window
    kind = choice.random()
    if kind < 0.45:
        QTest.keyClick(focused, choice.choice(KEYS))
    elif kind < 0.6:
        QTest.keyClicks(focused, choice.choice(WORDS))
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    elif buttons := visible_buttons(window):
        choice.choice(buttons).click()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_touches_leave_a_whole_journal(ward: Ward, window: MainWindow, seed: int) -> None:
    choice = random.Random(seed)  # noqa: S311 - a monkey needs no secret
    for count in range(TOUCHES):
        touch(window, choice)
        ward.clock.advance(us=choice.randrange(1, 40_000_000))
        if count % 10 == 0:
            window.refresh()
        QApplication.processEvents()
    assert len(ward.journal.kinds) > 20
    for session_id in ward.journal.all_sessions():
        replayed = fold(ward.journal.load(f"session/{session_id}"))
        assert replayed == ward.desk.session(session_id)

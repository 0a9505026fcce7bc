"""Random keys and clicks on the real window: nothing breaks, nothing is lost, every session replays."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop_app.core.fold import fold
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.monkey import Monkey, let_events_through

# Without a screen there is no window to raise above another, and no program that shows a folder.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise|propagateSizeHints|QPlatformServices::openDocument)\(\)"
)

TOUCHES = 600


@pytest.mark.parametrize("seed", [1, 2])
def test_random_touches_leave_a_whole_journal(
    ward: Ward, window: MainWindow, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(window.beside.leaving, "quit", lambda: None)
    choice = random.Random(seed)  # noqa: S311 - a monkey needs no secret
    monkey = Monkey(window, choice)
    for count in range(TOUCHES):
        monkey.touch()
        ward.clock.advance(us=choice.randrange(1, 40_000_000))
        if count % 10 == 0:
            window.refresh()
        let_events_through()
    assert len(ward.journal.kinds) > 20
    for session_id in ward.journal.all_sessions():
        replayed = fold(ward.journal.load(f"session/{session_id}"))
        assert replayed == ward.desk.session(session_id)

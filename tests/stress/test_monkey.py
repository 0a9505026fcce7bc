"""Ten thousand random touches on the real window over a journal on disk: it stays whole, nothing warns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core.desk import Desk
from desktop_app.core.events import session_stream
from desktop_app.core.fold import fold
from desktop_app.store.verify import verify
from desktop_app.ui.window import MainWindow
from tests.fakes import FakeClock, SequentialIdentities
from tests.ui.monkey import Monkey, let_events_through

# Without a screen there is no window to raise above another, and no program that shows a folder.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise|propagateSizeHints|QPlatformServices::openDocument)\(\)"
)

TOUCHES = 10_000
LONGEST_US = 40_000_000
"""The longest time between two touches; ten thousand are a little over two days."""
SEEDS = (1, 2, 3)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock("2026-03-02T07:00")


@pytest.fixture
def parts(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    """A suite that has been set up and exports beside its data, whatever folder is typed."""
    monkeypatch.chdir(tmp_path)
    with open_parts(tmp_path / "data", make_clock=lambda _: clock) as opened:
        for key, value in (
            ("zone", "America/New_York"),
            ("cpt-licence", "yes"),
            ("export-folder", str(tmp_path / "out")),
        ):
            opened.folder.settings.set(key, value)
        yield opened


@pytest.fixture
def window(
    parts: Parts, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    made = make_window(parts, demo=False)
    qtbot.addWidget(made)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    # Who quits touches nothing more.
    monkeypatch.setattr(made.beside.leaving, "quit", lambda: None)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.ticker.stop()


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_thousand_random_touches_leave_a_valid_journal(
    parts: Parts, window: MainWindow, clock: FakeClock, qtbot: QtBot, seed: int
) -> None:
    choice = random.Random(seed)  # noqa: S311 - a monkey needs no secret
    monkey = Monkey(window, choice)
    with qtbot.capture_exceptions() as faults:
        for _ in range(TOUCHES):
            monkey.touch()
            clock.advance(us=choice.randrange(1, LONGEST_US))
            let_events_through()
            assert not faults, f"{faults[0]} after {list(monkey.trail)}"
    check_what_is_left(parts, window)


def check_what_is_left(parts: Parts, window: MainWindow, *, least: int = 20) -> None:
    """Check that the journal is whole, holds enough to mean something, and says what the desk shows."""
    journal, desk = parts.folder.journal, parts.desk
    assert window.touches.kept == ()
    assert verify(journal) is None
    assert len(journal.all_sessions()) > least
    assert any(session.signatures for session in desk.suite.sessions.values())
    for session in desk.suite.sessions.values():
        assert fold(journal.load(session_stream(session.id))) == session
    afresh = Desk(
        journal=journal, clock=parts.clock, names=SequentialIdentities(), chairs=desk.suite.chairs, actor="AK"
    )
    for session in afresh.suite.sessions.values():
        assert desk.suite.sessions[session.id] == session

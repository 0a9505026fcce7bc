"""Random touches on the real window while the database fails now and then: whole, and nothing left behind."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts
from desktop_app.ui.window import MainWindow
from tests.fakes import FakeClock
from tests.store.examples import raw_database
from tests.stress.test_monkey import LONGEST_US, check_what_is_left, clock, parts, window
from tests.ui.monkey import Monkey, let_events_through

__all__ = ["clock", "parts", "window"]
"""The fixtures of the monkey's usual day."""
# Without a screen there is no window to raise above another, and no program that shows a folder.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (raise|propagateSizeHints|QPlatformServices::openDocument)\(\)"
)

TOUCHES = 3_000
LONGEST_PERIOD = 120


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Let another program hold the database, so that it takes nothing."""
    other = raw_database(path)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("seed", [11, 12])
def test_random_touches_while_the_disk_fails_leave_a_valid_journal(
    parts: Parts, window: MainWindow, clock: FakeClock, qtbot: QtBot, seed: int
) -> None:
    choice, until, is_held = random.Random(seed), 0, False  # noqa: S311 - a monkey needs no secret
    monkey, most = Monkey(window, choice), 0
    parts.folder.journal._run("PRAGMA busy_timeout = 1")  # noqa: SLF001 - two seconds are long in a test
    with qtbot.capture_exceptions() as faults, ExitStack() as holding:
        for at in range(TOUCHES):
            if at >= until:
                until, is_held = at + choice.randrange(1, LONGEST_PERIOD), not is_held
                holding.close()
                window.touches.retry()
                if is_held:
                    holding.enter_context(held(parts.folder.path))
            monkey.touch()
            clock.advance(us=choice.randrange(1, LONGEST_US))
            let_events_through()
            most = max(most, len(window.touches.kept))
            assert not faults, f"{faults[0]} after {list(monkey.trail)}"
        holding.close()
        window.touches.retry()
    assert most > 5
    check_what_is_left(parts, window, least=10)

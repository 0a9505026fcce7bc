"""The real window over a journal on disk that fails for a while: every touch arrives, once, in order."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.window import make_window
from desktop_app.core import events as e
from desktop_app.core.care import add_note
from desktop_app.core.desk import Saved
from desktop_app.core.fold import fold
from desktop_app.core.orders import Setting
from desktop_app.core.ports import NotSaved
from desktop_app.core.session import Session
from desktop_app.store.verify import verify
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, FakeClock
from tests.store.examples import raw_database
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN

TOUCHES = 40
LETTERS = "sssxxppggfmb"
SLIPS = 0.2
"""How many touches are taken back at once."""


@contextmanager
def suite(path: Path, qtbot: QtBot) -> Iterator[tuple[Parts, MainWindow, FakeClock]]:
    """Open a window over a data folder of its own, with two patients and their plans."""
    clock = FakeClock("2026-03-02T07:00")
    with open_parts(path, make_clock=lambda _: clock) as parts:
        for key, value in (("zone", NEW_YORK), ("cpt-licence", "yes")):
            parts.folder.settings.set(key, value)
        parts.folder.journal._run("PRAGMA busy_timeout = 1")  # noqa: SLF001 - two seconds are long in a test
        window = make_window(parts, demo=False)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        plan = (VANCOMYCIN, DIPHENHYDRAMINE, SALINE) * 3
        for chair in ("1", "2"):
            saved = parts.desk.seat(
                parts.desk.now(), chair=chair, mrn=f"000{chair}", zone=NEW_YORK, setting=Setting.PHYSICIAN,
                plan=plan,
            )  # fmt: skip
            assert isinstance(saved, Saved)
        window.refresh()
        yield parts, window, clock
        window.ticker.stop()


def in_chair(parts: Parts, chair: str) -> Session:
    found = parts.desk.suite.occupant(chair)
    assert found is not None
    return found


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Let another program hold the database, so that it takes nothing."""
    other = raw_database(path)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def press(window: MainWindow, letter: str) -> None:
    """Press a letter on the board, and Enter while a sheet asks."""
    for key in (Qt.Key(ord(letter.upper())), Qt.Key.Key_Return, Qt.Key.Key_Return):
        if key is not Qt.Key.Key_Return or window.sheets.sheet is not None:
            QTest.keyClick(QApplication.focusWidget() or window, key)
            window.keyboard.reader.settle()
    window.sheets.close_sheet()


def touch_for_a_day(window: MainWindow, clock: FakeClock, chance: random.Random) -> Iterator[None]:
    """Press keys at two chairs, each at its own time, now and then one that takes the last back."""
    for _ in range(TOUCHES):
        clock.advance(chance.randint(2, 5), us=chance.randrange(1_000_000))
        window.board.focus(chance.choice("12"))
        before = window.station.desk.head, window.touches.kept
        press(window, chance.choice(LETTERS))
        is_slip = chance.random() < SLIPS
        if is_slip and (window.station.desk.head, window.touches.kept) != before:
            clock.advance(us=5_000_000)
            press(window, "u")
        yield


def told(parts: Parts) -> list[tuple[str, object]]:
    """Return every event but for the names, which no two folders share."""
    return [
        (recorded.event.KIND, [getattr(recorded.event, one.name) for one in fields(recorded.event)
         if one.name not in {"touch", "mark", "session"}])
        for recorded in parts.folder.journal.since(0)
    ]  # fmt: skip


def live(path: Path, qtbot: QtBot, seed: int, *, fails: bool) -> tuple[list[tuple[str, object]], int]:
    """Live a day, the database held now and then; return what is stored and how much waited at once."""
    chance, most, until, is_held = random.Random(seed + 1000), 0, 0, False  # noqa: S311 - the same each time
    with suite(path, qtbot) as (parts, window, clock), ExitStack() as holding:
        day = touch_for_a_day(window, clock, random.Random(seed))  # noqa: S311 - the same each time
        for at, _ in enumerate(day):
            most = max(most, len(window.touches.kept))
            if fails and at >= until:
                until, is_held = at + chance.randint(2, 9), not is_held
                holding.close()
                window.touches.retry()
                assert window.touches.kept == ()
                if is_held:
                    holding.enter_context(held(path))
        holding.close()
        window.touches.retry()
        check_whole(parts)
        return told(parts), most


def check_whole(parts: Parts) -> None:
    """Check the chain of the journal, and that what the desk shows is what the journal holds."""
    assert verify(parts.folder.journal) is None
    assert parts.desk.waiting == ()
    for session in parts.desk.suite.sessions.values():
        assert fold(parts.folder.journal.load(e.session_stream(session.id))) == session


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_with_a_failing_disk_leaves_the_journal_of_a_day_without(
    tmp_path: Path, qtbot: QtBot, seed: int
) -> None:
    whole, nothing = live(tmp_path / "whole", qtbot, seed, fails=False)
    failed, most = live(tmp_path / "failed", qtbot, seed, fails=True)
    assert nothing == 0
    assert most > 2
    assert len(whole) > 35
    assert failed == whole


def fill(parts: Parts, session: Session) -> None:
    """Let the database grow no more, and write until it takes nothing, as on a full disk."""
    run = parts.folder.journal._run  # noqa: SLF001 - the disk of the machine cannot be filled
    (pages,) = run("PRAGMA page_count").fetchone()
    run(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotSaved, match="disk is full"):
        write_on(parts, session)


def write_on(parts: Parts, session: Session) -> None:
    """Write notes until that fails."""
    while True:
        parts.desk.touch(session.id, partial(add_note, text="x" * 500))


def test_on_a_full_disk_a_start_and_its_stop_wait_and_are_saved_with_their_instants(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with suite(tmp_path, qtbot) as (parts, window, clock):
        session = in_chair(parts, "1")
        fill(parts, session)
        window.board.focus("1")
        start_us = clock.now().wall_us
        press(window, "s")
        press(window, "s")
        clock.advance(31)
        press(window, "x")
        assert "the disk is full" in window.not_saved.text
        assert len(window.touches.kept) == 2
        assert not window.close()
        parts.folder.journal._run("PRAGMA max_page_count = 100000")  # noqa: SLF001 - there is room again
        window.touches.retry()
        service = in_chair(parts, "1").services[0]
        assert service.start is not None
        assert service.stop is not None
        assert (service.start.at_us, service.stop.at_us) == (start_us, start_us + 31 * 60_000_000)
        check_whole(parts)

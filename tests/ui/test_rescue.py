"""Where the journal cannot be opened a small window says what is wrong, and the ways out lead out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.app import open_parts
from desktop_app.commands.at_the_door import AtTheDoor
from desktop_app.commands.rescue import FolderRescue, require_no_loss, rescue
from desktop_app.store.faults import JournalGone, JournalUnusable
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import create_keys
from desktop_app.store.look import LOOK_NAME
from desktop_app.store.opening import open_folder
from desktop_app.ui.application import Application
from desktop_app.ui.recovery.window import NONE_FOUND, RescueWindow
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button
from tests.store.damages import BACKED_UP, LATER, PAGE, change, worked_in
from tests.store.examples import made_read_only, open_here, plain_user_folder, raw_database

user_folder = pytest.fixture(plain_user_folder, name="user_folder")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")
"""Without a screen no window can be kept from being resized."""


def no_head(path: Path) -> None:
    change(path / DATABASE_NAME, 0, bytes(PAGE))


def empty(path: Path) -> None:
    (path / DATABASE_NAME).write_bytes(b"")


def no_key(path: Path) -> None:
    (path / KEYS_NAME).unlink()


def unreadable_key(path: Path) -> None:
    (path / KEYS_NAME).write_bytes(b"\xff\xfe\x00")


def another_key(path: Path) -> None:
    no_key(path)
    create_keys(path / KEYS_NAME)


def changed_row(path: Path) -> None:
    database = raw_database(path)
    database.execute("DROP TRIGGER event_is_never_changed")
    database.execute("UPDATE event SET actor = 'X' WHERE place & 0xFFFF = ?", (BACKED_UP + LATER - 2,))
    database.close()


def gone(path: Path) -> None:
    shutil.rmtree(path)


def fault_of(path: Path) -> JournalUnusable:
    """Return why the program cannot open a folder."""
    try:
        require_no_loss(path)
        open_folder(path).close()
    except JournalUnusable as fault:
        return fault
    pytest.fail(f"{path} can be opened")


def opened(path: Path, qtbot: QtBot) -> RescueWindow:
    window = RescueWindow(FolderRescue(path, fault_of(path)), Theme())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=30_000)
    return window


@pytest.mark.parametrize(
    ("damage", "said", "kept"),
    [
        (no_head, "is not the database that the key file belongs to", LATER),
        (empty, "is empty (0 bytes)", 0),
        (no_key, "keys.json is missing", LATER),
        (unreadable_key, "keys.json is damaged", LATER),
        (another_key, "is not the database that the key file belongs to", LATER),
        (changed_row, "is not what was stored", LATER - 3),
        (gone, "the folder was moved, renamed or deleted", 0),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_each_fault_is_said_and_a_restore_ends_it(
    tmp_path: Path, qtbot: QtBot, damage: Callable[[Path], None], said: str, kept: int
) -> None:
    path = tmp_path / "data"
    worked_in(path)
    damage(path)
    window = opened(path, qtbot)
    assert said in window.what.text().replace("\u200b", "")
    assert "The newest good backup is of Mon 2 Mar 2026" in window.backup.text()
    assert f"{BACKED_UP} events from the backup" in window.back.text()
    assert window.restore.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.title.text() == "The journal is back", timeout=30_000)
    assert (f"{kept} newer from" in window.back.text()) == bool(kept)
    with qtbot.waitSignal(window.chosen) as chosen:
        QTest.keyClick(window, Qt.Key.Key_Return)
    assert chosen.args == ["again"]
    with open_parts(path) as parts:
        assert len(list(parts.folder.journal.everything())) == BACKED_UP + kept + 1


def test_a_backup_that_is_not_good_is_passed_over_and_said(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    newer = backup.path.with_name("000002-2026-03-02T140000Z")
    shutil.copytree(backup.path, newer)
    change(newer / DATABASE_NAME, 9000, b"\x00\x01\x02")
    empty(path)
    window = opened(path, qtbot)
    assert f"A newer one is not good: {newer / DATABASE_NAME} is not what was written." in window.back.text()
    assert window.restore.isEnabled()


def test_without_a_good_backup_nothing_can_be_pressed_that_would_not_help(
    tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "data"
    shutil.rmtree(worked_in(path).path)
    empty(path)
    window = opened(path, qtbot)
    assert window.backup.text().replace("\u200b", "") == NONE_FOUND
    assert not window.restore.isVisible()
    assert not window.begin.isVisible()


def test_a_folder_that_may_not_be_written_offers_no_restore(user_folder: Path, qtbot: QtBot) -> None:
    path = user_folder / "data"
    open_here(path).close()
    with made_read_only(path):
        window = opened(path, qtbot)
        assert "is read-only" in window.what.text()
        assert not window.restore.isVisible()
        assert window.again.isVisible()


def test_a_moved_folder_may_be_begun_anew_if_somebody_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "data"
    worked_in(path)
    gone(path)
    with pytest.raises(JournalGone):
        require_no_loss(path)
    window = opened(path, qtbot)
    with qtbot.waitSignal(window.chosen) as chosen:
        window.begin.click()
    assert chosen.args == ["begin"]


def test_the_first_start_of_all_is_asked_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data"
    require_no_loss(path)
    assert not path.exists()


def test_a_restore_that_fails_says_why_and_leaves_the_ways_open(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "data"
    backup = worked_in(path)
    empty(path)
    window = opened(path, qtbot)
    change(backup.path / DATABASE_NAME, 9000, b"\x00\x01\x02")
    window.restore.click()
    qtbot.waitUntil(lambda: not window.is_busy, timeout=30_000)
    assert "is not what was written" in window.problem.text()
    assert window.restore.isEnabled()
    assert (path / DATABASE_NAME).read_bytes() == b""


def test_every_way_has_its_name_its_size_and_the_keyboard(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "data"
    worked_in(path)
    empty(path)
    window = opened(path, qtbot)
    seen = [button for button in window.findChildren(Button) if button.isVisible()]
    assert [button.text() for button in seen] == ["Restore", "Try again", "Show the folder", "Quit"]
    assert all(button.accessibleName() and button.height() >= 40 for button in seen)
    with qtbot.waitSignal(window.chosen) as chosen:
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert chosen.args == ["quit"]


class OnAScreen:
    """An application somebody sees; the tests' own is seen by nobody, and rescues nothing."""

    def platformName(self) -> str:  # noqa: N802 - Qt's name
        return "xcb"


@pytest.mark.usefixtures("qapp")
def test_the_rescue_looks_as_the_window_of_the_folder_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / LOOK_NAME).write_text('{"scheme": "dark", "text-size": "150"}')
    found: list[tuple[bool, int]] = []

    def ask(window: RescueWindow) -> str:
        found.append((window.theme.is_dark, window.theme.px(40)))
        window.finish()
        window.deleteLater()
        return "quit"

    monkeypatch.setattr(RescueWindow, "ask", ask)
    seen = cast("Application", OnAScreen())
    rescue(seen, tmp_path, JournalUnusable("It cannot be opened."), partial(AtTheDoor, tmp_path))
    Theme().apply()
    assert found == [(True, 60)]

"""A locked folder at the start of the window: with the real key file, the real cipher and the real page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import Parts, open_parts
from desktop_app.commands.at_the_door import AtTheDoor, NotSignedIn
from desktop_app.commands.attending import tell_failed_tries
from desktop_app.commands.window import (
    _let_in,
    _sign_out,
    make_window,
)
from desktop_app.core import events as e
from desktop_app.core.access import Role, Secret
from desktop_app.store.look import LOOK_NAME
from desktop_app.ui.signin import deeds
from desktop_app.ui.signin.first_person import FirstPersonSheet, ask_first_person
from desktop_app.ui.signin.recovery import RecoverySheet
from desktop_app.ui.signin.window import SignInWindow
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.store.people import kept_recovery_key

OPENS = "four words in a row"

Do = Callable[["SignInWindow[object]"], None]


@contextmanager
def opened(folder: Path, qtbot: QtBot, at_the_door: Do) -> Iterator[tuple[Parts, MainWindow]]:
    """Open the window as the program does; ``at_the_door`` is done when its first page is there."""
    asked, hand = AtTheDoor(folder), QTimer()
    hand.timeout.connect(lambda: _at_the_page(hand, at_the_door))
    hand.start(0)
    try:
        with open_parts(folder, rules_later=True, unlock=asked.unlock) as parts:
            window = make_window(parts, demo=False)
            qtbot.addWidget(window)
            if parts.desk.suite.people.are_named:
                _let_in(window, parts)
            window.show()
            asked.leave()
            yield parts, window
            window.ticker.stop()
    finally:
        hand.stop()


def _at_the_page(hand: QTimer, do: Do) -> None:
    pages = [w for w in QApplication.topLevelWidgets() if isinstance(w, SignInWindow) and w.isVisible()]
    if not pages:
        return
    hand.stop()
    try:
        do(pages[0])
    finally:
        # Whatever became of it, no test waits at the door.
        pages[0].close()


def signs_in(name: str, passphrase: str) -> Do:
    """Return the hand that chooses a name and types a passphrase."""

    def do(page: SignInWindow[object]) -> None:
        page.who.chip(name).click()
        QTest.keyClicks(page.passphrase.edit, passphrase)
        page.go.click()

    return do


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder where AK is all and MB a nurse, each with a passphrase; and its recovery key."""
    data = tmp_path_factory.mktemp("locked") / "data"
    with open_parts(data, rules_later=True) as parts:
        secrets = parts.folder.sign_in
        parts.desk.actor = "AK"
        name_person(parts.desk, "AK", *Role)
        name_person(parts.desk, "MB", Role.NURSE)
        secrets.enrol("AK", OPENS)
        secrets.enrol("MB", f"{OPENS} of MB")
        secrets.set_pin("MB", "8642")
        return data, kept_recovery_key(parts.folder)


@pytest.fixture
def folder(locked: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of that folder, and its recovery key."""
    data, key = locked
    return shutil.copytree(data, tmp_path / "data"), key


def kinds(parts: Parts) -> list[str]:
    return [recorded.event.KIND for recorded in parts.folder.journal.since(0)]


def test_the_passphrase_opens_the_board_for_whom_it_is(folder: tuple[Path, str], qtbot: QtBot) -> None:
    with opened(folder[0], qtbot, signs_in("MB", f"{OPENS} of MB")) as (parts, window):
        assert (parts.desk.actor, window.rail.user.text()) == ("MB", "MB")
        assert not window.locking.is_locked
        assert kinds(parts)[-1] == "signed-in"
        window.locking.lock()
        entry = window.locking.screen.door.entry
        assert entry is not None
        entry.who.chip("MB").click()
        QTest.keyClicks(entry.secret.edit, "8642")
        entry.knock()
        assert parts.desk.actor == "MB"
        stored = repr(list(parts.folder.journal.since(0)))
        assert OPENS not in stored
        assert "8642" not in stored
        _sign_out(window)
        *_, gone = parts.folder.journal.since(0)
        assert isinstance(gone.event, e.SignedOut)
        assert (gone.event.person, gone.event.why) == ("MB", "the program was closed")


def test_a_wrong_one_is_said_in_place_and_told_to_the_journal_afterwards(
    folder: tuple[Path, str], qtbot: QtBot
) -> None:
    said: list[str] = []

    def twice(page: SignInWindow[object]) -> None:
        signs_in("AK", "not the four words")(page)
        said.append(page.problem.text())
        assert page.passphrase.edit.text() == ""
        signs_in("AK", OPENS)(page)

    with opened(folder[0], qtbot, twice) as (parts, _):
        assert said == ["That is not the passphrase of AK."]
        tell_failed_tries(parts)
        failed = [r.event for r in parts.folder.journal.since(0) if isinstance(r.event, e.SignInFailed)]
        assert [(one.person, one.by) for one in failed] == [("AK", Secret.PASSPHRASE)]


@pytest.mark.parametrize(("scheme", "is_dark", "px"), [("dark", True, 60), ("light", False, 40)])
def test_the_page_looks_as_the_window_of_the_folder_does(
    folder: tuple[Path, str], qtbot: QtBot, scheme: str, *, is_dark: bool, px: int
) -> None:
    size = 100 if px == 40 else 150
    (folder[0] / LOOK_NAME).write_text(f'{{"scheme": "{scheme}", "text-size": "{size}"}}')
    found: list[tuple[bool, int]] = []

    def looks(page: SignInWindow[object]) -> None:
        theme = page._theme  # noqa: SLF001 - what the page draws with
        found.append((theme.is_dark, theme.px(40)))
        signs_in("AK", OPENS)(page)

    with opened(folder[0], qtbot, looks):
        assert found == [(is_dark, px)]


def closes(page: SignInWindow[object]) -> None:
    page.close()


def test_closing_the_page_opens_nothing(folder: tuple[Path, str], qtbot: QtBot) -> None:
    way_in = opened(folder[0], qtbot, closes)
    with pytest.raises(NotSignedIn):
        way_in.__enter__()


def test_the_recovery_key_opens_to_the_lock_and_a_new_passphrase(
    folder: tuple[Path, str], qtbot: QtBot
) -> None:
    data, key = folder

    def recovers(page: SignInWindow[object]) -> None:
        page.other.click()
        QTest.keyClicks(page.recovery.edit, key)
        page.go.click()

    with opened(data, qtbot, recovers) as (parts, window):
        assert window.locking.is_locked
        form = window.locking.screen.door.recovered
        assert form is not None
        form.who.chip("AK").click()
        for field in (form.passphrase.first, form.passphrase.second):
            field.set_text("another four words here")
        form.knock()
        assert parts.desk.actor == "AK"
    with opened(data, qtbot, signs_in("AK", "another four words here")) as (parts, _):
        assert parts.desk.actor == "AK"


def test_the_first_administrator_is_locked_out_of_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    data, shown = tmp_path / "new", []
    with open_parts(data, rules_later=True) as parts:
        window = make_window(parts, demo=False)
        qtbot.addWidget(window)
        window.show()
        ask_first_person(window.station, lambda: None)
        asked = window.sheets.sheet
        assert isinstance(asked, FirstPersonSheet)
        asked.name.set_text("AK")
        asked.full_name.set_text("Ada King")
        for field in (asked.passphrase.first, asked.passphrase.second):
            field.set_text(OPENS)
        asked.confirm(now=False)
        key = window.sheets.sheet
        assert isinstance(key, RecoverySheet)
        assert parts.folder.is_anybodys
        shown = [group.signs.text() for group in key.shown]
        key.confirmation.set_text(shown[6])
        key.confirm(now=False)
        assert (parts.folder.sign_in.has_recovery_key, parts.desk.actor) == (True, "AK")
        assert kinds(parts)[-4:-1] == ["person-added", "secret-changed", "secret-changed"]
        window.ticker.stop()
    for unlock in (
        lambda locked: locked.with_passphrase("AK", OPENS),
        lambda locked: locked.with_recovery_key("-".join(shown)),
    ):
        with open_parts(data, rules_later=True, unlock=unlock) as parts:
            assert parts.desk.suite.people.names == ("AK",)


def test_who_is_removed_opens_nothing_any_more(folder: tuple[Path, str], qtbot: QtBot) -> None:
    with opened(folder[0], qtbot, signs_in("AK", OPENS)) as (_, window):
        assert deeds.take_away(window.station, "MB") == ""
    names: list[tuple[str, ...]] = []

    def looks(page: SignInWindow[object]) -> None:
        names.append(tuple(chip.text() for chip in page.who.chips))
        signs_in("AK", OPENS)(page)

    with opened(folder[0], qtbot, looks) as (parts, _):
        assert names == [("AK",)]
        assert parts.desk.suite.people.gone == {"MB"}

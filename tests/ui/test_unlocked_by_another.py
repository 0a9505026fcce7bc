"""What one person began and another unlocks: nothing is done by the proof of another, and nothing is lost."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication

from desktop_app.core.access import Role, Secret
from desktop_app.core.stay import end_session
from desktop_app.ui.beside.quitting import LoseSheet
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.signin.switch import WhoIsItSheet
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import sheet_of
from tests.ui.secrets import StandInSecrets

WORDS, OTHER_WORDS = "four words in a row", "another long sentence"


@pytest.fixture
def staffed(ward: Ward, window: MainWindow) -> MainWindow:
    """AK, a nurse and administrator, is on; CD and DE are nurses, EF is an administrator."""
    roles = {"AK": (Role.NURSE, Role.ADMINISTRATOR), "CD": (Role.NURSE,), "DE": (Role.NURSE,)}
    for name, of_theirs in {**roles, "EF": (Role.ADMINISTRATOR,)}.items():
        name_person(ward.desk, name, *of_theirs)
    kept = StandInSecrets(dict.fromkeys((*roles, "EF"), WORDS), dict.fromkeys((*roles, "EF"), "4711"))
    window.station.secrets.ask = lambda: kept
    return window


def lock_and_let_in(window: MainWindow, name: str) -> None:
    window.locking.lock()
    window.locking.unlock(name, Secret.PIN)


def test_nobody_signs_by_the_proof_of_another(ward: Ward, staffed: MainWindow) -> None:
    session = ward.do(ward.seat("4"), end_session)
    staffed.show_page("review", session.id)
    staffed.review.sign()
    asked = sheet_of(staffed, WhoIsItSheet)
    assert asked.entry.who.taken == "AK"
    lock_and_let_in(staffed, "CD")
    assert staffed.sheets.sheet is None
    staffed.review.sign()
    assert sheet_of(staffed, WhoIsItSheet).entry.who.taken == "CD"


def test_a_restore_that_waits_for_a_last_word_is_given_up_with_the_lock(
    ward: Ward, staffed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QCoreApplication, "quit", lambda: None)
    ward.seat("1")
    ward.journal.is_full = True
    perform(staffed.station, Deed.MARK, "1", staffed.station.stamp())
    wanted: list[str] = []
    staffed.beside.leaving.quit_then(partial(wanted.append, "restored"))
    asked = sheet_of(staffed, LoseSheet)
    lock_and_let_in(staffed, "CD")
    assert staffed.sheets.sheet is not asked
    staffed.beside.leaving.quit()
    sheet_of(staffed, LoseSheet).quit.click()
    assert (staffed.beside.leaving.is_quitting, wanted) == (True, [])


def test_a_restore_happens_behind_the_last_word_of_who_asked_for_it(
    ward: Ward, staffed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QCoreApplication, "quit", lambda: None)
    ward.journal.is_full = True
    perform(staffed.station, Deed.MARK, "1", staffed.station.stamp())
    wanted: list[str] = []
    staffed.beside.leaving.quit_then(partial(wanted.append, "restored"))
    sheet_of(staffed, LoseSheet).quit.click()
    assert wanted == ["restored"]

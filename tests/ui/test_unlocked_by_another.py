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
from desktop_app.ui.sheets.people import PeopleSheet, ask_people
from desktop_app.ui.sheets.seat import SeatSheet, ask_seat
from desktop_app.ui.signin.switch import WhoIsItSheet
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import sheet_of
from tests.ui.secrets import StandInSecrets
from tests.ui.test_lock import said_anywhere

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


def opened_by_a_nurse(ward: Ward, window: MainWindow) -> PeopleSheet:
    """CD looks at patient and payer of chair 1 and has begun to type."""
    ward.desk.actor = "CD"
    ask_people(window.station, ward.seat("1"))
    asked = sheet_of(window, PeopleSheet)
    asked.form.patient.family.set_text("Ruiz")
    return asked


def test_what_is_half_filled_in_is_there_again_for_who_locked_and_unlocks(
    ward: Ward, staffed: MainWindow
) -> None:
    asked = opened_by_a_nurse(ward, staffed)
    lock_and_let_in(staffed, "CD")
    assert staffed.sheets.sheet is asked
    assert (asked.isVisible(), asked.form.patient.family.text) == (True, "Ruiz")


@pytest.mark.parametrize("other", ["EF", "DE"])
def test_no_whole_number_is_seen_by_who_unlocks_behind_another_and_it_waits_for_whose_it_is(
    ward: Ward, staffed: MainWindow, other: str
) -> None:
    asked = opened_by_a_nurse(ward, staffed)
    assert "0004821" in said_anywhere(staffed)
    lock_and_let_in(staffed, other)
    assert not staffed.sheets.isVisible()
    assert "0004821" not in said_anywhere(staffed)
    lock_and_let_in(staffed, "CD")
    assert sheet_of(staffed, PeopleSheet) is asked
    assert (asked.isVisible(), asked.form.patient.family.text) == (True, "Ruiz")
    asked.confirm(now=False)
    assert not staffed.sheets.isVisible()
    assert ward.in_chair("1").registration.family == "Ruiz"


def test_a_sheet_of_the_chair_goes_on_with_who_may_chart_there_and_waits_while_others_are_on(
    ward: Ward, staffed: MainWindow
) -> None:
    ward.desk.actor = "CD"
    ask_seat(staffed.station, "3", staffed.station.stamp(), "0004821")
    asked = sheet_of(staffed, SeatSheet)
    lock_and_let_in(staffed, "EF")
    assert "0004821" not in said_anywhere(staffed)
    lock_and_let_in(staffed, "DE")
    assert staffed.sheets.sheet is asked
    assert (asked.isVisible(), asked.mrn.text) == (True, "0004821")
    lock_and_let_in(staffed, "CD")
    assert staffed.sheets.sheet is asked


def test_what_waits_is_shown_to_whose_it_is_when_they_take_over_without_a_lock(
    ward: Ward, staffed: MainWindow
) -> None:
    asked = opened_by_a_nurse(ward, staffed)
    lock_and_let_in(staffed, "EF")
    staffed.ask_who()
    entry = sheet_of(staffed, WhoIsItSheet).entry
    entry.who.take("CD")
    entry.secret.set_text("4711")
    entry.knock()
    assert staffed.sheets.sheet is asked

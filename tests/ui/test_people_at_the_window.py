"""People at the window: who unlocks, who takes over, who signs, who is named; and what never shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.access import Role
from desktop_app.core.stay import end_session
from desktop_app.ui import late
from desktop_app.ui.lock.door import Door
from desktop_app.ui.sheets.clocks import ClocksSheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.signin.entry import Entry
from desktop_app.ui.signin.first_person import FirstPersonSheet
from desktop_app.ui.signin.person_sheet import NewPersonSheet, PersonSheet
from desktop_app.ui.signin.recovery import RecoverySheet, groups_in_lines, on_paper, print_key
from desktop_app.ui.signin.switch import WhoIsItSheet, ask_before_restoring
from desktop_app.ui.signin.window import SignInWindow
from desktop_app.ui.station import Station
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.gallery.people_stills import LockedSuite
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet
from tests.ui.secrets import KEY, StandInSecrets
from tests.ui.test_accessibility import SMALLEST_TARGET, controls, name_of, unnamed

WORDS = "four words in a row"


@pytest.fixture
def secrets(ward: Ward, window: MainWindow) -> StandInSecrets:
    """AK, a nurse and administrator, is on; BT bills, CD is a nurse; each has a passphrase and a PIN."""
    for name, roles in {
        "AK": (Role.NURSE, Role.ADMINISTRATOR),
        "BT": (Role.BILLER,),
        "CD": (Role.NURSE,),
    }.items():
        name_person(ward.desk, name, *roles)
    kept = StandInSecrets(dict.fromkeys(("AK", "BT", "CD"), WORDS))
    kept.pins = {"AK": "4711", "BT": "4712", "CD": "4713"}
    kept.badges = {"CD": "BADGE-0099"}
    window.station.secrets.ask = lambda: kept
    return kept


def door(window: MainWindow) -> Door:
    return window.locking.screen.door


def entry(window: MainWindow) -> Entry:
    found = door(window).entry
    assert found is not None
    return found


def show_it_is(pin: str, window: MainWindow) -> None:
    """Give a PIN where whoever is on has to show that it is them."""
    asked = sheet(window)
    assert isinstance(asked, WhoIsItSheet)
    asked.entry.secret.set_text(pin)
    asked.confirm(now=False)


def events(ward: Ward, kind: type[e.Event]) -> list[e.Event]:
    return [recorded.event for recorded in ward.journal.since(0) if isinstance(recorded.event, kind)]


def test_a_short_badge_that_was_kept_once_is_told_why_it_opens_nothing(
    window: MainWindow, secrets: StandInSecrets
) -> None:
    secrets.badges["CD"] = "1234567"
    window.locking.lock()
    unmarked = Entry(window.theme, ("AK", "CD"), secrets)
    for asked in (entry(window), unmarked):
        QTest.keyClicks(asked.secret.edit, "1234567")
        asked.knock()
        assert "8 digits or fewer is taken for a PIN" in asked.problem.text()
        QTest.keyClicks(asked.secret.edit, "9999")
        asked.knock()
        assert "8 digits or fewer" not in asked.problem.text()
    assert window.locking.is_locked


@pytest.mark.usefixtures("secrets")
def test_a_pin_unlocks_for_whom_it_is(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    window.locking.lock()
    assert ward.desk.actor == "not signed in"
    Mouse(qtbot).click(entry(window).who.chip("CD"))
    QTest.keyClicks(focused(), "4713")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert not window.locking.is_locked
    assert (ward.desk.actor, window.rail.user.text()) == ("CD", "CD")
    signed = events(ward, e.SignedIn)[-1]
    assert isinstance(signed, e.SignedIn)
    assert (signed.person, signed.by.value) == ("CD", "pin")


@pytest.mark.usefixtures("secrets")
def test_a_pin_typed_as_fast_as_a_scan_opens_for_whose_name_is_marked(ward: Ward, window: MainWindow) -> None:
    window.locking.lock()
    assert entry(window).who.taken == "AK"
    QTest.keyClicks(focused(), "4711")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert not window.locking.is_locked
    assert ward.desk.actor == "AK"


@pytest.mark.usefixtures("secrets")
def test_a_badge_says_by_itself_whose_it_is(ward: Ward, window: MainWindow) -> None:
    window.locking.lock()
    QTest.keyClicks(focused(), "BADGE-0099")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert ward.desk.actor == "CD"


@pytest.mark.usefixtures("secrets")
def test_a_wrong_one_opens_nothing_and_is_told_without_what_it_was(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    window.locking.lock()
    Mouse(qtbot).click(entry(window).who.chip("CD"))
    QTest.keyClicks(focused(), "9999")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert window.locking.is_locked
    assert entry(window).secret.edit.text() == ""
    assert "That is not it" in entry(window).problem.text()
    (failed,) = events(ward, e.SignInFailed)
    assert isinstance(failed, e.SignInFailed)
    assert failed.person == "CD"
    assert all("9999" not in repr(recorded) for recorded in ward.journal.since(0))


@pytest.mark.usefixtures("secrets")
def test_after_five_wrong_ones_the_wait_is_counted_down(window: MainWindow, qtbot: QtBot) -> None:
    window.locking.lock()
    Mouse(qtbot).click(entry(window).who.chip("CD"))
    for _ in range(6):
        QTest.keyClicks(entry(window).secret.edit, "9999")
        door(window).knock()
    waits = "Too many wrong tries with CD. The next one can be made in 0:30; others need not wait."
    assert entry(window).problem.text() == waits
    assert entry(window).countdown.is_on
    entry(window).countdown._tick()  # noqa: SLF001 - a second passes
    assert "0:29" in entry(window).problem.text()


def test_while_one_has_to_wait_others_unlock_by_pin_and_by_badge(
    ward: Ward, window: MainWindow, secrets: StandInSecrets
) -> None:
    secrets.badges["BT"] = "BADGE-0007"
    window.locking.lock()
    for way_in in ("4711", "BADGE-0007"):
        entry(window).who.chip("CD").click()
        for _ in range(6):
            QTest.keyClicks(entry(window).secret.edit, "9999")
            door(window).knock()
        assert "with CD" in entry(window).problem.text()
        if way_in == "4711":
            entry(window).who.chip("AK").click()
            assert entry(window).problem.text() == ""
        QTest.keyClicks(focused(), way_in)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
        assert not window.locking.is_locked
        window.locking.lock()
    assert [getattr(one, "person", "") for one in events(ward, e.SignedIn)][-2:] == ["AK", "BT"]


@pytest.mark.usefixtures("secrets")
def test_badges_of_visitors_let_badges_wait_and_nobody_by_name(ward: Ward, window: MainWindow) -> None:
    window.locking.lock()
    assert entry(window).who.taken == "AK"
    for code in (*(f"VISITOR-CARD-{n}" for n in range(5)), "BADGE-0099"):
        QTest.keyClicks(focused(), code)
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert entry(window).problem.text().startswith("Too many wrong tries with badges. The next one can be")
    assert ward.desk.actor == "not signed in"
    entry(window).secret.set_text("4711")
    door(window).knock()
    assert not window.locking.is_locked
    assert window.rail.user.text() == "AK"


def test_what_has_the_shape_of_a_pin_is_nobodys_badge(window: MainWindow, secrets: StandInSecrets) -> None:
    secrets.badges["BT"] = "471100"
    secrets.pins["AK"] = "471100"
    window.locking.lock()
    entry(window).who.chip("AK").click()
    QTest.keyClicks(focused(), "471100")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert window.station.desk.actor == "AK"


def test_where_nobody_has_a_secret_a_name_is_enough(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    name_person(ward.desk, "BT", Role.NURSE)
    window.locking.lock()
    Mouse(qtbot).click(entry(window).who.chip("BT"))
    assert not window.locking.is_locked
    assert ward.desk.actor == "BT"


@pytest.mark.usefixtures("secrets")
def test_an_emergency_lets_in_with_a_name_and_a_reason(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    ward.seat("2")
    window.locking.lock()
    Mouse(qtbot).click(door(window).help_button)
    form = door(window).emergency
    assert form is not None
    form.knock()
    assert form.problem.text() == "An emergency access needs the name of who asks for it."
    form.name.set_text("Kim Float")
    form.reason.set_text("the nurse fell ill")
    Mouse(qtbot).click(form.go)
    assert not window.locking.is_locked
    assert (ward.desk.actor, window.rail.user.text()) == ("emergency 1", "Emerg. 1")
    assert window.rail.user.accessibleName().startswith("emergency 1 works here")
    assert "on record as emergency 1" in window.toast.text
    bar = window.locking.emergency_bar
    assert bar.text.startswith("Emergency access is open: Kim Float works as a nurse")
    assert "fell ill" not in bar.text
    window.show_page("review")
    assert bar.isVisible()
    ward.start(ward.in_chair("2"))
    Mouse(qtbot).click(bar.lock)
    assert ward.desk.actor == "not signed in"
    entry(window).who.chip("AK").click()
    QTest.keyClicks(focused(), "4711")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert (ward.desk.actor, bar.text, window.rail.user.text()) == ("AK", "", "AK")


@pytest.mark.usefixtures("secrets")
def test_an_emergency_opens_on_the_board_with_no_patient_chosen(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    left, open_chart = ward.seat("2"), ward.do(ward.seat("4", "0005120"), end_session)
    window.board.focus("2")
    window.show_page("review", open_chart.id)
    window.ask_about_service(left.id, ward.start(left).services[0].id)
    asked = sheet(window)
    window.locking.lock()
    seen = len(events(ward, e.RecordViewed))
    door(window).help_button.click()
    form = door(window).emergency
    assert form is not None
    form.wanted.emit("Kim Float", "the nurse fell ill")
    assert (window.page, window.board.chair, window.sheets.sheet) == ("board", "", None)
    assert window.board.panel.title.text() == "No chair is chosen"
    window.station.viewed.flush()
    assert len(events(ward, e.RecordViewed)) == seen
    before = ward.session(left.id)
    typist.press("s")
    assert (window.sheets.sheet, ward.session(left.id)) == (None, before)
    typist.press("n")
    assert window.board.chair == ""
    window.board.focus("2")
    assert window.board.panel.title.text().startswith("Chair 2")
    window.locking.lock()
    entry(window).who.chip("AK").click()
    typist.enter("4711")
    assert window.sheets.sheet is asked


@pytest.mark.usefixtures("secrets")
def test_enter_after_the_name_goes_on_to_the_reason(window: MainWindow, qtbot: QtBot) -> None:
    window.locking.lock()
    Mouse(qtbot).click(door(window).help_button)
    form = door(window).emergency
    assert form is not None
    QTest.keyClicks(focused(), "Kim Float")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert (focused(), form.problem.text()) == (form.reason.edit, "")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert form.problem.text() == "An emergency access needs its reason."
    QTest.keyClicks(focused(), "the nurse fell ill")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert not window.locking.is_locked


@pytest.mark.usefixtures("secrets")
def test_a_lock_with_no_chair_to_touch_says_nothing_of_one(ward: Ward, window: MainWindow) -> None:
    window.locking.lock()
    assert not window.locking.screen.hint.isVisible()
    QTest.keyClicks(focused(), "4711")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    ward.seat("2")
    window.locking.lock()
    assert window.locking.screen.hint.isVisible()


@pytest.mark.usefixtures("secrets")
def test_who_takes_over_shows_that_it_is_them(ward: Ward, window: MainWindow, typist: Typist) -> None:
    typist.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    asked = sheet(window)
    assert isinstance(asked, WhoIsItSheet)
    asked.entry.who.chip("BT").click()
    typist.enter("4712")
    assert window.sheets.sheet is None
    assert (ward.desk.actor, window.rail.user.text()) == ("BT", "BT")


@pytest.mark.usefixtures("secrets")
def test_a_signature_asks_for_the_pin_of_who_signs_each_time(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.do(ward.seat("4"), end_session)
    window.show_page("review", session.id)
    at_us = ward.clock.now().wall_us
    window.review.sign()
    ward.clock.advance(1)
    asked = sheet(window)
    assert isinstance(asked, WhoIsItSheet)
    typist.enter("4713")
    assert ward.session(session.id).signature is None
    typist.enter("4711")
    signature = ward.session(session.id).signature
    assert signature is not None
    assert (signature.at.by, signature.at.at_us) == ("AK", at_us)


def test_the_first_person_locks_the_record_and_is_shown_the_recovery_key_once(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    secrets = StandInSecrets()
    window.station.secrets.ask = lambda: secrets
    late.ask_first_person(window.station, lambda: None)
    asked = sheet(window)
    assert isinstance(asked, FirstPersonSheet)
    asked.full_name.set_text("Ada King")
    asked.passphrase.first.set_text("too short")
    asked.passphrase.second.set_text("too short")
    Mouse(qtbot).click(asked.go)
    assert "10 characters" in asked.problem
    assert not ward.desk.suite.people.are_named
    for typed, words in ((WORDS, "Type both again"), ("short", "shorter than 10 characters")):
        asked.passphrase.first.set_text(typed)
        asked.passphrase.second.set_text("another" if typed == "short" else "another one")
        Mouse(qtbot).click(asked.go)
        assert "not the same" in asked.problem
        assert words in asked.problem
        assert focused() is asked.passphrase.first.edit
    for field in (asked.passphrase.first, asked.passphrase.second):
        field.set_text(WORDS)
    Mouse(qtbot).click(asked.go)
    key = sheet(window)
    assert isinstance(key, RecoverySheet)
    assert not secrets.is_needed
    assert not ward.desk.suite.people.are_named
    key.confirmation.set_text("WRONG")
    Mouse(qtbot).click(key.go)
    assert "not the group" in key.problem
    assert not secrets.is_needed
    key.confirmation.set_text(KEY.split("-")[6].lower())
    Mouse(qtbot).click(key.go)
    assert window.sheets.sheet is None
    assert window.toast.text == "The record is locked with the passphrase of AK from now on."
    assert (secrets.names(), secrets.recovery_key) == (("AK",), KEY)
    person = ward.desk.suite.people.named("AK")
    assert person is not None
    assert person.roles == (Role.NURSE, Role.ADMINISTRATOR)
    given = [told.slot for told in events(ward, e.SecretChanged) if isinstance(told, e.SecretChanged)]
    assert given == ["slot of AK", "slot of "]
    assert ward.desk.access.on == "AK"
    assert window.station.settings.get("lock-minutes") == "10"
    told = [(getattr(one, "person", ""), getattr(one, "what", "")) for one in events(ward, e.SecretChanged)]
    assert told == [("AK", "passphrase"), ("", "recovery-key")]


def test_a_recovery_key_that_nobody_has_read_locks_nothing(ward: Ward, window: MainWindow) -> None:
    secrets = StandInSecrets()
    window.station.secrets.ask = lambda: secrets
    late.ask_first_person(window.station, lambda: None)
    asked = sheet(window)
    assert isinstance(asked, FirstPersonSheet)
    asked.full_name.set_text("Ada King")
    for field in (asked.passphrase.first, asked.passphrase.second):
        field.set_text(WORDS)
    asked.confirm(now=False)
    QTest.keyClick(sheet(window), Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert "nothing is locked; the recovery key that was shown opens nothing" in window.toast.text
    assert (secrets.passphrases, secrets.recovery_key) == ({}, "")
    assert not ward.desk.suite.people.are_named


def test_a_new_recovery_key_is_in_force_once_it_was_read(window: MainWindow, secrets: StandInSecrets) -> None:
    secrets.recovery_key = "the one of before"
    window.show_page("settings")
    for leaves in (True, False):
        window.settings.people.recovery.click()
        show_it_is("4711", window)
        key = sheet(window)
        assert isinstance(key, RecoverySheet)
        assert [group.signs.text() for group in key.shown] == KEY.split("-")
        if leaves:
            key.back.click()
            assert secrets.recovery_key == "the one of before"
            assert "The recovery key of before stays" in window.toast.text
            continue
        key.confirmation.set_text(KEY.split("-")[6])
        key.confirm(now=False)
        assert secrets.recovery_key == KEY
        assert window.toast.text.startswith("The new recovery key is in force.")


def test_a_recovery_key_is_not_shown_to_whoever_unlocks(window: MainWindow, secrets: StandInSecrets) -> None:
    window.show_page("settings")
    window.settings.people.recovery.click()
    show_it_is("4711", window)
    assert isinstance(sheet(window), RecoverySheet)
    window.locking.lock()
    entry(window).who.chip("CD").click()
    QTest.keyClicks(focused(), "4713")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert window.station.desk.actor == "CD"
    assert window.sheets.sheet is None
    assert secrets.recovery_key == ""


@pytest.mark.usefixtures("secrets")
def test_a_wrong_pin_at_a_signature_says_that_nothing_was_signed(ward: Ward, window: MainWindow) -> None:
    session = ward.do(ward.seat("4"), end_session)
    window.show_page("review", session.id)
    window.review.sign()
    asked = sheet(window)
    assert isinstance(asked, WhoIsItSheet)
    show_it_is("9999", window)
    assert asked.entry.problem.text() == "That is not it. Nothing was signed."


@pytest.mark.usefixtures("secrets")
def test_a_restore_asks_who_it_is_first(window: MainWindow) -> None:
    wanted: list[str] = []
    ask_before_restoring(window.station, lambda: wanted.append("restored"))
    show_it_is("9999", window)
    assert "Nothing was restored" in said_of_wrong(window)
    assert wanted == []
    show_it_is("4711", window)
    assert wanted == ["restored"]


def said_of_wrong(window: MainWindow) -> str:
    asked = sheet(window)
    assert isinstance(asked, WhoIsItSheet)
    return asked.entry.problem.text()


def test_later_names_nobody_and_the_settings_go_on_saying_so(ward: Ward, window: MainWindow) -> None:
    window.station.secrets.ask = StandInSecrets
    late.ask_first_person(window.station, lambda: None)
    asked = sheet(window)
    assert isinstance(asked, FirstPersonSheet)
    asked.later.click()
    assert not ward.desk.suite.people.are_named
    window.show_page("settings")
    assert "anybody on this computer's account can read the record" in window.settings.people.told.text()
    assert window.settings.people.add.isVisible()


def test_a_demo_asks_for_nobody(window: MainWindow) -> None:
    late.ask_first_person(window.station, lambda: None)
    assert window.sheets.sheet is None
    window.show_page("settings")
    assert not window.settings.people.add.isVisible()


def test_an_administrator_names_changes_and_removes(
    ward: Ward, window: MainWindow, secrets: StandInSecrets, qtbot: QtBot
) -> None:
    window.show_page("settings")
    card = window.settings.people
    assert set(card.rows) == {"AK", "BT", "CD"}
    card.add.click()
    show_it_is("4711", window)
    new = sheet(window)
    assert isinstance(new, NewPersonSheet)
    new.name.set_text("EF")
    new.full_name.set_text("Eve F.")
    for field in (new.passphrase.first, new.passphrase.second):
        field.set_text(WORDS)
    Mouse(qtbot).click(new.go)
    assert window.toast.text == "EF may work here from now on."
    assert "EF" in card.rows
    assert "EF" in secrets.names()
    card.rows["EF"].click()
    show_it_is("4711", window)
    one = sheet(window)
    assert isinstance(one, PersonSheet)
    one.pin.set_text("8642")
    one.keep_pin.click()
    assert secrets.pins["EF"] == "8642"
    one.roles.tick(Role.BILLER).setChecked(True)
    one.keep.click()
    changed = ward.desk.suite.people.named("EF")
    assert changed is not None
    assert changed.roles == (Role.NURSE, Role.BILLER)
    one.remove.click()
    assert ward.desk.suite.people.named("EF") is None
    assert "EF" not in secrets.names()


@pytest.mark.usefixtures("secrets")
def test_the_card_of_people_is_of_whoever_is_signed_in_now(window: MainWindow, typist: Typist) -> None:
    window.show_page("settings")
    assert set(window.settings.people.rows) == {"AK", "BT", "CD"}
    typist.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    asked = sheet(window)
    assert isinstance(asked, WhoIsItSheet)
    asked.entry.who.chip("BT").click()
    typist.enter("4712")
    assert set(window.settings.people.rows) == {"BT"}


def test_others_change_their_own_secrets_and_see_nobody_else(
    ward: Ward, window: MainWindow, secrets: StandInSecrets
) -> None:
    ward.desk.actor = "CD"
    window.show_page("settings")
    card = window.settings.people
    assert set(card.rows) == {"CD"}
    assert not card.add.isVisible()
    assert not card.recovery.isVisible()
    card.rows["CD"].click()
    show_it_is("4711", window)
    assert isinstance(sheet(window), WhoIsItSheet)
    show_it_is("4713", window)
    own = sheet(window)
    assert isinstance(own, PersonSheet)
    assert not own.roles.isVisible()
    own.badge.set_text("BADGE-0100")
    own.keep_badge.click()
    assert secrets.badges["CD"] == "BADGE-0100"
    told = events(ward, e.SecretChanged)[-1]
    assert isinstance(told, e.SecretChanged)
    assert (told.person, told.what.value) == ("CD", "badge")


def said(window: QWidget) -> list[str]:
    """Return every text of a window that is seen, hovered over, or read out."""
    widgets = [window, *window.findChildren(QWidget)]
    texts = [text for w in widgets for text in (w.toolTip(), w.accessibleName(), w.accessibleDescription())]
    labels = [label.text() for label in window.findChildren(QLabel)]
    fields = [edit.displayText() for edit in window.findChildren(QLineEdit)]
    return [window.windowTitle(), *texts, *labels, *fields]


def test_no_secret_is_shown_told_or_read_out(ward: Ward, window: MainWindow, secrets: StandInSecrets) -> None:
    window.show_page("settings")
    window.settings.people.rows["CD"].click()
    show_it_is("4711", window)
    one = sheet(window)
    assert isinstance(one, PersonSheet)
    for field in (one.passphrase.first, one.passphrase.second):
        QTest.keyClicks(field.edit, "purple horse stapler")
    QTest.keyClicks(one.pin.edit, "8642")
    typed = "".join(said(window))
    assert "purple" not in typed
    assert "8642" not in typed
    one.keep_passphrase.click()
    one.keep_pin.click()
    assert (secrets.passphrases["CD"], secrets.pins["CD"]) == ("purple horse stapler", "8642")
    stored = repr(list(ward.journal.since(0)))
    assert "purple" not in stored + "".join(said(window))
    assert "8642" not in stored + "".join(said(window))


def test_enter_keeps_the_pin_and_a_scan_the_badge(
    window: MainWindow, secrets: StandInSecrets, typist: Typist
) -> None:
    window.show_page("settings")
    window.settings.people.rows["CD"].click()
    show_it_is("4711", window)
    one = sheet(window)
    assert isinstance(one, PersonSheet)
    for field, typed in ((one.badge, "BADGE-0042"), (one.pin, "8642")):
        field.edit.setFocus()
        typist.type(typed)
        typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is one
    assert (secrets.pins["CD"], secrets.badges["CD"]) == ("8642", "BADGE-0042")
    assert one.told.text() == "The PIN is kept."


@pytest.mark.usefixtures("secrets")
def test_nobody_tells_the_true_time_in_anothers_name(window: MainWindow) -> None:
    late.ask_clocks(window.station)
    clocks = sheet(window)
    assert isinstance(clocks, ClocksSheet)
    assert (clocks.by.text, clocks.by.edit.isReadOnly()) == ("AK", True)


@pytest.mark.usefixtures("qapp")
def test_the_recovery_key_stands_on_one_sheet_of_paper(tmp_path: Path) -> None:
    path = tmp_path / "key.pdf"
    assert print_key(QPdfWriter(str(path)), KEY)
    assert groups_in_lines(KEY)[0] == "  1–4   4F7K   9QZ2   M3XD   7HTB"
    assert groups_in_lines(KEY)[2].startswith(" 9–11   ")
    assert path.read_bytes().count(b"/Type /Page\n") == 1


def test_the_paper_speaks_of_no_screen_that_is_gone() -> None:
    told = on_paper(KEY)
    assert all(line in told for line in groups_in_lines(KEY))
    assert "It opens the record when every passphrase is forgotten" in told
    assert not any(word in told for word in ("below", "shown this once", "Print it"))


def test_whoever_has_the_recovery_key_takes_a_new_passphrase_and_is_in(
    ward: Ward, window: MainWindow, secrets: StandInSecrets, qtbot: QtBot
) -> None:
    window.station.secrets.opened_with = "recovery-key"
    window.locking.lock()
    form = door(window).recovered
    assert form is not None
    form.knock()
    assert "Choose who you are" in form.problem.text()
    Mouse(qtbot).click(form.who.chip("BT"))
    for field in (form.passphrase.first, form.passphrase.second):
        field.set_text("another four words here")
    door(window).knock()
    assert secrets.passphrases["BT"] == "another four words here"
    assert (ward.desk.actor, window.station.secrets.opened_with) == ("BT", "")
    window.locking.lock()
    assert door(window).entry is not None


@pytest.mark.usefixtures("secrets")
def test_nobody_becomes_somebody_else_by_a_setting(ward: Ward, window: MainWindow) -> None:
    ward.desk.actor = "CD"
    window.show_page("settings")
    assert not window.settings.entries["actor"].isVisible()
    ward.settings.set("actor", "AK")
    window.settings.changed.emit("actor")
    assert ward.desk.actor == "CD"


@pytest.mark.usefixtures("secrets")
def test_a_passphrase_that_was_pasted_is_no_badge(ward: Ward, window: MainWindow) -> None:
    window.locking.lock()
    entry(window).secret.edit.insert(WORDS)
    door(window).knock()
    assert (window.locking.is_locked, ward.desk.actor) == (False, "AK")


def _opened(window: MainWindow, make: Callable[[Station], Sheet]) -> QWidget:
    window.sheets.open(make(window.station))
    return sheet(window)


def _person_sheet(station: Station) -> Sheet:
    person = station.desk.expected.people.named("CD")
    assert person is not None
    return PersonSheet(station, person, is_own=False, may_all=True)


def _locked(window: MainWindow) -> QWidget:
    window.locking.lock()
    return window.locking.screen


def _emergency(window: MainWindow) -> QWidget:
    screen = _locked(window)
    door(window).help_button.click()
    return screen


OPENS: dict[str, Callable[[MainWindow], QWidget]] = {
    "first person": lambda window: _opened(window, lambda s: FirstPersonSheet(s, "AK")),
    "recovery key": lambda window: _opened(window, lambda s: RecoverySheet(s.theme, KEY, str)),
    "new person": lambda window: _opened(window, lambda s: NewPersonSheet(s, with_secret=True)),
    "person": lambda window: _opened(window, _person_sheet),
    "who": lambda window: _opened(window, lambda s: WhoIsItSheet(s, "Who?", "", "Sign in")),
    "lock": _locked,
    "emergency": _emergency,
    "sign-in": lambda window: SignInWindow(window.theme, LockedSuite()),
}


@pytest.mark.usefixtures("secrets")
@pytest.mark.parametrize("place", OPENS)
def test_every_control_has_a_name_and_is_large_enough_for_a_glove(
    window: MainWindow, place: str, qtbot: QtBot
) -> None:
    shown = OPENS[place](window)
    if shown.isWindow():
        qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(shown.isVisible)
    qtbot.wait(0)
    assert controls(shown)
    assert unnamed(shown) == []
    small = [name_of(one) for one in controls(shown) if one.height() < SMALLEST_TARGET]
    assert small == []

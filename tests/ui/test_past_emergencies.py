"""An emergency access is brought to the next administrator who signs in, until one has marked it as seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.access import Role, Secret
from desktop_app.core.decisions import Refusal
from desktop_app.core.ports import JournalError
from desktop_app.ui.lock.attendance import come_in
from desktop_app.ui.sheets.emergencies import EmergenciesSheet
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.window import MainWindow
from tests.core.staffed import name_person
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, says, sheet_of

TOLD = "Emergency access by Zoe Q, Mon 2 Mar 2026 09:00, on record as emergency 1: not marked as seen yet."


@pytest.fixture
def staffed(ward: Ward, window: MainWindow) -> MainWindow:
    """AK administers, BN is a nurse; Zoe Q has worked by an emergency access, and has seated somebody."""
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    name_person(ward.desk, "BN", Role.NURSE)
    emergency(ward, "Zoe Q")
    ward.start(ward.seat("1"))
    return window


def emergency(ward: Ward, who: str) -> None:
    assert not isinstance(ward.desk.access.open_emergency(who, "a patient needs care"), Refusal)


def open_at_the_lock(window: MainWindow, who: str) -> None:
    window.locking.lock()
    door = window.locking.screen.door
    door.help_button.click()
    form = door.emergency
    assert form is not None
    form.name.set_text(who)
    form.reason.set_text("fire")
    form.go.click()


def sign_in(ward: Ward, window: MainWindow, who: str) -> str:
    """Let somebody come in, and return what the bar says."""
    assert not isinstance(ward.desk.access.sign_in(who, Secret.PIN), Refusal)
    window.refresh()
    return told(window)


def told(window: MainWindow) -> str:
    return window.locking.past_emergencies.bar.text


def see(window: MainWindow, mouse: Mouse) -> None:
    """Look at what happened, and mark it as seen."""
    mouse.click(window.locking.past_emergencies.bar.more)
    mouse.click(sheet_of(window, EmergenciesSheet).go)


def test_an_administrator_is_told_and_nobody_else(ward: Ward, staffed: MainWindow) -> None:
    assert sign_in(ward, staffed, "AK") == TOLD
    assert "a patient needs care" not in TOLD
    assert sign_in(ward, staffed, "BN") == ""
    assert sign_in(ward, staffed, "AK") == TOLD


def test_seen_is_on_record_with_who_and_when_and_ends_it(
    ward: Ward, staffed: MainWindow, mouse: Mouse
) -> None:
    sign_in(ward, staffed, "AK")
    ward.clock.advance(5)
    see(staffed, mouse)
    assert told(staffed) == ""
    last = ward.journal.load(e.EMERGENCY_STREAM)[-1]
    assert last.event == e.EmergencySeen(at_us=ward.clock.now().wall_us, up_to=1)
    assert last.stamp.actor == "AK"
    assert sign_in(ward, staffed, "AK") == ""
    emergency(ward, "Kim")
    told_again = sign_in(ward, staffed, "AK")
    assert told_again.startswith("Emergency access by Kim, Mon 2 Mar 2026 09:05, on record as emergency 2:")
    assert "Before that" not in told_again


def test_several_are_one_line(ward: Ward, staffed: MainWindow) -> None:
    emergency(ward, "Kim")
    assert sign_in(ward, staffed, "AK").endswith("not marked as seen yet. Before that 1 other.")


def test_what_happened_is_one_press_away_and_leads_to_what_was_touched(
    ward: Ward, staffed: MainWindow, mouse: Mouse, qtbot: QtBot
) -> None:
    touched = list(ward.desk.suite.sessions)
    sign_in(ward, staffed, "AK")
    ward.seat("2", mrn="0009940")
    mouse.click(staffed.locking.past_emergencies.bar.more)
    opened = sheet_of(staffed, EmergenciesSheet)
    row = "emergency 1: Zoe Q, Mon 2 Mar 2026 09:00:00, “a patient needs care”. Not marked as seen yet."
    assert says(opened, row)
    mouse.click(opened.links["emergency 1"])
    assert (staffed.page, staffed.history.side.field.text()) == ("history", "by:emergency1")
    side = staffed.history.side
    qtbot.waitUntil(lambda: [found.session for found in side.found] == touched)


def test_nothing_is_marked_as_seen_but_in_the_list_which_says_by_whom(
    ward: Ward, staffed: MainWindow, mouse: Mouse
) -> None:
    sign_in(ward, staffed, "AK")
    bar = staffed.locking.past_emergencies.bar
    assert bar.findChildren(Button) == [bar.more]
    see(staffed, mouse)
    assert (told(staffed), staffed.sheets.sheet) == ("", None)
    staffed.locking.past_emergencies.show_all()
    again = sheet_of(staffed, EmergenciesSheet)
    row = "emergency 1: Zoe Q, Mon 2 Mar 2026 09:00:00, “a patient needs care”."
    assert says(again, f"{row} Seen by AK, Mon 2 Mar 2026 09:00:00.")
    assert [button.text() for button in again.last_buttons()] == ["Close"]


@pytest.mark.parametrize("page", ["board", "review"])
def test_behind_seen_the_keyboard_is_where_it_was(
    ward: Ward, staffed: MainWindow, mouse: Mouse, typist: Typist, page: str
) -> None:
    sign_in(ward, staffed, "AK")
    staffed.show_page(page)
    if page == "review":
        staffed.review.side.field.setFocus()
    before = focused()
    see(staffed, mouse)
    assert told(staffed) == ""
    assert focused() is before
    emergency(ward, "Kim")
    sign_in(ward, staffed, "AK")
    staffed.locking.past_emergencies.bar.more.setFocus()
    typist.press(Qt.Key.Key_Return)
    mouse.click(sheet_of(staffed, EmergenciesSheet).go)
    assert focused() is (before if page == "board" else staffed.review.first_focus())


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier])
def test_no_enter_on_the_way_back_marks_anything(
    ward: Ward, staffed: MainWindow, mouse: Mouse, typist: Typist, modifier: Qt.KeyboardModifier
) -> None:
    sign_in(ward, staffed, "AK")
    mouse.click(staffed.locking.past_emergencies.bar.more)
    assert focused() is sheet_of(staffed, EmergenciesSheet).back
    typist.press(Qt.Key.Key_Return, modifier)
    assert ward.desk.access.emergencies()[0].seen is None
    assert told(staffed) == TOLD


def test_the_list_shows_every_one_that_nobody_has_seen_and_the_last_six_others(
    ward: Ward, staffed: MainWindow, mouse: Mouse
) -> None:
    for number in range(24):
        emergency(ward, f"N{number}")
    sign_in(ward, staffed, "AK")
    bar = staffed.locking.past_emergencies.bar
    mouse.click(bar.more)
    unseen = sheet_of(staffed, EmergenciesSheet)
    assert list(unseen.links) == [f"emergency {number}" for number in range(25, 0, -1)]
    assert unseen.inside.verticalScrollBar().maximum() > 0
    assert [button.text() for button in unseen.last_buttons()] == ["Close", "Seen, all 25"]
    mouse.click(unseen.go)
    staffed.locking.past_emergencies.show_all()
    seen = sheet_of(staffed, EmergenciesSheet)
    assert list(seen.links) == [f"emergency {number}" for number in range(25, 19, -1)]
    assert says(seen, "And 19 more: chairtime people list has them all.")


def test_a_seen_that_the_disk_does_not_take_is_not_shown_as_done(
    ward: Ward, staffed: MainWindow, mouse: Mouse
) -> None:
    sign_in(ward, staffed, "AK")
    ward.journal.is_full = True
    see(staffed, mouse)
    assert told(staffed) == TOLD
    ward.journal.is_full = False
    staffed.touches.retry()
    staffed.refresh()
    assert told(staffed) == ""


def test_one_that_waited_for_the_disk_is_told_to_who_is_on_once_it_is_stored(
    ward: Ward, window: MainWindow
) -> None:
    name_person(ward.desk, "AK", Role.NURSE, Role.ADMINISTRATOR)
    ward.journal.is_full = True
    open_at_the_lock(window, "Kim")
    window.locking.lock()
    come_in(window.station, "AK", Secret.PIN)
    window.refresh()
    assert (ward.desk.access.on, told(window)) == ("AK", "")
    ward.journal.is_full = False
    window.touches.retry()
    window.refresh()
    assert told(window).startswith("Emergency access by Kim, ")


def test_only_who_names_people_marks_it(ward: Ward, staffed: MainWindow) -> None:
    sign_in(ward, staffed, "BN")
    outcome = ward.desk.access.see_emergencies(1, ward.desk.now())
    assert isinstance(outcome, Refusal)
    assert ward.desk.access.emergencies()[0].seen is None


def test_an_emergency_behind_one_that_was_seen_is_numbered_on_and_kept_while_the_disk_is_full(
    ward: Ward, staffed: MainWindow, mouse: Mouse
) -> None:
    sign_in(ward, staffed, "AK")
    see(staffed, mouse)
    ward.journal.is_full = True
    open_at_the_lock(staffed, "Kim")
    ward.journal.is_full = False
    staffed.touches.retry()
    assert [one.opened.access for one in ward.desk.access.emergencies()] == ["emergency 1", "emergency 2"]
    assert ward.desk.access.emergencies()[1].seen is None


def test_what_cannot_be_read_now_is_told_once_it_can(
    ward: Ward, staffed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable() -> None:
        raise JournalError("The journal cannot be read.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(ward.desk.access, "emergencies", unreadable)
        assert sign_in(ward, staffed, "AK") == ""
        staffed.locking.past_emergencies.show_all()
        assert "The journal cannot be read." in staffed.toast.text
    staffed.refresh()
    assert told(staffed) == TOLD

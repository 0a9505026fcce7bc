"""Locked: timers stay, names go, a touch on a chair stamps the moment, and one press leads back."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.care import pause_service
from desktop_app.core.decisions import pressed
from desktop_app.core.service import ServiceState
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.seat import seat_touch
from desktop_app.ui.widgets.scroll import Scroll
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused

CONTROL = Qt.KeyboardModifier.ControlModifier


def busy(ward: Ward, window: MainWindow) -> None:
    """Chair 1 runs, chair 3 is paused, chair 4 is past its plan, chair 7 is seated."""
    ward.start(ward.seat("4", mrn="7774821", initials="Quimby"))
    ward.clock.advance(60)
    ward.start(ward.seat("1", mrn="7774822", initials="Quimby"))
    ward.do(ward.start(ward.seat("3", initials="Quimby")), partial(pause_service, service="1"))
    ward.seat("7", initials="Quimby")
    ward.clock.advance(12)
    window.refresh()


def said_anywhere(root: QWidget) -> str:
    """Return everything a person or a screen reader meets in what is visible."""
    shown = [root, *root.findChildren(QWidget)]
    parts = [root.windowTitle()]
    for widget in (one for one in shown if one.isVisible()):
        parts += [widget.accessibleName(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            parts.append(widget.text())
    return " | ".join(part for part in parts if part)


def lock(window: MainWindow, qtbot: QtBot) -> Typist:
    hands = Typist(qtbot, window)
    hands.press(Qt.Key.Key_L, CONTROL)
    assert window.locking.is_locked
    return hands


def test_one_key_locks_and_every_name_goes(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    window.board.focus("1")
    assert "Quimby" in said_anywhere(window)
    assert "4822" in said_anywhere(window)
    lock(window, qtbot)
    told = said_anywhere(window)
    assert "Quimby" not in told
    assert "482" not in told
    assert "Vancomycin" not in told


def test_the_chairs_stay_with_their_state_as_word_figure_and_colour(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    lock(window, qtbot)
    shown = {
        chair: (tile.shown.spoken, tile.shown.tone) for chair, tile in window.locking.screen.tiles.items()
    }
    assert shown == {
        "1": ("Chair 1, running 0:12", "run"),
        "3": ("Chair 3, paused 12 min", "pause"),
        "4": ("Chair 4, past plan +12", "alert"),
        "7": ("Chair 7, seated", "due"),
    }
    assert window.locking.screen.summary.text() == "3 chairs running · 1 needs attention"
    assert window.locking.screen.time.text() == "10:12"


def test_time_goes_on_behind_the_lock(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    lock(window, qtbot)
    ward.clock.advance(5)
    window.refresh()
    assert window.locking.screen.tiles["1"].shown.figure == "0:17"


def test_one_touch_on_a_chair_stamps_the_moment_and_it_is_told_after_unlocking(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    lock(window, qtbot)
    hands = Mouse(qtbot)
    hands.click(window.locking.screen.tiles["4"])
    assert hands.touches == 1
    mark = ward.desk.suite.open_marks[0]
    assert (mark.chair, mark.at.at_us) == ("4", ward.clock.now().wall_us)
    assert window.locking.screen.said.text() == "Chair 4 · 10:12:00 stamped · saved"
    assert window.locking.screen.tiles["4"].accessibleName() == (
        "Chair 4, past plan +12, 10:12:00 stamped. Stamp this moment"
    )
    assert ward.in_chair("4").services[0].state is ServiceState.RUNNING
    hands.click(window.locking.screen.door.button)
    assert not window.locking.is_locked
    assert window.board.chair == "4"
    assert window.toast.text.startswith("1 moment was stamped while locked.")
    assert mark.id in window.board.panel.marks.buttons


def test_a_chair_is_stamped_from_the_keyboard_and_the_next_enter_unlocks(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    hands = lock(window, qtbot)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Return)
    assert [mark.chair for mark in ward.desk.suite.open_marks] == ["3"]
    hands.press(Qt.Key.Key_Return)
    assert not window.locking.is_locked
    assert len(ward.desk.suite.open_marks) == 1


def test_a_double_click_stamps_once(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    lock(window, qtbot)
    tile = window.locking.screen.tiles["1"]
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(tile, Qt.MouseButton.LeftButton)
    assert len(ward.desk.suite.open_marks) == 1


def test_a_touch_that_waits_for_the_disk_is_said_on_the_lock_screen_without_whose_it_is(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    ward.journal.is_full = True
    Mouse(qtbot).click(window.board.grid.cards[0].buttons[0])
    window.locking.lock()
    assert window.locking.screen.said.text() == "Not saved yet: 1 touch is kept and tried again every second."
    ward.journal.is_full = False
    window.touches.retry()
    assert window.locking.screen.said.text() == "What waited is saved now. Everything is on disk."


def test_a_stamp_that_a_full_disk_does_not_take_is_kept_and_the_lock_screen_says_so(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    lock(window, qtbot)
    ward.journal.is_full = True
    Mouse(qtbot).click(window.locking.screen.tiles["1"])
    assert window.locking.screen.said.text().startswith("Not saved yet: chair 1, 10:12:00.")
    ward.journal.is_full = False
    window.touches.retry()
    assert window.locking.screen.said.text().endswith("saved now. Everything is on disk.")
    assert len(ward.desk.suite.open_marks) == 1


@pytest.mark.parametrize("is_refused", [False, True])
def test_what_waited_from_before_the_lock_is_settled_without_a_name_and_told_after_it(
    ward: Ward, window: MainWindow, qtbot: QtBot, *, is_refused: bool
) -> None:
    busy(ward, window)
    ward.journal.is_full = True
    window.touches.send(seat_touch(window.station, "9", "7774829", "Quimby", window.station.stamp()))
    lock(window, qtbot)
    if is_refused:
        ward.journal.unstorable = "patient-seated"
    ward.journal.is_full = False
    window.touches.retry()
    told = said_anywhere(window)
    assert "Q." not in told
    assert "seated at" not in told
    assert ("1 touch that waited was not taken" in told) is is_refused
    assert ("What waited is saved now." in told) is not is_refused
    Mouse(qtbot).click(window.locking.screen.door.button)
    assert ("Not taken: Chair 9" in window.toast.text) is is_refused


@pytest.mark.parametrize("key", ["x", "p", "e", "u", "5", Qt.Key.Key_F1, Qt.Key.Key_Escape])
def test_no_key_of_the_board_does_anything_while_locked(
    ward: Ward, window: MainWindow, qtbot: QtBot, key: str | Qt.Key
) -> None:
    busy(ward, window)
    window.board.focus("1")
    stored = list(ward.journal.kinds)
    hands = lock(window, qtbot)
    hands.press(key)
    QTest.keyClick(window, key)  # type: ignore[arg-type]
    assert window.locking.is_locked
    assert ward.journal.kinds == stored
    assert window.sheets.sheet is None
    assert window.board.chair == "1"


def test_a_scan_neither_unlocks_nor_stamps(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    hands = lock(window, qtbot)
    hands.scan("0004821")
    assert window.locking.is_locked
    assert window.sheets.sheet is None


def test_unlocking_by_the_key_that_locked_goes_back_to_where_the_keyboard_was(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    window.board.focus("3")
    before = focused()
    hands = lock(window, qtbot)
    hands.press(Qt.Key.Key_L, CONTROL)
    assert not window.locking.is_locked
    assert focused() is before
    hands.press("x")
    assert ward.in_chair("3").services[0].state is ServiceState.STOPPED


def test_an_open_sheet_waits_out_of_sight_with_its_instant(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    perform(window.station, Deed.STOPPED_AT, "4", window.station.stamp())
    sheet = window.sheets.sheet
    window.locking.lock()
    assert not window.sheets.isVisible()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    Mouse(qtbot).click(window.locking.screen.door.button)
    assert window.sheets.sheet is sheet
    assert window.sheets.isVisible()
    window.sheets.close_sheet()


def test_the_rail_locks_with_one_click(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    Mouse(qtbot).click(window.rail.lock)
    assert window.locking.is_locked


def test_it_never_locks_by_itself_unless_the_suite_says_after_how_long(
    ward: Ward, window: MainWindow
) -> None:
    ward.clock.advance(600)
    window.refresh()
    assert not window.locking.is_locked


def test_it_locks_after_the_minutes_nobody_touched_the_computer(ward: Ward, window: MainWindow) -> None:
    ward.settings.set("lock-minutes", "5")
    window.refresh()
    ward.clock.advance(4)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    ward.clock.advance(4)
    window.refresh()
    assert not window.locking.is_locked
    ward.clock.advance(1)
    window.refresh()
    assert window.locking.is_locked


@pytest.mark.parametrize("wall", ["2026-03-02T06:00", "2026-03-02T12:00"])
def test_a_clock_that_is_moved_neither_holds_up_the_lock_nor_brings_it_on(
    ward: Ward, window: MainWindow, wall: str
) -> None:
    ward.settings.set("lock-minutes", "5")
    window.refresh()
    ward.clock.set_wall(wall)
    ward.clock.advance(4)
    window.refresh()
    assert not window.locking.is_locked
    ward.clock.advance(1)
    window.refresh()
    assert window.locking.is_locked


def test_the_first_page_has_nothing_to_lock(ward: Ward, window: MainWindow) -> None:
    assert not ward.desk.suite.sessions
    window.show_page("welcome")
    window.locking.lock()
    assert not window.locking.is_locked


def test_every_control_of_the_lock_screen_has_a_name_a_tab_stop_and_room_for_a_finger(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    lock(window, qtbot)
    found = [one for one in window.findChildren(QAbstractButton) if one.isVisible()]
    assert len(found) == 5
    for control in found:
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert control.height() >= 40


@pytest.mark.parametrize("percent", [100, 150])
def test_forty_chairs_fit_the_lock_screen_sideways(ward: Ward, window: MainWindow, percent: int) -> None:
    ward.settings.set("chairs", "40")
    ward.desk.set_chairs(ward.settings.chairs())
    for chair in ward.desk.suite.chairs:
        ward.seat(chair, mrn=f"00{chair}")
    window.theme.choose(text_percent=percent)
    window.resize(1280, 720)
    window.locking.lock()
    window.locking.screen.resize(1280, 720)
    right = max(tile.geometry().right() for tile in window.locking.screen.tiles.values())
    assert len(window.locking.screen.tiles) == 40
    assert right < 1280 - 40


def test_a_mark_without_a_patient_needs_no_lock(ward: Ward, window: MainWindow) -> None:
    ward.desk.mark(pressed(ward.clock.now().wall_us), chair="9")
    window.locking.lock()
    assert window.locking.screen.tiles == {}
    assert window.locking.screen.summary.text() == "0 chairs running · 1 needs attention"


def test_no_chair_is_out_of_sight_while_there_is_room_for_it(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.settings.values["chairs"] = "60"
    ward.desk.set_chairs(ward.settings.chairs())
    for at in range(1, 61):
        ward.seat(str(at), f"{at:07}")
    window.resize(1440, 900)
    window.refresh()
    lock(window, qtbot)
    screen = window.locking.screen
    qtbot.waitUntil(lambda: screen.findChildren(Scroll)[0].verticalScrollBar().maximum() == 0)
    assert screen.tiles["60"].visibleRegion().boundingRect().height() == screen.tiles["60"].height()


def test_a_locked_suite_in_which_nothing_runs_says_so(window: MainWindow, qtbot: QtBot) -> None:
    lock(window, qtbot)
    assert window.locking.screen.summary.text() == "Nothing is running."

"""Beside the window: the small strip, the tray, closing that hides, and leaving that says what runs on."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from desktop_app.core.care import add_note, pause_service
from desktop_app.core.service import ServiceState
from desktop_app.ui.beside import leaving
from desktop_app.ui.beside.quitting import LoseSheet, QuitSheet
from desktop_app.ui.beside.strip import Strip
from desktop_app.ui.beside.tray import Tray
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet, sheet_of

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|propagateSizeHints)\(\)")
"""Where nobody looks, windows are neither above nor below each other."""

CONTROL = Qt.KeyboardModifier.ControlModifier


def busy(ward: Ward, window: MainWindow) -> None:
    """Chair 4 is past its plan, chair 1 runs, chair 3 is paused, chair 7 is seated."""
    ward.start(ward.seat("4", initials="Quimby"))
    ward.clock.advance(60)
    ward.start(ward.seat("1", initials="Quimby"))
    ward.do(ward.start(ward.seat("3", initials="Quimby")), partial(pause_service, service="1"))
    ward.seat("7", initials="Quimby")
    ward.clock.advance(12)
    window.refresh()


@pytest.fixture
def strip(ward: Ward, window: MainWindow, qtbot: QtBot) -> Strip:
    """The strip of a busy suite, opened by its key."""
    busy(ward, window)
    Typist(qtbot, window).press(Qt.Key.Key_T, CONTROL)
    assert window.beside.strip.isVisible()
    qtbot.addWidget(window.beside.strip)
    return window.beside.strip


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A tray where there is none, and what it says."""
    said: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    monkeypatch.setattr(QSystemTrayIcon, "setVisible", lambda _icon, _visible: None)
    monkeypatch.setattr(Tray, "tell", lambda _tray, text: said.append(text))
    return said


def tray_of(window: MainWindow) -> Tray:
    """Return the window's tray, opened now."""
    window.beside.open_tray()
    window.refresh()
    tray = window.beside.leaving.tray
    assert tray is not None
    return tray


def test_the_strip_shows_what_is_timed_and_nothing_of_a_patient(strip: Strip) -> None:
    assert [chip.shown.spoken for chip in strip.chips.values()] == [
        "Chair 1, running 0:12",
        "Chair 3, paused 12 min",
        "Chair 4, past plan +12",
    ]
    for control in strip.findChildren(QAbstractButton):
        assert "Quimby" not in control.accessibleName() + control.toolTip() + control.text()
        assert control.accessibleName()
        assert control.height() >= 40
    assert "Quimby" not in strip.windowTitle()


def test_tab_goes_over_the_strips_chairs_and_then_to_its_way_out(strip: Strip) -> None:
    strip.activateWindow()
    strip.chips["1"].setFocus()
    visited = []
    for _ in range(3):
        QTest.keyClick(strip, Qt.Key.Key_Tab)
        visited.append(focused())
    assert visited == [strip.chips["3"], strip.chips["4"], strip.close_button]


def test_the_strip_says_that_a_touch_is_not_on_disk_until_it_is(
    ward: Ward, window: MainWindow, strip: Strip
) -> None:
    ward.journal.is_full = True
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    assert strip.unsaved.isVisible()
    assert strip.unsaved.text() == "1 not saved yet"
    ward.journal.is_full = False
    window.touches.retry()
    window.refresh()
    assert not strip.unsaved.isVisible()


def test_the_strip_stays_above_other_windows_and_does_not_take_the_keyboard(strip: Strip) -> None:
    assert strip.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert strip.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_the_strip_goes_on_with_the_second(ward: Ward, window: MainWindow, strip: Strip) -> None:
    ward.clock.advance(1)
    window.refresh()
    assert strip.chips["1"].shown.figure == "0:13"
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    assert list(strip.chips) == ["3", "4"]


def test_a_click_on_the_strip_goes_to_the_chair(window: MainWindow, strip: Strip, qtbot: QtBot) -> None:
    window.show_page("settings")
    window.showMinimized()
    Mouse(qtbot).click(strip.chips["3"])
    assert not window.isMinimized()
    assert window.page == "board"
    assert window.board.chair == "3"


def test_a_click_on_the_strip_shows_nothing_of_a_locked_window(
    window: MainWindow, strip: Strip, qtbot: QtBot
) -> None:
    window.locking.lock()
    Mouse(qtbot).click(strip.chips["3"])
    assert window.locking.is_locked
    assert not window.board.isVisible()


def test_the_strip_keeps_its_place(ward: Ward, window: MainWindow, strip: Strip) -> None:
    strip.move(40, 60)
    strip.keep_place()
    assert ward.settings.get("strip-place") == "40,60"
    window.beside.toggle_strip()
    strip.move(5, 5)
    window.beside.toggle_strip()
    assert strip.pos() == QPoint(40, 60)


def test_a_place_that_is_on_no_screen_any_more_is_given_up(ward: Ward, strip: Strip) -> None:
    ward.settings.set("strip-place", "90000,90000")
    assert QGuiApplication.primaryScreen().geometry().contains(strip.place())


def test_the_strip_goes_by_its_key_by_esc_and_by_its_button(
    window: MainWindow, strip: Strip, qtbot: QtBot
) -> None:
    Mouse(qtbot).click(strip.close_button)
    assert not strip.isVisible()
    Mouse(qtbot).click(window.rail.strip)
    assert strip.isVisible()
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    assert not strip.isVisible()


def test_with_nothing_running_the_strip_says_so(window: MainWindow, qtbot: QtBot) -> None:
    window.beside.toggle_strip()
    qtbot.addWidget(window.beside.strip)
    assert window.beside.strip.chips == {}
    assert window.beside.strip.findChildren(QAbstractButton) == [window.beside.strip.close_button]


def test_forty_running_chairs_take_rows_and_no_more_than_the_screen(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    ward.settings.set("chairs", "40")
    ward.desk.set_chairs(ward.settings.chairs())
    for chair in ward.desk.suite.chairs:
        ward.start(ward.seat(chair, mrn=f"00{chair}"))
    window.beside.toggle_strip()
    qtbot.addWidget(window.beside.strip)
    assert len(window.beside.strip.chips) == 40
    assert window.beside.strip.width() <= QGuiApplication.primaryScreen().availableGeometry().width()


def test_closing_without_a_tray_minimises_and_says_so_once(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    window.close()
    assert window.isMinimized()
    assert ward.session(session.id).open_services
    window.showNormal()
    qtbot.waitUntil(lambda: window.toast.text == leaving.MINIMISED)
    window.toast.hide()
    window.close()
    window.showNormal()
    assert window.toast.text == ""


@pytest.mark.usefixtures("told")
def test_a_closed_window_goes_on_ticking(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    tray = tray_of(window)
    window.close()
    assert not window.isVisible()
    ward.start(ward.seat("2"))
    window.ticker.tick()
    assert tray.icon.toolTip() == "Chairtime · 2 chairs running"


def test_closing_with_a_tray_hides_and_says_so_once(ward: Ward, window: MainWindow, told: list[str]) -> None:
    session = ward.start(ward.seat("1"))
    tray = tray_of(window)
    window.close()
    assert not window.isVisible()
    assert told == [leaving.HIDDEN]
    assert ward.session(session.id).open_services
    tray.window_wanted.emit()
    assert window.isVisible()
    window.close()
    assert told == [leaving.HIDDEN]


@pytest.mark.usefixtures("told")
def test_the_tray_says_how_many_run_and_leads_everywhere(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    busy(ward, window)
    tray = tray_of(window)
    assert tray.icon.toolTip() == "Chairtime · 3 chairs running"
    assert [action.text() for action in tray.actions.values()] == [
        "Hide Chairtime",
        "Small strip",
        "Lock",
        "Quit…",
    ]
    tray.actions["Small strip"].trigger()
    qtbot.addWidget(window.beside.strip)
    assert window.beside.strip.isVisible()
    tray.actions["Lock"].trigger()
    assert window.locking.is_locked
    tray.actions["Show Chairtime"].trigger()
    assert not window.isVisible()
    window.refresh()
    assert tray.actions["Show Chairtime"].text() == "Show Chairtime"


def test_drawing_the_tray_leaves_the_letters_of_the_window_alone(window: MainWindow) -> None:
    before = window.theme.font(13, bold=True).pixelSize()
    Tray(window.theme, window).show_running(7)
    assert window.theme.font(13, bold=True).pixelSize() == before


def test_quitting_says_what_still_runs_and_enter_stays(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    hands = Typist(qtbot, window)
    hands.press(Qt.Key.Key_Q, CONTROL)
    asked = sheet(window)
    assert isinstance(asked, QuitSheet)
    assert asked.accessibleName() == "Quit Chairtime? 3 chairs still run"
    assert focused() is asked.stay
    hands.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert not window.beside.leaving.is_quitting


def test_quitting_leaves_every_service_running(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    window.show_page("settings")
    stored = list(ward.journal.kinds)
    hands = Mouse(qtbot)
    hands.click(window.settings.quit)
    hands.click(sheet(window).quit)  # type: ignore[attr-defined]
    assert not window.isVisible()
    assert window.beside.leaving.is_quitting
    assert ward.journal.kinds == stored
    assert ward.in_chair("1").services[0].state is ServiceState.RUNNING


def test_with_nothing_running_quitting_takes_one_touch(window: MainWindow, qtbot: QtBot) -> None:
    Typist(qtbot, window).press(Qt.Key.Key_Q, CONTROL)
    assert not window.isVisible()


def test_quitting_waits_for_what_is_not_on_disk(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full = True
    pause = partial(pause_service, service="1")
    window.station.touch(session, "Vancomycin paused", pause, window.station.stamp())
    window.beside.leaving.quit()
    assert window.isVisible()
    assert "stays open until it is saved" in window.not_saved.text
    window.sheets.close_sheet()
    ward.journal.is_full = False
    window.beside.leaving.quit()
    assert not window.isVisible()


def test_what_is_on_no_disk_is_told_and_lost_only_knowingly(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    ward.journal.is_full = True
    for number in range(14):
        note = partial(add_note, text=f"note {number}")
        window.station.touch(session, f"note {number} at 09:00:00", note, window.station.stamp())
    window.beside.leaving.quit()
    asked = sheet_of(window, LoseSheet)
    assert asked.accessibleName() == "14 touches are not saved"
    told = " ".join(label.text() for label in asked.findChildren(QLabel))
    assert "Chair 1 · note 0 at 09:00:00" in told
    assert "and 2 more" in told
    assert "Write these down first" in told
    Typist(qtbot, window).press(Qt.Key.Key_Return)
    assert [window.sheets.sheet, window.isVisible()] == [None, True]
    window.beside.leaving.quit()
    Mouse(qtbot).click(sheet_of(window, LoseSheet).quit)
    assert not window.isVisible()
    assert window.beside.leaving.is_quitting
    assert len(window.touches.kept) == 14


def test_a_locked_window_is_not_quit(ward: Ward, window: MainWindow) -> None:
    busy(ward, window)
    window.locking.lock()
    window.beside.leaving.ask_to_quit()
    assert window.sheets.sheet is None
    assert window.locking.screen.said.text() == "Unlock first, then quit."


def test_a_log_out_is_not_held_up(ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(ward, window)
    monkeypatch.setattr(leaving, "_is_session_over", lambda: True)
    event = QCloseEvent()
    assert window.beside.leaving.closes(event)
    assert event.isAccepted()


def test_the_desktops_own_way_to_quit_asks_too(ward: Ward, window: MainWindow, qtbot: QtBot) -> None:
    busy(ward, window)
    assert not window.beside.leaving._may_quit()  # noqa: SLF001 - what the application asks
    qtbot.waitUntil(lambda: isinstance(window.sheets.sheet, QuitSheet))
    window.beside.leaving.quit()
    assert window.beside.leaving._may_quit()  # noqa: SLF001 - as above

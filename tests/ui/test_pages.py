"""Review, settings and welcome in a real window, and what Qt's binding owes to the interpreter."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.stay import end_session
from desktop_app.ui.review.review_model import Standing
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import sheet


def test_the_review_lists_what_is_blocked_first(ward: Ward, window: MainWindow) -> None:
    first = ward.do(ward.seat("1"), end_session)
    second = ward.do(ward.start(ward.seat("2")), end_session)
    window.show_page("review")
    review = window.review
    assert [(one.id, review.rows.standing(one.id)) for one in review.rows.sessions] == [
        (second.id, Standing.BLOCKED),
        (first.id, Standing.WAITING),
    ]
    assert review.list.sessions.item(0).detail == "No stop: Vancomycin"
    assert not review.sign_button.isEnabled()


def test_a_session_is_held_with_its_reason_and_released(ward: Ward, window: MainWindow) -> None:
    session = ward.do(ward.seat("1"), end_session)
    window.show_page("review")
    window.review.hold_button.click()
    asking = sheet(window)
    assert isinstance(asking, ReasonSheet)
    asking.reason.set_text("wrong order")
    asking.confirm(now=False)
    assert ward.session(session.id).hold_reason == "wrong order"
    assert not window.review.sign_button.isEnabled()
    window.review.hold_button.click()
    assert ward.session(session.id).hold_reason == ""


def test_a_refused_setting_says_so_in_place_and_the_old_value_stays(ward: Ward, window: MainWindow) -> None:
    window.show_page("settings")
    entry = window.settings.entries["chairs"]
    entry.field.edit.setText("900")
    QTest.keyClick(entry.field.edit, Qt.Key.Key_Return)
    assert entry.problem.text() == (
        "Number of chairs: must be a whole number from 1 to 60. The old value stays; “900” was typed."
    )
    assert entry.field.text == "12"
    assert ward.settings.values["chairs"] == "12"


def test_why_a_setting_was_refused_is_scrolled_into_sight(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    window.show_page("settings")
    entry, scroll = window.settings.entries["near-minutes"], window.settings._scroll  # noqa: SLF001 - as below
    # The field's lower edge is the page's, as after a scroll by hand.
    below = entry.field.mapTo(window, entry.field.rect().bottomLeft()).y()
    edge = scroll.viewport().mapTo(window, scroll.viewport().rect().bottomLeft()).y()
    bar = scroll.verticalScrollBar()
    bar.setValue(bar.value() + below - edge)
    entry.field.edit.setText("soon")
    QTest.keyClick(entry.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entry.problem.visibleRegion().boundingRect().height() == entry.problem.height())


@pytest.mark.parametrize("count", ["1", "60"])
def test_the_board_has_as_many_chairs_as_the_settings_say(window: MainWindow, count: str) -> None:
    window.show_page("settings")
    entry = window.settings.entries["chairs"]
    entry.field.edit.setText(count)
    QTest.keyClick(entry.field.edit, Qt.Key.Key_Return)
    window.show_page("board")
    assert len(window.board.grid.cards) == int(count)


@pytest.fixture
def unconfigured(ward: Ward) -> Ward:
    ward.settings.values["cpt-licence"] = "no"
    return ward


def test_the_first_start_asks_and_then_shows_the_board(unconfigured: Ward, window: MainWindow) -> None:
    assert window.page == "welcome"
    window.welcome.finish()
    assert "CPT licence" in window.welcome.faults["cpt-licence"].text()
    window.welcome.suite.set_text("North wing")
    window.welcome.who.set_text("AK")
    window.welcome.chairs.set_text("20")
    window.welcome.setting.take("facility")
    window.welcome.licence.setChecked(True)
    window.welcome.finish()
    assert window.page == "board"
    assert len(window.board.grid.cards) == 20
    assert unconfigured.settings.values["setting"] == "facility"
    assert "North wing" in window.windowTitle()


def test_a_call_into_qt_costs_the_interpreter_no_none() -> None:
    named = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        named.setObjectName("name")
    assert sys.getrefcount(None) > before - 500

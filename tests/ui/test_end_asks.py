"""Ending asks about what is left, once; Enter ends, but never stops anything that runs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.care import acknowledge_reminder
from desktop_app.core.decisions import pressed
from desktop_app.core.reminders import Reminds
from desktop_app.core.session import Session, Stage
from desktop_app.ui.sheets.end import EndSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused, sheet_of

WATCHED = replace(VANCOMYCIN, observe_minutes=30)


def stopped(ward: Ward, order: object = VANCOMYCIN) -> Session:
    session = ward.start(ward.seat("5"), VANCOMYCIN if order is VANCOMYCIN else WATCHED)
    ward.clock.advance(50)
    return ward.stop(session)


def ask(window: MainWindow, typist: Typist) -> EndSheet:
    window.refresh()
    window.board.focus("5")
    typist.press("e")
    return sheet_of(window, EndSheet)


def test_with_nothing_left_the_session_ends_at_once(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = stopped(ward)
    window.board.focus("5")
    typist.press("e")
    assert window.sheets.sheet is None
    assert ward.session(session.id).stage is Stage.ENDED


def test_a_watch_that_is_not_over_is_told_and_enter_ends(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = stopped(ward, WATCHED)
    ward.clock.advance(10)
    asked = ask(window, typist)
    assert asked.left == ("To be watched until: 10:20.",)
    assert asked.missing.isHidden()
    assert ward.session(session.id).stage is Stage.OPEN
    at_us = ward.clock.now().wall_us
    ward.clock.advance(2)
    typist.press(Qt.Key.Key_Return)
    ended = ward.session(session.id)
    assert (ended.stage, ended.ended and ended.ended.at_us) == (Stage.ENDED, at_us)


def test_a_watch_that_is_over_is_nothing_left(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = stopped(ward, WATCHED)
    ward.clock.advance(30)
    window.board.focus("5")
    typist.press("e")
    assert ward.session(session.id).stage is Stage.ENDED


def test_what_is_planned_and_not_given_and_open_marks_of_the_chair_are_told(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.plan(ward.plan(stopped(ward), SALINE), DIPHENHYDRAMINE)
    for chair in ("5", "6", "5"):
        ward.clock.advance(1)
        ward.desk.mark(pressed(ward.clock.now().wall_us), chair=chair)
    asked = ask(window, typist)
    assert asked.left == (
        "Planned and not given: Normal saline, Diphenhydramine.",
        "Marks of this chair without a meaning: 09:51:00, 09:53:00.",
    )
    assert asked.go.text() == "End session"
    typist.press(Qt.Key.Key_Escape)
    assert ward.session(session.id).stage is Stage.OPEN


def test_shift_enter_ends_at_the_moment_of_pressing(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.plan(stopped(ward), SALINE)
    ask(window, typist)
    ward.clock.advance(4)
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    ended = ward.session(session.id).ended
    assert ended is not None
    assert ended.at_us == ward.clock.now().wall_us


def test_shift_enter_over_what_runs_stops_it_at_the_moment_of_pressing_too(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"))
    ask(window, typist)
    ward.clock.advance(4)
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    ended = ward.session(session.id)
    stop = ended.services[0].stop
    assert stop is not None
    assert (ended.stage, stop.at_us) == (Stage.ENDED, ward.clock.now().wall_us)


@pytest.mark.parametrize("runs", [True, False])
def test_the_letter_for_a_missing_stop_is_one_only_where_something_runs(
    ward: Ward, window: MainWindow, typist: Typist, *, runs: bool
) -> None:
    session = ward.start(ward.seat("5")) if runs else ward.plan(stopped(ward), SALINE)
    asked = ask(window, typist)
    assert asked.missing.isHidden() != runs
    typist.press("m")
    assert (ward.session(session.id).stage is Stage.ENDED) == runs
    assert bool(ward.session(session.id).missing_stops) == runs


def test_a_pump_that_goes_home_running_is_neither_asked_about_nor_stopped(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"), replace(VANCOMYCIN, pump=True))
    window.board.focus("5")
    typist.press("e")
    ended = ward.session(session.id)
    assert (ended.stage, ended.services[0].is_open) == (Stage.ENDED, True)


def test_after_a_stop_is_told_the_keyboard_is_on_the_card_and_a_second_enter_ends_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("5"))
    ward.clock.advance(75)
    window.refresh()
    card = window.board.grid.card("5")
    assert card is not None
    assert card.buttons[1].text() == "Stopped at…"
    card.buttons[1].setFocus()
    typist.press(Qt.Key.Key_Return)
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return):
        typist.press(key)
    assert not ward.session(session.id).open_services
    assert focused() is card
    typist.press(Qt.Key.Key_Return)
    assert ward.session(session.id).stage is Stage.OPEN
    assert focused() is not card.buttons[1]


def test_leaving_the_question_of_the_end_leaves_the_keyboard_on_the_card_and_not_on_the_end(
    ward: Ward, window: MainWindow, typist: Typist, mouse: Mouse
) -> None:
    ward.start(ward.seat("5"))
    window.refresh()
    window.board.focus("5")
    mouse.click(window.board.panel.end)
    assert isinstance(window.sheets.sheet, EndSheet)
    typist.press(Qt.Key.Key_Escape)
    assert focused() is window.board.grid.card("5")


def test_a_watch_that_was_seen_before_its_time_is_still_told(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = stopped(ward, WATCHED)
    seen = partial(
        acknowledge_reminder, service="1", reminder=Reminds.PLAN_END.value, due_us=ward.clock.now().wall_us
    )
    ward.do(session, seen)
    assert ask(window, typist).left == ("To be watched until: 10:20.",)

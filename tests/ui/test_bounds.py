"""Seated, start, stop, now: in that order, and refused where the time is chosen; only late is never wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from desktop_app.core.care import pause_service, resume_service
from desktop_app.core.decisions import pressed
from desktop_app.core.session import Session
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import CorrectSheet, ask_correction
from desktop_app.ui.sheets.mark import ask_meaning
from desktop_app.ui.sheets.started_at import StartedAtSheet, ask_started_at
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist, sheet_of

EARLY = "The {} of Vancomycin would be before {}."
LATE = "The {} of Vancomycin would be after {}."


def minutes(ward: Ward, session: Session, *deeds: tuple[int, Callable[..., object]]) -> Session:
    for passed, deed in deeds:
        ward.clock.advance(passed)
        session = ward.do(session, partial(deed, service="1"))  # type: ignore[arg-type]
    return session


def lived(ward: Ward) -> Session:
    """Seated 09:00, started 09:10, paused 09:20 to 09:30, stopped 09:40; it is 10:00."""
    session = ward.seat("1")
    ward.clock.advance(10)
    session = minutes(ward, ward.start(session), (10, pause_service), (10, resume_service))
    ward.clock.advance(10)
    session = ward.stop(session)
    ward.clock.advance(20)
    return session


@pytest.mark.parametrize(
    ("what", "typed", "said"),
    [
        ("start", "08:59", EARLY.format("start", "the patient was seated")),
        ("start", "09:00", ""),
        ("start", "09:20", ""),
        ("start", "09:21", LATE.format("start", "its pause")),
        ("pause", "09:09", EARLY.format("pause", "its start")),
        ("pause", "09:31", LATE.format("pause", "its resume")),
        ("resume", "09:19", EARLY.format("resume", "its pause")),
        ("resume", "09:41", LATE.format("resume", "its stop")),
        ("stop", "09:29", EARLY.format("stop", "its resume")),
        ("stop", "09:30", ""),
        ("stop", "10:00", ""),
        ("stop", "10:01", EARLY.format("stop", "its resume")),
    ],
)
def test_a_corrected_time_stays_between_its_neighbours_and_is_refused_as_it_is_typed(
    ward: Ward, window: MainWindow, typist: Typist, what: str, typed: str, said: str
) -> None:
    session = lived(ward)
    ask_correction(window.station, session, session.services[0], what)
    asked = sheet_of(window, CorrectSheet)
    asked.at.clock.setFocus()
    asked.at.clock.selectAll()
    typist.type(typed)
    assert asked.problem == said
    assert ward.session(session.id) == session


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("08:59", "That is before the patient was seated at 09:00:00."),
        ("09:00", ""),
        ("09:30", ""),
        # A time of day that has not come yet is yesterday's: nobody can choose one to come.
        ("09:31", "That is before the patient was seated at 09:00:00."),
    ],
)
def test_a_true_start_lies_between_the_seating_and_now(
    ward: Ward, window: MainWindow, typist: Typist, typed: str, said: str
) -> None:
    session = ward.plan(ward.seat("1"))
    ward.clock.advance(30)
    ask_started_at(window.station, session, session.services[0])
    asked = sheet_of(window, StartedAtSheet)
    asked.known.at.clock.setFocus()
    asked.known.at.clock.selectAll()
    typist.type(typed)
    asked.known.how.chip("saw").click()
    assert asked.problem == said
    if said:
        asked.go.click()
        assert sheet_of(window, StartedAtSheet).problem == said
        assert ward.session(session.id) == session


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("09:09", "The stop would be before the start of Vancomycin at 09:10:00."),
        ("09:10", ""),
        ("14:10", ""),
        ("14:11", "The stop would be before the start of Vancomycin at 09:10:00."),
    ],
)
def test_a_true_stop_lies_between_the_start_and_now_however_late(
    ward: Ward, window: MainWindow, typist: Typist, typed: str, said: str
) -> None:
    session = ward.seat("1")
    ward.clock.advance(10)
    session = ward.start(session)
    ward.clock.advance(5 * 60)
    perform(window.station, Deed.STOPPED_AT, "1", window.station.stamp())
    asked = sheet_of(window, StoppedAtSheet)
    asked.at.clock.setFocus()
    asked.at.clock.selectAll()
    typist.type(typed)
    asked.how.chip("saw").click()
    assert asked.problem == said
    assert ward.session(session.id) == session


def test_a_stop_hours_after_the_plan_and_after_the_end_of_the_session_is_taken(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"), VANCOMYCIN)
    ward.clock.advance(30 * 60)
    window.refresh()
    typist.press("1")
    typist.press("x")
    stop = ward.in_chair("1").services[0].stop
    assert stop is not None
    assert stop.at_us == ward.clock.now().wall_us


def test_a_mark_from_before_the_seating_is_no_start_there_and_says_why(
    ward: Ward, window: MainWindow
) -> None:
    ward.desk.mark(pressed(ward.clock.now().wall_us), chair="1")
    ward.clock.advance(5)
    session = ward.plan(ward.seat("1"), SALINE)
    (mark,) = ward.desk.suite.open_marks
    ask_meaning(window.station, mark, session)
    sheet_of(window, ChooseSheet).choices["Start of Normal saline"].click()
    assert window.toast.text == "Not done. That is before the patient was seated at 09:05:00."
    assert ward.desk.suite.open_marks == (mark,)
    assert ward.session(session.id) == session


def test_a_clock_that_was_set_back_while_a_drug_runs_makes_no_stop_before_its_start(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("1")
    window.refresh()
    typist.press("1")
    typist.press("a")
    window.sheets.close_sheet()
    ward.start(session)
    ward.clock.advance(20)
    ward.clock.set_wall("2026-03-02T08:00")
    typist.press("x")
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    assert stop.at_us == at("2026-03-02T09:20")

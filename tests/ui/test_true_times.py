"""Stopped at… and Started at…: the true time and how it is known, refused in place where it cannot be."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.corrections import not_witnessed
from desktop_app.core.moments import MINUTE_US, SECOND_US, HowKnown, Moment
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.panel.service_menu import items
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.sheets.started_at import StartedAtSheet
from desktop_app.ui.sheets.stopped_at import StoppedAtSheet
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.when_choice import WhenChoice
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, at
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, Ward
from tests.ui.hands import Mouse, Typist, focused, sheet, sheet_of

TEN = at("2026-03-02T10:00")


def choice(qtbot: QtBot, from_us: int = TEN, now_us: int = TEN) -> WhenChoice:
    made = WhenChoice(Theme(), "Stopped", from_us, lambda: now_us, NEW_YORK)
    qtbot.addWidget(made)
    return made


def ask_stop(window: MainWindow, chair: str = "1") -> StoppedAtSheet:
    perform(window.station, Deed.STOPPED_AT, chair, window.station.stamp())
    asked = sheet(window)
    assert isinstance(asked, StoppedAtSheet)
    return asked


def stop_of(ward: Ward, session: Session) -> Moment:
    stop = ward.session(session.id).services[0].stop
    assert stop is not None
    return stop


def do_item(window: MainWindow, session: Session, text: str) -> None:
    """Press what the service's row offers under a text."""
    dict(items(window.station, session, session.services[0]))[text]()


def test_a_time_is_judged_when_it_is_typed_and_not_when_the_question_was_opened(
    ward: Ward, window: MainWindow
) -> None:
    session = ward.start(ward.seat("1"))
    asked = ask_stop(window)
    ward.clock.advance(15)
    asked.at.clock.setText("09:10")
    asked.at.clock.textEdited.emit("09:10")
    asked.how.chip("saw").click()
    assert "09:10" in asked.go.text()
    asked.go.click()
    assert stop_of(ward, session).at_us == at("2026-03-02T09:10")


def test_a_time_of_another_day_says_which_day(qtbot: QtBot) -> None:
    made = choice(qtbot)
    for typed, told in (
        ("09:50", "09:50"),
        ("14:00", "14:00 yesterday"),
        ("-999", "17:21 yesterday"),
        ("", "10:00"),
    ):
        made.clock.textEdited.emit(typed)
        assert made.words() == told


def test_each_press_of_minus_one_or_five_goes_further_back(qtbot: QtBot) -> None:
    made = choice(qtbot)
    for chip in (made.back_5, made.back_5, made.back_1):
        chip.click()
    assert made.at_us() == TEN - 11 * MINUTE_US
    assert made.clock.text() == "09:49"
    assert not made.first.isChecked()
    made.first.click()
    assert made.at_us() == TEN
    assert made.first.isChecked()


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("-12", 12), ("−5", 5), ("0955", 5), ("9:55", 5), ("10:00", 0), ("", 0), ("-0", 0)],
)
def test_a_clock_time_or_minutes_back_can_be_typed(qtbot: QtBot, typed: str, minutes: int) -> None:
    made = choice(qtbot)
    made.clock.setText(typed)
    made.clock.textEdited.emit(typed)
    assert made.at_us() == TEN - minutes * MINUTE_US


def test_what_cannot_be_read_is_not_drawn_as_taken(qtbot: QtBot) -> None:
    made = choice(qtbot)
    for typed, is_taken in (("25:00", False), ("8:58", True)):
        made.clock.setText(typed)
        made.clock.textEdited.emit(typed)
        assert made.clock.property("taken") is is_taken


def test_the_name_of_an_offset_is_typed_behind_a_time_where_clocks_are_put_back(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    window.board.focus("1")
    typist.press("t")
    opened = sheet_of(window, StoppedAtSheet)
    typist.type("8:55 EST")
    assert opened.known.at.clock.text() == "8:55 EST"


@pytest.mark.parametrize("typed", ["25:00", "soon", "-", "-1000", "10:7"])
def test_what_is_no_time_is_none(qtbot: QtBot, typed: str) -> None:
    made = choice(qtbot)
    made.clock.textEdited.emit(typed)
    assert made.at_us() is None
    assert made.words() == "…"
    made.back_1.click()
    assert made.at_us() == TEN - MINUTE_US


def test_the_arrows_go_by_a_minute_the_page_keys_by_five_and_never_past_now(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    ward.clock.advance(60)
    asked = ask_stop(window)
    assert focused() is asked.at.clock
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Up):
        typist.press(key)
    assert asked.at.clock.text() == "09:50"
    for _ in range(4):
        typist.press(Qt.Key.Key_PageUp)
    assert asked.at.at_us() == ward.clock.now().wall_us


def test_seconds_are_shown_where_there_are_any_and_none_is_lost(qtbot: QtBot) -> None:
    exact = TEN + 7 * SECOND_US + 123
    made = choice(qtbot, exact, exact)
    assert made.words() == "10:00:07"
    made.clock.textEdited.emit("10:00:07")
    assert made.at_us() == exact
    made.back_1.click()
    assert (made.words(), made.at_us()) == ("09:59:07", exact - MINUTE_US)


@pytest.mark.parametrize(
    ("how", "known"), [("saw", HowKnown.BACK_DATED), ("pump", HowKnown.PUMP), ("chart", HowKnown.CHARTED)]
)
def test_a_true_stop_keeps_how_it_is_known_and_its_note(
    ward: Ward, window: MainWindow, how: str, known: HowKnown
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(72)
    asked = ask_stop(window)
    asked.at.back_5.click()
    asked.how.chip(how).click()
    asked.note.set_text("Pump history shows end of bag")
    assert asked.go.text() == "Stop at 10:07"
    asked.confirm(now=False)
    now_us = ward.clock.now().wall_us
    assert stop_of(ward, session) == Moment(now_us - 5 * MINUTE_US, known, now_us, "AK")
    (note,) = ward.session(session.id).notes
    assert (note.text, note.service) == ("Pump history shows end of bag", "1")


def test_just_now_seen_by_whoever_asks_is_pressed(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(20)
    asked = ask_stop(window)
    asked.how.chip("saw").click()
    asked.confirm(now=False)
    assert stop_of(ward, session).how is HowKnown.PRESSED


def test_a_time_that_cannot_be_is_said_as_soon_as_it_is_chosen(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    ward.clock.advance(7)
    asked = ask_stop(window)
    asked.how.chip("pump").click()
    asked.at.back_5.click()
    assert asked.problem == ""
    asked.at.back_5.click()
    assert asked.problem == "The stop would be before the start of Vancomycin at 09:00:00."
    asked.at.first.click()
    assert asked.problem == ""


def test_a_stop_is_never_refused_for_being_late(ward: Ward, window: MainWindow) -> None:
    session = ward.do(ward.start(ward.seat("1")), end_session)
    ward.clock.advance(20 * 60)
    asked = ask_stop(window)
    asked.how.chip("chart").click()
    asked.at.clock.textEdited.emit("05:00")
    asked.still_ran.click()
    assert asked.problem == ""
    asked.confirm(now=False)
    assert stop_of(ward, session).at_us == ward.clock.now().wall_us


def test_still_running_is_an_answer_once_the_plan_is_over(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(72)
    asked = ask_stop(window)
    Mouse(qtbot).click(asked.back)
    (seen,) = ward.session(session.id).acknowledged
    assert (seen.service, seen.reminder, seen.due_us) == ("1", "plan-end", TEN)
    assert window.toast.text == "Chair 1 · Vancomycin still running · saved"
    assert window.sheets.sheet is None
    assert ward.session(session.id).open_services


def test_before_the_plan_is_over_it_records_nothing_and_neither_does_escape(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    ward.clock.advance(30)
    stored = len(ward.journal.kinds)
    ask_stop(window).back.click()
    ward.clock.advance(40)
    ask_stop(window)
    typist.press(Qt.Key.Key_Escape)
    assert window.sheets.sheet is None
    assert len(ward.journal.kinds) == stored


def test_a_planned_service_can_have_started_earlier(ward: Ward, window: MainWindow) -> None:
    session = ward.plan(ward.seat("1"))
    ward.clock.advance(30)
    do_item(window, session, "Started at…")
    asked = sheet(window)
    assert isinstance(asked, StartedAtSheet)
    assert (asked.go.text(), asked.go.isEnabled()) == ("Choose how it is known", False)
    asked.known.at.back_5.click()
    asked.known.how.chip("saw").click()
    asked.known.note.set_text("hung by MB")
    assert asked.go.text() == "Start at 09:25"
    asked.confirm(now=False)
    service = ward.session(session.id).services[0]
    assert service.start == Moment(
        at("2026-03-02T09:25"), HowKnown.BACK_DATED, ward.clock.now().wall_us, "AK"
    )
    assert ward.session(session.id).notes[0].text == "hung by MB"


def test_no_start_is_before_the_patient_was_seated(ward: Ward, window: MainWindow) -> None:
    session = ward.plan(ward.seat("1"), DIPHENHYDRAMINE)
    ward.clock.advance(3)
    do_item(window, session, "Given at…")
    asked = sheet(window)
    assert isinstance(asked, StartedAtSheet)
    asked.known.how.chip("saw").click()
    asked.known.at.back_5.click()
    assert asked.problem == "That is before the patient was seated at 09:00:00."
    asked.confirm(now=False)
    assert ward.session(session.id).services[0].state is ServiceState.PLANNED


def test_once_stopped_the_same_key_corrects_the_stop(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    ward.stop(session)
    window.refresh()
    typist.press("1")
    typist.press("t")
    asked = sheet(window)
    assert isinstance(asked, CorrectSheet)
    asked.how.chip("pump").click()
    asked.usual["Pump log"].click()
    asked.at.clock.setFocus()
    typist.enter("-5")
    assert stop_of(ward, session).at_us == at("2026-03-02T09:25")
    (correction,) = ward.session(session.id).services[0].corrections
    assert (correction.reason, correction.after.how) == ("Pump log", HowKnown.PUMP)


def test_a_reason_says_how_a_time_is_known_only_where_it_does_and_nobody_has_said_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.stop(ward.start(ward.seat("1")))
    window.refresh()
    typist.press("1")
    typist.press("t")
    asked = sheet(window)
    assert isinstance(asked, CorrectSheet)
    asked.usual["Busy at another chair"].click()
    assert (asked.how.taken, asked.go.isEnabled()) == ("", False)
    asked.how.chip("chart").click()
    asked.usual["Pump log"].click()
    assert (asked.how.taken, asked.reason.text) == ("chart", "Pump log")


def test_a_correction_that_cannot_be_is_said_before_the_reason_is_written(
    ward: Ward, window: MainWindow
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    session = ward.stop(session)
    do_item(window, session, "Correct the start…")
    asked = sheet(window)
    assert isinstance(asked, CorrectSheet)
    asked.at.back_1.click()
    assert asked.problem == "The start of Vancomycin would be before the patient was seated."
    asked.at.first.click()
    assert asked.problem == ""


def test_a_stop_is_taken_back_in_one_press_and_one_undo_brings_it_back(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    session = ward.stop(session)
    window.refresh()
    do_item(window, session, "It still runs")
    assert window.sheets.sheet is None
    assert window.toast.text == "Chair 1 · Vancomycin runs on · saved"
    running = ward.session(session.id).services[0]
    assert (running.stop, running.start) == (None, session.services[0].start)
    typist.press("u")
    assert stop_of(ward, session) == session.services[0].stop


def test_a_second_stop_is_kept_beside_the_first(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    ward.clock.advance(30)
    typist.press("1")
    typist.press("x")
    first = stop_of(ward, session)
    ward.clock.advance(us=5 * SECOND_US)
    typist.press("x")
    assert window.toast.text == "Not done. Vancomycin has stopped already, at 09:30:00."
    ward.clock.advance(3)
    typist.press("x")
    assert stop_of(ward, session) == first
    (proposal,) = ward.session(session.id).services[0].proposals
    assert proposal.at_us == ward.clock.now().wall_us


def test_of_several_the_one_that_stopped_last_gets_the_second_stop(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.start(ward.seat("1")), SALINE)
    ward.clock.advance(30)
    session = ward.stop(session, "2")
    ward.clock.advance(5)
    session = ward.stop(session, "1")
    ward.clock.advance(5)
    perform(window.station, Deed.STOP, "1", window.station.stamp())
    assert [len(service.proposals) for service in ward.session(session.id).services] == [1, 0]


def test_not_witnessed_needs_no_time(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    asked = ask_stop(window)
    asked.at.clock.textEdited.emit("nonsense")
    asked.how.chip("nobody").click()
    assert asked.go.text() == "Record: not witnessed"
    assert not asked.at.isEnabled()
    asked.confirm(now=False)
    assert ward.session(session.id).services[0].state is ServiceState.NOT_WITNESSED


def test_a_stop_told_after_nobody_saw_it_is_judged_in_place_too(ward: Ward, window: MainWindow) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    ward.do(session, partial(not_witnessed, service="1"))
    asked = ask_stop(window)
    asked.how.chip("saw").click()
    asked.at.clock.textEdited.emit("08:00")
    assert asked.problem == "The stop would be before the start of Vancomycin at 09:00:00."


def test_an_earlier_start_tells_how_it_is_known(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.seat("2")
    ward.clock.advance(30)
    typist.press("2")
    typist.press("a")
    asked = sheet(window)
    assert isinstance(asked, StartSheet)
    asked.search.setText("vanc")
    earlier = asked.earlier
    assert earlier is not None
    earlier.show()
    earlier.at.back_5.click()
    asked.confirm(now=False)
    assert asked.problem == "Choose how it is known."
    earlier.how.chip("chart").click()
    earlier.note.set_text("as charted")
    asked.confirm(now=False)
    found = ward.session(session.id)
    start = found.services[0].start
    assert start is not None
    assert (start.at_us, start.how) == (at("2026-03-02T09:25"), HowKnown.CHARTED)
    assert found.notes[0].text == "Vancomycin: as charted"

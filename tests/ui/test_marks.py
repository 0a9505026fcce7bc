"""An open mark gets its meaning at the right chair, or is dropped for a reason, never by a stray Enter."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.core.moments import HowKnown
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Typist, sheet


def choosing(window: MainWindow) -> ChooseSheet:
    opened = sheet(window)
    assert isinstance(opened, ChooseSheet)
    return opened


def ask(ward: Ward, window: MainWindow, typist: Typist) -> ChooseSheet:
    """Mark chair 1 and ask what it was, six minutes later."""
    typist.press("1")
    typist.press("m")
    ward.clock.advance(6)
    window.board.panel.marks.meaning_asked.emit(ward.desk.suite.open_marks[0].id)
    return choosing(window)


def test_enter_alone_leaves_a_mark_open(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    opened = ask(ward, window, typist)
    assert opened.back.text() == "Leave it open"
    typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    assert len(ward.desk.suite.open_marks) == 1
    assert ward.session(session.id).open_services


def test_nothing_looks_pointed_at_that_only_came_up_under_the_pointer(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    # Where the first row is in a sheet itself: a sheet must not pass through the corner of the window.
    QTest.mouseMove(window, QPoint(200, 100))
    opened = ask(ward, window, typist)
    assert [text for text, button in opened.choices.items() if button.underMouse()] == []


def test_a_mark_is_dropped_only_for_a_reason(ward: Ward, window: MainWindow, typist: Typist) -> None:
    ward.start(ward.seat("1"))
    ask(ward, window, typist).choices["Drop this mark…"].click()
    why = sheet(window)
    assert isinstance(why, ReasonSheet)
    typist.press(Qt.Key.Key_Return)
    assert why.problem == "Dropping a mark needs a reason."
    typist.enter("wrong key")
    (mark,) = ward.desk.suite.marks.values()
    assert (mark.dropped, window.sheets.sheet) == ("wrong key", None)


def test_a_mark_made_at_the_wrong_chair_is_given_to_another(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("1"))
    other = ward.start(ward.seat("2", mrn="0009940", initials="KN"), SALINE)
    stamped = ward.clock.now().wall_us
    ask(ward, window, typist).choices["Another chair…"].click()
    assert list(choosing(window).choices) == ["Chair 2 · K. N. · ••9940"]
    choosing(window).choices["Chair 2 · K. N. · ••9940"].click()
    choosing(window).choices["Stop of Normal saline"].click()
    stop = ward.session(other.id).services[0].stop
    assert stop is not None
    assert stop.at_us == stamped
    assert ward.desk.suite.open_marks == ()


def test_a_mark_at_a_free_chair_is_given_the_patient_of_another(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("2", initials="KN"))
    assert list(ask(ward, window, typist).choices) == ["Another chair…", "Drop this mark…"]


def test_a_mark_can_be_the_start_of_what_was_planned(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.plan(ward.seat("1"))
    stamped = ward.clock.now().wall_us
    ask(ward, window, typist).choices["Start of Vancomycin"].click()
    start = ward.session(session.id).services[0].start
    assert start is not None
    assert (start.at_us, start.how) == (stamped, HowKnown.PRESSED)


def test_a_mark_can_be_the_true_start_of_what_was_pressed_late(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.seat("1")
    stamped = ward.clock.now().wall_us
    typist.press("1")
    typist.press("m")
    ward.clock.advance(3)
    ward.start(session)
    typist.press("w")
    choosing(window).choices["True start of Vancomycin"].click()
    service = ward.session(session.id).services[0]
    assert service.start is not None
    assert (service.start.at_us, service.start.how) == (stamped, HowKnown.PRESSED)
    (correction,) = service.corrections
    assert correction.reason == "marked at the time"
    assert correction.after.recorded_us == ward.clock.now().wall_us


def test_a_mark_after_a_stop_can_be_another_stop(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    ward.stop(session)
    ward.clock.advance(2)
    ask(ward, window, typist).choices["Another stop of Vancomycin"].click()
    (proposal,) = ward.session(session.id).services[0].proposals
    assert proposal.at_us == at("2026-03-02T09:32")


def test_a_mark_can_be_a_note_with_its_instant(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    stamped = ward.clock.now().wall_us
    ask(ward, window, typist).choices["Something else: a note…"].click()
    typist.press(Qt.Key.Key_Return)
    assert sheet(window).problem == "The note is empty."
    typist.enter("pump alarm")
    (note,) = ward.session(session.id).notes
    assert (note.text, note.at.at_us) == ("pump alarm", stamped)
    assert ward.desk.suite.open_marks == ()


def test_of_several_marks_w_asks_which_and_without_one_says_so(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    typist.press("1")
    typist.press("w")
    assert window.toast.text == "Not done. There is no open mark; M makes one."
    for _ in range(5):
        typist.press("m")
        ward.clock.advance(1)
    window.refresh()
    assert len(window.board.panel.marks.buttons) == 3, "two marks and a way to all of them"
    typist.press("w")
    asked = choosing(window)
    assert next(iter(asked.choices)) == "09:00:00 · chair 1"
    assert len(asked.choices) == 5
    asked.choices["09:03:00 · chair 1"].click()
    assert choosing(window).accessibleName() == "What was at 09:03:00?"

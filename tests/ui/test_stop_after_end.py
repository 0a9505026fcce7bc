"""A stop that is told once the session has ended: no time is chosen beforehand, and none is told untruly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.stopped_at import AT_THE_END, StoppedAtSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet_of

END = at("2026-03-02T10:10")


def ended_without_stop(ward: Ward, window: MainWindow) -> Session:
    """Seat, start at 09:00, end at 10:10 with the stop missing, and come back at 12:00."""
    session = ward.start(ward.seat("1"))
    ward.clock.advance(70)
    session = ward.do(session, end_session)
    ward.clock.advance(110)
    window.refresh()
    window.board.focus("1")
    return session


def asked(window: MainWindow, typist: Typist) -> StoppedAtSheet:
    typist.press("t")
    return sheet_of(window, StoppedAtSheet)


def test_after_the_end_no_time_is_chosen_and_enter_records_nothing(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ended_without_stop(ward, window)
    stop = asked(window, typist)
    assert (stop.at.at_us(), stop.at.clock.text(), stop.at.first.isChecked()) == (None, "", False)
    stop.how.chip("saw").click()
    assert stop.go.text() == "Choose the time"
    typist.press(Qt.Key.Key_Return)
    assert ward.session(session.id).services[0].stop is None


def test_the_sheet_of_an_ended_session_says_the_end_and_nothing_that_is_untrue(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ended_without_stop(ward, window)
    stop = asked(window, typist)
    told = " ".join(one.text() for one in stop.findChildren(QLabel))
    assert "Started 09:00:00. The session ended at 10:10:00, and no stop was recorded." in told
    assert "Running" not in told
    assert "runs on" not in told
    assert (stop.at.first.text(), stop.back.text()) == (AT_THE_END, "Leave it")
    assert stop.which.boxes["1"].text().endswith("1:10:00")


def test_the_end_is_one_press_and_what_is_before_it_is_counted_back_from_there(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ended_without_stop(ward, window)
    stop = asked(window, typist)
    stop.at.first.click()
    assert stop.at.at_us() == END
    assert stop.still_ran.isHidden()
    stop.at.back_5.click()
    stop.how.chip("saw").click()
    assert stop.go.text() == "Stop at 10:05"
    typist.press(Qt.Key.Key_Return)
    moment = ward.session(session.id).services[0].stop
    assert moment is not None
    assert (moment.at_us, moment.how) == (END - 5 * MINUTE_US, HowKnown.BACK_DATED)


def test_a_stop_after_the_end_is_taken_only_when_somebody_says_that_it_still_ran(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ended_without_stop(ward, window)
    stop = asked(window, typist)
    typist.type("1020")
    stop.how.chip("saw").click()
    assert stop.problem == "Tick that it still ran, or choose a time before the end."
    assert stop.still_ran.text() == "It still ran after the session's end at 10:10:00"
    typist.press(Qt.Key.Key_Return)
    assert ward.session(session.id).services[0].stop is None
    stop.still_ran.click()
    assert stop.go.text() == "Stop at 10:20, after the session's end"
    typist.press(Qt.Key.Key_Return)
    moment = ward.session(session.id).services[0].stop
    assert moment is not None
    assert moment.at_us == END + 10 * MINUTE_US
    assert "after the session's end" in window.toast.text


def test_leaving_the_sheet_of_an_ended_session_records_no_still_running(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ended_without_stop(ward, window)
    before = len(ward.journal.kinds)
    asked(window, typist).back.click()
    assert window.sheets.sheet is None
    assert len(ward.journal.kinds) == before


def test_a_correction_to_after_the_end_says_so_before_it_is_taken(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(60)
    session = ward.stop(session)
    ward.clock.advance(10)
    ward.do(session, end_session)
    ward.clock.advance(30)
    window.board.focus("1")
    typist.press("t")
    correction = sheet_of(window, CorrectSheet)
    typist.type("1005")
    assert (correction.problem, correction.late.isHidden()) == ("", True)
    correction.at.clock.selectAll()
    typist.type("1030")
    assert correction.late.text().startswith("That is after the session's end at 10:10:00.")
    assert (correction.problem, correction.late.isHidden()) == ("", False)


def test_a_mark_after_the_end_says_so_in_what_it_may_have_been(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ended_without_stop(ward, window)
    ward.desk.mark(pressed(ward.clock.now().wall_us), chair="1")
    typist.press("w")
    assert "Stop of Vancomycin, after the session's end" in sheet_of(window, ChooseSheet).choices

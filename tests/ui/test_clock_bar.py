"""What the window says when the computer's clock is moved, until somebody has seen it."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.care import stop_service
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.core.stay import end_session
from desktop_app.ui.panel.history_model import history_rows
from desktop_app.ui.sheets.clocks import ClocksSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, sheet_of


def moved(ward: Ward, window: MainWindow, wall: str = "2026-03-02T08:30") -> None:
    """Let a drug run in chair 1 for half an hour, move the wall's clock, and let a second pass."""
    ward.start(ward.seat("1"))
    window.refresh()
    ward.clock.advance(30)
    window.refresh()
    ward.clock.set_wall(wall)
    window.refresh()


def test_a_jump_is_recorded_with_whom_it_concerns(ward: Ward, window: MainWindow) -> None:
    moved(ward, window)
    (recorded,) = ward.desk.suite.clock.entries
    jump = recorded.event
    assert isinstance(jump, e.ClockJumped)
    assert (jump.by_us, jump.to_us - jump.from_us, jump.boot) == (-HOUR_US, -HOUR_US, "boot-1")
    assert jump.sessions == (ward.in_chair("1").id,)
    assert ward.journal.load(e.CLOCK_STREAM) == (recorded,)


def test_it_is_told_above_the_page_until_somebody_has_seen_it(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    moved(ward, window)
    bar = window.clock_keeper.bar
    assert bar.isVisible()
    assert (
        "clock was set back by 1 h, from 09:30:00 to 08:30:00. Timed meanwhile: chair 1. Timers" in bar.text
    )
    assert bar.seen.height() >= 40
    mouse.click(bar.seen)
    assert not bar.isVisible()
    assert ward.desk.suite.clock.unseen == ()
    seen = ward.desk.suite.clock.seen(1)
    assert seen is not None
    assert seen.by == "AK"


def test_the_history_of_who_was_timed_has_a_line(ward: Ward, window: MainWindow) -> None:
    moved(ward, window)
    *_, last = ward.desk.history(ward.in_chair("1").id)
    assert last.event.KIND == "timing-noted"
    row = history_rows(ward.in_chair("1"), ward.desk.history(ward.in_chair("1").id))[0]
    assert (row.at, row.what) == ("09:30:00", "The computer's clock was set back by 1 h")
    assert row.evidence == "noticed by the program · recorded 08:30:00"
    assert last.stamp.reading.reference_offset_us == -HOUR_US


def test_an_undo_takes_back_the_touch_before_and_not_the_clock(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    moved(ward, window)
    ward.desk.touch(ward.in_chair("1").id, stop_service)
    assert ward.in_chair("1").services[0].elapsed_us(0) == 30 * MINUTE_US
    window.clock_keeper.see()
    typist.press("U")
    session = ward.in_chair("1")
    assert session.services[0].stop is None
    assert [note.what for note in session.timing_notes] == [e.Trouble.JUMPED]


def test_the_true_time_is_taken_and_whoever_is_timed_goes_on_as_before(
    ward: Ward, window: MainWindow
) -> None:
    session = ward.start(ward.seat("1"))
    ward.clock.advance(30)
    window.show_page("settings")
    window.settings.clock.click()
    sheet = sheet_of(window, ClocksSheet)
    assert not sheet.go.isEnabled()
    sheet.time.set_text("09:50:00")
    sheet.go.click()
    assert sheet.problem == "The true time needs a word on how it is known, such as radio clock."
    sheet.known.set_text("radio clock")
    sheet.go.click()
    assert window.sheets.sheet is None
    told = ward.desk.suite.clock.told
    assert told is not None
    assert (told.true_us - told.wall_us, told.known, told.by) == (20 * MINUTE_US, "radio clock", "AK")
    assert told.sessions == (session.id,)
    ward.desk.touch(session.id, stop_service)
    assert ward.in_chair("1").services[0].elapsed_us(0) == 30 * MINUTE_US
    ward.desk.touch(session.id, end_session)
    assert ward.desk.now().at_us == at("2026-03-02T09:50")
    window.clock_keeper.show_all()
    assert sheet_of(window, ClocksSheet).told[0].startswith("AK told the true time, Mon 2 Mar 2026 09:50:00")


def test_the_sheet_says_what_the_minutes_of_today_stand_on(ward: Ward, window: MainWindow) -> None:
    moved(ward, window)
    window.clock_keeper.show_all()
    moved_words = "the computer's clock was set back by 1 h at 09:30:00"
    assert sheet_of(window, ClocksSheet).touched == (f"Chair 1 · Vancomycin since 09:00: {moved_words}.",)
    ward.desk.touch(ward.in_chair("1").id, stop_service)
    window.sheets.close_sheet()
    window.clock_keeper.show_all()
    assert sheet_of(window, ClocksSheet).touched == (
        f"Chair 1 · Vancomycin 09:00 to 09:30 stands on the clock that counts: {moved_words}.",
    )
    assert ward.session(ward.in_chair("1").id).services[0].elapsed_us(0) == 30 * MINUTE_US


def test_a_time_that_is_none_is_refused_in_place(ward: Ward, window: MainWindow) -> None:
    window.clock_keeper.show_all()
    sheet = sheet_of(window, ClocksSheet)
    sheet.time.set_text("ten")
    sheet.go.click()
    assert sheet.problem.startswith("Type a time such as 10:31:00")
    assert ward.desk.suite.clock.entries == ()


def test_what_the_disk_does_not_take_is_noted_when_it_does(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    ward.journal.is_full = True
    ward.clock.shift_wall(-HOUR_US)
    window.refresh()
    assert ward.desk.suite.clock.entries == ()
    assert "What the clock did is noted" in window.not_saved.text
    ward.journal.is_full = False
    window.touches.retry()
    window.refresh()
    assert ward.journal.kinds[-2:] == ["clock-jumped", "timing-noted"]
    assert window.clock_keeper.bar.isVisible()


def test_a_jump_while_nobody_is_timed_is_told_too(ward: Ward, window: MainWindow) -> None:
    window.refresh()
    ward.clock.shift_wall(-HOUR_US)
    window.refresh()
    assert "Nobody was timed." in window.clock_keeper.bar.text


def test_a_small_step_of_a_time_server_is_none(ward: Ward, window: MainWindow) -> None:
    window.refresh()
    ward.clock.shift_wall(400_000)
    window.refresh()
    assert ward.desk.suite.clock.entries == ()

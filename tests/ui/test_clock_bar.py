"""What the window says when the computer's clock is moved, until somebody has seen it."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.care import stop_service
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist


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
    assert "set back by 1 h: it showed 08:30:00 where Mon 2 Mar 2026 09:30:00 was due." in bar.text
    assert "It concerns who was timed in chair 1. Every timer goes on by the clock that counts" in bar.text
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

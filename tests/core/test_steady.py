"""The present goes on evenly, whatever is done to the clock on the wall."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.care import pause_service, resume_service, stop_service
from desktop_app.core.decisions import When, pressed
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, ClockReading, HowKnown
from desktop_app.core.orders import Setting
from desktop_app.core.steady import Present, carried_on, on_the_wall
from tests.core.chairside import DAY, Chairside, ended, kinds, running, seated, us

DAY_US = 24 * HOUR_US
MS = 1000


def reading(wall: int, counting: int, boot: str = "boot-1") -> ClockReading:
    return ClockReading(wall, counting, boot, "UTC", 0)


def after(*readings: ClockReading) -> int:
    """Return the present after a row of readings, less that of the first."""
    present = on_the_wall(readings[0])
    for later in readings[1:]:
        present = carried_on(present, later)
    return present.at_us - readings[0].wall_us


def test_the_present_is_what_the_wall_shows_while_both_clocks_go_on() -> None:
    assert after(reading(10 * HOUR_US, 7), reading(11 * HOUR_US, 7 + HOUR_US)) == HOUR_US


def test_a_small_shift_by_a_time_server_is_followed() -> None:
    for shift in (-400 * MS, -1, 1, 500 * MS):
        wall = 10 * HOUR_US + MINUTE_US + shift
        assert after(reading(10 * HOUR_US, 0), reading(wall, MINUTE_US)) == MINUTE_US + shift


def test_a_slow_correction_by_a_time_server_is_followed_all_the_way() -> None:
    slewed = [reading(second * (SECOND_US + 500), second * SECOND_US) for second in range(3601)]
    assert after(*slewed) == 3600 * (SECOND_US + 500)


def test_two_clocks_that_part_over_a_night_asleep_agree_in_the_morning() -> None:
    night = 10 * HOUR_US
    assert after(reading(0, 0), reading(night + 3 * SECOND_US, night)) == night + 3 * SECOND_US
    assert after(reading(0, 0), reading(night + 5 * SECOND_US, night)) == night


@pytest.mark.parametrize("jump", [HOUR_US, -HOUR_US, -DAY_US, 30 * DAY_US, SECOND_US, -SECOND_US])
def test_a_jump_of_the_wall_is_counted_past(jump: int) -> None:
    start = reading(100 * DAY_US, 0)
    jumped = reading(100 * DAY_US + MINUTE_US + jump, MINUTE_US)
    later = reading(100 * DAY_US + HOUR_US + jump, HOUR_US)
    assert after(start, jumped) == MINUTE_US
    assert after(start, jumped, later) == HOUR_US


def test_a_wall_that_is_put_right_again_is_believed_again() -> None:
    start, wrong = reading(DAY_US, 0), reading(DAY_US - HOUR_US, MINUTE_US)
    right = reading(DAY_US + 2 * MINUTE_US + 300 * MS, 2 * MINUTE_US)
    assert after(start, wrong, right) == 2 * MINUTE_US + 300 * MS


def test_after_another_start_of_the_computer_the_wall_is_believed() -> None:
    present = Present(DAY_US, HOUR_US, "boot-1")
    again = reading(DAY_US - HOUR_US, 5, "boot-2")
    assert carried_on(present, again) == on_the_wall(again)


def test_a_counting_clock_that_runs_back_is_not_counted_on() -> None:
    present = Present(DAY_US, HOUR_US, "boot-1")
    again = reading(DAY_US - HOUR_US, HOUR_US - 1)
    assert carried_on(present, again) == on_the_wall(again)


@given(st.lists(st.tuples(st.integers(0, HOUR_US), st.integers(-2 * HOUR_US, 2 * HOUR_US)), max_size=20))
def test_the_present_never_runs_back_and_never_far_from_what_was_counted(
    jumps: list[tuple[int, int]],
) -> None:
    present, counting = on_the_wall(reading(DAY_US, 0)), 0
    for passed, shift in jumps:
        counting += passed
        later = carried_on(present, reading(DAY_US + counting + shift, counting))
        assert later.at_us >= present.at_us
        assert abs(later.at_us - present.at_us - passed) <= SECOND_US // 2 + passed // 10_000
        present = later


@pytest.mark.parametrize("wrong", ["08:30", f"{DAY}T10:45", "2026-03-01T09:30", "2026-04-02T09:30"])
def test_a_stop_after_the_clock_was_moved_is_taken_and_its_time_is_right(wrong: str) -> None:
    side = running()
    side.go_to("09:30")
    side.clock.set_wall(wrong if "T" in wrong else f"{DAY}T{wrong}")
    side.clock.advance(30)
    assert kinds(side.desk.touch("s", stop_service)) == ["service-stopped"]
    assert side.service().elapsed_us(us("23:00")) == HOUR_US


def test_what_the_wall_showed_stays_with_the_touch() -> None:
    side = running()
    side.go_to("09:30")
    side.clock.set_wall(f"{DAY}T08:30")
    side.clock.advance(30)
    side.desk.touch("s", stop_service)
    *_, stopped = side.journal.since(0)
    assert (stopped.event.at_us, stopped.stamp.reading.wall_us) == (us("10:00"), us("09:00"))
    assert stopped.stamp.reading == replace(side.clock.now(), reference_offset_us=-HOUR_US)
    stop = side.service().stop
    assert stop is not None
    assert stop.recorded_us == us("09:00")


def test_pauses_hold_across_a_jump_too() -> None:
    side = running()
    side.do("09:20", pause_service, service="a")
    side.clock.set_wall(f"{DAY}T06:00")
    side.clock.advance(10)
    side.desk.touch("s", lambda s, w: resume_service(s, w, service="a"))
    side.clock.advance(30)
    side.desk.touch("s", stop_service)
    assert side.service().elapsed_us(us("23:00")) == 50 * MINUTE_US


def test_the_second_half_past_one_of_an_autumn_night_is_no_jump() -> None:
    side = Chairside(start="2026-11-01T00:30")
    side.desk.seat(
        side.desk.now(), chair="4", session="s", mrn="1", zone="America/New_York", setting=Setting.FACILITY
    )
    start_us = side.desk.now().at_us
    side.clock.advance(120)
    assert side.clock.now().offset_s == -5 * 3600
    assert side.desk.now().at_us - start_us == 2 * HOUR_US


def test_the_wall_is_believed_while_nobody_is_timed() -> None:
    side = Chairside()
    side.clock.set_wall(f"{DAY}T06:00")
    assert side.desk.now().at_us == us("06:00")
    side.clock.set_wall("2027-01-01T09:00")
    assert side.desk.now().at_us == us("2027-01-01T09:00")


def test_a_computer_that_starts_with_a_wrong_clock_is_put_right_before_the_first_touch() -> None:
    side = running()
    side.clock.set_wall("2019-01-01T00:00")
    side.clock.reboot("boot-2")
    side.restart()
    assert side.desk.now() == When(us("09:00"), us("09:00"), HowKnown.EARLIEST)
    side.clock.set_wall(f"{DAY}T10:00")
    assert side.desk.now() == pressed(us("10:00"))
    assert kinds(side.desk.touch("s", stop_service)) == ["service-stopped"]
    assert side.service().elapsed_us(us("23:00")) == HOUR_US


def test_when_the_last_stop_is_told_the_wall_is_believed_again() -> None:
    side = running()
    side.end("09:10")
    side.clock.set_wall(f"{DAY}T07:00")
    assert side.desk.now().at_us == us("09:10")
    side.desk.touch("s", stop_service)
    assert side.desk.now().at_us == us("07:00")


def test_a_session_that_is_over_holds_no_clock() -> None:
    side = ended()
    side.clock.set_wall(f"{DAY}T07:00")
    assert side.desk.now().at_us == us("07:00")


def test_the_present_is_the_walls_again_after_a_restart() -> None:
    side = seated()
    side.clock.set_wall(f"{DAY}T12:00")
    assert side.desk.now().at_us == us("08:00")
    side.clock.reboot("boot-2")
    side.restart()
    assert side.desk.now().at_us == us("12:00")


def test_readings_keep_what_every_clock_said() -> None:
    side = seated()
    before = side.clock.now()
    side.clock.set_wall(f"{DAY}T12:00")
    side.desk.mark()
    *_, made = side.journal.since(0)
    assert made.stamp.reading == replace(before, wall_us=us("12:00"), reference_offset_us=4 * HOUR_US)
    assert made.event.at_us == us("08:00")

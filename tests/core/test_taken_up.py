"""A program that is started again takes the present up where it was, whatever was done to the clock."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from desktop_app.core.care import add_note, start_service, stop_service
from desktop_app.core.corrections import correct_moment
from desktop_app.core.decisions import When, pressed
from desktop_app.core.moments import HOUR_US, MINUTE_US, HowKnown
from tests.core.chairside import DAY, Chairside, ended, infusion, kinds, moment, running, seated, us

MOVED = ["08:20", "2026-03-01T09:20", "10:50", "2026-03-03T09:20"]
BEHIND = ["08:20", "2026-03-01T09:20", "2019-01-01T00:00"]


def wall(time: str) -> str:
    return time if "T" in time else f"{DAY}T{time}"


def rebooted(time: str) -> Chairside:
    """Return a suite with a running service after a reboot, its clock standing there."""
    side = running()
    side.do("09:20", add_note, text="well")
    side.clock.set_wall(wall(time))
    side.clock.reboot("boot-2")
    side.restart()
    return side


@pytest.mark.parametrize("moved", MOVED)
def test_a_clock_moved_while_the_program_was_closed_changes_no_duration(moved: str) -> None:
    side = running()
    side.go_to("09:20")
    side.clock.set_wall(wall(moved))
    side.restart()
    assert side.desk.now() == pressed(us("09:20"))
    side.clock.advance(10)
    assert kinds(side.desk.touch("s", stop_service)) == ["service-stopped"]
    assert side.service().elapsed_us(us("23:00")) == 30 * MINUTE_US


@pytest.mark.parametrize("moved", MOVED)
def test_a_clock_moved_after_a_restart_changes_no_duration(moved: str) -> None:
    side = running()
    side.restart()
    side.go_to("09:20")
    side.desk.now()
    side.clock.set_wall(wall(moved))
    side.desk.touch("s", stop_service)
    assert side.service().elapsed_us(us("23:00")) == 20 * MINUTE_US


def test_a_clock_moved_before_the_last_touch_is_counted_past_by_every_later_program() -> None:
    side = running()
    side.clock.set_wall(f"{DAY}T07:00")
    side.clock.advance(20)
    side.do_now(add_note, text="well")
    for _ in range(3):
        side.restart()
        side.clock.advance(10)
        assert side.desk.now() == pressed(side.desk.now().at_us)
    side.desk.touch("s", stop_service)
    assert side.service().elapsed_us(us("23:00")) == 50 * MINUTE_US


def test_a_wall_that_was_put_right_between_two_programs_is_believed() -> None:
    side = running()
    side.clock.set_wall(f"{DAY}T07:00")
    side.do_now(add_note, text="well")
    side.clock.set_wall(f"{DAY}T09:00")
    side.clock.advance(20)
    side.restart()
    assert side.desk.now() == pressed(us("09:20"))
    side.desk.touch("s", stop_service)
    *_, stopped = side.journal.since(0)
    assert stopped.stamp.reading == side.clock.now()


def test_a_time_from_a_script_does_not_move_the_present() -> None:
    side = seated()
    written = When(us("2026-03-04T09:00"), us("2026-03-04T09:00"), HowKnown.SCRIPTED)
    side.desk.touch("s", lambda s, w: start_service(s, w, service="a", order=infusion()), written)
    side.restart()
    assert side.desk.now() == pressed(us("08:00"))
    side.clock.reboot("boot-2")
    side.restart()
    assert side.desk.now() == pressed(us("08:00"))


def test_a_time_told_afterwards_does_not_move_the_present() -> None:
    side = running()
    side.do("09:40", stop_service, back_to="09:10")
    side.restart()
    assert side.desk.now() == pressed(us("09:40"))


def test_nothing_is_counted_on_from_a_session_that_is_over() -> None:
    side = ended()
    side.clock.set_wall(f"{DAY}T07:00")
    side.restart()
    assert side.desk.now() == pressed(us("07:00"))


def test_a_boot_without_a_name_is_known_by_both_clocks() -> None:
    side = running()
    side.clock.name_boot("start-2")
    side.clock.advance(20)
    side.restart()
    side.clock.set_wall(f"{DAY}T12:00")
    side.desk.touch("s", stop_service)
    assert side.service().elapsed_us(us("23:00")) == 20 * MINUTE_US


@pytest.mark.parametrize("behind", BEHIND)
def test_a_stop_is_taken_after_the_computer_started_with_its_clock_behind_the_record(behind: str) -> None:
    side = rebooted(behind)
    side.clock.advance(5)
    assert kinds(side.desk.touch("s", stop_service)) == ["service-stopped"]
    stop = side.service().stop
    assert stop == replace(moment("09:25", HowKnown.EARLIEST), recorded_us=side.clock.now().wall_us)


def test_two_touches_while_the_clock_is_behind_lie_as_far_apart_as_was_counted() -> None:
    side = rebooted("2019-01-01T00:00")
    side.desk.touch("s", lambda s, w: start_service(s, w, service="b", order=infusion("saline")))
    side.clock.advance(40)
    side.desk.touch("s", lambda s, w: stop_service(s, w, service="b"))
    assert side.service("b").elapsed_us(us("23:00")) == 40 * MINUTE_US
    assert side.service("b").start == moment("09:20", HowKnown.EARLIEST, recorded="2019-01-01T00:00")


def test_the_earliest_is_counted_on_from_by_a_program_that_is_started_again() -> None:
    side = rebooted("2019-01-01T00:00")
    side.clock.advance(5)
    side.desk.touch("s", lambda s, w: start_service(s, w, service="b", order=infusion("saline")))
    side.clock.advance(5)
    side.restart()
    assert side.desk.now() == When(us("09:30"), us("09:30"), HowKnown.EARLIEST)


def test_the_wall_is_believed_as_soon_as_it_has_passed_the_earliest() -> None:
    side = rebooted("08:20")
    side.desk.touch("s", lambda s, w: add_note(s, w, text="clock is wrong"))
    side.clock.set_wall(f"{DAY}T10:00")
    assert side.desk.now() == pressed(us("10:00"))
    side.clock.set_wall(f"{DAY}T07:00")
    side.clock.advance(5)
    assert side.desk.now() == pressed(us("10:05"))


def test_an_earliest_time_can_be_put_right() -> None:
    side = rebooted("08:20")
    side.desk.touch("s", stop_service)
    side.clock.set_wall(f"{DAY}T10:10")
    true = partial(correct_moment, service="a", what="stop", to_us=us("10:00"), how=HowKnown.BACK_DATED)
    side.do_now(true, reason="the clock was behind")
    assert side.service().elapsed_us(us("23:00")) == HOUR_US


def test_a_clock_that_is_behind_is_believed_where_nobody_waits() -> None:
    side = ended()
    side.clock.set_wall("2019-01-01T00:00")
    side.clock.reboot("boot-2")
    side.restart()
    assert side.desk.now() == pressed(us("2019-01-01T00:00"))


@pytest.mark.parametrize("moved", MOVED)
def test_an_undo_reaches_as_far_back_by_a_moved_clock(moved: str) -> None:
    side = ended()
    side.clock.set_wall(wall(moved))
    side.clock.advance(9)
    assert kinds(side.desk.undo()) == ["touch-undone"]
    side.clock.advance(2)
    assert "older than 10 minutes" in side.said_no(side.desk.undo)


def test_a_dropped_mark_comes_back_by_the_counting_clock_too() -> None:
    side = seated()
    side.desk.mark(mark="m")
    side.clock.advance(5)
    side.desk.drop("m", "nothing")
    side.clock.set_wall(f"{DAY}T07:00")
    side.clock.advance(9)
    assert kinds(side.desk.undo()) == ["mark-returned"]
    assert "older than 10 minutes" in side.said_no(side.desk.undo)


def test_how_old_a_touch_is_cannot_be_told_after_a_reboot_with_the_clock_behind() -> None:
    side = rebooted("08:20")
    assert "older than 10 minutes" in side.said_no(side.desk.undo)
    assert kinds(side.desk.undo("s")) == ["touch-undone"]

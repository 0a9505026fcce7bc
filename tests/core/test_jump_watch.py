"""What is told of the clocks between two looks, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import events as e
from desktop_app.core.care import stop_service
from desktop_app.core.clock_log import MOST_KEPT
from desktop_app.core.clocks import noting, read_true_time, telling_true_time
from desktop_app.core.day_lock import lock_day
from desktop_app.core.decisions import Refusal
from desktop_app.core.jump_watch import MOST_AN_HOUR, JumpWatch, Told, since_closed
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, ClockReading
from desktop_app.core.ports import StaleVersion
from tests.core.chairside import DAY, ended, kinds, running, us
from tests.fakes import NEW_YORK, at

NINE = ClockReading(us("09:00"), HOUR_US, "boot-1", NEW_YORK, -5 * 3600)


def later(before: ClockReading, passed_us: int, moved_us: int = 0) -> ClockReading:
    """Return a reading some time later, the wall moved besides."""
    wall, counting = before.wall_us + passed_us + moved_us, before.counting_us + passed_us
    return replace(before, wall_us=wall, counting_us=counting)


def looked(*steps: tuple[int, int]) -> list[Told]:
    """Look after each step of so much time, the wall moved so far in it; return what was told."""
    watch, reading = JumpWatch(NINE), NINE
    told: list[Told] = []
    for passed_us, moved_us in steps:
        reading = later(reading, passed_us, moved_us)
        told += watch.look(reading, reading.wall_us, ("s",))
    return told


@pytest.mark.parametrize(("moved", "is_told"), [(500_000, False), (-500_000, False), (500_101, True)])
def test_a_jump_is_more_than_half_a_second_from_one_second_to_the_next(moved: int, *, is_told: bool) -> None:
    assert bool(looked((SECOND_US, moved))) is is_told


def test_a_jump_says_from_what_to_what_and_where() -> None:
    (told,) = looked((SECOND_US, 0), (SECOND_US, -HOUR_US))
    assert isinstance(told, e.ClockJumped)
    assert (told.from_us, told.to_us) == (
        NINE.wall_us + 2 * SECOND_US,
        NINE.wall_us + 2 * SECOND_US - HOUR_US,
    )
    assert (told.by_us, told.boot, told.sessions, told.was_closed) == (-HOUR_US, "boot-1", ("s",), False)


def test_a_clock_that_is_put_right_again_has_jumped_twice() -> None:
    there, back = looked((SECOND_US, HOUR_US), (SECOND_US, -HOUR_US))
    assert isinstance(there, e.ClockJumped)
    assert isinstance(back, e.ClockJumped)
    assert there.by_us + back.by_us == 0


@pytest.mark.parametrize("pace", [1_200, -1_200])
def test_a_drift_is_more_than_two_seconds_in_any_hour(pace: int) -> None:
    quiet = [(10 * SECOND_US, 0)] * 200
    (told,) = looked(*quiet, *[(10 * SECOND_US, pace * 10)] * 180)
    assert isinstance(told, e.ClockDrifted)
    assert 2 * SECOND_US < abs(told.by_us) < 2 * SECOND_US + 20_000
    assert told.over_us <= HOUR_US


def test_less_than_two_seconds_an_hour_are_a_drift_after_a_day_of_them() -> None:
    assert looked(*[(MINUTE_US, 30_000)] * 60) == []
    told = looked(*[(MINUTE_US, 25_000)] * (24 * 60))
    assert [type(one) for one in told] == [e.ClockDrifted]


def test_two_healthy_clocks_are_told_nothing_of_in_a_week() -> None:
    assert looked(*[(10 * MINUTE_US, 3_000)] * (7 * 24 * 6)) == []


@given(st.lists(st.tuples(st.integers(1, 2 * HOUR_US), st.integers(-HOUR_US, HOUR_US)), max_size=40))
def test_all_jumps_and_drifts_together_are_what_the_wall_was_moved_by(steps: list[tuple[int, int]]) -> None:
    told = looked(*steps, *[(2 * HOUR_US, 0)] * 2)
    healthy = sum(SECOND_US // 2 + passed // 10_000 for passed, _ in steps)
    moved = sum(by for _, by in steps)
    known = sum(one.by_us for one in told if isinstance(one, e.ClockJumped | e.ClockDrifted))
    assert abs(known - moved) <= healthy


def test_jumps_that_come_too_often_are_told_in_one_an_hour_later() -> None:
    wild = [(SECOND_US, SECOND_US if odd % 2 else -SECOND_US) for odd in range(100)]
    told = looked(*wild)
    assert len(told) == MOST_AN_HOUR
    *first, last = looked(*wild, (HOUR_US, 0))
    assert isinstance(last, e.ClockJumped)
    assert (len(first), last.times) == (MOST_AN_HOUR, 100 - MOST_AN_HOUR)
    assert last.by_us == last.to_us - last.from_us


def test_another_start_of_the_computer_is_no_jump() -> None:
    watch = JumpWatch(NINE)
    assert watch.look(replace(NINE, boot="boot-0", counting_us=2 * HOUR_US, wall_us=0), 0, ()) == ()
    assert watch.look(replace(NINE, boot="boot-2", counting_us=5, wall_us=0), 0, ()) == ()
    assert watch.look(replace(NINE, boot="boot-2", counting_us=4, wall_us=0), 0, ()) == ()


def test_another_zone_and_summer_time_are_no_jumps() -> None:
    watch = JumpWatch(NINE)
    summer = replace(later(NINE, SECOND_US), offset_s=-4 * 3600)
    assert watch.look(summer, summer.wall_us, ()) == ()
    moved = replace(later(summer, SECOND_US), zone="America/Chicago", offset_s=-5 * 3600)
    (told,) = watch.look(moved, moved.wall_us, ("s",))
    assert isinstance(told, e.ZoneChanged)
    assert (told.from_zone, told.to_zone, told.to_offset_s) == (NEW_YORK, "America/Chicago", -5 * 3600)


def test_a_jump_while_no_program_was_open_is_found_from_the_last_record() -> None:
    now = later(NINE, 20 * MINUTE_US, -HOUR_US)
    (told,) = since_closed({"s": NINE}, None, now, now.wall_us, is_behind=False)
    assert isinstance(told, e.ClockJumped)
    assert (told.by_us, told.was_closed, told.sessions) == (-HOUR_US, True, ("s",))


def test_a_jump_with_nobody_in_a_chair_is_found_from_what_was_last_told_of_the_clocks() -> None:
    now = later(NINE, 20 * MINUTE_US, HOUR_US)
    (told,) = since_closed({}, NINE, now, now.wall_us, is_behind=False)
    assert isinstance(told, e.ClockJumped)
    assert since_closed({}, None, now, now.wall_us, is_behind=False) == ()
    assert since_closed({}, replace(NINE, boot="boot-0"), now, now.wall_us, is_behind=False) == ()


def test_of_sessions_of_two_starts_each_is_told_what_concerns_it() -> None:
    old = replace(NINE, boot="boot-0", counting_us=10 * HOUR_US, wall_us=us("08:00"))
    now = later(NINE, 20 * MINUTE_US)
    (told,) = since_closed({"old": old, "new": NINE}, None, now, now.wall_us, is_behind=False)
    assert isinstance(told, e.ClockRestarted)
    assert (told.sessions, told.record_us, told.from_boot) == (("old",), us("08:00"), "boot-0")


def test_what_was_noted_is_in_the_history_and_takes_no_touch_away() -> None:
    side = running()
    told = looked((SECOND_US, -HOUR_US))
    saved = side.desk.take(noting(tuple(told)))
    assert kinds(saved) == ["clock-jumped", "timing-noted"]
    assert side.session().touch_said == ("service-started",)
    assert side.replayed() == side.session()
    assert kinds(side.desk.undo("s")) == ["touch-undone"]
    assert side.session().services == ()
    assert [note.what for note in side.session().timing_notes] == [e.Trouble.JUMPED]
    assert side.replayed() == side.session()


def test_who_is_signed_by_the_time_it_is_stored_has_no_note() -> None:
    side = ended()
    side.sign("10:40")
    assert kinds(side.desk.take(noting(tuple(looked((SECOND_US, -HOUR_US)))))) == ["clock-jumped"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:31:05", "2026-03-02T09:31:05"),
        ("9:31", "2026-03-02T09:31"),
        ("23:50", "2026-03-01T23:50"),
        ("2026-03-01T09:31", "2026-03-01T09:31"),
    ],
)
def test_a_true_time_is_the_one_nearest_to_what_the_clock_shows(text: str, expected: str) -> None:
    near = us("09:00") if not text.startswith("23") else us("00:10")
    assert read_true_time(text, near, NEW_YORK) == at(expected)


@pytest.mark.parametrize("text", ["", "25:00", "ten", "2026-13-01T10:00", "10:00 EST?"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_true_time(text, us("09:00"), NEW_YORK) is None


def test_a_true_time_that_the_zone_shows_twice_says_which_or_is_none() -> None:
    near = at("2026-11-01T00:40")
    assert read_true_time("01:30", near, NEW_YORK) is None
    assert read_true_time("2026-11-01T01:30-05:00", near, NEW_YORK) == near + 110 * MINUTE_US


def test_a_true_time_is_told_whole_or_refused() -> None:
    side = running()
    when, reading = side.desk.now(), side.clock.now()
    wrong = {
        "needs a word on how it is known": (us("09:30"), "", "AK"),
        "with the initials": (us("09:30"), "radio", " "),
        "more than twenty years": (us("09:30") - 30 * 366 * 24 * HOUR_US, "radio", "AK"),
        "some characters": (us("09:30"), "ra\x00dio", "AK"),
        "at most 40": (us("09:30"), "radio", "x" * 41),
    }
    for said, (true_us, known, by) in wrong.items():
        outcome = side.desk.take(telling_true_time(when, reading, true_us, known=known, by=by))
        assert isinstance(outcome, Refusal)
        assert said in outcome.text
    same = side.desk.take(telling_true_time(when, reading, us("09:00"), known="radio", by="AK"))
    assert kinds(same) == ["clock-true-time-told"]


def test_a_true_time_holds_over_a_restart_of_the_program_and_not_over_one_of_the_computer() -> None:
    side = ended()
    reading = side.clock.now()
    told = telling_true_time(side.desk.now(), reading, reading.wall_us + HOUR_US, known="radio", by="AK")
    kinds(side.desk.take(told))
    side.clock.advance(5)
    side.restart()
    assert side.desk.now().at_us == us("11:35")
    side.clock.set_wall(f"{DAY}T11:40")
    side.clock.advance(5)
    assert side.desk.now().at_us == us("11:40"), "counted on: the wall shows another time still"
    assert side.desk.taken_up_from.reference_offset_us == -HOUR_US
    side.clock.reboot("boot-2")
    side.clock.advance(24 * 60)
    side.restart()
    assert side.desk.now().at_us == side.clock.now().wall_us


def test_who_was_slower_to_write_of_the_clocks_reads_them_again_and_then_writes() -> None:
    side = running()
    other = side.another_desk()
    told = tuple(looked((SECOND_US, -HOUR_US)))
    kinds(side.desk.take(noting(told)))
    with pytest.raises(StaleVersion):
        other.take(noting(told))
    assert other.suite.clock.entries == side.desk.suite.clock.entries
    other.session("s")
    assert "clock-jumped" in kinds(other.take(noting(told)))


def test_a_locked_day_takes_the_note_of_a_session_that_still_waits_for_its_stop() -> None:
    side = running()
    side.end("09:30")
    day = side.session().day
    locked = side.desk.touch_day(
        day, lambda suite, when: lock_day(suite, when, day=day, zone=NEW_YORK, by="AK", is_confirmed=True)
    )
    assert kinds(locked) == ["day-locked"]
    assert kinds(side.desk.take(noting(tuple(looked((SECOND_US, HOUR_US)))))) == [
        "clock-jumped",
        "timing-noted",
    ]
    assert "locked" in side.said_no(lambda: side.desk.touch("s", stop_service))


def test_only_the_end_of_what_is_on_record_of_the_clocks_is_at_hand() -> None:
    side = running()
    for _ in range(MOST_KEPT // 20 + 1):
        told = tuple(looked((SECOND_US, HOUR_US)) * 20)
        kinds(side.desk.take(noting(told)))
    for desk in (side.desk, side.another_desk()):
        assert len(desk.suite.clock.entries) == MOST_KEPT
        assert desk.suite.clock.version == MOST_KEPT + 20

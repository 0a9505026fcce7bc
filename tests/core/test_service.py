"""Running time, paused time and planned end: differences of instants, whatever the clocks on the wall do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.corrections import not_witnessed
from desktop_app.core.moments import HOUR_US, MINUTE_US, HowKnown, Moment, local_time
from desktop_app.core.service import Pause, Service, ServiceState
from tests.core.chairside import infusion, push, running, us
from tests.fakes import at

LISBON = "Europe/Lisbon"


def service(
    start: int, stop: int | None = None, *pauses: tuple[int, int | None], plan: int | None = None
) -> Service:
    """Return a service with these instants, planned for that many minutes of running time."""
    return Service(
        id="a",
        order=infusion(planned_minutes=plan),
        start=known(start),
        stop=None if stop is None else known(stop),
        pauses=tuple(
            Pause(known(since), None if until is None else known(until), "") for since, until in pauses
        ),
    )


def known(at_us: int) -> Moment:
    return Moment(at_us, HowKnown.PRESSED, at_us, "AK")


def test_what_runs_has_run_since_its_start() -> None:
    assert service(us("09:00")).elapsed_us(us("10:20:00.000001")) == 80 * MINUTE_US + 1


def test_what_has_stopped_has_run_from_start_to_stop_for_ever() -> None:
    stopped = service(us("09:00"), us("10:20"))
    assert stopped.elapsed_us(us("10:20")) == stopped.elapsed_us(us("2036-01-01T00:00")) == 80 * MINUTE_US


def test_pauses_are_taken_off_and_an_open_one_lasts_until_now() -> None:
    paused = service(us("09:00"), None, (us("09:20"), us("09:30")), (us("10:00"), None))
    assert paused.paused_us(us("10:15")) == 25 * MINUTE_US
    assert paused.elapsed_us(us("10:15")) == paused.elapsed_us(us("11:45")) == 50 * MINUTE_US
    assert paused.state is ServiceState.PAUSED


def test_a_pause_without_an_end_lasts_to_the_stop() -> None:
    stopped = service(us("09:00"), us("10:15"), (us("10:00"), None))
    assert stopped.elapsed_us(us("12:00")) == HOUR_US
    assert stopped.open_pause is None
    assert stopped.state is ServiceState.STOPPED


def test_a_plan_has_not_run_and_has_no_end() -> None:
    planned = Service(id="a", order=infusion(planned_minutes=60))
    assert planned.state is ServiceState.PLANNED
    assert planned.elapsed_us(us("12:00")) == 0
    assert planned.planned_end_us(us("12:00")) is None
    assert planned.last_moment_us is None


def test_what_was_given_in_one_moment_has_no_running_time() -> None:
    given_once = Service(id="p", order=push(), start=known(us("09:00")))
    assert given_once.state is ServiceState.GIVEN
    assert given_once.elapsed_us(us("12:00")) == 0


def test_what_nobody_saw_stop_has_run_as_far_as_anyone_knows() -> None:
    side = running()
    side.do("10:00", not_witnessed, service="a")
    assert side.service().elapsed_us(us("12:00")) == 0


def test_the_planned_end_is_pushed_back_by_every_pause() -> None:
    planned = service(us("09:00"), None, (us("09:20"), us("09:30")), plan=60)
    assert planned.planned_end_us(us("09:45")) == us("10:10")
    paused = service(us("09:00"), None, (us("09:20"), None), plan=60)
    assert paused.planned_end_us(us("09:30")) == us("10:10")
    assert paused.planned_end_us(us("09:45")) == us("10:25")
    assert service(us("09:00")).planned_end_us(us("09:30")) is None


def test_a_running_time_is_never_negative_when_the_clock_was_set_back() -> None:
    assert service(us("09:00")).elapsed_us(us("08:00")) == 0
    paused = service(us("09:00"), None, (us("09:30"), None))
    assert paused.elapsed_us(us("08:00")) == 0
    assert paused.paused_us(us("08:00")) == 0


@pytest.mark.parametrize(
    ("start", "stop", "hours"),
    [
        ("2026-03-08T00:30", "2026-03-08T04:30", 3),
        ("2026-11-01T00:30", "2026-11-01T04:30", 5),
        ("2026-03-02T23:30", "2026-03-03T03:30", 4),
        ("2026-12-31T22:00", "2027-01-01T02:00", 4),
    ],
)
def test_hours_are_counted_as_they_pass_not_as_the_wall_shows_them(start: str, stop: str, hours: int) -> None:
    assert service(at(start), at(stop)).elapsed_us(at("2030-01-01T00:00")) == hours * HOUR_US


def test_the_planned_end_lies_on_the_far_side_of_a_change_of_the_clocks() -> None:
    spring = service(at("2026-03-08T01:30"), plan=60)
    assert spring.planned_end_us(at("2026-03-08T01:45")) == at("2026-03-08T03:30")
    autumn = service(at("2026-10-25T00:30", LISBON), plan=120)
    end_us = autumn.planned_end_us(at("2026-10-25T00:45", LISBON))
    assert end_us is not None
    assert local_time(end_us, LISBON).strftime("%H:%M %z") == "01:30 +0000"


def test_the_second_half_past_one_of_an_autumn_night_comes_after_the_first() -> None:
    start = at("2026-11-01T01:30")
    stopped = service(start, start + HOUR_US)
    shown = [local_time(us, "America/New_York").strftime("%H:%M") for us in (start, start + HOUR_US)]
    assert shown == ["01:30", "01:30"]
    assert stopped.elapsed_us(start + 2 * HOUR_US) == HOUR_US


moments_in_order = st.lists(st.integers(0, 3 * HOUR_US), min_size=2, max_size=10).map(sorted)


@given(moments_in_order, st.integers(0, 6 * HOUR_US))
def test_running_and_paused_time_come_to_the_whole(moments: list[int], now: int) -> None:
    start, *inner = moments
    pairs = list(zip(inner[::2], [*inner[1::2], None], strict=False))
    for stop in (None, max(now, moments[-1])):
        one = service(start, stop, *pairs)
        end = max(now, moments[-1])
        assert one.elapsed_us(end) + one.paused_us(end) == end - start
        assert one.elapsed_us(end) >= 0
        assert one.elapsed_us(now) >= 0


@given(moments_in_order, st.integers(0, HOUR_US))
def test_a_second_later_at_most_a_second_more_has_run(moments: list[int], step: int) -> None:
    start, *inner = moments
    one = service(start, None, *zip(inner[::2], [*inner[1::2], None], strict=False))
    gained = one.elapsed_us(moments[-1] + step) - one.elapsed_us(moments[-1])
    assert gained == (0 if one.open_pause else step)

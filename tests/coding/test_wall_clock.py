"""Instants as people read them off the wall, in any zone and over any change of its clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.coding.wall_clock import WallClock
from desktop_app.core.moments import instant_us

DAY = date(2026, 3, 2)


def us(text: str) -> int:
    """Return the instant of a time with its offset, or of one in UTC."""
    written = datetime.fromisoformat(text)
    return instant_us(written if written.tzinfo else written.replace(tzinfo=UTC))


def clock(zone: str, day: str, first: str, last: str) -> WallClock:
    return WallClock(zone, date.fromisoformat(day), us(first), us(last))


USUAL = clock("UTC", "2026-03-02", "2026-03-02T00:00", "2026-03-02T23:59")
LONG = clock("UTC", "2026-03-02", "2026-03-01T22:00", "2026-03-03T20:00")
"""Of a visit over more days than one."""


def test_every_minute_of_a_day_is_told_as_it_is_written() -> None:
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    for minute in range(24 * 60):
        at = midnight + timedelta(minutes=minute)
        assert USUAL.time(instant_us(at)) == f"{at:%H:%M}"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-03-02T09:00:30", "09:00:30"),
        ("2026-03-02T09:00:01.5", "09:00:01"),
        ("2026-03-02T09:00:01", "09:00:01"),
        ("2026-03-02T09:00:00.9", "09:00"),
        ("2026-03-02T23:59:59.999999", "23:59:59"),
        ("2026-03-03T00:00", "00:00 next day"),
        ("2026-03-04T07:30:05", "07:30:05 on 2026-03-04"),
        ("2026-03-01T22:00", "22:00 on 2026-03-01"),
    ],
)
def test_seconds_and_another_day_are_told_only_where_there_are_any(at: str, told: str) -> None:
    assert LONG.time(us(at)) == told
    if " " not in told:
        assert USUAL.time(us(at)) == told


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([("02T09:00", "02T10:20"), ("02T10:35", "02T11:35")], "09:00 to 10:20 and 10:35 to 11:35"),
        ([("02T23:00", "03T01:00"), ("03T02:00", "03T03:00")], "23:00 to 01:00 next day and 02:00 to 03:00"),
        ([("03T01:00", "04T02:00")], "01:00 next day to 02:00 on 2026-03-04"),
        ([("01T23:00", "02T01:00")], "23:00 on 2026-03-01 to 01:00 that day"),
    ],
)
def test_a_new_day_is_named_once(spans: list[tuple[str, str]], told: str) -> None:
    instants = tuple((us(f"2026-03-{start}"), us(f"2026-03-{stop}")) for start, stop in spans)
    assert LONG.times(instants) == told
    if "day" not in told:
        assert USUAL.times(instants) == told


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-03-02T00:00", 2),
        ("2026-03-02T23:59:59.999999", 2),
        ("2026-03-03T00:00", 3),
        ("2026-03-01T23:59:59.999999", 1),
    ],
)
def test_a_day_ends_at_midnight_to_the_microsecond(at: str, day: int) -> None:
    assert LONG.day(us(at)) == date(2026, 3, day)


@pytest.mark.parametrize(
    ("first", "last", "only"),
    [
        ("2026-03-02T00:00", "2026-03-02T23:59:59.999999", DAY),
        ("2026-03-02T09:00", "2026-03-02T09:00", DAY),
        ("2026-03-02T00:00", "2026-03-02T00:00", DAY),
        ("2026-03-02T00:00:00.000001", "2026-03-02T09:00", DAY),
        ("2026-03-01T23:59:59.999999", "2026-03-02T09:00", None),
        ("2026-03-02T09:00", "2026-03-03T00:00", None),
        ("2026-03-03T09:00", "2026-03-03T10:00", None),
        ("2026-03-01T09:00", "2026-03-01T10:00", None),
    ],
)
def test_a_visit_lies_on_its_day_alone_or_it_does_not(first: str, last: str, only: date | None) -> None:
    assert clock("UTC", "2026-03-02", first, last).only_day == only


def test_on_the_day_the_clocks_change_every_instant_is_asked_for() -> None:
    visit = clock("America/New_York", "2026-03-08", "2026-03-08T01:00-05:00", "2026-03-08T04:00-04:00")
    assert visit.only_day is None
    assert visit.time(us("2026-03-08T01:59:30-05:00")) == "01:59:30"
    assert visit.time(us("2026-03-08T03:00-04:00")) == "03:00"
    assert visit.day(us("2026-03-08T00:00-05:00")) == date(2026, 3, 8)
    assert visit.day(us("2026-03-07T23:59-05:00")) == date(2026, 3, 7)


def test_clocks_put_back_and_forward_again_within_a_visit_are_followed() -> None:
    """Morocco keeps another time during Ramadan, which in 2026 ends on 22 March."""
    visit = clock("Africa/Casablanca", "2026-02-01", "2026-02-01T00:00", "2026-04-01T00:00")
    assert visit.time(us("2026-03-01T12:00Z")) == "12:00 on 2026-03-01"
    assert visit.time(us("2026-02-01T12:00Z")) == "13:00"


@pytest.mark.parametrize(
    ("zone", "told"), [("Asia/Kathmandu", "14:45"), ("America/St_Johns", "05:30"), ("UTC", "09:00")]
)
def test_a_zone_may_lie_any_number_of_minutes_from_utc(zone: str, told: str) -> None:
    there = clock(zone, "2026-03-02", "2026-03-02T09:00", "2026-03-02T10:00")
    assert (there.time(us("2026-03-02T09:00")), there.only_day) == (told, DAY)


def test_a_silent_clock_knows_the_day_and_tells_no_time() -> None:
    silent = LONG.silent()
    at = us("2026-03-03T09:00")
    assert (silent.day(at), silent.time(at), silent.times(((at, at + 1),))) == (date(2026, 3, 3), "", "")
    assert (silent.only_day, USUAL.silent().only_day, USUAL.only_day) == (None, DAY, DAY)


AUTUMN = ("America/New_York", "2026-11-01", "2026-11-01T04:30", "2026-11-01T07:30")


@pytest.mark.parametrize(
    ("start", "stop", "told"),
    [
        ("2026-11-01T01:20:01-04:00", "2026-11-01T01:10:01-05:00", "01:20:01 EDT to 01:10:01 EST"),
        ("2026-11-01T01:20-04:00", "2026-11-01T01:50-04:00", "01:20 EDT to 01:50 EDT"),
        ("2026-11-01T01:20-05:00", "2026-11-01T02:20-05:00", "01:20 EST to 02:20"),
        ("2026-11-01T00:30-04:00", "2026-11-01T01:00-04:00", "00:30 to 01:00 EDT"),
        ("2026-11-01T00:30-04:00", "2026-11-01T02:00-05:00", "00:30 to 02:00"),
        ("2026-10-31T23:30-04:00", "2026-11-01T01:00-04:00", "23:30 on 2026-10-31 to 01:00 EDT that day"),
    ],
)
def test_a_time_that_the_clock_shows_twice_says_which_of_the_two_it_is(
    start: str, stop: str, told: str
) -> None:
    exact = clock(AUTUMN[0], AUTUMN[1], start, stop)
    assert exact.times(((us(start), us(stop)),)) == told
    assert clock(*AUTUMN).time(us("2026-11-01T01:20-04:00")) == "01:20 EDT"


def test_an_offset_without_letters_is_told_in_figures() -> None:
    casablanca = clock("America/Sao_Paulo", "2019-02-17", "2019-02-17T00:30", "2019-02-17T04:30")
    assert casablanca.time(us("2019-02-17T01:30")) == "23:30 UTC-02:00 on 2019-02-16"
    assert casablanca.time(us("2019-02-17T02:30")) == "23:30 UTC-03:00 on 2019-02-16"

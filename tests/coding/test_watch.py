"""When a comparison that was made could first come out otherwise, to the microsecond."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.projection import _midnight_after
from desktop_app.coding.watch import Watch
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US, instant_us
from desktop_app.core.timeline import Span, Spans, cut_to_minute, in_order, whole_minutes
from tests.coding.runs import stand, us

DAY_US = 24 * HOUR_US
Looks = Callable[[Watch], object]


def midnight(at_us: int) -> int:
    """Return when the day of an instant ends, where days are all alike."""
    return (at_us // DAY_US + 1) * DAY_US


def watching(*moving: str, fixed: tuple[str, ...] = (), charted: bool = False) -> Watch:
    return Watch([us(at) for at in moving], [us(at) for at in fixed], midnight, charted=charted)


def time(*spans: tuple[str, str]) -> Spans:
    return tuple((us(start), us(stop)) for start, stop in spans)


def soonest(watch: Watch, look: Looks) -> float | None:
    """Return after how many seconds a watch would look again, once it has seen something."""
    look(watch)
    return None if watch.soonest_us is None else watch.soonest_us / SECOND_US


JUST_AFTER = 1 / SECOND_US


@pytest.mark.parametrize(
    ("moving", "fixed", "seconds"),
    [
        ([], ["09:00"], None),
        (["09:00"], [], None),
        (["09:00"], ["08:59:59"], None),
        (["09:00"], ["09:00"], JUST_AFTER),
        (["09:00"], ["09:00:07"], 7),
        (["09:00", "09:10"], ["08:00", "09:12", "09:30"], 120),
        (["09:00:20", "09:01:30"], [], None),
    ],
)
def test_a_moving_instant_that_meets_a_fixed_one_is_looked_at_then(
    moving: list[str], fixed: list[str], seconds: float | None
) -> None:
    assert soonest(watching(*moving, fixed=tuple(fixed)), bool) == seconds


@pytest.mark.parametrize(
    ("moving", "fixed", "seconds"),
    [
        (["09:00:20"], [], None),
        (["09:00:20"], ["08:59:30"], None),
        (["09:00:20"], ["09:00:05"], 40),
        (["09:00"], ["09:00"], JUST_AFTER),
        (["09:00:20"], ["09:00:30"], 10),
        (["09:00:20", "09:01:30"], [], 30),
        (["09:00:20", "09:01:20"], [], None),
        (["09:00:00", "09:01:30"], [], 30),
    ],
)
def test_by_the_chart_instants_part_at_the_turn_of_a_minute(
    moving: list[str], fixed: list[str], seconds: float | None
) -> None:
    assert soonest(watching(*moving, fixed=tuple(fixed), charted=True), bool) == seconds


GROWS = time(("09:00", "09:10:05"))
SHRINKS = time(("09:10:05", "10:00"))
TWO_GROW = time(("08:00", "08:05"), ("09:00", "09:10:05"))


@pytest.mark.parametrize(
    ("spans", "moving", "least", "seconds"),
    [
        (GROWS, ["09:10:05"], 16, 5 * 60 + 55),
        (GROWS, ["09:10:05"], 11, 55),
        (GROWS, ["09:10:05"], 10, None),
        (GROWS, ["09:11"], 16, None),
        (TWO_GROW, ["09:10:05"], 16, 55),
        (TWO_GROW, ["09:10:05", "08:05"], 16, 27.5),
        (SHRINKS, ["09:10:05"], 49, 55 + JUST_AFTER),
        (SHRINKS, ["09:10:05"], 50, None),
        (time(("09:10", "10:00")), ["09:10"], 50, JUST_AFTER),
        (time(("09:10", "10:00"), ("11:00", "12:00")), ["09:10", "11:00"], 109, 30 + JUST_AFTER),
        (time(("09:10", "10:00")), ["09:10", "10:00"], 50, None),
        (time(("09:10", "10:00")), ["09:10", "10:00"], 60, None),
    ],
)
def test_a_time_is_looked_at_when_it_becomes_long_enough_or_too_short(
    spans: Spans, moving: list[str], least: int, seconds: float | None
) -> None:
    watch = watching(*moving)
    assert soonest(watch, lambda watch: watch.reaches(spans, whole_minutes(spans), least)) == seconds


def test_whether_a_time_is_long_enough_is_told_by_its_minutes() -> None:
    assert [watching("09:10:05").reaches(GROWS, 10, least) for least in (9, 10, 11)] == [True, True, False]


@pytest.mark.parametrize(
    ("moving", "spans", "least", "seconds"),
    [
        ("09:10:20", time(("09:00", "09:10")), 11, 40),
        ("09:10:20", time(("09:00", "09:10")), 12, 100),
        ("09:10:20", time(("09:00", "09:10")), 10, None),
        ("09:10", time(("09:00", "09:10")), 11, 60),
        ("09:10:20", time(("09:10", "10:00")), 50, 40),
        ("09:10:20", time(("09:10", "10:00")), 49, 100),
        ("09:10:20", time(("09:00", "09:10:20")), 11, None),
    ],
)
def test_by_the_chart_a_time_grows_a_whole_minute_at_a_time(
    moving: str, spans: Spans, least: int, seconds: float | None
) -> None:
    watch = watching(moving, charted=True)
    assert soonest(watch, lambda watch: watch.reaches(spans, whole_minutes(spans), least)) == seconds


@pytest.mark.parametrize(
    ("spans", "low", "high", "seconds"),
    [
        (GROWS, 5, 15, 5 * 60 + 55),
        (GROWS, 12, 15, 60 + 55),
        (GROWS, 5, 10, 55),
        (SHRINKS, 16, 90, 33 * 60 + 55 + JUST_AFTER),
        (SHRINKS, 49, 90, 55 + JUST_AFTER),
    ],
)
def test_minutes_are_looked_at_when_they_leave_their_range(
    spans: Spans, low: int, high: int, seconds: float
) -> None:
    minutes = whole_minutes(spans)
    assert soonest(watching("09:10:05"), lambda watch: watch.weigh(spans, minutes, low, high)) == seconds


STANDS = time(("08:00", "08:20"))


@pytest.mark.parametrize(
    ("part", "whole", "seconds"),
    [
        (STANDS, time(("08:00", "09:10:05")), (70 - 40 - 3) * 60),
        (time(("08:50", "09:10:05")), STANDS, (40 - 20 - 3) * 60 / 2),
        (time(("08:50", "09:10:05")), time(("08:00", "09:10:05")), (70 - 40 - 3) * 60 / 3),
        (time(("08:50", "09:10:05")), time(("08:30", "09:10:05")), 55),
        (STANDS, time(("08:30", "09:10:05")), 55),
        (STANDS, time(("08:27", "09:10:05")), 55),
        (STANDS, time(("08:26", "09:10:05")), 60),
        (time(("08:00", "08:20"), ("09:10:05", "09:40")), STANDS, (98 - 20 - 3) * 60 / 2),
        (time(("08:50:30", "09:10:05")), time(("08:31", "09:10:05")), 25),
        (STANDS, STANDS, None),
    ],
)
def test_a_part_is_looked_at_no_later_than_it_could_become_more_or_less_than_half(
    part: Spans, whole: Spans, seconds: float | None
) -> None:
    watch = watching("09:10:05")
    found = soonest(watch, lambda watch: watch.mostly(part, whole_minutes(part), whole, whole_minutes(whole)))
    assert found == seconds


def test_whether_a_part_is_more_than_half_is_told_by_minutes() -> None:
    assert [watching("09:10:05").mostly(STANDS, 20, GROWS, whole) for whole in (39, 40)] == [True, False]


@pytest.mark.parametrize(
    ("earlier", "later", "least", "seconds"),
    [
        ("08:50", "09:10:05", 30, 9 * 60 + 55),
        ("08:50", "09:10:05", 20, None),
        ("08:50", "09:10:05", 21, 55),
        ("09:10:05", "09:31", 20, 55 + JUST_AFTER),
        ("09:10:05", "09:31", 21, None),
        ("08:50", "09:00", 30, None),
    ],
)
def test_two_pushes_are_looked_at_when_they_lie_far_enough_apart(
    earlier: str, later: str, least: int, seconds: float | None
) -> None:
    watch = watching("09:10:05")
    assert soonest(watch, lambda watch: watch.apart(us(earlier), us(later), least)) == seconds


def test_whether_they_lie_far_enough_apart_is_told_in_whole_minutes() -> None:
    nine, later = us("09:00:30"), us("09:30:29")
    assert [watching().apart(nine, later, least) for least in (28, 29, 30)] == [True, True, False]


ENDED = ("09:00", "09:30:40")


@pytest.mark.parametrize(
    ("first", "second", "seconds"),
    [
        # The other grows, and overtakes once it has more minutes, or as many and began before.
        (stand("a", *ENDED), stand("b", "09:20", "09:40:05"), 10 * 60 + 55),
        (stand("a", *ENDED), stand("b", "08:59", "09:10:05"), 18 * 60 + 55),
        (stand("b", *ENDED), stand("a", "09:00", "09:10:05"), 19 * 60 + 55),
        (stand("a", *ENDED), stand("b", "09:00", "09:10:05"), 20 * 60 + 55),
        (stand("a", *ENDED, place=1), stand("a", "09:00", "09:10:05", place=0), 19 * 60 + 55),
        # One that has not run for a minute is overtaken by one that has.
        (stand("a", "09:00", "09:00:40"), stand("b", "09:10", "09:10:05"), 55),
        (stand("b", "09:00", "09:00:40"), stand("a", "08:59:50", "08:59:55"), None),
        # The first grows: nobody overtakes it.
        (stand("a", "09:00", "09:40:05"), stand("b", *ENDED), None),
        (stand("a", *ENDED), stand("b", *ENDED), None),
        # The first shrinks.
        (stand("a", "09:40:05", "10:20"), stand("b", *ENDED), 55 + JUST_AFTER),
    ],
)
def test_runs_are_looked_at_when_one_may_overtake_the_other(
    first: object, second: object, seconds: float | None
) -> None:
    watch = watching("09:10:05", "09:40:05")
    assert soonest(watch, lambda watch: watch.longest_first([first, second])) == seconds  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("first", "second", "seconds"),
    [
        # Both grow, and whole minutes turn at different seconds: they change places and back.
        (("a", "09:00:30"), ("b", "09:00:40"), None),
        (("a", "09:00:40"), ("b", "09:00:30"), 25),
        (("a", "09:00:30"), ("b", "09:00:30"), None),
        (("b", "09:00:30"), ("a", "09:00:30"), 25),
        (("b", "09:00:30"), ("a", "09:01:30"), None),
        (("b", "09:00:30"), ("a", "09:01:29"), None),
    ],
)
def test_two_that_both_grow_are_looked_at_where_seconds_may_change_their_places(
    first: tuple[str, str], second: tuple[str, str], seconds: float | None
) -> None:
    runs = [stand(drug, start, "09:40:05") for drug, start in (first, second)]
    assert soonest(watching("09:40:05"), lambda watch: watch.longest_first(runs)) == seconds


@pytest.mark.parametrize(
    ("paused_until", "seconds"),
    [("09:10:29", 54), ("09:10:30", 55), ("09:10:31", 55), ("09:11:29", 54), ("09:11:30", None)],
)
def test_one_that_began_later_may_lose_its_place_within_a_minute(
    paused_until: str, seconds: float | None
) -> None:
    """It leads while it has run a whole minute longer, seconds and all; less may be none."""
    later, paused = stand("a", "09:10", "09:40:05"), stand("b", "09:00", "09:40:05")
    paused.spans = time(("09:00", "09:00:30"), (paused_until, "09:40:05"))
    paused.minutes = whole_minutes(paused.spans)
    assert soonest(watching("09:40:05"), lambda watch: watch.longest_first([later, paused])) == seconds


def test_one_that_leads_because_it_began_before_loses_its_place_to_seconds() -> None:
    later, paused = stand("a", "09:10", "09:40:05"), stand("b", "09:00", "09:40:05")
    paused.spans = time(("09:00", "09:00:30"), ("09:10:31", "09:40:05"))
    paused.minutes = whole_minutes(paused.spans)
    assert soonest(watching("09:40:05"), lambda watch: watch.longest_first([paused, later])) == 55


def test_each_two_that_stand_beside_each_other_are_looked_at() -> None:
    runs = [stand("a", *ENDED), stand("b", "09:00", "09:29"), stand("c", "09:20", "09:40:05")]
    assert soonest(watching("09:40:05"), lambda watch: watch.longest_first(runs)) == 9 * 60 + 55


@pytest.mark.parametrize(
    ("at", "spans", "seconds"),
    [
        # The piece begins with the present, and the instant in it moves on to midnight.
        ("23:10", time(("23:00", "23:30")), 50 * 60),
        ("23:00", time(("23:00", "23:30")), 60 * 60),
        ("22:59:59", time(("23:00", "23:30")), None),
        ("23:30", time(("23:00", "23:30")), None),
        # The piece before grows, so the instant moves back to its day's or its piece's begin.
        ("23:10", time(("22:00", "23:00"), ("23:05", "23:30")), 5 * 60 + JUST_AFTER),
        ("24:10", time(("22:00", "23:00"), ("23:05", "24:30")), 10 * 60 + JUST_AFTER),
        ("24:00", time(("22:00", "23:00"), ("23:05", "24:30")), JUST_AFTER),
        ("24:10", time(("22:00", "22:30"), ("23:05", "24:30")), None),
        # A piece before that begins with the present shrinks, so the instant moves on.
        ("23:40", time(("23:00", "23:20"), ("23:30", "23:50")), 20 * 60),
        # What has a stop with the present alone stands.
        ("22:30", time(("22:00", "23:00")), None),
        ("23:00", time(("22:00", "23:00")), None),
    ],
)
def test_the_day_of_an_hour_is_looked_at_when_it_may_be_another(
    at: str, spans: Spans, seconds: float | None
) -> None:
    assert soonest(watching("23:00"), lambda watch: watch.dated(us(at), spans)) == seconds


@pytest.mark.parametrize(("at", "hours"), [("2026-11-01T23:30", 24.5), ("2026-03-08T23:30", 22.5)])
def test_a_day_of_any_length_began_where_the_last_ended(at: str, hours: float) -> None:
    """On these days the clocks of New York are put back, and forward."""
    zone = "America/New_York"
    offset = {"2026-11": -5, "2026-03": -4}[at[:7]]
    at_us = instant_us(datetime.fromisoformat(at).replace(tzinfo=UTC)) - offset * HOUR_US
    grows = ((at_us - 100 * HOUR_US, at_us - 60 * HOUR_US), (at_us - 50 * HOUR_US, at_us + HOUR_US))
    watch = Watch([grows[0][1]], [], lambda us: _midnight_after(us, zone), charted=False)
    watch.dated(at_us, grows)
    assert watch.soonest_us == hours * HOUR_US + 1


Ends = tuple[int, int, bool, bool]
ends = st.tuples(st.integers(0, 1200), st.integers(0, 1200), st.booleans(), st.booleans())


def at_second(pieces: list[Ends], seconds: int, *, charted: bool) -> Spans:
    """Return a time as it is so many seconds on; some of its ends move."""

    def end(at: int, *, moves: bool) -> int:
        us = (at + seconds * moves) * SECOND_US
        return cut_to_minute(us) if charted else us

    spans: list[Span] = [(end(a, moves=m), end(b, moves=n)) for a, b, m, n in pieces]
    return tuple(span for span in spans if span[0] < span[1])


@given(st.lists(ends, min_size=1, max_size=2), st.integers(0, 22), st.booleans())
def test_nothing_has_changed_before_a_watch_looks_again(
    pieces: list[Ends],
    least: int,
    charted: bool,  # noqa: FBT001
) -> None:
    pieces = [(a, b, m, n) for a, b, m, n in pieces if a < b]
    moving = {at * SECOND_US for a, b, m, n in pieces for at, moves in ((a, m), (b, n)) if moves}
    fixed = {at * SECOND_US for a, b, m, n in pieces for at, moves in ((a, m), (b, n)) if not moves}
    if moving & fixed:
        return
    watch = Watch(moving, fixed, midnight, charted=charted)
    now = at_second(pieces, 0, charted=charted)
    if now != in_order(now):
        return
    reached = watch.reaches(now, whole_minutes(now), least)
    assert reached == (whole_minutes(now) >= least)
    for seconds in range(1, 1500, 7):
        if watch.soonest_us is not None and seconds * SECOND_US >= watch.soonest_us:
            break
        later = at_second(pieces, seconds, charted=charted)
        assert (whole_minutes(later) >= least) == reached


def test_a_watch_of_whole_minutes_is_set_by_the_next_of_them() -> None:
    """A tick that is none would set the watch to now."""
    watch = watching("09:10", charted=True)
    watch.reaches(time(("09:00", "09:10")), 10, 11)
    assert watch.soonest_us == MINUTE_US

"""Where minutes are compared: what is answered, and whether stamps cut to the minute answer otherwise."""

from __future__ import annotations

import pytest

from desktop_app.coding.compared import BothBases, Compared, charted_minutes, starts_share_a_minute
from desktop_app.core.moments import MINUTE_US, SECOND_US
from desktop_app.core.timeline import Spans, whole_minutes
from tests.coding.runs import Stand, stand, us


def span(start: str, stop: str) -> Spans:
    return ((us(start), us(stop)),)


SHORT = span("09:00:50", "09:16:10")
"""15 minutes, 16 by the chart."""
LONG = span("09:00:10", "09:16:50")
"""16 minutes, and 16 by the chart."""
SWOLLEN = span("09:00:10", "09:17:05")
"""16 minutes, 17 by the chart."""


@pytest.mark.parametrize(
    ("time", "minutes"),
    [(SHORT, 16), (LONG, 16), (SWOLLEN, 17), ((), 0), (span("09:00:59", "09:01:00") + LONG, 17)],
)
def test_the_chart_counts_from_minute_to_minute(time: Spans, minutes: int) -> None:
    assert charted_minutes(time) == minutes


@pytest.mark.parametrize("compared", [Compared(), BothBases()])
def test_what_is_answered_hangs_on_exact_minutes_alone(compared: Compared) -> None:
    assert [compared.reaches(SHORT, 15, least) for least in (14, 15, 16)] == [True, True, False]
    assert [compared.mostly((), part, LONG, 10) for part in (4, 5, 6)] == [False, False, True]
    nine, later = us("09:00:30"), us("09:30:29")
    assert [compared.apart(nine, later, least) for least in (28, 29, 30)] == [True, True, False]
    assert compared.apart(nine, later + SECOND_US, 30)


@pytest.mark.parametrize(
    ("time", "least", "differs"),
    [(SHORT, 16, True), (SHORT, 15, False), (SHORT, 17, False), (LONG, 16, False), (LONG, 17, False)],
)
def test_a_time_that_is_long_enough_on_one_basis_alone_is_noted(
    time: Spans, least: int, *, differs: bool
) -> None:
    both = BothBases()
    both.reaches(time, whole_minutes(time), least)
    assert both.differs == differs
    both.reaches(LONG, 16, 16)
    assert both.differs == differs


@pytest.mark.parametrize(
    ("time", "low", "high", "differs"),
    [
        (SHORT, 16, 90, True),
        (SHORT, 15, 90, False),
        (SHORT, 17, 90, False),
        (SHORT, 1, 15, True),
        (SHORT, 1, 16, False),
        (LONG, 16, 16, False),
        (SWOLLEN, 16, 16, True),
        (SWOLLEN, 16, 17, False),
    ],
)
def test_minutes_that_leave_their_range_by_the_chart_are_noted(
    time: Spans, low: int, high: int, *, differs: bool
) -> None:
    both = BothBases()
    both.weigh(time, whole_minutes(time), low, high)
    assert both.differs == differs


@pytest.mark.parametrize(
    ("part", "whole", "differs"),
    [
        (SHORT, span("09:00", "09:30:59"), True),
        (SHORT, span("09:00", "09:31"), True),
        (SHORT, span("09:00", "09:32"), False),
        (SHORT, span("09:00", "09:29"), False),
        (LONG, span("09:00", "09:31"), False),
        (span("09:00:50", "09:16:40"), span("09:00:59", "09:32:00"), False),
        (span("09:00:00", "09:16:00"), span("09:00:30", "09:32:20"), True),
    ],
)
def test_a_part_that_is_more_than_half_on_one_basis_alone_is_noted(
    part: Spans, whole: Spans, *, differs: bool
) -> None:
    both = BothBases()
    both.mostly(part, whole_minutes(part), whole, whole_minutes(whole))
    assert both.differs == differs


@pytest.mark.parametrize(
    ("earlier", "later", "least", "differs"),
    [
        ("09:00:50", "09:30:10", 30, True),
        ("09:00:50", "09:30:10", 29, False),
        ("09:00:50", "09:30:10", 31, False),
        ("09:00:10", "09:30:50", 30, False),
        ("09:00", "09:30", 30, False),
        ("09:00", "09:30", 31, False),
    ],
)
def test_two_pushes_far_enough_apart_on_one_basis_alone_are_noted(
    earlier: str, later: str, least: int, *, differs: bool
) -> None:
    both = BothBases()
    both.apart(us(earlier), us(later), least)
    assert both.differs == differs


@pytest.mark.parametrize(
    ("runs", "differs"),
    [
        ([stand("a", "09:00:10", "09:20:50"), stand("b", "09:00:50", "09:21:10")], True),
        ([stand("a", "09:00:50", "09:21:55"), stand("b", "09:00:10", "09:20:50")], False),
        ([stand("a", "09:00", "09:20"), stand("b", "09:00", "09:20")], False),
        ([stand("b", "09:00", "09:20"), stand("a", "09:00", "09:20")], True),
        ([stand("a", "09:00", "09:20", place=1), stand("a", "09:00", "09:20", place=0)], True),
        ([stand("a", "09:00", "09:20", place=0), stand("a", "09:00", "09:20", place=1)], False),
        ([stand("a", "09:00", "09:20", place=0), stand("a", "09:00", "09:20", place=0)], False),
        ([stand("b", "09:00", "09:20"), stand("a", "09:01", "09:21")], False),
        ([stand("a", "09:01", "09:21"), stand("b", "09:00", "09:20")], True),
        ([stand("a", "09:00", "09:20")], False),
    ],
)
def test_runs_that_stand_in_another_order_by_the_chart_are_noted(runs: list[Stand], *, differs: bool) -> None:
    both = BothBases()
    both.longest_first(runs)
    assert both.differs == differs


@pytest.mark.parametrize(
    ("gap", "differs"),
    [(("09:10:05", "09:10:50"), True), (("09:10:59", "09:11:00"), False), (("09:10", "09:12"), False)],
)
def test_two_pieces_that_are_one_by_the_chart_are_noted(gap: tuple[str, str], *, differs: bool) -> None:
    both = BothBases()
    both.pieces(((us("09:00"), us(gap[0])), (us(gap[1]), us("09:30")), (us("10:00"), us("10:30"))))
    assert both.differs == differs


@pytest.mark.parametrize(
    ("starts", "tied"),
    [
        (["09:00:10", "09:00:50"], True),
        (["09:00:10", "09:01:10"], False),
        (["09:00:10", "09:00:10"], False),
        (["09:00:10", "09:00:10", "09:00:11"], True),
        ([], False),
    ],
)
def test_what_began_within_one_minute_is_a_tie_by_the_chart(starts: list[str], *, tied: bool) -> None:
    assert starts_share_a_minute([us(start) for start in starts]) == tied
    assert starts_share_a_minute([us(start) + MINUTE_US for start in starts]) == tied


def test_who_keeps_nothing_may_be_told_anything() -> None:
    compared = Compared()
    compared.weigh(SHORT, 15, 16, 90)
    compared.longest_first([stand("a", "09:00", "09:20"), stand("b", "09:00", "09:40")])
    compared.pieces(SHORT)
    compared.dated(us("09:00"), SHORT)
    assert not BothBases().differs

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.moments import MINUTE_US, SECOND_US
from desktop_app.core.timeline import (
    NO_TIME,
    Spans,
    cut_to_minute,
    in_order,
    instant_after,
    joined,
    length_us,
    running,
    shared,
    whole_minutes,
    without,
)

pairs = st.tuples(st.integers(0, 60), st.integers(0, 60))
any_spans = st.lists(pairs, max_size=6).map(in_order)


def instants(spans: Spans) -> set[int]:
    return {at for start, stop in spans for at in range(start, stop)}


def test_spans_that_touch_are_one_span() -> None:
    assert in_order([(30, 40), (10, 20), (20, 30)]) == ((10, 40),)


def test_a_span_inside_another_changes_nothing() -> None:
    assert in_order([(10, 40), (20, 30)]) == ((10, 40),)
    assert in_order([(0, 5), (10, 40), (20, 30)]) == ((0, 5), (10, 40))


def test_an_empty_or_turned_pair_is_no_time() -> None:
    assert in_order([(10, 10), (30, 20)]) == NO_TIME
    assert in_order([(10, 10), (30, 20), (40, 50)]) == ((40, 50),)


@given(any_spans)
def test_spans_are_sorted_apart_and_never_empty(spans: Spans) -> None:
    ends = [end for span in spans for end in span]
    assert ends == sorted(set(ends))


@given(any_spans, any_spans)
def test_the_algebra_agrees_with_sets_of_instants(one: Spans, other: Spans) -> None:
    assert instants(joined(one, other)) == instants(one) | instants(other)
    assert instants(shared(one, other)) == instants(one) & instants(other)
    assert instants(without(one, other)) == instants(one) - instants(other)


@given(any_spans, any_spans)
def test_what_the_algebra_returns_is_in_order(one: Spans, other: Spans) -> None:
    for spans in (joined(one, other), shared(one, other), without(one, other)):
        assert spans == in_order(spans)


@given(any_spans, any_spans)
def test_time_is_shared_or_not_and_never_lost(one: Spans, other: Spans) -> None:
    assert length_us(shared(one, other)) + length_us(without(one, other)) == length_us(one)


def test_running_time_is_start_to_stop_less_the_pauses() -> None:
    assert running(0, 100, [(20, 30), (50, 60)]) == ((0, 20), (30, 50), (60, 100))


def test_a_pause_of_no_length_changes_nothing() -> None:
    assert running(0, 100, [(40, 40)]) == ((0, 100),)


def test_a_pause_over_the_whole_run_leaves_no_time() -> None:
    assert running(0, 100, [(-5, 200)]) == NO_TIME


def test_what_stops_as_it_starts_never_ran() -> None:
    assert running(50, 50) == NO_TIME


@pytest.mark.parametrize(("seconds", "minutes"), [(59, 0), (60, 1), (15 * 60 + 59, 15), (16 * 60, 16)])
def test_seconds_are_cut_and_never_rounded_up(seconds: int, minutes: int) -> None:
    assert whole_minutes(((0, seconds * SECOND_US),)) == minutes


def test_the_seconds_of_all_pieces_are_summed_before_they_are_cut() -> None:
    half = 30 * SECOND_US
    assert whole_minutes(((0, half), (MINUTE_US, MINUTE_US + half))) == 1


def test_a_stamp_is_cut_to_the_minute_it_falls_in() -> None:
    assert cut_to_minute(5 * MINUTE_US + 59 * SECOND_US) == 5 * MINUTE_US


@pytest.mark.parametrize(("ran", "instant"), [(0, 10), (5, 15), (10, 30), (15, 35), (20, 40), (99, 40)])
def test_an_instant_is_found_by_the_time_that_ran_before_it(ran: int, instant: int) -> None:
    assert instant_after(((10, 20), (30, 40)), ran) == instant


def test_past_the_last_of_many_pieces_it_is_their_end() -> None:
    assert instant_after(((10, 20), (30, 40), (50, 60)), 99) == 60


def test_no_running_time_holds_no_instant() -> None:
    with pytest.raises(ValueError, match="no running time"):
        instant_after(NO_TIME, 0)

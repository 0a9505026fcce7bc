from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.coder import code
from desktop_app.coding.projection import (
    lines_at_plan_end,
    lines_if_stopped,
    planned_end_us,
    stopped_at,
)
from desktop_app.coding.visit import Visit
from desktop_app.core.moments import MINUTE_US
from tests.coding.given import RULES, infusion, push, units, visit

PROFILE = RULES.profiles["medicare-facility"]
RUNNING = visit(push("first", "09:00"), infusion("drug", "09:00", planned_minutes=120))
START = RUNNING.services[1].start_us


def minutes(count: int) -> int:
    return START + count * MINUTE_US


def now(made: Visit, count: int) -> dict[str, int]:
    return units(lines_if_stopped(made, minutes(count), RULES.rulebook, PROFILE))


def planned(made: Visit, count: int) -> dict[str, int]:
    end = lines_at_plan_end(made, minutes(count), RULES.rulebook, PROFILE)
    return units(end[1]) if end else {}


def test_the_lines_if_all_stopped_now() -> None:
    assert now(RUNNING, 10) == {"96374": 1, "96375": 1}
    assert now(RUNNING, 16) == {"96365": 1, "96375": 1}
    assert now(RUNNING, 91) == {"96365": 1, "96366": 1, "96375": 1}


def test_the_lines_at_the_planned_end() -> None:
    assert planned(RUNNING, 10) == {"96365": 1, "96366": 1, "96375": 1}


def test_past_its_plan_a_service_counts_to_now() -> None:
    assert planned(RUNNING, 151) == {"96365": 1, "96366": 2, "96375": 1}


def test_a_service_without_a_plan_counts_to_now_beside_one_that_has_a_plan() -> None:
    services = infusion("one", "08:30"), infusion("two", "08:44", planned_minutes=60, site="2")
    assert planned(visit(*services), 1) == {"96365": 1, "96365-59": 1}


def test_where_nothing_that_runs_has_a_plan_there_is_no_planned_end() -> None:
    assert planned(visit(infusion("drug", "09:00"), push("two", "09:00")), 16) == {}


def test_the_last_plan_to_end_is_the_planned_end() -> None:
    services = infusion("one", "09:00", planned_minutes=30), infusion("two", "09:10", planned_minutes=60)
    end = lines_at_plan_end(visit(*services), minutes(5), RULES.rulebook, PROFILE)
    assert end is not None
    assert end[0] == minutes(70)


def test_a_pause_puts_the_planned_end_off_and_goes_on_now() -> None:
    paused = visit(infusion("drug", "09:00", planned_minutes=91, pauses=[["2026-03-02T09:30", None]]))
    assert planned_end_us(paused.services[0], minutes(60)) == minutes(121)
    assert planned(paused, 60) == {"96365": 1, "96366": 1}
    assert now(paused, 60) == {"96365": 1}


def test_what_has_stopped_or_was_not_seen_to_stop_stays_as_it_is() -> None:
    made = visit(infusion("one", "09:00", "10:00"), infusion("two", "09:00", not_witnessed=True))
    assert stopped_at(made, minutes(90)) == made
    assert planned_end_us(made.services[0], minutes(90)) is None


def test_no_service_stops_before_the_last_thing_known_of_it() -> None:
    made = visit(infusion("drug", "09:30", pauses=[["2026-03-02T09:50", "2026-03-02T10:00"]]))
    assert stopped_at(made, minutes(0)).services[0].stop_us == minutes(60)


@given(st.integers(0, 400 * 60))
def test_the_projection_is_the_coding_of_the_visit_stopped_then(seconds: int) -> None:
    at_us = START + seconds * MINUTE_US // 60
    by_hand = replace(RUNNING, services=(RUNNING.services[0], replace(RUNNING.services[1], stop_us=at_us)))
    assert lines_if_stopped(RUNNING, at_us, RULES.rulebook, PROFILE) == code(by_hand, RULES.rulebook, PROFILE)

"""The ticks of a timeline are the rulebook's own numbers, and the coder agrees with each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.app import session_coder
from desktop_app.coding.rulebook import options_on
from desktop_app.coding.unit_minutes import unit_minutes
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Category, Order, Route
from tests.core.chairside import infusion, push, running, us

CODER = session_coder()
FOUR_HOURS = 240


def fluid() -> Order:
    return infusion("normal saline", category=Category.HYDRATION)


@pytest.mark.parametrize(
    ("order", "minutes"),
    [(infusion(), (16, 91, 151, 211)), (fluid(), (31, 91, 151, 211))],
    ids=["drug", "fluid"],
)
def test_the_minutes_are_those_at_which_the_coder_counts_otherwise(
    order: Order, minutes: tuple[int, ...]
) -> None:
    session = running(order=order).session()
    assert CODER.unit_minutes(session, order, FOUR_HOURS) == minutes
    for at in minutes:
        before, then = (CODER.if_stopped(session, us("09:00") + m * MINUTE_US) for m in (at - 1, at))
        assert [(line.code, line.units) for line in before.lines] != [
            (line.code, line.units) for line in then.lines
        ]


def test_the_numbers_are_the_rulebooks_and_none_is_past_what_was_asked() -> None:
    session = running(order=fluid()).session()
    visit = CODER.visit(session)
    era = CODER.rulebook.on(visit.date)
    assert era is not None
    options = options_on(CODER.rulebook, CODER.profile(session), visit.setting, visit.date, ())
    other = replace(era.thresholds, push_longest_minutes=20, hour_minutes=50, added_hour_more_than_minutes=9)
    assert unit_minutes(other, options, infusion(), 109) == (21, 60)
    assert unit_minutes(other, options, infusion(), 110) == (21, 60, 110)
    assert unit_minutes(other, options, infusion(), 21) == (21,)
    assert unit_minutes(other, options, infusion(), 20) == ()
    assert unit_minutes(other, replace(options, hydration_min=25), fluid(), 30) == (25,)


@pytest.mark.parametrize(
    "order",
    [
        push(),
        infusion("blood", category=Category.TRANSFUSION),
        infusion("watch", route=Route.OBSERVATION, category=Category.OTHER),
        infusion("fluorouracil", category=Category.CHEMO, pump=True),
    ],
    ids=lambda order: order.drug,
)
def test_what_has_no_units_of_time_has_no_minutes(order: Order) -> None:
    assert CODER.unit_minutes(running().session(), order, FOUR_HOURS) == ()


def test_before_the_first_rules_there_are_none() -> None:
    session = running().session()
    old = us("1999-03-02T09:00")
    start = session.services[0].start
    assert start is not None
    service = replace(session.services[0], start=replace(start, at_us=old))
    before = session.with_service(service)
    assert CODER.unit_minutes(before, infusion(), FOUR_HOURS) == ()
    assert CODER.one_minute(before, ("a",), us("09:15"), at_plan_end=False) == ""


def test_one_minute_is_asked_of_the_running_visit_its_plan_and_the_record() -> None:
    side = running(order=infusion("vancomycin", planned_minutes=90))
    session = side.session()
    assert CODER.one_minute(session, ("a",), us("09:15"), at_plan_end=False) == (
        "One minute more and 96365 x1 would stand in place of 96374 x1; one less changes no line."
    )
    assert CODER.one_minute(session, ("a",), us("09:15"), at_plan_end=True) == (
        "One minute more and 96366 x1 would be added; one less changes no line."
    )
    side.stop("10:31")
    side.end("10:40")
    assert CODER.one_minute(side.session(), ("a",), us("11:00"), at_plan_end=False) == (
        "One minute less and 96366 x1 would fall away; one more changes no line."
    )

"""Where an infusion stands in its ordered rate steps, told from the rates that were recorded."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.care import change_rate, pause_service, resume_service
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import PlannedRate
from desktop_app.core.reminders import Reminds, Wishes, reminders_coming, reminders_due
from desktop_app.core.titration import (
    Step,
    is_step_due,
    next_step,
    next_step_after_us,
    ran_us,
    rate_in_force,
    step_in_force,
)
from tests.core.chairside import Chairside, infusion, running, us

STEPS = tuple(PlannedRate(after, Decimal(rate)) for after, rate in ((0, 30), (30, 60), (60, 120), (90, 240)))


def titrated(*recorded: tuple[str, str]) -> Chairside:
    """Return an infusion running since 09:00 in four steps, with these rates recorded."""
    side = running(order=infusion("globulin", planned_minutes=180, rate_steps=STEPS))
    for time, rate in recorded:
        side.do(time, change_rate, service="a", rate_ml_h=rate)
    return side


def place(step: Step | None) -> str:
    return f"{step.number}/{step.of} {step.planned.rate_ml_h}" if step else "none"


@pytest.mark.parametrize(
    ("recorded", "here", "following"),
    [
        ([], "1/4 30", "2/4 60"),
        ([("09:00", "30")], "1/4 30", "2/4 60"),
        ([("09:30", "60")], "2/4 60", "3/4 120"),
        ([("09:30", "60.0"), ("10:00", "120")], "3/4 120", "4/4 240"),
        ([("09:30", "60"), ("10:00", "120"), ("10:30", "240")], "4/4 240", "none"),
        ([("09:30", "60"), ("10:00", "120"), ("10:05", "60")], "2/4 60", "3/4 120"),
        ([("09:30", "60"), ("10:00", "120"), ("10:05", "75")], "none", "3/4 120"),
        ([("09:30", "60"), ("10:00", "120"), ("10:05", "15")], "none", "1/4 30"),
        ([("09:30", "300")], "none", "2/4 60"),
    ],
)
def test_the_step_is_the_recorded_rates(recorded: list[tuple[str, str]], here: str, following: str) -> None:
    service = titrated(*recorded).service()
    assert (place(step_in_force(service)), place(next_step(service))) == (here, following)


def test_of_two_steps_at_one_rate_the_nearer_is_meant() -> None:
    rates = ((0, 30), (30, 60), (60, 30), (90, 60))
    steps = tuple(PlannedRate(after, Decimal(rate)) for after, rate in rates)
    side = running(order=infusion(rate_steps=steps))
    for time, rate in (("09:30", "60"), ("10:00", "30"), ("10:30", "60")):
        side.do(time, change_rate, service="a", rate_ml_h=rate)
    assert place(step_in_force(side.service())) == "4/4 60"


def test_a_rate_given_afterwards_stands_where_it_belongs() -> None:
    side = titrated(("10:00", "120"))
    side.do("10:05", change_rate, service="a", rate_ml_h="60", back_to="09:30")
    assert rate_in_force(side.service()) == Decimal(120)
    assert place(step_in_force(side.service())) == "3/4 120"


def test_without_steps_there_is_only_the_rate() -> None:
    side = running(order=infusion(rate_ml_h=Decimal(125)))
    assert rate_in_force(side.service()) == Decimal(125)
    side.do("09:15", change_rate, service="a", rate_ml_h="40.5")
    service = side.service()
    assert rate_in_force(service) == Decimal("40.5")
    assert (step_in_force(service), next_step(service), next_step_after_us(service)) == (None, None, None)
    assert rate_in_force(running().service()) is None


@pytest.mark.parametrize(
    ("recorded", "after_minutes"),
    [
        ([], 30),
        ([("09:30", "60")], 60),
        ([("09:41", "60")], 71),
        ([("09:20", "60")], 60),
        ([("09:30", "60"), ("10:00", "120"), ("10:30", "240")], None),
        ([("09:30", "60"), ("09:40", "45")], None),
    ],
)
def test_a_step_is_due_after_as_long_on_the_one_before_as_was_ordered(
    recorded: list[tuple[str, str]], after_minutes: int | None
) -> None:
    due_us = next_step_after_us(titrated(*recorded).service())
    assert due_us == (None if after_minutes is None else after_minutes * MINUTE_US)


def test_a_pause_does_not_count_towards_a_step() -> None:
    side = titrated()
    side.do("09:10", pause_service, service="a")
    side.do("09:20", resume_service, service="a")
    assert not is_step_due(side.service(), us("09:39:59"))
    assert is_step_due(side.service(), us("09:40"))
    side.do("09:45", change_rate, service="a", rate_ml_h="60")
    assert ran_us(side.service(), us("09:15")) == 10 * MINUTE_US
    assert next_step_after_us(side.service()) == 65 * MINUTE_US


def test_nothing_is_due_of_what_has_stopped() -> None:
    side = titrated()
    side.stop("09:45")
    assert not is_step_due(side.service(), us("10:30"))


# Any day: steps of any length, rates recorded when somebody comes to it, pauses in between.

STEPS_ONLY = Wishes(kinds=frozenset({Reminds.RATE_STEP}))
gaps = st.lists(st.integers(1, 30), min_size=1, max_size=4)
days = st.lists(st.tuples(st.integers(0, 45), st.sampled_from("nnnopr")), max_size=10)


def rising(between: list[int]) -> tuple[PlannedRate, ...]:
    """Return steps with so many minutes between them."""
    minutes = [sum(between[:upto]) for upto in range(len(between) + 1)]
    return tuple(PlannedRate(after, Decimal(10 + place)) for place, after in enumerate(minutes))


def lived(side: Chairside, what: str) -> None:
    """Take the next step if it is due, set a rate off the plan, pause or resume."""
    service, at_us = side.service(), side.clock.now().wall_us
    step = next_step(service)
    if what == "n" and step is not None and is_step_due(service, at_us):
        touch = partial(change_rate, service="a", rate_ml_h=str(step.planned.rate_ml_h))
        side.desk.touch("s", touch)
    elif what == "o":
        side.desk.touch("s", partial(change_rate, service="a", rate_ml_h="3"))
    elif what in "pr":
        side.desk.touch("s", partial(pause_service if what == "p" else resume_service, service="a"))


@given(gaps, days)
def test_the_reminder_and_the_button_name_one_step_and_neither_hurries_it(
    between: list[int], day: list[tuple[int, str]]
) -> None:
    side = running(order=infusion(rate_steps=rising(between)))
    for minutes, what in [*day, (60, "n")]:
        side.clock.advance(minutes)
        service, at_us = side.service(), side.clock.now().wall_us
        step, due = next_step(service), reminders_due(side.session(), STEPS_ONLY, at_us)
        assert bool(due) is is_step_due(service, at_us)
        here = step_in_force(service)
        for told in (*due, *reminders_coming(side.session(), STEPS_ONLY, at_us)):
            assert step is not None
            assert here is not None
            assert told.rate_ml_h == step.planned.rate_ml_h
            since = service.rates[-1].at.at_us if service.rates else us("09:00")
            held = step.planned.after_minutes - here.planned.after_minutes
            assert told.due_us >= since + held * MINUTE_US
        lived(side, what)

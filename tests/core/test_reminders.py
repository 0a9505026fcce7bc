"""Reminders come when they are due, wait while a service is paused, and speak until they are seen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.care import (
    acknowledge_reminder,
    change_rate,
    give_service,
    pause_service,
    resume_service,
    start_service,
    stop_service,
)
from desktop_app.core.corrections import correct_moment
from desktop_app.core.moments import MINUTE_US, HowKnown
from desktop_app.core.orders import Category, Order, PlannedRate
from desktop_app.core.reminders import Reminds, Wishes, next_due_us, reminders_coming, reminders_due
from desktop_app.core.session import Session
from tests.core.chairside import Chairside, Decide, infusion, push, running, seated, us

ALL = Wishes()
STEPS = (PlannedRate(0, Decimal(20)), PlannedRate(30, Decimal(40)), PlannedRate(60, Decimal(80)))
TITRATED = infusion(planned_minutes=90, rate_steps=STEPS)
WATCHED = infusion(vitals_every_minutes=15, observe_minutes=30)


def due(side: Chairside, time: str, wishes: Wishes = ALL) -> list[tuple[str, int]]:
    """Return what is due at a time, each with the instant it is due at."""
    found = reminders_due(side.session(), wishes, us(time))
    return [(str(one.what), one.due_us) for one in found]


def coming(side: Chairside, time: str, wishes: Wishes = ALL) -> list[tuple[str, int]]:
    found = reminders_coming(side.session(), wishes, us(time))
    return [(str(one.what), one.due_us) for one in found]


def see(side: Chairside, time: str, what: str, due_at: str) -> None:
    side.do(time, acknowledge_reminder, service="a", reminder=what, due_us=us(due_at))


def test_nothing_is_due_before_its_time() -> None:
    side = running("09:00", TITRATED)
    assert due(side, "09:29:59.999999") == []
    assert coming(side, "09:29:59.999999") == [("rate-step", us("09:30")), ("plan-end", us("10:30"))]


def test_a_rate_step_is_due_after_its_running_time_with_the_ordered_rate() -> None:
    side = running("09:00", TITRATED)
    found = reminders_due(side.session(), ALL, us("09:30"))
    assert [(one.service, str(one.what), one.due_us, one.rate_ml_h) for one in found] == [
        ("a", "rate-step", us("09:30"), Decimal(40))
    ]


def test_the_step_that_begins_with_the_start_is_seen_by_whoever_starts() -> None:
    assert due(running("09:00", TITRATED), "09:00") == []


def test_a_pause_pushes_what_follows_the_running_time_back_and_no_further() -> None:
    side = running("09:00", TITRATED)
    side.do("09:20", pause_service, service="a", reason="itching")
    assert due(side, "12:00") == []
    assert coming(side, "12:00") == []
    side.do("12:00", resume_service, service="a")
    assert coming(side, "12:00") == [("rate-step", us("12:10")), ("plan-end", us("13:10"))]
    assert due(side, "12:10") == [("rate-step", us("12:10"))]


def test_what_came_due_as_a_pause_began_stays_due_in_it_and_after_it() -> None:
    side = running("09:00", TITRATED)
    side.do("09:30", pause_service, service="a")
    assert due(side, "09:50") == [("rate-step", us("09:30"))]
    side.do("10:00", resume_service, service="a")
    assert due(side, "10:05") == [("rate-step", us("09:30"))]


def test_a_step_that_came_late_pushes_the_next_one_back() -> None:
    side = running("09:00", TITRATED)
    side.do("09:48", change_rate, service="a", rate_ml_h="40")
    assert due(side, "10:17:59") == []
    assert due(side, "10:18") == [("rate-step", us("10:18"))]


def test_a_step_that_nobody_took_is_the_one_that_stays_due() -> None:
    (found,) = reminders_due(running("09:00", TITRATED).session(), ALL, us("10:15"))
    assert (found.due_us, found.rate_ml_h) == (us("09:30"), Decimal(40))


def test_a_step_taken_a_little_early_to_the_ordered_rate_reminds_of_nothing() -> None:
    side = running("09:00", TITRATED)
    side.do("09:28", change_rate, service="a", rate_ml_h="40.0")
    assert due(side, "09:30") == []


def test_a_rate_off_the_plan_leaves_it_to_a_person_when_to_go_on() -> None:
    side = running("09:00", TITRATED)
    side.do("09:28", change_rate, service="a", rate_ml_h="30")
    assert due(side, "10:15") == []


def test_of_vital_signs_only_the_latest_are_due() -> None:
    side = running("09:00", WATCHED)
    assert due(side, "09:50") == [("vitals", us("09:45"))]
    assert coming(side, "09:50") == [("vitals", us("10:00"))]


def test_vital_signs_that_were_seen_fall_silent_until_they_are_next_due() -> None:
    side = running("09:00", WATCHED)
    see(side, "09:17", "vitals", "09:15")
    assert due(side, "09:29:59") == []
    assert due(side, "09:30") == [("vitals", us("09:30"))]


def test_seeing_one_thing_leaves_the_others_due() -> None:
    side = running("09:00", infusion(planned_minutes=30, vitals_every_minutes=30, rate_steps=STEPS))
    see(side, "09:31", "vitals", "09:30")
    assert due(side, "09:32") == [("rate-step", us("09:30")), ("plan-end", us("09:30"))]


def test_seeing_it_at_one_service_leaves_it_due_at_another() -> None:
    side = running("09:00", WATCHED)
    side.start("09:00", "b", WATCHED)
    see(side, "09:16", "vitals", "09:15")
    assert [one.service for one in reminders_due(side.session(), ALL, us("09:16"))] == ["b"]


def test_a_plan_that_ends_later_than_what_was_seen_speaks_again() -> None:
    side = running("09:00", infusion(planned_minutes=60))
    see(side, "10:05", "plan-end", "10:00")
    assert due(side, "10:30") == []
    correction = {"service": "a", "what": "start", "how": HowKnown.PUMP, "reason": "pump log"}
    side.do("10:31", correct_moment, to_us=us("09:10"), **correction)
    assert due(side, "10:31") == [("plan-end", us("10:10"))]


def test_an_undone_acknowledgement_leaves_it_due() -> None:
    side = running("09:00", WATCHED)
    see(side, "09:17", "vitals", "09:15")
    side.undo("09:18")
    assert due(side, "09:18") == [("vitals", us("09:15"))]


def test_the_planned_end_is_said_to_be_near_and_then_to_be_there() -> None:
    side = running("09:00", infusion(planned_minutes=60))
    wishes = Wishes(near_minutes=10)
    assert due(side, "09:50", wishes) == [("plan-near", us("09:50"))]
    assert due(side, "10:00", wishes) == [("plan-end", us("10:00"))]
    assert due(side, "09:50") == []


def test_a_plan_no_longer_than_the_warning_before_it_has_no_warning() -> None:
    side = running("09:00", infusion(planned_minutes=10))
    assert coming(side, "09:00", Wishes(near_minutes=10)) == [("plan-end", us("09:10"))]


def test_the_watch_begins_with_the_stop_and_needs_no_running_time() -> None:
    side = running("09:00", WATCHED)
    side.stop("09:40")
    assert coming(side, "09:40") == [("observation-over", us("10:10"))]
    assert due(side, "10:10") == [("observation-over", us("10:10"))]


def test_a_push_is_watched_from_the_moment_it_was_given() -> None:
    side = seated()
    side.give("09:00", order=push(observe_minutes=15))
    assert due(side, "09:15") == [("observation-over", us("09:15"))]


def test_a_stop_ends_every_reminder_of_the_running() -> None:
    side = running("09:00", replace(TITRATED, vitals_every_minutes=15))
    assert len(due(side, "10:40")) == 3
    side.stop("10:41")
    assert due(side, "10:41") == []
    assert next_due_us(side.session(), ALL, us("10:41")) is None


def test_a_patient_who_has_left_reminds_of_nothing() -> None:
    side = running("09:00", WATCHED)
    side.stop("09:40")
    side.end("09:41")
    assert due(side, "11:00") == []
    assert coming(side, "09:41") == []


@pytest.mark.parametrize("kind", list(Reminds))
def test_what_a_suite_does_not_want_is_not_said(kind: Reminds) -> None:
    side = running("09:00", replace(TITRATED, vitals_every_minutes=15))
    side.give("09:00", order=push(observe_minutes=15))
    wishes = Wishes(kinds=frozenset(Reminds) - {kind}, near_minutes=5)
    told = {what for what, _ in due(side, "10:26", wishes) + coming(side, "10:26", wishes)}
    assert told == {str(one) for one in Reminds if one is not kind}


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (infusion(), ["vitals"]),
        (infusion(vitals_every_minutes=60), []),
        (infusion(category=Category.HYDRATION), []),
        (infusion(kvo=True), []),
    ],
)
def test_the_suites_own_interval_is_for_drugs_whose_order_says_nothing(order: Order, told: list[str]) -> None:
    side = running("09:00", order)
    assert [what for what, _ in due(side, "09:30", Wishes(vitals_minutes=30))] == told


def test_without_an_interval_no_vital_signs_are_due() -> None:
    assert coming(running("09:00"), "09:00") == []


# Any day: orders of whole minutes, touches on whole minutes, and a nurse who counts on her fingers.

minutes_of = st.integers(1, 40)
orders = st.builds(
    lambda planned, every, watch, steps: infusion(
        planned_minutes=planned,
        vitals_every_minutes=every,
        observe_minutes=watch,
        rate_steps=tuple(PlannedRate(after, Decimal(after + 1)) for after in (0, *sorted(steps))),
    ),
    st.none() | minutes_of,
    st.none() | minutes_of,
    st.none() | minutes_of,
    st.sets(minutes_of, max_size=4),
)
passed_and_touched = st.lists(st.tuples(st.integers(0, 50), st.sampled_from("prsk")), max_size=12)
ACTS: dict[str, Decide] = {"p": pause_service, "r": resume_service, "s": stop_service}
Told = set[tuple[str, int]]


def fingers(order: Order, ran: int, at_us: int, near: int) -> Told:
    """Return what comes due at the end of a minute of running, counted out by itself."""
    planned, every = order.planned_minutes, order.vitals_every_minutes
    found = [("plan-end", planned == ran), ("vitals", every is not None and ran % every == 0)]
    found.append(("plan-near", planned is not None and near < planned and ran == planned - near))
    # Nobody sets a rate in these days, so the first step that is due stays the one that is.
    found.append(("rate-step", [step.after_minutes for step in order.rate_steps[1:2]] == [ran]))
    return {(what, at_us) for what, is_due in found if is_due}


class Asker:
    """Asks what is due after each touch and at each instant it was told, and at no other."""

    def __init__(self, side: Chairside, wishes: Wishes) -> None:
        self.side = side
        self.wishes = wishes
        self.told: Told = set()

    def ask(self) -> int | None:
        session, now_us = self.side.session(), self.side.clock.now().wall_us
        self.told |= {(str(one.what), one.due_us) for one in reminders_due(session, self.wishes, now_us)}
        return next_due_us(session, self.wishes, now_us)

    def wait(self, minutes: int) -> None:
        until_us = self.side.clock.now().wall_us + minutes * MINUTE_US
        while (next_us := self.ask()) is not None and next_us <= until_us:
            self.side.clock.advance(us=next_us - self.side.clock.now().wall_us)
        self.side.clock.advance(us=until_us - self.side.clock.now().wall_us)
        self.ask()


def touch(side: Chairside, what: str, wishes: Wishes) -> None:
    """Pause, resume, stop, or see everything that is due; refused touches change nothing."""
    if what in ACTS:
        side.desk.touch("s", partial(ACTS[what], service="a"))
        return
    for one in reminders_due(side.session(), wishes, side.clock.now().wall_us):
        seen = partial(acknowledge_reminder, reminder=str(one.what), due_us=one.due_us)
        side.desk.touch("s", partial(seen, service=one.service))


@given(orders, passed_and_touched, st.integers(1, 9))
def test_who_asks_only_when_told_and_after_touches_misses_nothing(
    order: Order, day: list[tuple[int, str]], near: int
) -> None:
    side = seated("09:00")
    side.do("09:00", start_service, service="a", order=order)
    asker = Asker(side, Wishes(near_minutes=near))
    expected: Told = set()
    ran = 0
    for minutes, what in [*day, (60, "k")]:
        for minute in range(1, minutes + 1):
            at_us = side.clock.now().wall_us + minute * MINUTE_US
            if side.service().open_pause is None and side.service().is_open:
                ran += 1
                expected |= fingers(order, ran, at_us, near)
            stop = side.service().stop
            if stop and order.observe_minutes and at_us == stop.at_us + order.observe_minutes * MINUTE_US:
                expected.add(("observation-over", at_us))
        asker.wait(minutes)
        touch(side, what, asker.wishes)
        asker.ask()
    assert asker.told == expected


def test_the_session_itself_is_left_as_it_was() -> None:
    side = running("09:00", TITRATED)
    before: Session = side.session()
    reminders_due(before, ALL, us("10:00"))
    assert side.session() == before
    assert side.do("10:00", give_service, service="p", order=push()) == ["service-given"]

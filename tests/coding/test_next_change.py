"""When the answer of a visit that still runs next changes: never late, never early."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.app import session_coder
from desktop_app.coding.coder import code
from desktop_app.coding.coder import listened_to as LISTENED
from desktop_app.coding.compared import Compared
from desktop_app.coding.projection import (
    MOST_LOOKS,
    Projection,
    _watch,
    at_plan_end,
    lines_if_stopped,
    next_change,
    stopped_at,
)
from desktop_app.coding.reasons import Change, Coding
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US
from tests.coding.given import RULES, hydration, infusion, push, units, visit
from tests.coding.made_up import DAY_START, visits
from tests.core.chairside import infusion as ordered
from tests.core.chairside import running
from tests.core.chairside import us as ward_us

NINE = DAY_START + 9 * HOUR_US
PROJECTIONS = [stopped_at, at_plan_end]


def said(visit: Visit, seen: Projection, at_us: int) -> object:
    """Return what a projection says, by codes, dates, services and rules."""
    coding: Coding = code(seen(visit, at_us), RULES.rulebook, RULES.profile_for(visit.setting))
    return (
        [
            (line.code, line.modifiers, line.units, line.date, line.services, line.rules)
            for line in coding.lines
        ],
        [(item.service, item.rules) for item in coding.not_billed],
        [(finding.name, finding.service) for finding in coding.blockers],
    )


def change(made: Visit, at_us: int, seen: Projection = stopped_at) -> Change | None:
    return next_change(made, at_us, RULES.rulebook, RULES.profile_for(made.setting), seen)


def minutes_until(made: Visit, time: int, seen: Projection = stopped_at) -> float | None:
    """Return after how many minutes past nine the answer changes, asked at a minute past nine."""
    found = change(made, NINE + time * MINUTE_US, seen)
    return None if found is None or not found.certain else (found.at_us - NINE) / MINUTE_US


def opened(service: VisitService, plan: int | None, *, paused: bool) -> VisitService:
    pauses = service.pauses
    if paused and pauses:
        pauses = (*pauses[:-1], (pauses[-1][0], None))
    order = replace(service.order, planned_minutes=plan)
    return replace(service, stop_us=None, pauses=pauses, order=order)


@st.composite
def running_visits(draw: st.DrawFn) -> Visit:
    made = draw(visits())
    plans = st.sampled_from([None, None, 10, 16, 60, 95, 200])
    services = tuple(
        opened(service, draw(plans), paused=draw(st.booleans())) if draw(st.booleans()) else service
        for service in made.services
    )
    return replace(made, services=services)


def instants(made: Visit) -> list[int]:
    return [
        us for s in made.services for us in (s.start_us, s.stop_us, *(p for q in s.pauses for p in q)) if us
    ]


@given(running_visits(), st.integers(0, 40 * 3600), st.sampled_from([0, 0, 1, 999_999]), st.data())
@pytest.mark.parametrize("seen", PROJECTIONS)
def test_the_answer_holds_until_the_change_and_is_another_then(
    seen: Projection, made: Visit, seconds: int, rest: int, data: st.DataObject
) -> None:
    now_us = DAY_START + seconds * SECOND_US + rest
    found = change(made, now_us, seen)
    until_us = found.at_us if found else now_us + 30 * HOUR_US
    before = said(made, seen, now_us)
    turns = [now_us + (us - now_us) % MINUTE_US for us in [*instants(made), now_us]]
    for _ in range(6):
        turn = data.draw(st.sampled_from(turns)) + data.draw(st.integers(0, 200)) * MINUTE_US
        for at_us in (turn - 1, turn, turn + 1):
            if now_us <= at_us < until_us:
                assert said(made, seen, at_us) == before
    assert said(made, seen, until_us - 1) == before
    if found and found.certain:
        assert said(made, seen, found.at_us) != before


@given(running_visits(), st.integers(0, 40 * 3600))
def test_the_projection_is_the_coding_of_the_visit_stopped_then(made: Visit, seconds: int) -> None:
    at_us = max([DAY_START + seconds * SECOND_US, *(us + 1 for us in instants(made))])
    by_hand = replace(
        made,
        services=tuple(
            replace(
                service,
                stop_us=at_us,
                pauses=tuple((start, at_us if stop is None else stop) for start, stop in service.pauses),
            )
            if service.is_open
            else service
            for service in made.services
        ),
    )
    profile = RULES.profile_for(made.setting)
    assert lines_if_stopped(made, at_us, RULES.rulebook, profile) == code(by_hand, RULES.rulebook, profile)


def test_a_lone_infusion_changes_at_each_of_its_thresholds() -> None:
    made = visit(infusion("drug", "09:00"))
    assert [minutes_until(made, at) for at in (1, 16, 90, 91, 150, 151)] == [16, 91, 91, 151, 151, 211]


def test_seconds_are_counted_to_the_microsecond() -> None:
    made = visit(infusion("drug", "09:00:30.000001"))
    found = change(made, NINE + 5 * MINUTE_US)
    assert found == Change(NINE + 16 * MINUTE_US + 30 * SECOND_US + 1, certain=True)


def test_by_the_chart_it_changes_at_the_turn_of_a_minute() -> None:
    made = visit(infusion("drug", "09:00:30"), options={"minute_basis": "charted"})
    assert minutes_until(made, 1) == 16


def test_where_it_may_look_no_more_it_says_until_when_the_answer_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("desktop_app.coding.projection.MOST_LOOKS", 1)
    sixteen = NINE + 16 * MINUTE_US
    assert change(visit(infusion("drug", "09:00")), NINE + MINUTE_US) == Change(sixteen, certain=False)


def test_nothing_is_listened_to_before_the_first_rules() -> None:
    made = visit(infusion("drug", "2008-03-02T09:00"), date="2008-03-02")
    profile = RULES.profile_for(made.setting)
    with pytest.raises(ValueError, match=r"^no rules are known for 2008-03-02$"):
        LISTENED(made, RULES.rulebook, profile, Compared())


def test_where_nothing_runs_nothing_changes() -> None:
    assert change(visit(infusion("drug", "09:00", "10:00"), push("two", "09:10")), NINE) is None
    assert change(visit(), NINE) is None


def test_before_the_first_rules_nothing_changes() -> None:
    made = visit(infusion("drug", "2008-03-02T09:00"), date="2008-03-02")
    assert change(made, NINE) is None


def test_the_own_minutes_of_a_second_drug_begin_where_the_first_stopped() -> None:
    made = visit(infusion("lead", "08:00", "09:00:20", category="chemo"), infusion("further", "08:30"))
    assert minutes_until(made, 1) == 16 + 20 / 60


def test_hydration_counts_from_the_minute_it_runs_alone() -> None:
    assert minutes_until(visit(infusion("lead", "08:00", "09:00"), hydration("08:00")), 1) == 31


def test_an_infusion_takes_the_lead_when_it_has_run_longer() -> None:
    made = visit(infusion("one", "08:00", "09:00"), infusion("two", "09:00"), options={"overlap": "deduct"})
    assert [minutes_until(made, at) for at in (16, 61)] == [61, 91]


def test_a_paused_service_waits_and_what_it_says_does_not_change_before_midnight() -> None:
    paused = visit(infusion("drug", "09:00", pauses=[["2026-03-02T09:30", None]]))
    found = change(paused, NINE + 60 * MINUTE_US)
    assert found is None or not found.certain


def test_at_the_planned_end_nothing_changes_before_the_plan_is_over() -> None:
    made = visit(infusion("drug", "09:00", planned_minutes=120))
    assert minutes_until(made, 10, at_plan_end) == 151


@pytest.mark.parametrize(
    ("plan", "minute", "certain"), [(1410, 1411, True), (1441, 1471, False), (1470, 1470, False)]
)
def test_what_changes_more_than_a_day_on_is_not_looked_for(plan: int, minute: int, *, certain: bool) -> None:
    """At its planned end it says the same until the plan is over, and then goes on growing."""
    made = visit(infusion("drug", "09:00", planned_minutes=plan))
    found = change(made, NINE + MINUTE_US, at_plan_end)
    assert found == Change(NINE + minute * MINUTE_US, certain=certain)


def test_a_run_that_becomes_too_long_changes_the_answer() -> None:
    made, month_us = visit(infusion("blood", "09:00", category="transfusion")), 31 * 24 * HOUR_US
    assert change(made, NINE + month_us - HOUR_US) == Change(NINE + month_us + 1, certain=True)


DAY_END = DAY_START + 24 * HOUR_US


@pytest.mark.parametrize(
    ("basis", "at", "looks"),
    [
        ("elapsed", -MINUTE_US, MINUTE_US),
        ("elapsed", -1, 1),
        ("elapsed", 0, 1),
        ("elapsed", 1, 24 * HOUR_US - 1),
        ("elapsed", 20 * SECOND_US, 24 * HOUR_US - 20 * SECOND_US),
        ("charted", -MINUTE_US, MINUTE_US),
        ("charted", 0, 1),
        ("charted", 20 * SECOND_US, 40 * SECOND_US),
    ],
)
def test_the_end_of_a_day_is_looked_at_and_so_is_the_moment_after(basis: str, at: int, looks: int) -> None:
    made = visit(infusion("blood", "09:00", category="transfusion"))
    era = RULES.rulebook.on(made.date)
    assert era is not None
    watch = _watch(made, DAY_END + at, stopped_at, era, charted=basis == "charted")
    assert watch.soonest_us == looks


def test_a_day_is_as_far_as_anybody_looks() -> None:
    found = change(visit(infusion("blood", "09:00", category="transfusion")), NINE + MINUTE_US)
    assert found is not None
    assert not found.certain
    assert found.at_us > NINE + 24 * HOUR_US


def test_two_drugs_that_change_places_each_minute_are_looked_at_a_bounded_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[int] = []
    made = visit(*(infusion(drug, f"09:00:{at:02}") for at, drug in enumerate("abcdefgh")), options=EQUAL)

    def counted(*args: Any) -> Coding:  # noqa: ANN401
        looks.append(1)
        return LISTENED(*args)

    monkeypatch.setattr("desktop_app.coding.projection.listened_to", counted)
    change(made, NINE + 20 * MINUTE_US)
    assert 1 <= len(looks) <= MOST_LOOKS


EQUAL = {"overlap": "majority"}


def test_asking_only_at_each_change_tells_every_answer_of_a_day() -> None:
    made = visit(push("premed", "08:50"), infusion("drug", "09:00:07"), hydration("09:20"))
    profile = RULES.profile_for(made.setting)
    at_us, asked = NINE, [units(lines_if_stopped(made, NINE + 7 * SECOND_US, RULES.rulebook, profile))]
    while (found := change(made, at_us)) and found.certain and found.at_us < NINE + 3 * HOUR_US:
        at_us = found.at_us
        asked.append(units(lines_if_stopped(made, at_us, RULES.rulebook, profile)))
    polled = [
        units(lines_if_stopped(made, NINE + seconds * SECOND_US, RULES.rulebook, profile))
        for seconds in range(7, 3 * 3600)
    ]
    told = [answer for at, answer in enumerate(polled) if at == 0 or answer != polled[at - 1]]
    assert [answer for at, answer in enumerate(asked) if at == 0 or answer != asked[at - 1]] == told
    assert len(asked) < 12


def test_when_the_lines_of_a_session_next_change_is_known() -> None:
    coder, side = session_coder(), running(order=ordered("vancomycin", planned_minutes=100))
    asked = ward_us("09:20")
    assert coder.next_change(side.session(), asked) == Change(ward_us("10:31"), certain=True)
    assert coder.next_change_at_plan_end(side.session(), asked) == Change(ward_us("11:31"), certain=True)
    side.stop("09:30")
    assert coder.next_change(side.session(), ward_us("09:40")) is None
    assert coder.next_change_at_plan_end(side.session(), ward_us("09:40")) is None

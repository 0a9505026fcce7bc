"""What must hold for a service by itself, by any route, in any category, under any options."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding, Line
from desktop_app.coding.visit import Visit
from desktop_app.core.moments import MINUTE_US, SECOND_US
from desktop_app.core.orders import Route
from tests.coding.given import RULES, Service, coded, push, units
from tests.coding.made_up import lone_visits
from tests.coding.test_properties import MORE, gist

LONGEST = 31 * 24 * 60
"""Minutes; one that is longer has a wrong date."""
ADDED_UP = ("same_drug_again", "total")
edges = st.sampled_from([15, 30, 90, 150])
lengths = edges | st.sampled_from([0, 1, 16, 31, 91, 151, LONGEST - 1]) | st.integers(0, 600)


def ran(visit: Visit, minutes: int, *, after_us: int = 0, pause: tuple[int, int] = (0, 0)) -> Coding:
    """Return the coding of a lone service that ran for so many minutes, with a pause put in between."""
    (service,) = visit.services
    start = service.start_us + after_us
    at, length = (number * MINUTE_US for number in pause)
    paused = replace(
        service,
        start_us=start,
        stop_us=start + minutes * MINUTE_US + length,
        pauses=((start + at, start + at + length),) if length else (),
    )
    return code(replace(visit, services=(paused,)), RULES.rulebook, RULES.profile_for(visit.setting))


def earned(coding: Coding) -> int:
    """Return what an answer is worth, in parts that only have to be in the right order."""
    return sum(_worth(line) for line in coding.lines)


def _worth(line: Line) -> int:
    """A first hour is worth more than an injection or push, cut short no less than those."""
    if not line.role:
        return 0
    first = line.role.endswith(("-first", "-next")) and "push" not in line.role
    return line.units * (3 if first and "53" not in line.modifiers else 2)


@MORE
@given(lone_visits(), lengths, lengths)
def test_a_lone_service_never_earns_less_as_its_time_grows(visit: Visit, one: int, other: int) -> None:
    earnings = [earned(ran(visit, minutes)) for minutes in sorted((one, one + 1, other, other + 1))]
    assert earnings == sorted(earnings)


@MORE
@given(lone_visits(), lengths, st.integers(0, 599), st.integers(0, 600), st.integers(1, 600))
def test_the_same_running_minutes_give_the_same_wherever_the_pause_lies(
    visit: Visit, minutes: int, later: int, at: int, length: int
) -> None:
    """Save where a payer wants each unbroken piece of hydration to reach the minimum by itself."""
    assume(minutes + length <= LONGEST)
    visit = replace(visit, options=(*visit.options, ("hydration_pieces", "total")))
    plain, after_us = ran(visit, minutes), later * MINUTE_US
    assert units(ran(visit, minutes, after_us=after_us)) == units(plain)
    assert units(ran(visit, minutes, pause=(min(at, minutes), length))) == units(plain)
    assert units(ran(visit, minutes, after_us=after_us, pause=(minutes // 2, length))) == units(plain)


@MORE
@given(lone_visits(), lengths, st.integers(0, MINUTE_US - 1))
def test_seconds_never_round_up_to_a_unit(visit: Visit, minutes: int, more_us: int) -> None:
    options = tuple((name, value) for name, value in visit.options if name != "minute_basis")
    exact = replace(visit, options=(*options, ("minute_basis", "elapsed")))
    (service,) = exact.services
    stop_us = service.start_us + minutes * MINUTE_US + more_us
    longer = replace(exact, services=(replace(service, stop_us=stop_us),))
    coding = code(longer, RULES.rulebook, RULES.profile_for(visit.setting))
    assert gist(coding)[:3] == gist(ran(exact, minutes))[:3]


@MORE
@given(lone_visits(), lengths, st.sampled_from([0, 1, 31, 59]), st.sampled_from([0, 1, 31, 59]))
def test_the_charted_basis_counts_as_if_there_were_no_seconds(
    visit: Visit, minutes: int, early: int, late: int
) -> None:
    charted = replace(visit, options=(*visit.options, ("minute_basis", "charted")))
    (service,) = charted.services
    start_us, stop_us = service.start_us, service.start_us + minutes * MINUTE_US
    assume(minutes or early <= late)
    begun = replace(service, start_us=start_us + early * SECOND_US)
    written = replace(begun, stop_us=stop_us + late * SECOND_US)
    coding = code(replace(charted, services=(written,)), RULES.rulebook, RULES.profile_for(visit.setting))
    assert units(coding) == units(ran(charted, minutes))


@MORE
@given(lone_visits(), st.integers(16, 300), st.integers(16, 300))
def test_an_infusion_in_two_bags_that_touch_is_one_where_hangs_are_added_up(
    visit: Visit, after: int, further: int
) -> None:
    minutes = after + further
    (service,) = visit.services
    order = replace(service.order, route=Route.IV_INFUSION, pump=False)
    options = (*((name, value) for name, value in visit.options if name != "same_drug_again"), ADDED_UP)
    runs = replace(service, order=order, stop_us=service.start_us + minutes * MINUTE_US)
    middle = service.start_us + after * MINUTE_US
    first, second = replace(runs, stop_us=middle), replace(runs, id="2", start_us=middle)
    bags = first, replace(second, order=replace(order, dose=None))
    one, two = (replace(visit, options=options, services=services) for services in ((runs,), bags))
    profile = RULES.profile_for(visit.setting)
    assert units(code(two, RULES.rulebook, profile)) == units(code(one, RULES.rulebook, profile))


sizes = st.decimals("0.1", 500, places=1)
containers = st.lists(st.tuples(sizes, st.integers(1, 4)), min_size=1, max_size=4)


@MORE
@given(st.decimals("0.1", 900, places=1), sizes, containers, st.sampled_from(["JZ", "none"]))
def test_drug_given_and_drug_discarded_are_never_more_than_the_vials_held(
    dose: Decimal, per_unit: Decimal, vials: list[tuple[Decimal, int]], sub_unit: str
) -> None:
    held = sum(size * count for size, count in vials)
    said: Service = {"hcpcs": "JXXXX", "dose": dose, "unit_amount": per_unit, "unit": "mg"}
    said |= {"containers": [{"size": size, "count": n, "single_dose": True} for size, n in vials]}
    coding = coded(push("drug", "09:00", **said), options={"sub_unit_waste": sub_unit})
    drug = [line for line in coding.lines if line.code == "JXXXX"]
    assert bool(coding.blockers) == (dose > held)
    given = sum(line.units for line in drug if "JW" not in line.modifiers)
    discarded = sum(line.units for line in drug if "JW" in line.modifiers)
    assert given == (dose / per_unit).to_integral_value(ROUND_CEILING)
    assert coding.blockers or given + discarded <= (held / per_unit).to_integral_value(ROUND_CEILING)
    assert not discarded or given + discarded == held // per_unit
    assert {"JW", "JZ"} > {modifier for line in drug for modifier in line.modifiers}

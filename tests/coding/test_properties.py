"""What must hold for every visit, whatever it is made of; see also ``test_lone_service.py``."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.coding.case import read_case
from desktop_app.coding.case_out import case_of
from desktop_app.coding.case_text import json_text, read_json
from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding
from desktop_app.coding.refusals import CaseError
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import HOUR_US, MINUTE_US, SECOND_US
from desktop_app.core.orders import Category, Order, Route, Setting
from desktop_app.core.timeline import in_order, whole_minutes
from tests.coding.given import RULES, coded, units
from tests.coding.made_up import DAY_START, mornings, visits

USUAL = settings.get_current_profile_name() == "chairtime"
SOME, MORE = (settings(max_examples=60), settings(max_examples=120)) if USUAL else (settings(), settings())

BARE_INITIALS = {"96360", "96365", "96374", "96409", "96413"}
ADD_ONS = {
    RULES.rulebook.eras[-1].codes[addon].number: {
        RULES.rulebook.eras[-1].codes[role].number for role in behind
    }
    for addon, behind in RULES.rulebook.eras[-1].addons.items()
}


def answer(visit: Visit) -> Coding:
    return code(visit, RULES.rulebook, RULES.profile_for(visit.setting))


def blockers(coding: Coding) -> set[str]:
    return {finding.name for finding in coding.blockers}


def dated_units(coding: Coding, back: timedelta = timedelta()) -> Counter[tuple[str, tuple[str, ...], date]]:
    """Return the units by code, modifiers and day, the days put back by some time."""
    found = Counter[tuple[str, tuple[str, ...], date]]()
    for line in coding.lines:
        found[line.code, line.modifiers, line.date - back] += line.units
    return found


def gist(coding: Coding) -> tuple[object, ...]:
    """Return everything of an answer that is no sentence and no name of a service."""
    names = sorted(finding.name for finding in coding.findings)
    return dated_units(coding), coding.infused_minutes, coding.billable_hours, names


@MORE
@given(visits() | mornings())
def test_every_service_is_on_a_line_or_among_what_is_not_billed(visit: Visit) -> None:
    coding = answer(visit)
    told = {name for line in coding.lines for name in line.services} | {
        item.service for item in coding.not_billed
    }
    assert told == {service.id for service in visit.services}


@SOME
@given(visits() | mornings())
def test_no_rule_contradicts_another(visit: Visit) -> None:
    assert blockers(answer(visit)) <= {"missing-stop", "more-than-the-vials"}


@SOME
@given(visits() | mornings())
def test_no_add_on_stands_without_its_primary(visit: Visit) -> None:
    codes = {line.code for line in answer(visit).lines}
    assert all(codes & behind for addon, behind in ADD_ONS.items() if addon in codes)


@SOME
@given(visits())
def test_the_first_initial_code_of_a_visit_stands_bare_and_no_other(visit: Visit) -> None:
    initials = [line for line in answer(visit).lines if line.code in BARE_INITIALS]
    bare = [line for line in initials if not {*line.modifiers} - {"53"}]
    assert sum(line.units for line in bare) == (1 if initials else 0)


@SOME
@given(visits())
def test_an_encounter_has_one_initial_code_without_the_modifier_of_a_second_site(visit: Visit) -> None:
    told_apart = (("separate_encounter_modifier", "XE"), ("separate_site_modifier", "XS"))
    own = tuple(option for option in visit.options if option[0] not in dict(told_apart))
    coding = answer(replace(visit, options=(*own, *told_apart)))
    encounter = {service.id: service.order.encounter for service in visit.services}
    firsts = [line for line in coding.lines if line.code in BARE_INITIALS and "XS" not in line.modifiers]
    count = Counter(name for line in firsts for name in {encounter[service] for service in line.services})
    assert all(number == 1 for number in count.values())
    assert sum(line.units for line in firsts) == len(count)


@SOME
@given(visits())
def test_every_unit_is_a_whole_one_and_every_line_gives_its_reason(visit: Visit) -> None:
    for line in answer(visit).lines:
        assert line.units >= 1
        assert line.why.endswith(".")
        assert line.rules
        assert line.sources


@SOME
@given(visits() | mornings(), st.randoms())
def test_the_order_of_the_input_does_not_matter(visit: Visit, chance: random.Random) -> None:
    shuffled = list(visit.services)
    chance.shuffle(shuffled)
    assert gist(answer(replace(visit, services=tuple(shuffled)))) == gist(answer(visit))


@SOME
@given(visits() | mornings())
def test_a_pause_of_no_length_changes_nothing(visit: Visit) -> None:
    def with_pause(service: VisitService) -> VisitService:
        if service.stop_us is None:
            return service
        middle = (service.start_us + service.stop_us) // 2
        return replace(service, pauses=(*service.pauses, (middle, middle)))

    paused = replace(visit, services=tuple(with_pause(service) for service in visit.services))
    assert units(answer(paused)) == units(answer(visit))


@SOME
@given(visits())
def test_a_pause_in_two_pieces_that_touch_is_one_pause(visit: Visit) -> None:
    def halves(start: int, stop: int | None) -> tuple[tuple[int, int | None], ...]:
        if stop is None:
            return ((start, stop),)
        middle = start + (stop - start) // MINUTE_US // 2 * MINUTE_US
        return (start, middle), (middle, stop)

    def in_halves(service: VisitService) -> VisitService:
        return replace(service, pauses=tuple(half for pause in service.pauses for half in halves(*pause)))

    pieces = replace(visit, services=tuple(in_halves(service) for service in visit.services))
    assert gist(answer(pieces)) == gist(answer(visit))


@MORE
@given(mornings(), st.integers(1, 150), st.integers(1, 150))
def test_fluid_hung_in_two_bags_that_touch_is_one_hydration(visit: Visit, one: int, other: int) -> None:
    begins = DAY_START + 6 * 60 * MINUTE_US
    changed, ends = begins + one * MINUTE_US, begins + (one + other) * MINUTE_US
    order = Order(drug="saline", category=Category.HYDRATION, route=Route.IV_INFUSION)
    bag = VisitService(id="bag", order=order, start_us=begins, stop_us=ends)
    bags = replace(bag, stop_us=changed), replace(bag, id="next bag", start_us=changed)
    in_one, in_two = (replace(visit, services=(*visit.services, *fluid)) for fluid in ((bag,), bags))
    assert units(answer(in_two)) == units(answer(in_one))


def moved(visit: Visit, shift_us: int) -> Visit:
    """Return a visit with every instant moved, its date left as it is."""
    services = tuple(
        replace(
            service,
            start_us=service.start_us + shift_us,
            stop_us=None if service.stop_us is None else service.stop_us + shift_us,
            pauses=tuple(
                (start + shift_us, None if stop is None else stop + shift_us)
                for start, stop in service.pauses
            ),
        )
        for service in visit.services
    )
    return replace(visit, services=services)


@SOME
@given(visits(), st.integers(-3, 3))
def test_another_day_changes_nothing_but_dates(visit: Visit, days: int) -> None:
    later = timedelta(days=days)
    other_day = replace(moved(visit, days * 24 * HOUR_US), date=visit.date + later)
    coding, usual = answer(other_day), answer(visit)
    assert dated_units(coding, later) == dated_units(usual)
    assert gist(coding)[1:] == gist(usual)[1:]


@SOME
@given(mornings(), st.integers(-6 * 60, 10 * 60))
def test_the_same_minutes_at_another_time_of_the_day_give_the_same(visit: Visit, minutes: int) -> None:
    assert gist(answer(moved(visit, minutes * MINUTE_US))) == gist(answer(visit))


FIRST_HOURS = {f"{kind}-{which}" for kind in ("infusion", "chemo-infusion") for which in ("first", "next")}
COUNTED = {"attended_push": "as-charted", "concurrent_chemo": "96549"}
"""Options under which a line by the hour counts time of its own, and no push has any."""


@MORE
@given(mornings(overlap="deduct", **COUNTED) | mornings(overlap="any", **COUNTED))
def test_no_minute_is_claimed_by_two_rules(visit: Visit) -> None:
    """What the lines count at one site is never more than what ran there, each minute once."""
    lines = answer(visit).lines
    alone = any(line.role == "hydration-first" for line in lines)
    counting = FIRST_HOURS | ({"hydration-first"} if alone else {"hydration-more"})
    counted = sum(line.minutes or 0 for line in lines if line.role in counting)
    spans = [
        (service.start_us, service.stop_us)
        for service in visit.services
        if service.stop_us is not None and service.order.route is Route.IV_INFUSION
    ]
    assert counted <= whole_minutes(in_order(spans))


@SOME
@given(visits())
def test_billable_hours_are_the_units_of_the_lines_by_the_hour(visit: Visit) -> None:
    coding = answer(visit)
    hours = {role for role, code in RULES.rulebook.eras[-1].codes.items() if code.hour}
    assert coding.billable_hours == sum(line.units for line in coding.lines if line.role in hours)


def cut(service: VisitService) -> VisitService:
    """Return a service with its stamps cut to the minute by hand."""
    return replace(
        service,
        start_us=service.start_us // MINUTE_US * MINUTE_US,
        stop_us=None if service.stop_us is None else service.stop_us // MINUTE_US * MINUTE_US,
        pauses=tuple(
            (start // MINUTE_US * MINUTE_US, (stop or start) // MINUTE_US * MINUTE_US)
            for start, stop in service.pauses
        ),
    )


@SOME
@given(visits() | mornings(), st.lists(st.sampled_from([0, 1, 29, 31, 59]), min_size=8, max_size=8))
def test_stamps_cut_by_hand_answer_as_the_charted_basis_does(visit: Visit, late: list[int]) -> None:
    services = tuple(
        replace(service, stop_us=service.stop_us and service.stop_us + seconds * SECOND_US)
        for service, seconds in zip(visit.services, late, strict=False)
    )
    charted = replace(visit, services=services, options=(*visit.options, ("minute_basis", "charted")))
    by_hand = replace(charted, services=tuple(cut(service) for service in services))
    assert units(answer(by_hand)) == units(answer(charted))


@SOME
@given(visits())
def test_the_case_of_a_visit_answers_as_the_visit_does(visit: Visit) -> None:
    again = read_case(read_json(json_text(case_of(visit))), RULES.rulebook)
    assert answer(again) == answer(visit)


rubbish = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals()
    | st.text(max_size=20)
    | st.sampled_from(
        ["2026-03-08T02:30", "2026-03-02T09:00", "facility", "chemo", "1e400", "\x00", "\ud800"]
    ),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside, max_size=3),
    max_leaves=6,
)


@st.composite
def mangled(draw: st.DrawFn) -> Any:  # noqa: ANN401
    """A case in which one value, somewhere, is rubbish or gone."""
    case: dict[str, Any] = case_of(draw(visits()))
    case["timezone"] = "America/New_York"
    target: Any = case
    if case["services"] and draw(st.booleans()):
        target = draw(st.sampled_from(case["services"]))
    key = draw(st.sampled_from([*target, "dose", "pauses", "containers", "options", "units"]))
    if draw(st.booleans()):
        target.pop(key, None)
    else:
        target[key] = draw(rubbish)
    return case


@MORE
@given(mangled())
def test_a_mangled_case_is_coded_or_refused_with_one_sentence(case: Any) -> None:  # noqa: ANN401
    refusal, visit = "", None
    try:
        visit = read_case(case, RULES.rulebook)
    except CaseError as fault:
        refusal = str(fault)
    if visit is None:
        assert refusal.endswith(".")
        assert "\n" not in refusal
    else:
        assert answer(visit).id == visit.id


@pytest.mark.parametrize("setting", Setting)
def test_a_visit_without_services_has_no_lines(setting: Setting) -> None:
    coding = coded(setting=setting.value)
    assert (coding.lines, coding.not_billed, coding.findings) == ((), (), ())

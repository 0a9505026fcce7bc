"""What must hold for every visit, whatever it is made of."""

from __future__ import annotations

import random
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
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from tests.coding.given import RULES, coded, infusion, units

DAY_START = 1_772_409_600 * SECOND_US
"""2 March 2026, 00:00 UTC."""

USUAL = settings.get_current_profile_name() == "chairtime"
SOME, MORE = (settings(max_examples=60), settings(max_examples=150)) if USUAL else (settings(), settings())

BARE_INITIALS = {"96360", "96365", "96374", "96409", "96413"}
ADD_ONS = {
    RULES.rulebook.eras[-1].codes[addon].number: {
        RULES.rulebook.eras[-1].codes[role].number for role in behind
    }
    for addon, behind in RULES.rulebook.addons.items()
}

option_choices = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(option.values) for name, option in RULES.rulebook.options.items()}
)
doses = st.builds(
    Dose,
    hcpcs=st.sampled_from(["J9312", "J1745", "JXXXX", ""]),
    unit=st.sampled_from(["mg", "g", "mL"]),
    amount=st.none() | st.decimals("0.001", 1000, places=3),
    units=st.none() | st.integers(1, 50),
    containers=st.lists(
        st.builds(
            Container, size=st.decimals(1, 500, places=1), count=st.integers(1, 3), single_dose=st.booleans()
        ),
        max_size=2,
    ).map(tuple),
)
seldom = st.integers(0, 7).map(lambda number: number == 0)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    likely = st.sampled_from([Route.IV_INFUSION] * 4 + [Route.IV_PUSH] * 3)
    return Order(
        drug=draw(st.sampled_from(["one", "two", "three", "four"])),
        category=draw(st.sampled_from([*Category, Category.THERAPEUTIC, Category.CHEMO, Category.HYDRATION])),
        route=draw(likely | st.sampled_from(Route)),
        site=draw(st.sampled_from(["1", "1", "1", "2"])),
        encounter=draw(st.sampled_from(["1", "1", "1", "2"])),
        primary=draw(seldom),
        pump=draw(seldom),
        kvo=draw(seldom),
        integral=draw(seldom),
        hormonal=draw(seldom),
        stopped_early=draw(seldom),
        same_dose_as_previous=draw(seldom),
        volume_ml=draw(st.none() | st.decimals(1, 1000, places=1)),
        rate_ml_h=draw(st.none() | st.decimals(1, 1000, places=1)),
        dose=draw(st.none() | doses),
    )


@st.composite
def services(draw: st.DrawFn, name: str) -> VisitService:
    minute = st.integers(0, 30 * 60)
    start = DAY_START + draw(minute) * MINUTE_US + draw(st.sampled_from([0, 0, 1, 59])) * SECOND_US
    length = draw(st.sampled_from([0, 1, 15, 16, 30, 31, 90, 91, 150, 151]) | st.integers(0, 300)) * MINUTE_US
    stop = start + length + draw(st.sampled_from([0, 0, 1, 59])) * SECOND_US
    stops = sorted(draw(st.lists(st.integers(start, stop), max_size=4)))
    pairs = zip(stops[::2], stops[1::2], strict=False)
    return VisitService(
        id=name,
        order=draw(orders()),
        start_us=start,
        stop_us=draw(st.sampled_from([stop, stop, stop, None])),
        pauses=tuple(pairs),
        not_witnessed=draw(seldom),
    )


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    count = draw(st.integers(0, 7))
    return Visit(
        id="visit",
        setting=draw(st.sampled_from(Setting)),
        date=date(2026, 3, 2),
        zone=draw(st.sampled_from(["UTC", "America/New_York"])),
        place_of_service=draw(st.sampled_from(["", "", "", "11", "22"])),
        options=tuple(sorted(draw(option_choices).items())),
        services=tuple(draw(services(str(number))) for number in range(count)),
    )


def answer(visit: Visit) -> Coding:
    return code(visit, RULES.rulebook, RULES.profile_for(visit.setting))


def blockers(coding: Coding) -> set[str]:
    return {finding.name for finding in coding.blockers}


@SOME
@given(visits())
def test_every_service_is_on_a_line_or_among_what_is_not_billed(visit: Visit) -> None:
    coding = answer(visit)
    told = {name for line in coding.lines for name in line.services} | {
        item.service for item in coding.not_billed
    }
    assert told == {service.id for service in visit.services}


@SOME
@given(visits())
def test_no_rule_contradicts_another(visit: Visit) -> None:
    assert blockers(answer(visit)) <= {"missing-stop", "more-than-the-vials"}


@SOME
@given(visits())
def test_no_add_on_stands_without_its_primary(visit: Visit) -> None:
    codes = {line.code for line in answer(visit).lines}
    assert all(codes & behind for addon, behind in ADD_ONS.items() if addon in codes)


@SOME
@given(visits())
def test_at_most_one_initial_code_stands_bare(visit: Visit) -> None:
    bare = [
        line for line in answer(visit).lines if line.code in BARE_INITIALS and not {*line.modifiers} - {"53"}
    ]
    assert sum(line.units for line in bare) <= 1


@SOME
@given(visits())
def test_every_unit_is_a_whole_one_and_every_line_gives_its_reason(visit: Visit) -> None:
    for line in answer(visit).lines:
        assert line.units >= 1
        assert line.why.endswith(".")
        assert line.rules
        assert line.sources


@SOME
@given(visits(), st.randoms())
def test_the_order_of_the_input_does_not_matter(visit: Visit, chance: random.Random) -> None:
    shuffled = list(visit.services)
    chance.shuffle(shuffled)
    assert units(answer(replace(visit, services=tuple(shuffled)))) == units(answer(visit))


@SOME
@given(visits())
def test_a_pause_of_no_length_changes_nothing(visit: Visit) -> None:
    def with_pause(service: VisitService) -> VisitService:
        if service.stop_us is None:
            return service
        middle = (service.start_us + service.stop_us) // 2
        return replace(service, pauses=(*service.pauses, (middle, middle)))

    paused = replace(visit, services=tuple(with_pause(service) for service in visit.services))
    assert units(answer(paused)) == units(answer(visit))


@SOME
@given(visits(), st.integers(-3, 3))
def test_another_day_changes_nothing_but_dates(visit: Visit, days: int) -> None:
    shift = days * 24 * HOUR_US

    def moved(service: VisitService) -> VisitService:
        return replace(
            service,
            start_us=service.start_us + shift,
            stop_us=None if service.stop_us is None else service.stop_us + shift,
            pauses=tuple(
                (start + shift, None if stop is None else stop + shift) for start, stop in service.pauses
            ),
        )

    other_day = replace(
        visit,
        date=visit.date + timedelta(days=days),
        services=tuple(moved(service) for service in visit.services),
    )
    assert units(answer(other_day)) == units(answer(visit))


@SOME
@given(visits())
def test_seconds_are_never_worth_a_unit(visit: Visit) -> None:
    """Stamps cut to the minute by hand answer as the charted basis does."""

    def cut(service: VisitService) -> VisitService:
        return replace(
            service,
            start_us=service.start_us // MINUTE_US * MINUTE_US,
            stop_us=None if service.stop_us is None else service.stop_us // MINUTE_US * MINUTE_US,
            pauses=tuple(
                (start // MINUTE_US * MINUTE_US, (stop or start) // MINUTE_US * MINUTE_US)
                for start, stop in service.pauses
            ),
        )

    charted = replace(visit, options=(*visit.options, ("minute_basis", "charted")))
    by_hand = replace(charted, services=tuple(cut(service) for service in visit.services))
    assert units(answer(by_hand)) == units(answer(charted))


@SOME
@given(visits())
def test_the_case_of_a_visit_answers_as_the_visit_does(visit: Visit) -> None:
    again = read_case(read_json(json_text(case_of(visit))), RULES.rulebook)
    assert answer(again) == answer(visit)


WORTH = {"96374": 1, "96365": 2, "96366": 1, "96409": 1, "96413": 2, "96415": 1, "96360": 2, "96361": 1}


@SOME
@given(
    st.sampled_from(["therapeutic", "chemo", "hydration"]),
    st.sampled_from(["facility", "physician"]),
    st.integers(1, 500),
)
def test_a_lone_service_never_earns_less_as_its_time_grows(category: str, setting: str, minutes: int) -> None:
    def worth(length: int) -> int:
        stop = f"2026-03-02T{9 + length // 60:02}:{length % 60:02}"
        answer = coded(infusion("drug", "09:00", stop, category=category), setting=setting)
        return sum(WORTH[name] * count for name, count in units(answer).items())

    assert worth(minutes) <= worth(minutes + 1)


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

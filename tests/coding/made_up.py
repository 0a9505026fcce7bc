"""Visits nobody thought of, for the properties that hold for every visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import MINUTE_US, SECOND_US
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from tests.coding.given import RULES

DAY_START = 1_772_409_600 * SECOND_US
"""2 March 2026, 00:00 UTC."""

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


KINDS = {
    "vancomycin": Category.THERAPEUTIC,
    "cefepime": Category.THERAPEUTIC,
    "paclitaxel": Category.CHEMO,
    "saline": Category.HYDRATION,
}
"""Few drugs, so that they come again, and mostly each of its own kind."""
likely_routes = st.sampled_from([Route.IV_INFUSION] * 4 + [Route.IV_PUSH] * 3)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    drug = draw(st.sampled_from([*KINDS]))
    return Order(
        drug=drug,
        category=draw(st.just(KINDS[drug]) | st.just(KINDS[drug]) | st.sampled_from(Category)),
        route=draw(likely_routes | likely_routes | st.sampled_from(Route)),
        site=draw(st.sampled_from(["1", "1", "2"])),
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
def services(draw: st.DrawFn, name: str, within: int) -> VisitService:
    minute = st.integers(0, within)
    start = DAY_START + draw(minute) * MINUTE_US + draw(st.sampled_from([0, 0, 1, 59])) * SECOND_US
    length = draw(st.sampled_from([0, 1, 15, 16, 30, 31, 90, 91, 150, 151]) | st.integers(0, 300)) * MINUTE_US
    stop = start + length + draw(st.sampled_from([0, 0, 1, 59])) * SECOND_US
    stops = sorted(draw(st.lists(st.integers(start, stop), max_size=4)))
    pairs = zip(stops[::2], stops[1::2], strict=False)
    stopped = draw(st.sampled_from([stop, stop, stop, None]))
    return VisitService(
        id=name,
        order=draw(orders()),
        start_us=start,
        stop_us=stopped,
        pauses=tuple(pairs),
        not_witnessed=stopped is None and draw(seldom),
    )


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    count, within = draw(st.integers(0, 7)), draw(st.sampled_from([60, 240, 30 * 60]))
    return Visit(
        id="visit",
        setting=draw(st.sampled_from(Setting)),
        date=date(2026, 3, 2),
        zone=draw(st.sampled_from(["UTC", "America/New_York"])),
        place_of_service=draw(st.sampled_from(["", "", "", "11", "22"])),
        options=tuple(sorted(draw(option_choices).items())),
        services=tuple(draw(services(str(number), within)) for number in range(count)),
    )


@st.composite
def lone_visits(draw: st.DrawFn) -> Visit:
    """Return a visit with one service that has a start and no stop yet, by whole minutes."""
    order = draw(orders())
    if draw(st.integers(0, 3)):
        timed = draw(
            st.sampled_from([Route.IV_INFUSION, Route.IV_PUSH, Route.SC_INFUSION, Route.IA_INFUSION])
        )
        order = replace(order, route=timed, kvo=False, integral=False, pump=False)
    return Visit(
        id="visit",
        setting=draw(st.sampled_from(Setting)),
        date=date(2026, 3, 2),
        zone="UTC",
        place_of_service=draw(st.sampled_from(["", "", "", "", "11", "22"])),
        options=tuple(sorted(draw(option_choices).items())),
        services=(VisitService(id="1", order=order, start_us=DAY_START + 9 * 60 * MINUTE_US),),
    )


@st.composite
def mornings(draw: st.DrawFn, /, **options: str) -> Visit:
    """Return a visit of one morning at one site, where each drug has one category."""
    drugs = draw(st.lists(st.sampled_from([*KINDS]), min_size=1, max_size=8))
    chosen = draw(option_choices) | options
    return Visit(
        id="visit",
        setting=draw(st.sampled_from(Setting)),
        date=date(2026, 3, 2),
        services=tuple(draw(_of_a_morning(str(number), drug)) for number, drug in enumerate(drugs)),
        options=tuple(sorted(chosen.items())),
    )


@st.composite
def _of_a_morning(draw: st.DrawFn, name: str, drug: str) -> VisitService:
    start = DAY_START + (6 * 60 + draw(st.integers(0, 240))) * MINUTE_US
    stop = start + draw(st.sampled_from([15, 16, 31, 60, 91, 151]) | st.integers(0, 200)) * MINUTE_US
    route = draw(st.sampled_from([Route.IV_INFUSION] * 2 + [Route.IV_PUSH]))
    order = Order(drug=drug, category=KINDS[drug], route=route)
    return VisitService(id=name, order=order, start_us=start, stop_us=stop)

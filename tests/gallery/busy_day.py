"""A suite in mid-morning: twelve kinds of chairs, over and over, as many as a suite has.

Played touch by touch from seven o'clock on, so that every picture shows what the program itself
made of the day: 10:42:07, with real codes and their reasons.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from desktop_app.core.care import add_note, change_rate, pause_service, stop_service
from desktop_app.core.corrections import correct_moment
from desktop_app.core.moments import MINUTE_US, SECOND_US, HowKnown
from desktop_app.core.orders import Category, Container, Dose, Order, PlannedRate, Route
from desktop_app.core.stay import end_session
from tests.ui.conftest import Ward

BEGIN = "2026-11-23T07:00"
_NOW_US = (3 * 60 + 42) * MINUTE_US + 7 * SECOND_US
"""How long after the beginning the pictures are taken."""

PEOPLE = ("RM", "DO", "LS", "PV", "JT", "AB", "KN", "CG", "EW", "HH", "TB", "Maximiliana Josephine")


def _drug(drug: str, hcpcs: str, amount: int, of: int, minutes: int, site: str, category: Category) -> Order:
    dose = Dose(
        hcpcs=hcpcs,
        unit_amount=Decimal(of),
        unit="mg",
        amount=Decimal(amount),
        containers=(Container(size=Decimal(100), count=-(-amount // 100), single_dose=True),),
    )
    return Order(
        drug=drug,
        category=category,
        route=Route.IV_INFUSION,
        site=site,
        planned_minutes=minutes,
        dose=dose,
    )


INFLIXIMAB = _drug("infliximab", "J1745", 400, 10, 120, "left forearm", Category.CHEMO)
VANCOMYCIN = _drug("vancomycin", "J3370", 1000, 500, 120, "right hand", Category.THERAPEUTIC)
RITUXIMAB = _drug("rituximab", "J9312", 700, 10, 240, "right hand", Category.CHEMO)
IRON = _drug("iron sucrose", "J1756", 200, 1, 30, "right arm", Category.THERAPEUTIC)
PEMBROLIZUMAB = _drug("pembrolizumab", "J9271", 200, 1, 30, "port", Category.CHEMO)
VEDOLIZUMAB = _drug("vedolizumab", "J3380", 300, 1, 30, "left hand", Category.THERAPEUTIC)
GLOBULIN = replace(
    _drug("immune globulin (Gammagard liquid)", "J1569", 40000, 500, 240, "left antecubital fossa",
          Category.THERAPEUTIC),
    rate_steps=tuple(PlannedRate(30 * at, Decimal(25 * (at + 1))) for at in range(5)),
    vitals_every_minutes=60,
)  # fmt: skip
SALINE = Order(
    drug="normal saline",
    category=Category.HYDRATION,
    route=Route.IV_INFUSION,
    site="right hand",
    planned_minutes=180,
)
TYLENOL = Order(
    drug="acetaminophen", category=Category.OTHER, route=Route.ORAL, dose=Dose(amount=Decimal(650), unit="mg")
)
FLUSH = Order(drug="flush", category=Category.OTHER, route=Route.FLUSH)


def _push(drug: str, hcpcs: str, amount: int, of: int) -> Order:
    dose = Dose(hcpcs=hcpcs, unit_amount=Decimal(of), unit="mg", amount=Decimal(amount))
    return Order(drug=drug, category=Category.THERAPEUTIC, route=Route.IV_PUSH, dose=dose)


BENADRYL = _push("diphenhydramine", "J1200", 50, 50)
STEROID = _push("methylprednisolone", "J2919", 40, 5)

Act = Callable[[Ward, str], object]
Step = tuple[int, Act]
"""So many minutes before the picture is taken, what happens in a chair."""


def _start(order: Order) -> Act:
    return lambda ward, chair: ward.start(ward.in_chair(chair), order)


def _plan(*orders: Order) -> Act:
    return lambda ward, chair: [ward.plan(ward.in_chair(chair), order) for order in orders]


def _stop(service: str) -> Act:
    return lambda ward, chair: ward.do(ward.in_chair(chair), lambda s, w: stop_service(s, w, service=service))


def _pause(reason: str) -> Act:
    return lambda ward, chair: ward.do(
        ward.in_chair(chair), lambda s, w: pause_service(s, w, service="1", reason=reason)
    )


def _rate(ml_h: str) -> Act:
    return lambda ward, chair: ward.do(
        ward.in_chair(chair), lambda s, w: change_rate(s, w, service="1", rate_ml_h=ml_h)
    )


def _note(text: str) -> Act:
    return lambda ward, chair: ward.do(ward.in_chair(chair), lambda s, w: add_note(s, w, text=text))


def _end(ward: Ward, chair: str) -> object:
    return ward.do(ward.in_chair(chair), end_session)


def _earlier_start(minutes: int, service: str) -> Act:
    def act(ward: Ward, chair: str) -> object:
        session = ward.in_chair(chair)
        found = session.service(service)
        assert found is not None
        assert found.start is not None
        to_us, how = found.start.at_us - minutes * MINUTE_US, HowKnown.PUMP
        return ward.do(
            session,
            lambda s, w: correct_moment(
                s, w, service=service, what="start", to_us=to_us, how=how, reason="pump log"
            ),
        )

    return act


KINDS: tuple[tuple[Step, ...], ...] = (
    (
        (126, _start(BENADRYL)),
        (118, _start(STEROID)),
        (106, _start(INFLIXIMAB)),
        (90, _earlier_start(2, "3")),
        (60, _note("Patient says her arm feels cold; warm blanket given.")),
    ),
    ((52, _start(VANCOMYCIN)), (40, _start(SALINE))),
    ((42, _start(RITUXIMAB)), (4, _pause("reaction: rate held, MD called"))),
    ((42, _start(IRON)),),
    ((24, _start(PEMBROLIZUMAB)),),
    ((150, _start(BENADRYL)), (140, _start(INFLIXIMAB)), (14, _stop("2")), (11, _end)),
    ((20, _plan(TYLENOL, VEDOLIZUMAB, FLUSH)),),
    ((99, _start(VANCOMYCIN)), (5, _end)),
    ((192, _start(GLOBULIN)), (160, _rate("50")), (130, _rate("75")), (98, _rate("100"))),
    ((80, _start(VEDOLIZUMAB)), (44, _stop("1"))),
    (),
    ((15, _start(replace(SALINE, planned_minutes=None))),),
)
"""What happens in a chair of each kind; the patient sits down a little before."""

_EMPTY = {8, 13, 21}
"""Chairs that stand free in a large suite, by their place."""


def busy(ward: Ward, chairs: int) -> None:
    """Play the morning in so many chairs; the clock ends where the pictures are taken."""
    steps: list[tuple[int, str, Act]] = []
    for place in range(chairs):
        if chairs > len(KINDS) and place % 24 in _EMPTY:
            continue
        chair, kind = str(place + 1), KINDS[place % len(KINDS)]
        seated = max((before for before, _ in kind), default=12) + 8
        steps.append((seated, chair, _sits_down(place)))
        steps += [(before, chair, act) for before, act in kind]
    gone_us = 0
    for before, chair, act in sorted(steps, key=lambda step: -step[0]):
        at_us = _NOW_US - before * MINUTE_US - (int(chair) * 7 % 60) * SECOND_US
        ward.clock.advance(us=max(0, at_us - gone_us))
        gone_us = max(gone_us, at_us)
        act(ward, chair)
    ward.clock.advance(us=_NOW_US - gone_us)


def quiet(ward: Ward) -> None:
    """Let the morning pass with nobody seated."""
    ward.clock.advance(us=_NOW_US)


def _sits_down(place: int) -> Act:
    who = PEOPLE[place % len(PEOPLE)]
    return lambda ward, chair: ward.seat(chair, f"{4821 + place * 1297:07}", who)

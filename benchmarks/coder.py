"""Coding sessions, against a plain loop over the same intervals, and how the time grows with their services.

The plain loop takes the pauses out of each service and counts whole minutes and hours: the
least that anybody would write by hand, with no rule, no reason and no overlap in it. Times are
those of the processor, so that what else the machine does plays no part.

An ordinary session is what most chairs see: a push or two before, one or two infusions at one
site, one vial in three not used up, fluid behind them now and then, a flush; exact to the
millisecond; four to eight lines. A mixed
one has up to twelve services of every kind, some side by side, paused, at two sites.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import log2
from typing import NamedTuple

from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from desktop_app.rulebook_files import load_standard

_SESSIONS = 10_000
_ROUNDS = 3
_MOST_SERVICES = 12
_SIZES = (2, 4, 8, 16, 32, 64)
_REPEATS = 40
_DAY = date(2026, 3, 2)
_MORNING_US = 1_772_438_400_000_000
"""08:00 UTC on that day."""
_MILLISECOND_US = 1000

Coder = Callable[[Visit], Coding]


class _Drug(NamedTuple):
    """A drug as it is ordered and billed."""

    name: str
    category: Category
    route: Route
    hcpcs: str = ""
    """Empty where the suite bills none."""
    unit_mg: int = 0
    """How much one billing unit is."""
    vial_mg: int = 0


_DRUGS = (
    _Drug("vancomycin", Category.THERAPEUTIC, Route.IV_INFUSION),
    _Drug("rituximab", Category.CHEMO, Route.IV_INFUSION, "J9312", 10, 100),
    _Drug("infliximab", Category.CHEMO, Route.IV_INFUSION, "J1745", 10, 100),
    _Drug("saline", Category.HYDRATION, Route.IV_INFUSION),
    _Drug("ceftriaxone", Category.THERAPEUTIC, Route.IV_INFUSION, "J0696", 250, 1000),
    _Drug("diphenhydramine", Category.THERAPEUTIC, Route.IV_PUSH, "J1200", 50, 50),
    _Drug("dexamethasone", Category.THERAPEUTIC, Route.IV_PUSH, "J1100", 1, 10),
    _Drug("doxorubicin", Category.CHEMO, Route.IV_PUSH, "J9000", 10, 50),
    _Drug("pegfilgrastim", Category.THERAPEUTIC, Route.SC),
)
_BEFORE = _DRUGS[5:7]
_MAIN = (_DRUGS[0], _DRUGS[2], _DRUGS[4])


def _dose(drug: _Drug, chance: random.Random) -> Dose | None:
    """Return the vials opened and what was given of them: two times in three, all."""
    if not drug.hcpcs:
        return None
    count = chance.randint(1, 5)
    left = chance.choice((0, 0, chance.randint(1, drug.vial_mg - 1)))
    return Dose(
        hcpcs=drug.hcpcs,
        unit="mg",
        unit_amount=Decimal(drug.unit_mg),
        amount=Decimal(count * drug.vial_mg - left),
        containers=(Container(size=Decimal(drug.vial_mg), count=count, single_dose=True),),
    )


def _order(drug: _Drug, chance: random.Random, site: str = "1") -> Order:
    dose = _dose(drug, chance)
    return Order(drug=drug.name, category=drug.category, route=drug.route, site=site, dose=dose)


def _service(place: int, at_us: int, chance: random.Random) -> VisitService:
    order = _order(chance.choice(_DRUGS), chance, chance.choice(("1", "1", "1", "2")))
    if not order.runs:
        return VisitService(id=str(place), order=order, start_us=at_us)
    length_us = chance.randint(5, 200) * MINUTE_US + chance.randint(0, 59_000_000)
    paused = ((at_us + length_us // 3, at_us + length_us // 2),) if chance.random() < 1 / 4 else ()
    return VisitService(id=str(place), order=order, start_us=at_us, stop_us=at_us + length_us, pauses=paused)


def _mixed(services: int, chance: random.Random) -> Visit:
    """Return a session of so many services over a working day, some of them side by side."""
    starts = sorted(_MORNING_US + chance.randint(0, 8 * 60) * MINUTE_US for _ in range(services))
    found = tuple(_service(place, at_us, chance) for place, at_us in enumerate(starts, 1))
    return Visit(id="visit", setting=chance.choice(tuple(Setting)), date=_DAY, services=found)


def _ordinary(chance: random.Random) -> Visit:
    """Return a session as most are: 3 to 6 services, one after the other, at one site."""
    drugs = [*chance.sample(_BEFORE, chance.randint(1, 2)), *chance.sample(_MAIN, chance.randint(1, 2))]
    drugs += [_DRUGS[3]] if chance.random() < 1 / 3 else []
    at_us = _MORNING_US + chance.randint(0, HOUR_US // _MILLISECOND_US) * _MILLISECOND_US
    services = []
    for place, drug in enumerate(drugs, 1):
        order = _order(drug, chance)
        length_us = chance.randint(20 * 60_000, 150 * 60_000) * _MILLISECOND_US if order.runs else 0
        stop_us = at_us + length_us if order.runs else None
        services.append(VisitService(id=str(place), order=order, start_us=at_us, stop_us=stop_us))
        at_us += length_us + chance.randint(60_000, 600_000) * _MILLISECOND_US
    flush = Order(drug="", category=Category.OTHER, route=Route.FLUSH)
    services.append(VisitService(id="flush", order=flush, start_us=at_us))
    return Visit(id="visit", setting=Setting.FACILITY, date=_DAY, services=tuple(services))


def _plain_loop(visit: Visit) -> tuple[int, int]:
    """Return the whole minutes of a visit's services, and their begun hours."""
    minutes = hours = 0
    for service in visit.services:
        if service.stop_us is None:
            continue
        ran_us = service.stop_us - service.start_us
        for start_us, stop_us in service.pauses:
            ran_us -= (stop_us or service.stop_us) - start_us
        minutes += ran_us // MINUTE_US
        hours += -(-ran_us // HOUR_US)
    return minutes, hours


def _coder() -> Coder:
    rules = load_standard()
    profiles = {setting: rules.profile_for(setting) for setting in Setting}
    return lambda visit: code(visit, rules.rulebook, profiles[visit.setting])


def _seconds(act: Callable[[Visit], object], visits: Iterable[Visit]) -> float:
    began = time.process_time()
    for visit in visits:
        act(visit)
    return time.process_time() - began


def _against_a_loop(what: str, coder: Coder, visits: Sequence[Visit]) -> None:
    services = sum(len(visit.services) for visit in visits) / len(visits)
    lines = sum(len(coder(visit).lines) for visit in visits) / len(visits)
    loop = min(_seconds(_plain_loop, visits) for _ in range(_ROUNDS)) / len(visits)
    coded = min(_seconds(coder, visits) for _ in range(_ROUNDS)) / len(visits)
    print(f"{len(visits)} {what} sessions of {services:.1f} services and {lines:.1f} lines")
    print(f"  plain loop over the intervals  {loop * 1e6:8.1f} µs a session")
    print(f"  coded, with every reason       {coded * 1e6:8.1f} µs a session")
    print(f"  sessions a second              {1 / coded:8.0f}")
    print(f"  ratio to the plain loop        {coded / loop:8.0f}")


def _growth(coder: Coder) -> None:
    print("how the time grows with the services of a session")
    times = {services: _time_of_one(coder, services) * 1e6 for services in _SIZES}
    for services, us in times.items():
        print(f"  {services:3} services  {us:8.0f} µs  {us / services:8.1f} µs a service")
    first, last = _SIZES[0], _SIZES[-1]
    power = log2(times[last] / times[first]) / log2(last / first)
    print(f"  from {first} to {last} services the time grows with their number to the power {power:.2f}")


def _time_of_one(coder: Coder, services: int) -> float:
    chance = random.Random(services)  # noqa: S311 - examples, the same in each run
    visits = [_mixed(services, chance) for _ in range(_REPEATS)]
    return min(_seconds(coder, visits) for _ in range(_ROUNDS)) / _REPEATS


def main() -> None:
    """Print how fast ordinary and mixed sessions are coded, and how the time grows."""
    coder, chance = _coder(), random.Random(2026)  # noqa: S311 - as above
    coder(_mixed(_MOST_SERVICES, chance))  # the first reads the rules
    _against_a_loop("ordinary", coder, [_ordinary(chance) for _ in range(_SESSIONS)])
    mixed = [_mixed(chance.randint(1, _MOST_SERVICES), chance) for _ in range(_SESSIONS)]
    _against_a_loop("mixed", coder, mixed)
    _growth(coder)


if __name__ == "__main__":
    main()

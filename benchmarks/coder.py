"""Coding a visit, against a plain loop over the same intervals, and how the time grows with its services.

The plain loop takes the pauses out of each service and counts whole minutes and hours: the
least that anybody would write by hand, with no rule, no reason and no overlap in it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from math import log2
from statistics import median

from desktop_app.coding.coder import code
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.core.orders import Category, Container, Dose, Order, Route, Setting
from desktop_app.rulebook_files import load_standard

_VISITS = 400
_ROUNDS = 7
_MOST_SERVICES = 12
_SIZES = (2, 4, 8, 16, 32, 64)
_REPEATS = 30
_DAY = date(2026, 3, 2)
_MORNING_US = 1_772_438_400_000_000
"""08:00 UTC on that day."""

_DRUGS = (
    ("vancomycin", Category.THERAPEUTIC, Route.IV_INFUSION, None),
    ("rituximab", Category.CHEMO, Route.IV_INFUSION, "J9312"),
    ("infliximab", Category.CHEMO, Route.IV_INFUSION, "J1745"),
    ("saline", Category.HYDRATION, Route.IV_INFUSION, None),
    ("ceftriaxone", Category.THERAPEUTIC, Route.IV_INFUSION, "J0696"),
    ("diphenhydramine", Category.THERAPEUTIC, Route.IV_PUSH, "J1200"),
    ("dexamethasone", Category.THERAPEUTIC, Route.IV_PUSH, "J1100"),
    ("doxorubicin", Category.CHEMO, Route.IV_PUSH, "J9000"),
    ("pegfilgrastim", Category.THERAPEUTIC, Route.SC, None),
)


def _dose(hcpcs: str | None, chance: random.Random) -> Dose | None:
    if hcpcs is None:
        return None
    vials = (Container(size=Decimal(100), count=chance.randint(1, 5), single_dose=True),)
    return Dose(
        hcpcs=hcpcs,
        unit="mg",
        unit_amount=Decimal(10),
        amount=Decimal(chance.randint(10, 90)),
        containers=vials,
    )


def _service(place: int, at_us: int, chance: random.Random) -> VisitService:
    drug, category, route, hcpcs = chance.choice(_DRUGS)
    site = chance.choice(("1", "1", "1", "2"))
    order = Order(drug=drug, category=category, route=route, site=site, dose=_dose(hcpcs, chance))
    if not order.runs:
        return VisitService(id=str(place), order=order, start_us=at_us)
    length_us = chance.randint(5, 200) * MINUTE_US + chance.randint(0, 59_000_000)
    paused = ((at_us + length_us // 3, at_us + length_us // 2),) if chance.random() < 1 / 4 else ()
    return VisitService(id=str(place), order=order, start_us=at_us, stop_us=at_us + length_us, pauses=paused)


def _visit(services: int, chance: random.Random) -> Visit:
    """Return a visit of so many services over a working day, some of them side by side."""
    starts = sorted(_MORNING_US + chance.randint(0, 8 * 60) * MINUTE_US for _ in range(services))
    return Visit(
        id="visit",
        setting=chance.choice(tuple(Setting)),
        date=_DAY,
        services=tuple(_service(place, at_us, chance) for place, at_us in enumerate(starts, 1)),
    )


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


def _coder() -> Callable[[Visit], object]:
    rules = load_standard()
    profiles = {setting: rules.profile_for(setting) for setting in Setting}
    return lambda visit: code(visit, rules.rulebook, profiles[visit.setting])


def _seconds(act: Callable[[Visit], object], visits: Iterable[Visit]) -> float:
    began = time.perf_counter()
    for visit in visits:
        act(visit)
    return time.perf_counter() - began


def _against_a_loop(coder: Callable[[Visit], object]) -> None:
    chance = random.Random(2026)  # noqa: S311 - examples, the same in each run
    visits = [_visit(chance.randint(1, _MOST_SERVICES), chance) for _ in range(_VISITS)]
    rounds = [(_seconds(_plain_loop, visits), _seconds(coder, visits)) for _ in range(_ROUNDS)]
    loop, coded = (_us(median(times) / _VISITS) for times in zip(*rounds, strict=True))
    print(f"visits of 1 to {_MOST_SERVICES} services, {_VISITS} of them, the median of {_ROUNDS} rounds")
    print(f"plain loop over the intervals  {loop:8.1f} µs a visit")
    print(f"coded, with every reason       {coded:8.1f} µs a visit, {1e6 / coded:.0f} visits a second")
    print(f"ratio                          {coded / loop:8.1f}")


def _growth(coder: Callable[[Visit], object]) -> None:
    print("how the time grows with the services of a visit")
    times = {services: _us(_time_of_one(coder, services)) for services in _SIZES}
    for services, us in times.items():
        print(f"{services:3} services  {us:8.0f} µs  {us / services:8.1f} µs a service")
    first, last = _SIZES[0], _SIZES[-1]
    power = log2(times[last] / times[first]) / log2(last / first)
    print(f"from {first} to {last} services the time grows with their number to the power {power:.2f}")


def _time_of_one(coder: Callable[[Visit], object], services: int) -> float:
    chance = random.Random(services)  # noqa: S311 - as above
    visits = [_visit(services, chance) for _ in range(_REPEATS)]
    return median(_seconds(coder, visits) for _ in range(_ROUNDS)) / _REPEATS


def _us(seconds: float) -> float:
    return seconds * 1e6


def main() -> None:
    """Print both measurements."""
    coder = _coder()
    coder(_visit(_MOST_SERVICES, random.Random(1)))  # noqa: S311 - as above; the first reads the rules
    _against_a_loop(coder)
    _growth(coder)


if __name__ == "__main__":
    main()

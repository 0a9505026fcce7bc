"""What one minute more or less would change: asked of the coder itself, so that it is true.

A minute of one service can move another's lines: it may lead now, or no longer leave fluid the
minutes it needs. So each service is given one minute more and one less, everything else as it
is, and the visit is coded again: what is told is the difference in units, on any line.

    vancomycin 90 minutes    91 and 96366 x1 is added; 89 changes no line
    a push at 09:30, the same drug pushed at 09:00    at 09:31 and 96376 x1 is added

It is a fact for whoever reads the reasons of a visit, never advice. The board does not ask for
it: it takes two codings for each service.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from desktop_app.coding.coder import listened_to
from desktop_app.coding.compared import Compared
from desktop_app.coding.reasons import Coding, Kind
from desktop_app.coding.rulebook import Era, Profile, Rulebook
from desktop_app.coding.running import computed_stop_us
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import MINUTE_US

Units = Counter[str]
"""Units by code, its modifiers behind it: 96365-59."""

OF_A_DOSE = "A dose does not go by minutes."
NOT_KNOWN = "Its minutes are not known, so none can be told."


def with_one_minute(coding: Coding, visit: Visit, rulebook: Rulebook, profile: Profile) -> Coding:
    """Return the coding of a visit with what one minute of each of its services would change.

    Before the first rules nothing is told.
    """
    era = rulebook.on(visit.date)
    if era is None:
        return coding
    asked = _Asked(coding, visit, rulebook, profile, era)
    lines = tuple(
        line._replace(one_minute=OF_A_DOSE if line.kind is Kind.DRUG else asked.told(line.services))
        for line in coding.lines
    )
    not_billed = tuple(item._replace(one_minute=asked.told((item.service,))) for item in coding.not_billed)
    return coding._replace(lines=lines, not_billed=not_billed)


def told_of(
    services: tuple[str, ...], coding: Coding, visit: Visit, rulebook: Rulebook, profile: Profile
) -> str:
    """Return what one minute of some services of a coded visit would change; empty before the first rules."""
    era = rulebook.on(visit.date)
    return _Asked(coding, visit, rulebook, profile, era).told(services) if era else ""


class _Asked:
    """What was asked of the coder for one visit, each service once."""

    def __init__(self, coding: Coding, visit: Visit, rulebook: Rulebook, profile: Profile, era: Era) -> None:
        self._now = _units(coding)
        self._visit, self._rulebook, self._profile, self._era = visit, rulebook, profile, era
        self._told: dict[str, str] = {}
        self._services = {service.id: service for service in visit.services}

    def told(self, services: tuple[str, ...]) -> str:
        """Return the sentences of some services, each under its name where there are several."""
        if len(services) > 1:
            return " ".join(f"{self._name(service)}: {self._of(service)}" for service in services)
        (service,) = services
        return self._of(service)

    def _name(self, service: str) -> str:
        drug = self._services[service].order.drug
        return f"{drug} ({service})" if drug else service

    def _of(self, service: str) -> str:
        if service not in self._told:
            self._told[service] = self._ask(self._services[service])
        return self._told[service]

    def _ask(self, service: VisitService) -> str:
        stop_us = service.stop_us
        if stop_us is None:
            stop_us = computed_stop_us(service, self._era.thresholds.longest_computed_hours)
        if stop_us is not None:
            return _sentence("more", "less", *(self._changed(one) for one in _lengthened(service, stop_us)))
        if service.order.runs and not service.order.goes_home_running:
            return NOT_KNOWN
        return _sentence("later", "earlier", *(self._changed(one) for one in _moved(service)))

    def _changed(self, changed: VisitService | None) -> str | None:
        """Return in a clause how units differ with a service changed; None where it cannot be so."""
        if changed is None:
            return None
        services = tuple(changed if one.id == changed.id else one for one in self._visit.services)
        visit = replace(self._visit, services=services)
        then = _units(listened_to(visit, self._rulebook, self._profile, Compared()))
        return _difference(self._now, then)


def _lengthened(service: VisitService, stop_us: int) -> tuple[VisitService, VisitService | None]:
    """Return a service that stopped a minute later, and a minute earlier where it ran that long."""
    longer = replace(service, stop_us=stop_us + MINUTE_US)
    shorter = replace(service, stop_us=stop_us - MINUTE_US)
    return longer, shorter if stop_us - MINUTE_US >= service.start_us else None


def _moved(service: VisitService) -> tuple[VisitService, VisitService]:
    """Return what was given at one instant a minute later, and a minute earlier."""
    later, earlier = service.start_us + MINUTE_US, service.start_us - MINUTE_US
    return replace(service, start_us=later), replace(service, start_us=earlier)


def _units(coding: Coding) -> Units:
    units: Units = Counter()
    for line in coding.lines:
        units["-".join((line.code, *line.modifiers))] += line.units
    return units


def _difference(now: Units, then: Units) -> str:
    added, gone = _listed(then - now), _listed(now - then)
    if added and gone:
        return f"{added} would stand in place of {gone}"
    if added:
        return f"{added} would be added"
    return f"{gone} would fall away" if gone else ""


def _listed(units: Units) -> str:
    return " and ".join(f"{code} x{count}" for code, count in units.items())


def _sentence(onward: str, back: str, further: str | None, before: str | None) -> str:
    """Return one sentence of the clauses on either side; an empty clause changes no line."""
    clauses = list(_clauses(onward, back, further, before))
    if not clauses:
        beside = f"{onward} or {back}" if before is not None else onward
        return f"One minute {beside} changes no line."
    return f"One minute {'; one '.join(clauses)}."


def _clauses(onward: str, back: str, further: str | None, before: str | None) -> Iterator[str]:
    """Yield what each side changes, what changes something first; nothing where neither does."""
    sides = [(onward, further), (back, before)]
    if not further and not before:
        return
    for side, clause in sorted(sides, key=lambda told: not told[1]):
        if clause is not None:
            yield f"{side} and {clause}" if clause else f"{side} changes no line"

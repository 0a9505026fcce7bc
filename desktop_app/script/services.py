"""What a line says about a service: every key of the case format, each left out or given.

Keys left out come from the plan, where the service was planned, so that a start can be one
word and a chair.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from decimal import Decimal

from desktop_app.coding.case import CATEGORY_NOT_NEEDED, DRUG_NOT_NEEDED
from desktop_app.core.decisions import Refusal
from desktop_app.core.orders import Category, Container, Dose, NdcUnit, Order, PlannedRate, Route


@dataclass(frozen=True, kw_only=True)
class DoseKeys:
    """What was given and from what, as far as the line says."""

    hcpcs: str | None = None
    unit_amount: Decimal | None = None
    unit: str | None = None
    dose: Decimal | None = None
    units: int | None = None
    ndc: str | None = None
    ndc_quantity: Decimal | None = None
    ndc_unit: NdcUnit | None = None
    containers: tuple[Container, ...] | None = None
    lot: str | None = None
    expiry: str | None = None

    def dose_after(self, before: Dose | None) -> Dose | None:
        """Return the dose before, with what the line says about it; None when nothing is known."""
        said = {field.name: getattr(self, field.name) for field in fields(DoseKeys)}
        said["amount"] = said.pop("dose")
        given = {name: value for name, value in said.items() if value is not None}
        return replace(before or Dose(), **given) if given else before


@dataclass(frozen=True, kw_only=True)
class ServiceKeys(DoseKeys):
    """One drug or fluid by one route at one site, as far as the line says."""

    service: str = ""
    drug: str | None = None
    category: Category | None = None
    route: Route | None = None
    site: str | None = None
    encounter: str | None = None
    planned_minutes: int | None = None
    primary: bool | None = None
    pump: bool | None = None
    kvo: bool | None = None
    integral: bool | None = None
    hormonal: bool | None = None
    stopped_early: bool | None = None
    same_dose_as_previous: bool | None = None
    volume_ml: Decimal | None = None
    rate_ml_h: Decimal | None = None
    rate_steps: tuple[PlannedRate, ...] | None = None
    vitals_every_minutes: int | None = None
    observe_minutes: int | None = None
    note: str = ""

    @property
    def says_an_order(self) -> bool:
        """Whether any key of a service stands in the line, its note aside."""
        return any(getattr(self, f.name) != f.default for f in fields(ServiceKeys) if f.name != "note")

    def order_after(self, planned: Order | None, route: Route | None = None) -> Order | Refusal:
        """Return the planned order with what the line says; ``route`` serves where neither names one."""
        said = {f.name: getattr(self, f.name, None) for f in fields(Order) if f.name != "dose"}
        given = {name: value for name, value in said.items() if value is not None}
        dose = self.dose_after(planned.dose if planned else None)
        if not _rise(self.rate_steps or ()):
            return Refusal("the rate steps must begin at minute 0 and stand in order of time")
        if planned is not None:
            return replace(planned, **given, dose=dose)
        if route is not None:
            given.setdefault("route", route)
        if given.get("route") in CATEGORY_NOT_NEEDED:
            given.setdefault("category", Category.OTHER)
        if given.get("route") in DRUG_NOT_NEEDED:
            given.setdefault("drug", str(given["route"]))
        if missing := [name for name in ("drug", "category", "route") if not given.get(name)]:
            return Refusal(
                f"nothing is planned under that name, and the line has no {' and no '.join(missing)}"
            )
        return Order(**given, dose=dose)


def _rise(steps: tuple[PlannedRate, ...]) -> bool:
    minutes = [step.after_minutes for step in steps]
    return not minutes or (minutes[0] == 0 and sorted(set(minutes)) == minutes)

"""From what stands in the start sheet to an order, or the sentence that says why not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from desktop_app.core.orders import Category, Dose, Order, Route
from desktop_app.ui import words
from desktop_app.ui.ports import Drug

LONGEST_PLAN = 24 * 60
FIRST_SITE = "1"


class Way(StrEnum):
    """How it is given, as the start sheet asks."""

    INFUSION = "infusion"
    PUSH = "push"
    HYDRATION = "hydration"
    SC = "sc"
    IM = "im"


WAYS = (
    (Way.INFUSION, "Infusion"),
    (Way.PUSH, "Push"),
    (Way.HYDRATION, "Hydration"),
    (Way.SC, "SC"),
    (Way.IM, "IM"),
)
_ROUTES = {
    Way.INFUSION: Route.IV_INFUSION,
    Way.PUSH: Route.IV_PUSH,
    Way.HYDRATION: Route.IV_INFUSION,
    Way.SC: Route.SC,
    Way.IM: Route.IM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """What was typed and chosen."""

    name: str
    drug: Drug | None
    way: Way
    dose: str = ""
    planned: str = ""
    site: str = ""


def read_order(form: OrderForm) -> Order | str:
    """Return the order, or one sentence about the field that is wrong."""
    name = form.drug.name if form.drug else form.name.strip()
    if not name:
        return "type a drug or a fluid first"
    amount, planned = _amount(form.dose), _minutes(form.planned)
    if isinstance(amount, str):
        return amount
    if isinstance(planned, str):
        return planned
    route = _ROUTES[form.way]
    return Order(
        drug=name,
        category=_category(form),
        route=route,
        site=form.site.strip() or FIRST_SITE,
        planned_minutes=planned if form.way in {Way.INFUSION, Way.HYDRATION} else None,
        dose=_dose(form.drug, amount),
    )


def way_of(category: Category, last: Order | None) -> Way:
    """Return how a drug is most likely given: as last time, else by its kind."""
    if last is not None:
        ways = {Route.IV_PUSH: Way.PUSH, Route.SC: Way.SC, Route.IM: Way.IM}
        fluid = Way.HYDRATION if last.category is Category.HYDRATION else Way.INFUSION
        return ways.get(last.route, fluid)
    return Way.HYDRATION if category is Category.HYDRATION else Way.INFUSION


def dose_text(order: Order | None) -> str:
    """Return the dose of an order as it is typed."""
    if order is None or order.dose is None or order.dose.amount is None:
        return ""
    return words.number(order.dose.amount)


def read_amount(text: str) -> Decimal | None:
    """Return a positive decimal number, or None for anything else."""
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None


def _category(form: OrderForm) -> Category:
    if form.way is Way.HYDRATION:
        return Category.HYDRATION
    if form.drug is None:
        return Category.THERAPEUTIC
    fluid_as_drug = form.drug.category is Category.HYDRATION
    return Category.THERAPEUTIC if fluid_as_drug else form.drug.category


def _amount(text: str) -> Decimal | str | None:
    if not text.strip():
        return None
    amount = read_amount(text)
    return f"the dose “{text.strip()}” is not a number over 0" if amount is None else amount


def _minutes(text: str) -> int | str | None:
    typed = text.strip()
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= LONGEST_PLAN:
        return int(typed)
    return f"planned minutes must be a whole number from 1 to {LONGEST_PLAN}"


def _dose(drug: Drug | None, amount: Decimal | None) -> Dose | None:
    if drug is None:
        return None if amount is None else Dose(amount=amount)
    if amount is None:
        return None
    return Dose(hcpcs=drug.hcpcs, unit_amount=drug.unit_amount, unit=drug.unit, amount=amount)

"""From what stands in a sheet to an order, or the sentence that says why not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from desktop_app.core.orders import Category, Dose, Order, PlannedRate
from desktop_app.core.protocols import FIRST_SITE
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.ports import Drug
from desktop_app.ui.sheets.ways import MEANINGS, Way, way_of
from desktop_app.ui.vials import Vial

LONGEST_PLAN = 24 * 60
MOST_STEPS = 20
MOST_ML_H = 2000
"""No pump in a suite gives more in an hour; what is more was mistyped."""
_RATES = "rate steps are minute and mL/h, from minute 0 on, such as 0: 20, 15: 40"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderForm:
    """What was typed and chosen; ``base`` is the order it began as."""

    name: str
    drug: Drug | None
    way: Way
    dose: str = ""
    planned: str = ""
    site: str = ""
    volume: str = ""
    vitals: str = ""
    observe: str = ""
    rates: str = ""
    primary: bool = False
    hormonal: bool = False
    vial: Vial | None = None
    base: Order | None = None


class FormFault(Exception):
    """A field cannot be taken; ``str`` says which and why, ``field`` is its name in the form."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def read_order(form: OrderForm) -> Order | str:
    """Return the order, or one sentence about the field that is wrong."""
    try:
        return _order(form)
    except FormFault as fault:
        return str(fault)


def wrong_field(form: OrderForm) -> str:
    """Return the name of the field that cannot be taken; empty where all can."""
    try:
        _order(form)
    except FormFault as fault:
        return fault.field
    return ""


def _order(form: OrderForm) -> Order:
    meaning = MEANINGS[form.way]
    name = (form.drug.name if form.drug else form.name.strip()) or meaning.plain_name
    if not name:
        raise FormFault("name", "type a drug or a fluid first")
    base = form.base
    if base is None or way_of(base.category, base) is not form.way:
        base = _begun(form, base)
    timed = base.runs
    return replace(
        base,
        drug=name,
        site=form.site.strip() or FIRST_SITE,
        planned_minutes=_minutes("planned", "planned minutes", form.planned) if meaning.has_minutes else None,
        dose=_dose(form, base.dose),
        volume_ml=_amount("volume", "volume", form.volume),
        vitals_every_minutes=_minutes("vitals", "minutes between vital signs", form.vitals)
        if timed
        else None,
        observe_minutes=_minutes("observe", "minutes to watch afterwards", form.observe),
        rate_steps=_rates(form.rates) if timed else (),
        primary=form.primary,
        hormonal=form.hormonal,
    )


def _begun(form: OrderForm, base: Order | None) -> Order:
    """Return an order given this way, with what another way of giving the same leaves as it is."""
    meaning = MEANINGS[form.way]
    category = meaning.category or _category(form.drug)
    made = Order(drug="", category=category, route=meaning.route, pump=meaning.pump, kvo=meaning.kvo)
    return made if base is None else replace(made, dose=base.dose, encounter=base.encounter)


def _category(drug: Drug | None) -> Category:
    """Return the kind of a drug; a fluid that is not given for hydration is a drug like others."""
    if drug is None or drug.category is Category.HYDRATION:
        return Category.THERAPEUTIC
    return drug.category


def dose_text(order: Order | None) -> str:
    """Return the dose of an order as it is typed."""
    if order is None or order.dose is None or order.dose.amount is None:
        return ""
    return words.number(order.dose.amount)


def too_fast(typed: str) -> str:
    """Say that a rate is more than any pump gives."""
    return f"{typed.strip()} mL/h is more than a pump gives; a rate is at most {MOST_ML_H} mL/h"


def rates_text(order: Order) -> str:
    """Return the rate steps of an order as they are typed."""
    return ", ".join(f"{step.after_minutes}: {words.number(step.rate_ml_h)}" for step in order.rate_steps)


def read_amount(text: str) -> Decimal | None:
    """Return a positive decimal number, or None for anything else."""
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None


def _amount(field: str, what: str, text: str) -> Decimal | None:
    if not text.strip():
        return None
    amount = read_amount(text)
    if amount is None:
        raise FormFault(field, f"the {what} “{text.strip()}” is not a number over 0")
    return amount


def _minutes(field: str, what: str, text: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= LONGEST_PLAN:
        return int(typed)
    raise FormFault(field, f"{what} must be a whole number from 1 to {LONGEST_PLAN}")


def _rates(text: str) -> tuple[PlannedRate, ...]:
    """Read steps such as ``0: 20, 15: 40``; a decimal comma is none here, as it parts the steps."""
    steps = [_step(part) for part in text.split(",") if part.strip()]
    minutes = [step.after_minutes for step in steps]
    if steps and (minutes[0] != 0 or minutes != sorted(set(minutes)) or len(steps) > MOST_STEPS):
        raise FormFault("rates", _RATES)
    return tuple(steps)


def _step(text: str) -> PlannedRate:
    minute, _, rate = text.partition(":")
    amount, typed = read_amount(rate), minute.strip()
    if amount is not None and amount > MOST_ML_H:
        raise FormFault("rates", too_fast(rate))
    if amount is None or not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= LONGEST_PLAN):
        raise FormFault("rates", _RATES)
    return PlannedRate(int(typed), amount)


def _dose(form: OrderForm, base: Dose | None) -> Dose | None:
    """Return the dose: what was ordered of it, the amount that is typed, and the vial it is from."""
    amount = _amount("dose", "dose", form.dose)
    dose = replace(base, amount=amount) if base else _new_dose(form.drug, amount)
    if form.vial is not None:
        dose = form.vial.into(dose or _coded(form.drug))
    if dose is not None and form.drug is not None and form.drug.hcpcs:
        dose = replace(dose, hcpcs=form.drug.hcpcs)
        if dose.unit == form.drug.unit:
            dose = replace(dose, unit_amount=form.drug.unit_amount)
    return None if dose == Dose() else dose


def _new_dose(drug: Drug | None, amount: Decimal | None) -> Dose | None:
    """Return the drug's code with the amount, or without: a code whose dose is missing is asked for later."""
    is_coded = drug is not None and bool(drug.hcpcs)
    return replace(_coded(drug), amount=amount) if is_coded or amount is not None else None


def _coded(drug: Drug | None) -> Dose:
    if drug is None:
        return Dose()
    return Dose(hcpcs=drug.hcpcs, unit_amount=drug.unit_amount, unit=drug.unit)

"""Protocols as text: read with suspicion, and written so that reading gives the same again.

    [[protocol]]
    name = "Iron sucrose"

    [[protocol.service]]
    drug = "Iron sucrose"
    hcpcs = "J1756"
    category = "therapeutic"
    route = "iv-infusion"
    amount = 200
    unit = "mg"
    planned_minutes = 30
    rates = [[0, 100], [15, 200]]    # from minute 0 on 100 mL/h, from minute 15 on 200

Every fault is told with file, line, key and what was expected.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from desktop_app.coding.case import CATEGORY_NOT_NEEDED, DRUG_NOT_NEEDED
from desktop_app.coding.toml_text import Section, read_toml
from desktop_app.core.orders import (
    LONGEST_PLAN_MINUTES,
    PUMP_ROUTES,
    Category,
    Dose,
    Order,
    PlannedRate,
    Route,
)
from desktop_app.core.protocols import LONGEST_ABOUT, LONGEST_NAME, MOST_PLANNED, Protocol
from desktop_app.core.recordable import DRUG_CODE, LARGEST

MOST_STEPS = 20
"""The most rate steps of one service."""
FASTEST_ML_H = 10_000
LONGEST_DRUG = 200
LONGEST_UNIT = 20
_FLAGS = ("pump", "kvo", "hormonal")
_MINUTES = ("planned_minutes", "vitals_every_minutes", "observe_minutes")
_KEYS = (
    "drug",
    "category",
    "route",
    "hcpcs",
    "amount",
    "unit",
    "volume_ml",
    "rates",
    *_MINUTES,
    *_FLAGS,
)


def read_protocols(file: str, text: str) -> tuple[Protocol, ...]:
    """Return the protocols of a text, in its order. Raises RulebookError for any fault."""
    top = read_toml(file, text)
    top.only("protocol")
    found: list[Protocol] = []
    for block in top.sections("protocol"):
        protocol = _protocol(block)
        if any(same_name(other.name, protocol.name) for other in found):
            raise block.refusal("name", f"another: “{protocol.name}” stands above it already")
        found.append(protocol)
    return tuple(found)


def read_protocol(file: str, text: str) -> Protocol:
    """Return the one protocol of a text. Raises RulebookError for any fault, and for none or several."""
    found = read_protocols(file, text)
    if len(found) != 1:
        raise read_toml(file, text).refusal("protocol", "there once: a file holds one [[protocol]]")
    (only,) = found
    return only


def same_name(one: str, other: str) -> bool:
    """Say whether two names of protocols are one name to a person."""
    return one.strip().casefold() == other.strip().casefold()


def protocol_text(protocol: Protocol) -> str:
    """Return a protocol as text, to be read again by ``read_protocols``."""
    lines = ["[[protocol]]", f"name = {_quoted(protocol.name)}"]
    if protocol.about:
        lines.append(f"about = {_quoted(protocol.about)}")
    for order in protocol.services:
        lines += ["", "[[protocol.service]]", *_order_lines(order)]
    return "\n".join(lines) + "\n"


def _protocol(block: Section) -> Protocol:
    block.only("name", "about", "service")
    services = tuple(_order(service) for service in block.sections("service"))
    if not 1 <= len(services) <= MOST_PLANNED:
        raise block.refusal("service", f"there, 1 to {MOST_PLANNED} times, each under [[protocol.service]]")
    about = block.label("about", LONGEST_ABOUT) if "about" in block.values else ""
    return Protocol(name=block.label("name", LONGEST_NAME), about=about, services=services)


def _order(block: Section) -> Order:
    block.only(*_KEYS)
    route = Route(block.one_of("route", tuple(Route)))
    planned, vitals, observe = (_minutes(block, key) for key in _MINUTES)
    order = Order(
        drug=_drug(block, route),
        category=_category(block, route),
        route=route,
        planned_minutes=planned,
        vitals_every_minutes=vitals,
        observe_minutes=observe,
        volume_ml=block.amount("volume_ml", LARGEST) if "volume_ml" in block.values else None,
        rate_steps=_rates(block) if "rates" in block.values else (),
        dose=_dose(block),
        pump=block.flag("pump"),
        kvo=block.flag("kvo"),
        hormonal=block.flag("hormonal"),
    )
    _require_fitting(block, order)
    return order


def _drug(block: Section, route: Route) -> str:
    if route in DRUG_NOT_NEEDED and "drug" not in block.values:
        return route.value
    return block.label("drug", LONGEST_DRUG)


def _category(block: Section, route: Route) -> Category:
    if route in CATEGORY_NOT_NEEDED and "category" not in block.values:
        return Category.OTHER
    return Category(block.one_of("category", tuple(Category)))


def _minutes(block: Section, key: str) -> int | None:
    return block.number(key, LONGEST_PLAN_MINUTES) if key in block.values else None


def _dose(block: Section) -> Dose | None:
    said = {key for key in ("hcpcs", "amount", "unit") if key in block.values}
    if not said:
        return None
    hcpcs = (
        block.shaped("hcpcs", DRUG_CODE, "a drug code such as J1745, in quotes") if "hcpcs" in said else ""
    )
    amount = block.amount("amount", LARGEST) if "amount" in said else None
    unit = block.label("unit", LONGEST_UNIT) if "unit" in said or amount is not None else ""
    return Dose(hcpcs=hcpcs, amount=amount, unit=unit)


def _rates(block: Section) -> tuple[PlannedRate, ...]:
    """Return the steps of a titration: the first from minute 0 on, each later than the one before."""
    raw = block.values["rates"]
    steps = [_step(item) for item in raw] if isinstance(raw, list) else []
    known = [step for step in steps if step is not None]
    minutes = [step.after_minutes for step in known]
    whole = 1 <= len(known) == len(steps) <= MOST_STEPS
    if not whole or minutes[0] != 0 or minutes != sorted(set(minutes)):
        raise block.refusal(
            "rates",
            f"at most {MOST_STEPS} pairs of minute and mL/h, from minute 0 on, such as [[0, 20], [15, 40]]",
        )
    return tuple(known)


def _step(raw: object) -> PlannedRate | None:
    match raw:
        case [int(minute), int() | Decimal() as rate] if not isinstance(minute, bool | Decimal):
            fits = not isinstance(rate, bool) and Decimal(rate).is_finite() and 0 < rate <= FASTEST_ML_H
            return PlannedRate(minute, Decimal(rate)) if fits and minute <= LONGEST_PLAN_MINUTES else None
        case _:
            return None


def _require_fitting(block: Section, order: Order) -> None:
    """Refuse what cannot be true together, so that no key is read and then means nothing."""
    if not order.runs:
        for key in ("planned_minutes", "vitals_every_minutes", "rates"):
            if key in block.values:
                raise block.refusal(key, f"gone: {order.route} is given in one moment")
    if order.pump and order.route not in PUMP_ROUTES:
        raise block.refusal("pump", f"gone: no pump goes home with {order.route}")


def _order_lines(order: Order) -> list[str]:
    dose = order.dose or Dose()
    said: list[tuple[str, str]] = [
        ("drug", _quoted(order.drug)),
        ("category", _quoted(order.category)),
        ("route", _quoted(order.route)),
        ("hcpcs", _quoted(dose.hcpcs) if dose.hcpcs else ""),
        ("amount", _number(dose.amount)),
        ("unit", _quoted(dose.unit) if dose.unit else ""),
        ("volume_ml", _number(order.volume_ml)),
        ("rates", _steps_text(order.rate_steps)),
        *((key, _number(getattr(order, key))) for key in _MINUTES),
        *((flag, "true" if getattr(order, flag) else "") for flag in _FLAGS),
    ]
    return [f"{key} = {value}" for key, value in said if value]


def _steps_text(steps: Sequence[PlannedRate]) -> str:
    pairs = ", ".join(f"[{step.after_minutes}, {_number(step.rate_ml_h)}]" for step in steps)
    return f"[{pairs}]" if pairs else ""


def _number(value: Decimal | int | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _quoted(text: str) -> str:
    """Return a text in quotes; of plain characters, JSON's quotes are TOML's."""
    return json.dumps(text, ensure_ascii=False)

"""What a record can hold: how large an amount may be, and what a text may be made of.

The decisions ask here before anything is stored, so that no screen, script or scan can record what
a case could not hold again. The case reader and the protocol files go by the same bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import cast

from desktop_app.core.decisions import Refusal
from desktop_app.core.orders import LONGEST_LINE, LONGEST_PLAN_MINUTES, Container, Dose, Order, is_line

LARGEST = 1_000_000_000
FINEST = -9
"""Amounts lie over 0 and up to a thousand million, to nine decimal places."""
MOST_CONTAINERS = 500
LONGEST_NOTE = 10_000
DRUG_CODE = re.compile(r"[A-Z](?:[0-9]{4}|XXXX)")
"""A letter and four digits; published guidance writes JXXXX where any drug is meant."""
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LONGEST_SHOWN = 40
_MOST_DIGITS = 40
UNSHOWN = "�"
"""Stands for a character that cannot be shown."""


def is_amount(value: Decimal) -> bool:
    """Return whether a number is an amount that can be recorded and coded."""
    if not value.is_finite() or not 0 < value <= LARGEST:
        return False
    return cast("int", value.as_tuple().exponent) >= FINEST


def plain_number(value: Decimal) -> str:
    """Return a number digit for digit; one far out of bounds by its power of ten, which is as exact."""
    return f"{value:f}" if abs(value.adjusted()) <= _MOST_DIGITS else str(value)


def amount_fault(name: str, value: Decimal | None) -> str:
    """Return in a few words why an amount cannot be recorded; empty where it can, or where none is given."""
    if value is None or is_amount(value):
        return ""
    return f"{name} must be over 0, at most {LARGEST:,}, with at most {-FINEST} decimal places"


def rate_fault(text: str) -> str:
    """Return why a rate, as text, cannot be recorded; it may be 0, for a pump that holds."""
    if not _NUMBER.fullmatch(text):
        return f"the rate “{as_line(text, _LONGEST_SHOWN)}” is not a number of mL/h"
    rate = Decimal(text)
    return amount_fault("the rate", rate) if rate else ""


def line_fault(name: str, text: str, *, longest: int = LONGEST_LINE) -> str:
    """Return why a text cannot stand on one line of a case; empty where it can, or where there is none."""
    if len(text) > longest:
        return f"{name} can have at most {longest} characters"
    return "" if is_line(text) else f"some characters of {name} cannot be shown"


def as_line(text: str, longest: int = LONGEST_LINE) -> str:
    """Return a text as it can stand on a line: what cannot be shown as a sign, what is too long cut."""
    if text.isprintable() and len(text) <= longest:
        return text
    shown = "".join(letter if letter.isprintable() else UNSHOWN for letter in text[:longest])
    return shown if len(text) <= longest else f"{shown[:-1]}…"


def note_fault(text: str) -> str:
    """Return why a note cannot be recorded: it may run over lines, of plain characters each."""
    if len(text) > LONGEST_NOTE:
        return f"the note can have at most {LONGEST_NOTE} characters"
    plain = all(line.replace("\t", " ").isprintable() for line in text.splitlines())
    return "" if plain else "some characters of the note cannot be shown"


def uncodable(dose: Dose) -> str:
    """Return what of a dose is out of bounds, so that it cannot be coded; empty where it can."""
    return next((fault for fault in _coded_of_dose(dose) if fault), "")


def dose_fault(dose: Dose) -> str:
    """Return why a dose cannot be recorded; empty where it can."""
    return next((fault for fault in _of_dose(dose) if fault), "")


def order_fault(order: Order) -> str:
    """Return why an order cannot be recorded; empty where it can."""
    return next((fault for fault in _of_order(order) if fault), "")


def unheld(fault: str) -> Refusal | None:
    """Return the refusal of what a record cannot hold; None where there is no fault."""
    return Refusal(fault) if fault else None


def unheld_order(order: Order) -> Refusal | None:
    """Refuse an order that no record can hold."""
    return unheld(order_fault(order))


def unheld_line(name: str, text: str) -> Refusal | None:
    """Refuse a text that cannot stand on one line."""
    return unheld(line_fault(name, text.strip()))


def _of_order(order: Order) -> Iterator[str]:
    yield line_fault("the name of the drug", order.drug)
    yield "the drug has no name" if order.drug and not order.drug.strip() else ""
    for name, text in (("the access site", order.site), ("the encounter", order.encounter)):
        yield line_fault(name, text) if text.strip() else f"{name} has no name"
    yield _minutes_fault("the planned minutes", order.planned_minutes)
    yield _minutes_fault("the minutes between vital signs", order.vitals_every_minutes)
    yield _minutes_fault("the minutes to watch afterwards", order.observe_minutes)
    yield amount_fault("the volume", order.volume_ml)
    yield amount_fault("the rate", order.rate_ml_h)
    for step in order.rate_steps:
        yield amount_fault("the rate of a step", step.rate_ml_h)
        yield _minutes_fault("the minute of a rate step", step.after_minutes, least=0)
    yield dose_fault(order.dose) if order.dose else ""


def _of_dose(dose: Dose) -> Iterator[str]:
    yield from _coded_of_dose(dose)
    for name, text in {"NDC": dose.ndc, "lot": dose.lot, "expiry": dose.expiry}.items():
        yield line_fault(f"the {name}", text)


def _coded_of_dose(dose: Dose) -> Iterator[str]:
    if dose.hcpcs and not DRUG_CODE.fullmatch(dose.hcpcs):
        yield "the drug code must be a capital letter and four digits, such as J1745"
    yield line_fault("the unit", dose.unit)
    yield amount_fault("the dose", dose.amount)
    yield amount_fault("the amount of one billing unit", dose.unit_amount)
    yield amount_fault("the NDC quantity", dose.ndc_quantity)
    yield _count_fault("the billing units", dose.units)
    if len(dose.containers) > MOST_CONTAINERS:
        yield f"a dose comes from at most {MOST_CONTAINERS} sizes of containers"
    for container in dose.containers:
        yield from _container_faults(container)


def _container_faults(container: Container) -> Iterator[str]:
    yield amount_fault("what a vial or bag holds", container.size)
    yield _count_fault("the number of vials or bags", container.count)


def _count_fault(name: str, count: int | None) -> str:
    return "" if count is None or 0 < count <= LARGEST else f"{name} must be from 1 to {LARGEST:,}"


def _minutes_fault(name: str, minutes: int | None, *, least: int = 1) -> str:
    if minutes is None or least <= minutes <= LONGEST_PLAN_MINUTES:
        return ""
    return f"{name} must be from {least} to {LONGEST_PLAN_MINUTES}, which is a week"

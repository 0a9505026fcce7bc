"""The shapes that codes, amounts and products must have in any file that goes out, read back from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from desktop_app.core.orders import NdcUnit

_CODE = re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_MONEY = re.compile(r"(?P<dollars>0|[1-9][0-9]{0,9})(?:\.(?P<cents>[0-9]{1,2}))?")
_WHOLE = re.compile(r"[1-9][0-9]{0,5}")
_QUANTITY = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,4})?")
_NDC = re.compile(r"[0-9]{11}")
_DAY = re.compile(r"[0-9]{8}")


def cents_in(text: str) -> int | None:
    """Return an amount as cents; None for what is no amount."""
    found = _MONEY.fullmatch(text)
    return int(found["dollars"]) * 100 + int((found["cents"] or "").ljust(2, "0")) if found else None


def whole_in(text: str) -> int | None:
    """Return a whole number from 1 on; None for what is none."""
    return int(text) if _WHOLE.fullmatch(text) else None


def day_in(text: str) -> date | None:
    """Return a date written in eight digits; None for what is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def code_faults(code: str, modifiers: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the code of a service and its modifiers."""
    if not _CODE.fullmatch(code):
        yield f"{code or 'nothing'} is no code of a service"
    if not all(map(_MODIFIER.fullmatch, modifiers)) or len(set(modifiers)) < len(modifiers):
        yield f"the modifiers of {code} are not two letters or digits each, or one stands twice"
    if {"JW", "JZ"} <= set(modifiers):
        yield f"{code} is said to have waste and to have none"


def ndc_faults(ndc: str) -> Iterator[str]:
    """Yield what is wrong with an NDC."""
    if not _NDC.fullmatch(ndc) or not int(ndc):
        yield f"{ndc or 'nothing'} is no NDC of 11 digits"


def quantity_faults(quantity: str, unit: str) -> Iterator[str]:
    """Yield what is wrong with how much of an NDC was given."""
    if not _QUANTITY.fullmatch(quantity) or not Decimal(quantity):
        yield f"{quantity or 'nothing'} is no quantity of an NDC"
    if unit not in set(NdcUnit):
        yield f"{unit or 'nothing'} is no unit of an NDC"

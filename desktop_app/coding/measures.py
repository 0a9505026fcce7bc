"""Units of measure: an amount of a drug in another unit, and in words.

A dose, its vials and its billing unit may each be recorded in a unit of their own. Only units of
the same thing turn into one another: a gram is never a millilitre.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache

_IN_BASE = {
    "kg": ("g", Decimal(1000)),
    "g": ("g", Decimal(1)),
    "mg": ("g", Decimal("0.001")),
    "mcg": ("g", Decimal("0.000001")),
    "ug": ("g", Decimal("0.000001")),
    "ng": ("g", Decimal("0.000000001")),
    "l": ("l", Decimal(1)),
    "ml": ("l", Decimal("0.001")),
    "unit": ("unit", Decimal(1)),
    "units": ("unit", Decimal(1)),
    "iu": ("unit", Decimal(1)),
}
"""What a unit of measure measures, and how much of the base one of it is."""
EXACT = Context(prec=100)
"""Amounts within their bounds are counted with every digit, whatever their units are."""


def converted(amount: Decimal, unit: str, wanted: str) -> Decimal | None:
    """Return an amount in another unit of the same thing; None where the two do not measure one thing."""
    ratio = _ratio(unit, wanted)
    return None if ratio is None else EXACT.divide(EXACT.multiply(amount, ratio[0]), ratio[1])


@lru_cache(maxsize=4096)
def measured(amount: Decimal, unit: str) -> str:
    """Return an amount in words: 7.5 mg. A suite gives the same doses all day."""
    text = f"{amount:f}"
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{plain} {unit}".rstrip()


@lru_cache(maxsize=256)
def _ratio(unit: str, wanted: str) -> tuple[Decimal, Decimal] | None:
    """Return what an amount is multiplied with, and what it is divided by."""
    if unit.casefold() == wanted.casefold():
        return Decimal(1), Decimal(1)
    have, want = _IN_BASE.get(unit.casefold()), _IN_BASE.get(wanted.casefold())
    if have is None or want is None or have[0] != want[0]:
        return None
    return have[1], want[1]

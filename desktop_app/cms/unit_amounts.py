"""How much one unit of a drug code is, as the last words of its published name say.

Only an amount and a unit of measure are taken, and only where they stand alone at the end:
``…, 10 mg``, ``…, per 0.5 mg``, ``…, up to 50 mg``. Anything less plain is left unknown.
"""

from __future__ import annotations

import re

_ENDING = re.compile(
    r"(?:^|[,;(]|\bper\b|\bup to\b|\beach\b)\s*"
    r"([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)\s*"
    r"(mg|mcg|gm|gram|g|ml|cc|i\.?u\.?|units?|international units?|meq)\.?\)?\s*$",
    re.IGNORECASE,
)
_UNITS = {
    "gm": "g",
    "gram": "g",
    "cc": "ml",
    "iu": "units",
    "unit": "units",
    "international unit": "units",
    "international units": "units",
}


def unit_amount(name: str) -> tuple[str, str]:
    """Return the amount of one unit and its unit of measure; two empty texts where it is not plain."""
    found = _ENDING.search(name)
    if found is None:
        return "", ""
    amount, unit = found[1].replace(",", ""), found[2].lower().replace(".", "")
    whole, _point, part = amount.partition(".")
    part = part.rstrip("0")
    plain = (whole.lstrip("0") or "0") + (f".{part}" if part else "")
    return ("", "") if plain == "0" else (plain, _UNITS.get(unit, unit))

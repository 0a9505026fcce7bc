"""Amounts as people type them in a US clinic: what they mean, what they come to, and why one is refused.

A comma parts thousands and nothing else: 1,000 is a thousand. Where a comma could be a decimal one,
as in 1,5 or 0,500, nobody guesses: a dose a thousand times too small looks right on every screen.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from desktop_app.core.recordable import amount_fault, as_line, is_amount
from desktop_app.ui import words

_AMOUNT = re.compile(r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+")
_WITH_UNIT = re.compile(r"[0-9][0-9.,]*\s*[^\W\d_]+(?:/[^\W\d_]+)?")
_LONGEST_SHOWN = 40
_COUNTED = frozenset({"unit", "units", "iu"})
"""Units of measure that are called like billing units."""


def read_amount(text: str) -> Decimal | None:
    """Return a number over 0, written in plain digits; None for anything else."""
    written = text.strip()
    if not _AMOUNT.fullmatch(written):
        return None
    amount = Decimal(written.replace(",", ""))
    return amount if amount > 0 else None


def amount_problem(what: str, text: str) -> str:
    """Return in a few words why a text is no amount that can be recorded; empty where it is one."""
    amount, shown = read_amount(text), as_line(text.strip(), _LONGEST_SHOWN)
    if amount is not None:
        return amount_fault(f"the {what}", amount)
    if re.fullmatch(r"[0-9.,]*[0-9][0-9.,]*", shown) and "," in shown:
        return (
            f"the {what} “{shown}” is not clear: write decimals with a point, such as 1.5, "
            "and a comma only for thousands, such as 1,500"
        )
    if _WITH_UNIT.fullmatch(shown):
        return f"the {what} “{shown}” is more than a number: write the number alone"
    if _is_number(text):
        return f"the {what} “{shown}” is not in plain digits, such as 12.5 or 1,250"
    return f"the {what} “{shown}” is not a number over 0"


def heard_words(text: str, unit: str, unit_amount: Decimal | None) -> str:
    """Write what was understood of a typed dose, such as 1000 mg · 100 units; empty where nothing was."""
    amount = read_amount(text)
    if amount is None or not is_amount(amount):
        return ""
    said = f"{words.number(amount)} {unit}".strip()
    if unit_amount is None or not is_amount(unit_amount):
        return said
    whole, rest = divmod(amount, unit_amount)
    count = int(whole) + (1 if rest else 0)
    noun = "billing unit" if unit.casefold() in _COUNTED else "unit"
    return f"{said} · {words.count_words(count, noun, f'{noun}s')}"


def _is_number(text: str) -> bool:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        return False
    return amount.is_finite() and amount > 0

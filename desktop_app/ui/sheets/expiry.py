"""Expiry dates as they stand on labels and are typed in the US, read as dates; the rest is refused.

    12/31/2027   12-31-2027   2027-12-31   271231      a day
    05/2027      2027-05      270500                   a month: good to its last day

05/27 may be a day or a month, so nobody guesses.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4})",
        r"(?P<month>\d{1,2})[/-](?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
        r"(?P<year>\d{4})-(?P<month>\d{2})",
        r"(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_CENTURY, _LAST_SHORT_YEAR = 2000, 99
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Expiry:
    """An expiry as it is recorded, and the last day it is good on."""

    text: str
    """As 2027-12-31, or 2027-12 where no day is said."""
    last_day: date


def read_expiry(typed: str) -> Expiry | None:
    """Return the expiry a text says; None where it is no date."""
    for form in _FORMS:
        if found := form.fullmatch(typed.strip()):
            parts = {name: int(digits) for name, digits in found.groupdict().items()}
            return _expiry(parts["year"], parts["month"], parts.get("day", 0))
    return None


def expiry_problem(typed: str) -> str:
    """Return why a text cannot be recorded as an expiry; empty where it can, or where there is none."""
    if not typed.strip() or read_expiry(typed) is not None:
        return ""
    shown = typed.strip()[:_LONGEST_SHOWN]
    return f"the expiry “{shown}” is no date: write it as 12/31/2027, or as 12/2027 where no day is printed"


def _expiry(year: int, month: int, day: int) -> Expiry | None:
    year += _CENTURY if year <= _LAST_SHORT_YEAR else 0
    try:
        last_day = date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    return Expiry(last_day.isoformat() if day else f"{year}-{month:02}", last_day)

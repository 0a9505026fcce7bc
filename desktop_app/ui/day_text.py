"""Days as they are typed in the US and in lists, read as dates; the rest is refused.

12/31/1960   12-31-1960   1960-12-31   19601231
"""

from __future__ import annotations

import re
from datetime import date

_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    )
)


def read_day(typed: str) -> date | None:
    """Return the day a text says; None where it is none."""
    for form in _FORMS:
        if found := form.fullmatch(typed.strip()):
            year, month, day = (int(found[name]) for name in ("year", "month", "day"))
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def day_text(day: date | None) -> str:
    """Write a day as it is typed; nothing for none."""
    return f"{day:%m/%d/%Y}" if day is not None else ""

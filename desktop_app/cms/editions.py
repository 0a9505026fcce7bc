"""From when a file holds, where its rows do not say: from its notices, its headings or its name.

Tables of CMS begin on the first day of a quarter, so any other date in a notice (of a copyright,
of an update) is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = {"JANUARY": 1, "APRIL": 4, "JULY": 7, "OCTOBER": 10}
_NAMED = re.compile(r"\b(JANUARY|APRIL|JULY|OCTOBER)[ _-]+(?:0?1(?:ST)?,?[ _-]+)?(20[0-9]{2})\b")
_NUMBERS = re.compile(r"EFF[A-Z]*[ _:-]*(0?1|0?4|0?7|10)[-/]0?1[-/](20[0-9]{2})\b")
_QUARTER = re.compile(r"\b(20[0-9]{2})[ _-]?Q([1-4])(?![0-9])")


def edition_in(texts: Iterable[str]) -> date | None:
    """Return the first day of the first quarter that is named in some texts."""
    for text in texts:
        spaced = text.upper().replace("_", " ")
        if found := _NAMED.search(spaced):
            return date(int(found[2]), _MONTHS[found[1]], 1)
        if found := _NUMBERS.search(spaced):
            return date(int(found[2]), int(found[1]), 1)
        if found := _QUARTER.search(spaced):
            return date(int(found[1]), int(found[2]) * 3 - 2, 1)
    return None


def begins_a_quarter(day: date) -> bool:
    """Whether a day is the first of a quarter."""
    return day.day == 1 and day.month in _MONTHS.values()

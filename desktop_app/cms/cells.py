"""What a cell holds, read strictly: a code, a date, a number; anything else raises CellFault."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import lru_cache

from desktop_app.cms.faults import CellFault
from desktop_app.coding.tables import DRUG_CODES

Cells = tuple[str, ...]

_CODE = re.compile(r"[0-9A-Z]{5}")
_YEAR_MONTH_DAY = re.compile(r"(19|20)[0-9]{6}")
_YEAR_AND_DAY = re.compile(r"(19|20)[0-9]{2}[0-3][0-9]{2}")
_EVALUATION = re.compile(r"99(?:20[2-9]|2[1-9][0-9]|[34][0-9]{2})|G0463")
"""Evaluations in an office or elsewhere, and the one visit code of hospital clinics."""
_DOLLARS = re.compile(r"\$? ?([0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.([0-9]{1,2}))?")
ONE_DAY = timedelta(days=1)


class Wanted:
    """Which codes can ever stand on a visit of ours; rows of any other are read, checked and let go."""

    def __init__(self, codes: Collection[str]) -> None:
        """Take the numbers of the code map and of the drug table."""
        self._known = dict.fromkeys(codes, True)

    def __contains__(self, code: str) -> bool:
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = is_drug_code(code) or _EVALUATION.fullmatch(code) is not None
        return found


def is_drug_code(code: str) -> bool:
    """Say whether a code is of a series that holds drugs and what is given like one."""
    return DRUG_CODES.fullmatch(code) is not None


def code_in(column: str, text: str) -> str:
    """Return a procedure or drug code: five capital letters and digits."""
    if not _CODE.fullmatch(text):
        raise CellFault(column, "a code of five letters and digits", text)
    return text


@lru_cache(maxsize=4096)
def day_in(column: str, text: str) -> date:
    """Return a date written YYYYMMDD."""
    if _YEAR_MONTH_DAY.fullmatch(text):
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            pass
    raise CellFault(column, "a date such as 20260101", text)


@lru_cache(maxsize=4096)
def ordinal_day_in(column: str, text: str) -> date:
    """Return a date written as a year and the day in it, YYYYDDD."""
    if _YEAR_AND_DAY.fullmatch(text):
        day = date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)
        if str(day.year) == text[:4]:
            return day
    raise CellFault(column, "a year and the day in it, such as 2026001", text)


def number_in(column: str, text: str) -> int:
    """Return a whole number from 0 on, below a million."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise CellFault(column, "a whole number below a million", text)
    return int(text)


def cents_in(column: str, text: str) -> int:
    """Return an amount below ten million dollars in cents: ``1,250.50``, ``$250`` or ``250.5``."""
    found = _DOLLARS.fullmatch(text)
    if found is None:
        raise CellFault(column, "an amount of dollars such as 250.00", text)
    return int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))


def revenue_in(column: str, text: str) -> str:
    """Return a revenue code in four digits, or nothing where none is given."""
    if text and not re.fullmatch(r"[0-9]{3,4}", text):
        raise CellFault(column, "one such as 0636, or empty", text)
    return text and text.zfill(4)


def one_of(column: str, text: str, words: Collection[str]) -> str:
    """Return one of some words."""
    if text not in words:
        raise CellFault(column, "one of " + ", ".join(words), text)
    return text


def text_of(value: object) -> str:
    """Return what a cell of a spreadsheet holds as the text a text file has for it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y%m%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()

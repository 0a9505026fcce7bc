"""The kinds of value a case may hold, each read strictly: the right type and range, or refused.

Every reader takes the path to the value in the case, and raises CaseError with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from desktop_app.coding.refusals import CaseError, Path
from desktop_app.core.moments import instant_us, is_zone, local_time
from desktop_app.core.orders import LONGEST_LINE, LONGEST_PLAN_MINUTES, is_line
from desktop_app.core.recordable import DRUG_CODE, FINEST, LARGEST, is_amount

Reader = Callable[[Path, object], object]
Word = TypeVar("Word", bound=StrEnum)

FIRST_YEAR = 1990
LAST_YEAR = 2199

_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?", re.ASCII
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PLACE_OF_SERVICE = re.compile(r"[0-9]{2}")
_CODE = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}")


def text(path: Path, raw: object) -> str:
    """Return a text on one line that is not blank."""
    if not isinstance(raw, str):
        raise CaseError(path, "must be a text in quotes")
    if not raw.strip() or not is_line(raw):
        raise CaseError(path, f"must be one line of 1 to {LONGEST_LINE} plain characters")
    return raw


def note(path: Path, raw: object) -> str:
    """Return a note as it is: it may be empty and run over lines."""
    if not isinstance(raw, str):
        raise CaseError(path, "must be a text in quotes")
    return raw


def flag(path: Path, raw: object) -> bool:
    """Return a yes or no."""
    if not isinstance(raw, bool):
        raise CaseError(path, "must be true or false")
    return raw


def amount(path: Path, raw: object) -> Decimal:
    """Return a number over 0, exact."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise CaseError(path, "must be a number")
    value = Decimal(raw)
    if not is_amount(value):
        raise CaseError(path, f"must be over 0, up to {LARGEST}, with at most {-FINEST} decimal places")
    return value


def whole(path: Path, raw: object) -> int:
    """Return a whole number over 0."""
    value = amount(path, raw)
    if value != value.to_integral_value():
        raise CaseError(path, "must be a whole number")
    return int(value)


def planned(path: Path, raw: object) -> int:
    """Return planned minutes of running time, a week at most."""
    minutes = whole(path, raw)
    if minutes > LONGEST_PLAN_MINUTES:
        raise CaseError(path, f"must be at most {LONGEST_PLAN_MINUTES}, which is a week")
    return minutes


def word(kind: type[Word]) -> Reader:
    """Return a reader of one of some words."""
    words = ", ".join(kind)

    def read(path: Path, raw: object) -> Word:
        if isinstance(raw, str) and raw in kind._value2member_map_:
            return kind(raw)
        raise CaseError(path, f"must be one of {words}")

    return read


def drug_code(path: Path, raw: object) -> str:
    """Return a drug code: a capital letter and four digits."""
    if not isinstance(raw, str) or not DRUG_CODE.fullmatch(raw):
        raise CaseError(path, "must be a drug code such as J1745, in quotes")
    return raw


def code(path: Path, raw: object) -> str:
    """Return the code of a service: five digits, or a capital letter and four digits."""
    if not isinstance(raw, str) or not _CODE.fullmatch(raw):
        raise CaseError(path, "must be a code such as 99213 or G0463, in quotes")
    return raw


def place_of_service(path: Path, raw: object) -> str:
    """Return a place of service as it stands on a claim: two digits."""
    if not isinstance(raw, str) or not _PLACE_OF_SERVICE.fullmatch(raw):
        raise CaseError(path, "must be two digits such as 11, in quotes")
    return raw


def any_day(path: Path, raw: object) -> date:
    """Return a date of the calendar such as 1948-05-17, however long ago."""
    if not isinstance(raw, str) or not _DAY.fullmatch(raw):
        raise CaseError(path, "must be a date such as 2026-03-02")
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise CaseError(path, "is no date of the calendar") from None


def day(path: Path, raw: object) -> date:
    """Return a date on which something may have been done, such as 2026-03-02."""
    value = any_day(path, raw)
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CaseError(path, f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return value


def zone(path: Path, raw: object) -> str:
    """Return the name of a time zone that is known."""
    if not isinstance(raw, str) or not _known_zone(raw):
        raise CaseError(path, "must be a time zone such as America/New_York")
    return raw


@lru_cache(maxsize=64)
def _known_zone(name: str) -> bool:
    return is_zone(name)


def local(path: Path, raw: object) -> datetime:
    """Return a time as written, on the wall or with its own offset."""
    if not isinstance(raw, str) or not _TIME.fullmatch(raw):
        raise CaseError(path, "must be a time such as 2026-03-02T09:00 or 2026-03-02T09:00:30")
    try:
        value = datetime.fromisoformat(raw)
    except ValueError:
        raise CaseError(path, "is no date and time of the calendar") from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CaseError(path, f"must lie between {FIRST_YEAR} and {LAST_YEAR}")
    return value


def instant(path: Path, written: datetime, in_zone: str) -> int:
    """Return the instant of a time in a zone; an hour that comes twice is its first coming.

    Raises CaseError for a time that the zone's clocks skip.
    """
    if written.tzinfo is not None:
        return instant_us(written)
    at_us = instant_us(written.replace(tzinfo=ZoneInfo(in_zone)))
    if in_zone != "UTC" and local_time(at_us, in_zone).replace(tzinfo=None) != written:
        raise CaseError(path, f"does not exist in {in_zone}: the clocks skip it")
    return at_us


def keys(
    path: Path, raw: object, readers: Mapping[str, Reader], needed: tuple[str, ...]
) -> dict[str, object]:
    """Return the values of an object by key, each read; refuse unknown and missing keys."""
    if not isinstance(raw, dict):
        raise CaseError(path, "must be an object in braces")
    for key in raw:
        if key not in readers:
            raise CaseError((*path, key), "is not a known key")
    for key in needed:
        if key not in raw:
            raise CaseError((*path, key), "is missing")
    return {key: readers[key]((*path, key), value) for key, value in raw.items()}


def listed(path: Path, raw: object, *, most: int) -> list[object]:
    """Return a list that is not too long."""
    if not isinstance(raw, list):
        raise CaseError(path, "must be a list in brackets")
    if len(raw) > most:
        raise CaseError(path, f"must hold at most {most} entries")
    return raw

"""What a suite says of its drugs: those of its own, and how it usually gives one. As kept in its settings.

Each is one text: entries with semicolons between them, the parts of an entry with bars. So a
person can read it in a list of settings, and write it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from desktop_app.core.orders import LONGEST_PLAN_MINUTES, Category, Route
from desktop_app.core.values import dataclass

MOST_OWN = 100
MOST_USUALS = 300
LONGEST_NAME = 60
LONGEST_UNIT = 12
OWN_CATEGORIES = (Category.THERAPEUTIC, Category.CHEMO, Category.HYDRATION, Category.OTHER)
USUAL_ROUTES = (Route.IV_INFUSION, Route.IV_PUSH, Route.SC, Route.IM, Route.SC_INFUSION, Route.ORAL)
_BETWEEN, _BAR = ";", "|"
_OWN_PARTS, _USUAL_PARTS = 3, 4
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_MINUTES = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class OwnDrug:
    """A drug that no table knows: without a code it has no line of its own; its time is coded by its kind."""

    name: str
    category: Category
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Usual:
    """How a suite usually gives a drug; ``drug`` is its code, or its name where it has none."""

    drug: str
    route: Route
    amount: Decimal | None = None
    """In the unit of the drug."""
    minutes: int | None = None


def may_stand(name: str) -> bool:
    """Return whether a name or a unit can be kept here: it must do without what parts the entries."""
    return name.isprintable() and len(name) <= LONGEST_NAME and not {_BETWEEN, _BAR} & set(name)


def read_own(text: str) -> tuple[OwnDrug, ...]:
    """Return the suite's own drugs. Raises ValueError with the end of a sentence."""
    found = tuple(_own(parts) for parts in _entries(text, _OWN_PARTS, "name | kind | unit"))
    if len(found) > MOST_OWN:
        raise ValueError(f"must be at most {MOST_OWN} drugs")
    if len({own.name.casefold() for own in found}) < len(found):
        raise ValueError("must not name a drug twice")
    return found


def write_own(drugs: Iterable[OwnDrug]) -> str:
    """Return the text of drugs of one's own."""
    return _written((own.name, own.category.value, own.unit) for own in drugs)


def read_usuals(text: str) -> tuple[Usual, ...]:
    """Return how the suite gives its drugs. Raises ValueError with the end of a sentence."""
    found = tuple(_usual(parts) for parts in _entries(text, _USUAL_PARTS, "drug | route | dose | minutes"))
    if len(found) > MOST_USUALS:
        raise ValueError(f"must be at most {MOST_USUALS} drugs")
    if len({usual.drug.casefold() for usual in found}) < len(found):
        raise ValueError("must not name a drug twice")
    return found


def write_usuals(usuals: Iterable[Usual]) -> str:
    """Return the text of usual orders."""
    return _written(
        (
            usual.drug,
            usual.route.value,
            "" if usual.amount is None else f"{usual.amount:f}",
            "" if usual.minutes is None else str(usual.minutes),
        )
        for usual in usuals
    )


def _written(entries: Iterable[tuple[str, ...]]) -> str:
    return f"{_BETWEEN} ".join(f" {_BAR} ".join(parts).strip() for parts in entries)


def _entries(text: str, count: int, form: str) -> list[list[str]]:
    entries = [
        [part.strip() for part in entry.split(_BAR)] for entry in text.split(_BETWEEN) if entry.strip()
    ]
    if any(len(parts) != count for parts in entries):
        raise ValueError(f"must be “{form}”, with semicolons between the drugs")
    return entries


def _own(parts: list[str]) -> OwnDrug:
    name, kind, unit = parts
    category = next((one for one in OWN_CATEGORIES if one == kind.lower()), None)
    if category is None:
        raise ValueError(f"must have as kind one of: {', '.join(OWN_CATEGORIES)}")
    if len(unit) > LONGEST_UNIT or not unit.isprintable():
        raise ValueError(f"must have a unit of at most {LONGEST_UNIT} characters")
    return OwnDrug(_named(name), category, unit)


def _usual(parts: list[str]) -> Usual:
    drug, how, amount, minutes = parts
    route = next((one for one in USUAL_ROUTES if one == how.lower()), None)
    if route is None:
        raise ValueError(f"must have as route one of: {', '.join(USUAL_ROUTES)}")
    return Usual(_named(drug), route, _amount(amount), _minutes(minutes))


def _named(name: str) -> str:
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ValueError(f"must name each drug in at most {LONGEST_NAME} characters")
    return name


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    if not _AMOUNT.fullmatch(text) or not Decimal(text):
        raise ValueError("must have doses that are numbers over 0")
    return Decimal(text)


def _minutes(text: str) -> int | None:
    if not text:
        return None
    if not _MINUTES.fullmatch(text) or not 0 < int(text) <= LONGEST_PLAN_MINUTES:
        raise ValueError(f"must have minutes from 1 to {LONGEST_PLAN_MINUTES}")
    return int(text)

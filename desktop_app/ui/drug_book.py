"""The drug table as a person chooses from it: name and brand apart, first letter large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from desktop_app.core.orders import Category
from desktop_app.core.values import dataclass
from desktop_app.ui.ports import Drug

_BRAND = re.compile(r"^(?P<name>.*?)\s*\((?P<brand>[^()]*)\)\s*$")


class TableRow(Protocol):
    """A row of the drug table, as far as choosing needs it."""

    @property
    def hcpcs(self) -> str:
        """Its billing code; empty without one."""
        ...

    @property
    def drug(self) -> str:
        """Its name, with the brand in brackets."""
        ...

    @property
    def unit_amount(self) -> Decimal:
        """How much of ``unit`` one billing unit is."""
        ...

    @property
    def unit(self) -> str:
        """The unit of a dose."""
        ...

    @property
    def category(self) -> Category:
        """What kind of substance it is."""
        ...


@dataclass(frozen=True, slots=True)
class BookDrug:
    """A drug or fluid to choose."""

    name: str
    brand: str
    hcpcs: str
    unit_amount: Decimal | None
    unit: str
    category: Category


class DrugBook:
    """Every drug of a table that holds on the day."""

    def __init__(self, rows: Iterable[TableRow]) -> None:
        self._drugs = tuple(_drug(row) for row in rows)

    def all(self) -> Sequence[Drug]:
        """Return every drug, in the table's order."""
        return self._drugs


def _drug(row: TableRow) -> BookDrug:
    found = _BRAND.match(row.drug)
    name, brand = (found["name"], found["brand"]) if found else (row.drug, "")
    shown = name.removesuffix(" size")
    return BookDrug(shown[:1].upper() + shown[1:], brand, row.hcpcs, row.unit_amount, row.unit, row.category)

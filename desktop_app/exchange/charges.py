"""What the practice charges for a unit of a code, and under which revenue code a hospital books it.

Both are the practice's own: it imports its charges, with or without revenue codes, as a table. Where
that says no revenue code, the usual one of the code's range stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date

from desktop_app.coding.tables import Rows
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class RevenueRange:
    """Codes from a first to a last, in their order, that are usually booked under one revenue code."""

    first: str
    last: str
    revenue: str


@dataclass(frozen=True, slots=True, eq=False)
class Charges:
    """The charges of a practice, dated, in whole cents."""

    rows: Rows = field(default_factory=dict)
    usual_revenue: tuple[RevenueRange, ...] = ()
    """The narrower range before the wider one it lies in."""
    fault: str = ""
    """Why the charges cannot be read, as the end of a sentence; usually nothing."""

    def cents(self, code: str, day: date) -> int | None:
        """Return what one unit costs on a day, in cents; None where nobody said."""
        said = self._said(code, day)
        return int(said[0]) if said else None

    def revenue(self, code: str, day: date) -> str:
        """Return a code's revenue code on a day, in four digits; empty where none is known."""
        said = self._said(code, day)
        if said and said[1]:
            return said[1]
        return next((r.revenue for r in self.usual_revenue if r.first <= code <= r.last), "")

    def _said(self, code: str, day: date) -> tuple[str, ...]:
        rows = self.rows.get((code,), ())
        return next((row.value for row in rows if row.holds_on(day)), ())


NO_CHARGES = Charges()


def revenue_ranges(rows: Iterable[Mapping[str, str]]) -> tuple[RevenueRange, ...]:
    """Return the usual revenue codes from the rows of their table, in the table's order."""
    return tuple(RevenueRange(row["first"], row["last"], row["revenue"]) for row in rows)

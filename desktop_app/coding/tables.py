"""What a practice imported, most of it from CMS: pure, frozen, and empty by default.

Every row holds from one date until another, so a visit of last year is looked at by last year's
rows. A table that was never imported says nothing: no finding comes from what is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from desktop_app.core.orders import Setting
from desktop_app.core.values import dataclass

Key = tuple[str, ...]


class TableKind(StrEnum):
    """The tables that can be imported, by the words of the command line."""

    HCPCS = "hcpcs"
    CROSSWALK = "ndc-hcpcs"
    MUE_PRACTITIONER = "mue-practitioner"
    MUE_HOSPITAL = "mue-hospital"
    ADD_ON = "add-on"
    PTP_PRACTITIONER = "ptp-practitioner"
    PTP_HOSPITAL = "ptp-hospital"
    CHARGES = "charges"
    """The practice's own, for claims; the coder asks nothing of it."""


MUE = {Setting.PHYSICIAN: TableKind.MUE_PRACTITIONER, Setting.FACILITY: TableKind.MUE_HOSPITAL}
PTP = {Setting.PHYSICIAN: TableKind.PTP_PRACTITIONER, Setting.FACILITY: TableKind.PTP_HOSPITAL}
"""Which table speaks for which setting."""

CONTRACTOR_DEFINED = "CCCCC"
"""Stands for a primary code where the payer's contractor says which they are."""
DRUG_CODES = re.compile(r"[JQ][0-9]{4}|[AC]9[0-9]{3}|P9[0-9]{3}|S0[0-9]{3}")
"""The series of HCPCS codes that hold drugs and what is given like one; no other is kept."""
BY_LINE = "1"
"""The indicator of a limit on each line; the others are limits on a day."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: what it is about, what it says, and from when until when."""

    key: Key
    value: Key
    since: date
    until: date | None = None
    """The last day it holds; None while it has no end."""

    def holds_on(self, day: date) -> bool:
        """Say whether this row speaks for a date of service."""
        return self.since <= day and (self.until is None or day <= self.until)


Rows = Mapping[Key, tuple[TableRow, ...]]
_NO_ROWS: Rows = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Limit:
    """The most units of a code: on a day, or on each line."""

    units: int
    by_line: bool


@dataclass(frozen=True, slots=True)
class AddOn:
    """What an add-on code may stand behind. ``open``: a contractor may name others."""

    primaries: frozenset[str]
    open: bool


@dataclass(frozen=True, slots=True, eq=False)
class KnownNdcs:
    """The NDCs of 11 digits that a crosswalk has ever listed."""

    rows: Rows

    def __contains__(self, ndc: object) -> bool:
        return (ndc,) in self.rows


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Every imported table, by kind and key, and the NDCs somebody chose for ten digits."""

    by_kind: Mapping[TableKind, Rows] = field(default_factory=dict)
    since: Mapping[TableKind, date] = field(default_factory=dict)
    """From which day on a table is known to be whole."""
    chosen_ndcs: Mapping[str, str] = field(default_factory=dict)
    """For ten digits without hyphens, the 11 digits they stand for here."""

    @property
    def empty(self) -> bool:
        """Whether nothing was imported."""
        return not self.by_kind

    def knows(self, kind: TableKind) -> bool:
        """Say whether a table of this kind was imported."""
        return kind in self.by_kind

    @property
    def ndcs(self) -> Rows:
        """Every known NDC of 11 digits, as the key of its rows."""
        return self.by_kind.get(TableKind.CROSSWALK, _NO_ROWS)

    @property
    def known_ndcs(self) -> KnownNdcs:
        """Every known NDC, to look one up in."""
        return KnownNdcs(self.ndcs)

    def codes_of(self, ndc: str, day: date) -> tuple[str, ...]:
        """Return the drug codes an NDC is billed under on a date."""
        listed = self.ndcs.get((ndc,), ())
        return tuple(hcpcs for row in listed if row.holds_on(day) for hcpcs in row.value)

    def unlisted_since(self, ndc: str, day: date) -> date | None:
        """Return the last day an NDC was listed, where that is before a date; None where it never was."""
        ends = [row.until for row in self.ndcs.get((ndc,), ()) if row.until is not None and row.until < day]
        return max(ends) if ends and not self.codes_of(ndc, day) else None

    def drug_unit(self, hcpcs: str, day: date) -> tuple[Decimal, str] | None:
        """Return how much one unit of a drug code is; None where it is not known or not said."""
        row = self._on(TableKind.HCPCS, (hcpcs,), day)
        if row is None:
            return None
        amount, unit = row.value
        return (Decimal(amount), unit) if amount else None

    def is_code(self, hcpcs: str, day: date) -> bool:
        """Say whether a drug code may be used on a date; an unknown one may before the table begins."""
        if not self.knows(TableKind.HCPCS) or not DRUG_CODES.fullmatch(hcpcs):
            return True
        if self._on(TableKind.HCPCS, (hcpcs,), day):
            return True
        known = (hcpcs,) in self.by_kind[TableKind.HCPCS]
        return not known and day < self.since[TableKind.HCPCS]

    def limit(self, setting: Setting, code: str, day: date) -> Limit | None:
        """Return the most units of a code in a setting on a date, where one is known."""
        row = self._on(MUE[setting], (code,), day)
        return Limit(int(row.value[0]), row.value[1] == BY_LINE) if row else None

    def add_on(self, code: str, day: date) -> AddOn | None:
        """Return what a code stands behind on a date; None where it is no add-on."""
        rows = self.by_kind.get(TableKind.ADD_ON, _NO_ROWS).get((code,), ())
        named = [row.value for row in rows if row.holds_on(day)]
        if not named:
            return None
        primaries = frozenset(primary for primary, _kind in named)
        kinds = {kind for _primary, kind in named}
        return AddOn(primaries - {CONTRACTOR_DEFINED}, CONTRACTOR_DEFINED in primaries or kinds != {"1"})

    def pair(self, setting: Setting, first: str, second: str, day: date) -> str:
        """Return the modifier indicator of a pair of codes on a date; empty where they are none."""
        row = self._on(PTP[setting], (first, second), day)
        (indicator,) = row.value if row else ("",)
        return indicator

    def _on(self, kind: TableKind, key: Key, day: date) -> TableRow | None:
        rows = self.by_kind.get(kind, _NO_ROWS).get(key, ())
        return next((row for row in rows if row.holds_on(day)), None)


EMPTY_TABLES = Tables()


def by_key(rows: Iterable[TableRow]) -> Rows:
    """Return rows by their key, in the order given."""
    found: dict[Key, list[TableRow]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return {key: tuple(same) for key, same in found.items()}

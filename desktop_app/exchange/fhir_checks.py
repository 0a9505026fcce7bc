"""Own checks of a bundle of FHIR resources, run on what was written before the batch gets its name.

Validators see whether each resource has the form of the standard. They do not see whether a reference
leads anywhere, a claim points at a diagnosis it does not have, the totals are those that were to be
written, or an NPI's digits fit. Here that is looked at, as a receiver would read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from itertools import chain
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.exchange.claims import Frequency
from desktop_app.exchange.fhir_charges import rows_told, status_of
from desktop_app.exchange.fhir_claims import ACTIVE, claims_told
from desktop_app.exchange.fhir_faults import KNOWN, cents_in, line_of, moment_in, resource_faults
from desktop_app.exchange.fhir_group import Group
from desktop_app.exchange.fhir_reader import ENTRIES, NotRead, found, members, number, word
from desktop_app.exchange.fhir_text import address_of
from desktop_app.exchange.fhir_visit import SHARED, Visit
from desktop_app.exchange.hl7_text import money
from desktop_app.exchange.read_back import RIGHT, first


@dataclass(slots=True)
class Expected:
    """What must be found in a file, counted from what was to be written."""

    sessions: int = 0
    lines: int = 0
    claims: int = 0
    cents: int = 0
    """What the claims in force ask for."""
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Units by what a line is now, and by code."""

    def add(self, visit: Visit) -> None:
        """Count a session."""
        rows, claims = rows_told(visit.rows), claims_told(visit)
        self.sessions += 1
        self.lines += len(rows)
        for row in rows:
            self.units[status_of(row), row.line.code] += row.line.units
        self.claims += len(claims)
        self.cents += sum(claim.cents for claim in claims if claim.frequency is not Frequency.VOID)


def faults_of_file(path: Path, expected: Expected | None = None) -> list[str]:
    """Return what is wrong with a bundle, each with its place; empty when all is right. Raises OSError."""
    return first(looks_at_file(path, expected))


def looks_at_file(path: Path, expected: Expected | None = None) -> Iterator[str]:
    """Yield, entry by entry, what is wrong with a bundle, or that it is right. Raises OSError."""
    return _Checked(expected).faults(path)


class _Checked:
    """One reading of a file."""

    def __init__(self, expected: Expected | None) -> None:
        self._expected = expected
        self._found = Expected()
        self._named: set[str] = set()
        self._shared: dict[str, str] = {}
        self._group = Group()
        self._place = 0

    def faults(self, path: Path) -> Iterator[str]:
        """Yield everything that is wrong, and after each entry that it was looked at."""
        head: dict[str, object] = {}
        try:
            for name, value in members(path):
                if name == ENTRIES:
                    yield from self._of_entry(value)
                    yield RIGHT
                elif name in head:
                    yield f"{name} stands twice"
                else:
                    head[name] = value
        except NotRead as fault:
            yield str(fault)
            return
        yield from self._of_group()
        yield from _of_head(head)
        yield from self._of_totals()

    def _of_entry(self, entry: object) -> Iterator[str]:
        self._place += 1
        url, (resource, *_) = word(entry, "fullUrl"), found(entry, "resource") or [None]
        kind = word(resource, "resourceType")
        where = f"entry {self._place} ({kind or 'nothing'})"
        if kind == "Patient":
            yield from self._of_group()
            self._found.sessions += 1
        if kind not in KNOWN or url != address_of(word(resource, "id")):
            yield f"{where}: it is no resource of such a file, or is called otherwise than its id"
        if url in self._named:
            yield f"{where}: another has its id"
        self._named.add(url)
        if kind in SHARED:
            self._shared[url] = kind
        for fault in chain(self._group.add(url, resource), resource_faults(resource)):
            yield f"{where}: {fault}"
        self._count(kind, resource)

    def _of_group(self) -> Iterator[str]:
        """Yield what is wrong with the session that ends here."""
        if not self._group.resources:
            return
        named = next(iter(self._group.every("Encounter")), None)
        where = f"session {word(named, 'identifier', 'value') or 'without an encounter'}"
        for fault in self._group.faults(self._shared):
            yield f"{where}: {fault}"
        self._group = Group()

    def _count(self, kind: str, resource: object) -> None:
        if kind == "ChargeItem":
            code, _, units = line_of(resource)
            self._found.lines += 1
            self._found.units[word(resource, "status"), code] += int(units or 0)
        if kind == "Claim":
            self._found.claims += 1
            if word(resource, "status") == ACTIVE:
                self._found.cents += cents_in(number(resource, "total", "value")) or 0

    def _of_totals(self) -> Iterator[str]:
        wanted, told = self._expected, self._found
        if told.sessions == 0:
            yield "it has no session"
        if wanted is None:
            return
        for what in ("sessions", "lines", "claims"):
            due, there = getattr(wanted, what), getattr(told, what)
            if due != there:
                yield f"it has {there} {what}, of {due}"
        if wanted.cents != told.cents:
            yield f"its claims ask for {money(told.cents)} of {money(wanted.cents)}"
        for status, code in wanted.units | told.units:
            there, due = told.units[status, code], wanted.units[status, code]
            if there != due:
                yield f"it has {there} units of {code} as {status}, of {due}"


def _of_head(head: dict[str, object]) -> Iterator[str]:
    said = word(head, "resourceType"), word(head, "type")
    if said != ("Bundle", "collection"):
        yield "it does not say that it is a bundle of the type collection"
    if moment_in(word(head, "timestamp")) is None:
        yield "it does not say when it was made"
    if not word(head, "identifier", "value"):
        yield "it does not name its batch"

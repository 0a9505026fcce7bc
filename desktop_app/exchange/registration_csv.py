"""Reads a table of patients into what it tells: CSV, its columns named as in the canonical table.

An empty cell leaves what is known. Columns of the canonical table that say nothing of a patient are
passed over, so that a ``lines.csv`` can be filled in and read back; a column of no known name is a fault.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from desktop_app.core.people import Address, Insured, Provider, Relation, Sex
from desktop_app.core.recordable import as_line
from desktop_app.exchange.columns import NAMES
from desktop_app.exchange.formulas import neutral
from desktop_app.exchange.registrations import Facts, Registrations, Wrong

TEXTS = {
    "account": "account",
    "family_name": "family",
    "given_name": "given",
    "payer": "payer",
    "payer_id": "payer_id",
    "member_id": "member_id",
    "group_number": "group",
    "authorisation": "authorisation",
    "filing": "filing",
}
"""Columns that hold a field as it is, and the fields."""
ADDRESS = ("street", "city", "state", "zip_code")
PROVIDERS = {
    "ordering": ("ordering_provider", "ordering_npi"),
    "rendering": ("rendering_provider", "rendering_npi"),
}
INSURED = ("insured_relation", "insured_family", "insured_given", "insured_birth_date", "insured_sex")
TAKEN = (
    "mrn",
    "date_of_service",
    *TEXTS,
    "birth_date",
    "sex",
    "diagnoses",
    *ADDRESS,
    *(name for names in PROVIDERS.values() for name in names),
    *INSURED,
)
"""Every column that is read."""

LONGEST_HEADING = 60
"""What of a heading of no known name is said."""
Cells = Mapping[str, str]


def read_csv(content: bytes, today: date) -> Registrations:
    """Return what a table tells, a patient a row."""
    found = Registrations()
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    try:
        _read(csv.reader(text, strict=True), found, today)
    except UnicodeDecodeError:
        return Registrations(faults=["The file is not written in UTF-8."])
    except csv.Error as fault:
        return Registrations(faults=[f"The file is no CSV: {fault}."])
    return found


def _read(rows: Iterator[list[str]], found: Registrations, today: date) -> None:
    """Read row by row, so that no more is kept of a row than what it tells."""
    head = next(rows, [])
    found.faults += _faults_of_head(head)
    for number, row in enumerate(() if found.faults else rows, start=2):
        if any(row):
            _take(found, head, row, Facts(f"row {number}", today))
            found.require_no_more()


def _faults_of_head(head: list[str]) -> Iterable[str]:
    for name in head:
        if name not in TAKEN and name not in NAMES:
            said = as_line(name, LONGEST_HEADING) or "without a name"
            yield f"There is no column {said}; the columns are {', '.join(TAKEN)}."
        elif head.count(name) > 1:
            yield f"The column {name} stands twice."
    if "mrn" not in head:
        yield "There is no column mrn."


def _take(found: Registrations, head: list[str], row: list[str], facts: Facts) -> None:
    if len(row) != len(head):
        facts.wrong("the row", f"it has {len(row)} cells for {len(head)} columns")
        found.take(facts, None)
        return
    cells = {name: _bare(cell).strip() for name, cell in zip(head, row, strict=True)}
    facts.is_of(cells["mrn"], "mrn")
    for name, field in TEXTS.items():
        if cells.get(name):
            facts.say(name, field, cells[name])
    for name, read in (("birth_date", _day), ("sex", _sex), ("diagnoses", _codes)):
        _say(facts, name, name, read, cells)
    _say(facts, "zip_code" if cells.get("zip_code") else "street", "address", _address, cells)
    for role, (_, npi) in PROVIDERS.items():
        _say(facts, npi, role, _provider_of(role), cells)
    _say(facts, INSURED[0], "insured", _insured, cells)
    found.take(facts, _day_of_service(facts, cells))


def _bare(cell: str) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and neutral(cell[1:]) == cell else cell


def _say(facts: Facts, where: str, field: str, read: Callable[[Cells, str], object], cells: Cells) -> None:
    try:
        value = read(cells, where)
    except Wrong as fault:
        facts.wrong(where, str(fault))
        return
    if value:
        facts.say(where, field, value)


def _day(cells: Cells, name: str) -> date | None:
    said = cells.get(name, "")
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Wrong(f"{said} is no date such as 1960-12-31") from None


def _day_of_service(facts: Facts, cells: Cells) -> date | None:
    try:
        return _day(cells, "date_of_service")
    except Wrong as fault:
        facts.wrong("date_of_service", str(fault))
        return None


def _sex(cells: Cells, name: str) -> Sex | None:
    said = cells.get(name, "").upper()
    if said and said not in set(Sex):
        raise Wrong(f"{said} is not F, M or U")
    return Sex(said) if said else None


def _codes(cells: Cells, name: str) -> tuple[str, ...]:
    return tuple(cells.get(name, "").replace(",", " ").replace(";", " ").split())


def _address(cells: Cells, _: str) -> Address | None:
    said = Address(**{name: cells.get(name, "") for name in ADDRESS})
    return said if said != Address() else None


def _provider_of(role: str) -> Callable[[Cells, str], Provider | None]:
    """Return what reads a provider: ``Family, Given`` and the NPI."""

    def read(cells: Cells, _: str) -> Provider | None:
        named, npi = (cells.get(name, "") for name in PROVIDERS[role])
        family, _, given = named.partition(",")
        said = Provider(family=family.strip(), given=given.strip(), npi=npi)
        return said if said != Provider() else None

    return read


def _insured(cells: Cells, _: str) -> Insured | None:
    relation, family, given = (cells.get(name, "") for name in INSURED[:3])
    born, sex = _day(cells, INSURED[3]), _sex(cells, INSURED[4])
    if not (relation or family or given or born or sex):
        return None
    if relation.lower() not in set(Relation):
        raise Wrong(f"{relation or 'nothing'} is not self, spouse, child or other")
    if relation.lower() == Relation.SELF:
        return None
    said = Insured(relation=Relation(relation.lower()), family=family, given=given)
    return replace(said, birth_date=born, sex=sex)

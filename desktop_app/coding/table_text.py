"""Imported tables as text: one CSV file a table, and an index that names them all.

The index is what counts: a table's file that the index does not name is not there, and one whose
content is not what the index says is refused. They hold codes, numbers and dates, nothing else.

    index.json                         which tables there are, of which file, from when
    ptp-hospital-1f2e3d4c5b6a.csv      the rows, a row a line
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any, cast

from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.sorted_rows import SortedRows, row_in
from desktop_app.coding.tables import Rows, TableKind, TableRow
from desktop_app.core.values import dataclass

FOLDER = "tables"
INDEX = "index.json"
FORMAT = 1
TABLE_FILE = re.compile(rf"(?P<kind>{'|'.join(TableKind)})-[0-9a-f]{{12}}\.csv")
"""The name of a table's file: its kind and how the SHA-256 of its content begins."""
START_ANEW = "move its folder away and import the tables again"
"""What helps where the index is lost."""

COLUMNS: Mapping[TableKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    TableKind.HCPCS: (("hcpcs",), ("unit_amount", "unit")),
    TableKind.CROSSWALK: (("ndc",), ("hcpcs",)),
    TableKind.MUE_PRACTITIONER: (("code",), ("most", "indicator")),
    TableKind.MUE_HOSPITAL: (("code",), ("most", "indicator")),
    TableKind.ADD_ON: (("add_on",), ("primary", "type")),
    TableKind.PTP_PRACTITIONER: (("column_1", "column_2"), ("indicator",)),
    TableKind.PTP_HOSPITAL: (("column_1", "column_2"), ("indicator",)),
    TableKind.CHARGES: (("code",), ("cents", "revenue")),
}
"""What a row of each table is about, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that a table was made from."""

    file: str
    sha256: str
    since: str
    """From which day on the file holds, as it says."""
    imported: str
    """When it was imported, by this computer's clock, in UTC."""
    first: str = ""
    last: str = ""
    """The first and the last pair of a file that is one of several parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One table of the index: its file, that file's content, and what it was made from."""

    file: str
    sha256: str
    rows: int
    since: str
    """From which day on the table is known to be whole."""
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """Every table of a data folder, and the NDCs chosen for ten digits."""

    tables: Mapping[TableKind, Entry]
    ndcs: Mapping[str, str]

    def with_table(self, kind: TableKind, entry: Entry) -> Index:
        """Return the index with one table put in its place."""
        return replace(self, tables={**self.tables, kind: entry})

    def without_table(self, kind: TableKind) -> Index:
        """Return the index without one table."""
        return replace(self, tables={name: entry for name, entry in self.tables.items() if name != kind})


NOTHING_IMPORTED = Index({}, {})


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def table_text(kind: TableKind, rows: Iterable[TableRow]) -> str:
    """Return a table as CSV, a row a line, its columns named in the first."""
    keys, values = COLUMNS[kind]
    lines = [",".join((*keys, *values, "since", "until"))]
    for row in rows:
        until = row.until.isoformat() if row.until else ""
        lines.append(",".join((*row.key, *row.value, row.since.isoformat(), until)))
    return "\n".join(lines) + "\n"


def table_file(kind: TableKind, text: str) -> str:
    """Return the name of the file of a table's text."""
    return f"{kind}-{digest(text)[:12]}.csv"


def read_table(file: str, kind: TableKind, text: str, entry: Entry) -> tuple[TableRow, ...]:
    """Return every row of a table. Raises RulebookError where the text is not what was imported."""
    _require_as_imported(file, kind, text, entry)
    width = len(COLUMNS[kind][0])
    return tuple([row_in(line, width) for line in text.splitlines()[1:]])


def sorted_rows(file: str, kind: TableKind, text: str, entry: Entry) -> Rows:
    """Return the rows of a table by key, to be parsed when they are asked for. Raises RulebookError."""
    _require_as_imported(file, kind, text, entry)
    return SortedRows(text, len(COLUMNS[kind][0]))


def _require_as_imported(file: str, kind: TableKind, text: str, entry: Entry) -> None:
    if digest(text) != entry.sha256:
        helps = f"import it again, or take it back with `chairtime import --forget {kind}`"
        raise RulebookError(file, 1, "the file", f"as it was imported; {helps}")


def index_text(index: Index) -> str:
    """Return the index as JSON."""
    tables = {kind.value: asdict(entry) for kind, entry in sorted(index.tables.items())}
    said = {"format": FORMAT, "tables": tables, "ndcs": dict(sorted(index.ndcs.items()))}
    return json.dumps(said, indent=2) + "\n"


def read_index(file: str, text: str) -> Index:
    """Return the index in a text. Raises RulebookError where it is damaged or of a newer program."""
    try:
        raw: Any = json.loads(text)
        newer = type(raw["format"]) is int and raw["format"] > FORMAT
        if raw["format"] == FORMAT:
            tables = {TableKind(kind): _entry(kind, entry) for kind, entry in raw["tables"].items()}
            return Index(tables, _texts(raw["ndcs"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        newer = False
    expected = (
        f"{FORMAT}: a newer version of Chairtime wrote it" if newer else f"as it was written; {START_ANEW}"
    )
    raise RulebookError(file, 1, "format" if newer else "the file", expected)


def _entry(kind: str, raw: dict[str, Any]) -> Entry:
    sources = tuple(Source(**_texts(_known(Source, source))) for source in raw["sources"])
    kept = _known(Entry, raw)
    if type(kept["rows"]) is not int:
        raise TypeError
    date.fromisoformat(kept["since"])
    texts = _texts({name: value for name, value in kept.items() if name not in {"rows", "sources"}})
    named = TABLE_FILE.fullmatch(texts["file"])
    if named is None or named["kind"] != kind:
        raise ValueError
    return Entry(rows=kept["rows"], sources=sources, **texts)


def _known(kind: type, raw: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(cast("Any", kind))}
    if set(raw) != names:
        raise KeyError
    return raw


def _texts(raw: dict[str, Any]) -> dict[str, str]:
    if not all(isinstance(value, str) for value in raw.values()):
        raise TypeError
    return raw

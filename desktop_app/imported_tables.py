"""Where imported tables are read from disk: the folder ``tables`` of a data folder, as its index says.

A table is hashed when it is loaded, so that one that was touched is told at once; its rows are
parsed when a visit asks for them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.table_text import (
    FOLDER,
    INDEX,
    NOTHING_IMPORTED,
    START_ANEW,
    TABLE_FILE,
    Entry,
    Index,
    read_index,
    read_table,
    sorted_rows,
)
from desktop_app.coding.tables import EMPTY_TABLES, Rows, TableKind, TableRow, Tables
from desktop_app.data_files import content_of, paths_in


def load_index(data_dir: Path) -> Index:
    """Read which tables a data folder holds. Raises RulebookError.

    Nothing was imported where there is no folder of tables, or one without an index and tables.
    """
    file = data_dir / FOLDER / INDEX
    names = {path.name for path in paths_in(file.parent)}
    if INDEX in names:
        return read_index(str(file), _text(file))
    if any(map(TABLE_FILE.fullmatch, names)):
        raise RulebookError(str(file), 1, "the file", f"there, as tables lie beside it; {START_ANEW}")
    return NOTHING_IMPORTED


def load_tables(data_dir: Path) -> Tables:
    """Read the tables that the coder asks, as they were imported. Raises RulebookError."""
    index = load_index(data_dir)
    if not index.tables and not index.ndcs:
        return EMPTY_TABLES
    rows: dict[TableKind, Rows] = {}
    asked: dict[TableKind, Entry] = {
        kind: entry for kind, entry in index.tables.items() if kind is not TableKind.CHARGES
    }
    for kind, entry in asked.items():
        file = data_dir / FOLDER / entry.file
        rows[kind] = sorted_rows(str(file), kind, _text(file), entry)
    since: dict[TableKind, date] = {kind: date.fromisoformat(entry.since) for kind, entry in asked.items()}
    return Tables(rows, since, index.ndcs)


def load_charges(data_dir: Path) -> Rows:
    """Read what the practice charges for each code. Raises RulebookError.

    Claims ask for it, and the coder never does, so it is read when a batch is written.
    """
    entry = load_index(data_dir).tables.get(TableKind.CHARGES)
    if entry is None:
        return {}
    file = data_dir / FOLDER / entry.file
    return sorted_rows(str(file), TableKind.CHARGES, _text(file), entry)


def load_rows(data_dir: Path, kind: TableKind, entry: Entry) -> tuple[TableRow, ...]:
    """Read every row of a table of a data folder. Raises RulebookError where it is not what was imported."""
    file = data_dir / FOLDER / entry.file
    return read_table(str(file), kind, _text(file), entry)


def _text(file: Path) -> str:
    """Return a file's text; what is not UTF-8 in it is no part of what was written."""
    return content_of(file, str(file)).decode("utf-8", errors="replace")

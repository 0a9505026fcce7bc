"""The tables that a data folder holds: listed, written whole, taken back, and what ten digits stand for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.table import Table
from rich.text import Text

from desktop_app.coding.ndc import NdcFault, display, ten_digits
from desktop_app.coding.table_text import FOLDER, INDEX, NOTHING_IMPORTED, TABLE_FILE, Index, index_text
from desktop_app.coding.tables import TableKind
from desktop_app.commands.page import Page
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.imported_tables import load_index
from desktop_app.store.table_files import TableFolder, table_folder, write_tables


def write(data_dir: Path, texts: Mapping[str, str], index: Index) -> None:
    """Put tables and the index that names them in place. Raises NothingDone with the old ones there."""
    folder = TableFolder(data_dir / FOLDER, INDEX, TABLE_FILE)
    named = {entry.file for entry in index.tables.values()}
    try:
        write_tables(folder, texts, index_text(index), named, first=index_text(NOTHING_IMPORTED))
    except OSError as fault:
        sentence = f"The tables in {folder.path} cannot be written: {plain(fault)}; nothing was changed."
        raise NothingDone(sentence) from fault


def remember(data_dir: Path, written: str) -> None:
    """Keep what ten digits stand for here, from the NDC as it is printed with its hyphens.

    Raises NothingDone where it is no such NDC, or the tables cannot be written.
    """
    try:
        ten, ndc = ten_digits(written)
    except NdcFault as fault:
        raise NothingDone(str(fault)) from fault
    before = keep_ndc(data_dir, ten, ndc)
    instead = f", and no longer for {display(before)}" if before and before != ndc else ""
    print(f"{ten} stands for NDC {display(ndc)} from now on{instead}.")


def keep_ndc(data_dir: Path, ten: str, ndc: str) -> str | None:
    """Keep which NDC ten digits stand for; return the one they stood for before."""
    with table_folder(data_dir / FOLDER):
        index = load_index(data_dir)
        write(data_dir, {}, Index(index.tables, {**index.ndcs, ten: ndc}))
    return index.ndcs.get(ten)


def forget(data_dir: Path, kind: TableKind) -> None:
    """Take one table out, with all that was imported into it, and say what went."""
    _require(load_index(data_dir), kind)
    with table_folder(data_dir / FOLDER):
        index = load_index(data_dir)
        _require(index, kind)
        write(data_dir, {}, index.without_table(kind))
    entry = index.tables[kind]
    files = ", ".join(f"{source.file} (from {source.since})" for source in entry.sources)
    print(f"{kind} is not used any more: its {entry.rows} rows are gone, imported from {files}.")


def _require(index: Index, kind: TableKind) -> None:
    if kind not in index.tables:
        there = f"only {', '.join(sorted(index.tables))}" if index.tables else "nor any other"
        raise NothingDone(f"There is no table {kind} here, {there}.")


def print_list(index: Index) -> None:
    """Print every table with the files it was made from, and what ten digits stand for."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in ("Table", "Rows", "File", "From", "Imported (UTC)", "SHA-256 of the file"):
        table.add_column(head, overflow="fold")
    for kind, entry in sorted(index.tables.items()):
        for source in entry.sources:
            imported = source.imported[:16].replace("T", " ")
            cells = (kind.value, str(entry.rows), source.file, source.since, imported, source.sha256)
            table.add_row(*(Text(cell) for cell in cells))
    Page().print(table if index.tables else Text("No tables were imported."))
    for ten, ndc in sorted(index.ndcs.items()):
        print(f"{ten} stands for NDC {display(ndc)}.")

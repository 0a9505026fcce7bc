"""``chairtime import``: the files of CMS that a practice downloaded, into the tables of a data folder."""

from __future__ import annotations

import hashlib
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from desktop_app import paths
from desktop_app.cms.cells import Wanted
from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.merging import Merged, merged
from desktop_app.cms.parts import Advance
from desktop_app.cms.reading import Asked, Found, read_file
from desktop_app.coding.ndc import NdcFault, display, ten_digits
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.table_text import (
    FOLDER,
    INDEX,
    Entry,
    Index,
    Source,
    digest,
    index_text,
    table_text,
)
from desktop_app.coding.tables import TableKind, TableRow
from desktop_app.commands.page import Page
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.rulebook_files import load_index, load_own_rules, load_rows
from desktop_app.store.table_files import table_folder, write_tables

OK = 0


def run(arguments: Namespace) -> int:
    """Import files, remember an NDC, or list what is there. Raises NothingDone when nothing was changed."""
    data_dir = arguments.data_dir or paths.user_data_dir()
    if arguments.list:
        _print_list(load_index(data_dir))
        return OK
    if arguments.remember_ndc:
        return _remember(data_dir, arguments.remember_ndc)
    if not arguments.file:
        raise NothingDone("Name the files to import, or --list; `chairtime import --help` says more.")
    files = [Path(name) for name in arguments.file]
    kind = TableKind(arguments.kind) if arguments.kind else None
    asked = Asked(_wanted(data_dir), kind, _day(arguments.since) if arguments.since else None)
    try:
        if arguments.dry_run:
            _import(data_dir, files, asked, write=False)
        else:
            with table_folder(data_dir / FOLDER):
                _import(data_dir, files, asked, write=True)
    except ImportRefused as fault:
        raise NothingDone(f"{fault} Nothing was changed.") from fault
    return OK


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{text} is no date such as 2026-01-01.") from None


def _wanted(data_dir: Path) -> Wanted:
    """Return every code that can stand on a line of ours, by the practice's own code map where it has one."""
    rulebook = load_own_rules(data_dir).rulebook
    return Wanted(
        [*(code.number for era in rulebook.eras for code in era.codes.values()), *rulebook.drugs.by_code]
    )


def _import(data_dir: Path, files: list[Path], asked: Asked, *, write: bool) -> None:
    """Read every file to its end, then say what changes, then change it."""
    index = load_index(data_dir)
    found, sources, others = _read(files, asked)
    texts: dict[str, str] = {}
    for kind, parts in found.items():
        entry, rows = _before(data_dir, kind, index.tables.get(kind))
        table = merged(rows, _latest(entry), parts)
        text = table_text(kind, table.rows)
        new = _entry(entry, table, text, parts, sources[kind])
        texts[new.file] = text
        index = index.with_table(kind, new)
        _say(table, parts)
    for other in others:
        print(f"Not used: {other}")
    if not write:
        print("Nothing was changed: this was a dry run.")
        return
    _write(data_dir, texts, index)


def _write(data_dir: Path, texts: dict[str, str], index: Index) -> None:
    keep = [entry.file for entry in index.tables.values()]
    try:
        write_tables(data_dir / FOLDER, texts, (INDEX, index_text(index)), keep)
    except OSError as fault:
        sentence = (
            f"The tables in {data_dir / FOLDER} cannot be written: {plain(fault)}; nothing was changed."
        )
        raise NothingDone(sentence) from fault


def _read(
    files: list[Path], asked: Asked
) -> tuple[dict[TableKind, list[Found]], dict[TableKind, list[Source]], list[str]]:
    found: dict[TableKind, list[Found]] = {}
    sources: dict[TableKind, list[Source]] = {}
    others: list[str] = []
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with _progress(files) as advance:
        for file in files:
            tables, unused = _opened(file, asked, advance)
            content = _sha256(file)
            others += unused
            for table in tables:
                found.setdefault(table.kind, []).append(table)
                sources.setdefault(table.kind, []).append(_source(table, content, now))
    return found, sources, others


def _opened(file: Path, asked: Asked, advance: Advance) -> tuple[list[Found], list[str]]:
    try:
        return read_file(file, asked, advance)
    except (OSError, ValueError) as fault:
        why = plain(fault) if isinstance(fault, OSError) else "that is no file name"
        raise NothingDone(f"{file} cannot be read: {why}.") from fault


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _source(table: Found, content: str, now: str) -> Source:
    first, last = ("-".join(pair) for pair in table.ends) if table.ends else ("", "")
    return Source(
        file=table.name, sha256=content, since=table.since.isoformat(), imported=now, first=first, last=last
    )


def _before(
    data_dir: Path, kind: TableKind, entry: Entry | None
) -> tuple[Entry | None, tuple[TableRow, ...]]:
    """Return the table that is there; one that was damaged is none, and that is said."""
    if entry is None:
        return None, ()
    try:
        return entry, load_rows(data_dir, kind, entry)
    except RulebookError:
        print(f"{kind}: the table that was here is damaged; it is made anew from these files alone.")
        return None, ()


def _latest(entry: Entry | None) -> date | None:
    return max(date.fromisoformat(source.since) for source in entry.sources) if entry else None


def _entry(
    before: Entry | None, table: Merged, text: str, parts: list[Found], sources: list[Source]
) -> Entry:
    """Return the index's entry of a table: sources of parts that were not imported again stay."""
    content = digest(text)
    earlier = before.sources if before else ()
    whole_from = [part.since.isoformat() for part in parts] + ([before.since] if before else [])
    return Entry(
        file=f"{table.kind}-{content[:12]}.csv",
        sha256=content,
        rows=len(table.rows),
        since=min(whole_from),
        sources=(*(source for source in earlier if not _replaced(source, sources)), *sources),
    )


def _replaced(source: Source, by: Iterable[Source]) -> bool:
    return any(new.first <= source.first and source.last <= new.last for new in by)


def _say(table: Merged, parts: list[Found]) -> None:
    read = sum(part.read for part in parts)
    since = ", ".join(sorted({str(part.since) for part in parts}))
    counts = f"{table.added} added, {table.changed} changed, {table.ended} ended, {table.unchanged} unchanged"
    print(f"{table.kind} from {since}: {read} rows read, {len(table.rows)} kept; {counts}.")
    passed_over = sum(part.passed_over for part in parts)
    if passed_over:
        print(f"{table.kind}: {passed_over} rows have the number of a device and no NDC; they are left out.")


@contextmanager
def _progress(files: list[Path]) -> Iterator[Advance]:
    """Show how far the files are read, on a terminal; say nothing anywhere else."""
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as progress:
        total = sum(file.stat().st_size for file in files if file.is_file())
        task = progress.add_task("Reading", total=total or None)
        yield lambda read: progress.advance(task, read)


def _remember(data_dir: Path, written: str) -> int:
    """Keep what ten digits stand for here, from the NDC as it is printed with its hyphens."""
    try:
        ten, ndc = ten_digits(written)
    except NdcFault as fault:
        raise NothingDone(str(fault)) from fault
    with table_folder(data_dir / FOLDER):
        index = load_index(data_dir)
        before = index.ndcs.get(ten)
        _write(data_dir, {}, Index(index.tables, {**index.ndcs, ten: ndc}))
    instead = f", and no longer for {display(before)}" if before and before != ndc else ""
    print(f"{ten} stands for NDC {display(ndc)} from now on{instead}.")
    return OK


def _print_list(index: Index) -> None:
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

"""``chairtime import``: the files of CMS that a practice downloaded, into the tables of a data folder."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from desktop_app import paths
from desktop_app.cms.cells import Wanted
from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.merging import Merged, merged
from desktop_app.cms.parts import Advance
from desktop_app.cms.reading import Asked, Found, read_file
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.table_text import FOLDER, Entry, Source, digest, table_file, table_text
from desktop_app.coding.tables import TableKind, TableRow
from desktop_app.commands.days import day_in, today
from desktop_app.commands.files_rights import require_may_bill
from desktop_app.commands.kept_tables import forget, print_list, remember, write
from desktop_app.commands.progress import is_seen
from desktop_app.commands.streams import NothingDone, plain, require_folder
from desktop_app.imported_tables import load_index, load_rows
from desktop_app.rulebook_files import load_own_rules
from desktop_app.store.table_files import table_folder

OK = 0


class Shrinks(ImportRefused):
    """An import would end much of a table; ``str`` leaves open what to do if it may."""


_LONGEST_AHEAD = timedelta(days=366)
"""CMS publishes a quarter ahead; a file of a later day would keep every quarter until then out."""


def run(arguments: Namespace) -> int:
    """Import files, or do one thing with what is there. Raises NothingDone when nothing was changed."""
    data_dir = arguments.data_dir or paths.user_data_dir()
    _require_one_thing(arguments)
    if arguments.list:
        require_folder(arguments.data_dir)
        print_list(load_index(data_dir))
        return OK
    if not arguments.dry_run:
        require_may_bill(arguments)
    if arguments.remember_ndc:
        remember(data_dir, arguments.remember_ndc)
    elif arguments.forget:
        forget(data_dir, TableKind(arguments.forget))
    else:
        _import_files(data_dir, arguments)
    return OK


def _require_one_thing(arguments: Namespace) -> None:
    """Refuse what would be passed over: files, or words on files, beside what takes none."""
    alone = {"--list": arguments.list, "--remember-ndc": arguments.remember_ndc, "--forget": arguments.forget}
    asked = next((word for word, said in alone.items() if said), "")
    on_files = arguments.file or arguments.kind or arguments.since or arguments.dry_run or arguments.shrink
    if asked and on_files:
        raise NothingDone(
            f"{asked} imports no file, so it stands alone; import the files in a run of its own."
        )
    if not asked and not arguments.file:
        raise NothingDone("Name the files to import, or --list; `chairtime import --help` says more.")


def _import_files(data_dir: Path, arguments: Namespace) -> None:
    files = [Path(name) for name in arguments.file]
    kind = TableKind(arguments.kind) if arguments.kind else None
    since = day_in(arguments.since, "2026-01-01") if arguments.since else None
    asked = Asked(_wanted(data_dir), kind, since)
    try:
        if arguments.dry_run:
            told = [
                *_import(data_dir, files, asked, shrink=arguments.shrink, write_it=False),
                "Nothing was changed: this was a dry run.",
            ]
        else:
            told = import_kept(data_dir, files, asked, shrink=arguments.shrink)
    except Shrinks as fault:
        raise NothingDone(f"{fault}, and add --shrink if it is. Nothing was changed.") from fault
    except ImportRefused as fault:
        raise NothingDone(f"{fault} Nothing was changed.") from fault
    print("\n".join(told))


def import_charges(data_dir: Path, file: Path, since: date, *, shrink: bool) -> list[str]:
    """Take what the practice charges from a file and return what to say of it.

    Raises ImportRefused, NothingDone or JournalError with nothing changed.
    """
    return import_kept(data_dir, [file], Asked(_wanted(data_dir), TableKind.CHARGES, since), shrink=shrink)


def import_kept(data_dir: Path, files: list[Path], asked: Asked, *, shrink: bool) -> list[str]:
    """Import files while nobody else does, and return what to say of it. Raises ImportRefused."""
    with table_folder(data_dir / FOLDER):
        return _import(data_dir, files, asked, shrink=shrink, write_it=True)


def _wanted(data_dir: Path) -> Wanted:
    """Return every code that can stand on a line of ours, by the practice's own code map where it has one."""
    rulebook = load_own_rules(data_dir).rulebook
    return Wanted(
        [*(code.number for era in rulebook.eras for code in era.codes.values()), *rulebook.drugs.by_code]
    )


def _import(data_dir: Path, files: list[Path], asked: Asked, *, shrink: bool, write_it: bool) -> list[str]:
    """Read every file to its end, then change what is to change; return what to say of it."""
    index = load_index(data_dir)
    found, sources, others = _read(files, asked)
    texts: dict[str, str] = {}
    told: list[str] = []
    for kind, parts in found.items():
        entry, rows = _before(data_dir, kind, index.tables.get(kind))
        if kind in index.tables and entry is None:
            told.append(
                f"{kind}: the table that was here is damaged; it is made anew from these files alone."
            )
        table = merged(rows, _latest(entry), parts)
        if not shrink:
            _require_most_to_stay(table)
        text = table_text(kind, table.rows)
        new = _entry(entry, table, text, parts, sources[kind])
        texts[new.file] = text
        index = index.with_table(kind, new)
        told += _said(table, parts)
    if write_it:
        write(data_dir, texts, index)
    return [*told, *(f"Not used: {other}" for other in others)]


def _require_most_to_stay(table: Merged) -> None:
    """Refuse an import that ends much of a table: so a file looks that was not downloaded whole."""
    if table.shrinks:
        raise Shrinks(
            f"{table.kind}: {table.lost} of the {table.held} rows that hold now would end, for the new file "
            "does not have them; see whether it is whole"
        )


def _read(
    files: list[Path], asked: Asked
) -> tuple[dict[TableKind, list[Found]], dict[TableKind, list[Source]], list[str]]:
    found: dict[TableKind, list[Found]] = {}
    sources: dict[TableKind, list[Source]] = {}
    others: list[str] = []
    last = today() + _LONGEST_AHEAD
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with _progress(files) as advance:
        for file in files:
            tables, unused = _opened(file, asked, advance)
            content = _sha256(file)
            others += unused
            for table in tables:
                _require_near(table, last)
                found.setdefault(table.kind, []).append(table)
                sources.setdefault(table.kind, []).append(_source(table, content, now))
    return found, sources, others


def _opened(file: Path, asked: Asked, advance: Advance) -> tuple[list[Found], list[str]]:
    try:
        return read_file(file, asked, advance)
    except (OSError, ValueError) as fault:
        why = plain(fault) if isinstance(fault, OSError) else "that is no file name"
        raise NothingDone(f"{file} cannot be read: {why}.") from fault


def _require_near(table: Found, last: date) -> None:
    if table.since > last:
        raise ImportRefused(
            f"{table.name} holds from {table.since}, which is more than a year ahead; "
            "name the right day with --from."
        )


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
    """Return the table that is there; one that was damaged is none."""
    if entry is None:
        return None, ()
    try:
        return entry, load_rows(data_dir, kind, entry)
    except RulebookError:
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
        file=table_file(table.kind, text),
        sha256=content,
        rows=len(table.rows),
        since=min(whole_from),
        sources=(*(source for source in earlier if not _replaced(source, sources)), *sources),
    )


def _replaced(source: Source, by: Iterable[Source]) -> bool:
    return any(new.first <= source.first and source.last <= new.last for new in by)


def _said(table: Merged, parts: list[Found]) -> Iterator[str]:
    read = sum(part.read for part in parts)
    since = ", ".join(sorted({str(part.since) for part in parts}))
    counts = f"{table.added} added, {table.changed} changed, {table.ended} ended, {table.unchanged} unchanged"
    yield f"{table.kind} from {since}: {read} rows read, {len(table.rows)} kept; {counts}."
    passed_over = sum(part.passed_over for part in parts)
    if passed_over:
        yield f"{table.kind}: {passed_over} rows have the number of a device and no NDC; they are left out."


@contextmanager
def _progress(files: list[Path]) -> Iterator[Advance]:
    """Show how far the files are read, on a terminal; say nothing anywhere else."""
    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not is_seen()) as progress:
        total = sum(file.stat().st_size for file in files if file.is_file())
        task = progress.add_task("Reading", total=total or None)
        yield lambda read: progress.advance(task, read)

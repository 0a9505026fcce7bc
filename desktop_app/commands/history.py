"""``chairtime history``: sessions looked up in the whole record, and every event of one, with its proof.

Read beside a program that works, as ``log`` is. On paper and as a file a history carries its hashes, so
that anybody can check it later: ``docs/for-auditors.md``.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.drawing import be_able_to_draw
from desktop_app.commands.history_check import up_to
from desktop_app.commands.history_found import looked_up, sessions_of_mrn
from desktop_app.commands.history_papers import entry_text, head_of
from desktop_app.commands.looks import showing
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.practice import practice_of
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.core.moments import local_time
from desktop_app.core.ports import Listed
from desktop_app.core.record.chronicle import Chronicle, Told, chronicle_of
from desktop_app.core.record.plain import change_words
from desktop_app.core.record.wanted import Found, read_wanted
from desktop_app.core.told import count_words
from desktop_app.exchange.history_file import Head, history_entry
from desktop_app.exchange.history_paper import history_paper
from desktop_app.store.clock import SystemClock
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import Folder

if TYPE_CHECKING:
    from datetime import datetime

_HEADS = ("Session", "Day", "Chair", "Initials", "MRN", "State", "Lines", "Held")


def run(arguments: Namespace) -> int:
    """Print what is found, or the history of sessions, or write it. Raises NothingDone."""
    # What cannot be given is refused before anything is a look.
    _require_kind(arguments.to)
    with showing(arguments) as shown:
        folder = shown.folder
        if arguments.find is not None:
            found = looked_up(folder, read_wanted(" ".join(arguments.find)))
            shown.look_through("history --find")
            _print_found(found)
            return 0
        names = _known(folder, _sessions(folder, arguments))
        shown.look_at(names, "history")
        head = head_of(folder)
        chronicles = [_chronicle(folder, head, name) for name in names]
        _give(folder, chronicles, head, arguments)
    return 0


def _require_kind(to: Path | None) -> None:
    """Refuse a file of a kind that no history is written as. Raises NothingDone."""
    if to is not None and to.suffix.lower() not in {".pdf", ".json"}:
        raise NothingDone(f"{to} should end in .pdf or .json.")


def _known(folder: Folder, names: Sequence[str]) -> Sequence[str]:
    """Return the sessions that are named. Raises NothingDone for the first that there is none of."""
    head = head_of(folder)
    for name in names:
        _chronicle(folder, head, name)
    return names


def _sessions(folder: Folder, arguments: Namespace) -> Sequence[str]:
    """Return the sessions that are named, oldest first where an MRN names them."""
    if not arguments.mrn:
        if not arguments.session:
            raise NothingDone("Name a session, or its patient with --mrn, or look for some with --find.")
        return list(arguments.session)
    names = sessions_of_mrn(folder, arguments.mrn)
    if not names:
        raise NothingDone(f"No session of MRN {arguments.mrn} is on record.")
    return names


def _chronicle(folder: Folder, head: Head, name: str) -> Chronicle:
    """Return a session's history up to the head it will name: a program that works records on meanwhile."""
    chronicle = chronicle_of(up_to(folder, head), name)
    if not chronicle.told:
        raise NothingDone(f"There is no session {name}.")
    return chronicle


def _give(folder: Folder, chronicles: Sequence[Chronicle], head: Head, arguments: Namespace) -> None:
    to: Path | None = arguments.to
    of_mrn = arguments.mrn.strip() if arguments.mrn else None
    if to is None and not arguments.json:
        for chronicle in chronicles:
            _print(chronicle)
        return
    if to is None:
        sys.stdout.write(history_text(folder, chronicles, head, of_mrn=of_mrn))
        return
    is_paper = to.suffix.lower() == ".pdf"
    data = (
        _drawn(folder, chronicles, head, to.stem)
        if is_paper
        else history_text(folder, chronicles, head, of_mrn=of_mrn).encode()
    )
    try:
        write_durably(to, data)
    except OSError as fault:
        raise NothingDone(f"{to} cannot be written: {plain(fault)}.") from fault
    events = count_words(sum(len(one.told) for one in chronicles), "event", "events")
    sessions = count_words(len(chronicles), "session", "sessions")
    print(f"{to}: {sessions}, {events}, head {head.hash[:16]}.")


def history_text(
    folder: Folder, chronicles: Sequence[Chronicle], head: Head, *, of_mrn: str | None = None
) -> str:
    """Return histories as the text of a file that can be held against the journal."""
    made, by = _now(folder).isoformat(timespec="seconds"), folder.settings.get("actor")
    entry = history_entry(chronicles, head, made=made, by=by, of_mrn=of_mrn)
    return entry_text(entry)


def _drawn(folder: Folder, chronicles: Sequence[Chronicle], head: Head, title: str) -> bytes:
    be_able_to_draw()
    from desktop_app.exchange.pdf_document import pdf_of  # noqa: PLC0415 - only paper is drawn

    now = _now(folder)
    practice = practice_of(folder.settings, folder.path)
    foot = f"Made {now:%Y-%m-%d %H:%M:%S} · event {head.seq} · journal head {head.hash}"
    papers = [history_paper(one, head, practice, foot=foot) for one in chronicles]
    return pdf_of(papers, title=title, key=f"{title} {head.hash}", made_at=now).data


def _now(folder: Folder) -> datetime:
    zone = folder.settings.get("zone")
    return local_time(SystemClock(lambda: zone).now().wall_us, zone)


def _print_found(found: Found) -> None:
    table = table_of(*_HEADS)
    for one in found.listed:
        add_row(table, *_found_row(one))
    page = Page()
    if found.listed:
        page.print(table)
    shown = f", the newest {len(found.listed)} are shown" if found.count > len(found.listed) else ""
    page.print(f"{count_words(found.count, 'session', 'sessions')} found{shown}.")


def _found_row(one: Listed) -> tuple[str, ...]:
    who = (one.session, one.day, one.chair, one.initials, one.mrn)
    return (*who, one.stage.value, str(one.lines), one.hold_reason)


def _print(chronicle: Chronicle) -> None:
    now = chronicle.now
    who = f" · MRN {now.mrn or '–'} · {now.initials} · {now.day.isoformat()}" if now else ""
    table = table_of(
        "No", "Happened", "What", "How known", "By", "Recorded", title=f"Session {chronicle.session}{who}"
    )
    for told in chronicle.told:
        cells = (
            str(told.stored.origin_seq),
            told.at,
            "\n".join(filter(None, _lines(told))),
            told.known,
            told.by,
        )
        add_row(table, *cells, told.recorded, style="strike" if told.undone else "")
    Page().print(table)


def _lines(told: Told) -> Iterator[str]:
    yield told.what
    if told.undone:
        yield told.undone
    yield from map(change_words, told.changes)
    if told.reason:
        yield f"“{told.reason}”"
    yield " · ".join(f"{name}: {text}" for name, text in told.facts)
    yield f"hash {told.stored.hash[:16]}"
